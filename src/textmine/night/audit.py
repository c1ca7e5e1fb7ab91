"""The audit before a night is shown: counts that balance, not too much in quarantine, not too much unscored."""

from __future__ import annotations

from datetime import date

import pandas as pd

from textmine.errors import AuditError
from textmine.night.counting import Counts
from textmine.settings import Audit
from textmine.tables import FATES

FEWEST = 20  # of fewer records a share says too little to hold a night


def audit_night(rows: pd.DataFrame, counts: Counts, *, unreadable: int, limits: Audit, night: date) -> None:
    """Let a sound night pass. ``unreadable`` files are no sign of bad records: the run tells them by its exit code.

    Raises
    ------
    AuditError
        If a source's counts do not balance, or the shares in quarantine or without a scored text are beyond the limits.
    """
    where = f"night {night}"
    for source, numbers in counts.by_source.items():
        if numbers["records_in"] != sum(numbers[fate] for fate in FATES):
            raise AuditError(
                f"the counts of source {source} do not balance",
                where=where,
                rows=numbers["records_in"],
                got=[f"{fate} {numbers[fate]}" for fate in FATES],
                todo="report this: a record is lost or doubled",
            )
    total = counts.totals
    _within("quarantined", total["quarantined"] - unreadable, total["records_in"] - unreadable, limits.max_quarantined, where)
    # an answer with only ratings, or a call with only staff words, says nothing about the night
    worded = rows[~rows["validity"].isin(["empty", "no_customer_text"])]
    _within("unscored", int((worded["validity"] != "ok").sum()), len(worded), limits.max_unscored, where)


def _within(what: str, part: int, whole: int, limit: float, where: str) -> None:
    if whole >= FEWEST and part / whole > limit:
        raise AuditError(
            f"too many records are {what}",
            where=where,
            rows=part,
            got=f"{part / whole:.0%}",
            allowed=f"at most {limit:.0%}",
            todo=f"look at the sources, or raise [audit] max_{what}; the night stays as it was",
        )
