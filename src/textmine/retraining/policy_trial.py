"""Another policy tried: on texts that are read again, or on the rows of a published night."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textmine.policy import Policy
from textmine.priority.cues import find_cues
from textmine.priority.red_lines import find_red_lines
from textmine.priority.score import score_terms
from textmine.priority.urgency import COLUMN as URGENCY
from textmine.text.phrases import PhraseMatcher


def matcher_of(policy: Policy, matcher: PhraseMatcher) -> PhraseMatcher:
    """The matcher with the words of this policy in place of those of another."""
    of_policy = ("red_line", "red_line_guard", "cue", "cue_guard")
    return PhraseMatcher([*(phrase for phrase in matcher.phrases if phrase.list not in of_policy), *policy.phrases()])


def replay(rows: pd.DataFrame, *, before: Policy, after: Policy) -> pd.Series:
    """Priorities that published rows would have had under ``after``, from the rows alone.

    Red lines and cues are looked for in the masked text again. What other nights told (bursts, repeats, reach), the worst clause
    and the learned urgency come from the row's own terms, divided by the weights of ``before``; a weight of 0 there leaves 0.
    Priorities that a person gave stay.

    Parameters
    ----------
    rows : DataFrame
        Of table ``labelled_feedback``, index from 0, ``priority_terms`` as dicts.
    before, after : Policy
        The policy the rows were published with, and the one to try.
    """
    terms = pd.DataFrame([dict(terms or {}) for terms in rows["priority_terms"]], index=rows.index)
    weights = before.weights.model_dump()
    value = {name: _value(terms, name, weights) for name in ("flaw", "burst", "repeat", "reach", "duplicate", URGENCY)}
    hits = PhraseMatcher(list(after.phrases())).find(rows["text"].fillna(""))
    history = pd.DataFrame(
        {
            "burst": value["burst"] * before.full.burst,
            "repeat": value["repeat"] * before.full.repeat,
            "reach": np.expm1(value["reach"] * np.log1p(before.full.reach)),
            "duplicate": value["duplicate"],
        }
    )
    read = rows.assign(
        worst_clause=-value["flaw"],
        cues=find_cues(hits, len(rows)).to_numpy(),
        red_lines=find_red_lines(rows, hits, policy=after)["red_lines"].to_numpy(),
    )
    if URGENCY in terms:  # else the bundle of those nights had not learned it
        read = read.assign(learned_urgency=value[URGENCY])
    scored = score_terms(read, history, policy=after)["priority"]
    human = (rows["label_source"] == "human").to_numpy()
    return scored.where(~human, rows["priority"].to_numpy())


def _value(terms: pd.DataFrame, name: str, weights: dict[str, float]) -> np.ndarray:
    amount = terms[name].fillna(0).to_numpy(np.float64) if name in terms else np.zeros(len(terms))
    return np.clip(amount / weights[name], 0, 1) if weights.get(name) else np.zeros(len(terms))
