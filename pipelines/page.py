"""What Prefect's page shows of a night: counts and names, no text."""

from __future__ import annotations

from collections.abc import Iterator

from textmine.night import NightResult
from textmine.night.result import balance_line
from textmine.tables import FATES

SHOWN = ("units", "records_in", *FATES, "waiting")


def night_page(result: NightResult) -> str:
    """The night as markdown: balance, a row of counts per source, priorities, problems, and where the tables lie."""
    return "\n".join(_lines(result))


def _lines(result: NightResult) -> Iterator[str]:
    yield f"## Night {result.night}\n\nrun `{result.run_id}`, bundle `{result.bundle_id}`, {result.seconds:.1f} s\n"
    yield f"{balance_line(result.totals)}\n"
    yield f"| source | {' | '.join(SHOWN)} |\n|---|{'---:|' * len(SHOWN)}"
    for source, counts in {**result.counts, "all": result.totals}.items():
        yield f"| {source} | {' | '.join(f'{counts.get(name, 0):,}' for name in SHOWN)} |"
    yield "\n" + ", ".join(f"{level} {number:,}" for level, number in result.priorities.items()) + "\n"
    for source, problems in result.problems.items():
        for problem in problems:
            yield f"- {source}: {problem}"
    for alarm in result.drift:
        yield f"- drift: {alarm}"
    yield f"\ntables `{result.published}`, report `{result.report}`"
