"""What a source offers today: the entries of a feed, a sitemap or an index page."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from briefing.daily.fetching import gunzip
from briefing.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.daily.config import Source

__all__ = ["Entry", "identity_of", "read_entries"]

_SITEMAP_NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS_NS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_INDONESIAN_ZONE = re.compile(r"\bWI(?:B|TA|T)\b")
_GZIP = b"\x1f\x8b"
_MAX_SITEMAP = 50_000_000  # the limit of the sitemap protocol, uncompressed
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

    Each address stands once. Raises `InputRefused` (`broken`) where the answer is
    not what the source is said to be.
    """
    readers = {"feed": _feed, "sitemap": _sitemap, "page": _links}
    found: dict[str, Entry] = {}
    for entry in readers[source.kind](source, data, base):
        address = _address(base, entry.url)
        if address and address not in found:
            found[address] = Entry(address, entry.title, entry.published, entry.markup)
    return sorted(found.values(), key=lambda entry: entry.published or "", reverse=True)


def identity_of(url: str) -> str:
    """Return the address under which versions of an article are told from other articles.

    Tracking parameters and the fragment do not count: a feed that counts its readers (`utm_source`)
    would give the same article a new address every day.
    """
    from courlan import normalize_url  # noqa: PLC0415 - slow to import

    try:
        return str(normalize_url(url.partition("#")[0]))
    except ValueError:
        return url


def _address(base: str, link: str) -> str | None:
    """Return the absolute address without its fragment, `None` where it is not one on the web."""
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return urlunsplit(parts._replace(fragment="")) if usable else None


def _feed(source: Source, data: bytes, base: str) -> Iterator[Entry]:  # noqa: ARG001 - one signature for all readers
    import feedparser  # noqa: PLC0415 - slow to import

    read = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    linked = [entry for entry in read.entries if entry.get("link")]
    if not linked and (read.get("bozo") or not read.get("version")):
        reason = read.get("bozo_exception", "no feed in it")
        raise InputRefused("broken", f"not an RSS or Atom feed: {str(reason)[:200]}")
    for entry in linked:
        link = entry["link"]
        published = _feed_date(entry)
        content = entry.get("content") or []
        markup = max((part.get("value", "") for part in content), key=len, default="") or None
        yield Entry(str(link), entry.get("title"), published, markup)


def _sitemap(source: Source, data: bytes, base: str) -> Iterator[Entry]:  # noqa: ARG001 - as above
    from lxml import etree  # noqa: PLC0415 - slow to import

    if data.startswith(_GZIP):  # sitemap.xml.gz, as the sitemap protocol allows
        data = gunzip(data, _MAX_SITEMAP)
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
        address = _address(base, anchor.get("href") or "")
        if address is None:
            continue
        target = urlsplit(address).hostname or ""
        if not (target == host or target.endswith(f".{host}")) or not wanted.search(address):
            continue
        title = " ".join(str(anchor.text_content()).split())
        yield Entry(address, title or None)


def _feed_date(entry: dict[str, Any]) -> str | None:
    """Return an entry's date; feedparser knows neither `WIB` nor Indonesian names of months."""
    for name in ("published", "updated"):
        # Not `entry.get`: feedparser lets one date stand for the other there, with a warning.
        moment = dict.get(entry, f"{name}_parsed")
        written = str(dict.get(entry, name) or "")
        if moment and not _INDONESIAN_ZONE.search(written):
            return _from_tuple(moment)  # in UTC
        if written:
            from briefing.ingest.dates import read_metadata  # noqa: PLC0415 - loads dateparser

            found, _ = read_metadata(written)
            if found:
                return found
    return None


def _from_tuple(moment: tuple[int, ...]) -> str | None:
    """Return feedparser's time tuple, which is in UTC, as ISO 8601; `None` for the year 0."""
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _utc(value: str | None) -> str | None:
    """Return a W3C date (the form of sitemaps) in UTC, or `None` where it is none."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    except OverflowError:  # the first and the last day that Python knows
        return None
