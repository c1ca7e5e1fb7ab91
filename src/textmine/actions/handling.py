"""What to do with each feedback, from the playbook in the policy."""

from __future__ import annotations

import pandas as pd

from textmine.actions.routing import first_listed
from textmine.policy import Policy


def suggest(rows: pd.DataFrame, *, policy: Policy) -> pd.Series:
    """Suggested handling of each row (``suggested_handling``); null where nobody has to act.

    The first found of: the first red line, the intent (suggestions and inquiries have their own way), a second-level
    category of the primary category, the primary category.

    Parameters
    ----------
    rows : pd.DataFrame
        ``priority``, ``red_lines`` (lists, in the policy's order), ``intent``, ``primary_category``, ``subcategories``.
    policy : Policy
        Source of the texts.
    """
    playbook = policy.handling
    by_line = first_listed(rows["red_lines"], {line.code: line.handling for line in policy.red_line})
    by_intent = rows["intent"].map({str(code): text for code, text in playbook.intent.items()}).astype("str")
    by_sub = first_listed(rows["subcategories"], playbook.subcategory, within=rows["primary_category"])
    by_category = rows["primary_category"].map(dict(playbook.category)).astype("str")
    text = by_line.fillna(by_intent).fillna(by_sub).fillna(by_category)
    return text.where(rows["priority"].isin(policy.routing.priorities)).rename("suggested_handling")
