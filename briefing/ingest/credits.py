"""Who is credited: wire agencies and bylines."""

from __future__ import annotations

import re

from briefing.ingest.furniture import is_sentence_like, words_of
from briefing.ingest.lexicon import word_set
from briefing.ingest.outlets import AGENCIES, DOMAIN_RE, is_outlet_like, known_outlet, outlet_key
from briefing.ingest.places import is_place

__all__ = [
    "byline_label",
    "byline_of",
    "find_wires",
    "is_person",
    "outlet_in_byline",
    "source_line",
]

_I = re.IGNORECASE

# --- wires ---------------------------------------------------------------------------------------

_VERB = re.compile(
    r"\b(?:di(?:kutip|lansir|nukil|sadur|lapor(?:kan)?|beritakan|wartakan)|melansir|mengutip|menukil|menyitir|"
    r"mewartakan|(?:berdasarkan|menurut) laporan)\s+(?P<dari>dari\s+|oleh\s+|melalui\s+|pada\s+)?"
    r"(?P<kind>(?:(?:laman|situs|akun|kantor berita|kantor|media|harian|surat kabar|koran|portal|stasiun|"
    r"saluran|televisi|tv|siaran|laporan|pemberitaan|resmi|asing|lokal|setempat|negara|pemerintah|radio|"
    r"majalah|berita|online|daring|web|website|jaringan|rilis)\s+){0,5})"
    r"(?P<name>[^,;:()\[\]\n“”\"|]{2,80})",
    _I,
)
_NAME_WORD = re.compile(r"[A-Z0-9][\w&'’.-]*|[a-z0-9-]+\.(?:com|co|id|net|org|go|tv)(?:\.\w+)?")
_NOT_MEDIA = word_set(
    "Senin Selasa Rabu Kamis Jumat Jum'at Sabtu Minggu Januari Februari Maret April Mei Juni Juli Agustus "
    "September Oktober November Desember Presiden Menteri Wakil Kepala Ketua Kementerian Gubernur Bupati Wali "
    "Jenderal Juru Direktur Instagram Twitter X Facebook TikTok YouTube Youtube Telegram WhatsApp Weibo Truth "
    "Badan Pusat Komisi Dinas Undang-Undang UU Pasal Peraturan Al-Qur'an"
)
_SOURCE = re.compile(
    r"[|\s(]*(?:sumber(?: (?:berita|literasi|artikel|tulisan|informasi|asli|utama))?|source|dikutip dari|dilansir dari"
    r"|diolah dari|disadur dari|via)\s*[:：]\s*(?P<names>[^\n]{2,300}?)[)\s.]*$",
    _I,
)
_SOURCE_BARE = re.compile(r"(?:Sumber|SUMBER)\s+(?P<names>[A-Z][\w.& /-]{1,50})$")
_TAIL_CREDIT = re.compile(r"[(\[]\s*(?P<names>[A-Za-z][\w ./&-]{1,40})\s*[)\]]\s*\.?$")
_SPLIT = re.compile(r"\s*(?:[,;/|&]|\bdan\b)\s*")


def source_line(text: str) -> tuple[str, ...] | None:
    """Return the names on a source line (`Sumber: CNA/SL`), or `None` where it is not one."""
    match = _SOURCE.match(text)
    if match is None:
        match = _SOURCE_BARE.match(text)
        if match is None or not any(_is_media(part) for part in _SPLIT.split(match["names"])):
            return None
    elif is_sentence_like(text) and len(words_of(text)) > 25:
        return None
    return tuple(
        name
        for part in _SPLIT.split(match["names"])
        if (name := _display(part.strip(" .()[]"))) is not None
    )


def _is_media(name: str) -> bool:
    name = name.strip(" .")
    return _agency(name) is not None or is_outlet_like(name) or _first_agency(name) is not None


def find_wires(text: str) -> tuple[str, ...]:
    """Return the agencies and outlets that running text credits, in order of mention.

    `dikutip dari Reuters`, `dilansir dari CNN`, `mengutip kantor berita KCNA`, and an agency in
    brackets at the end, `(Antara)`. After `mengutip`, which also goes with persons, only names that
    are known as media count; after `dikutip dari` any name that is not a social network.
    """
    found: list[str] = []
    for match in _VERB.finditer(text):
        name = _leading_name(match["name"])
        if name is None:
            continue
        shown = _agency(name) or known_outlet(name) or _first_agency(name)
        passive = match.group()[:2].lower() == "di"
        trusted = bool(match["dari"] or match["kind"]) and passive
        if shown is None and (trusted or "berita" in match["kind"].lower()):
            shown = name
        if shown is not None:
            found.append(shown)
    return tuple(dict.fromkeys([*found, *_bracketed_agencies(text)]))


def _bracketed_agencies(text: str) -> list[str]:
    tail = _TAIL_CREDIT.search(text, max(0, len(text) - 60))
    if tail is None:
        return []
    return [shown for part in _SPLIT.split(tail["names"]) if (shown := _agency(part)) is not None]


def _agency(name: str) -> str | None:
    return AGENCIES.get(outlet_key(name))


def _first_agency(name: str) -> str | None:
    words = name.split()[:4]
    for count in range(len(words), 0, -1):
        shown = _agency(" ".join(words[:count]))
        if shown is not None:
            return shown
    return None


def _leading_name(text: str) -> str | None:
    """Return the capitalised words that `text` begins with: at most five."""
    words: list[str] = []
    for word in text.split()[:6]:
        bare = word.strip(".'’")
        if _NAME_WORD.fullmatch(word.rstrip(".'’")) is None or bare in _NOT_MEDIA:
            break
        words.append(bare)
        if word.endswith(".") or len(words) == 5:
            break
    return " ".join(words) or None


def _display(name: str) -> str | None:
    """Return the name of a source as shown; `None` for initials of the desk (`CNA/SL`)."""
    shown = _agency(name) or known_outlet(name)
    if shown is not None:
        return shown
    if len(name) < 3 or len(name.split()) > 8 or not any(char.isalpha() for char in name):
        return None
    return name


# --- bylines -------------------------------------------------------------------------------------

_ROLES = (
    r"(?:oleh|by|penulis|pewarta|reporter|wartawan|jurnalis|kontributor|ditulis oleh|author|teks|text|dilaporkan oleh|"
    r"laporan(?: wartawan| reporter| jurnalis| kontributor)?|koresponden|penulis dan editor|laporan oleh)"
)
_BY = re.compile(rf"[(|\s]*{_ROLES}(?P<mark>\s*[:：|]\s*|\s+)(?P<name>[^\n]{{2,140}})$", _I)
_BY_TITLE = re.compile(
    r"(?P<name>[^\n,]{3,60}?)\s*,\s*(?:jurnalis|wartawan|reporter|kontributor)", _I
)
_BY_LABEL = re.compile(rf"{_ROLES}\s*[:：]?$", _I)
_EDITOR_LABEL = re.compile(r"(?:editor|penyunting|redaktur)\s*[:：]?$", _I)
_TRAILING = re.compile(r"\s*(?:[|/–—]|\s-\s|,)\s*")
_ROLE = re.compile(
    r"\b(?:editor|redaksi|redaktur|penyunting|foto|antara|jurnalis|reporter|penulis|wartawan|kontributor)\b.*$",
    _I,
)
_PARTICLES = word_set("bin binti van de der al el dan & ibn")


def byline_of(text: str) -> str | None:
    """Return the author on a byline line, or `None` where the line is not one.

    `Oleh: Siti Aminah`, `Pewarta: Budi | Editor: Ani`, `Rina Dewi - detikNews`,
    `Penulis Budi Santoso`, `Laporan Wartawan Tribunnews.com, Rina Dewi`.
    """
    if len(text) > 160 or text.endswith(("?", "!")):
        return None
    match = _BY.match(text)
    if match is not None:
        marked = bool(match["mark"].strip())
        name = _author(match["name"])
        return name if name and (marked or is_person(name)) else None
    match = _BY_TITLE.fullmatch(text)
    if match is not None and is_person(match["name"]):
        return match["name"]
    parts = [part for part in _TRAILING.split(text) if part]
    if 2 <= len(parts) <= 4 and outlet_in_byline(text):
        name = parts[0]
        if known_outlet(name) is None and not is_place(name) and is_person(name):
            return name
    return None


def byline_label(text: str) -> str | None:
    """Return `byline` or `sign-off` for a label whose name stands on the next line."""
    if _BY_LABEL.fullmatch(text):
        return "byline"
    return "sign-off" if _EDITOR_LABEL.fullmatch(text) else None


def outlet_in_byline(text: str) -> str | None:
    """Return the outlet at the end of `Rina Dewi - detikNews` or `Tim Redaksi, CNBC Indonesia`."""
    for part in _TRAILING.split(text)[1:]:
        shown = known_outlet(part) if part else None
        if shown is not None:
            return shown
    # An outlet that nobody knows yet: `Dimas Prakoso - Kabar Lembah`
    name, mark, outlet = text.partition(" - ")
    if mark and is_person(name) and is_person(outlet) and is_outlet_like(outlet):
        return outlet
    return None


def _author(text: str) -> str | None:
    name = re.split(r"\s*[|/]\s*|\s+-\s+|\s*;\s*", text)[0]
    # `Laporan Wartawan Tribunnews.com, Rina Dewi`
    head, _, rest = name.partition(",")
    if rest and (known_outlet(head) or DOMAIN_RE.fullmatch(head.strip())):
        name = rest
    name = _ROLE.sub("", name).strip(" ,:.-–()|")
    if not name or len(name.split()) > 8 or known_outlet(name) is not None:
        return None
    return name


def is_person(name: str) -> bool:
    """Tell whether a text has the form of a person's name: up to six capitalised words."""
    words = name.split()
    return (
        0 < len(words) <= 6
        and name[:1].isupper()
        and not any(char.isdigit() for char in name)
        and all(word[:1].isupper() or word.lower().strip(",") in _PARTICLES for word in words)
    )
