"""What people corrected in a lake, as examples: the newest word on each text that is published."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.channels.values import as_text
from textmine.learn.examples import LABELS, make_examples
from textmine.retraining.conflicts import newest_words
from textmine.retraining.problems import ExamplesRefusedError
from textmine.retraining.recipe import LabelColumn, Source
from textmine.retraining.sources import to_examples
from textmine.store.corrections import KEY, read_corrections
from textmine.store.lake import Lake
from textmine.store.reading import read_arrow
from textmine.store.records import published_texts
from textmine.taxonomy import Taxonomy

logger = logging.getLogger(__name__)

FILE = "corrections of the lake"
FROM_LAKE = ("feedback_id", "text", "created_at", "channel")


def read_lake_labels(root: Path, *, taxonomy: Taxonomy) -> pd.DataFrame:
    """Examples of the lake's corrections, the channel as their source; texts that are published no more are passed over.

    A label is of the revision that was read, not of its feedback. Of equal texts of several feedbacks the newest word counts.

    Raises
    ------
    ExamplesRefusedError
        If a label is none of the taxonomy's.
    """
    lake = Lake(root)
    said = read_corrections(lake)
    parts = list(_published(lake, said))
    if not parts:
        return make_examples(pd.DataFrame({"text": []}))
    rows = said.merge(pd.concat(parts, ignore_index=True), on=KEY)
    rows = rows[as_text(rows["text"]).notna()].reset_index(drop=True)
    labels = {label: LabelColumn(label, {}) for label in LABELS if label in rows}
    source = Source("", (FILE,), "text", source_column="channel", created_at="created_at", labels=labels)
    made, problems = to_examples(rows, source, file=FILE, taxonomy=taxonomy)
    if problems:
        raise ExamplesRefusedError(problems)
    newest = newest_words(made, when=rows["labelled_at"])
    logger.info("corrections: %d texts, %d published, %d examples", len(said), len(rows), len(newest))
    return newest


def _published(lake: Lake, said: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """KEY, text, time and channel of the texts people spoke of, night by night; a text is of the newest that published it."""
    published = published_texts(said["feedback_id"], lake=lake)
    last = published.merge(said[KEY], on=KEY).drop_duplicates(KEY, keep="last")
    for _, rows in last.groupby("night"):
        table = read_arrow({"labelled_feedback": FROM_LAKE}, night=rows["night"].iloc[0], root=lake.root)["labelled_feedback"]
        wanted = table.filter(pc.is_in(table["feedback_id"], pa.array(rows["feedback_id"], pa.string()))).to_pandas()
        yield rows[KEY].merge(wanted, on="feedback_id")
