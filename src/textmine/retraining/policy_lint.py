"""What is wrong with a policy that could be read: words that never count, levels that cannot be reached, unknown categories."""

from __future__ import annotations

from collections.abc import Iterator

from textmine.errors import ConfigError
from textmine.policy import Cue, Policy, RedLine
from textmine.taxonomy import Taxonomy
from textmine.text.phrases import PhraseMatcher


def lint_policy(policy: Policy, *, taxonomy: Taxonomy | None = None) -> list[str]:
    """Problems of a policy, a sentence each; none if all is well.

    Found are: categories that the taxonomy does not have; phrases that are none; a word twice in a group; a phrase that holds
    a guard of its own group, so that it never counts; a cut that no row can reach; a weight without effect.
    """
    return [*_strangers(policy, taxonomy), *_phrases(policy), *_words(policy), *_numbers(policy)]


def _strangers(policy: Policy, taxonomy: Taxonomy | None) -> Iterator[str]:
    for code in policy.strangers(taxonomy) if taxonomy is not None else ():
        yield f"{code!r} is no category of the taxonomy"


def _phrases(policy: Policy) -> Iterator[str]:
    for phrase in policy.phrases():
        try:
            PhraseMatcher([phrase])
        except ConfigError as error:
            yield str(error)


def _words(policy: Policy) -> Iterator[str]:
    groups: list[RedLine | Cue] = [*policy.red_line, *policy.cue]
    for group in groups:
        bare = [word.partition("^")[0] for word in group.phrases]
        yield from (f"{group.code}: {word!r} stands twice" for word in sorted({word for word in bare if bare.count(word) > 1}))
        for word in bare:
            for guard in group.guards:
                if any(guard in part for part in word.split("…")):
                    yield f"{group.code}: {word!r} holds the guard {guard!r}, so it never counts"


def _numbers(policy: Policy) -> Iterator[str]:
    weights = policy.weights.model_dump()
    most = sum(weight for weight in weights.values() if weight > 0)
    for name, cut in (("P1", policy.cuts.P1), ("P2", policy.cuts.P2)):
        if cut > most:
            yield f"cuts.{name}: no score reaches {cut:g}; all weights together are {most:g}"
    if policy.cuts.P2 <= 0:
        yield "cuts.P2: every row is P2, even praise; set it above 0"
    if policy.cue and not weights["cue"]:
        yield "weights.cue is 0, so the cues have no effect"
