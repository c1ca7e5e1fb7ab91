"""Whether labels that came back can be used: known ids and codes, one opinion a text. All faults are told at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from textmine.errors import ConfigError, shown_value
from textmine.labelfiles.choices import Choices, parse
from textmine.labelfiles.columns import LABELS, SEPARATOR

FAULTS = ("row", "column", "problem", "found", "allowed")
SHOWN_FAULTS = 20


class LabelsRefusedError(ConfigError):
    """Labels that cannot be used as they are; nothing was written. ``faults`` (FAULTS) has a row a fault."""

    def __init__(self, faults: pd.DataFrame, *, where: str) -> None:
        self.faults = faults
        kinds = [f"{problem} {n:,}" for problem, n in faults["problem"].value_counts().items()]
        super().__init__("the labels cannot be used", where=where, rows=len(faults), got=kinds, todo="mend the rows listed")

    def lines(self) -> list[str]:
        """The first faults as a table, a line each."""
        shown = [f"{'row':>7}  {'column':<18}{'problem':<26}found | allowed"]
        first = self.faults.head(SHOWN_FAULTS).itertuples(index=False)
        shown += [f"{row.row:>7}  {row.column:<18}{row.problem:<26}{row.found} | {row.allowed}" for row in first]
        more = len(self.faults) - SHOWN_FAULTS
        return [*shown, f"... and {more:,} more"] if more > 0 else shown


def check_labels(given: pd.DataFrame, *, choices: Choices, published: pd.DataFrame, where: str) -> pd.DataFrame:
    """Corrections, one row a text: ``feedback_id``, ``text_digest``, ``annotator`` and the codes of LABELS (null: no opinion).

    Rows without any label are passed over. Annotators who agree become one row that names both.

    Parameters
    ----------
    given : pd.DataFrame
        ``feedback_id``, ``text_digest`` (null where the file does not say which text was read), ``annotator`` and LABELS as
        written (see ``as_given``); the index tells a row by its number in the file.
    published : pd.DataFrame
        ``feedback_id``, ``text_digest`` of the texts published under the ids of the file, the newest last.

    Raises
    ------
    LabelsRefusedError
        If a code or id is not known, a text was revised, a row says two things, or two rows contradict or repeat each other.
    ConfigError
        If the file holds no label at all, or none of its ids is of this lake.
    """
    numbered = given.assign(row=given.index).reset_index(drop=True)
    numbered = numbered[numbered[list(LABELS)].notna().any(axis=1)]
    if numbered.empty:
        raise ConfigError("no row has a label", where=where, rows=len(given), todo="fill in a corrected_... column")
    _of_this_lake(numbered, published, where)
    coded, faults = _coded(numbered, choices)
    placed, strange = _placed(coded, published)
    found = pd.concat([*faults, strange, _several(placed), _primary(coded)], ignore_index=True)
    if len(found):
        raise LabelsRefusedError(found.sort_values(["row", "column"], ignore_index=True), where=where)
    together = placed.groupby(["feedback_id", "text_digest"], sort=True)
    people = together["annotator"].agg(lambda names: ", ".join(sorted(set(names))))
    merged = together[list(LABELS)].first().assign(annotator=people).reset_index()
    return merged[["feedback_id", "text_digest", "annotator", *LABELS]].astype("str")


def _of_this_lake(rows: pd.DataFrame, published: pd.DataFrame, where: str) -> None:
    if not rows["feedback_id"].isin(published["feedback_id"]).any():
        raise ConfigError(
            "none of the ids is published in this lake",
            where=where,
            rows=len(rows),
            todo="import it where it was exported (--config), with its column feedback_id",
        )


def _coded(rows: pd.DataFrame, choices: Choices) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The rows with codes in LABELS, and what cannot be read as one."""
    codes, faults = {}, []
    for label in LABELS:
        parsed = parse(rows[label], label, choices[label])
        codes[label] = parsed.codes
        wrong = parsed.found.notna()
        faults.append(_faults(rows[wrong], label, "unknown code", parsed.found[wrong], parsed.allowed[wrong]))
    return rows.assign(**codes), faults


def _placed(rows: pd.DataFrame, published: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows with the digest of the text they are of, and those whose id or text is not there."""
    newest = published.drop_duplicates("feedback_id", keep="last").set_index("feedback_id")["text_digest"]
    known = rows["feedback_id"].isin(newest.index)
    digest = rows["text_digest"].fillna(rows["feedback_id"].map(newest).astype("str"))
    placed = rows.assign(text_digest=digest)
    pairs = pd.MultiIndex.from_frame(published[["feedback_id", "text_digest"]])
    there = pd.MultiIndex.from_frame(placed[["feedback_id", "text_digest"]]).isin(pairs)
    unknown, revised = rows[~known], rows[known & ~there]
    return placed, pd.concat(
        [
            _faults(
                unknown,
                "feedback_id",
                "unknown id",
                unknown["feedback_id"].map(shown_value, na_action="ignore"),
                "an id of this lake",
            ),
            _faults(revised, "text_digest", "another text by now", revised["feedback_id"], "export the text again"),
        ]
    )


def _several(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that contradict another one of the same text, or repeat it by the same person."""
    several = rows[rows.duplicated(["feedback_id", "text_digest"], keep=False)]
    together = several.groupby(["feedback_id", "text_digest"], sort=False)
    found = []
    for label in LABELS:
        against = several[together[label].transform("nunique") > 1]
        found.append(_faults(against, label, "conflicting rows", against[label].fillna("-"), "one label a text"))
    found += _apart(several)
    same = several[several.duplicated(["feedback_id", "text_digest", "annotator"], keep="first")]
    conflicting = set().union(*(part["row"] for part in found))
    same = same[~same["row"].isin(conflicting)]
    return pd.concat([*found, _faults(same, "feedback_id", "doubled id", same["feedback_id"], "one row a text")])


def _apart(several: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows of one text that give the one list and the one primary category, which is not in it."""
    together = several.groupby(["feedback_id", "text_digest"], sort=False)
    said = {label: together[label] for label in ("categories", "primary_category")}
    one = np.logical_and.reduce([cells.transform("nunique") == 1 for cells in said.values()])
    merged = several.assign(**{label: cells.transform("first") for label, cells in said.items()})
    wrong = several.loc[_outside(merged[one]).index]
    listing, naming = wrong[wrong["primary_category"].isna()], wrong[wrong["categories"].isna()]
    return [
        _faults(rows[rows[label].notna()], label, "conflicting rows", rows[label].dropna(), "a list with the primary category")
        for rows, label in ((listing, "categories"), (naming, "primary_category"))
    ]


def _primary(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose primary category is not among the categories they give."""
    wrong = _outside(rows)
    return _faults(wrong, "primary_category", "not among the categories", wrong["primary_category"], wrong["categories"])


def _outside(rows: pd.DataFrame) -> pd.DataFrame:
    both = rows[rows["categories"].notna() & rows["primary_category"].notna()]
    pairs = zip(both["primary_category"], both["categories"], strict=True)
    return both[np.array([main not in listed.split(SEPARATOR) for main, listed in pairs], bool)]


def _faults(rows: pd.DataFrame, column: str, problem: str, found: pd.Series, allowed: pd.Series | str) -> pd.DataFrame:
    told = {"row": rows["row"], "column": column, "problem": problem, "found": found, "allowed": allowed}
    return pd.DataFrame(told, columns=list(FAULTS), index=rows.index)
