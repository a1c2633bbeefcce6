"""HTML pages: trafilatura finds the article, and a fallback steps in where it loses it.

The page is first dumped as lines, block by block, in the order of the document. trafilatura then
says which of the lines are the article. What it leaves out goes into `dropped`, so that nothing is
lost silently; where it leaves out running text that stands among the lines it keeps, or finds next
to nothing, the dump itself is given to the page analysis, which knows the furniture of Indonesian
portals.

Metadata are read from JSON-LD, OpenGraph and `meta` elements, and only as the page states them: no
date is guessed from the text here.
"""

from __future__ import annotations

import html as html_entities
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefing.document import Dropped
from briefing.errors import InputRefused
from briefing.ingest.decode import clean_text, decode_raw
from briefing.ingest.furniture import is_sentence_like
from briefing.ingest.lexicon import word_set
from briefing.ingest.outlets import outlet_key
from briefing.ingest.reader import RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

__all__ = ["HtmlReader", "fragment_text", "page_article"]

_BLOCKS = word_set(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody td tfoot "
    "th thead tr ul video audio iframe"
)
_SILENT = word_set(
    "script style noscript template svg math head title object embed select button input textarea canvas map "
    "datalist"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.IGNORECASE
)
_CAPTION_CLASS = re.compile(
    r"caption|photo[_-]?(?:desc|credit|source)|pic[_-]?(?:desc|source)|keterangan[_-]?(?:foto|gambar)",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_SPACE = re.compile(r"\s+")
_HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "##### ", "h6": "###### "}
_MAX_ELEMENTS = 30_000  # a news page has some thousands; trafilatura's time grows with their square
_ROW = 300  # characters in a table row; a cell that holds an article has more
_MAX_JSON = 500_000


class HtmlReader:
    """A saved web page."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, data: bytes, where: str) -> Iterator[RawArticle]:
        """Yield the one article."""
        yield page_article(data, where)


@dataclass(slots=True)
class _Dump:
    """A page as lines: text, element, and whether it is a caption."""

    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Meta:
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    body: str | None = None


def page_article(data: bytes, where: str, url: str | None = None) -> RawArticle:
    """Return the article on an HTML page.

    Args:
        data: The page's bytes, in any encoding.
        where: A name for messages.
        url: The address that the page was fetched from, in place of the one it states.

    Raises:
        InputRefused: `empty`, `binary`, or `no-article` where the page has no elements.
    """
    from lxml import etree  # noqa: PLC0415 - slow to import
    from lxml.html import document_fromstring  # noqa: PLC0415 - as above

    # lxml takes no text that declares an encoding, as XHTML pages do.
    text = _XML_DECLARATION.sub("", _decode_page(data))
    try:
        tree = document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputRefused("no-article", f"the page cannot be parsed: {error}") from error
    meta = _metadata(tree)
    dump = _dump(tree)
    huge = sum(1 for _ in tree.iter()) > _MAX_ELEMENTS
    kept = None if huge else _main_lines(text, dump)
    lines = dump.lines
    dropped: tuple[Dropped, ...] = ()
    if kept is not None:
        dropped = tuple(
            Dropped(clean_text(line.lstrip("# ")), "boilerplate", number)
            for number, line in enumerate(lines, start=1)
            if line and number - 1 not in kept
        )
        # Blank lines keep the numbers those of the dump.
        lines = [line if number in kept else "" for number, line in enumerate(lines)]
    return RawArticle(
        where=where,
        text=clean_text("\n".join(lines)),
        title=meta.title,
        outlet=meta.outlet,
        byline=meta.byline,
        published=meta.published,
        url=url or meta.url,
        captions=tuple(dict.fromkeys(clean_text(caption) for caption in dump.captions)),
        dropped=dropped,
    )


def fragment_text(markup: str) -> str:
    """Return the text of a piece of HTML, such as a record's content field, a line per block."""
    from lxml import etree  # noqa: PLC0415 - slow to import
    from lxml.html import document_fromstring  # noqa: PLC0415 - as above

    try:
        tree = document_fromstring(f"<body>{markup}</body>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return markup
    dump = _dump(tree)
    return "\n".join([*(f"Foto: {caption}" for caption in dump.captions), *dump.lines])


def _decode_page(data: bytes) -> str:
    """Decode by the byte-order mark or UTF-8, else by what the page declares, else by its bytes."""
    declared = _CHARSET.search(data[:4_096])
    if declared is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                # Browsers read every Latin-1 page as Windows-1252 (WHATWG Encoding, 4.2).
                name = declared.group(1).decode("ascii").lower()
                name = "cp1252" if name in {"iso-8859-1", "latin1", "us-ascii", "ascii"} else name
                if name != "utf-8":
                    return data.decode(name, errors="replace")
            except LookupError:
                pass
    return decode_raw(data)


# --- the page as lines ---------------------------------------------------------------------------


def _dump(tree: HtmlElement) -> _Dump:
    """Turn the document into lines, one per block, without what a browser does not show."""
    dump = _Dump()
    body = tree.find("body")
    buffer: list[str] = []
    prefix = ""

    def flush() -> None:
        nonlocal prefix
        line = _SPACE.sub(" ", "".join(buffer)).strip()
        buffer.clear()
        if line:
            dump.lines.append(prefix + line)
        prefix = ""

    rows: set[HtmlElement] = (
        set()
    )  # of figures; asked once a row, for lxml counts children one by one
    # An explicit stack: pages nest deeper than the interpreter's.
    stack: list[tuple[HtmlElement, bool]] = [(body if body is not None else tree, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if leaving:
            cell = tag in {"td", "th"} and element.getparent() in rows
            if tag in _BLOCKS and not cell:
                flush()
            buffer.append(element.tail or "")
            continue
        if not tag or tag in _SILENT or _is_hidden(element):
            buffer.append(element.tail or "")
            continue
        if tag == "figcaption" or (tag in {"p", "div", "span"} and _is_caption_element(element)):
            flush()
            caption = _SPACE.sub(" ", " ".join(element.itertext())).strip()
            if caption:
                dump.captions.append(caption)
            buffer.append(element.tail or "")
            continue
        if tag == "tr" and _is_data_row(element):
            rows.add(element)
        if tag in {"td", "th"} and element.getparent() in rows:
            buffer.append(" | " if "".join(buffer).strip() else "")
        elif tag in _BLOCKS:
            flush()
            prefix = _HEADINGS.get(tag, prefix)
        buffer.append(element.text or "")
        stack.append((element, True))
        stack += [(child, False) for child in reversed(element)]
    flush()
    return dump


def _is_data_row(row: HtmlElement) -> bool:
    """Tell whether a table row holds figures rather than the layout of a page."""
    if not 2 <= len(row) <= 30:
        return False
    if any(child.tag in _BLOCKS for cell in row for child in cell):
        return False
    return sum(len(text) for text in row.itertext()) <= _ROW


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _is_caption_element(element: HtmlElement) -> bool:
    if not _CAPTION_CLASS.search(element.get("class") or ""):
        return False
    text = " ".join(element.itertext())
    return 0 < len(text) <= 600


def _main_lines(text: str, dump: _Dump) -> set[int] | None:
    """Return the indexes of the lines that are the article, `None` where the whole page is better.

    The range is from the first to the last line that trafilatura keeps; inside it, lines of
    running text and headings stay even where trafilatura drops them, and the page analysis decides.
    """
    from trafilatura import extract  # noqa: PLC0415 - slow to import

    extracted = extract(
        text, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    if not extracted:
        return None
    found = {outlet_key(line) for line in extracted.split("\n")}
    whole = outlet_key(extracted)
    keys = [outlet_key(line.lstrip("# ")) for line in dump.lines]
    hits = {
        index
        for index, key in enumerate(keys)
        if key and (key in found or (len(key) > 40 and key in whole))
    }
    if not hits:
        return None
    kept = set(range(min(hits), max(hits) + 1))
    prose = sum(len(line) for line in dump.lines if is_sentence_like(line))
    inside = sum(len(dump.lines[index]) for index in kept if is_sentence_like(dump.lines[index]))
    # Half of the running text outside: the extractor took a box for the article.
    if inside < 0.5 * prose or inside < 200:
        return None
    return kept


# --- metadata ------------------------------------------------------------------------------------

_META_TITLE = ("og:title", "twitter:title", "title", "dc.title")
_META_OUTLET = ("og:site_name", "application-name", "publisher", "dc.publisher")
_META_DATE = (
    *(
        "article:published_time",
        "og:published_time",
        "datepublished",
        "publishdate",
        "publish_date",
    ),
    *("publish-date", "pubdate", "content_publishdate", "content_publisheddate", "dtk:publishdate"),
    *(
        "article.published",
        "published",
        "dc.date.issued",
        "dc.date",
        "date",
        "cxenseparse:recs:publishtime",
    ),
)
_META_AUTHOR = ("author", "article:author", "content_author", "dc.creator", "dtk:author", "byl")
_ARTICLE_TYPES = frozenset(
    (
        "newsarticle",
        "article",
        "reportagenewsarticle",
        "blogposting",
        "analysisnewsarticle",
        "opinionnewsarticle",
    )
)


def _metadata(tree: HtmlElement) -> _Meta:
    linked = _linked_data(tree)
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = _one_line(element.get("content"))
        if name and content:
            named.setdefault(name.strip().lower(), content)

    def first(names: Sequence[str]) -> str | None:
        return next((named[name] for name in names if name in named), None)

    titles = tree.xpath("//head/title/text()") or tree.xpath("//title/text()")
    author = linked.byline or first(_META_AUTHOR)
    return _Meta(
        title=linked.title or first(_META_TITLE) or (_one_line(titles[0]) if titles else None),
        outlet=first(_META_OUTLET[:1]) or linked.outlet or first(_META_OUTLET[1:]),
        byline=None if author and author.startswith(("http://", "https://")) else author,
        published=linked.published or first(_META_DATE) or _time_element(tree),
        url=_canonical(tree, named) or linked.url,
    )


def _linked_data(tree: HtmlElement) -> _Meta:
    """Read the first article in the page's JSON-LD."""
    meta = _Meta()
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        text = (script.text or "")[:_MAX_JSON]
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            if not _is_article(node):
                continue
            meta.title = _one_line(node.get("headline")) or _one_line(node.get("name"))
            meta.published = _one_line(node.get("datePublished"))
            meta.byline = _persons(node.get("author"))
            meta.outlet = _names(node.get("publisher"))
            url = _one_line(node.get("url"))
            meta.url = url if url and url.startswith(("http://", "https://")) else None
            return meta
    return meta


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    queue = [value]
    for _ in range(500):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, dict):
            yield item
            queue += [item[key] for key in ("@graph", "mainEntity", "hasPart") if key in item]
        elif isinstance(item, list):
            queue += item[:100]


def _is_article(node: dict[str, Any]) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and one.lower() in _ARTICLE_TYPES for one in kinds)


def _names(value: Any) -> str | None:
    """Return the names in a JSON-LD author or publisher: a string, an object, or a list of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_names(one) for one in value[:10]))) or None
    if isinstance(value, dict):
        return _one_line(value.get("name"))
    return _one_line(value)


def _persons(value: Any) -> str | None:
    """Return the names of the authors that are persons; newsrooms sign as organisations too."""
    values = value if isinstance(value, list) else [value]
    kept = [
        one for one in values if not (isinstance(one, dict) and one.get("@type") == "Organization")
    ]
    return _names(kept)


def _one_line(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return _SPACE.sub(" ", clean_text(html_entities.unescape(value[:2_000]))).strip() or None


def _time_element(tree: HtmlElement) -> str | None:
    """Return the date of the first `time` element inside the article, if it has a year in it."""
    for element in tree.xpath("//article//time[@datetime] | //*[@itemprop='datePublished']"):
        stamp = _one_line(element.get("datetime") or element.get("content"))
        if stamp and re.search(r"\b(?:19|20)\d\d\b", stamp):
            return stamp
    return None


def _canonical(tree: HtmlElement, named: dict[str, str]) -> str | None:
    links = tree.xpath("//link[@rel='canonical']/@href")
    for url in [*links, named.get("og:url")]:
        if url and str(url).startswith(("http://", "https://")):
            return str(url).strip()[:2_000]
    return None
