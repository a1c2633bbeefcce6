"""The document that gives a DOCX its styles, page and letterhead: opened, checked, filled in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from briefing.errors import TemplateError
from briefing.render.house import STYLES
from briefing.render.template import DOCX
from briefing.render.text import day_of, plain, shorten

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

    from briefing.document import Briefing
    from briefing.render.views import Outline

__all__ = ["base", "fill_running", "missing_styles", "set_properties", "style_ids"]

# What fits on one line of the running head.
_HEAD_CHARS = 90


def base(path: Path) -> Document:
    """Open the document that gives styles and page, and empty its body.

    Raises `TemplateError` where it is no .docx, or lacks a style: all of those missing are named.
    """
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise TemplateError(f"the template {path} is not a .docx that can be opened") from error
    missing = missing_styles(document)
    if missing:
        raise TemplateError(
            f"the template {path} lacks {len(missing)} of the styles that a briefing needs: "
            f"{', '.join(missing)}. Copy them from the shipped {DOCX}."
        )
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    body.get_or_add_sectPr()
    return document


def missing_styles(document: Document) -> list[str]:
    """Return the styles of `house.STYLES` that a document lacks, with their type."""
    there = set(style_ids(document))
    return [f"{name} ({kind})" for name, kind in STYLES.items() if name.lower() not in there]


def style_ids(document: Document) -> dict[str, str]:
    """Return style ids by lower-case name and, apart, by type: Word's names ignore case."""
    return {
        style.find(qn("w:name")).get(qn("w:val")).lower(): style.get(qn("w:styleId"))
        for style in document.styles.element.iterchildren(qn("w:style"))
        if style.find(qn("w:name")) is not None
    }


def fill_running(document: Document, doc: Outline) -> None:
    """Put title and period where the running head, foot and letterhead ask for them."""
    values = {"{{ title }}": shorten(doc.title, _HEAD_CHARS), "{{ period }}": doc.period}
    # In one pass: a title may itself read "{{ period }}".
    marks = re.compile("|".join(re.escape(mark) for mark in values))
    for section in document.sections:
        for part in (
            *(section.header, section.first_page_header, section.even_page_header),
            *(section.footer, section.first_page_footer, section.even_page_footer),
        ):
            if part.is_linked_to_previous:
                continue
            for text in part._element.iter(qn("w:t")):  # noqa: SLF001 - fields split paragraphs
                text.text = marks.sub(lambda match: values[match.group()], text.text or "")


def set_properties(document: Document, doc: Outline, briefing: Briefing) -> None:
    """Set the document's properties; its date is that of the last article, not of the run."""
    core: Any = document.core_properties
    days = sorted(d for d in (day_of(a.published) for a in briefing.articles) if d)
    moment = datetime.combine(days[-1], time(), UTC) if days else datetime(2000, 1, 1, tzinfo=UTC)
    core.title = plain(doc.title)[:255]
    core.subject = f"Indonesian and English, {doc.period}"[:255]
    core.comments = doc.signature[:255]
    core.author = core.last_modified_by = "briefing"
    core.keywords, core.category, core.language, core.revision = "", "", "en-US", 1
    core.created = core.modified = core.last_printed = moment
