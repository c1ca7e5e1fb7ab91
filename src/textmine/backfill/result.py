"""What a backfill came to: night by night, the worst exit code, the nights that are stale after it, the change report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from textmine.errors import BundleError, ConfigError, LakeBusyError, TextmineError

WORST_FIRST = (1, 5, 3, 0)  # failed, held, a source missing, done
STOPPING = (ConfigError, BundleError, LakeBusyError)  # errors that the next night would meet as well


@dataclass(frozen=True)
class NightDone:
    """One night: ``what`` is published, skipped, compared or failed; ``records`` those published."""

    night: date
    what: str
    exit_code: int = 0
    records: int | None = None
    problem: str = ""


@dataclass(frozen=True)
class BackfillResult:
    """A backfill that ended.

    ``stale``: nights that looked back on what has changed; ``report``: the change report; ``problem``: why there is none.
    """

    nights: tuple[NightDone, ...]
    stale: tuple[date, ...] = ()
    report: Path | None = None
    problem: str = ""

    @property
    def exit_code(self) -> int:
        """The worst of the nights: 1 before 5 before 3 before 0."""
        return next(code for code in WORST_FIRST if code == 0 or any(done.exit_code == code for done in self.nights))


def failed(night: date, error: TextmineError) -> NightDone:
    """The night as it failed; its error goes on where no other night could be run either."""
    if isinstance(error, STOPPING):
        raise error
    return NightDone(night, "failed", error.exit_code, None, str(error))


def days(first: date, last: date) -> list[date]:
    """Every day of the range.

    Raises
    ------
    ConfigError
        If it ends before it begins.
    """
    if last < first:
        raise ConfigError("the range ends before it begins", where="--from, --to", got=f"{first} to {last}", todo="swap them")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def backfill_lines(result: BackfillResult) -> Iterator[str]:
    """One line a night, then what is left to do and where the report lies."""
    for done in result.nights:
        records = "" if done.records is None else f"{done.records:,} records"
        yield f"{done.night}  {done.what:<10}{records}{'  ' if records and done.problem else ''}{done.problem}".rstrip()
    if not result.nights:
        yield "no night of the range has landed files or is published"
    if result.stale:
        yield "stale     " + ", ".join(map(str, result.stale)) + " looked back on what changed: publish them again in date order"
    if result.problem:
        yield f"problem   no change report: {result.problem}"
    if result.report:
        yield f"changes   {result.report}"
