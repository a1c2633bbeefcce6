"""The reader interface: what turns one input file into raw articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RawArticle", "Reader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """What a reader found before the page is analysed: text and whatever metadata the file states.

    `text` is plain text, a line per block as on the page. `where` names the record for messages
    (`news.jsonl:14`). Metadata are as written; `published` may be any date form.
    """

    where: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    captions: tuple[str, ...] = ()


class Reader(Protocol):
    """One kind of file. To add a kind, implement this and register it in `ingest.readers`."""

    suffixes: tuple[str, ...]

    def read(self, data: bytes, where: str) -> Iterator[RawArticle]:
        """Yield the raw articles in `data`, the bytes of the file named `where`.

        Raises `InputRefused` where the file as a whole cannot be read. A bad record of a file that
        holds many is yielded to the caller as an `InputRefused` instance raised from iteration only
        if nothing after it can be read; otherwise see `ingest.readers`.
        """
        ...
