"""Which team should act on each feedback, and who is above it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.policy import Policy
from textmine.taxonomy import Taxonomy


def route(rows: pd.DataFrame, *, taxonomy: Taxonomy, policy: Policy) -> pd.Series:
    """Team that should act on each row (``route_to``); null where nobody has to.

    The team of the first red line that names one, else of the first second-level category that has one of its own and
    belongs to the primary category, else the team of the primary category in the taxonomy. Null for priorities that the
    policy does not hand out and for rows without category and red line.

    Parameters
    ----------
    rows : pd.DataFrame
        ``priority``, ``red_lines`` (lists), ``primary_category``, ``subcategories`` (lists).
    taxonomy : Taxonomy
        Source of the teams.
    policy : Policy
        Source of teams that differ from the taxonomy's.
    """
    by_line = first_listed(rows["red_lines"], {line.code: line.team for line in policy.red_line if line.team})
    by_sub = first_listed(rows["subcategories"], policy.routing.subcategory, within=rows["primary_category"])
    by_category = rows["primary_category"].map({category.code: category.team for category in taxonomy.categories})
    team = by_line.fillna(by_sub).fillna(by_category.astype("str"))
    return team.where(rows["priority"].isin(policy.routing.priorities)).rename("route_to")


def escalate(teams: pd.Series, *, policy: Policy) -> pd.Series:
    """Who is above each team: ``policy.routing.escalate``, else its default; null stays null."""
    above = teams.map(dict(policy.routing.escalate)).astype("str")
    return above.fillna(policy.routing.escalate_default).where(teams.notna()).rename("escalate_to")


def first_listed(lists: pd.Series, names: dict[str, str], *, within: pd.Series | None = None) -> pd.Series:
    """Name of the first code of each list that has one in ``names``; null for none.

    Parameters
    ----------
    lists : pd.Series
        Lists of codes; null counts as empty.
    names : dict of str to str
        Code to name.
    within : pd.Series, optional
        Only codes that begin with this category and a dot count.
    """
    cells = pa.array(lists, from_pandas=True)
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    result = pd.Series(pd.array([None] * len(lists), dtype="str"), index=lists.index)
    if not names or pa.types.is_null(cells.type):
        return result
    codes = pc.list_flatten(cells).cast(pa.string())
    at = np.asarray(pc.fill_null(pc.index_in(codes, pa.array(list(names), pa.string())), -1), np.int64)
    found = pd.DataFrame({"row": np.asarray(pc.list_parent_indices(cells), np.int64), "at": at})[at >= 0]
    if within is not None:
        heads = [code.partition(".")[0] for code in names]
        found = found[within.to_numpy(object)[found["row"]] == np.array(heads, object)[found["at"]]]
    found = found.drop_duplicates("row")
    result.iloc[found["row"].to_numpy()] = np.array(list(names.values()), object)[found["at"]]
    return result
