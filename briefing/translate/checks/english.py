"""Quantities in English: figures, number words, ordinals and clock times."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from briefing.translate.checks.quantities import Clock, Quantity, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["quantities"]

_THOUSAND, _MILLION, _BILLION, _TRILLION = (Decimal(10) ** power for power in (3, 6, 9, 12))
_SCALES = {
    "hundred": Decimal(100), "hundreds": Decimal(100), "dozen": Decimal(12), "dozens": Decimal(12),
    "thousand": _THOUSAND, "thousands": _THOUSAND, "k": _THOUSAND, "million": _MILLION,
    "millions": _MILLION, "m": _MILLION, "mn": _MILLION, "mln": _MILLION, "billion": _BILLION,
    "billions": _BILLION, "bn": _BILLION, "b": _BILLION, "bln": _BILLION, "trillion": _TRILLION,
    "trillions": _TRILLION, "tn": _TRILLION, "trn": _TRILLION,
}  # fmt: skip
_CARDINALS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
"""
_ORDINALS = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
"""
_SMALL = {
    word: value for words in (_CARDINALS, _ORDINALS) for value, word in enumerate(words.split())
}
_TENS_WORDS = """
    twenty thirty forty fifty sixty seventy eighty ninety
    twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth
    twenties thirties forties fifties sixties seventies eighties nineties
    twenty thirty fourty fifty sixty seventy eighty ninety
"""
_TENS = {word: (at % 8 + 2) * 10 for at, word in enumerate(_TENS_WORDS.split())}
# Words that state a number without being one.
_FREE = {
    "both": "2", "pair": "2", "pairs": "2", "couple": "2", "twice": "2", "double": "2",
    "doubled": "2", "doubling": "2", "doubles": "2", "doubly": "2", "twin": "2", "twins": "2",
    "two-way": "2", "dual": "2", "duo": "2", "bilateral": "2", "either": "2", "neither": "2",
    "half": "0.5 2 50 30", "halves": "2", "halved": "2 50", "thrice": "3", "triple": "3",
    "tripled": "3", "triples": "3", "tripling": "3", "trio": "3", "trilateral": "3", "treble": "3",
    "thirds": "3", "quarter": "4 0.25 15 25", "quarters": "4", "quarterly": "4 3", "quadruple": "4",
    "quadrupled": "4", "fourfold": "4", "twofold": "2", "threefold": "3", "fivefold": "5",
    "tenfold": "10", "quartet": "4", "quintuple": "5", "fifths": "5", "tenths": "10", "once": "1",
    "single": "1", "sole": "1", "only": "1", "fortnight": "14 2", "decade": "10", "decades": "10",
    "century": "100", "centuries": "100", "millennium": "1000", "noon": "12", "midday": "12",
    "midnight": "0 12 24", "nil": "0", "none": "0", "zero": "0", "score": "20", "annual": "1",
    "week": "7", "weeks": "7", "halfway": "0.5 2", "semifinal": "4", "semifinals": "4",
    "quarterfinal": "8 4", "quarterfinals": "8 4", "year": "1 12", "day": "1 24", "weekly": "7",
    "biannual": "2", "bipartisan": "2", "hat-trick": "3", "brace": "2", "hundreds": "100",
    "thousands": "1000", "millions": "1000000", "tens": "10", "dozens": "12", "scores": "20",
    "hundredth": "100", "thousandth": "1000", "millionth": "1000000", "straight": "2 3",
}  # fmt: skip

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_SCALE = re.compile(
    r"(?:\s*-?\s?(?P<word>hundred|thousand|million|billion|trillion|dozen|bln|mln|trn|bn|mn|tn)s?\b"
    r"|(?P<letter>[mbk])\b)(?:[\s-]+(?P<second>thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d.,:/])(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?|o['’]clock|noon\b|midnight\b)"
    r"|(?<![\d.,:/])(?P<hour2>[01]?\d|2[0-4])(?::(?P<minute2>[0-5]\d)(?![\d:])"
    r"|\.(?P<minute3>[0-5]\d)(?=\s*(?:WIB|WITA|WIT|GMT|UTC|local|Western|Central|Eastern|hours)\b))"
    r"|\b(?P<hour4>[01]\d|2[0-4])(?P<minute4>[0-5]\d)\s*(?=hours\b|hrs\b|WIB|WITA|WIT\b|GMT|UTC|local time)"
    r"|(?<=\bat )(?P<hour5>[01]?\d|2[0-4])(?:\.(?P<minute5>[0-5]\d))?(?![\d.,:%/]*\d|\s*percent|%)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+")
_RANGE = re.compile(r"\s*(?:-|–|—|and|to|or|,)\s*(?:Rp\.?\s*|US\$\s*|\$\s*|IDR\s*)?", re.IGNORECASE)


def quantities(text: str) -> list[Quantity]:
    """Read every quantity of an English `text`, in order of place."""
    found: list[Quantity] = []
    taken = bytearray(len(text))
    for match in _CLOCK.finditer(text):
        clock = _clock(match)
        if clock and not any(taken[match.start() : match.end()]):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            found.append(clock)
    for match in _FIGURES.finditer(text):
        if not any(taken[match.start() : match.end()]):
            figure = _figure(text, match)
            taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
            found.append(figure)
    found.extend(item for item in _words(text) if not any(taken[item.start : item.end]))
    return _ranges(text, sorted(found, key=lambda item: item.start))


def _clock(match: re.Match[str]) -> Quantity | None:
    hour = int(next(v for k, v in match.groupdict().items() if v and k.startswith("hour")))
    minute = int(next((v for k, v in match.groupdict().items() if v and k.startswith("min")), "0"))
    half = match["half"] or ""
    minutes = hour * 60 + minute
    values: set[Value] = {Clock(minutes % 1440)}
    if half[:1] in "pP" and half and hour < 12:
        values = {Clock(minutes + 720)}
    elif half == "noon":
        values = {Clock(720)}
    elif half[:1] in "aA" and half and hour == 12:
        values = {Clock(minute)}
    elif half[:1] not in ("a", "A", "p", "P") and hour <= 12:
        values.add(Clock((minutes + 720) % 1440))
    if match["hour5"] or match["minute3"]:  # `at 5`: a time or a place in a table
        values.add(
            Decimal(f"{hour}.{minute:02}")
            if match["minute5"] or match["minute3"]
            else Decimal(hour)
        )
    elif match["hour4"]:
        values.add(Decimal(hour * 100 + minute))
    return Quantity(
        start=match.start(),
        end=match.end(),
        text=match.group().strip(),
        values=frozenset(values),
        digits=True,
        mantissa=match.end(),
    )


def _figure(text: str, match: re.Match[str]) -> Quantity:
    """Read figures with their multiplier, and what they would mean if written the Indonesian way."""
    figures, end, scale = match.group(), match.end(), Decimal(1)
    scaled = _SCALE.match(text, end)
    if scaled:
        scale = _SCALES[(scaled["word"] or scaled["letter"]).lower()]
        scale *= _SCALES[scaled["second"].lower()] if scaled["second"] else 1
        end = scaled.end()
    else:
        suffix = re.match(r"(?:st|nd|rd|th|s|['’]s)\b", text[end : end + 3])
        end += suffix.end() if suffix else 0
    values, other = _readings(figures)
    if text[end - 1] == "s" and len(figures) == 2:
        values.add(Decimal(1900 + int(figures)))  # the 70s
    half = re.match(
        r"\s+and\s+a\s+half\b(?:\s+(?P<scale>million|billion|trillion|thousand))?",
        text[end : end + 30],
    )
    if half and values:
        factor = _SCALES[half["scale"]] if half["scale"] else Decimal(1)
        values = {(value + Decimal("0.5")) * factor for value in values}
        end += half.end()
    return Quantity(
        start=match.start(),
        end=end,
        text=text[match.start() : end],
        values=frozenset(value * scale for value in values),
        digits=True,
        mantissa=match.end(),
        scale=scale,
        other=other * scale if other is not None else None,
    )


def _readings(figures: str) -> tuple[set[Decimal], Decimal | None]:
    """Return the values of figures in English, and the one by Indonesian rules where that differs."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", figures):
        other = figures.replace(",", ".") if re.fullmatch(r"\d{1,3},\d{3}", figures) else None
        return {Decimal(figures.replace(",", ""))}, Decimal(other) if other else None
    if re.fullmatch(r"\d+(?:\.\d+)?", figures):
        dotted = re.fullmatch(r"\d{1,3}\.\d{3}", figures)
        return {Decimal(figures)}, Decimal(figures.replace(".", "")) if dotted else None
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figures) or re.fullmatch(r"\d+,\d+", figures):
        return set(), Decimal(figures.replace(".", "").replace(",", "."))
    return {Decimal(part) for part in re.findall(r"\d+", figures)}, None


def _words(text: str) -> Iterator[Quantity]:
    tokens = list(_WORD.finditer(text))
    at = 0
    while at < len(tokens):
        value, after = _number(text, tokens, at)
        if after > at:
            start, end = tokens[at].start(), tokens[after - 1].end()
            yield _word_quantity(text, start, end, {value} | _also(tokens[at:after]))
            at = after
            continue
        word = tokens[at].group().lower()
        if word in _FREE:
            values = {Decimal(value) for value in _FREE[word].split()}
            yield _word_quantity(text, tokens[at].start(), tokens[at].end(), values)
        at += 1


def _also(tokens: list[re.Match[str]]) -> set[Decimal]:
    """Return the free meanings of a word that is also a number (`third`, `quarter`)."""
    if len(tokens) > 1:
        return set()
    if tokens[0].group().lower().endswith("ties"):
        return {Decimal(1900 + _TENS[tokens[0].group().lower()])}  # the seventies
    return {Decimal(v) for v in _FREE.get(tokens[0].group().lower(), "").split()}


def _word_quantity(text: str, start: int, end: int, values: set[Decimal]) -> Quantity:
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        values=frozenset(values),
        digits=False,
        mantissa=end,
    )


def _number(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Decimal, int]:
    """Read a number in words from token `at`; return its value and the token after it."""
    total = group = Decimal(0)
    last = ""  # what came before decides what can follow: `twenty one`, not `one twenty`
    index = at
    while index < len(tokens):
        word = tokens[index].group().lower()
        gap = text[tokens[index - 1].end() : tokens[index].start()] if index > at else ""
        if gap.strip(" -"):
            break
        if (
            word in _SMALL
            and last not in {"small", "teen"}
            and not (last == "ten" and _SMALL[word] > 9)
        ):
            group += _SMALL[word]
            last = "small"
        elif word in _TENS and last in {"", "hundred", "scale", "and"}:
            group += _TENS[word]
            last = "ten"
        elif word in {"hundred", "hundredth"} and last in {"", "small", "and"}:
            group = (group or Decimal(1)) * 100
            last = "hundred"
        elif word in _SCALES and _SCALES[word] >= 1000 and len(word) > 3 and not word.endswith("s"):
            if index == at and not _article(tokens, at):
                break
            total += (group or Decimal(1)) * _SCALES[word]
            group, last = Decimal(0), "scale"
        elif word == "dozen" and (last == "small" or index == at):
            group = (group or Decimal(1)) * 12
            last = "teen"
        elif word == "and" and last in {"hundred", "scale"} and _continues(tokens, index):
            last = "and"
        elif word == "point" and last and index + 1 < len(tokens):
            return _decimals(tokens, index, total + group)
        elif word == "and" and group and _half(tokens, index):
            article = tokens[index + 1].group().lower() == "a"
            factor = _half_scale(tokens, index + article)
            after = index + 2 + article + (factor > 1)
            return (total + group + Decimal("0.5")) * factor, after
        else:
            break
        index += 1
    return total + group, index


def _decimals(tokens: list[re.Match[str]], index: int, whole: Decimal) -> tuple[Decimal, int]:
    """Read the rest of `one point three billion` from its `point`."""
    figures = ""
    index += 1
    while index < len(tokens) and _SMALL.get(tokens[index].group().lower(), 10) < 10:
        figures += str(_SMALL[tokens[index].group().lower()])
        index += 1
    value = whole + Decimal(f"0.{figures or 0}")
    word = tokens[index].group().lower() if index < len(tokens) else ""
    if word in {"thousand", "million", "billion", "trillion"}:
        return value * _SCALES[word], index + 1
    return value, index


def _article(tokens: list[re.Match[str]], at: int) -> bool:
    """Tell whether `a` or `one` stands before a bare multiplier: `a million`."""
    return at > 0 and tokens[at - 1].group().lower() in {"a", "one", "the", "per", "half"}


def _continues(tokens: list[re.Match[str]], index: int) -> bool:
    following = tokens[index + 1].group().lower() if index + 1 < len(tokens) else ""
    return following in _SMALL or following in _TENS


def _half(tokens: list[re.Match[str]], index: int) -> bool:
    words = [token.group().lower() for token in tokens[index : index + 3]]
    return words[:3] == ["and", "a", "half"] or words[:2] == ["and", "half"]


def _half_scale(tokens: list[re.Match[str]], index: int) -> Decimal:
    word = tokens[index + 2].group().lower() if index + 2 < len(tokens) else ""
    return _SCALES[word] if word in {"thousand", "million", "billion", "trillion"} else Decimal(1)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """Let the first number of `2-3 million` also mean 2,000,000."""
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
            more = {value * other.scale for value in one.values if isinstance(value, Decimal)}
            result[index] = Quantity(
                start=one.start,
                end=one.end,
                text=one.text,
                values=one.values | more,
                digits=True,
                mantissa=one.mantissa,
                other=one.other,
            )
    return result
