"""A lake with one published night that no run had to make: as many texts as wanted, all labelled the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa

from textmine.reviewing.desk import Desk
from textmine.store.bundles import open_bundle
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.nightfiles import staged_night
from textmine.store.records import write_records
from textmine.store.shipped import bundle_folders
from textmine.tables import LABELLED_FEEDBACK, REVIEW_QUEUE
from textmine.taxonomy import read_taxonomy

NIGHT = date(2026, 11, 3)
KEYRING = Keyring.from_secret(b"a test's own secret of 32 bytes!")
LABELS = {
    "sentiment": "neg",
    "categories": ["service", "product"],
    "primary_category": "service",
    "intent": "complaint",
    "priority": "P2",
    "channel": "survey",
    "bundle_id": "starter-1",
    "run_id": "run1",
}
REQUIRED = {
    "revision": 0,
    "source": "问卷",
    "n_tokens": 5,
    "validity": "ok",
    "label_source": "model",
    "topic_id": -1,
    "priority_score": 1.0,
}


def desk_of(root: Path) -> Desk:
    bundle = open_bundle(bundle_folders(None))
    return Desk(Lake(root), KEYRING, bundle, read_taxonomy(bundle.path / "taxonomy.toml"))


def publish(root: Path, texts: list[str], *, night: date = NIGHT, queued: int | None = None, first: int = 0) -> Desk:
    """The desk of a lake whose ``night`` has the texts, f_000000 ... from ``first``; as many as ``queued`` are in the queue."""
    desk = desk_of(root)
    desk.lake.prepare()
    ids = pd.Series([f"f_{at:06}" for at in range(first, first + len(texts))], dtype="str")
    digests = KEYRING.text_digests(pd.Series(texts, dtype="str"))
    n = len(texts) if queued is None else queued
    queue = {"rank": range(1, n + 1), "reason": "uncertain", "uncertainty": 0.5, "topic_id": -1}
    with staged_night(lake=desk.lake, night=night, run_id="run1") as staged:
        staged.add("labelled_feedback", _feedback(ids, texts))
        staged.add("review_queue", _filled(ids[:n], queue).reindex(columns=REVIEW_QUEUE.names))
        staged.publish(bundle_id="starter-1", policy_version="1")
    records = {
        "text_digest": digests,
        "revision": 0,
        "fate": "published",
        "unit": "u",
        "row_number": range(1, len(ids) + 1),
        "part": 0,
    }
    write_records(pd.DataFrame({"feedback_id": ids, **records}), lake=desk.lake, night=night, run_id="run1")
    return desk


def _feedback(ids: pd.Series, texts: list[str]) -> pa.Table:
    when = pd.Timestamp("2026-11-03 04:00", tz="UTC")
    rows = _filled(ids, {**REQUIRED, "text": texts, "received_at": when, "needs_review": False, "policy_version": "1"})
    known = {name: pa.array(rows[name], LABELLED_FEEDBACK.schema.field(name).type) for name in rows}
    return pa.table(
        [known.get(field.name, pa.nulls(len(ids), field.type)) for field in LABELLED_FEEDBACK.schema],
        schema=LABELLED_FEEDBACK.schema,
    )


def _filled(ids: pd.Series, columns: dict) -> pd.DataFrame:
    lists = {"categories": [LABELS["categories"]] * len(ids)}
    return pd.DataFrame({"feedback_id": ids, **{**LABELS, **lists, **columns}})
