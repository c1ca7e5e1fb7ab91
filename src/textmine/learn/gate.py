"""Whether a new bundle may take the champion's place: nothing that is measured well enough may get worse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from textmine.learn.judge import Judged, judge
from textmine.learn.scores import Counts, micro, paired_difference

CANNOT_JUDGE = "not enough rows to judge"
ENOUGH = 200  # rows of a source or class from which it is a gate; smaller ones are only shown
MOST_LOST = 0.02  # points of accuracy or F1 that may be lost by chance
CONTRAST_HELD = 0.9  # of the suite: not given up once the champion had it
SLOWER = 1.25  # times the champion's milliseconds a text


@dataclass(frozen=True)
class Check:
    """One comparison: of what, rows, both values, the 95 % interval of the difference, and the verdict.

    ``verdict``: ok; fell (the gate refuses); shown (worse, but of too few rows to refuse).
    """

    task: str
    of: str
    measure: str
    n: int
    champion: float
    challenger: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True)
class Verdict:
    """Everything that was compared; ``passed`` where nothing fell. Without a champion there is nothing to compare."""

    champion: str
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Nothing fell."""
        return all(check.verdict != "fell" for check in self.checks)

    def table(self) -> pd.DataFrame:
        """A row a check."""
        return pd.DataFrame([vars(check) for check in self.checks], columns=list(Check.__annotations__))


def compare(examples: pd.DataFrame, champion: pd.DataFrame, challenger: pd.DataFrame) -> Iterator[Check]:
    """Accuracy (micro-F1 of lists) of each source and F1 of each class of both bundles on the same held-out and gold rows.

    Arguments as of ``judge``. A source or class of 200 rows or more fell when it lost more than 2 points, or when the whole
    95 % interval of the paired bootstrap is below nothing. Sources of gold rows are called ``gold ...``.
    """
    for judged in judge(examples, champion, challenger):
        of = judged.source if judged.on == "held_out" else f"gold {judged.source}"
        measure = "accuracy" if judged.single else "micro_f1"
        yield _check(judged, of, measure, len(judged.rows), (judged.counts(0), judged.counts(1)))
        for place, code in enumerate(judged.classes):
            support = int(judged.given[:, place].sum())
            if support:
                both = [Counts(*(part[:, [place]] for part in judged.counts(bundle))) for bundle in (0, 1)]
                yield _check(judged, f"{of}: {code}", "f1", support, (both[0], both[1]))


def unjudged(checks: Iterable[Check], *, replaced: Mapping[str, Collection[str]]) -> Iterator[Check]:
    """A check that fell for every task that takes an older one's place without a single comparison on 200 rows or more.

    ``replaced``: tasks that were learned before and are learned again, with the tasks of the figures that judge each.
    """
    most: dict[str, int] = {}
    for check in checks:
        most[check.task] = max(check.n, most.get(check.task, 0))
    for task, figures in replaced.items():
        rows = max((most.get(figure, 0) for figure in figures), default=0)
        if rows < ENOUGH:
            yield Check(task, CANNOT_JUDGE, "rows", rows, np.nan, np.nan, np.nan, np.nan, "fell")


def compare_contrast(champion: Mapping[str, tuple[int, int]], challenger: Mapping[str, tuple[int, int]]) -> Iterator[Check]:
    """Pass rate of each kind of the contrast suite: (right, cases) by kind.

    Fell: a kind that lost more than one case, a suite that lost more than 2 points or the 90 % it had.
    """
    for kind, (right, n) in challenger.items():
        had = champion[kind][0]
        verdict = "fell" if right < had - 1 else "ok"
        yield Check("contrast", kind, "pass_rate", n, had / n, right / n, np.nan, np.nan, verdict)
    before, after = _pass_rate(champion), _pass_rate(challenger)
    verdict = "fell" if after < CONTRAST_HELD <= before or after < before - MOST_LOST else "ok"
    total = sum(n for _, n in challenger.values())
    yield Check("contrast", "all kinds", "pass_rate", total, before, after, np.nan, np.nan, verdict)


def compare_speed(champion: float, challenger: float, *, n: int) -> Check:
    """Milliseconds a text; more than 1.25 times the champion's fell."""
    verdict = "fell" if challenger > SLOWER * champion else "ok"
    return Check("speed", "all stages", "ms_a_text", n, champion, challenger, np.nan, np.nan, verdict)


def _pass_rate(suite: Mapping[str, tuple[int, int]]) -> float:
    return sum(right for right, _ in suite.values()) / sum(n for _, n in suite.values())


def _check(judged: Judged, of: str, measure: str, n: int, both: tuple[Counts, Counts]) -> Check:
    before, after = (float(micro(*(part.sum(axis=0) for part in counted))) for counted in both)
    low, high = paired_difference(both[0], both[1], micro)
    worse = after < before - MOST_LOST or high < 0
    verdict = ("fell" if n >= ENOUGH else "shown") if worse else "ok"
    return Check(judged.task, of, measure, n, before, after, low, high, verdict)
