"""The codes a person may choose, with their Chinese names; cells read as codes, whichever of both was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from textmine.errors import nearest, shown_value
from textmine.labelfiles.columns import LABELS, SEPARATOR
from textmine.taxonomy import Taxonomy

# SOURCE: the project's labelling guideline.
SENTIMENT_CHOICES = {"neg": "负面", "neu": "中性", "pos": "正面"}
INTENT_CHOICES = {"complaint": "抱怨投诉", "suggestion": "建议", "inquiry": "咨询求助", "praise": "表扬", "statement": "陈述"}
PRIORITY_CHOICES = {"P0": "紧急", "P1": "高", "P2": "中", "P3": "低"}
SEVERAL = frozenset({"categories"})
BETWEEN = re.compile(r"[;；、,，|\n]+")

Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Parsed:
    """Codes of a column's cells (several joined by ``;``, null where nothing was given) and, where a cell cannot be read, why.

    ``found`` and ``allowed`` have a value exactly in the rows that are wrong.
    """

    codes: pd.Series
    found: pd.Series
    allowed: pd.Series


def choices_of(taxonomy: Taxonomy) -> dict[str, dict[str, str]]:
    """Code to Chinese name for every column of LABELS, the categories as in the taxonomy."""
    categories = {category.code: category.chinese for category in taxonomy.categories}
    lists = (SENTIMENT_CHOICES, categories, categories, INTENT_CHOICES, PRIORITY_CHOICES)
    return {label: dict(names) for label, names in zip(LABELS, lists, strict=True)}


def shown(code: str, names: Mapping[str, str]) -> str:
    """How a choice looks in a list: its code and its Chinese name."""
    return f"{code} {names[code]}"


def parse(cells: pd.Series, label: str, names: Mapping[str, str]) -> Parsed:
    """Codes of ``cells`` (text or null): a cell may hold codes, Chinese names or both as in the drop-down lists."""
    places, uniques = pd.factorize(cells.astype("str"))
    read = [_read(cell, names, several=label in SEVERAL) for cell in uniques]
    columns = [pd.Series(pd.array([part[at] for part in read], dtype="str").take(places, allow_fill=True)) for at in range(3)]
    return Parsed(*(column.set_axis(cells.index) for column in columns))


def _read(cell: str, names: Mapping[str, str], *, several: bool) -> tuple[str | None, str | None, str | None]:
    parts = [cell] if not several or _code(cell, names) else [part.strip() for part in BETWEEN.split(cell) if part.strip()]
    codes = [_code(part, names) for part in parts]
    wrong = [part for part, code in zip(parts, codes, strict=True) if code is None]
    if wrong:
        return None, SEPARATOR.join(map(shown_value, wrong)), _allowed(wrong[0], names)
    return SEPARATOR.join(dict.fromkeys(code for code in codes if code)) or None, None, None


def _code(part: str, names: Mapping[str, str]) -> str | None:
    """The code that a part of a cell names: ``product``, ``产品质量``, ``product 产品质量`` or ``产品质量 product``."""
    written = part.casefold()
    for code, chinese in names.items():
        if written in (spelling.casefold() for spelling in (code, chinese, f"{code} {chinese}", f"{chinese} {code}")):
            return code
    return None


def _allowed(wrong: str, names: Mapping[str, str]) -> str:
    close = nearest(wrong, [*names, *names.values()])
    return ", ".join(names) + (f" (did you mean {close!r}?)" if close else "")
