"""What could not be used: content sealed for replay, index rows for the published table."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pandas as pd
import pyarrow as pa

from textmine.errors import ConfigError, UnitError
from textmine.store.durable import sync_folder, write_durably
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.manifest import published_nights
from textmine.store.reading import read_table
from textmine.store.sealed import seal_stream, unseal
from textmine.tables import QUARANTINE

CONTENT = pa.schema([("quarantine_id", pa.string()), ("content", pa.binary())])


class Rejected(Protocol):
    """What the readers give (channels.Reject has this shape): where, why, and the raw bytes."""

    @property
    def row_number(self) -> int:
        """Row or record in the unit, from 1; 0 for a whole unit."""

    @property
    def reason(self) -> str:
        """Reason code."""

    @property
    def detail(self) -> str:
        """What was found and allowed; no content."""

    @property
    def content(self) -> bytes:
        """The raw bytes."""

    @property
    def records(self) -> int:
        """How many records it stands for."""


def put(
    rejects: Iterable[Rejected], *, source: str, unit: str, unit_name: str, night: date, run_id: str, lake: Lake, keyring: Keyring
) -> pd.DataFrame:
    """Index rows (columns of TABLES["quarantine"]) of one unit's rejects, their content sealed in one file of this run.

    Give all rejects of a unit at once: a second call of the same run replaces the first. Ids do not depend on the run.
    """
    listed = list(rejects)
    ids = _ids(listed, source, unit, keyring)
    if listed:
        content = pa.table([ids, [reject.content for reject in listed]], schema=CONTENT)
        path = _content_file(source, unit, night, run_id, lake, keyring)
        write_durably(path, lambda file: seal_stream(_packed(content), file, keyring=keyring, name=path.stem), mode=0o600)
    rows = [
        (made, source, unit, unit_name, reject.row_number, reject.reason, reject.detail, reject.records, run_id)
        for made, reject in zip(ids, listed, strict=True)
    ]
    return pd.DataFrame(rows, columns=QUARANTINE.names)


def list_entries(night: date, *, lake: Lake) -> pd.DataFrame:
    """Index rows of a published night. Raises NightMissingError if it is not published."""
    return read_table("quarantine", nights=night, root=lake.root)


def show(quarantine_id: str, *, lake: Lake, keyring: Keyring) -> bytes:
    """The raw content of one entry.

    Raises
    ------
    ConfigError
        If no published night has the id.
    UnitError
        ``expired`` if the content is gone, ``content_damaged``, ``other_key``.
    """
    path = _content_file(*_place(quarantine_id, lake), lake, keyring)
    if not path.is_file():
        raise UnitError("the content is no longer kept", reason="expired", where=quarantine_id)
    with pa.ipc.open_stream(unseal(path.read_bytes(), keyring=keyring, name=path.stem)) as stream:
        table = stream.read_all()
    content: bytes = table["content"][table["quarantine_id"].index(quarantine_id).as_py()].as_py()
    return content


def drop_other_runs(night: date, *, keep: str, lake: Lake) -> None:
    """Only the sealed content of run ``keep`` is left for the night. Call it after the manifest."""
    folder = lake.quarantine / f"night={night}"
    for run in sorted(folder.glob("*")):
        if run.name != keep:
            shutil.rmtree(run)
            sync_folder(folder)


def carry_content(night: date, *, of: str, to: str, lake: Lake) -> None:
    """The sealed content of run ``of`` under run ``to`` as well: the night is published again without being read again."""
    for path in sorted((lake.quarantine / f"night={night}" / of).glob("*.bin")):
        write_durably(path.parent.parent / to / path.name, path.read_bytes(), mode=0o600)


def _ids(rejects: list[Rejected], source: str, unit: str, keyring: Keyring) -> list[str]:
    """Ids from source, unit, row and reason; the n-th of the same four counts n."""
    seen: Counter[str] = Counter()
    names = []
    for reject in rejects:
        name = f"{source}\x1f{unit}\x1f{reject.row_number}\x1f{reject.reason}"
        names.append(f"{name}\x1f{seen[name]}")
        seen[name] += 1
    return [f"q_{made}" for made in keyring.name_ids(names)]


def _content_file(source: str, unit: str, night: date, run_id: str, lake: Lake, keyring: Keyring) -> Path:
    [name] = keyring.name_ids([f"{source}\x1f{unit}"])
    return lake.quarantine / f"night={night}" / run_id / f"{name}.bin"


def _packed(content: pa.Table) -> BytesIO:
    packed = BytesIO()
    with pa.ipc.new_stream(packed, content.schema) as stream:
        stream.write_table(content)
    packed.seek(0)
    return packed


def _place(quarantine_id: str, lake: Lake) -> tuple[str, str, date, str]:
    """Source, unit, night and run of an entry, the latest night first."""
    for night in reversed(published_nights(lake)):
        entries = read_table("quarantine", nights=night, columns=["quarantine_id", "source", "unit", "run_id"], root=lake.root)
        found = entries[entries["quarantine_id"] == quarantine_id]
        for row in found.itertuples():
            return str(row.source), str(row.unit), night, str(row.run_id)
    raise ConfigError("no published night has this entry", got=quarantine_id, todo="textmine quarantine list --night D")
