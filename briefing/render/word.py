"""The DOCX rendering, with python-docx.

Styles, page, running head and foot come from `templates/briefing.docx` or the house's own file. The
table of contents is a field whose result is already there, as links; it shows no page numbers,
because only the program that lays the pages out knows them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from briefing.render import picture, prose
from briefing.render.house import STYLES, TABLE_STYLE, repacked
from briefing.render.letterhead import base, fill_running, set_properties, style_ids
from briefing.render.ooxml import (
    ENGLISH,
    INDONESIAN,
    Body,
    Cell,
    External,
    Internal,
    Paragraph,
    Run,
    Tab,
    field_code,
    field_mark,
)
from briefing.render.outline import outline
from briefing.render.page import heat
from briefing.render.template import DOCX, METHOD, READING, Templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document

    from briefing.document import Briefing
    from briefing.render.renderer import RenderSettings
    from briefing.render.views import (
        ArticleView,
        Coverage,
        EventView,
        Fact,
        Mark,
        Outline,
        OverviewLine,
        Pair,
        Row,
    )

__all__ = ["DocxRenderer"]

# A row is kept on one page while it fits on one; at 9.5 points, a half-page column holds about
# 55 characters on each of 60 lines. A longer row has to break.
_UNBROKEN_CHARS = 2_000
_EMU_PER_TWIP = 635
_FLAGGED = "FFF4E0"
_HEAT = ("", "DBE8F4", "A9C8E6", "7FB0DB", "5B9BD0")


class DocxRenderer:
    """Draws `briefing.docx`."""

    suffix = "docx"

    def render(self, briefing: Briefing, settings: RenderSettings) -> bytes:
        """Return the package.

        Raises `TemplateError` where the template cannot be opened or lacks a style.
        """
        doc = outline(briefing, settings)
        templates = Templates(settings.template)
        document = base(templates.path(DOCX))
        _Writer(document, doc, templates).write()
        fill_running(document, doc)
        set_properties(document, doc, briefing)
        stream = io.BytesIO()
        document.save(stream)
        return repacked(stream.getvalue())


class _Writer:
    """Writes an outline into the body of an open document."""

    def __init__(self, document: Document, doc: Outline, templates: Templates) -> None:
        ids = style_ids(document)
        section = document.sections[-1]
        width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
        self.document = document
        self.width = int(width)
        self.doc = doc
        self.templates = templates
        self.body = Body(
            document.part, {name: ids[name.lower()] for name in STYLES}, int(width) // _EMU_PER_TWIP
        )

    def write(self) -> None:
        doc = self.doc
        self.add("Title", Run(doc.title))
        self.add("Subtitle", Run(doc.period))
        self.facts(doc.cover)
        if doc.layout != "table":
            self.add("Heading 2", Run("How to read this briefing"))
            self.prose(READING)
        if doc.contents:
            self.contents()
        if doc.layout != "table":
            self.overview()
        for event in doc.events if doc.layout != "brief" else ():
            self.event(event)
        if doc.stories:
            self.stories()
        if doc.layout != "table" and doc.sources:
            self.sources()
        if doc.refused:
            self.section("refused")
            self.table(
                ("Input", "Why"),
                (2, 3),
                [
                    (
                        _cell("Cell Text", Run(r.path)),
                        _cell("Cell Text", Run(f"{r.reason} ({r.code})")),
                    )
                    for r in doc.refused
                ],
                "Inputs that did not become an article, and why",
            )
        if doc.terms:
            self.section("terms")
            self.table(
                ("Term", "Rows"),
                (8, 1),
                [(_cell("Cell Text", Run(t)), _number(f"{count:,}")) for t, count in doc.terms],
                "Terms of the glossary that were put in, and the number of rows",
                numbers=1,
            )
        self.section("method")
        if doc.layout == "full":
            self.prose(METHOD)
            self.facts(doc.method)
        self.add("Signature Line", Run(doc.signature))

    # Sections

    def contents(self) -> None:
        """Write the table of contents: a field with its result in place."""
        self.add("Heading 2", Run(self.doc.headings["contents"]), anchor="contents")
        lines = self.doc.contents
        for number, line in enumerate(lines):
            paragraph = self.body.paragraph(Paragraph(f"toc {line.level}"))
            if number == 0:
                field_mark(paragraph, "begin")
                field_code(paragraph, r'TOC \o "1-1" \t "Article Heading,2" \h \z \n')
                field_mark(paragraph, "separate")
            lang = INDONESIAN if line.lang == "id" else ENGLISH
            self.body.inline(paragraph, Internal(line.anchor, (Run(line.text, lang),)))
            if number == len(lines) - 1:
                field_mark(paragraph, "end")
            self.body.append(paragraph)

    def overview(self) -> None:
        doc = self.doc
        self.section("overview")
        if doc.nothing:
            self.add("Normal", Run(doc.nothing))
            return
        self.add("Caption", Run("Events, most outlets first"))
        sides = self.sides(1.0, 1.0)
        alone = doc.layout == "brief"
        counts = () if alone else ("Outlets", "Articles")
        self.table(
            ("Event", *self.columns(), *counts),
            (0.85, *((3.9 if alone else 3.0) / len(sides) for _ in sides), *(0.45 for _ in counts)),
            [row for one in doc.overview for row in self.overview_rows(one)],
            "The events with what they say in each language, and the number of outlets",
            numbers=len(counts),
        )
        if doc.coverage:
            self.coverage(doc.coverage)

    def overview_rows(self, line: OverviewLine) -> list[tuple[Cell, ...]]:
        """Return the rows of an event: its title, and a line below it or a row for each line."""
        alone = self.doc.layout == "brief"
        number = self.link(f"{line.number}.", "" if alone else line.anchor)
        said = [self.both(one.text, one.marks, one.note) for one in line.lines]
        titles = self.sides(
            ("Source Text", Run(line.title.id, INDONESIAN, "Strong")),
            ("Translation", Run(line.title.en, ENGLISH, "Strong")),
        )
        below: Any = [] if alone else said
        first = (
            Cell(
                (
                    Paragraph("Row Note", (number,)),
                    Paragraph("Row Note", (Run(line.when),)),
                    *((Paragraph("Row Note", (Run(line.size),)),) if alone else ()),
                )
            ),
            *(
                Cell(
                    (
                        Paragraph(style, (title,) if title.text else (), keep=alone),
                        *(cells[side].paragraphs[0] for cells in below),
                    )
                )
                for side, (style, title) in enumerate(titles)
            ),
            *(() if alone else (_number(line.outlets), _number(line.articles))),
        )
        return [first, *((_cell("Row Note"), *cells) for cells in said if alone)]

    def coverage(self, coverage: Coverage) -> None:
        self.add("Caption", Run(f"Coverage: articles by outlet and {coverage.unit}"))
        if picture.available():
            self.picture(coverage)
            return
        self.table(
            ("Outlet", *coverage.periods, "All"),
            (3.0, *[1.5] * len(coverage.periods), 0.8),
            [
                (
                    _cell("Row Note", Run(line.outlet)),
                    *(
                        _number(n or "", fill=_HEAT[heat(n, coverage.most)] if n else "")
                        for n in line.counts
                    ),
                    _number(line.total),
                )
                for line in coverage.lines
            ],
            coverage.alt,
            numbers=len(coverage.periods) + 1,
        )

    def picture(self, coverage: Coverage) -> None:
        """Place the picture at the end of what is written so far, with its text."""
        stream = io.BytesIO(picture.png(coverage))
        shape = self.document.add_picture(stream)
        if shape.width > self.width:
            shape.width, shape.height = self.width, int(shape.height * self.width / shape.width)
        about = shape._inline.docPr  # noqa: SLF001 - python-docx has no alternative text
        about.set("name", "Coverage")
        about.set("descr", coverage.alt)

    def event(self, event: EventView) -> None:
        doc = self.doc
        self.titles(
            "Heading 1",
            f"{event.number}. ",
            event.title,
            event.title_note,
            event.anchor,
            new_page=event.new_page,
        )
        self.facts(event.facts)
        if doc.layout != "table":
            self.analysis(event)
        for article in event.articles:
            self.article(article)

    def stories(self) -> None:
        self.section("stories")
        sides = self.sides(1.0, 1.0)
        self.table(
            ("Last reported", *self.columns(), "Status"),
            (1.0, *(3.4 / len(sides) for _ in sides), 0.7),
            [
                (
                    _cell("Row Note", Run(one.last_seen)),
                    *self.sides(
                        _cell("Source Text", Run(one.title.id, INDONESIAN)),
                        _cell("Translation", Run(one.title.en)),
                    ),
                    _cell("Row Note", Run(one.status)),
                )
                for one in self.doc.stories
            ],
            "Events of earlier editions without a new article",
        )

    def analysis(self, event: EventView) -> None:
        if event.news or event.news_note:
            self.add("Heading 2", Run("New since the last edition"))
        if event.news_note:
            self.add("Normal", Run(event.news_note))
        if event.news:
            self.pairs(
                [("", line.text, line.marks, line.note) for line in event.news],
                "What is new, with evidence",
            )
        self.add("Heading 2", Run("Why grouped"))
        self.add("Normal", Run(event.why))
        self.facts(event.why_shared)
        if event.summary:
            self.add("Heading 2", Run("Summary"))
            self.pairs(
                [("", line.text, line.marks, line.note) for line in event.summary],
                "Summary, with evidence",
            )
        if event.disagreements:
            self.add("Heading 2", Run("Disagreements"))
            for one in event.disagreements:
                about = [
                    r
                    for r in self.sides(Run(one.about.id, INDONESIAN), Run(one.about.en))
                    if r.text
                ]
                joined: list[Run] = [Run(f"{one.kind}. ", style="Strong")]
                for number, run in enumerate(about):
                    joined.extend((Run(" / "), run) if number else (run,))
                if one.note:
                    joined.append(Run(f" ({one.note})"))
                self.add("Caption", *joined)
                self.table(
                    ("Printed as", "Outlets", "Evidence"),
                    (2, 3, 2),
                    [
                        (
                            _cell("Source Text", Run(c.value, INDONESIAN)),
                            _cell("Cell Text", Run(c.outlets)),
                            _cell("Cell Text", *self.marks(c.marks)),
                        )
                        for c in one.claims
                    ],
                    "What each outlet prints, with evidence",
                )
        for title, column, lines in (
            ("Timeline", "Date", [(t.date, t.text, t.marks, "") for t in event.timeline]),
            ("Quotes", "Speaker", [(q.speaker, q.text, q.marks, "") for q in event.quotes]),
            (
                "Only in one outlet",
                "Outlet",
                [(o.outlet, o.text, o.marks, "") for o in event.only_in],
            ),
        ):
            if lines:
                self.add("Heading 2", Run(title))
                self.pairs(lines, f"{title}, with evidence", column)
        if event.names:
            self.add("Heading 2", Run("People and places"))
            sides = self.sides(1.0, 1.0)
            self.table(
                ("Kind", *self.columns(), "Mentions"),
                (1.0, *(3.4 / len(sides) for _ in sides), 0.6),
                [
                    (
                        _cell("Row Note", Run(n.kind)),
                        *self.both(n.text, n.marks),
                        _number(f"{n.mentions:,}"),
                    )
                    for n in event.names
                ],
                "Names in both spellings, with the first mention",
                numbers=1,
            )

    def article(self, article: ArticleView) -> None:
        self.titles(
            "Article Heading",
            f"Article {article.number}. {article.heading_outlet}: ",
            article.title,
            article.title_note,
            article.anchor,
        )
        for reason in article.title_flags:
            self.add("Flag", Run("Check the title: ", style="Strong"), Run(reason), keep=True)
        self.facts(article.facts)
        if article.summary:
            self.add("Caption", Run("In short"))
            self.pairs(
                [("", line.text, line.marks, "") for line in article.summary],
                f"Article {article.number} in short, with evidence",
            )
            self.add("Caption", Run("Row by row"))
        sides = self.sides(1.0, 1.0)
        self.table(
            (*self.columns(), "Row"),
            (*(4.0 / len(sides) for _ in sides), self.margin()),
            [
                (
                    *self.sides(
                        Cell((Paragraph("Source Text", tuple(_sentences(row, "id"))),)),
                        Cell(
                            (Paragraph("Translation", tuple(_sentences(row, "en"))),),
                            _FLAGGED if row.flags else "",
                        ),
                    ),
                    Cell(_margin(row), _FLAGGED if row.flags else ""),
                )
                for row in article.rows
            ],
            f"Article {article.number}, row by row: {' and '.join(self.columns())}",
        )

    def margin(self) -> float:
        """Return the share of the margin: more where a row holds more, or there is room."""
        return 1.1 if self.doc.rows_hold == "paragraph" or self.doc.languages != "both" else 0.78

    def sources(self) -> None:
        self.section("sources")
        rows = []
        for source in self.doc.sources:
            number = str(source.number)
            label = (
                self.link(number, source.article_anchor) if source.article_anchor else Run(number)
            )
            date = [Paragraph("Cell Text", (Run(source.date),))]
            if source.date_from:
                date.append(Paragraph("Row Note", (Run(source.date_from),)))
            what = [Paragraph("Source Text", (Run(source.title, INDONESIAN),))]
            if source.place:
                what.append(Paragraph("Row Note", (_linked(source.place, source.url),)))
            for one in source.reprints:
                text = f"Also printed by {one.label}" + (": " if one.value else "")
                also = (Run(text), *((_linked(one.value, one.url),) if one.value else ()))
                what.append(Paragraph("Row Note", also))
            rows.append(
                (
                    Cell((Paragraph("Cell Text", (label,), (source.anchor,)),)),
                    _cell("Cell Text", Run(source.outlet)),
                    Cell(tuple(date)),
                    Cell(tuple(what)),
                )
            )
        self.table(
            ("No.", "Outlet", "Date", "Title and place"),
            (0.4, 1.4, 1.4, 3.4),
            rows,
            "The articles with outlet, date and place",
        )

    # Pieces

    def add(
        self,
        style: str,
        *content: Run | Tab | Internal | External,
        anchor: str = "",
        new_page: bool = False,
        keep: bool = False,
    ) -> None:
        names = (anchor,) if anchor else ()
        self.body.add(Paragraph(style, content, names, new_page=new_page, keep=keep))

    def section(self, anchor: str) -> None:
        self.add(
            "Heading 1",
            Run(self.doc.headings[anchor]),
            anchor=anchor,
            new_page=anchor in ("overview", "sources") and self.doc.layout == "full",
        )

    def prose(self, name: str) -> None:
        for block in prose.blocks(self.templates.prose(name, self.doc)):
            styles = {"strong": "Strong", "em": "Emphasis"}
            self.add(
                "List Bullet" if block.kind == "li" else "Normal",
                *(Run(w.text, style=styles.get(w.style, "")) for w in block.runs),
            )

    def titles(
        self,
        style: str,
        number: str,
        title: Pair,
        note: str,
        anchor: str,
        *,
        new_page: bool = False,
    ) -> None:
        english = self.doc.shows_en and bool(title.en)
        words = Run(title.en) if english else Run(title.id or title.en, INDONESIAN)
        self.add(style, Run(number), words, anchor=anchor, new_page=new_page)
        if english and self.doc.shows_id and title.id:
            self.add("Original Title", Run(title.id, INDONESIAN))
        if note:
            self.add("Row Note", Run(f"Title: {note}."), keep=True)

    def facts(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            self.add("Fact", Run(fact.label, style="Label"), Tab(), _linked(fact.value, fact.url))

    def columns(self) -> tuple[str, ...]:
        return self.sides("Indonesian", "English")

    def sides(self, id_: Any, en: Any) -> tuple[Any, ...]:
        return (*((id_,) if self.doc.shows_id else ()), *((en,) if self.doc.shows_en else ()))

    def both(self, text: Pair, marks: Sequence[Mark], note: str = "") -> tuple[Cell, ...]:
        last = self.sides(INDONESIAN, ENGLISH)[-1]
        return tuple(
            _cell(
                style,
                *_words(words, lang),
                *(self.marks(marks, " ") if lang == last else ()),
                *((Run(f" ({note})", style="Missing"),) if note and lang == last else ()),
            )
            for style, words, lang in self.sides(
                ("Source Text", text.id, INDONESIAN), ("Translation", text.en, ENGLISH)
            )
        )

    def pairs(
        self,
        lines: Iterable[tuple[str, Pair, Sequence[Mark], str]],
        description: str,
        column: str = "",
    ) -> None:
        sides = self.sides(1.0, 1.0)
        self.table(
            (*((column,) if column else ()), *self.columns()),
            (*((1.0,) if column else ()), *(4.0 / len(sides) for _ in sides)),
            [
                (
                    *((_cell("Row Note", Run(aside)),) if column else ()),
                    *self.both(text, marks, note),
                )
                for aside, text, marks, note in lines
            ],
            description,
        )

    def marks(self, marks: Iterable[Mark], before: str = "") -> list[Run | Internal]:
        content: list[Run | Internal] = []
        for mark in marks:
            if before or content:
                content.append(Run(" "))
            content.append(self.link(f"[{mark.label}]", mark.anchor))
        return content

    def link(self, text: str, anchor: str) -> Run | Internal:
        run = Run(text, style="Evidence")
        return Internal(anchor, (run,)) if anchor else run

    def table(
        self,
        head: Sequence[str],
        shares: Sequence[float],
        rows: Iterable[Sequence[Cell]],
        description: str,
        numbers: int = 0,
    ) -> None:
        """Write a table; the last `numbers` columns hold numbers, to the right."""
        self.body.table(
            TABLE_STYLE,
            shares,
            [
                Cell(
                    (
                        Paragraph(
                            "Table Head",
                            (Run(one),),
                            align="right" if n >= len(head) - numbers else "",
                        ),
                    )
                )
                for n, one in enumerate(head)
            ],
            ((row, _size(row) > _UNBROKEN_CHARS) for row in rows),
            description,
        )


def _cell(style: str, *content: Run | Tab | Internal | External, fill: str = "") -> Cell:
    return Cell((Paragraph(style, content),), fill)


def _number(value: object, fill: str = "") -> Cell:
    return Cell((Paragraph("Row Note", (Run(str(value)),), align="right"),), fill)


def _words(text: str, lang: str, style: str = "") -> tuple[Run, ...]:
    return (Run(text, lang, style),) if text else (Run("(none)", style="Missing"),)


def _linked(text: str, url: str | None) -> Run | External:
    return External(url, (Run(text, style="Hyperlink"),)) if url else Run(text)


def _sentences(row: Row, side: str) -> Iterable[Run]:
    lang = INDONESIAN if side == "id" else ENGLISH
    style = {"heading": "Strong", "caption": "Emphasis"}.get(row.kind, "")
    for number, sentence in enumerate(row.sentences):
        if len(row.sentences) > 1:
            yield Run(f"{' ' if number else ''}{sentence.number} ", style="Evidence")
        yield from _words(sentence.source if side == "id" else sentence.translation, lang, style)


def _margin(row: Row) -> tuple[Paragraph, ...]:
    """Return the number of the row, which carries the bookmarks of its sentences, and the doubts.

    The bookmarks are here and not round the text, because a program drops a bookmark when someone
    types over all the text that it encloses, and correcting a translation is just that.
    """
    kind = {"heading": " heading", "caption": " photo caption"}.get(row.kind, "")
    return (
        Paragraph("Row Note", (Run(row.label + kind),), tuple(s.anchor for s in row.sentences)),
        *(Paragraph("Row Note", (Run(note),)) for note in row.notes),
        *(Paragraph("Flag", (Run("Check: ", style="Strong"), Run(reason))) for reason in row.flags),
    )


def _size(cells: Sequence[Cell]) -> int:
    """Return the characters of the fullest cell."""
    return max(
        sum(len(i.text) for p in cell.paragraphs for i in p.content if isinstance(i, Run))
        for cell in cells
    )
