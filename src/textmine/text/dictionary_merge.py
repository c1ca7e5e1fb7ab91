"""Accepted words joined with a dictionary, for the next bundle. Nothing is written unless the whole holds together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textmine.errors import ConfigError
from textmine.text.dictionary import Entry, parse_dictionary, read_dictionary
from textmine.text.dictionary_lint import SERIOUS, Finding, lint_dictionary


def merge_dictionary(base: Path, accepted: Path, out: Path) -> int:
    """Number of words that ``accepted`` adds to the dictionary ``base``; both together are written to ``out``.

    The bytes of ``base`` come first, unchanged; then the words it does not hold, in the order they were accepted. Without a
    file ``accepted`` nothing is added. ``out`` may be ``base``.

    Raises
    ------
    ConfigError
        If a file is no dictionary, or together they have serious faults (`SERIOUS`): words that can never match, that
        contradict each other or that stay cut apart. ``out`` is not touched then.
    """
    content = base.read_bytes() if base.is_file() else b""
    known = read_dictionary(base)
    words = read_dictionary(accepted) if accepted.is_file() else ()
    new = fresh_entries(known, words)
    lines = "".join(f"{entry.word} {entry.frequency} {entry.tag}\n" for entry in new)
    joined = (content if content.endswith(b"\n") or not content else content + b"\n") + lines.encode()
    refuse_faults(parse_dictionary(joined, where=str(accepted)), where=str(accepted))
    if new or out != base:
        out.write_bytes(joined)
    return len(new)


def fresh_entries(known: Sequence[Entry], words: Sequence[Entry]) -> list[Entry]:
    """The entries of ``words`` that ``known`` does not hold with the same values, each once."""
    held = {(entry.word, entry.frequency, entry.tag) for entry in known}
    fresh = {(entry.word, entry.frequency, entry.tag): entry for entry in words}
    return [entry for values, entry in fresh.items() if values not in held]


def refuse_faults(entries: Sequence[Entry], *, where: str) -> None:
    """Raise ConfigError, naming word, fault and advice, if the entries have serious faults."""
    if serious := [told(finding) for finding in lint_dictionary(entries) if finding.kind in SERIOUS]:
        raise ConfigError("words that would not work", where=where, got=serious, todo="mend or leave out what is named")


def told(finding: Finding) -> str:
    """A finding as one sentence."""
    return f"{finding.word} {finding.kind} ({finding.advice})"
