"""The ingest stage: from input arguments to articles, sentence by sentence.

One file is in memory at a time; what stays is the text of the articles that were accepted.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.document import Article, Bilingual, InputFile, Refusal, Sentence
from briefing.errors import InputRefused, UsageError
from briefing.ingest.decode import clean_text
from briefing.ingest.inputs import STDIN, Source, expand, read_source
from briefing.ingest.language import guess_language
from briefing.ingest.page import Page, analyse
from briefing.ingest.reader import BadRecord, RawArticle
from briefing.ingest.readers import reader_for, sniff
from briefing.ingest.segment import split_sentences

if TYPE_CHECKING:
    from briefing.options import Options
    from briefing.progress import Progress

__all__ = ["Ingested", "Input", "make_article", "read_articles"]

Input = str | Path | RawArticle | Article

_MIN_WORDS = 20  # the shortest news item seen in the house styles has 27 words of body
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
    collected = _Collector(options)
    given = list(_one_or_many(inputs))
    sources: list[Source | Input] = []
    for item in given:
        sources += expand([item]) if isinstance(item, str | Path) else [item]
    if progress is not None:
        progress.start("read", len(sources))
    for source in _once(sources):
        if isinstance(source, Source):
            collected.add_file(source)
        else:
            collected.add_in_hand(source)
        if progress is not None:
            progress.advance()
    return collected.result()


def make_article(raw: RawArticle, options: Options, *, path: str | None = None) -> Article:
    """Return the article on one page, checked and segmented.

    `path` is the file it came from, for `Article.path` and for a date in its name.

    Raises:
        InputRefused: `too-large`, `empty`, `no-article` or `language`.
    """
    if not raw.text.strip():
        raise InputRefused("empty", "the article has no text")
    # A page is the article and its furniture; four times the article's limit leaves room for it.
    if len(raw.text) > 4 * options.max_article_chars:
        raise _too_large(len(raw.text), options)
    page = analyse(raw, path=path)
    body = [block.text for block in page.blocks if block.kind == "text"]
    size = sum(len(text) for text in body)
    if size > options.max_article_chars:
        raise _too_large(size, options)
    if sum(len(text.split()) for text in body) < _MIN_WORDS:
        raise InputRefused("no-article", "the page holds no running text")
    guess = guess_language("\n".join(body))
    if not guess.indonesian:
        shown = f"{guess.language}, not Indonesian" if guess.language else "not Indonesian"
        raise InputRefused("language", f"the text is {shown}")
    return _build(raw, page, path)


def _too_large(size: int, options: Options) -> InputRefused:
    return InputRefused(
        "too-large",
        f"{size:,} characters, more than max_article_chars = {options.max_article_chars:,}",
    )


def _build(raw: RawArticle, page: Page, path: str | None) -> Article:
    sentences: list[Sentence] = []
    for number, block in enumerate(page.blocks, start=1):
        kind = "heading" if block.kind == "heading" else "text"
        parts = [block.text] if kind == "heading" else split_sentences(block.text)
        sentences += (
            Sentence(
                id="",
                paragraph=number,
                source=part,
                kind="heading" if kind == "heading" else "text",
            )
            for part in parts
        )
    captions = [
        Sentence(id="", paragraph=0, source=part, kind="caption")
        for block in page.captions
        for part in split_sentences(block.text)
    ]
    return Article(
        id=article_id(page.title, page.outlet, [block.text for block in page.blocks]),
        sentences=tuple(replace(s, id=f"s{n}") for n, s in enumerate(sentences, start=1)),
        captions=tuple(replace(s, id=f"c{n}") for n, s in enumerate(captions, start=1)),
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


def article_id(title: str | None, outlet: str | None, body: Iterable[str]) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of the normalised content.

    Letter case, punctuation and white space do not count, so that one article in two formats has
    one id.
    """
    parts = (title or "", outlet or "", " ".join(body))
    content = "\n".join(_KEY_NOISE.sub(" ", part.casefold()).strip() for part in parts)
    return hashlib.sha256(unicodedata.normalize("NFC", content).encode()).hexdigest()[:12]


def _one_or_many(inputs: Input | Iterable[Input]) -> Iterator[Input]:
    single = isinstance(inputs, str | Path | RawArticle | Article | dict)
    for item in [inputs] if single else inputs:  # type: ignore[union-attr]
        if isinstance(item, dict):
            from briefing.ingest.readers.records import record_to_article  # noqa: PLC0415 - only for dicts

            yield record_to_article(item, str(item.get("path") or "article"))
        elif isinstance(item, str | Path | RawArticle | Article):
            yield item
        else:
            raise UsageError(
                f"cannot read an article from {type(item).__name__}; give paths, RawArticle, "
                "Article, or mappings with the columns of news-watch"
            )


def _once(sources: Iterable[Source | Input]) -> Iterator[Source | Input]:
    seen: set[str] = set()
    for source in sources:
        if isinstance(source, Source):
            if source.path in seen:
                continue
            seen.add(source.path)
        yield source


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

    def refuse(self, where: str, error: InputRefused) -> None:
        self._refused.append(Refusal(path=where, code=error.code, reason=error.reason))

    def add_file(self, source: Source) -> None:
        try:
            if source.refusal is None and source.path != STDIN:
                reader_for(source.suffix)  # an unsupported file is not read at all
            data, digest = read_source(source, self._limit(source))
            self._files.append(InputFile(source.path, digest))
            if digest in self._by_hash and data.strip():
                raise InputRefused("duplicate", f"the same file as {self._by_hash[digest]}")
            self._by_hash[digest] = source.path
            reader = reader_for(source.suffix if source.path != STDIN else sniff(data))
            for record in reader.read(data, source.path):
                if isinstance(record, BadRecord):
                    self.refuse(record.where, record.error)
                else:
                    self._add(record, source.path if source.path != STDIN else None)
        except InputRefused as error:
            self.refuse(source.path, error)

    def _limit(self, source: Source) -> int | None:
        # A file of records is as long as it has records; each is bounded by itself.
        del source
        return self._options.max_file_bytes

    def add_in_hand(self, item: Input) -> None:
        if isinstance(item, Article):
            self._keep(item, item.label)
        elif isinstance(item, RawArticle):
            self._add(_cleaned(item), None)

    def _add(self, raw: RawArticle, path: str | None) -> None:
        try:
            self._keep(make_article(raw, self._options, path=path), raw.where)
        except InputRefused as error:
            self.refuse(raw.where, error)

    def _keep(self, article: Article, where: str) -> None:
        """Take an article unless it was taken before.

        The same text under another outlet's name is a reprint, which is news in itself; with the
        same outlet, or where one of the two does not say, it is the same article.
        """
        text = " ".join(_KEY_NOISE.sub(" ", s.source.casefold()).strip() for s in article.sentences)
        key = hashlib.sha256(text.encode()).hexdigest()
        for outlet, first in self._by_body.get(key, ()):
            if outlet is None or article.outlet is None or outlet == article.outlet:
                self.refuse(where, InputRefused("duplicate", f"the same article as {first}"))
                return
        self._by_body.setdefault(key, []).append((article.outlet, where))
        self._articles.append(article)


def _cleaned(raw: RawArticle) -> RawArticle:
    return replace(
        raw,
        text=clean_text(raw.text),
        title=clean_text(raw.title) if raw.title else None,
        outlet=clean_text(raw.outlet) if raw.outlet else None,
        byline=clean_text(raw.byline) if raw.byline else None,
        captions=tuple(clean_text(text) for text in raw.captions),
    )
