"""Plain text and Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.ingest.decode import clean_text, decode
from briefing.ingest.reader import RawArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MarkdownReader", "TextReader"]


_PAGE = re.compile(
    r"\s*(?:<!doctype html|<html|<\?xml[^>]{0,200}\?>\s*<(?:!doctype )?html)", re.IGNORECASE
)
_TAG = re.compile(r"<(?:p|br|div|h[1-6]|strong|/p|/div)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_TAGS = 3  # one may be what the article is about


class TextReader:
    """A page copied or dumped as text: one article a file."""

    suffixes: tuple[str, ...] = (".txt", ".text")

    def read(self, data: bytes, where: str) -> Iterator[RawArticle]:
        """Yield the one page; a saved web page under the wrong name is read as what it is."""
        text = decode(data)
        if _PAGE.match(text):
            from briefing.ingest.readers.webpage import page_article  # noqa: PLC0415 - lxml is slow to import

            yield page_article(data, where)
            return
        if len(_TAG.findall(text[:20_000])) >= _TAGS:
            from briefing.ingest.readers.webpage import fragment_text  # noqa: PLC0415 - as above

            text = clean_text(fragment_text(text))
        yield RawArticle(where=where, text=text)


_FRONT = re.compile(r"\A---[ ]*\n(?P<yaml>.{0,8000}?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_ ]{2,30}):[ ]*(?P<value>.*)$")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]\n]{0,300})\]\([^)\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(
    r"(?<!!)\[(?P<text>[^\]\n]{1,500})\]\([^)\s]{0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)"
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000})(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]{1,1000})(?<=\S)\1(?![\w*_])")
_QUOTE = re.compile(r"^(?:>[ ]?)+")
_SETEXT = re.compile(r"^(?:=|-){3,}[ ]*$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")


class MarkdownReader:
    """Markdown with or without front matter: the marks go, the wording stays."""

    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, data: bytes, where: str) -> Iterator[RawArticle]:
        """Yield the one page; `title`, `date`, `author` and `url` of the front matter are used."""
        text = decode(data)
        fields: dict[str, str] = {}
        front = _FRONT.match(text)
        if front is not None:
            fields = _front_matter(front["yaml"])
            # Blank lines keep the line numbers those of the file.
            text = "\n" * front.group().count("\n") + text[front.end() :]
        yield RawArticle(
            where=where,
            text=_plain(text),
            title=fields.get("title") or fields.get("judul"),
            outlet=fields.get("outlet") or fields.get("source") or fields.get("media"),
            byline=fields.get("author") or fields.get("byline") or fields.get("penulis"),
            published=fields.get("date") or fields.get("published") or fields.get("tanggal"),
            url=fields.get("url") or fields.get("link"),
        )


def _front_matter(block: str) -> dict[str, str]:
    """Read the flat `key: value` lines of front matter; nested values are nobody's metadata."""
    fields = {}
    for line in block.split("\n"):
        match = _FIELD.match(line)
        if match is not None:
            fields[match["key"].strip().lower()] = match["value"].strip().strip("\"'")
    return fields


def _plain(text: str) -> str:
    lines = text.split("\n")
    plain: list[str] = []
    for index, line in enumerate(lines):
        line = _IMAGE.sub(lambda m: f"Foto: {m['alt']}" if m["alt"].strip() else "", line)  # noqa: PLW2901 - a line is rewritten step by step
        line = _LINK.sub(lambda m: m["text"], line)  # noqa: PLW2901 - as above
        line = _QUOTE.sub("", _STRONG.sub(r"\2", line))  # noqa: PLW2901 - as above
        line = _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", line))  # noqa: PLW2901 - as above
        if _SETEXT.match(line) and index and plain[-1].strip():
            plain[-1] = f"{'#' if line.startswith('=') else '##'} {plain[-1]}"
            line = ""  # noqa: PLW2901 - as above
        plain.append(line)
    return "\n".join(plain)
