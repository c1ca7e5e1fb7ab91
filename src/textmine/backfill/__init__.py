"""Many nights at once: a range run again as `nightly` would, or its published texts labelled again with another bundle."""

from textmine.backfill.nights import backfill
from textmine.backfill.rescore import rescore
from textmine.backfill.result import BackfillResult, backfill_lines

__all__ = ["BackfillResult", "backfill", "backfill_lines", "rescore"]
