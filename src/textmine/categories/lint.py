"""What is wrong with a taxonomy or a cue file that could be read: words that clash, repeat or can never match."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from textmine.categories.vocabulary import Vocabulary
from textmine.taxonomy import Taxonomy

KEPT = "，！？；：（）"  # the normal form leaves these as they are


def lint_taxonomy(taxonomy: Taxonomy) -> list[str]:
    """Problems of a taxonomy, each one sentence that names label and word; empty when it is clean.

    Found are: a word of two second-level categories that is not in ``shared``; a word of ``shared`` that is not of two; a word
    twice; spaces; a single character without a weight of its own (``贵^1`` says that it is meant); a word that the normal form of
    texts (NFKC) never holds; ``…`` at an end or twice; a second level without words; a category without definition, team or
    example.
    """
    lists = {f"{category.code}.{sub.code}": sub.words for category in taxonomy.categories for sub in category.subcategories}
    return [*_told(taxonomy), *_words(lists, empty_allowed={taxonomy.fallback_label}), *_clashes(lists, shared=taxonomy.shared)]


def lint_vocabulary(vocabulary: Vocabulary) -> list[str]:
    """Problems of an intent or flag file, as for ``lint_taxonomy``; a cue speaks for one code only; a flag may have no cues."""
    lists = {entry.code: entry.words for entry in vocabulary.entries}
    return [*_words(lists, empty_allowed=set(lists)), *_clashes(lists, shared=())]


def _told(taxonomy: Taxonomy) -> Iterator[str]:
    for category in taxonomy.categories:
        for name, value in (("definition", category.definition), ("team", category.team), ("example", category.examples)):
            if not value:
                yield f"{category.code}: no {name}"


def _words(lists: dict[str, tuple[str, ...]], *, empty_allowed: set[str]) -> Iterator[str]:
    for label, words in lists.items():
        if not words and label not in empty_allowed:
            yield f"{label}: no words, so it is never found"
        bare = [_bare(word) for word in words]
        yield from (f"{label}: {word!r} stands twice" for word in sorted({word for word in bare if bare.count(word) > 1}))
        for word in words:
            yield from (f"{label}: {word!r} {problem}" for problem in _problems(word))


def _problems(word: str) -> Iterator[str]:
    bare, parts = _bare(word), _bare(word).split("…")
    if bare != "".join(bare.split()) or word != word.strip():
        yield "holds a space"
    if len(bare) < 2 and "^" not in word:
        yield "is a single character without a weight"
    if len(parts) > 2 or (len(parts) == 2 and not all(parts)):
        yield "needs words on both sides of one …"
    if any(unicodedata.normalize("NFKC", part) != part for part in re.split(f"[{KEPT}…]", bare)):
        yield "can never match: texts are in NFKC form"


def _clashes(lists: dict[str, tuple[str, ...]], *, shared: Iterable[str]) -> Iterator[str]:
    owners: dict[str, list[str]] = defaultdict(list)
    for label, words in lists.items():
        for word in dict.fromkeys(map(_bare, words)):
            owners[word].append(label)
    allowed = set(shared)
    yield from (f"{word!r} speaks for {' and '.join(of)}" for word, of in owners.items() if len(of) > 1 and word not in allowed)
    yield from (f"shared: {word!r} speaks for fewer than two" for word in shared if len(owners.get(word, ())) < 2)


def _bare(word: str) -> str:
    """The word without its weight; the matcher reads ASCII letters in either case."""
    return word.partition("^")[0].lower()
