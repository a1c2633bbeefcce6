"""Whether the weekdays, months and time zones of the source are in the translation."""

from __future__ import annotations

import re

from briefing.document import Flag
from briefing.ingest.dates import find_dates

__all__ = ["check"]

_WEEKDAYS = {
    "Senin": ("Monday", r"\bMon(?:day|\b)"),
    "Selasa": ("Tuesday", r"\bTue(?:sday|s?\b)"),
    "Rabu": ("Wednesday", r"\bWed(?:nesday|\b)"),
    "Kamis": ("Thursday", r"\bThu(?:rsday|rs?\b|\b)"),
    "Jumat": ("Friday", r"\bFri(?:day|\b)"),
    "Sabtu": ("Saturday", r"\bSat(?:urday|\b)"),
    "Minggu": ("Sunday", r"\bSun(?:day|\b)"),
}
_MONTHS = (
    ("January", r"\bJan"), ("February", r"\bFeb"), ("March", r"\bMar(?:ch|\b)"), ("April", r"\bApr"),
    ("May", r"\bMay\b"), ("June", r"\bJune?\b"), ("July", r"\bJuly?\b"), ("August", r"\bAug"),
    ("September", r"\bSept?"), ("October", r"\bOct"), ("November", r"\bNov"), ("December", r"\bDec"),
)  # fmt: skip
# `Minggu` is Sunday and, in small letters or before `lalu`, a week; `malam Minggu` is Saturday's.
_NAMED = re.compile(
    r"(?<!Pasar )(?<!pasar )(?<!malam )\b(?P<day>Senin|Selasa|Rabu|Kamis|Jum['’`]?at|Sabtu|Minggu|Ahad)\b"
    r"(?!\s+(?:Agung|Pon|Wage|Kliwon|Legi|Pahing|Palma|Kasih))"
)
_WEEK = re.compile(r"\s+(?:lalu|ini|depan|kemarin|pertama|kedua|ketiga|keempat|terakhir|dan|ke-)")
_SUNDAY = re.compile(r"(?:\b(?:hari|pada|sampai|hingga|sejak|dan|atau)\s|[,(]\s*)$", re.IGNORECASE)
_ZONES = re.compile(r"\b(WIB|WITA|WIT)\b")


def check(source: str, translation: str) -> tuple[Flag, ...]:
    """Flag weekdays and months that the translation lost or changed (kind `date`), and time zones.

    A month may stand as a number beside the day, in either order.
    """
    flags = []
    for name, english, other in _weekdays(source, translation):
        said = f"the English {other}" if other else "the English has none"
        flags.append(Flag("date", f"the Indonesian has {name} ({english}), {said}"))
    for text, english, other in _months(source, translation):
        if other:
            flags.append(
                Flag("date", f"the Indonesian has “{text}” ({english}), the English {other}")
            )
        else:
            flags.append(
                Flag("date", f"“{text}” ({english}) of the Indonesian is not in the English")
            )
    zones = set(_ZONES.findall(source))
    changed = sorted(set(_ZONES.findall(translation)) - zones)
    if zones and changed:
        flags.append(
            Flag(
                "time",
                f"the Indonesian has {' and '.join(sorted(zones))}, the English {changed[0]}",
            )
        )
    return tuple(flags)


def _weekdays(source: str, translation: str) -> list[tuple[str, str, str | None]]:
    """Return the source's weekdays that are missing, with one that stands in their place."""
    wanted: dict[str, None] = {}
    for match in _NAMED.finditer(source):
        day = "Minggu" if match["day"] == "Ahad" else re.sub(r"['’`]", "", match["day"])
        if day == "Minggu" and not _is_sunday(source, match):
            continue
        wanted[day] = None
    missing = [day for day in wanted if not re.search(_WEEKDAYS[day][1], translation)]
    others = [
        english
        for day, (english, form) in _WEEKDAYS.items()
        if day not in wanted and re.search(form, translation)
    ]
    return [(day, _WEEKDAYS[day][0], others[0] if others else None) for day in missing]


def _is_sunday(source: str, match: re.Match[str]) -> bool:
    if _WEEK.match(source, match.end()) and not _SUNDAY.search(source[: match.start()][-12:]):
        return False
    return (
        match["day"] == "Ahad"
        or source[: match.start()].strip() != ""
        or source[match.end() : match.end() + 2] in {" (", ", "}
    )


def _months(source: str, translation: str) -> list[tuple[str, str, str | None]]:
    """Return the source's months that are missing, with one that stands in their place."""
    wanted: dict[int, str] = {}
    for date in find_dates(source):
        parts = date.date.lstrip("-").split("-")[1 if date.has_year else 0 :]
        if parts:
            wanted.setdefault(int(parts[0]), date.text)
    result = []
    for month, text in wanted.items():
        if re.search(_MONTHS[month - 1][1], translation, re.IGNORECASE):
            continue
        if re.search(rf"(?:\b0?{month}[/.-]\d|\d[/.-]0?{month}\b)", translation):
            continue
        other = next(
            (
                name
                for number, (name, form) in enumerate(_MONTHS, start=1)
                if number not in wanted and re.search(form, translation)
            ),
            None,
        )
        result.append((text, _MONTHS[month - 1][0], other))
    return result
