"""All exports by name, and the one place where a file is held against them.

A new system is a file here (what tells its export, what its rows are) and a line in ``EXPORTS``; the tests run over the dict.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import pandas as pd

from textmine.channels.exports.chatwoot import CHATWOOT
from textmine.channels.exports.fxiaoke import FXIAOKE
from textmine.channels.exports.qualtrics import QUALTRICS
from textmine.channels.exports.shape import Export
from textmine.channels.exports.surveymonkey import SURVEYMONKEY
from textmine.channels.exports.surveymonkeypages import SURVEYMONKEY_PAGES
from textmine.channels.exports.weibo import WEIBO_COMMENTS
from textmine.channels.exports.wenjuanxing import WENJUANXING
from textmine.channels.exports.zoho import ZOHO_CASES, ZOHO_NOTES
from textmine.channels.rawframe import RawBatch
from textmine.errors import UnitError

EXPORTS: Mapping[str, Export] = {
    "qualtrics": QUALTRICS,
    "surveymonkey": SURVEYMONKEY,
    "surveymonkey_pages": SURVEYMONKEY_PAGES,
    "wenjuanxing": WENJUANXING,
    "zoho_cases": ZOHO_CASES,
    "zoho_notes": ZOHO_NOTES,
    "fxiaoke": FXIAOKE,
    "chatwoot": CHATWOOT,
    "weibo_comments": WEIBO_COMMENTS,
}

logger = logging.getLogger(__name__)


def export_of(frame: pd.DataFrame) -> str:
    """Name of the export whose shape a raw frame has, '' for any other table."""
    return next((name for name, export in EXPORTS.items() if len(frame) and export.detect(frame)), "")


def shape_batches(batches: Iterable[RawBatch], *, zone: str, name: str, export: str = "") -> Iterator[RawBatch]:
    """The batches of one file, those of an export with their ``shape``; its header rows are records no more.

    Batches with the same columns are one table, for its header says what the last row means. ``export`` names the only one
    that is looked for.

    Raises
    ------
    UnitError
        ``not_this_export`` if ``export`` is given and a table has not its shape; ``empty_file`` for header rows alone.
    """
    for _, group in groupby(batches, key=lambda batch: list(batch.frame.columns)):
        yield from _shaped(list(group), zone, name, export)


def _shaped(batches: list[RawBatch], zone: str, name: str, export: str) -> list[RawBatch]:
    whole = pd.concat([batch.frame for batch in batches], ignore_index=True) if len(batches) > 1 else batches[0].frame
    found = export_of(whole) if not export else export if len(whole) and EXPORTS[export].detect(whole) else ""
    if not found:
        if export and len(whole):
            raise _another(name, export, whole)
        return batches
    shaped = EXPORTS[found].shape(whole.reset_index(drop=True), zone=zone)
    unread = [*shaped.rejects, *(reject for batch in batches for reject in batch.rejects)]
    rejects = sorted(unread, key=lambda reject: reject.row_number)
    if not rejects and shaped.frame.empty:
        raise _empty(name, found)
    counts = len(whole), len(shaped.frame), len(rejects)
    logger.info("a file read as an export of %s: %d rows in, %d records, %d rejected", found, *counts)
    return [RawBatch(shaped.frame, rejects, len(shaped.frame) + sum(reject.records for reject in rejects), shaped.shape)]


def _empty(name: str, export: str) -> UnitError:
    return UnitError(
        "no records",
        reason="empty_file",
        where=name,
        got=f"the header of an export of {export}",
        allowed="at least one answer, case or conversation",
        todo="ask the source whether nothing came in",
    )


def _another(name: str, export: str, whole: pd.DataFrame) -> UnitError:
    return UnitError(
        "not the export that the config names",
        reason="not_this_export",
        where=name,
        got=export_of(whole) or f"a table of {len(whole.columns) - 1} columns",
        allowed=export,
        todo="export it again with all its header rows, or set `format` of the source to auto",
    )
