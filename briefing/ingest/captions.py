"""Photo captions and their credits."""

from __future__ import annotations

import re

from briefing.ingest.furniture import is_sentence_like, words_of
from briefing.ingest.outlets import AGENCIES, DOMAIN_RE, known_outlet, outlet_key

__all__ = ["is_caption", "is_photo_credit"]

_I = re.IGNORECASE

_START = re.compile(
    r"[(\[|]?\s*(?:foto(?:grafer|grafi)?|keterangan(?: foto| gambar)?|ket(?:\.| foto)|caption|gambar|photo|image"
    r"|potret|ilustrasi|infografis|grafis|tangkapan layar|dok\. ?foto)\s*(?:[:：]|\()\s*\S"
    r"|(?:keterangan (?:gambar|foto|video)|image caption|media caption)\s*,\s*\S",
    _I,
)
_ILLUSTRATION = re.compile(
    r"(?:ilust?rasi|infografi[sk]|tangkapan layar|screens?h?oo?t|arsip(?: foto)?|file foto)\b", _I
)
_LABELLED = re.compile(
    r"(?:(?:arsip foto|arsip|file foto|dokumentasi foto|foto arsip|ilustrasi)\s*[-–—.]\s|ILUSTRASI\.)",
    _I,
)
# Words that say `this is a picture's credit` wherever they stand in the brackets at a line's end.
_STRONG = (
    r"(?:foto|photos?|dok(?:\.|umen(?:tasi)?)?|istimewa|getty(?: images)?|shutterstock|freepik|pixabay|unspl?ash|unspalsh"
    r"|pexels|istock|wikimedia|biro pers|screens?hoo?t|tangkapan layar|handout|courtesy|file photo|setpres|bpmi|repro)"
)
_BRACKETS = re.compile(r"[(\[]\s*(?P<credit>[^()\[\]]{2,120})[)\]]\s*(?P<stop>\.?)$")
_STRONG_WORD = re.compile(rf"\b{_STRONG}(?!\w)", _I)
_LABEL = re.compile(r"(?:sumber|source|foto|photo|dok\.?|kredit|credit|image|gambar)\s*[:：.]", _I)
_COLON = re.compile(r"(?P<agency>[A-Za-z ]{2,20})[:/]\s*[A-Z]")
_PHOTO_SLASH = re.compile(
    r"\b(?:ANTARA FOTO|ANTARA|AFP PHOTO|AFP|AP PHOTO|AP|REUTERS|EPA|Xinhua|TEMPO)/[\w .,/'@-]{2,80}\.?$"
)
_SLASH_END = re.compile(r"\w/(?P<credit>[A-Z][\w .]{1,30})$")
_SHORT_CREDITS = frozenset(
    ("net", "ist", "istimewa", "repro", "dok", "rmol", "instagram", "youtube")
)
_LABEL_END = re.compile(
    r"[./|]\s*(?:foto|photo|dok\.?|sumber foto|credit)\s*[:：/.]\s*(?:dok\.\s*)?[^.]{2,80}\.?$"
    r"|\.\s?foto dok\.?\s?\w[\w .]{1,30}$",
    _I,
)
# `... Kamis (23/2/2023)./Bisnis-Nama Orang`
_NAMED_END = re.compile(r"[.)]\s?/[A-Z][\w.-]{1,20}(?:[ -][A-Z][a-z]\w{0,20}){1,5}$")
_DATE = re.compile(r"\d{1,2}[/.]\d{1,2}")
# The BBC's: `Sumber gambar, Getty Images`.
_SOURCE_OF = re.compile(r"(?:sumber (?:gambar|foto|video)|image source)\s*,\s*\S.{0,70}", _I)
_DOK = re.compile(r"(?:dok|dokumentasi|istimewa)\b", _I)
_CREDIT_LABEL = re.compile(r"\(?(?:foto|photo|kredit|credit|sumber foto)\s*[:：]\s*", _I)


def is_caption(text: str) -> bool:
    """Tell whether a line is a caption by its own form, wherever it stands.

    `Foto: ...`, `Ilustrasi bendera. (Freepik)`, `... di Bogor. (Foto: Biro Pers)`,
    `... (ANTARA FOTO/Nama/xx)`, `Program rudal (Sumber: Bloomberg)`. A paragraph that begins with
    `Foto-foto itu`, ends with `(Reuters)` after its full stop, or with `Bank Indonesia (BI).` is
    not one.
    """
    count = len(words_of(text))
    if len(text) > 600 or count < 2 or count > 80:
        return False
    if _START.match(text) or _LABELLED.match(text):
        return True
    if _PHOTO_SLASH.search(text, max(0, len(text) - 120)) and text[-1] not in ")]":
        return True
    tail = max(0, len(text) - 120)
    if _LABEL_END.search(text, tail) or _NAMED_END.search(text, tail):
        return True
    slash = _SLASH_END.search(text, max(0, len(text) - 40))
    if slash is not None and not is_sentence_like(text) and _is_credited(slash["credit"]):
        return True
    brackets = _BRACKETS.search(text, max(0, len(text) - 160))
    if brackets is not None and _is_credit(text[: brackets.start()].rstrip(), brackets):
        return True
    return bool(_ILLUSTRATION.match(text)) and not is_sentence_like(text) and count <= 25


def _is_credit(before: str, brackets: re.Match[str]) -> bool:
    """Tell whether the brackets that end a line hold the credit of a picture.

    A full stop behind the brackets, or before them, is the sign of a paragraph; only words such as
    `Foto` or `Dok.` outweigh it.
    """
    credit = brackets["credit"].strip()
    sentence = bool(brackets["stop"])
    ends = before.endswith((".", "!", "?", ".”", '."'))
    if _DATE.search(credit) or not before:
        return False
    if credit.casefold() in {"ilustrasi", "illustrasi", "arsip", "istimewa", "ist"}:
        return not sentence
    if _STRONG_WORD.match(credit) and (not sentence or ":" in credit or "/" in credit):
        return True
    if sentence:
        return False
    if _LABEL.match(credit):
        return not ends or credit[:1] in "Ff"
    if "/" in credit:
        left, _, right = credit.partition("/")
        named = (left[:1].isupper() and right.strip()[:1].isupper()) or _is_credited(left)
        # `(rds/has)` and `(Z-1/AB)` sign a report.
        return named and len(credit.replace("/", "").strip()) > 8 and len(left) > 2
    if _STRONG_WORD.search(credit):
        return True
    colon = _COLON.match(credit)
    if colon is not None and _is_credited(colon["agency"]):
        return True
    return not ends and _is_credited(credit) and 2 <= len(words_of(before)) <= 45


def _is_credited(name: str) -> bool:
    """Tell whether a name is an agency, an outlet, or a usual short credit."""
    name = name.strip(" .")
    key = outlet_key(name)
    return (
        key in AGENCIES
        or key in _SHORT_CREDITS
        or known_outlet(name) is not None
        or DOMAIN_RE.fullmatch(name) is not None
    )


def _is_name(part: str) -> bool:
    words = part.split()
    return len(words) <= 4 and all(word[0].isupper() or not word[0].isalpha() for word in words)


def is_photo_credit(text: str) -> bool:
    """Tell whether a line is nothing but a picture's credit: `SAID KHATIB / AFP`, `Dok. Humas`."""
    if len(text) > 90 or text.endswith(("?", "!")):
        return False
    if _SOURCE_OF.fullmatch(text):
        return True
    if text.endswith("."):
        return False
    label = _CREDIT_LABEL.match(text)
    parts = [
        part for part in re.split(r"\s*[/|]\s*", text[label.end() :] if label else text) if part
    ]
    if len(parts) > 1 and all(_is_name(part) for part in parts):
        return any(_is_credited(part) for part in parts) or (label is not None and len(parts) < 5)
    if label is not None and len(parts) == 1 and (_is_credited(parts[0]) or _DOK.match(parts[0])):
        return len(words_of(text)) <= 8
    return (
        len(words_of(text)) <= 6
        and re.match(r"(?:dok\.?|dokumentasi|courtesy)\s", text, _I) is not None
    )
