"""The manifest of a night: what was published by which run. A night without one does not count."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from textmine.errors import ContractError, NightMissingError
from textmine.store.durable import write_durably
from textmine.store.lake import Lake
from textmine.store.lock import short_lock

NAME = re.compile(r"night=(\d{4}-\d{2}-\d{2})\.json")


class TableEntry(BaseModel):
    """One table's file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(gt=0)


class Manifest(BaseModel):
    """A published night. ``generation`` counts the runs that published it, from 1; a run that repeats itself counts once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: Literal[1] = 1
    night: date
    run_id: str
    generation: int = Field(default=0, ge=0)
    tables: dict[str, TableEntry]
    bundle_id: str
    policy_version: str
    key_id: str = ""
    versions: dict[str, str] = Field(default_factory=dict)
    counts: dict[str, dict[str, int]] = Field(default_factory=dict)
    timings: dict[str, float] = Field(default_factory=dict)


def write_manifest(manifest: Manifest, *, lake: Lake) -> Manifest:
    """The manifest as written, with its generation set. The last step of publishing; done under a lock of its own.

    Raises
    ------
    TextmineError
        If the disk is full or broken; the old manifest is intact.
    """
    with short_lock(lake.ledger / "manifest.lock"):
        numbered = manifest.model_copy(update={"generation": _generation(manifest, lake)})
        write_durably(lake.manifest_file(manifest.night), numbered.model_dump_json(indent=1).encode() + b"\n")
    return numbered


def read_manifest(night: date, *, lake: Lake) -> Manifest:
    """The manifest of a published night.

    Raises
    ------
    NightMissingError
        If the night is not published.
    ContractError
        If the file is no manifest of a format this version knows.
    """
    path = lake.manifest_file(night)
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        todo = f"textmine nightly --night {night}"
        raise NightMissingError("the night is not published", where=str(night), todo=todo) from None
    except ValidationError as error:
        first = error.errors()[0]
        raise ContractError(
            "no manifest that this version can read",
            where=f"{path}: {'.'.join(map(str, first['loc']))}",
            got=first["type"],
            todo="run the night again, or use the textmine that wrote it",
        ) from None


def published_nights(lake: Lake) -> list[date]:
    """Nights with a manifest, in date order."""
    found = (NAME.fullmatch(path.name) for path in lake.manifest_file(date.min).parent.glob("night=*.json"))
    return sorted(date.fromisoformat(match[1]) for match in found if match)


def _generation(manifest: Manifest, lake: Lake) -> int:
    try:
        before = read_manifest(manifest.night, lake=lake)
    except (NightMissingError, ContractError):  # a damaged manifest must not keep its night from being mended
        return 1
    return before.generation + (before.run_id != manifest.run_id)
