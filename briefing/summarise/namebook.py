"""What an event's own text tells about its names: which are places, and which are one person."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from briefing.ingest.places import is_place
from briefing.vocabulary import is_mostly_capital, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.summarise.passages import Line

__all__ = ["NameBook", "countries"]

CLEAR = 3
"""How many times as often a full name must stand as the next one to be meant by a shared part."""

_PARTICLES = frozenset({"bin", "binti", "al", "el", "van", "von", "de", "da", "der", "den", "ibn"})
_MAX_PLACE_WORDS = 5
# `di Desa Sukamaju`, `Kecamatan Cugenang`: a word that is a place by what stands before it.
_MARKED_PLACE = re.compile(
    r"\b(?<!Menteri )(?:Kabupaten|Kab\.|Kota|Provinsi|Kecamatan|Kec\.|Kelurahan|Desa|Dusun|Kampung|Pulau|Gunung|"
    r"Sungai|Polsek|Polres|Polresta|Polda|Kodim|Koramil)\s+((?:[A-Z][\w'’-]+)(?:\s+[A-Z][\w'’-]+)?)"
)
_PLACED = re.compile(r"\b(?:di|asal)\s+([A-Z][a-z]{2,})\b(?!\s+[A-Z])")
# Everyday names of states that CLDR does not list.
_MORE_PLACES = frozenset(
    name.casefold()
    for name in (
        "AS", "Amerika", "Korut", "Korsel", "Inggris", "Britania", "Uni Eropa", "UE", "Uni Soviet",
        "RI", "Cina", "China", "RRC", "RRT", "Palestina", "Gaza", "Tepi Barat", "Timur Tengah",
        "Asia", "Eropa", "Afrika", "Australia", "Timur Jauh", "Asia Tenggara", "Republik Indonesia",
        "Sumut", "Sumbar", "Sumsel", "Jabar", "Jateng", "Jatim", "Kalbar", "Kalteng", "Kalsel",
        "Kaltim", "Kaltara", "Sulut", "Sulteng", "Sulsel", "Sultra", "Sulbar", "NTB", "NTT", "Malut",
        "Babel", "Kepri", "DIY", "Jabodetabek", "Sumatra", "Sumatera", "Sulawesi", "Kalimantan",
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
        self._full: dict[str, Counter[str]] = {}
        self._sure: set[str] = set()
        for line in lines:
            for match in _MARKED_PLACE.finditer(line.source):
                self._marked.add(match[1].split()[0].casefold())
            self._marked.update(m[1].casefold() for m in _PLACED.finditer(line.source))

    def places(self, words: Sequence[str]) -> int:
        """Return how many of the first words name a place, 0 if none do."""
        for size in range(min(_MAX_PLACE_WORDS, len(words)), 0, -1):
            if not words[0][:1].isupper():
                return 0
            if _is_known_place(" ".join(words[:size])):
                return size
        return int(bool(words) and words[0].casefold() in self._marked)

    def is_known(self, name: str) -> bool:
        """Say whether a place is known from elsewhere than this event."""
        return _is_known_place(name)

    def is_person(self, name: str) -> bool:
        """Say whether a full name is for certain a person's."""
        return name in self._sure

    def learn(self, name: str, *, sure: bool = True) -> None:
        """Note a full name of a person, so that its parts alone are known for that person.

        A name that is not `sure` to be a person's explains its first and its last word only, where
        no sure name does.
        """
        parts = name.split()
        if not sure and (len(parts) > 3 or not is_mostly_capital(stem(parts[0].casefold()))):
            return
        if sure:
            self._sure.add(name)
        if "dan" in parts or not all(part[0].isupper() or part in _PARTICLES for part in parts):
            return
        for part in parts if len(parts) > 1 else []:
            if len(part) > 1 and part not in _PARTICLES:
                self._full.setdefault(part.casefold(), Counter())[name] += 1

    def full(self, name: str) -> str:
        """Return the longer name that `name` is a part of; `name` itself if that is in doubt.

        Of two persons of one name, the one named at least `CLEAR` times as often is meant.
        """
        words = set(name.casefold().split())
        known = self._full.get(min(words), Counter()) if words else Counter()
        found = [
            (full, count)
            for full, count in known.items()
            if full in self._sure and words <= set(full.casefold().split())
        ] or [
            (full, count)
            for full, count in known.items()
            if len(words) == 1
            and name.casefold() in {full.casefold().split()[0], full.casefold().split()[-1]}
        ]
        if not found:
            return name
        longest = max(found, key=lambda f: (len(f[0].split()), f[1], f[0]))[0]
        if all(set(f.casefold().split()) <= set(longest.casefold().split()) for f, _ in found):
            return longest
        ranked = sorted(found, key=lambda f: (-f[1], f[0]))
        return ranked[0][0] if ranked[0][1] >= CLEAR * ranked[1][1] else name
