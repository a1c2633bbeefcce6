"""Quantities in Indonesian: figures, number words, clock times and dates.

Points part thousands and a comma the decimals; `ribu`, `juta`, `miliar` and `triliun` are 10^3, 10^6,
10^9 and 10^12; `ke-3` and `ketiga` are ordinals; `belas` and `puluh` build the tens.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.ingest.dates import FoundDate, find_dates
from briefing.translate.checks.quantities import Clock, Quantity, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SCALES", "quantities"]

SCALES = {
    "ratus": Decimal(100),
    "ribu": Decimal(10) ** 3,
    "rb": Decimal(10) ** 3,
    "juta": Decimal(10) ** 6,
    "jt": Decimal(10) ** 6,
    "miliar": Decimal(10) ** 9,
    "milyar": Decimal(10) ** 9,
    "milliar": Decimal(10) ** 9,
    "triliun": Decimal(10) ** 12,
    "trilyun": Decimal(10) ** 12,
    "triliyun": Decimal(10) ** 12,
    "lusin": Decimal(12),
    "kodi": Decimal(20),
}

_UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9,
}  # fmt: skip
_WHOLE = {
    "sepuluh": 10, "sebelas": 11, "seratus": 100, "seribu": 1000, "sejuta": 10**6,
    "semiliar": 10**9, "setriliun": 10**12,
}  # fmt: skip

# Words that may stand for a number in English or not at all: read, and never demanded.
_FREE = {
    "seorang": "1", "sebuah": "1", "seekor": "1", "selembar": "1", "sebutir": "1", "sehari": "1 24",
    "seminggu": "1 7", "sepekan": "1 7", "sebulan": "1", "setahun": "1 12", "sejam": "1",
    "semenit": "1", "sekali": "1", "pertama": "1", "perdana": "1", "tunggal": "1", "pekan": "1 7",
    "kedua": "2", "keduanya": "2", "berdua": "2", "sepasang": "2", "ganda": "2", "kembar": "2",
    "setengah": "0.5 30 50 2 1.5", "separuh": "0.5 50 2", "paruh": "0.5 2", "seperempat": "0.25 15 4 25",
    "perempat": "4 0.25 8", "sepertiga": "3 1", "pertiga": "3", "seperlima": "5 1",
    "sepersepuluh": "10 1", "dekade": "10", "dasawarsa": "10", "abad": "100", "triwulan": "3 4",
    "kuartal": "3 4", "caturwulan": "4", "semester": "6 2", "milenium": "1000", "sewindu": "8",
    "windu": "8", "selusin": "12", "ratusan": "100", "ribuan": "1000", "jutaan": "1000000",
    "belasan": "10 12", "puluhan": "10 12", "miliaran": "1000000000", "bertiga": "3",
    "berempat": "4", "dwi": "2", "tri": "3", "panca": "5", "akil": "", "dini": "", "kosong": "0",
}  # fmt: skip

_PARTS = {"setengah", "separuh", "seperempat", "sepertiga", "seperlima"}

# Number words inside these are no quantities: street vendors, motor vehicles, tête-à-tête.
_IDIOMS = re.compile(
    r"\b(?:kaki lima|empat mata|roda (?:dua|empat|tiga)|simpang (?:tiga|empat|lima)|angkat kaki"
    r"|dua belah|tiga serangkai|(?:delapan|enam belas|empat|16|32|8|4) besar|tujuh belasan|satu sama lain|salah satu"
    r"|satu-satunya|satu per satu|satu demi satu|dua arah|empat sehat|lima waktu|serba dua"
    r"|(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan) per\w+)\b",
    re.IGNORECASE,
)

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_SCALE = re.compile(
    r"\s*(?:-?(?P<word>ratus|ribu|rb|juta|jt|mil+iar|milyar|triliun|tril[iy]{1,2}un|lusin|kodi)"
    r"(?:an)?)\b(?:\s+(?P<second>ribu|juta|miliar|triliun)\b)?",
    re.IGNORECASE,
)
_LETTER_SCALE = re.compile(r"\s?(?P<word>[MT])\b(?!\.)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CLOCK = re.compile(
    r"(?:\b(?:pukul|jam|pkl\.?)\s*)(?P<h1>\d{1,2})(?:[.:](?P<m1>[0-5]\d))?(?![\d.,]\d)"
    r"|(?<![\d.,:])(?P<h2>[01]?\d|2[0-4])[.:](?P<m2>[0-5]\d)(?=\s*(?:WIB|WITA|WIT|GMT|UTC|waktu)\b)"
    # The first of `06.00-10.00 WIB`.
    r"|(?<![\d.,:])(?P<h4>[01]?\d|2[0-4])\.(?P<m4>[0-5]\d)(?=\s*(?:-|–|hingga|sampai|s\.?d\.?|dan)\s*"
    r"\d\d?\.[0-5]\d\s*(?:WIB|WITA|WIT)\b)"
    # The second of `pukul 06.00-10.00`.
    r"|(?<=[:.][0-5]\d[-–])(?P<h5>[01]?\d|2[0-4])\.(?P<m5>[0-5]\d)(?![\d.,]\d)"
    r"|(?<![\d.,:])(?P<h3>[01]?\d|2[0-4]):(?P<m3>[0-5]\d)(?![\d:])",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s*(?:-|–|—|dan|hingga|sampai(?:\s+dengan)?|atau|s\.?d\.?|s/d|,)\s*(?:Rp\.?\s*|US\$\s*)?$",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\b(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})\b")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}


@lru_cache(maxsize=32)  # a row is read for its repair and then for its check
def quantities(text: str) -> tuple[Quantity, ...]:
    """Read every quantity of an Indonesian `text`, in order of place.

    A date gives one quantity for each of its day, month (not required as a figure: it may become a
    name) and year.
    """
    found: list[Quantity] = []
    taken = bytearray(len(text))

    def take(start: int, end: int) -> bool:
        if any(taken[start:end]):
            return False
        taken[start:end] = b"\1" * (end - start)
        return True

    clocks = filter(None, map(_clock, _CLOCK.finditer(text)))
    found.extend(clock for clock in clocks if take(clock.start, clock.end))
    for date in find_dates(text):
        if len(date.date) == len("2023"):
            continue  # a year alone is a figure like others
        if take(date.start, date.end):
            found.extend(_date(text, date))
    idioms = [match for match in _IDIOMS.finditer(text) if take(match.start(), match.end())]
    found.extend(item for match in idioms for item in _idiom(match))
    for match in _FIGURES.finditer(text):
        if not any(taken[match.start() : match.end()]):
            figure = _figure(text, match)
            take(figure.start, figure.end)
            found.append(figure)
    found.extend(item for item in _words(text) if take(item.start, item.end))
    romans = [m for m in _ROMAN.finditer(text) if m.group() and take(m.start(), m.end())]
    found.extend(_free(m.start(), m.group(), {Decimal(_roman(m.group()))}) for m in romans)
    return _ranges(text, sorted(found, key=lambda item: item.start))


def _clock(match: re.Match[str]) -> Quantity | None:
    groups = match.groupdict()
    hour = next(value for key, value in groups.items() if value and key[0] == "h")
    minute = next((value for key, value in groups.items() if value and key[0] == "m"), "0")
    if int(hour) > 24:
        return None
    minutes = int(hour) * 60 + int(minute)
    values: set[Value] = {Clock(minutes % 1440)}
    if int(hour) <= 12:  # `jam 3 sore`: half a day is left open
        values.add(Clock((minutes + 720) % 1440))
    return Quantity(
        start=match.start(),
        end=match.end(),
        text=match.group(),
        values=frozenset(values),
        digits=True,
        mantissa=match.end(),
    )


def _date(text: str, date: FoundDate) -> Iterator[Quantity]:
    """Yield the parts of a date."""
    parts = date.date.lstrip("-").split("-")
    year = parts.pop(0) if date.has_year else None
    ends = [date.date] + ([date.until] if date.until else [])
    if year:
        yield _part(text, date, {Decimal(year), Decimal(year[2:])}, required=True, digits=True)
    if parts:
        yield _part(text, date, {Decimal(parts[0])}, required=False)
    if date.has_day:
        for end in ends:
            yield _part(text, date, {Decimal(end[-2:])}, required=True)


def _part(
    text: str, date: FoundDate, values: set[Decimal], *, required: bool, digits: bool = False
) -> Quantity:
    return Quantity(
        start=date.start,
        end=date.end,
        text=text[date.start : date.end],
        values=frozenset(values),
        digits=digits,  # a day cannot be repaired: the order of day and month is not known
        required=required,
        mantissa=date.end,
    )


def _idiom(match: re.Match[str]) -> Iterator[Quantity]:
    """Yield the numbers of an idiom or fraction: a translation may keep them."""
    for word in re.findall(r"\w+", match.group().lower()):
        if word in _UNITS:
            yield _free(match.start(), match.group(), {Decimal(_UNITS[word])})
        elif word.isdigit():
            yield _free(match.start(), match.group(), {Decimal(word)})
        elif word.startswith("per") and word[3:] in _UNITS:
            yield _free(match.start(), match.group(), {Decimal(_UNITS[word[3:]])})


def _free(start: int, text: str, values: set[Decimal]) -> Quantity:
    return Quantity(
        start=start,
        end=start + len(text),
        text=text,
        values=frozenset(values),
        digits=False,
        required=False,
        mantissa=start + len(text),
    )


def _figure(text: str, match: re.Match[str]) -> Quantity:
    """Read figures with their multiplier: `Rp 1,5 triliun`, `12.500`, `3 ratus ribu`."""
    values = set(_readings(match.group()))
    end, scale = match.end(), Decimal(1)
    scaled = _SCALE.match(text, end)
    money = re.search(r"(?:Rp|US\$|\$|€)\.?\s*$", text[max(0, match.start() - 5) : match.start()])
    if scaled:
        scale = SCALES[_canonical(scaled["word"])]
        scale *= SCALES[scaled["second"].lower()] if scaled["second"] else 1
        end = scaled.end()
    elif money and (scaled := _LETTER_SCALE.match(text, end)):
        scale = SCALES["miliar" if scaled["word"] == "M" else "triliun"]
        end = scaled.end()
    decade = re.match(r"-?an\b", text[end : end + 4])
    return Quantity(
        start=match.start(),
        end=end + (decade.end() if decade else 0),
        text=text[match.start() : end],
        values=frozenset(value * scale for value in values),
        digits=True,
        mantissa=match.end(),
        scale=scale,
    )


def _canonical(word: str) -> str:
    word = word.lower()
    if word.startswith("mil"):
        return "miliar"
    return "triliun" if word.startswith("tri") else word


def _readings(figures: str) -> Iterator[Decimal]:
    """Yield what figures may mean by Indonesian rules, and by English ones where those alone fit."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figures):
        yield Decimal(figures.replace(".", "").replace(",", "."))
    elif re.fullmatch(r"\d+,\d+", figures):
        yield Decimal(figures.replace(",", "."))
        if re.fullmatch(r"\d{1,3},\d{3}", figures):
            yield Decimal(figures.replace(",", ""))
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", figures):
        yield Decimal(figures.replace(",", ""))
    elif re.fullmatch(r"\d+(?:\.\d+)?", figures):
        yield Decimal(figures)
    else:  # `1.5.2`, `12.30,5`: a version or a misprint; its figures must survive one by one
        yield from (Decimal(part) for part in re.findall(r"\d+", figures))


def _words(text: str) -> Iterator[Quantity]:
    """Yield the numbers that are written as words."""
    tokens = list(_WORD.finditer(text))
    at = 0
    while at < len(tokens):
        value, after, first = _number(text, tokens, at)
        if after > at:
            start, end = tokens[at].start(), tokens[after - 1].end()
            ordinal = first.startswith("ke")
            free = (value in (0, 1)) or (ordinal and value == 2)
            yield Quantity(
                start=start,
                end=end,
                text=text[start:end],
                values=frozenset({value}),
                digits=False,
                required=not free,
                mantissa=end,
            )
            at = after
            continue
        word = tokens[at].group().lower()
        if word in _FREE:
            scale = SCALES.get(_lower(tokens, at + 1), Decimal(1)) if word in _PARTS else Decimal(1)
            values = {Decimal(value) * scale for value in _FREE[word].split()}
            yield _free(tokens[at].start(), tokens[at].group(), values)
            at += scale > 1
        at += 1


def _lower(tokens: list[re.Match[str]], index: int) -> str:
    return tokens[index].group().lower() if index < len(tokens) else ""


def _number(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Decimal, int, str]:
    """Read a number in words from token `at`; return its value, the token after it, its first word.

    The token after it is `at` itself where no number begins there.
    """
    total = group = 0
    pending: int | None = None
    first = tokens[at].group().lower()
    index = at
    while index < len(tokens):
        word = tokens[index].group().lower()
        if index > at and text[tokens[index - 1].end() : tokens[index].start()].strip():
            break  # punctuation between
        if index == at:
            if first in _FREE:
                return Decimal(0), at, first
            word = _stem(word)
        if word in _UNITS and pending is None:
            pending = _UNITS[word]
        elif word in _WHOLE and pending is None:
            if _WHOLE[word] >= 1000:
                total += _WHOLE[word]
            else:
                group += _WHOLE[word]
        elif word == "belas" and pending is not None:
            group, pending = group + pending + 10, None
        elif word == "puluh" and pending is not None:
            group, pending = group + pending * 10, None
        elif word == "ratus" and pending is not None:
            group, pending = group + pending * 100, None
        elif word == "setengah" and pending is not None:
            scale = SCALES.get(_lower(tokens, index + 1), Decimal(1))
            return (pending + Decimal("0.5")) * scale, index + 1 + (scale > 1), first
        elif word in SCALES and SCALES[word] >= 1000 and (group or pending):
            total += (group + (pending or 0)) * int(SCALES[word])
            group, pending = 0, None
        else:
            break
        index += 1
    return Decimal(total + group + (pending or 0)), index, first


def _stem(word: str) -> str:
    """Return the number in `ketiga`, `kelimanya` or `bertiga`."""
    if word in _UNITS or word in _WHOLE:
        return word
    return re.sub(r"^(?:ke|ber)(?=[a-z]{3})", "", word).removesuffix("nya")


def _roman(text: str) -> int:
    values = [_ROMAN_VALUE[letter] for letter in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _ranges(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Let the first number of `2-3 juta` also mean 2,000,000."""
    result = list(found)
    for index in range(len(result) - 1):
        one, other = result[index], result[index + 1]
        gap = text[one.end : other.start]
        if (
            other.scale > 1
            and one.scale == 1
            and one.digits
            and len(gap) < 20
            and _RANGE.fullmatch(gap)
        ):
            values = one.values | {v * other.scale for v in one.values if isinstance(v, Decimal)}
            result[index] = Quantity(
                start=one.start,
                end=one.end,
                text=one.text,
                values=values,
                digits=one.digits,
                required=one.required,
                mantissa=one.mantissa,
            )
    return tuple(result)
