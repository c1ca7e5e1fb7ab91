"""The task ``priority``: the policy's numbers fitted to labelled priorities, written as a proposal with its dry run."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from textmine.channels.own import as_feedback
from textmine.errors import ConfigError
from textmine.label import HISTORY, Labeller
from textmine.learn.prepared import Prepared, Rows
from textmine.learn.split import folds
from textmine.learn.train_priority import Aim, cross_validate, figures_of, fit_policy
from textmine.learn.train_urgency import unseen_scores
from textmine.priority.adjust import break_down, levels, numbers_of
from textmine.priority.dryrun import compare_priorities
from textmine.priority.proposal import rewrite
from textmine.priority.urgency import COLUMN as URGENCY
from textmine.retraining.tasks import PRIORITY_ROWS
from textmine.tables import PRIORITIES

logger = logging.getLogger(__name__)

PROPOSAL, DRY_RUN = "learned-priority-policy.toml", "learned-priority-dryrun.json"
FEWEST = PRIORITY_ROWS  # labelled rows


@dataclass(frozen=True)
class LearnedPriority:
    """The proposal: a policy file's text, what it would move, and the card. The bundle's own policy.toml stays as it is."""

    proposal: str
    dry_run: Mapping[str, Any]
    card: Mapping[str, Any]

    def save(self, folder: Path) -> None:
        """Write proposal and dry run beside the policy; a person takes the proposal over, or does not."""
        (folder / PROPOSAL).write_text(self.proposal, "utf-8")
        (folder / DRY_RUN).write_text(json.dumps(self.dry_run, ensure_ascii=False, indent=1) + "\n", "utf-8")


def train_priority(
    prepared: Prepared,
    *,
    recall: float = 0.89,
    price: float = 1.0,
    urgent_weight: float = 2.0,
    hold: float = 100.0,
    n_folds: int = 5,
) -> LearnedPriority:
    """Proposal of weights, values of codes and cut points, fitted on the labels that this bundle's models give.

    See `fit_policy` and `Aim`. Red lines, caps, windows, routing and handling are not touched. SOURCE of the defaults:
    cross-validation on guideline labels (docs/experiments/priority.md).

    Raises
    ------
    ConfigError
        If fewer than 100 rows have a priority, or none of them is urgent.
    """
    rows = prepared.training("priority")
    truth = _truth(prepared, rows)
    if len(truth) < FEWEST or not (truth <= 1).any():
        todo = f"label {FEWEST} rows or more, some of them P0 or P1"
        raise ConfigError("too few priorities to learn from", rows=len(truth), todo=todo)
    labeller = Labeller.open(prepared.folder, bundle_id="")
    read = _read(prepared, rows, labeller)
    basis = break_down(read, pd.DataFrame(0.0, index=read.index, columns=list(HISTORY)), policy=labeller.policy)
    learned = URGENCY in read
    start = numbers_of(labeller.policy) | {("cuts", "P1"): labeller.policy.cuts.lowest_p1(learned=learned)}
    aim = Aim(recall=recall, price=price, urgent_weight=urgent_weight, hold=hold)
    numbers = fit_policy(basis, truth, start=start, aim=aim)
    fold = prepared.examples["fold"].to_numpy()[rows]
    tested = cross_validate(basis, truth, iter(folds(fold, n_folds)), start=start, aim=aim)
    found = [levels(basis, basis.score(of), p1=of["cuts", "P1"], p2=of["cuts", "P2"]) for of in (start, numbers)]
    names = np.asarray(PRIORITIES, dtype=object)
    source = prepared.examples.loc[rows, "source"].to_numpy()
    told = pd.DataFrame({"channel": source, "primary_category": read["primary_category"].to_numpy()})
    moves = compare_priorities(told, *(pd.Series(names[level]) for level in found))
    changed = {".".join(key): [start[key], value] for key, value in numbers.items() if value != start[key]}
    card = {
        "n": len(truth),
        "before": asdict(figures_of(found[0], truth)),
        "after": asdict(figures_of(found[1], truth)),
        "cross_validated": asdict(tested),
        "changed": changed,
    }
    logger.info("priority: %d rows, %d numbers moved, accuracy %.3f", len(truth), len(changed), tested.accuracy)
    text = (prepared.folder / "policy.toml").read_text("utf-8")
    if not learned and labeller.policy.cuts.P1_without is not None:
        numbers["cuts", "P1_without"] = numbers.pop(("cuts", "P1"))
    return LearnedPriority(rewrite(text, numbers), moves.as_dict(), card)


def _read(prepared: Prepared, rows: Rows, labeller: Labeller) -> pd.DataFrame:
    """The rows as the labeller reads them, but for the learned urgency: that comes of heads which have not seen them."""
    read = labeller.read(as_feedback(prepared.examples.loc[rows, ["text"]].reset_index(drop=True), text_column="text")).rows
    if labeller.urgency is not None and URGENCY in read:
        read = read.assign(learned_urgency=labeller.urgency.value(unseen_scores(prepared, rows)))
    return read


def _truth(prepared: Prepared, rows: Rows) -> Any:
    return prepared.examples.loc[rows, "priority"].map({level: at for at, level in enumerate(PRIORITIES)}).to_numpy(np.int64)
