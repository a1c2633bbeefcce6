"""Word documents."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from briefing.errors import InputRefused
from briefing.ingest.decode import clean_text
from briefing.ingest.reader import RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.table import Table

__all__ = ["WordReader"]

MAX_UNPACKED = 100_000_000  # bytes: fifty times the text of the longest book that one would brief
MAX_RATIO = 200  # a document of running text packs to a tenth; a bomb to a thousandth
MAX_PARTS = 5_000
_ROW = 300  # characters in a table row; a cell that holds an article has more


class WordReader:
    """A .docx file: paragraphs and tables in the order of the document."""

    suffixes: tuple[str, ...] = (".docx",)

    def read(self, data: bytes, where: str) -> Iterator[RawArticle]:
        """Yield the one article; the document's title counts where it is set on purpose."""
        _check_package(data)
        import docx  # noqa: PLC0415 - slow to import
        from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 - as above
        from lxml.etree import XMLSyntaxError  # noqa: PLC0415 - as above

        try:
            document = docx.Document(io.BytesIO(data))
            lines = list(_lines(document))
        except (
            PackageNotFoundError,
            XMLSyntaxError,
            KeyError,
            ValueError,
            AttributeError,
        ) as error:
            raise InputRefused("broken", f"not a readable Word document: {error}") from error
        text = clean_text("\n".join(lines))
        if not text.strip():
            raise InputRefused("empty", "the document holds no text")
        yield RawArticle(where=where, text=text)


def _check_package(data: bytes) -> None:
    """Refuse what is not a Word package, or would unpack to more than anybody wrote."""
    if not data:
        raise InputRefused("empty", "the file is empty")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InputRefused("broken", f"not a Word document: {error}") from error
    size = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or size > MAX_UNPACKED or size > MAX_RATIO * len(data) + 1_000_000:
        raise InputRefused("too-large", f"unpacks to {size:,} bytes")
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise InputRefused("broken", "not a Word document: a part is missing")


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if not hasattr(block, "text"):
            yield from _table(block)
            continue
        text = block.text.strip()
        style = (block.style.name or "") if block.style is not None else ""
        if text and "\n" not in text:
            text = f"{_marks(style)}{text}"
        yield from text.split("\n")
        yield ""


def _marks(style: str) -> str:
    """Return the Markdown marks of a heading style."""
    if style == "Title":
        return "# "
    level = style.removeprefix("Heading ")
    return f"{'#' * int(level)} " if level in {"1", "2", "3", "4", "5", "6"} else ""


def _table(table: Table) -> Iterator[str]:
    """Yield a table: a row of figures on one line, else cell by cell, merged cells once."""
    seen: set[object] = set()  # the elements themselves: identities are reused once they are gone
    for row in table.rows:
        cells = []
        for cell in row.cells:
            if cell._tc not in seen:  # noqa: SLF001 - python-docx has no public identity of a merged cell
                seen.add(cell._tc)  # noqa: SLF001 - as above
                cells.append([paragraph.text for paragraph in cell.paragraphs])
        figures = all(len(cell) == 1 for cell in cells) and len(cells) > 1
        if figures and sum(len(cell[0]) for cell in cells) <= _ROW:
            yield " | ".join(cell[0].strip() for cell in cells)
            yield ""
            continue
        for paragraph in (text for cell in cells for text in cell):
            yield from paragraph.split("\n")
            yield ""
