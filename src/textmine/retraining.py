"""Texts in, bundle out: the shipped vocabulary frozen, SnowNLP compiled, topics fitted, everything sealed."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from textmine.categories.flags import FLAGS
from textmine.categories.lint import lint_taxonomy, lint_vocabulary
from textmine.categories.vocabulary import read_flags, read_intents
from textmine.channels.own import as_feedback
from textmine.errors import ConfigError
from textmine.learn.compile_snownlp import build_sentiment
from textmine.learn.topics import fit_topics, read_stop_words
from textmine.policy import read_policy
from textmine.store.bundles import seal_bundle
from textmine.store.shipped import SHIPPED_VOCABULARY
from textmine.tables import INTENTS
from textmine.taxonomy import read_taxonomy
from textmine.text.cleaner import Cleaner
from textmine.text.dictionary import read_dictionary
from textmine.text.dictionary_lint import lint_dictionary
from textmine.text.documents import make_documents
from textmine.text.segment import Cutter, cut

logger = logging.getLogger(__name__)

SERIOUS = ("never_matches", "conflict", "cut_apart")  # the other findings of a dictionary only say what could be left out


def build_bundle(
    texts: pd.Series,
    *,
    models: Path,
    name: str,
    sources: Mapping[str, int],
    vocabulary: Path = SHIPPED_VOCABULARY,
    n_topics: int = 60,
    note: str = "",
) -> str:
    """Id of a new bundle in ``models``: ``name`` and ten hex of what it holds, so that the same texts give the same id.

    Parameters
    ----------
    texts : Series of str
        Feedback to fit the topics on; cleaned and masked here, none of it is kept.
    sources : mapping of str to int
        What the texts are and how many, for the card.
    note : str
        Where the texts are from, for the card.
    vocabulary : Path
        Folder with taxonomy.toml, policy.toml, dictionary.txt and the other lists; copied into the bundle.

    Raises
    ------
    ConfigError
        If there are too few texts for topics, or a vocabulary file is wrong or does not fit the others.
    """
    _check(vocabulary)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "bundle"
        shutil.copytree(vocabulary, folder)
        build_sentiment(folder, vocabulary=vocabulary)
        topics = _fit(texts, folder, n_topics=n_topics)
        topics.save(folder)
        card = _card(sources, n_topics=len(topics.topics), note=note)
        (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=1), "utf-8")
        bundle_id = f"{name}-{_content_digest(folder)}"
        target = models / bundle_id
        if not target.exists():
            models.mkdir(parents=True, exist_ok=True)
            shutil.copytree(folder, target)
            seal_bundle(target)
    logger.info("bundle %s: %d texts, %d topics", bundle_id, len(texts), len(topics.topics))
    return bundle_id


def _check(vocabulary: Path) -> None:
    if found := [*_wrong_labels(vocabulary), *_wrong_words(vocabulary)]:
        raise ConfigError("the vocabulary does not hold together", where=str(vocabulary), got=found, todo="mend what is named")


def _wrong_labels(folder: Path) -> Iterator[str]:
    taxonomy = read_taxonomy(folder / "taxonomy.toml")
    strangers = read_policy(folder / "policy.toml").strangers(taxonomy)
    yield from (f"policy.toml: {code!r} is no category of taxonomy.toml" for code in strangers)
    yield from (f"taxonomy.toml: {problem}" for problem in lint_taxonomy(taxonomy))
    for vocabulary in (
        read_intents(folder / "intents.toml", codes=INTENTS),
        read_flags(folder / "flags.toml", codes=FLAGS),
    ):
        yield from (f"{vocabulary.kind}: {problem}" for problem in lint_vocabulary(vocabulary))


def _wrong_words(folder: Path) -> Iterator[str]:
    for finding in lint_dictionary(read_dictionary(folder / "dictionary.txt")):
        if finding.kind in SERIOUS:
            yield f"dictionary.txt: line {finding.line}: {finding.word} {finding.kind} ({finding.advice})"


def _fit(texts: pd.Series, folder: Path, *, n_topics: int) -> Any:
    feedback = as_feedback(texts.to_frame("text"), text_column="text")
    documents = make_documents(feedback, cleaner=Cleaner.load(folder))
    valid = documents[documents["validity"] == "ok"].drop_duplicates("text").reset_index(drop=True)
    tokens = cut(valid, cutter=Cutter(folder / "dictionary.txt"))
    try:
        return fit_topics(tokens, n_documents=len(valid), stop_words=read_stop_words(folder / "stopwords.txt"), n_topics=n_topics)
    except ValueError as error:
        raise ConfigError(
            f"topics cannot be fitted ({error})", rows=len(valid), todo="give more texts, or ask for fewer topics"
        ) from error


def _card(sources: Mapping[str, int], *, n_topics: int, note: str) -> dict[str, Any]:
    learned = {
        "sentiment": "SnowNLP's own Bayes model, compiled into log-ratios; lexicon and rules written for textmine",
        "categories": "weak rules of the taxonomy file",
        "intent": "weak rules",
        "topics": f"{n_topics} clusters of TF-IDF, reduced",
        "priority": "the policy file",
    }
    needs = ("jieba", "rjieba", "snownlp", "scikit-learn", "numpy")
    return {
        "format_version": 1,
        "made_with": {"textmine": version("textmine")} | {need: version(need) for need in needs},
        "sources": dict(sources),
        "note": note,
        "labels": learned,
    }


def _content_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:10]
