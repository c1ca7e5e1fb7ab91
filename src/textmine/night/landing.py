"""Landing: every file of a source, safe and encrypted, and known to the ledger, before anything reads it."""

from __future__ import annotations

import glob
import logging
from datetime import UTC, datetime
from pathlib import Path

from textmine.errors import UnitError
from textmine.night.plan import Plan
from textmine.settings import Source
from textmine.store.landing import land
from textmine.store.ledger import Ledger
from textmine.store.units import Unit

logger = logging.getLogger(__name__)


def land_source(source: Source, *, plan: Plan, ledger: Ledger) -> int:
    """Number of files of the source that are landed now; files landed before are counted, not copied again.

    Raises
    ------
    UnitError
        If no file fits the source's path and none was landed for this night before, or a file cannot be read; the others
        are landed before it is raised.
    OSError
        If a file went away meanwhile.
    """
    files = source_files(source, folder=plan.config.folder)
    failed: list[UnitError | OSError] = []
    for path in files:
        try:
            _land_file(path, source, plan=plan, ledger=ledger)
        except (UnitError, OSError) as error:
            failed.append(error)
    if len(failed) > 1:
        raise UnitError(
            f"{len(failed)} files cannot be read",
            reason="unreadable",
            where=source.name,
            got=[str(error.where if isinstance(error, UnitError) else error.filename) for error in failed],
            todo="see to their rights or their disk",
        )
    if failed:
        raise failed[0]
    known = [unit for unit in ledger.units_for_night(plan.night) if unit.source == source.name]
    if not files and not known:
        raise UnitError(
            "no file fits the path",
            reason="no_file",
            where=source.name,
            got="no file",
            allowed=source.path,
            todo="mend `path` of the source, or wait for its delivery",
        )
    return len(files)


def _land_file(path: Path, source: Source, *, plan: Plan, ledger: Ledger) -> None:
    digest = land(path, lake=plan.lake, keyring=plan.keyring)
    size, now = path.stat().st_size, datetime.now(UTC)
    unit = ledger.add_unit(Unit(source.name, digest, path.name, size, now, plan.run_id, plan.night, "landed"))
    if unit.landed_night != plan.night:
        logger.info("source %s: a file was landed for %s already", source.name, unit.landed_night)


def source_files(source: Source, *, folder: Path) -> list[Path]:
    """Files a source's path or pattern names, sorted by name; hidden files are left alone."""
    # root_dir, because a bracket in the folder's own name is no pattern
    found = (folder / name for name in glob.glob(source.path, root_dir=folder, recursive=True))  # noqa: PTH207
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))
