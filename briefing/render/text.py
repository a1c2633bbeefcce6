"""What articles say, made safe to print in any format, and dates in one form.

Articles are written by strangers. A control character cannot stand in XML, and an override of the
text direction can make a sentence read backwards; both are shown as visible signs, so that nothing
disappears and nothing acts. Escaping for a format is each renderer's own job.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "UNKNOWN",
    "day_of",
    "format_date",
    "format_period",
    "listed",
    "plain",
    "plural",
    "safe_url",
    "shorten",
]

UNKNOWN = "unknown"
"""What stands where a page gives no title, outlet or date."""

_SPACES = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
# C0 and C1 controls, lone surrogates and non-characters (XML 1.0, production 2 and its note), and
# the explicit embeddings, overrides and isolates of the bidirectional algorithm (UAX 9). The plain
# left-to-right and right-to-left marks stay: they are ordinary typography and bind only neighbours.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_DELETE = 0x7F
_CONTROL_PICTURES = 0x2400
_DELETE_PICTURE = "\u2421"


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return _DELETE_PICTURE if code == _DELETE else f"[U+{code:04X}]"


def plain(text: object) -> str:
    """Return `text` on one line, with every character that could act or be refused made visible.

    Line breaks and tabs become one space. Control characters become their pictures (NUL is shown
    as `␀`), and other characters that no XML file may hold, or that change the direction of text,
    become their code point in brackets (`[U+202E]`).
    """
    return _UNSAFE.sub(_visible, _SPACES.sub(" ", str(text)))


def shorten(text: str, limit: int) -> str:
    """Return `text` cut at a word within `limit` characters, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    # A cut in the last third keeps the label long enough to be told from its neighbours.
    return (head[:cut] if cut > limit * 2 // 3 else head).rstrip(" ,;:.") + "…"


def listed(values: Iterable[str]) -> str:
    """Return `a, b and c`."""
    items = list(values)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return the count with its noun: `1 article`, `2 articles`, `1,024 articles`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
# The three zones of Indonesia, by their offset from UTC.
_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}


def format_date(iso: str | None) -> str:
    """Return an ISO 8601 date as `12 September 2023`; with a time, `..., 09:30 WIB`.

    A month or a year alone is given as such, `None` as "unknown", and what is not ISO 8601 as it
    stands: a date that cannot be read is still evidence.
    """
    if not iso:
        return UNKNOWN
    text = iso.strip()
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        return f"{_MONTHS[int(month[2]) - 1]} {month[1]}"
    if _YEAR.fullmatch(text):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return plain(text)
    day = f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
    return f"{day}, {_clock(moment)}" if len(text) > len("2023-09-13") else day


def _clock(moment: datetime) -> str:
    offset = moment.utcoffset()
    time = f"{moment:%H:%M}"
    if offset is None:
        return time
    if offset in _ZONES:
        return f"{time} {_ZONES[offset]}"
    minutes = int(offset.total_seconds() // 60)
    if not minutes:
        return f"{time} UTC"
    sign = "+" if minutes > 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"{time} UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def day_of(iso: str | None) -> date | None:
    """Return the day of an ISO 8601 date or time, or `None` where there is no full date."""
    if not iso or _MONTH.fullmatch(iso) or _YEAR.fullmatch(iso):
        return None
    try:
        return datetime.fromisoformat(iso.strip()).date()
    except ValueError:
        return None


def format_period(first: str | None, last: str | None) -> str:
    """Return `4 September 2023 to 13 September 2023`, one date where both are the same day."""
    from_, to = (format_date(_day(one)) for one in (first or last, last or first))
    return from_ if from_ == to else f"{from_} to {to}"


def _day(iso: str | None) -> str | None:
    """Return an ISO 8601 time without the time."""
    day = day_of(iso)
    return day.isoformat() if day else iso


def safe_url(url: str | None) -> str | None:
    """Return `url` where it may become a link: an http or https address with a host.

    Everything else (`javascript:`, `file:`, an address with control characters or spaces, or one
    too long for Word, which stops at 2,079 characters) is shown as text and never linked.
    """
    if not url or len(url) > 2_000 or _UNSAFE.search(url) or re.search(r"[\s\"<>\\^`{|}]", url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host else None
