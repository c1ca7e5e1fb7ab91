"""What people corrected in a lake, as examples: the newest word on each feedback that is published."""

from __future__ import annotations

import logging
from pathlib import Path

import pandas as pd

from textmine.learn.examples import LABELS, make_examples
from textmine.retraining.labels import ID, with_lake
from textmine.retraining.problems import ExamplesRefusedError
from textmine.retraining.recipe import LabelColumn, Source
from textmine.retraining.sources import to_examples
from textmine.store.corrections import read_corrections
from textmine.store.lake import Lake
from textmine.taxonomy import Taxonomy

logger = logging.getLogger(__name__)

FILE = "corrections of the lake"


def read_lake_labels(root: Path, *, taxonomy: Taxonomy) -> pd.DataFrame:
    """Examples of the lake's corrections, the channel as their source; feedback that is published no more is passed over.

    Raises
    ------
    ExamplesRefusedError
        If a label is none of the taxonomy's.
    """
    given = read_corrections(Lake(root)).drop_duplicates(ID, keep="last").reset_index(drop=True)
    if given.empty:
        return make_examples(pd.DataFrame({"text": []}))
    rows = with_lake(given.assign(text=pd.Series([None] * len(given), dtype="str")), root=root)
    labels = {label: LabelColumn(label, {}) for label in LABELS if label in rows}
    source = Source("", (FILE,), "text", source_column="source", created_at="created_at", labels=labels)
    made, problems = to_examples(rows, source, file=FILE, taxonomy=taxonomy)
    if problems:
        raise ExamplesRefusedError(problems)
    logger.info("corrections: %d feedbacks, %d examples", len(rows), len(made))
    return made
