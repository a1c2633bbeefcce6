"""What a source offers today: the entries of a feed, a sitemap or an index page."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from briefing.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.daily.config import Source

__all__ = ["Entry", "read_entries"]

_SITEMAP_NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS_NS = "{http://www.google.com/schemas/sitemap-news/0.9}"
# Links of an article on an index page: a date or a long number in the path, or a slug of words.
_ARTICLE_PATH = re.compile(r"/\d{4}/\d{2}/|/\d{5,}|/[a-z0-9]+(?:-[a-z0-9]+){3,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the article's address, and what the source itself says of it.

    `published` is ISO 8601. `markup` is the full text where the feed carries it, as HTML.
    """

    url: str
    title: str | None = None
    published: str | None = None
    markup: str | None = None


def read_entries(source: Source, data: bytes, base: str) -> list[Entry]:
    """Return the entries of `data`, the answer of `source` at the address `base`, newest first.

    At most `source.limit`, each address once. Raises `InputRefused` (`broken`) where the answer is
    not what the source is said to be.
    """
    readers = {"feed": _feed, "sitemap": _sitemap, "page": _links}
    found: dict[str, Entry] = {}
    for entry in readers[source.kind](source, data, base):
        address = _clean(urljoin(base, entry.url))
        if address and address not in found:
            found[address] = Entry(address, entry.title, entry.published, entry.markup)
    dated = sorted(found.values(), key=lambda entry: entry.published or "", reverse=True)
    return dated[: source.limit]


def _clean(address: str) -> str | None:
    """Return the address without its fragment, or `None` where it is not one on the web."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return urlunsplit(parts._replace(fragment=""))


def _feed(source: Source, data: bytes, base: str) -> Iterator[Entry]:  # noqa: ARG001 - one signature for all readers
    import feedparser  # noqa: PLC0415 - slow to import

    read = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    linked = [entry for entry in read.entries if entry.get("link")]
    if not linked and (read.bozo or not read.version):
        reason = read.get("bozo_exception", "no feed in it")
        raise InputRefused("broken", f"not an RSS or Atom feed: {str(reason)[:200]}")
    for entry in linked:
        link = entry["link"]
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        # feedparser gives a time tuple in UTC.
        published = datetime.fromtimestamp(timegm(moment), UTC).isoformat() if moment else None
        content = entry.get("content") or []
        markup = max((part.get("value", "") for part in content), key=len, default="") or None
        yield Entry(str(link), entry.get("title"), published, markup)


def _sitemap(source: Source, data: bytes, base: str) -> Iterator[Entry]:  # noqa: ARG001 - as above
    from lxml import etree  # noqa: PLC0415 - slow to import

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputRefused("broken", f"not a sitemap: {error}") from error
    if tree.tag != f"{_SITEMAP_NS}urlset":
        raise InputRefused(
            "broken", "not a sitemap of pages (an index of sitemaps is not followed)"
        )
    for page in tree.iterfind(f"{_SITEMAP_NS}url"):
        link = page.findtext(f"{_SITEMAP_NS}loc")
        if not link:
            continue
        news = page.find(f"{_NEWS_NS}news")
        published = page.findtext(f"{_SITEMAP_NS}lastmod")
        title = None
        if news is not None:
            published = news.findtext(f"{_NEWS_NS}publication_date") or published
            title = news.findtext(f"{_NEWS_NS}title")
        yield Entry(link.strip(), title, _utc(published))


def _links(source: Source, data: bytes, base: str) -> Iterator[Entry]:
    from lxml import etree  # noqa: PLC0415 - slow to import
    from lxml.html import document_fromstring  # noqa: PLC0415 - as above

    try:
        tree = document_fromstring(data)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputRefused("broken", f"not a page: {error}") from error
    wanted = re.compile(source.links) if source.links else _ARTICLE_PATH
    host = (urlsplit(base).hostname or "").removeprefix("www.")
    for anchor in tree.iter("a"):
        address = urljoin(base, (anchor.get("href") or "").strip())
        target = (urlsplit(address).hostname or "") if "://" in address else ""
        if not (target == host or target.endswith(f".{host}")) or not wanted.search(address):
            continue
        title = " ".join(str(anchor.text_content()).split())
        yield Entry(address, title or None)


def _utc(value: str | None) -> str | None:
    """Return a W3C date (the form of sitemaps) in UTC, or `None` where it is none."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
