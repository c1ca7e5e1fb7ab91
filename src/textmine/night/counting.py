"""Counts by source and fate, and the table ``runs`` made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from textmine.night.plan import Plan
from textmine.night.reading import Reading
from textmine.tables import FATES, RUNS

NUMBERS = ("units", "records_in", *FATES, "waiting")


@dataclass(frozen=True)
class Counts:
    """``by_source``: NUMBERS of every source; ``totals``: of all."""

    by_source: Mapping[str, Mapping[str, int]]

    @property
    def totals(self) -> dict[str, int]:
        """The counts of all sources together."""
        return {name: sum(counts[name] for counts in self.by_source.values()) for name in NUMBERS}

    def table(self, reading: Reading, *, plan: Plan, policy_version: str, seconds: float) -> pd.DataFrame:
        """Table ``runs``: one row a source, and one for all."""
        same: dict[str, object] = {
            "run_id": plan.run_id,
            "seconds": round(seconds, 3),
            "bundle_id": plan.bundle.id,
            "policy_version": policy_version,
            "version": plan.version,
        }
        rows = [same | {"source": "all", "status": "done", "problem": None, **self.totals}]
        for source, counts in self.by_source.items():
            status = "failed" if source in reading.missing else "done"
            rows.append(
                same
                | {"source": source, "status": status, "problem": "; ".join(reading.problems.get(source, [])) or None, **counts}
            )
        return pd.DataFrame(rows)[RUNS.names]


def count_sources(published: pd.DataFrame, reading: Reading, *, plan: Plan) -> Counts:
    """Counts of every source of the config and of the night's units.

    ``records_in`` is counted where records are read, the fates where each is decided, so that the balance can fail.
    """
    rows = published["source"].value_counts()
    names = list(dict.fromkeys([*plan.sources, *reading.units]))
    return Counts({name: _of(name, int(rows.get(name, 0)), reading) for name in names})


def _of(source: str, published: int, reading: Reading) -> dict[str, int]:
    fates = reading.fates.counts.get(source, Counter())
    counts = {fate: int(fates.get(fate, 0)) for fate in FATES} | {"published": published}
    return {
        "units": reading.units[source],
        "records_in": reading.records_in[source],
        **counts,
        "waiting": reading.waiting[source],
    }
