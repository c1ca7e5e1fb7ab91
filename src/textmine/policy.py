"""The policy file: what makes a feedback urgent, who acts, by when and how. Data a business user edits."""

from __future__ import annotations

import datetime as dt
import tomllib
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from textmine.errors import ConfigError, nearest
from textmine.taxonomy import Phrase, Taxonomy

Priority = Literal["P0", "P1", "P2", "P3"]
Sentiment = Literal["neg", "neu", "pos"]
Intent = Literal["complaint", "suggestion", "inquiry", "praise", "statement"]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weights(_Strict):
    """Largest amount each term can add to the priority score (``duplicate`` takes away); ``learned_urgency`` 0: no such term."""

    severity: float = Field(ge=0)
    intent: float = Field(ge=0)
    category: float = Field(ge=0)
    flag: float = Field(ge=0)
    flaw: float = Field(ge=0)
    rating: float = Field(ge=0)
    nps: float = Field(ge=0)
    votes: float = Field(ge=0)
    customer_value: float = Field(ge=0)
    burst: float = Field(ge=0)
    repeat: float = Field(ge=0)
    reach: float = Field(ge=0)
    duplicate: float = Field(le=0)
    cue: float = Field(default=0, ge=0)
    learned_urgency: float = Field(default=0, ge=0)


class Values(_Strict):
    """Value in [0, 1] of each code in the terms ``intent``, ``category`` and ``flag``; codes left out count 0."""

    intent: dict[Intent, Share]
    category: dict[str, Share]
    flag: dict[str, Share]


class Full(_Strict):
    """Amount at which a counted term reaches its whole weight; below it the term grows in proportion (reach, votes: by log)."""

    burst: Positive
    repeat: Positive
    reach: Positive
    votes: Positive
    customer_value: Positive
    cue: Positive = 2.0


class Cuts(_Strict):
    """Lowest scores of P1 and P2; P0 is for red lines alone. ``P1_without``: that of P1 where the bundle has not learned the
    term ``learned_urgency``, so that scores are lower; ``P1`` where it is not given.
    """

    P1: float
    P2: float
    P1_without: float | None = None

    def lowest_p1(self, *, learned: bool) -> float:
        """Lowest score of P1 of rows with or without the term ``learned_urgency``."""
        return self.P1 if learned or self.P1_without is None else self.P1_without

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if min(self.P1, self.lowest_p1(learned=False)) <= self.P2:
            raise ValueError("P1 must lie above P2")
        return self


class Caps(_Strict):
    """Floods: so many rows of an author, and of one text of an author, a night; the rest is at best ``priority``."""

    per_author: int = Field(ge=1)
    per_text: int = Field(ge=1)
    priority: Priority


class Window(_Strict):
    """How far the look-back terms reach, in nights; bursts need ``min_nights`` published ones."""

    days: int = Field(ge=1, le=30)
    reach_days: int = Field(ge=1, le=30)
    min_nights: int = Field(ge=2)


class RedLine(_Strict):
    """Words that alone make P0 or P1; ``guards`` in the same clause, a negator or an unmet condition take it back."""

    code: Code
    chinese: str
    level: Literal["P0", "P1"]
    team: str = ""
    phrases: tuple[str, ...]
    guards: tuple[str, ...] = ()
    sentiments: tuple[Sentiment, ...] = ("neg", "neu")
    categories: tuple[str, ...] = ()
    handling: str


class Cue(_Strict):
    """Words that make a matter more pressing without deciding it: a remedy asked for, no answer, danger.

    ``value`` is what the group adds to the term ``cue`` once ``full.cue`` of its words are there; ``guards`` in the same
    clause take a word back. A negator does not: who writes ``没有给我退款`` wants the money all the same.
    """

    code: Code
    chinese: str
    value: Share
    phrases: tuple[str, ...]
    guards: tuple[str, ...] = ()


class Due(_Strict):
    """Time to the first response: hours round the clock, or working days."""

    hours: Positive | None = None
    working_days: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.hours is None) == (self.working_days is None):
            raise ValueError("give hours or working_days")
        return self


class Working(_Strict):
    """Opening hours in Asia/Shanghai, and a company's own holidays and working days (they win over the statutory ones)."""

    opens: dt.time
    closes: dt.time
    holidays: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()


class Routing(_Strict):
    """Which priorities are handed to a team, when it is warned (part of the time gone), second-level categories with a
    team of their own, and who is above a team.
    """

    priorities: tuple[Priority, ...]
    warn_at: Share
    subcategory: dict[str, str]
    escalate: dict[str, str]
    escalate_default: str


class Handling(_Strict):
    """Suggested handling by intent, second level and category, the first found in that order."""

    intent: dict[Intent, str]
    subcategory: dict[str, str]
    category: dict[str, str]


class Policy(_Strict):
    """The whole policy file."""

    version: str
    weights: Weights
    values: Values
    full: Full
    cuts: Cuts
    caps: Caps
    window: Window
    red_line: tuple[RedLine, ...]
    cue: tuple[Cue, ...] = ()
    respond: dict[Priority, Due]
    working: Working
    routing: Routing
    handling: Handling

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        for kind, codes in (("red lines", [line.code for line in self.red_line]), ("cues", [cue.code for cue in self.cue])):
            if twice := sorted({code for code in codes if codes.count(code) > 1}):
                raise ValueError(f"two {kind} share a code: {', '.join(twice)}")
        return self

    def phrases(self) -> Iterator[Phrase]:
        """Words of red lines and cues (lists ``red_line``, ``cue``), what takes them back (``..._guard``), labelled by code."""
        for kind, group in [("red_line", line) for line in self.red_line] + [("cue", cue) for cue in self.cue]:
            for word in group.phrases:
                text, _, weight = word.partition("^")
                yield Phrase(kind, group.code, text, float(weight or 1))
            for word in group.guards:
                yield Phrase(f"{kind}_guard", group.code, word)

    def strangers(self, taxonomy: Taxonomy) -> list[str]:
        """Categories and second-level categories the policy names but the taxonomy does not have, sorted."""
        first = {category.code for category in taxonomy.categories}
        second = {f"{category.code}.{sub.code}" for category in taxonomy.categories for sub in category.subcategories}
        wide = set(self.values.category) | set(self.handling.category) | {c for line in self.red_line for c in line.categories}
        narrow = set(self.routing.subcategory) | set(self.handling.subcategory)
        return sorted((wide - first) | (narrow - second))


def read_policy(path: Path) -> Policy:
    """Policy of a TOML file, every key and value checked.

    Raises
    ------
    ConfigError
        If the file is missing or no TOML, or a key or value is not known; names the nearest known key.
    """
    try:
        return Policy.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError("no policy can be read here", where=str(path), got=type(error).__name__) from error
    except ValidationError as error:
        raise _explained(error, path) from error


def _explained(error: ValidationError, path: Path) -> ConfigError:
    first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    where = f"{path}: {'.'.join(map(str, first['loc']))}"
    if first["type"] != "extra_forbidden":
        return ConfigError(first["msg"], where=where)
    got, known = str(first["loc"][-1]), _known_keys(first["loc"])
    return ConfigError("unknown key", where=where, got=got, allowed=known, todo=f"did you mean {nearest(got, known)!r}?")


def _known_keys(location: tuple[int | str, ...]) -> list[str]:
    """Keys allowed where the unknown one stood: walks the models along the error's location."""
    model: type[BaseModel] = Policy
    for part in location[:-1]:
        if part in model.model_fields:
            model = _model_inside(model.model_fields[str(part)].annotation) or model
    return sorted(model.model_fields)


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    """First model within a type: ``Due`` of ``dict[Priority, Due]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in typing.get_args(annotation) if (model := _model_inside(part))), None)
