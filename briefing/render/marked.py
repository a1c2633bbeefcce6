r"""The Markdown rendering: for GitHub and for pandoc, without raw HTML.

Rows of a table cannot carry anchors in Markdown, so an evidence marker names the row (`3.12`, which
the row shows) and leads to the heading of its article. Headings that are linked to have a text of
which GitHub and pandoc make the same anchor; where an event's title would not (GitHub keeps the gap
that a dash leaves, pandoc keeps full stops), the heading is the bare `Event 2` and the title stands
under it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.render.outline import outline
from briefing.render.template import METHOD, READING, Templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document import Briefing
    from briefing.render.renderer import RenderSettings
    from briefing.render.views import (
        ArticleView,
        EventView,
        Fact,
        Mark,
        Outline,
        OverviewLine,
        Pair,
        Row,
    )

__all__ = ["MarkdownRenderer", "escape", "github_slug", "opening", "pandoc_slug"]

# Characters that mean something inside a line: CommonMark, GFM tables and strikethrough, and the
# maths, superscripts, citations and attributes of GitHub and pandoc. A colon is escaped where GFM
# would make a link of a bare address.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|~^$&@#!]|(?<=[a-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
# What means something at the beginning of a line only.
_LEADING = re.compile(r"^(\s*)([-+=>:%]|\d+[.)])")


def escape(text: object) -> str:
    """Return text as Markdown that shows it as it is, within a line or in the cell of a table."""
    return _SPECIAL.sub(lambda match: "\\" + match.group(), str(text))


def opening(text: object) -> str:
    """Return text as Markdown that shows it as it is, as a paragraph of its own."""
    return _LEADING.sub(_escape_leading, escape(text).strip())


def _escape_leading(match: re.Match[str]) -> str:
    opening = match[2]
    return match[1] + (f"{opening[:-1]}\\{opening[-1]}" if len(opening) > 1 else f"\\{opening}")


def github_slug(heading: str) -> str:
    """Return the anchor that GitHub makes of a heading's text."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def pandoc_slug(heading: str) -> str:
    """Return the anchor that pandoc makes of a heading's text (extension auto_identifiers)."""
    kept = re.sub(r"[^\w\-. ]", "", heading.lower())
    return re.sub(r"^[^a-z]+", "", "-".join(kept.split()))


class MarkdownRenderer:
    """Draws `briefing.md`."""

    suffix = "md"

    def render(self, briefing: Briefing, settings: RenderSettings) -> bytes:
        """Return the Markdown text in UTF-8."""
        text = _Writer(outline(briefing, settings), Templates(settings.template)).write()
        return text.encode("utf-8")


class _Writer:
    """Collects blocks; a blank line stands between two of them."""

    def __init__(self, doc: Outline, templates: Templates) -> None:
        self.doc = doc
        self.templates = templates
        self.blocks: list[str] = []
        self.anchors = {anchor: github_slug(text) for anchor, text in doc.headings.items()}
        self.headings = {
            event.anchor: _event_heading(event, english=doc.shows_en) for event in doc.events
        }
        self.anchors |= {anchor: github_slug(text) for anchor, text in self.headings.items()}

    def write(self) -> str:
        doc = self.doc
        self.add(f"# {escape(doc.title)}")
        self.add(opening(doc.period))
        self.facts(doc.cover)
        if doc.layout != "table":
            self.add("**How to read this briefing**")
            self.add(self.templates.prose(READING, doc))
        if doc.contents:
            self.heading(2, doc.headings["contents"])
        self.add(
            "\n".join(
                f"{'    ' * (line.level - 1)}- {self.link(line.text, line.anchor)}"
                for line in doc.contents
            )
        )
        if doc.layout != "table":
            self.overview()
        for event in doc.events if doc.layout != "brief" else ():
            self.event(event)
        if doc.stories:
            self.stories()
        if doc.layout != "table" and doc.sources:
            self.sources()
        if doc.refused:
            self.heading(2, doc.headings["refused"])
            self.table(
                ("Input", "Why"),
                [(escape(r.path), escape(f"{r.reason} ({r.code})")) for r in doc.refused],
                (2, 3),
            )
        if doc.terms:
            self.heading(2, doc.headings["terms"])
            self.table(
                ("Term", "Rows"),
                [(escape(term), f"{count:,}") for term, count in doc.terms],
                (8, 1),
                right=1,
            )
        self.heading(2, doc.headings["method"])
        if doc.layout == "full":
            self.add(self.templates.prose(METHOD, doc))
            self.facts(doc.method)
        self.add("Signature: " + _code(doc.signature))
        return "\n\n".join(self.blocks) + "\n"

    # Parts

    def overview(self) -> None:
        doc = self.doc
        self.heading(2, doc.headings["overview"])
        if doc.nothing:
            self.add(opening(doc.nothing))
            return
        counts = () if doc.layout == "brief" else ("Outlets", "Articles")
        self.table(
            ("Event", "Reported", *self.columns(), *counts),
            [row for one in doc.overview for row in self.overview_rows(one)],
            (1, 3, *[6] * len(self.columns()), *[1] * len(counts)),
            right=len(counts),
        )
        if doc.coverage:
            self.add(f"Coverage: articles by outlet and {doc.coverage.unit}")
            self.table(
                ("Outlet", *doc.coverage.periods, "All"),
                [
                    (escape(line.outlet), *(str(n or "") for n in line.counts), str(line.total))
                    for line in doc.coverage.lines
                ],
                (3, *[2] * len(doc.coverage.periods), 1),
                right=len(doc.coverage.periods) + 1,
            )

    def event(self, event: EventView) -> None:
        doc = self.doc
        heading = self.headings[event.anchor]
        self.heading(2, heading)
        self.titles(event.title, event.title_note, in_heading=heading)
        self.facts(event.facts)
        if doc.layout != "table":
            self.analysis(event)
        for article in event.articles:
            self.article(article)

    def overview_rows(self, line: OverviewLine) -> list[tuple[str, ...]]:
        """Return the rows of an event: its title, and a line after it or a row for each line."""
        alone = self.doc.layout == "brief"
        said = [self.both(one.text, one.marks, one.note and f" ({one.note})") for one in line.lines]
        after = [] if alone else said
        first = (
            str(line.number) if alone else self.link(str(line.number), line.anchor),
            escape(f"{line.when}; {line.size}" if alone else line.when),
            *(
                _join(_bold(title), *(cells[side] for cells in after))
                for side, title in enumerate(self.sides(line.title.id, line.title.en))
            ),
            *(() if alone else (str(line.outlets), str(line.articles))),
        )
        return [first, *(("", "", *cells) for cells in said if alone)]

    def stories(self) -> None:
        self.heading(2, self.doc.headings["stories"])
        self.table(
            ("Last reported", *self.columns(), "Status"),
            [
                (
                    escape(one.last_seen),
                    *self.sides(escape(one.title.id), escape(one.title.en)),
                    escape(one.status),
                )
                for one in self.doc.stories
            ],
            (3, *[6] * len(self.columns()), 2),
        )

    def analysis(self, event: EventView) -> None:
        if event.news or event.news_note:
            self.heading(3, "New since the last edition")
            self.add(opening(event.news_note))
        if event.news:
            self.pairs(
                [
                    ((), line.text, line.marks, f" ({line.note})" if line.note else "")
                    for line in event.news
                ]
            )
        self.heading(3, "Why grouped")
        self.add(opening(event.why))
        self.facts(event.why_shared)
        if event.summary:
            self.heading(3, "Summary")
            self.pairs(
                [
                    ((), line.text, line.marks, f" ({line.note})" if line.note else "")
                    for line in event.summary
                ]
            )
        if event.disagreements:
            self.heading(3, "Disagreements")
            for one in event.disagreements:
                about = " / ".join(escape(t) for t in self.sides(one.about.id, one.about.en) if t)
                note = f" ({escape(one.note)})" if one.note else ""
                self.add(f"**{escape(one.kind)}.** {about}{note}")
                self.table(
                    ("Printed as", "Outlets", "Evidence"),
                    [
                        (escape(c.value), escape(c.outlets), self.marks(c.marks).strip())
                        for c in one.claims
                    ],
                    (2, 3, 2),
                )
        for title, column, lines in (
            ("Timeline", "Date", [(t.date, t.text, t.marks) for t in event.timeline]),
            ("Quotes", "Speaker", [(q.speaker, q.text, q.marks) for q in event.quotes]),
            ("Only in one outlet", "Outlet", [(o.outlet, o.text, o.marks) for o in event.only_in]),
        ):
            if lines:
                self.heading(3, title)
                self.pairs([((aside,), text, marks, "") for aside, text, marks in lines], column)
        if event.names:
            self.heading(3, "People and places")
            self.table(
                ("Kind", *self.columns(), "Mentions"),
                [(n.kind, *self.both(n.text, n.marks), str(n.mentions)) for n in event.names],
                (2, *[4] * len(self.columns()), 1),
                right=1,
            )

    def article(self, article: ArticleView) -> None:
        self.heading(3, f"Article {article.number}")
        self.titles(article.title, article.title_note)
        for reason in article.title_flags:
            self.add(f"**Check the title:** {escape(reason)}")
        self.facts(article.facts)
        if article.summary:
            self.add("In short:")
            self.pairs([((), line.text, line.marks, "") for line in article.summary])
            self.add("Row by row:")
        self.table(
            (*self.columns(), "Row"),
            [
                (
                    *self.sides(_sentences(row, "id"), _sentences(row, "en")),
                    _margin(row),
                )
                for row in article.rows
            ],
            (*[5] * len(self.columns()), 2),
        )

    def sources(self) -> None:
        self.heading(2, self.doc.headings["sources"])
        rows = []
        for source in self.doc.sources:
            place = _link(source.place, source.url) if source.url else escape(source.place)
            reprints = "; ".join(
                f"{escape(r.label)} {_link(r.value, r.url) if r.url else escape(r.value)}".strip()
                for r in source.reprints
            )
            rows.append(
                (
                    self.link(str(source.number), source.article_anchor),
                    escape(source.outlet),
                    _join(
                        escape(source.date),
                        f"({escape(source.date_from)})" if source.date_from else "",
                    ),
                    _join(
                        escape(source.title),
                        place,
                        f"Also printed by {reprints}" if reprints else "",
                    ),
                )
            )
        self.table(("No.", "Outlet", "Date", "Title and place"), rows, (1, 3, 3, 8))

    # Pieces

    def add(self, block: str) -> None:
        if block:
            self.blocks.append(block)

    def heading(self, level: int, text: str) -> None:
        self.add(f"{'#' * level} {escape(text)}")

    def titles(self, title: Pair, note: str, in_heading: str = "") -> None:
        en = "" if title.en and in_heading.endswith(title.en) else title.en
        if en and self.doc.shows_en:
            self.add(_bold(en))
        repeated = bool(title.id) and in_heading.endswith(title.id)
        if title.id and not repeated and (self.doc.shows_id or not title.en):
            self.add(f"*{escape(title.id.strip())}*")
        if note:
            self.add(f"(Title: {escape(note)}.)")

    def facts(self, facts: Iterable[Fact]) -> None:
        self.add(
            "\n".join(
                f"- {f.label}: {_link(f.value, f.url) if f.url else escape(f.value)}" for f in facts
            )
        )

    def columns(self) -> tuple[str, ...]:
        return self.sides("Indonesian", "English")

    def sides(self, id_: str, en: str) -> tuple[str, ...]:
        return (*((id_,) if self.doc.shows_id else ()), *((en,) if self.doc.shows_en else ()))

    def both(self, text: Pair, marks: Sequence[Mark], note: str = "") -> tuple[str, ...]:
        cells = [escape(t) or "(none)" for t in self.sides(text.id, text.en)]
        cells[-1] += self.marks(marks) + escape(note)
        return tuple(cells)

    def pairs(
        self,
        lines: Iterable[tuple[tuple[str, ...], Pair, Sequence[Mark], str]],
        column: str = "",
    ) -> None:
        self.table(
            (*((column,) if column else ()), *self.columns()),
            [
                (*(escape(one) for one in aside), *self.both(text, marks, note))
                for aside, text, marks, note in lines
            ],
            (*((2,) if column else ()), *[5] * len(self.columns())),
        )

    def marks(self, marks: Iterable[Mark]) -> str:
        return "".join(" " + self.link(f"[{m.label}]", m.article_anchor) for m in marks)

    def link(self, text: str, anchor: str) -> str:
        if anchor.startswith("source-"):
            anchor = "sources"
        target = self.anchors.get(anchor, anchor)
        return f"[{escape(text)}](#{target})" if target else escape(text)

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[int],
        right: int = 0,
    ) -> None:
        """Add a pipe table; pandoc takes the columns' widths from the dashes under the head."""
        rule = [
            "-" * (4 * width) + (":" if n >= len(widths) - right else "-")
            for n, width in enumerate(widths)
        ]
        lines = [_line(escape(one) for one in head), _line(rule), *(_line(row) for row in rows)]
        self.add("\n".join(lines))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.strip() for cell in cells)} |"


def _event_heading(event: EventView, *, english: bool) -> str:
    bare = f"Event {event.number}"
    title = event.title
    full = f"{bare}: {(title.en or title.id) if english else (title.id or title.en)}"
    return full if github_slug(full) == pandoc_slug(full) and full.isascii() else bare


def _bold(text: str) -> str:
    return f"**{escape(text.strip())}**" if text.strip() else ""


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _link(text: str, url: str) -> str:
    return f"[{escape(text)}](<{url}>)"


def _code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _sentences(row: Row, side: str) -> str:
    texts = [
        (s.number, escape(s.source if side == "id" else s.translation) or "(none)")
        for s in row.sentences
    ]
    if len(texts) == 1:
        text = texts[0][1]
        return f"**{text.strip()}**" if row.kind == "heading" else text
    return " ".join(f"({number}) {text}" for number, text in texts)


def _margin(row: Row) -> str:
    kind = {"heading": "heading", "caption": "photo caption"}.get(row.kind, "")
    checks = "; ".join(escape(reason) for reason in row.flags)
    notes = escape("; ".join(row.notes))
    return _join(row.label, kind, notes, f"**Check:** {checks}" if checks else "")
