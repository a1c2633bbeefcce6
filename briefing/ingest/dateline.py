"""The dateline: where, in which outlet and sometimes when, before the first sentence.

House styles differ in order and marks: `Jakarta (ANTARA) - `, `JAKARTA, KOMPAS.com - `,
`Liputan6.com, Jakarta - `, `REPUBLIKA.CO.ID, JAKARTA -- `, `Moskow | EGINDO.co – `, `VIVA – `,
`(CNBC) `, `KBRN, Jakarta: `, `Jakarta - `. They share one form: a few short capitalised parts,
then a dash or colon, then a sentence. A part is accepted as place or outlet on evidence (a known
place, a domain, a media word, capitals), so that `Kim - yang tiba Selasa - berkata` stays a
sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.ingest.outlets import DOMAIN_RE, is_outlet_like, known_outlet, outlet_key
from briefing.ingest.places import is_place, place_name

__all__ = ["Dateline", "find_dateline", "read_dateline"]

_MAX_HEAD = 90  # characters; the longest real head seen, with a date in it, has 61

_DASH = re.compile(r"\s*(?:--+|[—–―])\s*|\s+-\s*|(?<=[\w.)])-\s+|\s*:\s+")
_PAREN_ONLY = re.compile(r"^\(([^()/]{2,30})\)\s*(?=[A-Z“\"‘'])")
_BARE_OUTLET = re.compile(
    r"^([A-Za-z0-9-]{2,30}\.(?:co\.id|com|co|id|net|news|tv)),\s+(?=[A-Z“\"])"
)
# Without a mark, place and outlet together are the evidence: `Liputan6.com, Jakarta Presiden ...`
_UNMARKED = re.compile(
    r"^(?:(?P<outlet>[A-Za-z0-9-]{2,30}\.(?:co\.id|com|co|id|net|news|tv)), ?(?P<place>[A-Z]\S+(?: [A-Z]\S+)?)"
    r"|(?P<place2>[A-Z][A-Z.]+(?: [A-Z][A-Z.]+){0,2}), ?"
    r"(?P<outlet2>[A-Za-z0-9-]{2,30}\.(?:CO\.ID|co\.id|COM|com|CO|co|ID|id|NET|net|TV|tv))) (?=[A-Z“\"])"
)
# Kontan and some regional papers: `JAKARTA. Harga beras ...`
_CAPITAL_STOP = re.compile(r"^(?P<place>[A-Z]{4,}(?: [A-Z]{3,}){0,2})\. (?=[A-Z“\"])")
_PART = re.compile(r"\s*[,|/;()]\s*|\s+[•·]\s+")
_DATE = re.compile(
    r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b[\s,/]*)?"
    r"(?:\d{1,2}(?:[-/.]\d{1,2}[-/.]\d{2,4}|\s+[A-Za-z]{3,9}(?:\s+\d{4})?)|\d{1,2}/\d{1,2})"
    r"|\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w.'’&+-]*")
_CAMEL = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")
# Set before reports in capitals, and no outlet's name.
_RUBRICS = frozenset(
    (
        "BREAKING NEWS",
        "HOT NEWS",
        "LIVE UPDATE",
        "LIVE REPORT",
        "CEK FAKTA",
        "HEADLINE NEWS",
        "INFO PENTING",
    )
)
# Where a dateline may begin that is glued to the end of a caption or a time stamp:
# `Foto: AP|PropertiRUSIA, KUPANG TIMES - ...`, `... 12:56 WIBCIANJUR, KOMPAS.TV - ...`,
# `TEMPO/Nama Orang TEMPO.CO, Jakarta - ...`, `(Foto: Ist)JAKARTA - ...`
_SEAM = re.compile(
    r"(?<=[a-z0-9.)\]|])(?=[A-Z]{3})|(?<=WIB)(?=[A-Z]{3})|(?<=WITA)(?=[A-Z]{3})|(?<=\))\s*(?=[A-Z])"
    r"|\s(?=[A-Za-z0-9-]{2,30}\.(?:[Cc][Oo]|[Cc][Oo][Mm]|[Ii][Dd])\b)"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: its text as printed, what it says, and where the sentence after it begins."""

    text: str
    end: int
    place: str | None = None
    outlet: str | None = None
    date_text: str | None = None


def read_dateline(line: str) -> Dateline | None:
    """Return the dateline that `line` begins with, or `None` where there is none."""
    return _parenthesised(line) or _dashed(line) or _unmarked(line)


def find_dateline(line: str) -> tuple[int, Dateline] | None:
    """Return offset and dateline where one stands inside `line`, glued to what came before."""
    for count, match in enumerate(_SEAM.finditer(line[:600])):
        if count > 20:
            break
        found = read_dateline(line[match.end() :])
        if found is not None and (found.place or found.outlet) and found.end > 4:
            return match.end(), found
    return None


def _parenthesised(line: str) -> Dateline | None:
    match = _PAREN_ONLY.match(line)
    if match is None:
        return None
    name = match.group(1).strip()
    if not (known_outlet(name) or is_outlet_like(name) or _is_acronym(name)):
        return None
    return Dateline(match.group(0).rstrip(), match.end(), outlet=name)


def _is_acronym(name: str) -> bool:
    return name.isupper() and name.isalpha() and 3 <= len(name) <= 6


def _unmarked(line: str) -> Dateline | None:
    match = _UNMARKED.match(line)
    if match is not None:
        outlet = match["outlet"] or match["outlet2"]
        found = _known_start(match["place"] or match["place2"])
        if found is not None:
            end = (match.start("place") if match["place"] else match.start("place2")) + len(found)
            end = max(end, match.end("outlet") if match["outlet"] else match.end("outlet2"))
            return Dateline(line[:end], end + 1, place_name(found), outlet)
    match = _CAPITAL_STOP.match(line)
    if match is not None and is_place(match["place"]):
        return Dateline(match.group().rstrip(), match.end(), place_name(match["place"]))
    match = _BARE_OUTLET.match(line)
    if match is not None:
        return Dateline(match.group().rstrip(), match.end(), outlet=match.group(1))
    return None


def _known_start(words: str) -> str | None:
    """Return the longest known place that `words` begins with: `Jakarta` of `Jakarta Presiden`."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        if is_place(" ".join(parts[:count])):
            return " ".join(parts[:count])
    return None


def _dashed(line: str) -> Dateline | None:
    best: Dateline | None = None
    # `JPNN.com - JAKARTA - Polisi ...` has two marks; the longest head that parses wins.
    for count, mark in enumerate(_DASH.finditer(line[: _MAX_HEAD + 10])):
        if mark.start() > _MAX_HEAD or count > 3:
            break
        if mark.end() >= len(line) or mark.start() == 0 or line[0] == "(":
            continue
        colon = ":" in mark.group()
        parsed = _read_head(line[: mark.start()], colon=colon)
        if parsed is None:
            continue
        rest = line[mark.end() :]
        if not _starts_sentence(rest):
            continue
        place, outlet, date_text = parsed
        if outlet is None and not line[: mark.start()].isupper() and _known_start(rest[:40]):
            continue  # `Rusia - Korea Utara sepakat`
        end = mark.end()
        stop = _CAPITAL_STOP.match(rest)
        if stop is not None and place is None and is_place(stop["place"]):
            place, end = place_name(stop["place"]), end + stop.end()
        best = Dateline(line[:end].rstrip(), end, place, outlet, date_text)
    return best


def _starts_sentence(rest: str) -> bool:
    first = rest.lstrip("“”\"'‘’(*…. ")[:1]
    return bool(first) and (first.isupper() or first.isdigit() or rest[:1] in "“\"'‘…")


def _read_head(head: str, *, colon: bool) -> tuple[str | None, str | None, str | None] | None:
    """Sort the parts of a head into place, outlet and date; `None` where one is neither."""
    date_text = None
    dated = _DATE.search(head)
    if dated is not None:
        date_text = dated.group()
        head = f"{head[: dated.start()]},{head[dated.end() :]}"
    parts = [part for part in _PART.split(_DASH.sub(",", head)) if part.strip(" .")]
    if not parts or len(parts) > 4:
        return None
    names = []
    for part in parts:
        name = part.strip() if DOMAIN_RE.fullmatch(part.strip()) else part.strip(" .-")
        words = _WORD.findall(name)
        if not words or len(words) > 5 or not _is_name(name, words):
            return None
        names.append(name)
    found = _sort(names)
    if found is None or (colon and not (found[0] and found[1] and known_outlet(found[1]))):
        return None
    return *found, date_text


def _sort(names: list[str]) -> tuple[str | None, str | None] | None:
    """Tell places from outlets among the parts of a head; `None` where nothing is sure.

    What is known is sorted first, and what is left takes the seat that is free: beside a known
    place an unknown name is the outlet, beside a known outlet it is a place.
    """
    alone = len(names) == 1
    if alone and (split := _outlet_and_place(names[0])) is not None:
        return split  # `BorneoTribun Jakarta -- `
    places = [name for name in names if is_place(name) and not (known_outlet(name) and not alone)]
    outlets = [name for name in names if name not in places and _is_outlet(name, alone=alone)]
    rest = [name for name in names if name not in places and name not in outlets]
    if len(names) == len(rest) == 2 and all(len(name) > 3 and name.isupper() for name in names):
        return place_name(names[0]), names[1]  # `SITARO, KOTA RAYA - `, both unknown
    if len({outlet_key(name) for name in outlets}) > 1 or len(rest) > 1:
        return None
    if rest and not (places or outlets):
        return None
    place = ", ".join(place_name(name) for name in places[:2]) or None
    outlet = outlets[0] if outlets else None
    if rest and outlet is None:
        # `Jayapura, Jubi - ` but not `Terowongan Seikan, Jepang - `
        if names[0] == rest[0] and not rest[0].isupper():
            return None
        outlet = rest[0]
    elif rest and place is None:
        if len(rest[0].split()) > 3:
            return None
        place = place_name(rest[0])
    elif rest:
        # `Cisarua, Kabupaten Bogor, ANTARA`: a place within a place
        place = f"{place_name(rest[0])}, {place}" if names[0] == rest[0] else place
    return place, outlet


def _outlet_and_place(name: str) -> tuple[str, str] | None:
    outlet, _, place = name.partition(" ")
    if place and is_place(place) and _CAMEL.fullmatch(outlet):
        return place_name(place), outlet
    return None


def _is_outlet(name: str, *, alone: bool) -> bool:
    """Tell whether a part is an outlet.

    Alone before the dash, one media word (`Fakta - `) is not enough, but two words in capitals or
    one in camel case are.
    """
    if known_outlet(name) is not None or DOMAIN_RE.fullmatch(name) is not None:
        return True
    words = name.split()
    if not alone:
        return is_outlet_like(name)
    if name.upper() in _RUBRICS:
        return False
    if len(words) == 1:
        return _CAMEL.fullmatch(name) is not None
    return is_outlet_like(name) or name.isupper() or known_outlet(words[0]) is not None


def _is_name(part: str, words: list[str]) -> bool:
    """Tell whether every word of `part` looks like part of a name, as in a dateline."""
    if DOMAIN_RE.fullmatch(part) or known_outlet(part):
        return True
    if DOMAIN_RE.search(part) or any(char.isdigit() for char in part):
        return False
    small = {"de", "es", "dan", "di"}
    return (
        all(w[:1].isupper() or w[:1].isdigit() or w in small for w in words)
        and words[0][:1].isupper()
    )
