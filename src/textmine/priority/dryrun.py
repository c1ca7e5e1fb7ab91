"""What another policy would change: which rows move between P0 and P3, by channel and category. Ids, never texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from textmine.tables import PRIORITIES

EXAMPLES = 10


@dataclass(frozen=True)
class Moves:
    """``table``: rows by priority before (index) and after (columns). ``groups``: ``by`` (channel, primary_category), ``member``,
    ``n``, ``up`` (more urgent), ``down``. ``examples``: up to ten ``feedback_id`` with ``before`` and ``after``, the longest
    way first.
    """

    table: pd.DataFrame
    groups: pd.DataFrame
    examples: pd.DataFrame

    @property
    def moved(self) -> int:
        """Rows with another priority than before."""
        return int(self.table.to_numpy().sum() - np.trace(self.table.to_numpy()))

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "rows": int(self.table.to_numpy().sum()),
            "moved": self.moved,
            "from_to": {str(level): {str(k): int(v) for k, v in row.items()} for level, row in self.table.iterrows()},
            "groups": self.groups.to_dict("records"),
            "examples": self.examples.to_dict("records"),
        }


def compare_priorities(rows: pd.DataFrame, before: pd.Series, after: pd.Series) -> Moves:
    """Moves of rows with ``channel`` and ``primary_category`` (and ``feedback_id``, else the position counts as id)."""
    was, now = (pd.Categorical(column, categories=list(PRIORITIES)) for column in (before, after))
    table = pd.crosstab(was, now, dropna=False).reindex(index=PRIORITIES, columns=PRIORITIES, fill_value=0)
    step = np.asarray(now.codes, np.int64) - np.asarray(was.codes, np.int64)
    ids = rows["feedback_id"].astype(str) if "feedback_id" in rows else pd.Series(range(len(rows))).astype(str)
    moved = pd.DataFrame({"feedback_id": ids.to_numpy(), "before": list(was), "after": list(now), "step": step})
    far = moved[step != 0].assign(way=np.abs(step[step != 0])).sort_values(["way", "feedback_id"], ascending=[False, True])
    return Moves(table, _groups(rows, step), far[["feedback_id", "before", "after"]].head(EXAMPLES).reset_index(drop=True))


def _groups(rows: pd.DataFrame, step: np.ndarray) -> pd.DataFrame:
    parts = []
    for by in ("channel", "primary_category"):
        if by in rows:
            counted = pd.DataFrame({"member": rows[by].fillna("none").astype(str).to_numpy(), "up": step < 0, "down": step > 0})
            grouped = counted.groupby("member").agg(n=("up", "size"), up=("up", "sum"), down=("down", "sum"))
            parts.append(grouped.reset_index().assign(by=by))
    empty = pd.DataFrame({"by": [], "member": [], "n": [], "up": [], "down": []})
    return pd.concat(parts or [empty], ignore_index=True)[["by", "member", "n", "up", "down"]]
