"""The reader interface: what turns one input file into raw articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.document import Dropped
    from briefing.errors import InputRefused

__all__ = ["BadRecord", "RawArticle", "Reader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """What a reader found before the page is analysed: text and whatever metadata the file states.

    `text` is plain text, a line per block as on the page. `where` names the record for messages
    (`news.jsonl:14`). Metadata are as written; `published` may be any date form. `dropped` is what
    the reader itself left out of `text`. `is_body` says that `text` is known to be the article and
    nothing else above it, so that no headline is looked for in it.
    """

    where: str
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    captions: tuple[str, ...] = ()
    wires: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that cannot be an article, in a file whose other records go on."""

    where: str
    error: InputRefused


class Reader(Protocol):
    """One kind of file. To add a kind, implement this and register it in `ingest.readers`."""

    suffixes: tuple[str, ...]

    def read(self, data: bytes, where: str) -> Iterator[RawArticle | BadRecord]:
        """Yield what is in `data`, the bytes of the file named `where`, in the file's order.

        A record that cannot be used is yielded as a `BadRecord`, and the rest goes on.

        Raises:
            InputRefused: The file as a whole cannot be read.
        """
        ...
