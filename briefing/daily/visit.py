"""One source in one run: what it lists, which of it is wanted, and the articles in its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from briefing.daily.feeds import Entry, identity_of, read_entries
from briefing.daily.outcomes import Outcome
from briefing.document import Refusal
from briefing.errors import InputRefused
from briefing.ingest import RawArticle, make_article, read_articles

if TYPE_CHECKING:
    from briefing.daily.config import DailyConfig, Source
    from briefing.daily.fetching import Fetched, Validators
    from briefing.daily.store import Store
    from briefing.document import Article

__all__ = ["Visit"]


class Visit:
    """One source in one run; without a `store` it only looks.

    `open` counts the pages that are still to come. What goes wrong is in `outcome`, and in the
    edition of the day `label`.
    """

    def __init__(
        self,
        source: Source,
        config: DailyConfig,
        now: datetime,
        *,
        store: Store | None = None,
        label: str = "",
        since: timedelta | None = None,
    ) -> None:
        self.source = source
        self.outcome = Outcome(source.name, source.kind, source.place)
        self.open = 0
        self._config = config
        self._now = now
        self._opened = store
        self._label = label
        settings = config.daily
        reach = since or settings.since
        if store is not None and store.is_known_source(source.place):
            reach = max(reach, settings.late)
        self._horizon = now - reach
        self._accepted: list[str] = []

    @property
    def _store(self) -> Store:
        if self._opened is None:
            raise AssertionError("a visit without a store stores nothing")
        return self._opened

    # Files ---------------------------------------------------------------------------------------

    def try_files(self) -> tuple[Article, ...]:
        """Read the files of a source and return the articles in them."""
        found = read_articles([str(self.source.path)], self._config.options)
        self.outcome.entries = len(found.articles) + len(found.refused)
        self.outcome.extracted = len(found.articles)
        self.outcome.newest = max(
            (a.published for a in found.articles if a.published), default=None
        )
        # A record that stands twice is no loss; only what is wrong is told.
        refused = [one for one in found.refused if one.code != "duplicate"]
        whole = next((one for one in refused if one.path == self.source.place), None)
        if whole is not None and not found.articles:
            self.outcome.error = whole.reason
            refused.remove(whole)
        self.outcome.refused = refused
        return found.articles

    def read_files(self) -> None:
        """Store the articles in the files of a source; what was stored before is no new article."""
        articles = self.try_files()
        paths = [article.path for article in articles]
        for article in articles:
            named = article if article.outlet else replace(article, outlet=self.source.name)
            alone = article.path is not None and paths.count(article.path) == 1
            record = named.path if alone else f"{named.path}#{named.title.id or named.id}"
            identity = identity_of(named.url) if named.url else str(record)
            self._add(named, identity)
        self.close()

    # Pages ---------------------------------------------------------------------------------------

    def list_validators(self) -> Validators | None:
        """Return what the source's list gave to ask again with."""
        known = self._store.known_list(self.source.place)
        return known[0] if known else None

    def entries(self, got: Fetched | InputRefused) -> list[Entry]:
        """Return what the source's list offers, newest first; raises what made it unusable."""
        try:
            if isinstance(got, InputRefused):
                raise got
            data = got.data
            if got.unchanged and self._opened is not None:
                known = self._opened.known_list(self.source.place)
                data = known[1] if known else b""
            entries = self._read(data, got.url)
        except InputRefused as error:
            self.outcome.error = error.reason
            raise
        if self._opened is not None and not got.unchanged:
            self._opened.remember_list(self.source.place, got.validators, data)
        self.outcome.entries = len(entries)
        self.outcome.newest = max(filter(None, (e.published for e in entries)), default=None)
        return entries

    def _read(self, data: bytes, base: str) -> list[Entry]:
        try:
            return read_entries(self.source, data, base)
        except InputRefused:
            raise
        except Exception as error:
            reason = f"cannot be read: {type(error).__name__}: {error}"[:300]
            raise InputRefused("broken", reason) from error

    def wanted(self, entries: list[Entry]) -> list[Entry]:
        """Return the entries that are worth a request: not too old, and at most `limit` of them.

        Those that the store does not have come first, so that what is left over is what was there
        yesterday, or comes next time.
        """
        fresh = [entry for entry in entries if self._is_fresh(entry.published)]
        self.outcome.old += len(entries) - len(fresh)
        fresh.sort(key=lambda entry: self._store.outlet_of(identity_of(entry.url)) is not None)
        kept, left = fresh[: self.source.limit], fresh[self.source.limit :]
        unknown = [e for e in left if self._store.outlet_of(identity_of(e.url)) is None]
        self.outcome.left = len(unknown)
        return kept

    def take(self, entry: Entry, got: Fetched | InputRefused) -> None:
        """Store the article on a page, or note why there is none."""
        if isinstance(got, InputRefused):
            self._refuse(entry, got)
            return
        self._accepted.append(entry.url)
        if got.unchanged:
            self.outcome.unchanged += 1
            return
        identity = identity_of(entry.url)
        outlet = self._store.outlet_of(identity) or self.source.name
        try:
            article = self._article(entry, got, outlet)
        except InputRefused as error:
            self._accepted.pop()
            self._refuse(entry, error)
            return
        with self._store.transaction():
            self._add(article, identity)
            self._store.remember(entry.url, got.validators)

    def try_page(self, entry: Entry, got: Fetched | InputRefused) -> None:
        """Take a page apart without storing it."""
        try:
            if isinstance(got, InputRefused):
                raise got
            self._article(entry, got, self.source.name)
        except InputRefused as error:
            self._refuse(entry, error)

    def close(self) -> None:
        """Note in the store that the source was read and what it refused."""
        outcome, store = self.outcome, self._store
        refused = list(outcome.refused)
        if outcome.error:
            refused.append(Refusal(path=outcome.place, code="missing", reason=outcome.error))
        if outcome.left:
            limit = self.source.limit
            reason = f"{outcome.left} entries over limit = {limit} are left for the next run"
            refused.append(Refusal(path=outcome.place, code="missing", reason=reason))
        with store.transaction():
            for url in (*self._accepted, *(() if outcome.error else (outcome.place,))):
                store.accept(self._label, url)
            store.refuse(self._label, refused)
            if not outcome.error:
                store.know_source(self.source.place, _utc(self._now))
        outcome.refused.sort(key=lambda one: one.path)

    # Articles ------------------------------------------------------------------------------------

    def _add(self, article: Article, identity: str) -> None:
        store, zone = self._store, self._config.daily.zone
        published = _local(article.published, self._config)
        fresh = self._is_fresh(published) or store.is_briefed(identity)
        moment = _moment(published, self._config)
        added = store.add(
            replace(article, published=published),
            identity=identity,
            source=self.source.name,
            at=_utc(self._now),
            day=moment.astimezone(zone).date().isoformat() if moment else None,
            waiting=fresh,
        )
        if added and fresh:
            self.outcome.stored += 1
        elif added:
            self.outcome.old += 1

    def _is_fresh(self, published: str | None) -> bool:
        """Tell whether something is young enough to be briefed; what has no date is."""
        moment = _moment(published, self._config)
        return moment is None or moment >= self._horizon

    def _article(self, entry: Entry, got: Fetched, outlet: str) -> Article:
        """Return the article on a page: by the outlet's own path, trafilatura, or the feed's text.

        Raises `InputRefused` with what the last of them said.
        """
        self.outcome.fetched += 1
        problem = InputRefused("no-article", "the page holds no running text")
        try:
            tries = self._tries(entry, got)
        except InputRefused as error:
            tries, problem = self._feed_text(entry, got), error
        for raw in tries:
            published, note = _resolved(raw.published, self._now)
            published = published or _local(entry.published, self._config)
            title = raw.title or entry.title
            whole = replace(raw, outlet=outlet, title=title, published=published)
            try:
                article = _guarded(whole, self._config)
            except InputRefused as error:
                problem = error
            else:
                self.outcome.extracted += 1
                return replace(article, published_note=article.published_note or note)
        raise problem

    def _tries(self, entry: Entry, got: Fetched) -> list[RawArticle]:
        from briefing.ingest.readers.webpage import page_article  # noqa: PLC0415 - loads lxml

        try:
            page = page_article(got.data, got.url, got.url)
        except InputRefused:
            raise
        except Exception as error:
            reason = f"the page cannot be read: {type(error).__name__}"
            raise InputRefused("broken", reason) from error
        tries = [page]
        if self.source.xpath:
            text = _by_xpath(got.data, self.source.xpath)
            tries[:0] = [replace(page, text=text, is_body=True)] if text else []
        return [*tries, *self._feed_text(entry, got)]

    def _feed_text(self, entry: Entry, got: Fetched) -> list[RawArticle]:
        from briefing.ingest.readers.webpage import fragment_text  # noqa: PLC0415 - loads lxml

        if not entry.markup:
            return []
        text = fragment_text(entry.markup)
        return [RawArticle(where=got.url, url=got.url, text=text, is_body=True)]

    def _refuse(self, entry: Entry, error: InputRefused) -> None:
        self.outcome.refused.append(Refusal(path=entry.url, code=error.code, reason=error.reason))


def _guarded(raw: RawArticle, config: DailyConfig) -> Article:
    try:
        return make_article(raw, config.options)
    except InputRefused:
        raise
    except Exception as error:
        reason = f"the article cannot be read: {type(error).__name__}"
        raise InputRefused("broken", reason) from error


def _resolved(value: str | None, now: datetime) -> tuple[str | None, str | None]:
    """Return the page's date and a note; a relative one (`13 menit lalu`) counts from the fetch."""
    if value is None:
        return None, None
    from briefing.ingest.dates import read_metadata  # noqa: PLC0415 - loads dateparser

    return read_metadata(value, reference=now)


def _local(published: str | None, config: DailyConfig) -> str | None:
    """Return a time in the zone of the configuration: 23:30 in UTC is the next day in Jakarta."""
    if published is None or "T" not in published:
        return published
    try:
        moment = datetime.fromisoformat(published)
        return moment.astimezone(config.daily.zone).isoformat() if moment.tzinfo else published
    except (ValueError, OverflowError):
        return published


def _moment(published: str | None, config: DailyConfig) -> datetime | None:
    """Return when something was published at the latest; a day without a time lasts to its end."""
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    if "T" not in published:
        moment = datetime.combine(moment.date(), time(23, 59, 59))
    return moment if moment.tzinfo else moment.replace(tzinfo=config.daily.zone)


def _by_xpath(data: bytes, xpath: str) -> str | None:
    """Return the text that an XPath points at, a line per block; `None` where there is none."""
    from lxml import etree  # noqa: PLC0415 - slow to import
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415 - as above

    from briefing.ingest.decode import decode  # noqa: PLC0415 - with the rest
    from briefing.ingest.readers.webpage import fragment_text  # noqa: PLC0415 - loads lxml

    try:
        parser = HTMLParser(encoding="utf-8")
        found = document_fromstring(decode(data).encode(), parser=parser).xpath(xpath)
    except (etree.LxmlError, InputRefused, ValueError):
        return None
    if not isinstance(found, list):
        found = [found]
    blocks = [
        fragment_text(etree.tostring(node, encoding="unicode", with_tail=False))
        if hasattr(node, "tag")
        else str(node)
        for node in found
    ]
    return "\n\n".join(block.strip() for block in blocks if block.strip()) or None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
