"""What stands on the page, before any format: the values that templates and the DOCX draw from.

Every text here is printable (`text.plain`) but not escaped. `Pair` is a text in both languages.
An `anchor` is unique in the document and made of ASCII letters, digits and hyphens, beginning with
a letter; a `label` is what a reader sees. The same row has the same anchor and label in every
format.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.render.text import UNKNOWN, plural

__all__ = [
    "ArticleView",
    "ClaimView",
    "ContentsLine",
    "Coverage",
    "CoverageLine",
    "DatedLine",
    "DisagreementView",
    "EventView",
    "Fact",
    "Line",
    "Mark",
    "NameLine",
    "Outline",
    "OverviewLine",
    "Pair",
    "QuoteLine",
    "RefusalLine",
    "Row",
    "SentenceView",
    "SourceLine",
    "SourcedLine",
    "StoryLine",
]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in Indonesian (`id`) and English (`en`); "" where there is none."""

    id: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value; `url` is an http or https address, or `None`."""

    label: str
    value: str
    url: str | None = None
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Mark:
    """An evidence marker: `label` such as `3.12`, the `anchor` that it leads to, and its origin.

    `anchor` is "" where the evidence is not in the document. `origin` names outlet and date.
    """

    label: str
    anchor: str
    article_anchor: str
    origin: str


@dataclass(frozen=True, slots=True)
class Line:
    """A statement in both languages with its evidence, and a `note` for the reader or ""."""

    text: Pair
    marks: tuple[Mark, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A line of the timeline."""

    date: str
    text: Pair
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quotation; `speaker` with role, or "unknown"."""

    speaker: str
    text: Pair
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One side of a disagreement."""

    value: str
    outlets: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """A fact on which outlets differ: its `kind` in words, what it is about, and the sides."""

    kind: str
    about: Pair
    claims: tuple[ClaimView, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourcedLine:
    """A statement that one outlet alone carries."""

    outlet: str
    text: Pair
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class NameLine:
    """A person, place or organisation in both spellings."""

    kind: str
    text: Pair
    mentions: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence in a row, with its own anchor and label."""

    anchor: str
    label: str
    number: str
    source: str
    translation: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the side-by-side table: one sentence, or the sentences of one paragraph.

    `kind` is `text`, `heading` or `caption`; `flags` are reasons; `flag_kinds` are for machines;
    `opens` says that a paragraph of the article begins here. `notes` are what a person should know
    of a row that leaves no doubt, such as that an analyst worded it.
    """

    label: str
    kind: str
    sentences: tuple[SentenceView, ...]
    flags: tuple[str, ...] = ()
    flag_kinds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    opens: bool = True


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its table. `number` counts through the document: the 3 of row `3.12`."""

    number: int
    anchor: str
    title: Pair
    title_note: str
    title_flags: tuple[str, ...]
    outlet: str
    date: str
    facts: tuple[Fact, ...]
    summary: tuple[Line, ...]
    rows: tuple[Row, ...]
    flagged: int
    source_anchor: str

    @property
    def heading_outlet(self) -> str:
        """The outlet as it opens the heading."""
        return "Unknown outlet" if self.outlet == UNKNOWN else self.outlet


@dataclass(frozen=True, slots=True)
class StoryLine:
    """An event of earlier editions that a daily briefing has no article on."""

    title: Pair
    status: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class EventView:
    """An event. `number` is its rank; the lists are empty where there is nothing to say.

    `new_page` says that on paper it begins a page: events of one article follow each other. `news`
    is what a daily briefing has that is new; `news_note` says so where there is nothing.
    """

    number: int
    anchor: str
    new_page: bool
    title: Pair
    title_note: str
    facts: tuple[Fact, ...]
    why: str
    why_shared: tuple[Fact, ...]
    summary: tuple[Line, ...]
    timeline: tuple[DatedLine, ...]
    quotes: tuple[QuoteLine, ...]
    disagreements: tuple[DisagreementView, ...]
    only_in: tuple[SourcedLine, ...]
    names: tuple[NameLine, ...]
    articles: tuple[ArticleView, ...]
    news: tuple[Line, ...] = ()
    news_note: str = ""


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """An event in the overview: what it says in each language and the counts that rank it.

    `lines` is the first line of the summary; where the overview is all that is said of an event
    (layout `brief`), it is the whole summary with its evidence, and what outlets disagree on.
    """

    number: int
    anchor: str
    title: Pair
    lines: tuple[Line, ...]
    when: str
    outlets: int
    articles: int
    flagged: int

    @property
    def size(self) -> str:
        """The counts in words."""
        return f"{plural(self.outlets, 'outlet')}, {plural(self.articles, 'article')}"


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """An outlet's articles in each period of the coverage picture, and their sum."""

    outlet: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Outlets by day (or month, or year, where there are too many days to print)."""

    unit: str
    periods: tuple[str, ...]
    lines: tuple[CoverageLine, ...]
    most: int
    alt: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """An article in the list of sources."""

    number: int
    anchor: str
    article_anchor: str
    outlet: str
    title: str
    date: str
    date_from: str
    place: str
    url: str | None
    reprints: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """An input that did not become an article."""

    path: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the table of contents; `level` is 1 or 2."""

    level: int
    text: str
    anchor: str
    lang: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The whole document. `terms` are what the glossary put in, and how often. `headings` are the texts of the fixed sections by their anchor.

    `stories` are the events of earlier editions in a daily briefing; `nothing` says that there is
    no event, where there is none.
    """

    title: str
    period: str
    layout: str
    languages: str
    rows_hold: str
    cover: tuple[Fact, ...]
    contents: tuple[ContentsLine, ...]
    overview: tuple[OverviewLine, ...]
    coverage: Coverage | None
    events: tuple[EventView, ...]
    sources: tuple[SourceLine, ...]
    refused: tuple[RefusalLine, ...]
    terms: tuple[tuple[str, int], ...]
    method: tuple[Fact, ...]
    signature: str
    flag_counts: tuple[tuple[str, int], ...]
    headings: dict[str, str] = field(default_factory=dict)
    stories: tuple[StoryLine, ...] = ()
    nothing: str = ""

    @property
    def shows_id(self) -> bool:
        """Whether Indonesian is drawn."""
        return self.languages != "en"

    @property
    def shows_en(self) -> bool:
        """Whether English is drawn."""
        return self.languages != "id"

    @property
    def articles(self) -> tuple[ArticleView, ...]:
        """Every article, in the order of the document."""
        return tuple(a for e in self.events for a in e.articles)
