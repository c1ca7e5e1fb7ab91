"""What a night came to: counts per source that must balance, problems, exit code, and the screen an operator reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.cells import set_cell_size

from textmine.tables import FATES


@dataclass(frozen=True)
class NightResult:
    """A published night. ``drift``: its alarms.

    ``counts`` holds per source records_in, waiting, units and one number per fate; ``rows`` the rows per table;
    ``problems`` sentences without content; ``missing`` sources with a file that could not be read.
    """

    run_id: str
    night: date
    bundle_id: str
    counts: Mapping[str, Mapping[str, int]]
    rows: Mapping[str, int]
    problems: Mapping[str, list[str]]
    missing: frozenset[str]
    priorities: Mapping[str, int]
    seconds: float
    published: Path
    report: Path | None
    stale: tuple[date, ...] = ()
    waiting: tuple[date, ...] = ()
    drift: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or 3 when a source or a whole file is missing."""
        return 3 if self.missing else 0

    @property
    def totals(self) -> dict[str, int]:
        """The counts of all sources together."""
        names = ("units", "records_in", *FATES, "waiting")
        return {name: sum(counts.get(name, 0) for counts in self.counts.values()) for name in names}


COLUMNS = ("units", "records_in", "published", "duplicate", "superseded", "quarantined")


def balance_line(totals: Mapping[str, int]) -> str:
    """The conservation line: records in = published + duplicate + superseded + quarantined + erased."""
    sides = " + ".join(f"{totals[fate]:,} {fate}" for fate in FATES)
    balanced = totals["records_in"] == sum(totals[fate] for fate in FATES)
    return f"records in {totals['records_in']:,} = {sides}  {'(balanced)' if balanced else '(NOT BALANCED)'}"


def summary_lines(result: NightResult) -> Iterator[str]:
    """The night on one screen: balance, sources, priorities, problems, where the tables lie."""
    yield f"night {result.night}  run {result.run_id}  bundle {result.bundle_id}  {result.seconds:.1f} s"
    yield balance_line(result.totals)
    if result.totals["waiting"]:
        yield f"waiting for their own night: {result.totals['waiting']:,}"
    yield f"{'source':<24}{'files':>6}{'in':>9}{'published':>11}{'duplicate':>11}{'superseded':>12}{'quarantined':>13}"
    for source, counts in result.counts.items():
        numbers = zip((6, 9, 11, 11, 12, 13), COLUMNS, strict=True)
        yield set_cell_size(source, 24) + "".join(f"{counts[name]:>{width},}" for width, name in numbers)
    yield "priority  " + "  ".join(f"{level} {n:,}" for level, n in result.priorities.items())
    yield "tables    " + "  ".join(f"{name} {n:,}" for name, n in result.rows.items())
    for source, problems in result.problems.items():
        for problem in problems:
            yield f"problem   {source}: {problem}"
    for alarm in result.drift:
        yield f"drift     {alarm}"
    if result.waiting:
        yield "waiting   " + ", ".join(map(str, result.waiting)) + ": files were landed for it, but it is not published; run it"
    if result.stale:
        yield "stale     " + ", ".join(map(str, result.stale)) + " looked back on this night: publish them again in date order"
    yield f"published {result.published}"
    yield f"report    {result.report or 'not written, see the problem'}"
