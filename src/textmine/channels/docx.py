"""Word documents (docx): interviews, focus groups, mails, suggestion boxes. Read with the standard library's zip and defusedxml.

python-docx would bring lxml, which expands entities unless told not to, and knows no tracked changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from textmine.channels.containers import Budget, zip_members
from textmine.channels.docxwords import Table, blocks_of
from textmine.channels.mapping import field_of
from textmine.channels.rawframe import RawBatch, Record, batches, distinct_names
from textmine.channels.sections import LINE
from textmine.channels.speakers import side_of
from textmine.errors import UnitError

MAX_UNPACKED = 512 << 20
"""Bytes that a document may unpack to, its pictures counted. The words of a long novel are 3 MB of XML."""

MAX_BODY = 64 << 20
"""Bytes of the part with the words: in memory it is about ten times as large."""

_BODY = "word/document.xml"


def read_docx(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of a document's lines, column ``line`` as of a text file; or of the rows of its table, if it is nothing but one.

    A paragraph is a line, a line break in it begins another; blank ones are left out. What was deleted under tracked changes,
    hidden text, comments, notes, headers and footers are no words of the body. Of a table among paragraphs a row is a line: two
    cells as ``键：值`` where the first is a known key or a speaker, else the cells one after another. A document of one table
    whose first row has well-known names of columns is that table. ``_row``: number of the line or row, from 1.

    Raises
    ------
    UnitError
        ``hostile_document`` if the XML declares a document type or entities, ``truncated`` if it is cut or damaged,
        ``archive_bomb`` beyond the budget, ``unsupported_format:encrypted``, ``empty_file`` without words.
    """
    blocks = list(blocks_of(_body(data, name)))
    columns, rows = _table(blocks)
    if not columns:
        columns = [LINE]
        rows = [[line] for block in blocks for line in _lines(block) if line.strip()]
    if not rows:
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="a document without words",
            allowed="at least one line",
            todo="ask the source whether nothing came in; words in a picture are not read",
        )
    records = (Record(number, dict(zip(columns, row, strict=True))) for number, row in enumerate(rows, start=1))
    return batches(records, batch_rows=batch_rows, columns=columns)


def _body(data: bytes, name: str) -> Element:
    parts = dict(zip_members(data, name=name, budget=Budget(len(data), unpacked=MAX_UNPACKED)))
    content = parts.get(_BODY, b"")
    if len(content) > MAX_BODY:
        raise UnitError(
            "unpacks to too much",
            reason="archive_bomb",
            where=name,
            got=f"{len(content):,} bytes of words",
            allowed=f"{MAX_BODY:,} bytes",
            todo="split it",
        )
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnitError(
            "the document declares entities or a document type, which Word never writes",
            reason="hostile_document",
            where=name,
            got=type(error).__name__,
            allowed="plain WordprocessingML",
            todo="look at who sent it before anyone opens it",
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise _damaged(name) from error
    return next((child for child in root if child.tag.endswith("}body")), root)


def _damaged(name: str) -> UnitError:
    return UnitError(
        "the document is cut or damaged",
        reason="truncated",
        where=name,
        got="a part",
        allowed="all of a Word document",
        todo="open it in Word, save it again and deliver it again",
    )


def _table(blocks: Sequence[str | Table]) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of a document that is one table under well-known names, none otherwise."""
    filled = [block for block in blocks if isinstance(block, Table) or block.strip()]
    tables = [block for block in filled if isinstance(block, Table) and len(block.rows) > 1]
    if len(tables) != 1 or any(isinstance(block, str) and len(block) > 60 for block in filled):
        return [], []
    head, *body = tables[0].rows
    if len(head) < 2 or sum(bool(field_of(cell)) for cell in head) < 2 or any(len(row) != len(head) for row in body):
        return [], []
    return distinct_names(head), [row for row in body if any(cell.strip() for cell in row)]


def _lines(block: str | Table) -> list[str]:
    if isinstance(block, str):
        return block.split("\n")
    return [line for row in block.rows for line in _row_lines(row)]


def _row_lines(row: Sequence[str]) -> list[str]:
    """A row of a table as lines: each pair of a key or speaker and its words as one, else its cells."""
    cells = [cell.strip() for cell in row if cell.strip()]
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    if len(cells) % 2 == 0 and pairs and all(_is_key(key) for key, _ in pairs):
        return [line for key, words in pairs for line in f"{key.rstrip(':： ')}：{words}".split("\n")]
    return ["\t".join(cells).replace("\n", " ")] if cells else []


def _is_key(cell: str) -> bool:
    plain = cell.rstrip(":： ")
    return bool(field_of(plain) or side_of(plain))
