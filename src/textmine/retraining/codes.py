"""Labels as people write them - codes, Chinese names, or numbers under an explicit map - as the codes of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from textmine.channels.values import as_text
from textmine.errors import nearest, shown_value
from textmine.learn.examples import BY_TAXONOMY
from textmine.report.names import INTENT_NAMES, SENTIMENT_NAMES
from textmine.retraining.problems import Problem
from textmine.tables import INTENTS, PRIORITIES, SENTIMENTS
from textmine.taxonomy import Taxonomy

Names = Mapping[str, str]

_SENTIMENT = {"负": "neg", "中": "neu", "正": "pos", "消极": "neg", "积极": "pos", "negative": "neg", "neutral": "neu",
              "positive": "pos"}  # fmt: skip
_PRIORITY = {"紧急": "P0", "高": "P1", "中": "P2", "低": "P3"}  # ../shared/docs/labelling.md
_INTENT = {"抱怨投诉": "complaint", "抱怨": "complaint", "咨询求助": "inquiry", "求助": "inquiry", "陈述/其他": "statement"}
MOST_UNKNOWN = 20  # values listed; a column of something else than labels has thousands
SEPARATORS = r"[|,，、;；]"


def names_of(column: str, *, taxonomy: Taxonomy) -> Names:
    """Every way to write a label of a column, in lower case, and its code."""
    if column in BY_TAXONOMY:
        found = dict(_category_names(taxonomy, levels=column == "aspect"))
    elif column == "intent":
        found = _own(INTENTS, INTENT_NAMES) | _INTENT
    elif column == "priority":
        found = _own(PRIORITIES, {}) | _PRIORITY
    else:
        found = _own(SENTIMENTS, SENTIMENT_NAMES) | _SENTIMENT
    return {name.lower(): code for name, code in found.items()}


def as_codes(cells: pd.Series, *, column: str, names: Names, values: Names) -> tuple[pd.Series, pd.Series]:
    """Codes of the cells (lists of codes for ``categories``), null where blank; and what was written where it is no label.

    ``values`` (the file's own map) is asked first; a value that it maps to "" counts as blank.
    """
    if column == "categories":
        return _as_lists(cells, names=names, values=values)
    written = as_text(cells).str.strip()
    codes = {text: _code(text, names, values) for text in written.dropna().unique()}
    known = written.map(codes, na_action="ignore").astype("str")
    strange = written.where(written.notna() & written.map(lambda text: codes.get(text) is None).astype(bool))
    return known.mask(known == "").astype("str"), strange


def unknown_labels(strange: pd.Series, *, file: str, column: str, allowed: Iterable[str]) -> Iterator[Problem]:
    """One finding for each label that is none of the allowed, the most frequent first, those after the twentieth as one.

    The index of ``strange`` is the place of the row.
    """
    known, written = list(allowed), strange.dropna()
    counts = written.value_counts()  # equal counts in the order of the rows
    anything = "a code or Chinese name of the class, or a map of values"
    for value, n in counts.head(MOST_UNKNOWN).items():
        close = nearest(str(value).lower(), known)
        first = int(written.index[written.eq(str(value))][0]) + 1
        yield Problem(
            file,
            column,
            "unknown class",
            shown_value(str(value)),
            int(n),
            first,
            f"did you mean {close!r}?" if close else anything,
        )
    rest = written[~written.isin(counts.index[:MOST_UNKNOWN])]
    if len(rest):
        more = f"... {len(counts) - MOST_UNKNOWN} more"
        yield Problem(file, column, "unknown class", more, len(rest), int(rest.index[0]) + 1, anything)


def _own(codes: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    return {code: code for code in codes} | {chinese: code for code, chinese in names.items()}


def _category_names(taxonomy: Taxonomy, *, levels: bool) -> Iterator[tuple[str, str]]:
    for category in taxonomy.categories:
        yield from ((category.code, category.code), (category.chinese, category.code))
        for sub in category.subcategories if levels else ():
            yield f"{category.code}.{sub.code}", f"{category.code}.{sub.code}"


def _code(text: str, names: Names, values: Names) -> str | None:
    return values[text] if text in values else names.get(text.lower())


def _as_lists(cells: pd.Series, *, names: Names, values: Names) -> tuple[pd.Series, pd.Series]:
    codes, strange = [], []
    for cell in cells.tolist():
        words = _words(cell)
        found = {word: _code(word, names, values) for word in words}
        codes.append(list(dict.fromkeys(code for code in found.values() if code)) or None)
        strange.append(next((word for word, code in found.items() if code is None), None))
    return pd.Series(codes, index=cells.index, dtype=object), pd.Series(strange, index=cells.index, dtype="str")


def _words(cell: object) -> list[str]:
    if isinstance(cell, str):
        parts = pd.Series([cell.strip("[]")]).str.split(SEPARATORS, regex=True).iloc[0]
        return [word.strip().strip("\"'") for word in parts if word.strip()]
    if isinstance(cell, Iterable):
        return [str(word) for word in cell]
    return []
