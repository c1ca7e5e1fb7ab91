"""A new bundle beside the one in use: both read the same rows, the contrast suite and, in turns, the same texts by the clock."""

from __future__ import annotations

import logging
import math
from collections.abc import Collection, Iterator

import pandas as pd

from textmine.errors import BundleError, ConfigError
from textmine.label import Labeller
from textmine.learn.gate import Check, Verdict, compare, compare_contrast, compare_speed, unjudged
from textmine.retraining.contrast import by_kind, contrast_folder, judge_cases, read_cases
from textmine.retraining.lineage import replaced_tasks
from textmine.retraining.measure import SPEED_TEXTS, milliseconds, predict
from textmine.store.bundles import BundleFolder

logger = logging.getLogger(__name__)


def compare_with(
    champion: BundleFolder,
    labeller: Labeller,
    rows: pd.DataFrame,
    said: pd.DataFrame,
    judged: pd.DataFrame | None,
    *,
    tasks: Collection[str] = (),
) -> Verdict:
    """Verdict over the bundle of ``labeller``, which said ``said`` of ``rows`` and passed ``judged`` of the contrast suite.

    ``tasks``: those learned now; one that the champion had learned too must be compared on rows enough, else a person decides.
    Categories are not compared where the bundles have different ones. A champion that this version cannot open fails the gate:
    then a person decides.
    """
    try:
        other = Labeller.open(champion.path, bundle_id=champion.id)
    except (BundleError, ConfigError) as error:
        logger.warning("the bundle in use cannot be opened by this version: %s", error)
        return Verdict(champion.id, (Check("bundle", champion.id, "can be opened", 0, 0.0, 1.0, math.nan, math.nan, "fell"),))
    checks = list(_checks(other, labeller, rows, said, judged))
    checks += unjudged(checks, replaced=replaced_tasks(champion.card, tasks=tasks))
    verdict = Verdict(champion.id, tuple(checks))
    logger.info("gate: %d comparisons, passed %s", len(verdict.checks), verdict.passed)
    return verdict


def _checks(
    other: Labeller, labeller: Labeller, rows: pd.DataFrame, said: pd.DataFrame, judged: pd.DataFrame | None
) -> Iterator[Check]:
    examples = rows
    if other.taxonomy.labels != labeller.taxonomy.labels:
        examples = rows.assign(categories=None, primary_category=None, aspect=None)
    yield from compare(examples, predict(other, rows["text"]), said)
    folder = contrast_folder()
    if folder is not None and judged is not None:
        yield from compare_contrast(by_kind(judge_cases(other, read_cases(folder))), by_kind(judged))
    before, after = milliseconds([other, labeller], rows["text"])
    yield compare_speed(before, after, n=SPEED_TEXTS)
