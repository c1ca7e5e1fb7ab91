"""What is wrong with labels, gathered before anything is written, and told as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

import pandas as pd

from textmine.errors import ConfigError


@dataclass(frozen=True)
class Problem:
    """One kind of thing that is wrong: where, what was found, how many rows, the first of them (from 1), what to do."""

    file: str
    column: str
    problem: str
    found: str = ""
    rows: int = 0
    first_row: int = 0
    todo: str = ""


class ExamplesRefusedError(ConfigError):
    """Labels that cannot be learned from; nothing was touched. ``table`` says what is wrong, one row a finding."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        listed = list(problems)
        names = [field.name for field in fields(Problem)]
        self.table = pd.DataFrame([astuple(problem) for problem in listed], columns=names)
        kinds = list(dict.fromkeys(problem.problem for problem in listed))
        super().__init__("the labels are refused", got=kinds, todo="mend the rows of the table; the champion stays")
