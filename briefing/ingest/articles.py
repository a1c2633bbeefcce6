"""The ingest stage: from input arguments to articles, sentence by sentence.

One file is in memory at a time; what stays is the text of the articles that were accepted.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.document import Article, Bilingual, InputFile, Refusal, Sentence
from briefing.errors import InputRefused, UsageError
from briefing.ingest.decode import clean_text
from briefing.ingest.index import is_index
from briefing.ingest.inputs import STDIN, Source, expand, read_source
from briefing.ingest.language import guess_language
from briefing.ingest.page import Page, analyse
from briefing.ingest.reader import BadRecord, RawArticle
from briefing.ingest.readers import RECORD_SUFFIXES, reader_for, sniff
from briefing.ingest.segment import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.options import Options
    from briefing.progress import Progress

__all__ = ["Ingested", "Input", "article_id", "make_article", "read_articles"]

Input = str | Path | RawArticle | Article | Mapping[str, Any]
"""A path, folder, pattern or `-`; or an article in hand."""

MIN_WORDS = 20
"""The shortest article, in words of running text. The shortest news item met has 27."""

PAGE_SHARE = 4
"""How many times the characters of its article a page may have: menus, comments, other reports."""

RECORDS = 10
"""How many times the bytes of a page a file of records may have."""

_CREDIT = re.compile(
    r"\s*[(\[][^()\[\]]{2,120}[)\]]\.?$"
    r"|\s(?:ANTARA FOTO|ANTARA|AFP PHOTO|AFP|AP PHOTO|AP|REUTERS|EPA|Xinhua|TEMPO)/[\w .,/'@-]{2,80}\.?$"
)
_KEY_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Ingested:
    """What the inputs gave: the articles in input order, what was refused, the files read."""

    articles: tuple[Article, ...]
    refused: tuple[Refusal, ...]
    files: tuple[InputFile, ...]


def read_articles(
    inputs: Input | Iterable[Input], options: Options, progress: Progress | None = None
) -> Ingested:
    """Read every input and take its pages apart.

    Args:
        inputs: Files, folders, glob patterns, `-` for standard input, or articles in hand
            (`RawArticle`, `Article`, or a mapping with the columns of news-watch); one or many.
        options: `max_file_bytes` and `max_article_chars` bound what is read.
        progress: Told of each file; silent where it is `None`.

    Returns:
        The articles with their sentences segmented and not yet translated; every input that is not
        among them is refused with its reason, once.

    Raises:
        UsageError: An input is none of the kinds above.
    """
    collector = _Collector(options)
    sources = list(_sources(inputs))
    if progress is not None:
        progress.start("read", len(sources))
    for source in sources:
        collector.add(source)
        if progress is not None:
            progress.advance()
    return collector.result()


def make_article(raw: RawArticle, options: Options, *, path: str | None = None) -> Article:
    """Return the article on one page, checked and segmented.

    `path` is the file or record that it came from; its name may carry a date.

    Raises:
        InputRefused: `too-large`, `empty`, `no-article` or `language`.
    """
    if not raw.text.strip():
        raise InputRefused("empty", "the article has no text")
    if len(raw.text) > PAGE_SHARE * options.max_article_chars:
        raise _too_large(len(raw.text), options)
    # Folders are named for the day of a download, so only the file's own name counts.
    names = filter(None, (raw.url, Path(path).name if path else None))
    page = analyse(raw, path=" ".join(names) or None)
    body = [block.text for block in page.blocks if block.kind == "text"]
    size = sum(len(text) for text in body)
    if size > options.max_article_chars:
        raise _too_large(size, options)
    if sum(len(text.split()) for text in body) < MIN_WORDS:
        raise InputRefused("no-article", "the page holds no running text")
    if is_index(page):
        raise InputRefused("no-article", "the page lists several reports and holds none")
    guess = guess_language(body)
    if not guess.indonesian:
        shown = f"{guess.language}, not Indonesian" if guess.language else "not Indonesian"
        raise InputRefused("language", f"the text is {shown}")
    return _build(raw, page, path)


def _too_large(size: int, options: Options) -> InputRefused:
    return InputRefused(
        "too-large",
        f"{size:,} characters of text, and max_article_chars is {options.max_article_chars:,}",
    )


def _build(raw: RawArticle, page: Page, path: str | None) -> Article:
    sentences: list[Sentence] = []
    for number, block in enumerate(page.blocks, start=1):
        heading = block.kind == "heading"
        for part in [block.text] if heading else split_sentences(block.text):
            sentences.append(
                Sentence(
                    id=f"s{len(sentences) + 1}",
                    paragraph=number,
                    source=part,
                    kind="heading" if heading else "text",
                )
            )
    captions = [part for block in page.captions for part in _caption_parts(block.text)]
    return Article(
        id=article_id(page.title, page.outlet, [block.text for block in page.blocks]),
        sentences=tuple(sentences),
        captions=tuple(
            Sentence(id=f"c{number}", paragraph=0, source=part, kind="caption")
            for number, part in enumerate(captions, start=1)
        ),
        title=Bilingual(id=page.title),
        path=path,
        url=raw.url,
        outlet=page.outlet,
        byline=page.byline,
        place=page.place,
        published=page.published.date,
        published_from=page.published.source,
        published_note=page.published.note,
        wires=page.wires,
        dropped=page.dropped,
    )


def _caption_parts(text: str) -> list[str]:
    """Split a caption into sentences; the credit in brackets stays with the last."""
    credit = _CREDIT.search(text)
    if credit is None or not text[: credit.start()].strip():
        return split_sentences(text)
    parts = split_sentences(text[: credit.start()])
    return [*parts[:-1], f"{parts[-1]} {credit.group().strip()}"]


def article_id(title: str | None, outlet: str | None, body: Iterable[str]) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of the normalised content.

    Letter case, punctuation and white space do not count, so that one article in two formats has
    one id.
    """
    content = "\n".join(_plain(part) for part in (title or "", outlet or "", " ".join(body)))
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _plain(text: str) -> str:
    return _KEY_NOISE.sub(" ", unicodedata.normalize("NFC", text.casefold())).strip()


def _sources(
    inputs: Input | Iterable[Input],
) -> Iterator[Source | RawArticle | Article | BadRecord]:
    """Yield files and articles in hand; a file that several arguments name comes once."""
    given = [inputs] if isinstance(inputs, str | Path | RawArticle | Article | Mapping) else inputs
    seen: set[str] = set()
    for number, item in enumerate(given, start=1):
        if isinstance(item, str | Path):
            for source in expand([item]):
                if source.key not in seen:
                    seen.add(source.key)
                    yield source
        elif isinstance(item, RawArticle | Article):
            yield item
        elif isinstance(item, Mapping):
            yield _from_mapping(item, f"article {number}")
        else:
            raise UsageError(
                f"cannot read an article from {type(item).__name__}; give paths, RawArticle, "
                "Article, or mappings with the columns of news-watch"
            )


def _from_mapping(record: Mapping[str, Any], where: str) -> RawArticle | BadRecord:
    from briefing.ingest.readers.records import record_to_article  # noqa: PLC0415 - only for these

    try:
        return record_to_article(record, where)
    except InputRefused as error:
        return BadRecord(where, error)


class _Collector:
    """Gathers articles and refusals, and recognises what it has had before."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._articles: list[Article] = []
        self._refused: list[Refusal] = []
        self._files: list[InputFile] = []
        self._by_hash: dict[str, str] = {}
        self._by_body: dict[str, list[tuple[str | None, str]]] = {}

    def result(self) -> Ingested:
        return Ingested(tuple(self._articles), tuple(self._refused), tuple(self._files))

    def add(self, source: Source | RawArticle | Article | BadRecord) -> None:
        if isinstance(source, Source):
            try:
                self._add_file(source)
            except InputRefused as error:
                self._refuse(source.path, error)
        elif isinstance(source, BadRecord):
            self._refuse(source.where, source.error)
        elif isinstance(source, Article):
            self._keep(source, source.label)
        else:
            self._add_page(_cleaned(source), None)

    def _refuse(self, where: str, error: InputRefused) -> None:
        self._refused.append(Refusal(path=where, code=error.code, reason=error.reason))

    def _add_file(self, source: Source) -> None:
        if source.refusal is None and source.path != STDIN:
            reader_for(source.suffix)  # a file that no reader takes is not even opened
        data, digest = read_source(source, self._limit(source))
        self._files.append(InputFile(source.path, digest))
        self._once(data, digest, source.path)
        reader = reader_for(source.suffix if source.path != STDIN else sniff(data))
        for record in reader.read(data, source.path):
            if isinstance(record, BadRecord):
                self._refuse(record.where, record.error)
            else:
                self._add_page(record, record.where if source.path != STDIN else None)

    def _limit(self, source: Source) -> int:
        """Return the most bytes that a file of this kind may have."""
        most = self._options.max_file_bytes
        if source.suffix in RECORD_SUFFIXES:
            return RECORDS * most
        if source.suffix in {".txt", ".text", ".md", ".markdown"}:
            # No character takes more than four bytes, so what is longer need not be decoded.
            return min(most, 4 * PAGE_SHARE * self._options.max_article_chars)
        return most

    def _once(self, data: bytes, digest: str, path: str) -> None:
        if digest in self._by_hash and data.strip():
            raise InputRefused("duplicate", f"the same file as {self._by_hash[digest]}")
        self._by_hash.setdefault(digest, path)

    def _add_page(self, raw: RawArticle, path: str | None) -> None:
        try:
            self._keep(make_article(raw, self._options, path=path), raw.where)
        except InputRefused as error:
            self._refuse(raw.where, error)

    def _keep(self, article: Article, where: str) -> None:
        """Take an article unless it was taken before.

        The same text under another outlet's name is a reprint, which is news in itself; with the
        same outlet, or where one of the two does not say, it is the same article.
        """
        text = _plain(" ".join(sentence.source for sentence in article.sentences))
        key = hashlib.sha256(text.encode()).hexdigest()
        for outlet, first in self._by_body.get(key, ()):
            if outlet is None or article.outlet is None or outlet == article.outlet:
                self._refuse(where, InputRefused("duplicate", f"the same article as {first}"))
                return
        self._by_body.setdefault(key, []).append((article.outlet, where))
        self._articles.append(article)


def _cleaned(raw: RawArticle) -> RawArticle:
    """Clean an article that came from a caller, as the readers do with files."""
    return replace(
        raw,
        text=clean_text(raw.text),
        title=clean_text(raw.title) if raw.title else None,
        outlet=clean_text(raw.outlet) if raw.outlet else None,
        byline=clean_text(raw.byline) if raw.byline else None,
        captions=tuple(clean_text(text) for text in raw.captions),
    )
