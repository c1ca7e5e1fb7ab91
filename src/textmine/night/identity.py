"""Who a record is: keyed ids, pseudonyms, the night it joins. The last place that sees a customer's name."""

from __future__ import annotations

from datetime import date

import pandas as pd

from textmine.calendar import SHANGHAI, night_bounds
from textmine.store.keys import Keyring

NUMBERED = ("channel", "source_ref", "part", "question")
UNNUMBERED = (
    "channel",
    "answer_id",
    "part",
    "question",
    "created_at",
    "received_at",
    "customer",
    "segment",
    "customer_value",
    "agent",
    "team",
    "product",
    "region",
    "rating",
    "nps",
    "ces",
    "votes",
    "status",
    "text",
)


def identify(feedback: pd.DataFrame, *, source: str, keyring: Keyring) -> pd.DataFrame:
    """The feedback with ``feedback_id``, ``text_digest``, ``customer_key`` and ``agent_key`` instead of raw names.

    A record with a number of its source is known by that number in its channel; one without is known by UNNUMBERED,
    so that the same line delivered twice is one record, however the files are split.
    """
    named = feedback.assign(source=source)
    numbered = named["source_ref"].notna()
    ids = pd.Series(index=named.index, dtype="str")
    for rows, fields in ((named[numbered], NUMBERED), (named[~numbered], UNNUMBERED)):
        if len(rows):
            ids[rows.index] = keyring.feedback_ids(rows["source"], *(_spelled(rows[field]) for field in fields))
    return named.assign(
        feedback_id=ids,
        text_digest=keyring.text_digests(named["text"]),
        customer_key=keyring.pseudonym(named["customer"]),
        agent_key=keyring.pseudonym(named["agent"], kind="agent"),
    ).drop(columns=["customer", "agent"])


def _spelled(values: pd.Series) -> pd.Series:
    """Floats as Python writes them and times in ISO form, so that an id never depends on how a column was read."""
    if pd.api.types.is_float_dtype(values.dtype):
        return values.map(repr, na_action="ignore").astype("str")
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.map(pd.Timestamp.isoformat, na_action="ignore").astype("str")
    return values


def natural_night(received_at: pd.Series, *, landed_night: date) -> pd.Series:
    """The calendar day in Asia/Shanghai each record was received on; the landing night where the source gives no time."""
    if received_at.isna().all():
        return pd.Series([landed_night] * len(received_at), index=received_at.index, dtype=object)
    local = received_at.dt.tz_convert(SHANGHAI).dt.date
    nights: pd.Series = local.where(received_at.notna(), landed_night)
    return nights


def within_night(received_at: pd.Series, *, landed_at: pd.Timestamp, landed_night: date) -> pd.Series:
    """``received_at``, or where the source gives none the time of landing, kept inside the night that landed it.

    A landing after the night's end counts as its last microsecond, so that a re-run and a run by another scheduler
    give the same value.
    """
    start, end = (pd.Timestamp(bound) for bound in night_bounds(landed_night))
    held = min(max(landed_at, start), end - pd.Timedelta(microseconds=1))
    return received_at.fillna(held)
