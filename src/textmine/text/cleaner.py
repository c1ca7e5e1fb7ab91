"""What cleaning needs and is costly to open: word lists of a folder, and the converter of traditional characters."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

import opencc

from textmine.errors import ConfigError, nearest

BARE = re.compile(r"[\W_]+")
TEMPLATES = ("no_content", "template", "filler", "opinion")
ADVERTS = ("certain", "offer", "contact", "complaint")


@dataclass(frozen=True)
class Cleaner:
    """Word lists of ``templates.txt`` and ``adverts.txt``; holds words only, so that it can be sent to a worker.

    ``no_content`` and ``template`` are whole answers without punctuation, ``filler`` and ``opinion`` single characters,
    ``certain``, ``offer``, ``contact`` and ``complaint`` words of adverts.
    """

    no_content: frozenset[str]
    template: frozenset[str]
    filler: frozenset[str]
    opinion: frozenset[str]
    certain: tuple[str, ...]
    offer: tuple[str, ...]
    contact: tuple[str, ...]
    complaint: tuple[str, ...]

    @classmethod
    def load(cls, folder: Path) -> Cleaner:
        """The cleaner of a vocabulary or bundle folder.

        Raises
        ------
        ConfigError
            If a file is missing or a section is unknown or missing.
        """
        words = _sections(folder / "templates.txt", TEMPLATES) | _sections(folder / "adverts.txt", ADVERTS)
        return cls(
            no_content=frozenset(map(bare, words["no_content"])),
            template=frozenset(map(bare, words["template"])),
            filler=frozenset("".join(words["filler"])),
            opinion=frozenset("".join(words["opinion"])),
            certain=tuple(words["certain"]),
            offer=tuple(words["offer"]),
            contact=tuple(words["contact"]),
            complaint=tuple(words["complaint"]),
        )

    def simplify(self, text: str) -> str:
        """``text`` with traditional characters as simplified ones (OpenCC t2s: by phrase, then by character)."""
        return str(_converter().convert(text))


def bare(text: str) -> str:
    """``text`` without punctuation, spaces and case: what short answers are compared by."""
    return BARE.sub("", text).lower()


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _sections(path: Path, allowed: tuple[str, ...]) -> dict[str, list[str]]:
    """Lines by ``[section]``; empty lines and lines that begin with # are left out."""
    if not path.is_file():
        raise ConfigError("a vocabulary file is missing", where=str(path), todo="take it from the shipped vocabulary")
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[] ")
            if name not in allowed:
                raise ConfigError(
                    "unknown section",
                    where=path.name,
                    got=name,
                    allowed=allowed,
                    todo=f"did you mean {nearest(name, allowed)!r}?",
                )
            found[name] = []
        elif line.strip() and not line.startswith("#"):
            found.setdefault(name, []).append(line.strip())
    if missing := [section for section in allowed if section not in found]:
        raise ConfigError("a section is missing", where=path.name, got=sorted(found), allowed=missing)
    return found
