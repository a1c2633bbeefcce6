"""What an event's own text tells about its names: which are places, and which are one person."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from briefing.ingest.places import is_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.summarise.passages import Line

__all__ = ["NameBook", "countries"]

_MAX_PLACE_WORDS = 5
# `di Desa Sukamaju`, `Kecamatan Cugenang`: a word that is a place by what stands before it.
_MARKED_PLACE = re.compile(
    r"\b(?:Kabupaten|Kab\.|Kota|Provinsi|Kecamatan|Kec\.|Kelurahan|Desa|Dusun|Kampung|Pulau|Gunung|"
    r"Sungai|Polsek|Polres|Polresta|Polda|Kodim|Koramil)\s+((?:[A-Z][\w'’-]+)(?:\s+[A-Z][\w'’-]+)?)"
)
# Everyday names of states that CLDR does not list.
_MORE_PLACES = frozenset(
    name.casefold()
    for name in (
        "AS", "Amerika", "Korut", "Korsel", "Inggris", "Britania", "Uni Eropa", "UE", "Uni Soviet",
        "RI", "Cina", "China", "RRC", "RRT", "Palestina", "Gaza", "Tepi Barat", "Timur Tengah",
        "Asia", "Eropa", "Afrika", "Australia", "Timur Jauh", "Asia Tenggara", "Republik Indonesia",
        "UEA", "Kremlin", "Gedung Putih", "Istana", "Pentagon", "Taiwan", "Hong Kong", "Krimea",
    )
)  # fmt: skip


@cache
def countries() -> dict[str, str]:
    """Return the English names of states by their Indonesian ones, casefolded (CLDR, by Babel)."""
    from babel import Locale  # noqa: PLC0415 - slow to import

    indonesian, english = Locale("id").territories, Locale("en").territories
    return {
        str(name).casefold(): str(english[code])
        for code, name in sorted(indonesian.items())
        if code.isalpha() and len(code) == 2 and code in english
    }


@cache
def _is_known_place(name: str) -> bool:
    folded = name.casefold()
    return folded in _MORE_PLACES or folded in countries() or is_place(name)


class NameBook:
    """The places and the full names that an event's articles spell out."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._marked: set[str] = set()
        self._full: dict[str, set[str]] = {}
        for line in lines:
            for match in _MARKED_PLACE.finditer(line.source):
                self._marked.add(match[1].split()[0].casefold())

    def places(self, words: Sequence[str]) -> int:
        """Return how many of the first words name a place, 0 if none do."""
        for size in range(min(_MAX_PLACE_WORDS, len(words)), 0, -1):
            if not words[0][:1].isupper():
                return 0
            if _is_known_place(" ".join(words[:size])):
                return size
        return int(words[0].casefold() in self._marked)

    def is_known(self, name: str) -> bool:
        """Say whether a place is known from elsewhere than this event."""
        return _is_known_place(name)

    def learn(self, name: str) -> None:
        """Note a full name of a person, so that its parts alone are known for that person."""
        parts = name.split()
        if "dan" in parts or not all(part[:1].isupper() for part in parts):
            return
        for part in parts if len(parts) > 1 else []:
            if len(part) > 2:
                self._full.setdefault(part.casefold(), set()).add(name)

    def full(self, name: str) -> str:
        """Return the one longer name that `name` is a part of; `name` itself if there is no one."""
        found = self._full.get(name.casefold(), set())
        longest = max(found, key=lambda n: (len(n), n), default=name)
        if all(set(n.casefold().split()) <= set(longest.casefold().split()) for n in found):
            return longest
        return name
