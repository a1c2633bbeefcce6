"""Terms that must be rendered in one way: the shipped list, the user's own, and what is kept as is.

A glossary is CSV with the columns `source,target[,note[,expansion]]`. `target` may hold several
English wordings with `|` between them: all are accepted, and the first is put in where none stands.
`expansion` is the Indonesian long form of an acronym, which the model knows better.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Glossary", "Hit", "Term", "default_glossary", "read_glossary", "read_untranslated"]

SHIPPED = ("countries.csv", "news.csv")
# Words, numbers and what joins them inside a word: `Jum'at`, `Bangsa-Bangsa`, `U.S.`
_WORD = re.compile(r"\w+(?:['’]\w+)*")
# The country of an amount is not a term: `7,3 miliar dolar AS` is $7.3 billion, and has a check of its
# own. With the term put in, it was "$7.3 billion United States".
_CURRENCY = re.compile(
    r"(?<!\w)(?:doll?ar|pound|poundsterling|ringgit|won|yen|yuan|peso|baht|rupee|franc|lira|riyal)\s$",
    re.IGNORECASE,
)
# An Indonesian clitic may hang on a term: `Menlu-nya`, `Kremlin-lah`.
_CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")
MAX_TERMS = 50_000


@dataclass(frozen=True, slots=True)
class Term:
    """A row of a glossary; `accepted` holds every wording of `target`, in order."""

    source: str
    accepted: tuple[str, ...]
    note: str = ""
    expansion: str = ""

    @property
    def target(self) -> str:
        """The wording that is put in."""
        return self.accepted[0]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term where it stands in a segment: characters `start` to `end` (end excluded)."""

    term: Term
    start: int
    end: int


class Glossary:
    """Terms, later ones replacing earlier ones of the same source.

    A term with a capital letter is found as it is written, and in a line that is all capitals; one
    without is found in any case. Terms are whole words; of two that overlap the longer is found.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {term.source: term for term in terms}

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def __or__(self, other: Glossary) -> Glossary:
        """Return both, the other's terms on top."""
        return Glossary((*self, *other))

    @cached_property
    def _index(self) -> dict[str, list[tuple[tuple[str, ...], Term]]]:
        """First word, in lower case, to the terms that begin with it, the longest first."""
        index: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in self._terms.values():
            words = tuple(_WORD.findall(term.source))
            if words:
                index.setdefault(words[0].casefold(), []).append((words, term))
        for listed in index.values():
            listed.sort(key=lambda item: (-len(item[0]), item[1].source))
        return index

    def hits(self, segment: str) -> tuple[Hit, ...]:
        """Return the terms of a segment from left to right, none overlapping another."""
        found: list[Hit] = []
        words = list(_WORD.finditer(segment))
        # Three words in capitals are a headline; fewer may be the term itself.
        capitals = segment.isupper() and len(words) > 2
        position = 0
        while position < len(words):
            size = 1
            for parts, term in self._index.get(words[position].group().casefold(), ()):
                match = words[position : position + len(parts)]
                if _same(match, parts, term, segment, capitals=capitals):
                    start = match[0].start()
                    if not _CURRENCY.search(segment, max(0, start - 20), start):
                        found.append(Hit(term, start, match[-1].end()))
                    size = len(parts)
                    break
            position += size
        return tuple(found)

    def find(self, segment: str) -> tuple[Term, ...]:
        """Return the distinct terms of a segment in the order of their first place."""
        return tuple(dict.fromkeys(hit.term for hit in self.hits(segment)))

    def missing(self, segment: str, translation: str) -> tuple[Hit, ...]:
        """Return the hits of which the translation has no accepted wording, each term once."""
        first: dict[Term, Hit] = {}
        for hit in self.hits(segment):
            first.setdefault(hit.term, hit)
        return tuple(h for h in first.values() if not has_wording(translation, h.term))


def has_wording(translation: str, term: Term) -> bool:
    """Say whether an accepted wording of `term` stands in the translation as whole words.

    Letter case is set aside, but for wordings of capitals alone (`US`, `UN`), unless the whole
    translation is capitals.
    """
    return any(wording_pattern(w).search(translation) for w in term.accepted) or (
        translation.isupper()
        and any(wording_pattern(w.upper()).search(translation) for w in term.accepted)
    )


def wording_pattern(wording: str) -> re.Pattern[str]:
    """Return the pattern that finds a wording as whole words."""
    flags = re.NOFLAG if wording.isupper() else re.IGNORECASE
    body = r"[\s-]+".join(re.escape(word) for word in wording.split())
    return re.compile(rf"(?<!\w){body}(?!\w)", flags)


def _same(
    match: list[re.Match[str]], parts: tuple[str, ...], term: Term, segment: str, *, capitals: bool
) -> bool:
    if len(match) < len(parts):
        return False
    written = [m.group() for m in match]
    if any(segment[a.end() : b.start()].strip(" -") for a, b in pairwise(match)):
        return False
    if any(w.casefold() != p.casefold() for w, p in zip(written, parts, strict=True)):
        return False
    # `PBB` is not `pbb`, and `as` in capitals is a word of the headline as likely as the country.
    if term.source.islower():
        return True
    if capitals:
        return len(term.source) > 2
    return all(w == p for w, p in zip(written, parts, strict=True))


def read_glossary(path: Path) -> Glossary:
    """Read a glossary from CSV in UTF-8; a first row `source,target,...` is passed over.

    Raises `UsageError` with the file and line of a row that cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read the glossary {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"the glossary {path} is not UTF-8: {error}") from error
    return Glossary(_terms(text, str(path)))


def read_untranslated(path: Path) -> Glossary:
    """Read a do-not-translate list: one name a line, `#` for comments, in UTF-8."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the list {path}: {error}") from error
    names = (line.strip() for line in lines)
    return Glossary(Term(n, (n,), "not translated") for n in names if n and not n.startswith("#"))


def _terms(text: str, name: str) -> Iterator[Term]:
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells) or (reader.line_num == 1 and cells[0].casefold() == "source"):
                continue
            if reader.line_num > MAX_TERMS:
                raise UsageError(f"{name}: more than {MAX_TERMS:,} terms")
            yield _term(cells, f"{name}:{reader.line_num}")
    except csv.Error as error:
        raise UsageError(f"{name}:{reader.line_num}: {error}") from error


def _term(cells: list[str], where: str) -> Term:
    if not 2 <= len(cells) <= 4:
        raise UsageError(
            f"{where}: {len(cells)} columns; a row is source,target[,note[,expansion]], with "
            "double quotes around a cell that holds a comma"
        )
    source, target, note, expansion = (*cells, "", "")[:4]
    accepted = tuple(dict.fromkeys(w.strip() for w in target.split("|") if w.strip()))
    if not source or not accepted:
        raise UsageError(f"{where}: {'target' if source else 'source'} is empty")
    if not _WORD.search(source):
        raise UsageError(f"{where}: the source {source!r} has no letter or digit")
    return Term(source, accepted, note, expansion)


def default_glossary() -> Glossary:
    """Return the shipped glossary for Indonesian news."""
    folder = resources.files("briefing.translate") / "data"
    return Glossary(
        term
        for name in SHIPPED
        for term in _terms((folder / name).read_text(encoding="utf-8"), name)
    )
