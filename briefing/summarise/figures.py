"""What a sentence counts: a number with its unit and what it is said of.

Two outlets that print `12 orang tewas` and `menewaskan 15 warga` speak of one figure. The key of a
figure is therefore what is counted (the dead, the hurt, a magnitude, a unit), not the wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefing.ingest.dates import find_dates
from briefing.summarise.words import tokens
from briefing.translate.checks.indonesian import quantities
from briefing.translate.checks.quantities import Clock
from briefing.vocabulary import is_stop, stem

if TYPE_CHECKING:
    from briefing.translate.checks.quantities import Quantity


Bound = Literal["exact", "about", "least", "most"]

__all__ = ["Figure", "compatible", "figures_of"]

# What happens to people, and the words that say so. The figure's own clause decides.
_FATES = (
    ("killed", r"tewas|meninggal|wafat|gugur|korban jiwa|korban tewas|menewaskan|merenggut|nyawa"),
    ("missing", r"hilang|belum ditemukan"),
    ("injured", r"luka|luka-luka|terluka|cedera|melukai"),
    ("displaced", r"mengungsi|pengungsi|dievakuasi"),
    ("arrested", r"ditangkap|menangkap|diamankan|mengamankan|ditahan|menahan|diringkus|meringkus"),
    ("rescued", r"selamat|diselamatkan|menyelamatkan"),
    ("present", r"hadir|dihadiri|menghadiri|peserta|berpartisipasi"),
)
_FATE = [(name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in _FATES]
# What is measured of the whole event, whatever the sentence around it.
_MEASURES = (
    ("magnitude", r"(?:ber)?magnitudo|berkekuatan|kekuatan|SR|M(?=\s*$)"),
    ("depth", r"kedalaman"),
    ("loss", r"kerugian|merugi|rugi"),
    ("age", r"berusia|usia|umur"),
    ("score", r"skor|kemenangan|menang|kalah|unggul|imbang"),
)
_MEASURE = [(name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in _MEASURES]
_PEOPLE = frozenset(
    """
    orang korban warga jiwa penduduk manusia penumpang pekerja buruh nelayan pendaki pasien
    pengunjung jemaah prajurit tentara petugas peserta tersangka pelaku terduga pengungsi tewas luka
    luka-luka hilang meninggal penonton karyawan petani penambang
    """.split()  # noqa: SIM905 - a list of words is easier to read and to amend as text
)
_GAP = frozenset(
    "sekitar kurang lebih dari hampir sebanyak total yang para nyaris buah unit ekor butir".split()  # noqa: SIM905
)
# Part of a whole, an addition, or one of several: not the figure of the event.
_PART = re.compile(
    r"\b(?:di antaranya|diantaranya|termasuk|salah satu\w*|masing-masing|lainnya|lain|tambahan|"
    r"bertambah|berkurang|dari total|per|setiap|tiap|antara|sebelumnya|semula|awalnya|dari \d[\d.]*"
    r" menjadi|naik dari|turun dari|pertama|kedua|rata-rata|tahun lalu|target|kuota|kapasitas)\b",
    re.IGNORECASE,
)
_SIGN = r"\s*(?:Rp\.?\s*|US\$\s*)?$"
_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "least",
        re.compile(
            r"\b(?:lebih dari|setidaknya|sedikitnya|paling sedikit|sekurangnya|sekurang-kurangnya|"
            r"minimal|lebih)" + _SIGN,
            re.IGNORECASE,
        ),
    ),
    (
        "most",
        re.compile(
            r"\b(?:hampir|nyaris|hingga|sampai|maksimal|kurang dari)" + _SIGN, re.IGNORECASE
        ),
    ),
    (
        "about",
        re.compile(
            r"\b(?:sekitar|kurang lebih|kira-kira|diperkirakan|ditaksir)" + _SIGN, re.IGNORECASE
        ),
    ),
)
# What a bound allows, as shares of the printed figure: a bound is still meant to be near the truth.
_ALLOWED = {
    "exact": (Decimal(1), Decimal(1)),
    "about": (Decimal("0.85"), Decimal("1.15")),
    "least": (Decimal(1), Decimal(2)),
    "most": (Decimal("0.85"), Decimal(1)),
}
_CLAUSE = re.compile(
    r"[,;:()]|\s(?:dan|serta|sedangkan|sementara|tetapi|namun|sehingga|hingga|yang)\s"
)
_LEFT_CLAUSE = re.compile(
    r"[,;:()]|\s(?:dan|serta|sedangkan|sementara|tetapi|namun|sehingga|hingga)\s"
)
_UNIT = re.compile(r"\s*(?P<unit>%|[^\W\d_]+(?:-[^\W\d_]+)*)")
_CURRENCY = re.compile(r"(?P<sign>Rp|US\$|USD|dolar|\$|€|euro)\.?\s*$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# Figures of one sentence that are looked at: a table pasted into a line has thousands.
_MAX = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of a sentence.

    `key` is what it counts: a fate or measure and a unit. `general` says that such a figure belongs
    to the whole event, so that two sentences need not be alike to be compared. `context` are the
    stems around it. `text` is the figure as printed, with its unit.
    """

    key: tuple[str, str]
    value: Decimal
    bound: Bound
    general: bool
    context: frozenset[str]
    text: str
    start: int


@lru_cache(maxsize=8_192)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Return the figures of a sentence that can be compared, in order of place.

    Dates, years, clock times, parts of a whole and figures of other years are left out.
    """
    if len(text) > 1_500:
        return ()
    dates = [(d.start, d.end) for d in find_dates(text)]
    found = []
    for quantity in quantities(text)[:_MAX]:
        if any(start < quantity.end and quantity.start < end for start, end in dates):
            continue
        figure = _figure(text, quantity)
        if figure is not None:
            found.append(figure)
    return tuple(found)


def compatible(one: Figure, two: Figure) -> bool:
    """Say whether two figures can be the same: equal, rounded, or bounded (`lebih dari 100`)."""
    if one.value == two.value:
        return True
    if "exact" not in {one.bound, two.bound}:
        one, two = sorted((one, two), key=lambda f: f.value)
        return _within(one, two) or _within(two, one)
    if one.bound != two.bound:
        bounded, exact = (two, one) if one.bound == "exact" else (one, two)
        return _within(bounded, exact)
    low, high = sorted((one.value, two.value))
    # `13 ribu` and `13.784`: one is the other to its own digits.
    digits = min(_significant(one.value), _significant(two.value))
    return low >= 1000 and digits <= 2 and high / low <= Decimal("1.1")


def _within(bounded: Figure, exact: Figure) -> bool:
    """Say whether a figure is one that `sekitar`, `lebih dari` or `hampir` another allows."""
    if bounded.value <= 0:
        return False
    ratio = exact.value / bounded.value
    low, high = _ALLOWED[bounded.bound]
    return low <= ratio <= high


def _significant(value: Decimal) -> int:
    return len(str(value.normalize().as_tuple().digits and int(value)).rstrip("0"))


def _figure(text: str, quantity: Quantity) -> Figure | None:
    if len(quantity.values) != 1:
        return None
    value = next(iter(quantity.values))
    if isinstance(value, Clock) or not quantity.required:
        return None
    before, after = text[: quantity.start], text[quantity.end :]
    clause = _clause(before, after)
    if _PART.search(clause) or (_YEAR.search(text) and not quantity.digits):
        return None
    unit, end = _unit(before, after)
    if not unit:
        return None
    key, general = _key(before, after, unit)
    if key[1] == "%" or unit in {"tahun", "bulan", "hari", "jam", "menit", "detik", "kali"}:
        general = False
    bound: Bound = next((name for name, words in _BOUNDS if words.search(before)), "exact")
    if after.lstrip().startswith("lebih"):
        bound = "least"
    sign = _CURRENCY.search(before)
    start = sign.start() if sign else quantity.start
    return Figure(
        key=key,
        value=value,
        bound=bound,
        general=general,
        context=_context(before, after),
        text=text[start : quantity.end + end].strip(),
        start=quantity.start,
    )


def _clause(before: str, after: str) -> str:
    left = _CLAUSE.split(before)[-1]
    right = _CLAUSE.split(after, maxsplit=1)[0]
    return f"{left} # {right}"


def _unit(before: str, after: str) -> tuple[str, int]:
    """Return what is counted and where its name ends in `after`."""
    sign = _CURRENCY.search(before)
    if sign:
        return ("rupiah" if sign["sign"].casefold() == "rp" else "dolar"), 0
    match = _UNIT.match(after)
    end = 0
    while match and match["unit"].casefold() in _GAP:
        end = match.end()
        match = _UNIT.match(after, end)
    if not match:
        return ("skala" if re.search(r"(?:magnitudo|\bM|SR)\s*$", before) else ""), 0
    return match["unit"].casefold(), match.end()


def _key(before: str, after: str, unit: str) -> tuple[tuple[str, str], bool]:
    left, right = _LEFT_CLAUSE.split(before)[-1][-60:], _CLAUSE.split(after, maxsplit=1)[0][:60]
    for name, words in _MEASURE:
        if words.search(left[-30:]):
            return (name, "skala" if name == "magnitude" else stem(unit)), name != "score"
    if unit in _PEOPLE or unit in {
        "tewas",
        "luka",
        "luka-luka",
        "hilang",
        "pengungsi",
        "meninggal",
    }:
        nearest = _fate(left, right)
        if nearest:
            return (nearest, "orang"), True
        return ("", "orang"), False
    nearest = _fate(left, right)
    return (nearest or "", stem(unit)), False


def _fate(left: str, right: str) -> str | None:
    """Return the fate whose word stands nearest to the figure, what follows it first."""
    best: tuple[int, str] | None = None
    for name, words in _FATE:
        after = words.search(right)
        before = next(reversed(list(words.finditer(left))), None)
        for distance in (
            *((after.start(),) if after else ()),
            *((len(left) - before.end() + 5,) if before else ()),
        ):
            if best is None or distance < best[0]:
                best = (distance, name)
    return best[1] if best else None


def _context(before: str, after: str) -> frozenset[str]:
    near = [*tokens(before)[-5:], *tokens(after)[:5]]
    stems = (stem(word) for word in near if word.isalpha())
    return frozenset(term for term in stems if not is_stop(term))
