"""Labels of a file, or those people gave to a lake, looked at once more: which of them are probably wrong?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.channels.own import as_feedback
from textmine.errors import ConfigError
from textmine.labelfiles.columns import LABELS
from textmine.learn.audit import audit_labels
from textmine.learn.examples import make_examples
from textmine.learn.split import split_examples
from textmine.reviewing.desk import Desk
from textmine.reviewing.importing import read_label_file
from textmine.store.corrections import KEY, read_corrections
from textmine.store.lake import Lake
from textmine.store.reading import read_arrow
from textmine.store.records import published_texts
from textmine.text.cleaner import Cleaner
from textmine.text.documents import make_documents
from textmine.text.ngrams import hash_ngrams
from textmine.text.segment import Cutter, cut

AUDITABLE = tuple(label for label in LABELS if label != "categories")  # one label a text
BITS = 18  # a label file is small; a quarter of a model's buckets is enough and quicker


def find_doubts(labelled: pd.DataFrame, *, column: str, bundle: Path) -> pd.DataFrame:
    """``feedback_id``, ``text`` and the columns AUDITED of labels that look wrong, the most doubtful first.

    ``labelled``: ``text``, ``feedback_id`` and the label ``column``; its index is what ``row`` tells. The bundle's folder gives
    cleaning and segmentation.

    Raises
    ------
    ConfigError
        If the column is not there, or its labels are too few or all alike.
    """
    if column not in AUDITABLE or column not in labelled:
        raise ConfigError("no such column of labels", where="labels audit", got=column, allowed=AUDITABLE)
    known = labelled[labelled["text"].notna() & labelled[column].notna()]
    rows = known.reset_index(drop=True)
    documents = make_documents(as_feedback(rows[["text"]], text_column="text"), cleaner=Cleaner.load(bundle))
    tokens = cut(documents, cutter=Cutter(bundle / "dictionary.txt"))
    matrix = hash_ngrams(tokens, n_documents=len(rows), bits=BITS).matrix()
    group = split_examples(make_examples(rows[["text"]]))["group"]
    found = audit_labels(rows[column], matrix, group)
    places = found["row"].to_numpy(np.int64)
    told = rows[["feedback_id", "text"]].iloc[places].reset_index(drop=True)
    return pd.concat([told, found.assign(row=known.index.to_numpy()[places])], axis=1)


def labels_of_file(path: Path) -> pd.DataFrame:
    """``feedback_id``, ``text`` and LABELS of a label file, for ``find_doubts``. Raises like ``read_label_file``.

    The index is the row of the file, of Label Studio the number of the task.
    """
    rows = read_label_file(path, with_ids=False).rows
    if rows["text"].isna().all():
        raise ConfigError("no column text", where=str(path), allowed="a column text, or 正文")
    return rows


def labels_of_lake(desk: Desk) -> pd.DataFrame:
    """``feedback_id``, ``text`` (as published) and LABELS of everything people corrected, for ``find_doubts``; index from 0."""
    said = read_corrections(desk.lake)
    published = published_texts(said["feedback_id"], lake=desk.lake)
    last = published.merge(said[KEY], on=KEY).drop_duplicates(KEY, keep="last")
    texts = [_texts(desk.lake, rows) for _, rows in last.groupby("night")]
    none = pd.DataFrame({name: pd.Series(dtype="str") for name in (*KEY, "text")})
    return said.merge(pd.concat([none, *texts], ignore_index=True), on=KEY)


def _texts(lake: Lake, rows: pd.DataFrame) -> pd.DataFrame:
    """Published texts of the rows of one night."""
    night = rows["night"].iloc[0]
    table = read_arrow({"labelled_feedback": ["feedback_id", "text"]}, night=night, root=lake.root)["labelled_feedback"]
    wanted = table.filter(pc.is_in(table["feedback_id"], pa.array(rows["feedback_id"], pa.string()))).to_pandas()
    return rows[KEY].merge(wanted, on="feedback_id")
