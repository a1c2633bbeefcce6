"""Collecting a day's articles: ask every source, fetch what is new, store what is an article.

A source that fails is told in the outcome and in the briefing and stops nobody else. Articles go
into the store one by one, so that a killed run keeps what it had.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefing.daily.feeds import Entry, read_entries
from briefing.daily.fetching import Fetched, Fetcher
from briefing.document import Refusal
from briefing.errors import InputRefused
from briefing.ingest import RawArticle, make_article, read_articles

if TYPE_CHECKING:
    from briefing.daily.config import DailyConfig, Source
    from briefing.daily.store import Store
    from briefing.document import Article
    from briefing.progress import Progress

__all__ = ["Collected", "Outcome", "collect", "probe"]

WORKERS = 8
"""Hosts asked at the same time; each host still gets one request after the other."""


@dataclass(slots=True)
class Outcome:
    """How a source did: entries offered, pages fetched, articles stored, and what went wrong.

    `newest` is the newest date that the source states (ISO 8601).
    """

    source: str
    kind: str
    place: str
    entries: int = 0
    fetched: int = 0
    unchanged: int = 0
    stored: int = 0
    extracted: int = 0
    newest: str | None = None
    error: str | None = None
    refused: list[Refusal] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts for reports."""
        return {
            "kind": self.kind,
            "place": self.place,
            "entries": self.entries,
            "fetched": self.fetched,
            "unchanged": self.unchanged,
            "extracted": self.extracted,
            "stored": self.stored,
            "newest": self.newest,
            "error": self.error,
            "refused": len(self.refused),
        }


@dataclass(frozen=True, slots=True)
class Collected:
    """What all sources gave together."""

    outcomes: tuple[Outcome, ...]

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Return every refusal, a source that failed as a whole among them."""
        listed: list[Refusal] = []
        for outcome in self.outcomes:
            if outcome.error:
                listed.append(Refusal(path=outcome.place, code="missing", reason=outcome.error))
            listed += outcome.refused
        return tuple(listed)

    @property
    def fetched(self) -> int:
        """Return how many pages came over the network."""
        return sum(outcome.fetched for outcome in self.outcomes)

    @property
    def stored(self) -> int:
        """Return how many articles the store did not have before."""
        return sum(outcome.stored for outcome in self.outcomes)


def collect(config: DailyConfig, store: Store, *, now: datetime, progress: Progress) -> Collected:
    """Ask every source of `config` and put new articles into `store`.

    `now` is the time of the run; it completes relative times (`13 menit lalu`) and is what articles
    are stored under.
    """
    progress.start("fetch", len(config.sources))
    outcomes = []
    with Fetcher(config.daily) as fetcher:
        for source in config.sources:
            visit = _Visit(source, config, now)
            with suppress(InputRefused):
                visit.store_files(store) if source.url is None else visit.store_pages(
                    store, fetcher
                )
            outcomes.append(visit.outcome)
            progress.advance()
    return Collected(tuple(outcomes))


def probe(config: DailyConfig, *, now: datetime, pages: int = 3) -> tuple[Outcome, ...]:
    """Try every source without storing anything: does it answer, how fresh, does extraction work.

    At most `pages` articles of each are fetched and taken apart.
    """
    outcomes = []
    with Fetcher(config.daily) as fetcher:
        for source in config.sources:
            visit = _Visit(source, config, now)
            with suppress(InputRefused):
                visit.try_files() if source.url is None else visit.try_pages(fetcher, pages)
            outcomes.append(visit.outcome)
    return tuple(outcomes)


class _Visit:
    """One source in one run."""

    def __init__(self, source: Source, config: DailyConfig, now: datetime) -> None:
        self._source = source
        self._config = config
        self._now = now
        self.outcome = Outcome(source.name, source.kind, source.place)

    def try_files(self) -> tuple[Article, ...]:
        """Read the files of a source and return the articles in them."""
        found = read_articles([str(self._source.path)], self._config.options)
        self.outcome.entries = len(found.articles) + len(found.refused)
        self.outcome.extracted = len(found.articles)
        self.outcome.newest = max(
            (a.published for a in found.articles if a.published), default=None
        )
        # A record that was read before is no refusal of today; only what is wrong is told.
        self.outcome.refused = [one for one in found.refused if one.code != "duplicate"]
        return found.articles

    def store_files(self, store: Store) -> None:
        for article in self.try_files():
            named = article if article.outlet else replace(article, outlet=self._source.name)
            self._add(store, named, named.url or f"{named.path}#{named.title.id or named.id}")

    def try_pages(self, fetcher: Fetcher, pages: int) -> None:
        for entry in self._entries(fetcher)[:pages]:
            try:
                self._article(entry, fetcher.fetch(entry.url))
            except InputRefused as error:
                self._refuse(entry, error)

    def store_pages(self, store: Store, fetcher: Fetcher) -> None:
        entries = [entry for entry in self._entries(fetcher) if self._fresh(entry)]
        known = {entry.url: store.validators(entry.url) for entry in entries}

        def fetch(entry: Entry) -> Fetched | InputRefused:
            try:
                return fetcher.fetch(entry.url, known[entry.url])
            except InputRefused as error:
                return error

        hosts = {urlsplit(entry.url).netloc for entry in entries}
        with ThreadPoolExecutor(max_workers=min(WORKERS, max(1, len(hosts)))) as pool:
            for entry, got in zip(entries, pool.map(fetch, entries), strict=True):
                if isinstance(got, InputRefused):
                    self._refuse(entry, got)
                elif got.unchanged:
                    self.outcome.unchanged += 1
                else:
                    self._store_page(store, entry, got)

    def _store_page(self, store: Store, entry: Entry, got: Fetched) -> None:
        try:
            article = self._article(entry, got)
        except InputRefused as error:
            self._refuse(entry, error)
            return
        with store.transaction():
            self._add(store, article, entry.url)
            store.remember(entry.url, got.validators)

    def _add(self, store: Store, article: Article, identity: str) -> None:
        at = self._now.astimezone(UTC).isoformat(timespec="seconds")
        if store.add(article, identity=identity, source=self._source.name, at=at):
            self.outcome.stored += 1

    def _entries(self, fetcher: Fetcher) -> list[Entry]:
        """Read the source's list. It is read whole each time: a changed page need not touch it."""
        try:
            answer = fetcher.fetch(self._source.url or "")
            entries = read_entries(self._source, answer.data, answer.url)
        except InputRefused as error:
            self.outcome.error = error.reason
            raise
        self.outcome.entries = len(entries)
        self.outcome.newest = max(filter(None, (e.published for e in entries)), default=None)
        return entries

    def _fresh(self, entry: Entry) -> bool:
        """Tell whether an entry is worth a fetch: undated, or young enough to be briefed."""
        if entry.published is None:
            return True
        moment = datetime.fromisoformat(entry.published)
        window = max(self._config.daily.since, timedelta(days=1)) + timedelta(days=1)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) >= self._now - window

    def _article(self, entry: Entry, got: Fetched) -> Article:
        """Return the article on a page: by the outlet's own path, trafilatura, or the feed's text.

        Raises `InputRefused` with what the last of them said.
        """
        from briefing.ingest.readers.webpage import fragment_text, page_article  # noqa: PLC0415 - loads lxml

        self.outcome.fetched += 1
        tries: list[RawArticle] = []
        problem = InputRefused("no-article", "the page holds no running text")
        try:
            tries.append(page_article(got.data, got.url, got.url))
        except InputRefused as error:
            problem = error
        if self._source.xpath and tries:
            text = _by_xpath(got.data, self._source.xpath)
            tries[:0] = [replace(tries[0], text=text, is_body=True)] if text else []
        if entry.markup:
            text = fragment_text(entry.markup)
            tries.append(RawArticle(where=got.url, url=got.url, text=text, is_body=True))
        for raw in tries:
            published = _published(raw.published, self._now) or entry.published
            title, outlet = raw.title or entry.title, self._source.name
            whole = replace(raw, outlet=outlet, title=title, published=published)
            try:
                article = make_article(whole, self._config.options)
            except InputRefused as error:
                problem = error
            else:
                self.outcome.extracted += 1
                return article
        raise problem

    def _refuse(self, entry: Entry, error: InputRefused) -> None:
        self.outcome.refused.append(Refusal(path=entry.url, code=error.code, reason=error.reason))


def _published(value: str | None, now: datetime) -> str | None:
    """Return the page's date, a relative one (`13 menit lalu`) resolved against the fetch."""
    if value is None:
        return None
    from briefing.ingest.dates import read_metadata  # noqa: PLC0415 - loads dateparser

    return read_metadata(value, reference=now)[0]


def _by_xpath(data: bytes, xpath: str) -> str | None:
    from lxml import etree  # noqa: PLC0415 - slow to import
    from lxml.html import document_fromstring  # noqa: PLC0415 - as above

    try:
        found = document_fromstring(data).xpath(xpath)
    except (etree.ParserError, etree.XPathError, ValueError):
        return None
    if not isinstance(found, list):
        return None
    blocks = [" ".join(node.text_content().split()) for node in found if hasattr(node, "tag")]
    return "\n\n".join(filter(None, blocks)) or None
