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

from briefing.ingest.outlets import DOMAIN_RE, is_outlet_like, known_outlet
from briefing.ingest.places import is_place, place_name

__all__ = ["Dateline", "find_dateline", "read_dateline"]

_MAX_HEAD = 90  # characters; the longest real head seen, with a date in it, has 61

_DASH = re.compile(r"\s*(?:--+|[—–―])\s*|\s+-\s*|(?<=[\w.)])-\s+|\s*:\s+")
_PAREN_ONLY = re.compile(r"^\(([^()]{2,30})\)\s*(?=[A-Z“\"‘'])")
_BARE_OUTLET = re.compile(
    r"^([A-Za-z0-9-]{2,30}\.(?:co\.id|com|co|id|net|news|tv)),\s+(?=[A-Z“\"])"
)
_PART = re.compile(r"\s*[,|/;()]\s*|\s+[•·]\s+")
_DATE = re.compile(
    r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)\b[\s,/]*)?"
    r"(?:\d{1,2}(?:[-/.]\d{1,2}[-/.]\d{2,4}|\s+[A-Za-z]{3,9}(?:\s+\d{4})?)|\d{1,2}/\d{1,2})"
    r"|(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w.'’&+-]*")
# A dateline glued to the end of a caption: `Foto: AP|PropertiRUSIA, KUPANG TIMES - Presiden ...`
_GLUED = re.compile(r"(?<![A-Z])[A-Z]{3,20}(?: [A-Z]{2,20}){0,3}, [A-Z][\w. ]{2,40}? ?[-–—]{1,2} ")


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
    return _parenthesised(line) or _dashed(line) or _bare_outlet(line)


def find_dateline(line: str) -> tuple[int, Dateline] | None:
    """Return offset and dateline where one stands inside `line`, glued to what came before."""
    for match in _GLUED.finditer(line[:2_000]):
        found = read_dateline(line[match.start() :])
        if found is not None and found.outlet and found.place:
            return match.start(), found
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


def _bare_outlet(line: str) -> Dateline | None:
    match = _BARE_OUTLET.match(line)
    if match is None:
        return None
    return Dateline(match.group(0).rstrip(), match.end(), outlet=match.group(1))


def _dashed(line: str) -> Dateline | None:
    best: Dateline | None = None
    # `JPNN.com - JAKARTA - Polisi ...` has two marks; the longest head that parses wins.
    for count, mark in enumerate(_DASH.finditer(line[: _MAX_HEAD + 10])):
        if mark.start() > _MAX_HEAD or count > 3:
            break
        if mark.end() >= len(line) or mark.start() == 0:
            continue
        colon = ":" in mark.group()
        parsed = _read_head(line[: mark.start()], colon=colon)
        if parsed is None:
            continue
        rest = line[mark.end() :]
        if not _starts_sentence(rest):
            continue
        place, outlet, date_text = parsed
        best = Dateline(line[: mark.end()].rstrip(), mark.end(), place, outlet, date_text)
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
    place: str | None = None
    outlet: str | None = None
    sure = False
    for index, part in enumerate(parts):
        part = part.strip(" .") if not DOMAIN_RE.fullmatch(part.strip()) else part.strip()
        words = _WORD.findall(part)
        if not words or len(words) > 5 or not _is_name(part, words):
            return None
        known, placed = known_outlet(part) is not None, is_place(part)
        if placed and place is None and not (known and len(parts) > 1 and outlet is None):
            place, sure = place_name(part), True
        elif outlet is None and (known or is_outlet_like(part)):
            outlet, sure = part, True
        elif part.upper() in {"WIB", "WITA", "WIT", "KABUPATEN", "KOTA"}:
            continue
        elif placed and place is not None:
            place = f"{place}, {place_name(part)}" if index == 1 else place
        elif place is None and len(words) <= 3:
            place = place_name(part)
            sure = sure or (part.isupper() and len(parts) > 1)
        elif outlet is None:
            outlet = part
        else:
            return None
    if not sure or (colon and not (outlet and known_outlet(outlet))):
        return None
    return place, outlet, date_text


def _is_name(part: str, words: list[str]) -> bool:
    """Tell whether every word of `part` looks like part of a name, as in a dateline."""
    if DOMAIN_RE.fullmatch(part) or known_outlet(part):
        return True
    small = {"de", "es", "dan", "di"}
    return (
        all(w[:1].isupper() or w[:1].isdigit() or w in small for w in words)
        and words[0][:1].isupper()
    )
