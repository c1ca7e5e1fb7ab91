"""TOML files that people edit: read and checked, so that a slip is answered with the place and the nearest right word."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

from textmine.errors import ConfigError, nearest


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file.

    Raises
    ------
    ConfigError
        If the file is missing, no UTF-8 or no TOML; says the line.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError("cannot be read", where=str(path), got=error.strerror or "", todo="check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"not a TOML file ({error})", where=str(path), todo="mend the line named") from error


def only_keys(block: dict[str, Any], allowed: set[str], where: str, *, optional: frozenset[str] | set[str] = frozenset()) -> None:
    """Nothing, where the block has the allowed keys.

    Raises
    ------
    ConfigError
        If a key is not allowed, naming the nearest one, or a key that is not optional is missing.
    """
    for key in block:
        if key not in allowed:
            close = nearest(key, sorted(allowed))
            raise ConfigError(
                "unknown key",
                where=where,
                got=key,
                allowed=sorted(allowed),
                todo=f"did you mean {close!r}?" if close else "take the key out",
            )
    if missing := sorted(allowed - set(block) - optional):
        raise ConfigError("a key is missing", where=where, got=sorted(block), allowed=missing, todo=f"add {missing[0]}")


def ascii_code(block: dict[str, Any], where: str) -> str:
    """The code of a block.

    Raises
    ------
    ConfigError
        If it is no ASCII name.
    """
    code = block.get("code", "")
    if not (isinstance(code, str) and code.isascii() and code.isidentifier()):
        raise ConfigError("a code is an ASCII name", where=where, got=repr(code), allowed="letters, digits, _")
    return code


def blocks(value: object, where: str) -> list[dict[str, Any]]:
    """The value, where it is one or more ``[[...]]`` blocks.

    Raises
    ------
    ConfigError
        If it is not.
    """
    if not (isinstance(value, list) and value and all(isinstance(block, dict) for block in value)):
        raise ConfigError("at least one [[...]] block is needed here", where=where, got=type(value).__name__)
    return value


def word_list(value: object, where: str) -> tuple[str, ...]:
    """The value, where it is a list of ``word`` or ``word^2.5``.

    Raises
    ------
    ConfigError
        If it is no list of strings, or a weight is no number above 0.
    """
    words = text_list(value, where)
    for word in words:
        weighted(word, where)
    return words


def weighted(word: str, where: str = "") -> tuple[str, float]:
    """``word`` or ``word^2.5``: the words and their weight, 1 when none is given.

    Raises
    ------
    ConfigError
        If the weight is no number above 0.
    """
    text, sign, weight = word.partition("^")
    try:
        number = float(weight) if sign else 1.0
    except ValueError:
        number = math.nan
    if not (number > 0 and math.isfinite(number)):
        raise ConfigError("a weight is a number above 0", where=where, got=repr(word), allowed="word or word^2.5")
    return text, number


def text_list(value: object, where: str) -> tuple[str, ...]:
    """The value, where it is a list of strings.

    Raises
    ------
    ConfigError
        If it is not.
    """
    if not (isinstance(value, list) and all(isinstance(text, str) for text in value)):
        raise ConfigError("a list of texts in quotes is needed here", where=where, got=type(value).__name__)
    return tuple(value)
