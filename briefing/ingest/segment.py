"""Sentence segmentation of Indonesian newspaper prose.

The translation model was trained on single sentences, so a sentence is also what stands inside a
quotation: `"Satu. Dua," kata X.` becomes `"Satu.` and `Dua," kata X.`, as in the parallel corpora.

Own rules, because no maintained segmenter has Indonesian ones and none lets them be added from
outside: sentencex 1.0 (compiled, English rules for `id`) and yasbd 1.0 (no Indonesian) break after
`M.Si.`, `Jl.`, `Rp.` and `1.`, and never inside a quotation, so that each of their decisions would
have to be made again. On the 259 boundaries of `tests/data/segments` precision and recall are 0.77
and 0.90 for sentencex, 0.79 and 0.87 for yasbd, 0.996 and 1.0 here.

Every rule looks at a bounded stretch left and right of one stop, so time is linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MAX_WORDS", "split_sentences"]

MAX_WORDS = 120
"""A longer sentence is cut at clauses: in a newspaper it is a list, or has lost its full stops.
"""

# How far to look left and right of a stop: longer than any token that decides anything.
_REACH = 80


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always followed by what they belong to, so a stop after them never ends a sentence. Case counts:
# `Kol.` is a colonel and `kol.` a cabbage.
_NEVER = _words(
    """
    Dr dr Drs Dra Drh drh drg Prof Ir Tn Ny Nn Sdr Sdri Bpk Hj KH Kh Ust Ustz Tgk Rm Pdt Pr Fr Br
    Sr St Kol Letjen Mayjen Brigjen Jend Marsda Marsma Marsdya Laksda Laksma Laksdya Letkol Mayor
    Kapt Lettu Letda Pelda Peltu Serma Serka Sertu Serda Kopda Koptu Kompol Kombes Komjen Irjen
    Ipda Iptu AKP AKBP Aiptu Aipda Bripka Briptu Bripda Purn purn Jl jl Jln jln Gg gg No Rp PT CV
    UD PD Fa Yay Kab Kec Kel Kp Ds Dsn Kom Komp Perum Prov Moh Muh Muhd Mohd Abd Alm alm Almh almh
    Yth yth mis misal cth vs Vs Mr Mrs Ms Messrs Capt Col Gen Lt Sgt Sen Rep Gov Mt Ft Tj Hb Mgr
    Bid Kasubdit Kabid cq Cq eks Ps Pst Pnt Ev Hr Pol Gd Kem RS RSUD RSU KM KMP KRI Km Rt Rw RT RW
    """
) | {"a.n", "A.n", "u.p", "U.p", "d.a", "D.a", "s.d", "S.d", "c.q", "n.b", "e.g", "i.e", "u.b"}

# Belong to a number that follows; elsewhere ordinary words (`segala hal.`) or ends (`No.`).
_BEFORE_NUMBER = _words(
    """
    no nomor hal hlm Hal Hlm tgl Tgl pkl Pkl pk Pk ps psl Psl ay ca vol Vol telp Telp tel Tel fax km
    rt rw RT RW art fig gbr Gbr bag jam lt kav Kav blok Blok rp RP Jan Feb Mar Apr Mei Jun Jul Agu
    Agt Ags Aug Sep Sept Okt Oct Nov Des Dec jan feb mar apr jun jul agu agt sep sept okt nov des
    """
)

# Words of closed classes that begin sentences and are no part of a name: after an initial
# (`berinisial R. Ia`, `vitamin C. Namun`) they decide for a boundary.
_STARTERS = _words(
    """
    Ada Adapun Akan Akibat Akibatnya Apakah Atas Bagi Bahkan Bahwa Beberapa Belum Berdasarkan Bila
    Bukan Dalam Dan Dari Demi Dengan Di Dia Diketahui Hal Hanya Harus Hingga Ia Ini Itu Jadi Jangan
    Jika Jumlah Juga Kalau Kami Karena Kata Ke Kedua Kemarin Kemudian Kendati Ketika Kini Kita Lalu
    Lantas Maka Masih Meski Meskipun Mereka Menurut Menurutnya Misalnya Namun Nantinya Oleh Pada
    Padahal Para Pasalnya Pihak Pihaknya Polisi Saat Sampai Sang Saya Seandainya Sebab Sebagai
    Sebaliknya Sebanyak Sebelum Sebelumnya Sedangkan Sejak Sejumlah Sekarang Sekitar Selain Selama
    Selanjutnya Semua Sementara Seperti Seorang Setelah Setiap Sesuai Sudah Suatu Tahun Tak Tanpa
    Tapi Telah Terkait Tersangka Tetapi Tidak Untuk Usai Walau Walaupun Yaitu Yang
    """
)

# A single letter after these is a label and not the initial of a name.
_LABELLED = _words(
    """
    vitamin hepatitis influenza grup kelas kelompok tipe golongan plan rencana blok seri poin opsi
    tim tingkat pilihan jawaban huruf lajur jalur sektor zona terminal varian nilai abjad kategori
    inisial berinisial serie liga divisi seksi
    """
)

# Verbs of saying: after a closed quotation they belong to it, also where the paper capitalises.
_SAYING = _words(
    """
    kata katanya ujar ujarnya tutur tuturnya ucap ucapnya ungkap ungkapnya tegas tegasnya jelas
    jelasnya tanya tanyanya imbuh imbuhnya sebut sebutnya papar paparnya terang terangnya lanjut
    lanjutnya tambah tambahnya pungkas pungkasnya tandas tandasnya beber jawab
    jawabnya keluh seru serunya teriak teriaknya tulis tulisnya cetus klaim
    """
)

# Degrees that look like initials: `Budi, S.H.` beside `M.H. Thamrin`.
_DEGREES = _words(
    "S.H M.H S.E M.M S.T M.T S.P M.P S.S M.S M.A B.A S.I.K S.I.P M.I.K S.E.I B.Sc Ph.D Ed.D"
)

_TLDS = _words("com co id net org tv news go ac sch my web info biz io me us uk gov edu js dev ai")

_STOP = re.compile(r"[.!?…]+")
_OPENERS = "\"“‘«([{'„‚"
_CLOSERS = "\"”’»)]}'“"
_QUOTES = "\"”’»“'"
_INITIALS = re.compile(r"(?:[A-Z][a-z]?\.)*[A-Z]")
_HEAD = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})")
_BULLET = re.compile(r"(?<=\s)(?=[•◦▪●■‣➤►]\s*\w)|(?<=\n)(?=[ \t]*(?:[-*–—]|\d{1,3}[.)])\s)")
_CLAUSE = re.compile(
    r"(?:(?<=[;])|(?<=[,–—])(?= (?:dan|tetapi|tapi|namun|sedangkan|sementara|serta|sehingga|karena"
    r"|ketika|setelah|lalu|kemudian|padahal|meski|meskipun|bahkan|atau|agar|yang)\b))\s+"
)
_COMMA = re.compile(r"(?<=[,;:])\s+")
_CONJUNCTION = re.compile(
    r"(?<=\S)\s+(?=(?:dan|tetapi|namun|sedangkan|sementara|serta|sehingga|karena)\s)"
)


def split_sentences(text: str) -> list[str]:
    """Split one Indonesian paragraph into sentences.

    Returns the sentences in order, without the white space around them and otherwise as written:
    joined, they give `text` up to white space. A piece without a letter or digit (`. .`) stays with
    its neighbour. An empty or blank `text` gives an empty list. A sentence of more than `MAX_WORDS`
    words is cut at clauses.
    """
    pieces: list[str] = []
    start = 0
    for end in sorted({*_stops(text), *(match.start() for match in _BULLET.finditer(text))}):
        pieces.append(text[start:end].strip())
        start = end
    pieces.append(text[start:].strip())
    return [part for piece in _mend(pieces) for part in _cut(piece)]


def _mend(pieces: list[str]) -> list[str]:
    """Join a piece that holds no word to the one before it, or to the one after it at the start."""
    mended: list[str] = []
    for piece in filter(None, pieces):
        if mended and not (_has_word(piece) and _has_word(mended[-1])):
            mended[-1] += f" {piece}"
        else:
            mended.append(piece)
    return mended


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _stops(text: str) -> Iterator[int]:
    """Yield the offset after each stop that ends a sentence."""
    start = 0
    straight = counted = 0
    for match in _STOP.finditer(text):
        straight += text.count('"', counted, match.start())
        counted = match.start()
        end = _close(text, match.end(), inside=straight % 2 == 1)
        if _ends(text, start, match, end):
            yield end
            start = end


def _close(text: str, at: int, *, inside: bool) -> int:
    """Return the offset after the quotation marks and brackets that close behind a stop.

    `inside`: an odd number of straight quotation marks stands before, so the next one closes.
    """
    while at < len(text) and text[at] in _CLOSERS:
        character = text[at]
        if character in "\"'" and not inside and text[at + 1 : at + 2].isalnum():
            break  # it opens the next sentence: `selesai."Kami`
        if character == "“" and text[at + 1 : at + 2].isalnum():
            break  # the same; elsewhere a wrongly turned mark is common
        at += 1
    if inside and re.match(r'\s"(?:\s|$)', text[at : at + 3]):
        at += 2  # a lost closing mark: `selesai. " Kemudian`
    return at


def _ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Decide whether the stop, closed at `end`, ends the sentence that began at `start`."""
    right = text[end : end + _REACH]
    if not right.strip():
        return False
    following = right.lstrip()
    spaced = following != right
    closed = any(character in _QUOTES for character in text[stop.end() : end])
    if closed and re.match(r"[|]|[-–—]\s*\w", following):
        return False  # a layout that puts the speaker behind a bar or dash
    left = _token(text, max(start, stop.start() - _REACH), stop.start())
    if not spaced and not _ends_unspaced(text, left, stop, right):
        return False
    opened = following[0] in _OPENERS
    following = following.lstrip(_OPENERS + "-–—•* ")
    if not following:
        return False
    if closed and _first_word(following).lower() in _SAYING:
        return False
    if not _can_start(following, bracketed=opened and "(" in right[:3]):
        return False
    if stop.group() != ".":
        return True
    return not _abbreviates(text, start, stop.start(), left, following)


def _token(text: str, start: int, end: int) -> str:
    """Return the last token before `end`, without the punctuation that opens it."""
    before = text[start:end]
    return before[max(before.rfind(" "), before.rfind("\n"), -1) + 1 :].lstrip(_OPENERS + "/|-–—")


def _first_word(text: str) -> str:
    match = re.match(r"\w+", text)
    return match.group() if match else ""


def _can_start(following: str, *, bracketed: bool) -> bool:
    """Tell whether a sentence can begin so: with a capital, a digit, or a name like `iPhone`."""
    first = following[0]
    if first.isupper() or first.isdigit():
        return True
    if first.islower():
        return (
            bracketed
            or (following[1:2].isupper() and following[2:3].islower())
            or re.match(r"[a-z][.)]\s+[A-Z]", following) is not None  # the letter of a list item
        )
    return first in "#@$€£¥¿¡" or (first.isalpha() and not first.isupper())


def _ends_unspaced(text: str, left: str, stop: re.Match[str], right: str) -> bool:
    """Decide for a stop without a space after it: `selesai.Kemudian`, but `Kompas.Com`, `No.5`."""
    if right[0] in _OPENERS and right[1:2].isalnum():
        return right[1].isupper()
    word = re.match(r"[^\W\d_]+", right)
    if word is None or not word.group()[0].isupper():
        return False
    if "://" in left or left.startswith("www.") or "@" in left:
        return False
    if stop.end() != _first_letter(text, stop):
        return True  # a closed quotation stands between
    if word.group().lower() in _TLDS or right[word.end() : word.end() + 1] in {".", "@", "/"}:
        return False
    if len(word.group()) < 2 or not word.group()[1:].islower():
        return False
    tail = re.search(r"[^\W_]+$", left)
    return tail is not None and (len(tail.group()) > 1 or tail.group().isdigit())


def _first_letter(text: str, stop: re.Match[str]) -> int:
    """Return the offset of the first letter or digit behind a stop."""
    at = stop.end()
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at


def _abbreviates(text: str, start: int, at: int, left: str, following: str) -> bool:
    """Tell whether the full stop at `at` belongs to the word before it."""
    word = left.rstrip("\"”’»)]'")
    starter = _first_word(following) in _STARTERS
    if word in _NEVER:
        return not starter
    if following[0].isdigit() and (word in _BEFORE_NUMBER or _clock(text, at, word)):
        return True
    if _is_head(text, start, at, word):
        return True
    if not _INITIALS.fullmatch(word):
        return False
    if starter:
        return False
    before = text[max(start, at - _REACH) : at - len(word)].rstrip()
    if word in _DEGREES and before.endswith(",") and _token(before, 0, len(before))[:1].isupper():
        return False  # behind a name
    if word == "D.C" or not before:
        return word != "D.C"
    return before.rpartition(" ")[2].lower() not in _LABELLED


def _clock(text: str, at: int, word: str) -> bool:
    """Tell whether a number before the stop is the hour of `pukul 15. 30`."""
    return bool(
        word.isdigit()
        and len(word) <= 2
        and re.search(r"\b(?:pukul|jam|pkl\.?) $", text[max(0, at - 10) : at - len(word)].lower())
    )


def _is_head(text: str, start: int, at: int, word: str) -> bool:
    """Tell whether the stop follows the number or letter of a list item or heading."""
    if not _HEAD.fullmatch(word):
        return False
    before = text[start : at - len(word)].strip()[-1:]
    return before == "" or (before in ":;" and word[0].isalnum())


def _cut(sentence: str) -> Iterator[str]:
    """Cut a sentence of more than `MAX_WORDS` words at the clause nearest to its middle."""
    if len(sentence) <= MAX_WORDS or len(sentence.split()) <= MAX_WORDS:
        yield sentence
        return
    middle = len(sentence) // 2
    for pattern in (_CLAUSE, _COMMA, _CONJUNCTION):
        # A cut near the ends would leave a fragment and hardly shorten the rest.
        ends = [m for m in pattern.finditer(sentence) if _sensible(sentence, m)]
        if ends:
            best = min(ends, key=lambda m: (abs(m.start() - middle), m.start()))
            yield from _cut(sentence[: best.start()].rstrip())
            yield from _cut(sentence[best.end() :].lstrip())
            return
    yield sentence


def _sensible(sentence: str, match: re.Match[str]) -> bool:
    least = len(sentence) // 10
    return least <= match.start() and match.end() <= len(sentence) - least
