"""The base of the DOCX, `templates/briefing.docx`: its styles, page, running head and foot.

The committed file is what `build()` returns, byte for byte, and is made again with
`python -m briefing.render.house templates/briefing.docx`. A house restyles that file in Word or
LibreOffice, or adds the styles named in `STYLES` to its own letterhead, and names it as `template`.
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["STYLES", "TABLE_STYLE", "build", "repacked"]

TABLE_STYLE = "Briefing Table"

STYLES: dict[str, str] = {
    "Title": "paragraph",
    "Subtitle": "paragraph",
    "Heading 1": "paragraph",
    "Heading 2": "paragraph",
    "Article Heading": "paragraph",
    "Original Title": "paragraph",
    "Normal": "paragraph",
    "List Bullet": "paragraph",
    "Fact": "paragraph",
    "Caption": "paragraph",
    "Cell Text": "paragraph",
    "Source Text": "paragraph",
    "Translation": "paragraph",
    "Quote": "paragraph",
    "Row Note": "paragraph",
    "Flag": "paragraph",
    "Table Head": "paragraph",
    "toc 1": "paragraph",
    "toc 2": "paragraph",
    "Signature Line": "paragraph",
    "Strong": "character",
    "Emphasis": "character",
    "Label": "character",
    "Evidence": "character",
    "Missing": "character",
    "Hyperlink": "character",
    TABLE_STYLE: "table",
}
"""Every style that the DOCX uses, by the name that Word shows, and its type."""

# Arial is on Windows and macOS, and Liberation Sans, which has the same widths, stands in for it on
# Linux, so that lines break alike.
_FONT = "Arial"
_INK = RGBColor(0x1C, 0x21, 0x27)
_MUTED = RGBColor(0x56, 0x60, 0x6B)
_ACCENT = RGBColor(0x1F, 0x4E, 0x79)
_FLAG = RGBColor(0x7A, 0x3E, 0x00)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def build() -> bytes:
    """Return the base document."""
    document = docx.Document()
    _page(document)
    _styles(document)
    _running(document)
    _settings(document)
    for paragraph in list(document.element.body.iterchildren(qn("w:p"))):
        document.element.body.remove(paragraph)
    document.add_paragraph("Everything in this body is replaced; styles, page, head and foot stay.")
    core = document.core_properties
    core.title, core.author, core.comments, core.keywords = "briefing", "briefing", "", ""
    core.last_modified_by = "briefing"
    core.created = core.modified = _EPOCH
    # The default document of python-docx carries a picture of its first page, and a second set of
    # styles for Word 2010, which Word compares with the first one and would find different.
    for rels in (document.part.package.rels, document.part.rels):
        for key, rel in list(rels.items()):
            if rel.reltype.endswith(("/thumbnail", "/stylesWithEffects")):
                del rels[key]
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def repacked(content: bytes) -> bytes:
    """Return a .docx with its parts in a fixed order and under a fixed time.

    A zip file stores when each member was written; 1 January 1980 is the earliest that it can.
    """
    source = zipfile.ZipFile(io.BytesIO(content))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            target.writestr(info, source.read(name))
    return stream.getvalue()


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance, section.footer_distance = Cm(1), Cm(0.9)


def _styles(document: Document) -> None:
    _defaults(document)
    # name: (base, size, colour, bold, italic, space before, space after, keep with next)
    paragraphs: dict[str, tuple[str, float, RGBColor, bool, bool, float, float, bool]] = {
        "Title": ("Normal", 26, _ACCENT, True, False, 24, 4, True),
        "Subtitle": ("Normal", 13, _MUTED, False, False, 0, 18, False),
        "Heading 1": ("Normal", 18, _ACCENT, True, False, 26, 4, True),
        "Heading 2": ("Normal", 12, _ACCENT, True, False, 14, 4, True),
        "Article Heading": ("Heading 2", 13, _ACCENT, True, False, 22, 2, True),
        "Original Title": ("Normal", 11, _MUTED, False, True, 0, 8, True),
        "List Bullet": ("Normal", 9.5, _INK, False, False, 0, 3, False),
        "Fact": ("Normal", 9.5, _INK, False, False, 0, 10, True),
        "Caption": ("Normal", 9, _MUTED, False, False, 8, 3, True),
        "Cell Text": ("Normal", 9.5, _INK, False, False, 2, 2, False),
        "Source Text": ("Normal", 9.5, _INK, False, False, 2, 2, False),
        "Translation": ("Normal", 9.5, _INK, False, False, 2, 2, False),
        "Quote": ("Normal", 9.5, _INK, False, False, 2, 2, False),
        "Row Note": ("Normal", 8, _MUTED, False, False, 2, 2, False),
        "Flag": ("Row Note", 8, _FLAG, False, False, 2, 2, False),
        "Table Head": ("Normal", 8.5, _MUTED, True, False, 2, 2, True),
        "toc 1": ("Normal", 10.5, _INK, False, False, 5, 1, False),
        "toc 2": ("Normal", 9.5, _INK, False, False, 0, 1, False),
        "Signature Line": ("Normal", 8, _MUTED, False, False, 8, 0, False),
    }
    styles = document.styles
    for name, (base, size, colour, bold, italic, before, after, keep) in paragraphs.items():
        style: Any = _style(document, name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[base]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), colour
        style.font.bold, style.font.italic = bold, italic
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.keep_with_next, layout.widow_control = keep, True
        style.quick_style = True
    styles["toc 2"].paragraph_format.left_indent = Cm(0.8)
    fact = styles["Fact"].paragraph_format
    fact.left_indent, fact.first_line_indent = Cm(3.6), Cm(-3.6)
    fact.tab_stops.add_tab_stop(Cm(3.6))
    fact.line_spacing = 1.2
    # The space below stands after the last fact only, before what follows.
    styles["Fact"].element.get_or_add_pPr().insert_element_before(
        OxmlElement("w:contextualSpacing"), "w:mirrorIndents", "w:jc", "w:outlineLvl"
    )
    _border(styles["Title"], "top", "1F4E79", 24, 10)
    _border(styles["Flag"], "left", "C77700", 18, 4)
    _language(styles["Source Text"], "id-ID")
    _language(styles["Original Title"], "id-ID")
    _language(styles["Translation"], "en-US")
    characters: dict[str, tuple[RGBColor | None, bool | None, bool | None, float | None]] = {
        "Strong": (None, True, None, None),
        "Emphasis": (None, None, True, None),
        "Label": (_MUTED, None, None, None),
        "Evidence": (_ACCENT, None, None, 8),
        "Missing": (_MUTED, None, True, None),
        "Hyperlink": (_ACCENT, None, None, None),
    }
    for name, (tint, strong, slanted, points) in characters.items():
        style = _style(document, name, WD_STYLE_TYPE.CHARACTER)
        if tint is not None:
            style.font.color.rgb = tint
        style.font.bold, style.font.italic = strong, slanted
        style.font.size = Pt(points) if points else None
        style.quick_style = True
    styles["Hyperlink"].font.underline = True
    _table_style(document)


def _defaults(document: Document) -> None:
    """Set the font of the whole document once; drop the theme's, which Word would prefer."""
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = _FONT, Pt(10), _INK
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.12
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), _FONT)


def _style(document: Document, name: str, kind: Any) -> Any:
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, kind, builtin=name[0] == "t")
    if style.element.rPr is not None:
        style.element.remove(style.element.rPr)
    if style.element.pPr is not None and name != "List Bullet":
        keep = style.element.pPr.find(qn("w:outlineLvl"))
        style.element.remove(style.element.pPr)
        if keep is not None:
            style.element.get_or_add_pPr().append(keep)
    return style


def _border(style: Any, side: str, colour: str, eighths: int, space: int) -> None:
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" '
        f'w:color="{colour}"/></w:pBdr>'
    )
    layout = style.element.get_or_add_pPr()
    layout.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:outlineLvl"
    )


def _language(style: Any, tag: str) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    style.element.get_or_add_rPr().append(language)


def _table_style(document: Document) -> None:
    """Add the one table style, and drop the hundred that python-docx brings."""
    for style in list(document.styles.element.iterchildren(qn("w:style"))):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) != "1":
            document.styles.element.remove(style)
    line = 'w:val="single" w:sz="4" w:space="0" w:color="D5DAE0"'
    rule = 'w:val="single" w:sz="12" w:space="0" w:color="1F4E79"'
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="BriefingTable">'
            f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/>'
            '<w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>'
            f"<w:top {line}/><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
            '<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
            '<w:bottom w:w="28" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
            '</w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
            f"<w:bottom {rule}/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
        )
    )


def _running(document: Document) -> None:
    section = document.sections[0]
    width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    for part, left, fields in (
        (section.header, "{{ title }}", ()),
        (section.footer, "{{ period }}", ("PAGE", "NUMPAGES")),
    ):
        paragraph = part.paragraphs[0]
        paragraph.style.paragraph_format.tab_stops.clear_all()
        paragraph.style.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.style.font.size, paragraph.style.font.color.rgb = Pt(8), _MUTED
        paragraph.add_run(left)
        if fields:
            paragraph.add_run("\tPage ")
            _field(paragraph, fields[0])
            paragraph.add_run(" of ")
            _field(paragraph, fields[1])


def _field(paragraph: Any, instruction: str) -> None:
    for kind, text in (
        ("begin", ""),
        ("", instruction),
        ("separate", ""),
        (None, "1"),
        ("end", ""),
    ):
        run = paragraph.add_run(text if kind is None else "")
        if kind == "":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {text} "
            run._r.append(code)  # noqa: SLF001 - python-docx has no fields
        elif kind is not None:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 - the same


def _settings(document: Document) -> None:
    """Say that this is a document of Word 2013 or later; without it, Word opens it as of 2007."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    compat = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    after = ("w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang")
    later = ("w:clrSchemeMapping", "w:shapeDefaults", "w:decimalSymbol", "w:listSeparator")
    settings.insert_element_before(compat, *after, *later)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(build())
