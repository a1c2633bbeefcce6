"""Time stamps: the lines of a page that say when, and hardly anything else."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from briefing.ingest.credits import byline_of, is_person, outlet_in_byline
from briefing.ingest.dates import find_dates
from briefing.ingest.furniture import words_of
from briefing.ingest.lines import first_known_outlet
from briefing.ingest.outlets import DOMAIN_RE, known_outlet, outlet_from_address
from briefing.ingest.places import is_place

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_stamp", "stamp_author", "stamp_outlet", "trusted_stamps"]

_WORDS = re.compile(
    r"\b(?:wib|wita|wit|gmt|utc|am|pm|pukul|jam|diterbitkan|dipublikasikan|diperbarui|diperbaharui|diupdate|dibuat|"
    r"terbit|tayang|update[d]?|last|posted|published|publish|on|by|oleh|pada|dirilis|rilis|tanggal|date|terakhir|"
    r"senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"waktu|news|berita|nasional|internasional|the|at|in|created|modified|laporan|reporter|penulis|editor|"
    r"januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|vod|dan|dibaca|dilihat|kali|views?|pembaca)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:sekitar )?\d{1,2}\s+(?:detik|menit|jam|hari|minggu|bulan|tahun|hours?|minutes?|days?|weeks?)"
    r"(?: yang)? (?:lalu|ago)|baru saja",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\b")
_AUTHOR = re.compile(
    r"(?:laporan|reporter|penulis|oleh|by|wartawan|pewarta)\s*[:：]?\s+(?P<name>[^|\n•·]{3,60})",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s[-–—/]\s|\s*,\s*")
_NEAR = 45  # days between a stamp and the dates in its text; beyond it is the page's clock


def is_stamp(text: str) -> bool:
    """Tell whether a line says when the page was published and hardly anything else.

    `Selasa, 12 September 2023 | 14:33 WIB`, `Kompas.com - 12/09/2023, 09:30 WIB`, `2 jam lalu`,
    `Rina Dewi - detikNews, Rabu 13 Sep 2023`.
    """
    if (
        len(text) > 160
        or text.endswith((".", "?", "!", '"', "”"))
        or not any(map(str.isdigit, text))
    ):
        return text.casefold() == "baru saja"
    dates = find_dates(text)
    relative = _RELATIVE.search(text)
    if not dates and not relative and not _CLOCK.search(text):
        return False
    left = text
    for found in reversed(dates):
        left = f"{left[: found.start]} {left[found.end :]}"
    left = DOMAIN_RE.sub(" ", _CLOCK.sub(" ", _RELATIVE.sub(" ", left)))
    rest = [word for word in words_of(_WORDS.sub(" ", left)) if known_outlet(word) is None]
    if not dates and not relative:
        return not rest and len(words_of(text)) >= 2
    named = all(word[:1].isupper() or word[:1].isdigit() for word in rest)
    separated = any(mark in text for mark in "|-–—/•·,:")
    return not rest or (named and len(rest) <= (8 if separated else 2))


def stamp_author(text: str) -> str | None:
    """Return the author on a time stamp: `... | 14:33 WIB | LAPORAN: SITI AMINAH`."""
    match = _AUTHOR.search(text)
    if match is not None and is_person(match["name"].strip()):
        return match["name"].strip()
    found = byline_of(text)
    if found is not None and not find_dates(found):
        return found
    first = _SEPARATOR.split(text)[0].strip()
    words = first.split()
    named = is_person(first) and 2 <= len(words) <= 4 and not _WORDS.search(first)
    return first if named and not (first_known_outlet(first) or is_place(first)) else None


def stamp_outlet(text: str) -> str | None:
    """Return the outlet on a time stamp: `Kompas.com - 12/09/2023, 09:30 WIB`."""
    match = DOMAIN_RE.search(text)
    if match is not None:
        return outlet_from_address(match.group())
    return outlet_in_byline(text) or first_known_outlet(_SEPARATOR.split(text)[0])


def trusted_stamps(
    stamps: Sequence[tuple[int, str]], title_line: int, body: Sequence[str]
) -> list[str]:
    """Return the stamps that can be the article's own, in order.

    A stamp above the title may be the page's clock, which shows the day of the visit. It counts
    only where the dates in the article do not contradict it.
    """
    below = [text for line, text in stamps if line > title_line]
    above = [text for line, text in stamps if line < title_line]
    kept = below[:4] if title_line else [text for _, text in stamps[:4]]
    # Without the outlet's address, whose `com` reads like a word of prose to the date finder.
    return [DOMAIN_RE.sub(" ", text) for text in kept or above if kept or _agrees(text, body)]


def _agrees(stamp: str, body: Sequence[str]) -> bool:
    own = [found.date for found in find_dates(stamp) if found.has_year and found.has_day]
    if not own:
        return False
    day = date.fromisoformat(own[0])
    told = [found.date for text in body for found in find_dates(text) if found.has_day]
    if not told:
        return True
    return any(_distance(day, other) <= _NEAR for other in told)


def _distance(day: date, told: str) -> int:
    """Return the days between `day` and a date with or without a year (`--09-13`)."""
    if not told.startswith("--"):
        return abs((day - date.fromisoformat(told)).days)
    month, number = int(told[2:4]), int(told[5:7])
    distances = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            distances.append(abs((day - date(year, month, number)).days))
        except ValueError:  # 29 February
            continue
    return min(distances, default=0)
