"""Building blocks of a WordprocessingML body, written straight to the tree in linear time.

python-docx opens, styles and saves the package, but its tables find a cell by counting all those
before it, so that filling a table by index takes time in the square of its rows. The body is
therefore built element by element, in the order of the schema (ISO/IEC 29500-1, 17).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Body", "Cell", "External", "Internal", "Paragraph", "Run", "Tab"]

ENGLISH, INDONESIAN = "en-US", "id-ID"

_W = {
    name: qn(f"w:{name}")
    for name in (
        *("val", "type", "w", "id", "name", "anchor", "history", "fldCharType", "firstRow"),
        *("lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand", "color", "fill"),
    )
}
_RID = qn("r:id")
_SPACE = qn("xml:space")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one language (a Word tag such as `id-ID`) and one character style, by name."""

    text: str
    lang: str = ENGLISH
    style: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop."""


@dataclass(frozen=True, slots=True)
class Internal:
    """A link to a bookmark."""

    anchor: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class External:
    """A link to an http or https address; the caller has checked it."""

    url: str
    runs: tuple[Run, ...]


Inline = Run | Tab | Internal | External


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in a style, by name; `bookmarks` are anchors that enclose it.

    `new_page` puts it on a new page, `keep` on the page of what follows. `align` is a value of
    `w:jc`, or "" for the style's own.
    """

    style: str
    content: tuple[Inline, ...] = ()
    bookmarks: tuple[str, ...] = ()
    new_page: bool = False
    keep: bool = False
    align: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's paragraphs, at least one, and its shade as RRGGBB or ""."""

    paragraphs: tuple[Paragraph, ...]
    fill: str = ""


class Body:
    """The body of a document that is being written. `styles` maps a style's name to its id."""

    def __init__(self, part: Any, styles: dict[str, str], width: int) -> None:
        self._part = part
        self._styles = styles
        self._width = width
        self._end = part.element.body.sectPr
        self._bookmarks: dict[str, int] = {}
        self._links: dict[str, str] = {}

    def add(self, paragraph: Paragraph) -> None:
        """Append a paragraph."""
        self._end.addprevious(self.paragraph(paragraph))

    def append(self, element: Any) -> None:
        """Append a finished element."""
        self._end.addprevious(element)

    def table(
        self,
        style: str,
        shares: Sequence[float],
        head: Sequence[Cell],
        rows: Iterable[tuple[Sequence[Cell], bool]],
        description: str,
    ) -> None:
        """Append a table over the whole width.

        `shares` are the columns' parts of it. `rows` are cells with whether the row may be split
        over two pages. `description` is the text for those who cannot see the table.
        """
        total = sum(shares)
        widths = [int(self._width * share / total) for share in shares]
        table = OxmlElement("w:tbl")
        properties = _sub(table, "w:tblPr")
        _sub(properties, "w:tblStyle", val=self._styles[style])
        _sub(properties, "w:tblW", w=str(sum(widths)), type="dxa")
        _sub(properties, "w:tblLayout", type="fixed")
        _sub(
            properties,
            "w:tblLook",
            val="0620",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        )
        _sub(properties, "w:tblDescription", val=description)
        grid = _sub(table, "w:tblGrid")
        for width in widths:
            _sub(grid, "w:gridCol", w=str(width))
        if head:
            self._row(table, head, widths, splits=False, repeats=True)
        for cells, splits in rows:
            self._row(table, cells, widths, splits=splits, repeats=False)
        self._end.addprevious(table)

    def _row(
        self,
        table: Any,
        cells: Sequence[Cell],
        widths: Sequence[int],
        *,
        splits: bool,
        repeats: bool,
    ) -> None:
        row = _sub(table, "w:tr")
        if repeats or not splits:
            properties = _sub(row, "w:trPr")
            if not splits:
                _sub(properties, "w:cantSplit")
            if repeats:
                _sub(properties, "w:tblHeader")
        for cell, width in zip(cells, widths, strict=True):
            element = _sub(row, "w:tc")
            properties = _sub(element, "w:tcPr")
            _sub(properties, "w:tcW", w=str(width), type="dxa")
            if cell.fill:
                _sub(properties, "w:shd", val="clear", color="auto", fill=cell.fill)
            for paragraph in cell.paragraphs:
                element.append(self.paragraph(paragraph))

    def paragraph(self, paragraph: Paragraph) -> Any:
        """Return the element of a paragraph that is not in the document yet."""
        element = OxmlElement("w:p")
        properties = _sub(element, "w:pPr")
        _sub(properties, "w:pStyle", val=self._styles[paragraph.style])
        if paragraph.keep:
            _sub(properties, "w:keepNext")
        if paragraph.new_page:
            _sub(properties, "w:pageBreakBefore")
        if paragraph.align:
            _sub(properties, "w:jc", val=paragraph.align)
        numbers = [(self._number(anchor), anchor) for anchor in paragraph.bookmarks]
        for number, anchor in numbers:
            _sub(element, "w:bookmarkStart", id=number, name=bookmark(anchor))
        for inline in paragraph.content:
            self.inline(element, inline)
        for number, _ in numbers:
            _sub(element, "w:bookmarkEnd", id=number)
        return element

    def inline(self, parent: Any, inline: Inline) -> None:
        """Append a run, tab or link to a paragraph's element."""
        if isinstance(inline, Run):
            self._run(parent, inline)
        elif isinstance(inline, Tab):
            _sub(_sub(parent, "w:r"), "w:tab")
        elif isinstance(inline, Internal):
            link = _sub(parent, "w:hyperlink", anchor=bookmark(inline.anchor), history="1")
            for run in inline.runs:
                self._run(link, run)
        else:
            link = _sub(parent, "w:hyperlink", history="1")
            link.set(_RID, self._relation(inline.url))
            for run in inline.runs:
                self._run(link, run)

    def _run(self, parent: Any, run: Run) -> None:
        element = _sub(parent, "w:r")
        properties = _sub(element, "w:rPr")
        if run.style:
            _sub(properties, "w:rStyle", val=self._styles[run.style])
        _sub(properties, "w:lang", val=run.lang)
        text = _sub(element, "w:t")
        text.text = run.text
        text.set(_SPACE, "preserve")

    def _number(self, anchor: str) -> str:
        """Return the bookmark's number; a name may stand only once, so the first one wins."""
        number = len(self._bookmarks)
        self._bookmarks[anchor] = number
        return str(number)

    def _relation(self, url: str) -> str:
        if url not in self._links:
            self._links[url] = self._part.relate_to(
                url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self._links[url]


def bookmark(anchor: str) -> str:
    """Return a bookmark's name for an anchor: Word allows letters, digits and underscores."""
    return anchor.replace("-", "_")


def field_mark(paragraph: Any, kind: str) -> None:
    """Append a `begin`, `separate` or `end` of a field to a paragraph's element."""
    _sub(_sub(paragraph, "w:r"), "w:fldChar", fldCharType=kind)


def field_code(paragraph: Any, code: str) -> None:
    """Append a field's instruction to a paragraph's element."""
    text = _sub(_sub(paragraph, "w:r"), "w:instrText")
    text.text = f" {code} "
    text.set(_SPACE, "preserve")


def _sub(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(_W[name], value)
    parent.append(element)
    return element
