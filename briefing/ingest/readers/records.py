"""Files of records: JSON, JSON Lines, CSV. One record is one article."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from briefing.errors import InputRefused, choices
from briefing.ingest.decode import clean_text, decode_raw
from briefing.ingest.reader import BadRecord, RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["CsvReader", "JsonLinesReader", "JsonReader", "record_to_article"]

# The columns that news-watch writes come first, then what other scrapers and corpora call them.
_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "judul", "headline", "title_id", "heading", "judul_berita", "news_title"),
    "text": (
        *("content", "body", "text", "isi", "konten", "article", "article_text", "maintext"),
        *("full_text", "fulltext", "content_text", "isi_berita", "artikel", "berita", "teks"),
        *("articlebody", "paragraphs", "news_content", "clean_text", "raw_text", "contents"),
    ),
    "published": (
        *("publish_date", "published", "date", "tanggal", "published_at", "pub_date", "pubdate"),
        *("datepublished", "date_published", "publish_time", "published_date", "publication_date"),
        *("datetime", "waktu", "tanggal_terbit", "tgl", "timestamp", "created_at", "time"),
    ),
    "byline": ("author", "authors", "byline", "penulis", "reporter", "wartawan", "pewarta"),
    "outlet": (
        *("source", "outlet", "media", "sumber", "publisher", "source_name", "site_name", "portal"),
        *("sitename", "site", "newspaper", "news_source", "nama_media"),
    ),
    "url": ("link", "url", "source_url", "tautan", "href", "permalink", "article_url", "canonical"),
    "captions": ("caption", "captions", "keterangan_foto", "image_caption"),
}
_DECK = ("deck", "subtitle", "subjudul", "sub_title")
_LISTS = ("articles", "items", "data", "results", "news", "berita", "records", "docs", "entries")
_KEY = re.compile(r"[^a-z0-9]+")

MAX_DEPTH = 64  # brackets: deeper JSON than any record has, far from the interpreter's stack


def record_to_article(record: Mapping[str, Any], where: str) -> RawArticle:
    """Return the article in one record, whatever its columns are called.

    Raises:
        InputRefused: `broken` where no column holds the text, `empty` where it holds nothing.
    """
    columns = {_normal(str(key)): value for key, value in record.items()}
    text_column = next((name for name in _FIELDS["text"] if _key(name) in columns), None)
    if text_column is None:
        had = choices(sorted(str(key) for key in record)[:12]) or "none"
        raise InputRefused(
            "broken", f"no column with the text ({choices(_FIELDS['text'][:5])}); there are: {had}"
        )
    text = next(
        (shown for name in _FIELDS["text"] if (shown := _text(columns.get(_key(name))))), ""
    )
    if not text.strip():
        raise InputRefused("empty", f"the column {text_column!r} is empty")

    def first(field: str) -> str | None:
        for name in _FIELDS[field]:
            shown = _inline(columns.get(_key(name)))
            if shown:
                return shown
        return None

    outlet = first("outlet")
    url = first("url")
    if _looks_like_html(text):
        from briefing.ingest.readers.webpage import fragment_text  # noqa: PLC0415 - lxml is slow to import

        text = fragment_text(text)
    return RawArticle(
        where=where,
        text=clean_text(text),
        title=first("title"),
        outlet=outlet,
        byline=first("byline"),
        published=first("published"),
        url=url if url and re.match(r"https?://", url) else None,
        captions=tuple(filter(None, [first("captions")])),
        is_body=True,
    )


def _normal(key: str) -> str:
    return _KEY.sub("", key.casefold())


_key = _normal


def _looks_like_html(text: str) -> bool:
    return (
        re.search(r"<(?:p|br|div|strong|a|h[1-6]|span|em|b|figure|img)\b[^<>]{0,300}>", text)
        is not None
    )


def _text(value: object) -> str:
    """Return a field that holds prose; a list is one paragraph per entry."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(filter(None, (_text(part) for part in value[:10_000])))
    if isinstance(value, dict):
        return _text(value.get("text") or value.get("id") or value.get("content") or "")
    return ""


def _inline(value: object) -> str | None:
    """Return a metadata field on one line; lists of names become `A, B`."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, (_inline(part) for part in value[:20]))) or None
    if isinstance(value, dict):
        for key in ("name", "title", "id", "text", "value"):
            shown = _inline(value.get(key))
            if shown:
                return shown
        return None
    if not isinstance(value, str):
        return None
    shown = " ".join(clean_text(value).split())
    return None if shown.casefold() in {"", "none", "null", "nan", "-", "n/a", "unknown"} else shown


class JsonReader:
    """A JSON file: one record, a list of records, or an object with such a list in it."""

    suffixes: tuple[str, ...] = (".json",)

    def read(self, data: bytes, where: str) -> Iterator[RawArticle | BadRecord]:
        """Yield a record per article; records are counted from 1 (`news.json:3`)."""
        text = decode_raw(data)
        try:
            value = _load(text)
        except ValueError as error:
            lines = [line for line in text.split("\n") if line.strip()]
            if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines[:5]):
                yield from _json_lines(text, where)  # JSON Lines under the wrong name
                return
            raise InputRefused("broken", f"not valid JSON: {error}") from error
        records = _records(value)
        if records is None:
            yield (
                record_to_article(value, where)
                if isinstance(value, dict)
                else _reject(where, value)
            )
            return
        if not records:
            raise InputRefused("empty", "the file holds no records")
        for number, record in enumerate(records, start=1):
            yield _one(record, f"{where}:{number}")


class JsonLinesReader:
    """A record per line."""

    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")

    def read(self, data: bytes, where: str) -> Iterator[RawArticle | BadRecord]:
        """Yield a record per line that is not blank; `news.jsonl:14` is line 14."""
        yield from _json_lines(decode_raw(data), where)


def _json_lines(text: str, where: str) -> Iterator[RawArticle | BadRecord]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        name = f"{where}:{number}"
        try:
            record = _load(line)
        except ValueError as error:
            yield BadRecord(name, InputRefused("broken", f"not valid JSON: {error}"))
            continue
        yield _one(record, name)


def _load(text: str) -> Any:
    """Parse JSON; raises `ValueError`, also for nesting that would exhaust the stack."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _reject(where: str, value: object) -> BadRecord:
    return BadRecord(
        where, InputRefused("broken", f"a record is an object, not {type(value).__name__}")
    )


def _one(record: object, where: str) -> RawArticle | BadRecord:
    if not isinstance(record, dict):
        return _reject(where, record)
    try:
        return record_to_article(record, where)
    except InputRefused as error:
        return BadRecord(where, error)


def _records(value: object) -> list[Any] | None:
    """Return the list of records in a JSON value, `None` where it is one record itself."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        keys = {_normal(str(key)) for key in value}
        if keys & {_key(name) for name in _FIELDS["text"] if name not in {"article", "berita"}}:
            return None
        for name in _LISTS:
            found = value.get(name)
            if isinstance(found, list):
                return found
        if len(value) > 1 and all(isinstance(one, dict) for one in value.values()):
            return list(value.values())  # records by id
    return None


class CsvReader:
    """Comma-, semicolon-, tab- or bar-separated values with a header row."""

    suffixes: tuple[str, ...] = (".csv", ".tsv")

    def read(self, data: bytes, where: str) -> Iterator[RawArticle | BadRecord]:
        """Yield a record per row; `news.csv:14` is the line on which the row ends."""
        text = decode_raw(data)
        # A field may be as long as a page; the default limit of 131,072 characters is not enough.
        csv.field_size_limit(max(len(text), 1_000))
        rows = csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text), strict=False)
        header: list[str] | None = None
        while True:
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield BadRecord(
                    f"{where}:{rows.line_num}", InputRefused("broken", f"not valid CSV: {error}")
                )
                continue
            if row is None:
                break
            if not any(cell.strip() for cell in row):
                continue
            if header is None:
                header = _header(row)
                continue
            name = f"{where}:{rows.line_num}"
            if len(row) > len(header):
                yield BadRecord(
                    name,
                    InputRefused("broken", f"{len(row)} fields under {len(header)} columns"),
                )
                continue
            yield _one(dict(zip(header, row, strict=False)), name)
        if header is None:
            raise InputRefused("empty", "the file holds no rows")


def _header(row: list[str]) -> list[str]:
    known = {_key(name) for names in _FIELDS.values() for name in names}
    header = [cell.strip() for cell in row]
    if not any(_key(name) in {_normal(cell) for cell in header} for name in _FIELDS["text"]):
        had = choices(header[:12])
        reason = f"no column with the text ({choices(_FIELDS['text'][:5])}); there are: {had}"
        if not any(_normal(cell) in known for cell in header):
            reason = f"the first row names no known column: {had[:200]}"
        raise InputRefused("broken", reason)
    return header


def _dialect(text: str) -> type[csv.Dialect]:
    """Find the delimiter by the header row: the one that makes the most known columns of it."""
    head = text.lstrip("\n").split("\n", 1)[0]
    known = {_key(name) for names in _FIELDS.values() for name in names}

    def columns(delimiter: str) -> int:
        return sum(_normal(cell.strip(" \"'")) in known for cell in head.split(delimiter))

    class Found(csv.excel):
        delimiter = max((",", ";", "\t", "|"), key=columns)

    return Found
