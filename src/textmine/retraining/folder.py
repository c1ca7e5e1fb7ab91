"""The folder of a bundle that is being built: begun from another bundle or the vocabulary, checked, named by what it holds."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from textmine.categories.flags import FLAGS
from textmine.categories.lint import lint_taxonomy, lint_vocabulary
from textmine.categories.vocabulary import read_flags, read_intents
from textmine.errors import ConfigError, nearest
from textmine.learn.compile_snownlp import build_sentiment
from textmine.policy import read_policy
from textmine.retraining.tasks import OF_TAXONOMY, TASKS, Task
from textmine.store.bundles import seal_bundle
from textmine.store.durable import make_folder, sync_folder
from textmine.store.shipped import SHIPPED_VOCABULARY
from textmine.tables import INTENTS
from textmine.taxonomy import read_taxonomy
from textmine.text.dictionary import read_dictionary
from textmine.text.dictionary_lint import SERIOUS, lint_dictionary
from textmine.text.dictionary_merge import merge_dictionary

NOT_VOCABULARY = ("recipe.toml", "README.md")  # may lie beside the vocabulary of a domain
logger = logging.getLogger(__name__)

CARD = "card.json"
TAXONOMY = "taxonomy.toml"


def begin_folder(folder: Path, *, base: Path | None, vocabulary: Path | None, accepted: Path | None = None) -> None:
    """Fill the new folder: the files of the bundle ``base``, or the shipped vocabulary; then the own vocabulary over them,
    and the accepted words into its dictionary.

    Where the own taxonomy has other categories or second levels than the base's, what was learned for those is left out.

    Raises
    ------
    ConfigError
        If a vocabulary file is unknown or wrong, or does not fit the others.
    """
    if base is None:
        shutil.copytree(SHIPPED_VOCABULARY, folder)
        build_sentiment(folder, vocabulary=SHIPPED_VOCABULARY)
    else:
        shutil.copytree(base, folder, ignore=shutil.ignore_patterns(CARD))
    if vocabulary is not None:
        before = read_taxonomy(folder / TAXONOMY).labels
        for path in _vocabulary_files(vocabulary):
            shutil.copyfile(path, folder / path.name)
        if read_taxonomy(folder / TAXONOMY).labels != before:
            logger.warning("other categories: what was learned of %s is left out, rules stand in", " and ".join(OF_TAXONOMY))
            for name in OF_TAXONOMY:
                clear(folder, TASKS[name])
    if accepted is not None:
        dictionary = folder / "dictionary.txt"
        logger.info("accepted words: %d join the dictionary", merge_dictionary(dictionary, accepted, dictionary))
    check_vocabulary(folder)


def check_vocabulary(folder: Path) -> None:
    """Raise ConfigError, naming everything that is wrong, unless the vocabulary files fit together."""
    if found := [*_wrong_labels(folder), *_wrong_words(folder)]:
        raise ConfigError("the vocabulary does not hold together", where=folder.name, got=found, todo="mend what is named")


def clear(folder: Path, task: Task) -> None:
    """Remove what the task has learned before."""
    for pattern in task.files:
        for path in folder.glob(pattern):
            path.unlink()


def content_digest(folder: Path) -> str:
    """Ten hex of all files but the card: equal contents have equal ids."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name != CARD:
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:10]


def place(folder: Path, *, models: Path) -> Path:
    """Seal the folder under its own name and put it into ``models`` at one instant, everything on disk before.

    A bundle of this id that is there stays as it is: its contents are the same.
    """
    target = models / folder.name
    seal_bundle(folder)
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    sync_folder(folder)
    make_folder(models)
    if not (target / CARD).exists():
        folder.rename(target)
        sync_folder(models)
    return target


def _vocabulary_files(vocabulary: Path) -> Iterator[Path]:
    known = sorted(path.name for path in SHIPPED_VOCABULARY.iterdir())
    for path in sorted(vocabulary.iterdir()):
        if path.name in NOT_VOCABULARY or path.name.startswith(".") or path.is_dir():
            continue
        if path.name not in known:
            close = nearest(path.name, known)
            todo = f"did you mean {close!r}?" if close else "take the file out"
            raise ConfigError("no vocabulary file", where=str(vocabulary), got=path.name, allowed=known, todo=todo)
        yield path


def _wrong_labels(folder: Path) -> Iterator[str]:
    taxonomy = read_taxonomy(folder / TAXONOMY)
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
