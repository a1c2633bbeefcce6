"""The document model: what a briefing is, whoever draws it.

`Briefing` is the contract with report scripts. Its JSON rendering is this tree, field by field, and
DOCX, Markdown and HTML are made from it alone. `SCHEMA` changes when a field is removed or changes
its meaning; a new optional field does not change it.

Languages are BCP 47 codes: `id` Indonesian, `en` English. Dates are ISO 8601 strings, `2023-09-13`
or, where the page gives the time, `2023-09-13T09:30:00+07:00`; what is not known is `None`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefing.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "PUBLISHED_FROM",
    "REFUSAL_CODES",
    "SCHEMA",
    "Article",
    "Bilingual",
    "Briefing",
    "Claim",
    "Disagreement",
    "Dropped",
    "Event",
    "Evidence",
    "Flag",
    "InputFile",
    "Name",
    "OnlyIn",
    "Quote",
    "Refusal",
    "Reprint",
    "Run",
    "Sentence",
    "Story",
    "SummaryLine",
    "TimelineEntry",
    "Why",
]

SCHEMA = "briefing/1"

PublishedFrom = Literal["metadata", "dateline", "text", "file", "unknown"]
PUBLISHED_FROM: tuple[PublishedFrom, ...] = ("metadata", "dateline", "text", "file", "unknown")
"""How a publication date was found: page metadata, the dateline, a date in the text nearest to the
lead, the file's own name or record, or not at all. A file's modification time is never used."""

EventStatus = Literal["new", "developing", "quiet", "closed"]
"""Where a story stands in a daily briefing: first reported now, reported before and again now,
reported before and not now, not reported for so long that it is taken to be over."""

DRAWING_OPTIONS = ("title", "rows", "layout", "languages", "template")
"""The options of a run that say how its renderings are drawn."""

REFUSAL_CODES: tuple[str, ...] = (
    "missing",  # no such path, or a link that leads nowhere
    "unreadable",  # no permission, or an error while reading
    "unsupported",  # a kind of file that no reader takes
    "empty",  # no characters
    "binary",  # not text
    "broken",  # text, but not the format that its name says
    "too-large",  # over the size limit
    "no-article",  # a page without an article
    "language",  # not Indonesian
    "duplicate",  # the same article was already read
)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in both languages; `None` where it is not known."""

    id: str | None = None
    en: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A doubt about one translation: `kind` for machines, `reason` for the reader (English)."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One segment of an article with its translation.

    `id` is unique in its article: `s1`, `s2`, ... for the body and `c1`, ... for captions.
    `paragraph` counts from 1 through the body. `source` is the page's own wording. `score` is the
    model's mean log-probability per token (natural logarithm), `None` where there was no model.
    `flags` are doubts that remain; `notes` say what was done to the translation that leaves none:
    searched again, a term put in its place, an analyst's wording taken from the memory.
    """

    id: str
    paragraph: int
    source: str
    translation: str = ""
    kind: Literal["text", "heading", "caption"] = "text"
    flags: tuple[Flag, ...] = ()
    score: float | None = None
    notes: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of the page that is not the article: its text, the rule that dropped it, its line.

    `line` counts from 1 through the lines of the extracted page text.
    """

    text: str
    rule: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """Another printing of the same text, folded into an article."""

    outlet: str | None
    path: str | None = None
    url: str | None = None
    published: str | None = None
    similarity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read, segmented and (after the translation stage) translated.

    `id` is the first 12 hexadecimal digits of the SHA-256 of the normalised content. `wires` are
    the agencies and outlets that the page credits (`Sumber: CNA/SL`, `dikutip dari Reuters`).
    `published_note` says in English what had to be inferred, such as a missing year. `version` is
    above 1 in a daily briefing where the outlet changed a page that was briefed before. `summary`
    condenses this article alone.
    """

    id: str
    sentences: tuple[Sentence, ...]
    title: Bilingual = Bilingual()
    title_flags: tuple[Flag, ...] = ()
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    place: str | None = None
    published: str | None = None
    published_from: PublishedFrom = "unknown"
    published_note: str | None = None
    wires: tuple[str, ...] = ()
    captions: tuple[Sentence, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    version: int = 1
    summary: tuple[SummaryLine, ...] = ()

    @property
    def body(self) -> tuple[Sentence, ...]:
        """The running text: the sentences that are not headings."""
        return tuple(s for s in self.sentences if s.kind == "text")

    @property
    def label(self) -> str:
        """A name for messages: the Indonesian title, or the file or address."""
        return self.title.id or self.path or self.url or self.id


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pointer to one sentence of one article of the same event."""

    article: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One bullet: a sentence of the event in both languages and the sentences that bear it out.

    `outlets` counts the outlets among the evidence. `machine_written` marks an abstractive bullet.
    """

    id: str
    en: str
    evidence: tuple[Evidence, ...]
    outlets: int = 1
    machine_written: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """A dated statement; `date` is ISO 8601 and may be a month (`2023-09`) or a year."""

    date: str
    id: str
    en: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Direct or reported speech with its speaker, as far as the text names one.

    `direct` says that `id` are the speaker's own words, to be drawn in quotation marks; otherwise
    it is the outlet's whole sentence, which reports them.
    """

    id: str
    en: str
    evidence: tuple[Evidence, ...]
    speaker: str | None = None
    role: str | None = None
    direct: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One side of a disagreement: the value, who prints it, and where."""

    value: str
    outlets: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A fact on which outlets differ, or on which one contradicts itself or the calendar."""

    kind: Literal["number", "date", "place", "name"]
    about: Bilingual
    claims: tuple[Claim, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyIn:
    """A statement that one outlet alone carries."""

    outlet: str
    id: str
    en: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person, place or organisation of the event in both spellings, with its first mention."""

    id: str
    en: str
    kind: Literal["person", "place", "organisation", "other"] = "other"
    mentions: int = 1
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why the articles are together: what they share, and the weakest pair's score (0 to 1)."""

    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    weakest: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A happening with place and time, and the articles that report it, oldest first.

    `status` and `news` are set in a daily briefing: `news` are the sentences that add something to
    what earlier briefings reported of the event.
    """

    id: str
    articles: tuple[Article, ...]
    title: Bilingual = Bilingual()
    first_seen: str | None = None
    last_seen: str | None = None
    place: str | None = None
    outlets: tuple[str, ...] = ()
    why: Why = Why()
    summary: tuple[SummaryLine, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    quotes: tuple[Quote, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    only_in: tuple[OnlyIn, ...] = ()
    names: tuple[Name, ...] = ()
    status: EventStatus | None = None
    news: tuple[SummaryLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An event of earlier daily briefings without a new article: `quiet`, or `closed` for good."""

    event: str
    title: Bilingual
    status: EventStatus
    last_seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An input that did not become an article. `code` is one of `REFUSAL_CODES`.

    `path` is the file, address or record as given, such as `news.jsonl:14`.
    """

    path: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """An input file as it was read: the path as given and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How the briefing was made, without anything that changes from one run to the next.

    `model_sha256` is over the files of the model folder. `options` are those that shape the
    content. `signature` is one line in the manner of sacreBLEU.
    """

    engine: str
    model: str
    model_sha256: str
    licence: str | None
    versions: dict[str, str]
    options: dict[str, Any]
    inputs: tuple[InputFile, ...]
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A whole briefing. `save()` writes it; `to_json()` is the contract with report scripts.

    `day`, `previous_day` and `stories` are set in a daily briefing: its date, that of the edition
    before it, and the events of earlier editions that nobody reported on this time.
    """

    events: tuple[Event, ...]
    run: Run
    refused: tuple[Refusal, ...] = ()
    source_lang: str = "id"
    target_lang: str = "en"
    day: str | None = None
    previous_day: str | None = None
    stories: tuple[Story, ...] = ()
    schema: str = field(default=SCHEMA)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article, in the order of the events."""
        return tuple(a for e in self.events for a in e.articles)

    def sentences(self) -> Iterator[tuple[Article, Sentence]]:
        """Yield every body sentence and caption with its article, in the order of the events."""
        for article in self.articles:
            for sentence in (*article.sentences, *article.captions):
                yield article, sentence

    def to_json(self) -> str:
        """Return the JSON rendering: UTF-8 text, two spaces of indent, one final newline."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Briefing:
        """Read the JSON rendering back.

        Raises `UsageError` where the text is not a briefing of this `SCHEMA`.
        """
        from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - slow to import

        try:
            briefing: Briefing = TypeAdapter(cls).validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the text"
            raise UsageError(f"not a briefing ({SCHEMA}): {where}: {first['msg']}") from error
        if briefing.schema != SCHEMA:
            raise UsageError(
                f"unknown briefing schema {briefing.schema!r}; this version reads {SCHEMA}"
            )
        return briefing

    def save(
        self, out: str | Path, formats: Sequence[str] | None = None, **settings: Any
    ) -> tuple[Path, ...]:
        """Write the briefing into the folder `out`, made if need be, and return the files' paths.

        `formats` is any of `docx`, `md`, `html`, `json`. `settings` are the fields of
        `RenderSettings`. Both default to the options of the run. Each file is written under a
        temporary name and renamed. Raises `OutputError` where that fails and `UsageError` for an
        unknown format or setting.
        """
        from briefing.render import save  # noqa: PLC0415 - python-docx is slow to import

        drawn = {name: self.run.options.get(name) for name in DRAWING_OPTIONS}
        chosen = {name: value for name, value in drawn.items() if value is not None} | settings
        return save(self, Path(out), formats=formats or self.run.options.get("formats"), **chosen)

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as plain dicts, lists, strings, numbers and `None`, `schema` first."""
        tree = asdict(self)
        return {"schema": tree.pop("schema"), **tree}
