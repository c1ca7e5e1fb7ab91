"""What becomes of every record read: published, duplicate or superseded. The ledger's side of conservation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from textmine.tables import DUPLICATES

NOTED = ("source", "unit", "row_number", "part", "feedback_id", "text_digest", "revision")


@dataclass
class Fates:
    """Keeps, per feedback_id, the text last seen this night, and every record that is not published.

    ``seen`` maps feedback_id to (text digest, running number of the record); ``out`` collects the rows of the
    table ``duplicates``. The running number counts records in reading order, so the newest text is the last read.
    """

    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    out: list[pd.DataFrame] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    superseded: set[int] = field(default_factory=set)
    number: int = 0

    def count(self, source: str, fate: str, records: int) -> None:
        """Add ``records`` of a source to a fate."""
        self.counts.setdefault(source, Counter())[fate] += records

    def sift(self, records: pd.DataFrame, *, earlier: pd.DataFrame) -> pd.DataFrame:
        """The records to label, with ``number`` and ``revision``; the others are noted as duplicates.

        Parameters
        ----------
        records : DataFrame
            feedback_id, text_digest, source, unit, row_number, part and more, in reading order.
        earlier : DataFrame
            feedback_id, text_digest, revision, night: the newest text published under these ids on nights before.
        """
        known = earlier.set_index("feedback_id")
        before = known.reindex(records["feedback_id"])
        same = before["text_digest"].notna().to_numpy() & (before["text_digest"].to_numpy() == records["text_digest"].to_numpy())
        revised = records.assign(
            revision=before["revision"].fillna(-1).to_numpy(dtype=np.int32) + np.where(same, 0, 1).astype(np.int32)
        )
        self._note(revised[same], "duplicate", nights=before["night"].to_numpy()[same])
        return self._sift_tonight(revised[~same])

    def _sift_tonight(self, records: pd.DataFrame) -> pd.DataFrame:
        numbers = np.arange(self.number, self.number + len(records))
        self.number += len(records)
        repeats = np.zeros(len(records), dtype=bool)
        ids, digests = records["feedback_id"].tolist(), records["text_digest"].tolist()
        for place, (feedback_id, digest, number) in enumerate(zip(ids, digests, numbers.tolist(), strict=True)):
            last = self.seen.get(feedback_id)
            if last is not None and last[0] == digest:
                repeats[place] = True
                continue
            if last is not None:
                self.superseded.add(last[1])
            self.seen[feedback_id] = (digest, number)
        self._note(records[repeats], "duplicate", nights=None)
        return records.assign(number=numbers)[~repeats]

    def _note(self, records: pd.DataFrame, fate: str, *, nights: np.ndarray | None) -> None:
        if records.empty:
            return
        rows = records[[*NOTED]].assign(fate=fate)
        self.out.append(rows.assign(first_night=None if nights is None else nights))
        for source, n in records["source"].value_counts().items():
            self.count(str(source), fate, int(n))

    def drop_superseded(self, rows: pd.DataFrame) -> pd.DataFrame:
        """``rows`` without the texts that a later record of the night replaced; those are noted."""
        old = rows["number"].isin(self.superseded)
        self._note(rows[old], "superseded", nights=None)
        return rows[~old]

    def records(self) -> pd.DataFrame:
        """Every record noted, for the ledger: NOTED and ``fate``."""
        return pd.concat(self.out, ignore_index=True) if self.out else pd.DataFrame(columns=[*NOTED, "fate", "first_night"])

    def table(self, *, night: date, run_id: str) -> pd.DataFrame:
        """Table ``duplicates``; a repeat within the night was first published by this night."""
        rows = self.records()
        return rows.assign(first_night=rows["first_night"].where(rows["first_night"].notna(), night), run_id=run_id)[
            DUPLICATES.names
        ]
