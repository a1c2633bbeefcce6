"""From the document model to what stands on the page: order, numbers, labels, anchors and words.

DOCX, Markdown and HTML are drawn from one `Outline`, so that they say the same. English is the
language of the labels: the reader is an analyst who cannot read Indonesian.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

from briefing.render.coverage import coverage
from briefing.render.facts import (
    FOUND,
    article_facts,
    joined,
    method_facts,
    or_unknown,
    reprint_fact,
    title_of,
    why_grouped,
)
from briefing.render.text import (
    UNKNOWN,
    day_of,
    format_date,
    format_period,
    listed,
    plain,
    plural,
    safe_url,
    shorten,
)
from briefing.render.views import (
    ArticleView,
    ClaimView,
    ContentsLine,
    DatedLine,
    DisagreementView,
    EventView,
    Fact,
    Line,
    Mark,
    NameLine,
    Outline,
    OverviewLine,
    Pair,
    QuoteLine,
    RefusalLine,
    Row,
    SentenceView,
    SourcedLine,
    SourceLine,
    StoryLine,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document import (
        Article,
        Briefing,
        Event,
        Evidence,
        Flag,
        Sentence,
        Story,
    )
    from briefing.render.renderer import RenderSettings

__all__ = ["DEFAULT_TITLE", "HEADINGS", "outline", "row_anchor"]

DEFAULT_TITLE = "Indonesian news briefing"

HEADINGS: dict[str, str] = {
    "contents": "Contents",
    "overview": "Overview",
    "stories": "Reported before, not today",
    "sources": "Sources",
    "refused": "Refused inputs",
    "terms": "Glossary terms used",
    "method": "Method and run",
}
"""The fixed sections: anchor and heading."""

_KINDS = {"number": "Number", "date": "Date", "place": "Place", "name": "Name"}
# Notes that concern a reader who quotes the row; the others are in the JSON.
_TOLD = frozenset({"memory"})
_OPENING = ("“", "”", '"', "'", "‘", "«", "„")
_NAME_KINDS = (
    ("person", "People"),
    ("place", "Places"),
    ("organisation", "Organisations"),
    ("other", "Other names"),
)


def outline(briefing: Briefing, settings: RenderSettings) -> Outline:
    """Return what `briefing` shows under `settings`."""
    return _Builder(briefing, settings).build()


def row_anchor(article: str, sentence: str) -> str:
    """Return the anchor of a sentence: `r-` article id `-` sentence id."""
    return f"r-{_slug(article)}-{_slug(sentence)}"


def _slug(identifier: str) -> str:
    """Return an identifier in ASCII letters and digits, at most 20 of them.

    Ids that `briefing` makes (12 hexadecimal digits; `s12`) pass unchanged. Others, from a document
    made elsewhere, are replaced by a hash, so that two of them never meet. Twenty, because Word
    allows a bookmark's name 40 characters.
    """
    if re.fullmatch(r"[A-Za-z0-9]{1,20}", identifier):
        return identifier
    return "x" + hashlib.sha256(identifier.encode("utf-8", "backslashreplace")).hexdigest()[:15]


def _pair(id_: str | None, en: str | None) -> Pair:
    return Pair(plain(id_ or ""), plain(en or ""))


def _reasons(flags: Iterable[Flag]) -> tuple[str, ...]:
    return tuple(plain(flag.reason or flag.kind) for flag in flags)


def _flag_count(article: Article) -> int:
    rows = sum(bool(s.flags) for s in (*article.sentences, *article.captions))
    return rows + bool(article.title_flags)


class _Builder:
    """Holds the numbers and anchors while the outline is made."""

    def __init__(self, briefing: Briefing, settings: RenderSettings) -> None:
        self.briefing = briefing
        self.settings = settings
        self.events = sorted(briefing.events, key=_rank)
        articles = [a for event in self.events for a in event.articles]
        self.articles = articles
        self.numbers = {article.id: n for n, article in reversed(list(enumerate(articles, 1)))}
        self.by_id = {article.id: article for article in reversed(articles)}
        self.known = {
            (article.id, s.id)
            for article in articles
            for s in (*article.sentences, *article.captions)
        }

    def build(self) -> Outline:
        settings = self.settings
        events = tuple(self._event(n, event) for n, event in enumerate(self.events, 1))
        sources = tuple(self._source(n, article) for n, article in enumerate(self.articles, 1))
        days = sorted(a.published for a in self.articles if a.published and day_of(a.published))
        period = format_period(days[0], days[-1]) if days else UNKNOWN
        if not self.articles and self.briefing.day:
            period = format_date(self.briefing.day)
        return Outline(
            title=plain(settings.title) if settings.title else self._title(),
            period=period,
            layout=settings.layout,
            languages=settings.languages,
            rows_hold=settings.rows,
            cover=self._cover(period),
            contents=_contents(events, self.briefing, settings),
            overview=tuple(
                _overview(event, view, alone=settings.layout == "brief")
                for event, view in zip(self.events, events, strict=True)
            ),
            coverage=coverage(self.articles) if settings.layout == "full" else None,
            events=events,
            sources=sources,
            refused=tuple(
                RefusalLine(plain(r.path), plain(r.code), plain(r.reason))
                for r in self.briefing.refused
            ),
            method=method_facts(self.briefing.run),
            terms=_terms(self.articles) if settings.layout == "full" else (),
            signature=plain(self.briefing.run.signature),
            flag_counts=self._flag_counts(),
            headings=dict(HEADINGS),
            stories=tuple(_story(one) for one in self.briefing.stories),
            nothing="" if self.events else self._nothing(),
        )

    def _title(self) -> str:
        day = self.briefing.day
        return f"{DEFAULT_TITLE}, {format_date(day)}" if day else DEFAULT_TITLE

    def _nothing(self) -> str:
        before = self.briefing.previous_day
        since = f" since the edition of {format_date(before)}" if before else ""
        return f"No new articles{since}." if self.briefing.day else "No articles."

    def _edition(self) -> tuple[Fact, ...]:
        """Return what the cover of a daily briefing says of its place among the others."""
        briefing = self.briefing
        if briefing.day is None:
            return ()
        before = briefing.previous_day
        return (
            Fact("Edition of", format_date(briefing.day)),
            Fact("Edition before", format_date(before) if before else "none"),
        )

    def _cover(self, period: str) -> tuple[Fact, ...]:
        briefing = self.briefing
        outlets = sorted({plain(a.outlet) for a in self.articles if a.outlet}, key=str.casefold)
        nameless = sum(1 for a in self.articles if not a.outlet)
        if nameless:
            outlets.append(f"{UNKNOWN} ({plural(nameless, 'article')})")
        rows = sum(len(a.sentences) + len(a.captions) for a in self.articles)
        flagged = sum(_flag_count(a) for a in self.articles)
        undated = sum(1 for a in self.articles if not a.published)
        if undated and period != UNKNOWN:
            period += f" ({plural(undated, 'article')} without a date)"
        refused = len(briefing.refused)
        if self.settings.layout == "brief":
            counts = (
                plural(len(self.events), "event"),
                plural(len(self.articles), "article"),
                plural(rows, "sentence"),
                f"{flagged:,} marked as doubtful",
                plural(refused, "refused input"),
            )
            return (
                *self._edition(),
                Fact("Period", period),
                Fact("Outlets", listed(outlets) or UNKNOWN),
                Fact("In it", ", ".join(counts)),
            )
        count = f"{len(self.events):,}"
        states = Counter(event.status for event in self.events if event.status)
        if states:
            count += f" ({', '.join(f'{states[s]:,} {s}' for s in sorted(states, reverse=True))})"
        return (
            *self._edition(),
            Fact("Period", period),
            Fact("Outlets", listed(outlets) or UNKNOWN),
            Fact("Events", count),
            Fact("Articles", f"{len(self.articles):,}"),
            Fact("Sentences", f"{rows:,}"),
            Fact("Marked as doubtful", f"{flagged:,}"),
            Fact("Refused inputs", f"{refused:,}"),
        )

    def _flag_counts(self) -> tuple[tuple[str, int], ...]:
        kinds = Counter(
            plain(flag.kind) for _, sentence in self.briefing.sentences() for flag in sentence.flags
        )
        kinds.update(plain(flag.kind) for a in self.articles for flag in a.title_flags)
        return tuple(sorted(kinds.items(), key=lambda item: (-item[1], item[0])))

    # Events

    def _event(self, number: int, event: Event) -> EventView:
        title, note = title_of(event.title, event.articles[0] if event.articles else None)
        outlets = [plain(o) for o in event.outlets]
        flagged = sum(_flag_count(a) for a in event.articles)
        facts = (
            *self._status(event),
            Fact("When", format_period(event.first_seen, event.last_seen)),
            Fact("Where", or_unknown(event.place)),
            Fact("Outlets", listed(outlets) or UNKNOWN),
            Fact("Articles", f"{len(event.articles):,}"),
            Fact("Marked as doubtful", f"{flagged:,}"),
        )
        why, shared = why_grouped(event)
        return EventView(
            number=number,
            anchor=f"event-{number}",
            new_page=self._new_page(number),
            title=title,
            title_note=note,
            facts=facts,
            why=why,
            why_shared=shared,
            summary=tuple(
                Line(
                    _pair(line.id, line.en),
                    self._marks(line.evidence),
                    "written by a model" if line.machine_written else "",
                )
                for line in event.summary
            ),
            timeline=tuple(
                DatedLine(format_date(t.date), _pair(t.id, t.en), self._marks(t.evidence))
                for t in event.timeline
            ),
            quotes=tuple(
                QuoteLine(
                    ", ".join(plain(x) for x in (q.speaker, q.role) if x) or UNKNOWN,
                    _pair(_quoted(q.id) if q.direct else q.id, q.en),
                    self._marks(q.evidence),
                )
                for q in event.quotes
            ),
            disagreements=tuple(
                DisagreementView(
                    _KINDS.get(d.kind, plain(d.kind)),
                    _pair(d.about.id, d.about.en),
                    tuple(
                        ClaimView(
                            plain(c.value),
                            listed(plain(o) for o in c.outlets) or UNKNOWN,
                            self._marks(c.evidence),
                        )
                        for c in d.claims
                    ),
                    plain(d.note or ""),
                )
                for d in event.disagreements
            ),
            only_in=tuple(
                SourcedLine(or_unknown(o.outlet), _pair(o.id, o.en), self._marks(o.evidence))
                for o in event.only_in
            ),
            names=tuple(
                NameLine(label, _pair(n.id, n.en), n.mentions, self._marks(n.evidence[:1]))
                for kind, label in _NAME_KINDS
                for n in event.names
                if n.kind == kind
            ),
            articles=tuple(self._article(article) for article in event.articles),
            news=tuple(
                Line(
                    _pair(line.id, line.en), self._marks(line.evidence), self._doubt(line.evidence)
                )
                for line in event.news
            ),
            news_note=(
                "Today's articles add nothing to what earlier editions reported."
                if event.status == "developing" and not event.news
                else ""
            ),
        )

    def _doubt(self, evidence: Sequence[Evidence]) -> str:
        """Return what the machine doubts in the sentence that a line of news is, or ""."""
        article = self.by_id.get(evidence[0].article) if evidence else None
        sentences = article.sentences if article else ()
        found = next((s for s in sentences if s.id == evidence[0].sentence), None)
        return f"Check: {'; '.join(_reasons(found.flags))}" if found and found.flags else ""

    def _status(self, event: Event) -> tuple[Fact, ...]:
        if event.status is None:
            return ()
        said = {
            "new": "new in this edition",
            "developing": "developing: earlier editions reported on it",
        }
        facts = [Fact("Status", said.get(event.status, event.status))]
        changed = [a for a in event.articles if a.version > 1]
        if changed:
            numbers = ", ".join(str(self.numbers[a.id]) for a in changed)
            facts.append(Fact("Changed by the outlet", f"article {numbers}"))
        return tuple(facts)

    def _new_page(self, number: int) -> bool:
        """Begin a page for the first event, and for and after an event of several articles."""
        if number == 1:
            return True
        sizes = [len(event.articles) for event in self.events[number - 2 : number]]
        return self.settings.layout == "full" and max(sizes) > 1

    def _marks(self, evidence: Iterable[Evidence]) -> tuple[Mark, ...]:
        return tuple(self._mark(one) for one in dict.fromkeys(evidence))

    def _mark(self, evidence: Evidence) -> Mark:
        article = self.by_id.get(evidence.article)
        if article is None or (evidence.article, evidence.sentence) not in self.known:
            return Mark("?", "", "", "evidence that is not in this briefing")
        number = self.numbers[article.id]
        source = f"source-{number}"
        brief = self.settings.layout == "brief"
        return Mark(
            label=f"{number}.{_row_number(evidence.sentence)}",
            anchor=source if brief else row_anchor(article.id, evidence.sentence),
            article_anchor=source if brief else f"article-{number}",
            origin=f"{or_unknown(article.outlet)}, {format_date(article.published)}",
        )

    # Articles

    def _article(self, article: Article) -> ArticleView:
        number = self.numbers[article.id]
        title, note = title_of(article.title, article)
        return ArticleView(
            number=number,
            anchor=f"article-{number}",
            title=title,
            title_note=note,
            title_flags=_reasons(article.title_flags),
            outlet=or_unknown(article.outlet),
            date=format_date(article.published),
            facts=article_facts(article),
            summary=tuple(
                Line(_pair(line.id, line.en), self._marks(line.evidence))
                for line in article.summary
            ),
            rows=self._rows(article, number),
            flagged=_flag_count(article),
            source_anchor=f"source-{number}",
        )

    def _rows(self, article: Article, number: int) -> tuple[Row, ...]:
        groups: list[list[Sentence]] = []
        for sentence in article.sentences:
            joins = (
                self.settings.rows == "paragraph"
                and groups
                and sentence.kind == groups[-1][0].kind == "text"
                and sentence.paragraph == groups[-1][0].paragraph
            )
            if joins:
                groups[-1].append(sentence)
            else:
                groups.append([sentence])
        groups.extend([caption] for caption in article.captions)
        rows: list[Row] = []
        before: tuple[str, int] | None = None
        for group in groups:
            here = (group[0].kind, group[0].paragraph)
            rows.append(_row(article.id, number, group, opens=here != before))
            before = here
        return tuple(rows)

    def _source(self, number: int, article: Article) -> SourceLine:
        title, _ = title_of(article.title, article)
        found = FOUND.get(article.published_from, "") if article.published else ""
        return SourceLine(
            number=number,
            anchor=f"source-{number}",
            article_anchor="" if self.settings.layout == "brief" else f"article-{number}",
            outlet=or_unknown(article.outlet),
            title=title.id or title.en,
            date=format_date(article.published),
            date_from=joined(found, article.published_note),
            place=plain(article.url or article.path or ""),
            url=safe_url(article.url),
            reprints=tuple(reprint_fact(one) for one in article.reprints),
        )


def _rank(event: Event) -> tuple[int, int]:
    """Most outlets first, then most articles; ties keep the order of the document model."""
    return (-len(event.outlets), -len(event.articles))


def _row_number(sentence: str) -> str:
    """Return `12` for `s12`, and `c1` for the first caption."""
    return sentence[1:] if re.fullmatch(r"s[0-9]+", sentence) else shorten(plain(sentence), 12)


def _row(article: str, number: int, group: Sequence[Sentence], *, opens: bool) -> Row:
    sentences = tuple(
        SentenceView(
            anchor=row_anchor(article, sentence.id),
            label=f"{number}.{_row_number(sentence.id)}",
            number=_row_number(sentence.id),
            source=plain(sentence.source),
            translation=plain(sentence.translation),
        )
        for sentence in group
    )
    label = sentences[0].label
    if len(sentences) > 1:
        label += f"–{sentences[-1].number}"
    flags: list[str] = []
    for sentence, view in zip(group, sentences, strict=True):
        where = f"{view.label}: " if len(sentences) > 1 else ""
        flags.extend(where + reason for reason in _reasons(sentence.flags))
    return Row(
        label=label,
        kind=group[0].kind,
        sentences=sentences,
        flags=tuple(flags),
        flag_kinds=tuple(dict.fromkeys(plain(f.kind) for s in group for f in s.flags)),
        notes=tuple(
            dict.fromkeys(plain(n.reason) for s in group for n in s.notes if n.kind in _TOLD)
        ),
        opens=opens,
    )


def _overview(event: Event, view: EventView, *, alone: bool) -> OverviewLine:
    lines = view.summary if alone else tuple(Line(line.text) for line in view.summary[:1])
    if alone:
        lines += tuple(_differing(one) for one in view.disagreements)
    return OverviewLine(
        number=view.number,
        anchor=view.anchor,
        title=view.title,
        lines=lines,
        when=format_period(event.first_seen, event.last_seen)
        + (f" ({event.status})" if event.status else ""),
        outlets=len(event.outlets),
        articles=len(event.articles),
        flagged=sum(_flag_count(a) for a in event.articles),
    )


def _differing(one: DisagreementView) -> Line:
    """Return a disagreement in one line: what it is about, and the sides as the note."""
    said = "; ".join(f"“{claim.value}” in {claim.outlets}" for claim in one.claims)
    sides = f"outlets differ: {said}" if len(one.claims) > 1 else said
    marks = tuple(dict.fromkeys(mark for claim in one.claims for mark in claim.marks))
    return Line(one.about, marks, f"{sides}; {one.note}" if one.note else sides)


def _quoted(words: str) -> str:
    """Return a speaker's own words in quotation marks, which the newspaper's may already be."""
    return words if words.lstrip()[:1] in _OPENING else f"“{words}”"


def _terms(articles: Iterable[Article]) -> tuple[tuple[str, int], ...]:
    """Return what the glossary put in, most often first."""
    put = Counter(
        plain(note.reason)
        for article in articles
        for sentence in (*article.sentences, *article.captions)
        for note in sentence.notes
        if note.kind == "term"
    )
    return tuple(sorted(put.items(), key=lambda item: (-item[1], item[0])))


def _story(story: Story) -> StoryLine:
    return StoryLine(
        title_of(story.title, None)[0], plain(story.status), format_date(story.last_seen)
    )


def _contents(
    events: Sequence[EventView], briefing: Briefing, settings: RenderSettings
) -> tuple[ContentsLine, ...]:
    if settings.layout == "brief":
        return ()  # it is short enough to be seen whole
    lines: list[ContentsLine] = []
    if settings.layout != "table":
        lines.append(ContentsLine(1, HEADINGS["overview"], "overview"))
    lang = "id" if settings.languages == "id" else "en"
    for event in events:
        lines.append(
            ContentsLine(1, f"{event.number}. {_shown(event.title, lang)}", event.anchor, lang)
        )
        lines.extend(
            ContentsLine(
                2,
                f"Article {a.number}. {a.heading_outlet}: {_shown(a.title, lang)}",
                a.anchor,
                lang,
            )
            for a in event.articles
        )
    if briefing.stories:
        lines.append(ContentsLine(1, HEADINGS["stories"], "stories"))
    if settings.layout != "table" and briefing.articles:
        lines.append(ContentsLine(1, HEADINGS["sources"], "sources"))
    if briefing.refused:
        lines.append(ContentsLine(1, HEADINGS["refused"], "refused"))
    if settings.layout == "full" and _terms(briefing.articles):
        lines.append(ContentsLine(1, HEADINGS["terms"], "terms"))
    lines.append(ContentsLine(1, HEADINGS["method"], "method"))
    return tuple(lines)


def _shown(title: Pair, lang: str) -> str:
    return (title.id or title.en) if lang == "id" else (title.en or title.id)
