"""Who is credited: wire agencies, bylines, photo captions."""

from __future__ import annotations

import re

from briefing.ingest.furniture import is_sentence_like, words_of
from briefing.ingest.outlets import AGENCIES, DOMAIN_RE, known_outlet, outlet_key

__all__ = ["byline_of", "find_wires", "is_caption", "outlet_in_byline", "source_line"]

_I = re.IGNORECASE

# --- wires ---------------------------------------------------------------------------------------

_VERB = re.compile(
    r"\b(?:di(?:kutip|lansir|nukil|sadur|lapor(?:kan)?|beritakan|wartakan)|melansir|mengutip|menukil|menyitir|"
    r"mewartakan|berdasarkan laporan|menurut laporan)\s+(?P<dari>dari\s+|oleh\s+|melalui\s+|pada\s+)?"
    r"(?P<kind>(?:(?:laman|situs|akun|kantor berita|kantor|media|harian|surat kabar|koran|portal|stasiun|"
    r"saluran|televisi|tv|siaran|laporan|pemberitaan|resmi|asing|lokal|setempat|negara|pemerintah|radio|"
    r"majalah|berita|online|daring|web|website|jaringan|rilis)\s+){0,5})"
    r"(?P<name>[^,;:()\[\]\n“”\"|]{2,80})",
    _I,
)
_NAME_RUN = re.compile(r"(?:[A-Z0-9][\w&'’.-]*|[a-z0-9-]+\.(?:com|co\.id|co|id|net|org)(?:\.\w+)?)")
_STOP_WORDS = frozenset(
    "Senin Selasa Rabu Kamis Jumat Jum'at Sabtu Minggu Januari Februari Maret April Mei Juni Juli Agustus "
    "September Oktober November Desember Presiden Menteri Wakil Kepala Ketua Kementerian Gubernur Bupati Wali "
    "Jenderal Juru Direktur Instagram Twitter X Facebook TikTok YouTube Youtube Telegram WhatsApp Weibo "
    "Badan Pusat Komisi Dinas Undang-Undang UU Pasal Peraturan".split()
)
_SOURCE = re.compile(
    r"[|\s(]*(?:sumber(?: (?:berita|literasi|artikel|tulisan|informasi|asli|utama))?|source|dikutip dari|dilansir dari"
    r"|diolah dari|disadur dari|via)\s*[:：]\s*(?P<names>[^\n]{2,200}?)[)\s.]*$",
    _I,
)
_TAIL_CREDIT = re.compile(r"[(\[]\s*(?P<names>[A-Za-z][\w ./&-]{1,40})\s*[)\]]\s*\.?$")
_SPLIT = re.compile(r"\s*(?:[,;/|&]|\bdan\b)\s*")


def source_line(text: str) -> tuple[str, ...] | None:
    """Return the names on a source line (`Sumber: CNA/SL`), or `None` where it is not one."""
    match = _SOURCE.match(text)
    if match is None or (is_sentence_like(text) and len(words_of(text)) > 25):
        return None
    return tuple(
        name
        for part in _SPLIT.split(match["names"])
        if (name := _display(part.strip(" .()[]"))) is not None
    )


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
        trusted = bool(match["dari"]) or "berita" in match["kind"].lower()
        shown = _agency(name) or known_outlet(name) or (_first_agency(name) if name else None)
        if shown is None and trusted and match.group().lower().startswith(("dikutip", "dilansir")):
            shown = name
        if shown is not None:
            found.append(shown)
    tail = _TAIL_CREDIT.search(text, max(0, len(text) - 60))
    if tail is not None:
        found += [
            shown for part in _SPLIT.split(tail["names"]) if (shown := _agency(part)) is not None
        ]
    return tuple(dict.fromkeys(found))


def _agency(name: str) -> str | None:
    return AGENCIES.get(outlet_key(name))


def _first_agency(name: str) -> str | None:
    words = name.split()
    for count in range(min(4, len(words)), 0, -1):
        shown = _agency(" ".join(words[:count])) or known_outlet(" ".join(words[:count]))
        if shown is not None:
            return shown
    return None


def _leading_name(text: str) -> str | None:
    """Return the capitalised words that `text` begins with: at most five."""
    words: list[str] = []
    for word in text.split():
        bare = word.strip(".'’")
        if _NAME_RUN.fullmatch(word.rstrip(".'’")) is None or bare in _STOP_WORDS:
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
    if len(name) < 3 or len(name.split()) > 8 or not any(c.isalpha() for c in name):
        return None
    return name


# --- bylines -------------------------------------------------------------------------------------

_BY = re.compile(
    r"[(|\s]*(?:oleh|by|penulis|pewarta|reporter|wartawan|jurnalis|kontributor|ditulis oleh|laporan(?: wartawan| "
    r"reporter| jurnalis| kontributor)?|author|teks|text|narasi|dilaporkan oleh|koresponden|penulis dan editor)"
    r"(?P<mark>\s*[:：|]\s*|\s+)(?P<name>[^\n]{2,120})$",
    _I,
)
_TRAILING = re.compile(r"\s*(?:[|/–—]|\s-\s|,)\s*")
_HUMAN = re.compile(
    r"(?:[A-Z][\w'’.-]*|[A-Z]\.|bin|binti|van|de|der|al|el|dan|&|/|,)(?:\s+|$)", re.UNICODE
)
_ROLE = re.compile(
    r"\b(?:editor|redaksi|redaktur|penyunting|foto|antara|jurnalis|reporter|penulis|wartawan|kontributor)\b.*$",
    _I,
)


def byline_of(text: str) -> str | None:
    """Return the author on a byline line, or `None` where the line is not one.

    `Oleh: Siti Aminah`, `Pewarta: Budi | Editor: Ani`, `Rina Dewi - detikNews`,
    `Penulis Budi Santoso`, `Tim Redaksi, CNBC Indonesia`.
    """
    if len(text) > 120 or text.endswith(("?", "!")):
        return None
    match = _BY.match(text)
    if match is not None:
        name = _person(match["name"])
        if name and (":" in match["mark"] or "|" in match["mark"] or _is_human(name)):
            return name
        return None
    parts = [part for part in _TRAILING.split(text) if part]
    if len(parts) >= 2 and len(parts) <= 4 and outlet_in_byline(text):
        name = parts[0]
        if known_outlet(name) is None and _is_human(name) and len(name.split()) <= 5:
            return name
    return None


def outlet_in_byline(text: str) -> str | None:
    """Return the outlet at the end of `Rina Dewi - detikNews` or `Tim Redaksi, CNBC Indonesia`."""
    parts = [part for part in _TRAILING.split(text) if part]
    for part in parts[1:]:
        shown = known_outlet(part)
        if shown is not None:
            return shown
    return None


def _person(text: str) -> str | None:
    name = re.split(r"\s*[|/]\s*|\s+-\s+|\s*;\s*", text)[0]
    name = _ROLE.sub("", name).strip(" ,:.-–()|")
    if not name or len(name.split()) > 8 or known_outlet(name) is not None:
        return None
    return name


def _is_human(name: str) -> bool:
    if not name[:1].isupper():
        return False
    return all(
        word[:1].isupper()
        or word.lower() in {"bin", "binti", "van", "de", "der", "al", "el", "dan", "&"}
        for word in name.split()
    )


# --- captions ------------------------------------------------------------------------------------

_CAPTION_START = re.compile(
    r"[(\[|]?\s*(?:foto(?:grafer|grafi)?|keterangan(?: foto| gambar)?|ket(?:\.| foto)|caption|gambar|photo|image|potret"
    r"|ilustrasi|infografis|grafis|tangkapan layar)\s*(?:[:：]|\()\s*\S",
    _I,
)
_ILLUSTRATION = re.compile(
    r"(?:ilustrasi|infografi[sk]|tangkapan layar|arsip(?: foto)?|file foto)\b", _I
)
_ARCHIVE = re.compile(r"(?:arsip foto|arsip|file foto|dokumentasi foto|foto arsip)\s*[-–—.:]", _I)
_CREDIT_WORD = (
    r"(?:foto|photo|sumber|source|dok(?:\.|umen(?:tasi)?)?|courtesy|credit|kredit|image|gambar|antara(?: foto)?|reuters|"
    r"afp|ap(?: photo)?|getty(?: images)?|epa(?:-efe)?|xinhua|bloomberg|shutterstock|freepik|pixabay|unspl?ash|"
    r"unspalsh|pexels|istimewa|ist|setpres|setneg|biro pers|bpmi|humas|screenshot|tangkapan layar|youtube|instagram"
    r"|twitter|tiktok|sputnik|kcna|tass|yonhap|kyodo|anadolu|wikimedia|kompas|tempo|detik|liputan6|cnn|cnbc|republika|"
    r"tribun|merdeka|okezone|suara|viva|medcom|bisnis|kumparan|idn times|jawapos|jpnn|katadata|kontan|rri|via|pool|"
    r"file|handout|x|bi|puspen|kemen\w*|pemprov|pemkot|pemkab|polri|polda|tni|bnpb|basarnas|bmkg|dpr|mpr)"
)
_CREDIT_END = re.compile(
    rf"[(\[]\s*(?P<credit>[^()\[\]]{{0,40}}\b{_CREDIT_WORD}\b[^()\[\]]{{0,90}})[)\]]\s*\.?$"
    rf"|(?:\b(?:ANTARA FOTO|AFP PHOTO|AP PHOTO|REUTERS|EPA)/[\w .,/'-]{{2,80}})$"
    rf"|[./|]\s*(?:foto|photo|dok\.?|sumber|source|credit)\s*[:：/]\s*[^.]{{2,80}}\.?$",
    _I,
)
_SLASHED = re.compile(r"[(\[][A-Z][^()\[\]/]{1,40}/[^()\[\]]{2,60}[)\]]\s*\.?$")
_STRONG_CREDIT = re.compile(
    r"\b(?:foto|photo|dok(?:\.|umentasi)?|sumber foto|istimewa|getty|shutterstock|freepik|pixabay|unsplash|pexels|"
    r"biro pers|screenshot|tangkapan layar|handout|pool|courtesy|images?)\b|/",
    _I,
)
_SOURCE_WORD = re.compile(r"[(\[]\s*(?:sumber|source)\s*:", _I)


def is_caption(text: str) -> bool:
    """Tell whether a line is a caption by its own form, wherever it stands.

    `Foto: ...`, `Ilustrasi bendera. (Freepik)`, `... di Bogor. (Foto: Biro Pers)`,
    `... (ANTARA FOTO/Nama/xx)`, `Program rudal (Sumber: Bloomberg)`. A paragraph that begins with
    `Foto-foto itu` or ends with `(Reuters)` after its full stop is not one.
    """
    if len(text) > 600 or len(words_of(text)) < 2:
        return False
    if _CAPTION_START.match(text) or _ARCHIVE.match(text):
        return True
    credit = _CREDIT_END.search(text, max(0, len(text) - 160))
    if credit is None:
        slashed = _SLASHED.search(text, max(0, len(text) - 130))
        if slashed is not None:
            return not _is_sign(slashed.group())
        return (
            bool(_ILLUSTRATION.match(text))
            and not is_sentence_like(text)
            and len(words_of(text)) <= 25
        )
    before = text[: credit.start()].rstrip()
    if _STRONG_CREDIT.search(credit.group()):
        return len(words_of(text)) <= 70
    # A weak credit, such as a bare agency, marks a caption only where no sentence ends before it:
    # after a full stop it signs the report.
    ends = before.endswith((".", "!", "?", ".”", '."'))
    if _SOURCE_WORD.match(credit.group()):
        return not ends
    return not ends and 2 <= len(words_of(before)) <= 45


def _is_sign(credit: str) -> bool:
    """Tell whether brackets at the end are a desk's sign-off, `(rds/has)` or `(Z-1/AB)`."""
    inner = credit.strip("()[]. ")
    return all(len(part) <= 4 for part in inner.split("/"))
