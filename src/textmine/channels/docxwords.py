"""The words of a Word document's body, paragraph by paragraph and table by table, as a reader of the printed page sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

# WordprocessingML, ISO/IEC 29500-1, by local names: the transitional and the strict form differ in namespaces only.
_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "sectPr", "rt"))
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_BOXES = frozenset(("txbxContent",))


@dataclass(frozen=True)
class Table:
    """A table of the body: the words of its cells, row by row; a cell that is merged into the one above or beside is ''."""

    rows: list[list[str]] = field(default_factory=list)


def blocks_of(body: Element) -> Iterator[str | Table]:
    """Paragraphs and tables of a body in order; what was deleted or moved away under tracked changes is left out.

    Words of a text box follow the paragraph that holds it. A table in a cell is words of that cell. No recursion: the depth of a
    document is its author's choice.
    """
    stack = list(reversed(list(body)))
    while stack:
        element = stack.pop()
        name = _local(element)
        if name == "p":
            words, boxes = _paragraph(element)
            yield words
            stack.extend(reversed(boxes))
        elif name == "tbl":
            yield Table([_row(row) for row in _inner(element, "tr") if not _deleted(row)])
        elif name not in _LEFT_OUT:
            stack.extend(reversed(list(element)))


def _row(row: Element) -> list[str]:
    return ["" if _merged(cell) else _words(cell) for cell in _inner(row, "tc")]


def _deleted(row: Element) -> bool:
    """Whether a row as a whole was deleted under tracked changes."""
    return any(_local(mark) == "del" for about in row if _local(about) == "trPr" for mark in about)


def _merged(cell: Element) -> bool:
    """Whether a cell goes on from the one above it."""
    merge = next((element for element in cell.iter() if _local(element) == "vMerge"), None)
    return merge is not None and next((value for key, value in merge.attrib.items() if key.endswith("val")), "") != "restart"


def _words(cell: Element) -> str:
    paragraphs = [_paragraph(part)[0] for part in _inner(cell, "p")]
    return "\n".join(words for words in paragraphs if words.strip())


def _inner(element: Element, wanted: str) -> Iterator[Element]:
    """Elements of a name under another, in order, but for those within one of them or in what was left out."""
    stack = list(reversed(list(element)))
    while stack:
        found = stack.pop()
        name = _local(found)
        if name == wanted:
            yield found
        elif name not in _LEFT_OUT:
            stack.extend(reversed(list(found)))


def _paragraph(paragraph: Element) -> tuple[str, list[Element]]:
    """The words of a paragraph, and the text boxes in it."""
    pieces: list[str] = []
    boxes: list[Element] = []
    stack = list(reversed(list(paragraph)))
    while stack:
        element = stack.pop()
        name = _local(element)
        if name in _BOXES:
            boxes.append(element)
        elif name == "t":
            pieces.append(element.text or "")
        elif name in _MARKS:
            pieces.append(_MARKS[name])
        elif name not in _LEFT_OUT and not (name == "r" and _hidden(element)):
            stack.extend(reversed(list(element)))
    return "".join(pieces), boxes


def _hidden(run: Element) -> bool:
    """Whether a run is formatted as hidden text."""
    marks = (mark for about in run if _local(about) == "rPr" for mark in about if _local(mark) == "vanish")
    return any(next((v for k, v in mark.attrib.items() if k.endswith("val")), "1") not in ("0", "false", "off") for mark in marks)


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
