"""Numbers, amounts, dates and times written as Indonesian and as English newspapers write them.

Each function draws one from `random` and gives both sides. The conventions are those of the
project's own news set: `Rp 1,5 triliun` is `Rp 1.5 trillion`, `Rabu (12/3)` is `Wednesday
(March 12)`, `pukul 19.00 WIB` is `19:00 WIB`, `persen` is `percent`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

__all__ = ["FIGURES", "Pair", "group"]


class Pair(NamedTuple):
    """The same thing in Indonesian and in English."""

    id: str
    en: str


MONTHS = (
    Pair("Januari", "January"), Pair("Februari", "February"), Pair("Maret", "March"),
    Pair("April", "April"), Pair("Mei", "May"), Pair("Juni", "June"), Pair("Juli", "July"),
    Pair("Agustus", "August"), Pair("September", "September"), Pair("Oktober", "October"),
    Pair("November", "November"), Pair("Desember", "December"),
)  # fmt: skip
DAYS = (
    Pair("Senin", "Monday"), Pair("Selasa", "Tuesday"), Pair("Rabu", "Wednesday"),
    Pair("Kamis", "Thursday"), Pair("Jumat", "Friday"), Pair("Sabtu", "Saturday"),
    Pair("Minggu", "Sunday"),
)  # fmt: skip
PARTS = (
    Pair("pagi", "morning"),
    Pair("siang", "afternoon"),
    Pair("sore", "afternoon"),
    Pair("malam", "night"),
)
SCALES = (
    Pair("ribu", "thousand"),
    Pair("juta", "million"),
    Pair("miliar", "billion"),
    Pair("triliun", "trillion"),
)
ONES_ID = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
ONES_EN = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def spelt(n: int) -> Pair:
    """A whole number from 1 to 999,999 in words: `dua puluh satu` and `twenty-one`."""
    if n >= 1000:
        head, tail = n // 1000, n % 1000
        left = "seribu" if head == 1 else f"{spelt(head).id} ribu"
        right = f"{spelt(head).en} thousand"
    elif n >= 100:
        head, tail = n // 100, n % 100
        left = "seratus" if head == 1 else f"{ONES_ID[head]} ratus"
        right = f"{ONES_EN[head]} hundred"
    elif n >= 20:
        ones = n % 10
        return Pair(
            f"{ONES_ID[n // 10]} puluh {ONES_ID[ones]}".strip(),
            TENS_EN[n // 10] + (f"-{ONES_EN[ones]}" if ones else ""),
        )
    elif n >= 10:
        left = {10: "sepuluh", 11: "sebelas"}.get(n, f"{ONES_ID[n - 10]} belas")
        return Pair(left, ONES_EN[n])
    else:
        return Pair(ONES_ID[n], ONES_EN[n])
    rest = spelt(tail) if tail else Pair("", "")
    return Pair(f"{left} {rest.id}".strip(), f"{right} {rest.en}".strip())


WORDS = tuple(map(spelt, (*range(2, 14), *range(15, 19), 20, 25, 30, 40, 50, 100)))
VAGUE = (
    Pair("belasan", "more than a dozen"), Pair("puluhan", "dozens of"), Pair("ratusan", "hundreds of"),
    Pair("ribuan", "thousands of"), Pair("puluhan ribu", "tens of thousands of"),
    Pair("ratusan ribu", "hundreds of thousands of"), Pair("jutaan", "millions of"),
    Pair("lebih dari seribu", "more than one thousand"),
    Pair("sekitar setengah juta", "about half a million"),
)  # fmt: skip
TIMES = (
    Pair("dua kali lipat", "twofold"), Pair("tiga kali lipat", "threefold"),
    Pair("empat kali lipat", "fourfold"), Pair("lima kali lipat", "fivefold"),
    Pair("hampir dua kali lipat", "almost twofold"), Pair("lebih dari tiga kali lipat", "more than threefold"),
)  # fmt: skip
UNITS = (
    Pair("kilometer", "kilometres"), Pair("meter", "metres"), Pair("km", "km"), Pair("kilometer", "kilometres"),
)  # fmt: skip
SPANS = ("-", " hingga ", " sampai ")
ZONES = ("WIB", "WIB", "WIB", "WITA", "WIT", "GMT")


def _same(text: str) -> Pair:
    return Pair(text, text)


def group(number: int, separator: str) -> str:
    """Digits in groups of three: `group(1234567, ".")` is `1.234.567`."""
    return f"{number:,}".replace(",", separator)


def decimal(r: random.Random, low: float, high: float, digits: int = 1) -> Pair:
    """A decimal fraction: `5,4` and `5.4`."""
    value = f"{r.uniform(low, high):.{digits}f}"
    return Pair(value.replace(".", ","), value)


def _scaled(r: random.Random, scales: tuple[Pair, ...]) -> Pair:
    kind, scale = r.random(), r.choice(scales)
    if kind < 0.45:
        number = decimal(r, 1, 99 if kind < 0.3 else 999, 2 if kind < 0.1 else 1)
    else:
        whole = str(r.choice((r.randint(1, 20), r.randint(2, 99) * 10, r.randint(2, 999))))
        number = Pair(whole, whole)
    return Pair(f"{number.id} {scale.id}", f"{number.en} {scale.en}")


def count(r: random.Random) -> Pair:
    """A whole number from 11 to a few hundred thousand."""
    n = r.choice(
        (r.randint(11, 99), r.randint(100, 999), r.randint(1000, 9999), r.randint(10_000, 350_000))
    )
    if n >= 1000 and r.random() < 0.5:
        n = round(n, -2)
    return Pair(group(n, "."), group(n, ","))


def big(r: random.Random) -> Pair:
    """A count in thousands, millions or billions, or written out."""
    if r.random() < 0.2:
        n = r.randint(1_000_000, 270_000_000)
        return Pair(group(n, "."), group(n, ","))
    if r.random() < 0.25:
        word = r.choice(WORDS)
        scale = r.choice(SCALES[:3])
        return Pair(f"{word.id} {scale.id}", f"{word.en} {scale.en}")
    return _scaled(r, SCALES[:3])


def rupiah(r: random.Random) -> Pair:
    """A sum in rupiah in digits."""
    n = r.choice(
        (
            r.randint(1, 99) * 500,
            r.randint(9_000, 17_000),
            r.randint(1, 999) * 1000,
            r.randint(1, 90) * 1_000_000,
        )
    )
    mark = r.choice(("Rp ", "Rp", "Rp. "))
    end = r.choice(("", "", "", "", ",-", ",00"))
    return Pair(mark + group(n, ".") + end, mark.replace(".", "") + group(n, ","))


def amount(r: random.Random) -> Pair:
    """A sum of money in one of the forms that newspapers use."""
    kind = r.random()
    if kind < 0.4:
        number, mark = _scaled(r, SCALES[1:]), r.choice(("Rp ", "Rp ", "Rp"))
        return Pair(mark + number.id, mark + number.en)
    if kind < 0.55:
        return rupiah(r)
    number = _scaled(r, SCALES[1:3])
    if kind < 0.7:
        return Pair(f"{number.id} dolar AS", f"${number.en}")
    if kind < 0.8:
        mark = r.choice(("US$ ", "US$", "USD "))
        return Pair(mark + number.id, mark + number.en)
    if kind < 0.85:
        return Pair(f"{number.id} dollar AS", f"${number.en}")
    unit = r.choice(
        (
            Pair("euro", "euros"),
            Pair("won", "won"),
            Pair("yen", "yen"),
            Pair("yuan", "yuan"),
            Pair("rubel", "rubles"),
            Pair("poundsterling", "pounds"),
            Pair("rupiah", "rupiah"),
            Pair("dolar Singapura", "Singapore dollars"),
            Pair("ringgit", "ringgit"),
        )
    )
    return Pair(f"{number.id} {unit.id}", f"{number.en} {unit.en}")


def percent(r: random.Random) -> Pair:
    """A percentage in digits."""
    n = (
        decimal(r, 0.1, 99, r.choice((1, 1, 2)))
        if r.random() < 0.7
        else _same(str(r.randint(1, 99)))
    )
    return (
        Pair(f"{n.id} persen", f"{n.en} percent")
        if r.random() < 0.8
        else Pair(f"{n.id}%", f"{n.en}%")
    )


def year(r: random.Random) -> Pair:
    """A year from 1945 on."""
    n = str(r.choice((r.randint(1945, 2030), r.randint(2005, 2026))))
    return Pair(n, n)


def month_year(r: random.Random) -> Pair:
    """A month with its year."""
    m, y = r.choice(MONTHS), r.randint(1990, 2027)
    return Pair(f"{m.id} {y}", f"{m.en} {y}")


def full_date(r: random.Random) -> Pair:
    """Day, month and year, sometimes with the weekday."""
    d, m, y = r.randint(1, 28), r.choice(MONTHS), r.randint(1950, 2027)
    plain = Pair(f"{d} {m.id} {y}", f"{m.en} {d}, {y}")
    if r.random() < 0.3:
        day = r.choice(DAYS)
        return Pair(f"{day.id}, {plain.id}", f"{day.en}, {plain.en}")
    return plain


def date(r: random.Random) -> Pair:
    """A weekday with its date in brackets, or another date, without preposition."""
    day, m, d, y = r.choice(DAYS), r.randrange(12), r.randint(1, 28), r.randint(2005, 2027)
    kind = r.random()
    part = r.choice(PARTS) if r.random() < 0.25 else None
    name = Pair(f"{day.id} {part.id}", f"{day.en} {part.en}") if part else day
    if kind < 0.4:
        zero = r.random() < 0.2
        shown = f"{d:02}/{m + 1:02}" if zero else f"{d}/{m + 1}"
        if part and r.random() < 0.6:
            return Pair(f"{day.id} ({shown}) {part.id}", f"{day.en} ({MONTHS[m].en} {d}) {part.en}")
        return Pair(f"{name.id} ({shown})", f"{name.en} ({MONTHS[m].en} {d})")
    if kind < 0.65:
        zero = r.random() < 0.3
        shown = f"{d:02}/{m + 1:02}/{y}" if zero else f"{d}/{m + 1}/{y}"
        if y >= 2010 and r.random() < 0.35:
            shown = f"{d:02}/{m + 1:02}/{y % 100}"
        return Pair(f"{name.id} ({shown})", f"{name.en} ({MONTHS[m].en} {d}, {y})")
    if kind < 0.8:
        comma = r.choice((", ", " "))
        return Pair(f"{day.id}{comma}{d} {MONTHS[m].id} {y}", f"{day.en}, {MONTHS[m].en} {d}, {y}")
    if kind < 0.85:
        short = MONTHS[m].id[:3] + r.choice(("", "."))
        return Pair(f"{d} {short} {y}", f"{MONTHS[m].en} {d}, {y}")
    if kind < 0.9:
        return Pair(f"{d} {MONTHS[m].id} {y}", f"{MONTHS[m].en} {d}, {y}")
    return name


def on_date(r: random.Random) -> Pair:
    """A date as an adverb: `Rabu (12/3)` or `pada Rabu (12/3)`, `on Wednesday (March 12)`."""
    d = date(r)
    late = r.random() < 0.08
    tail = Pair(" waktu setempat", " local time") if late else Pair("", "")
    return Pair(("pada " if r.random() < 0.35 else "") + d.id + tail.id, f"on {d.en}{tail.en}")


def clock(r: random.Random) -> Pair:
    """A time of day with its zone."""
    h, m, z = r.randint(0, 23), r.choice((0, 15, 30, 45, r.randint(1, 59))), r.choice(ZONES)
    return Pair(f"{h:02}.{m:02} {z}", f"{h:02}:{m:02} {z}")


def few(r: random.Random) -> Pair:
    """A small number in words or digits."""
    if r.random() < 0.3:
        n = str(r.randint(2, 60))
        return Pair(n, n)
    return r.choice(WORDS)


def duration(r: random.Random) -> Pair:
    """A number of hours, days, months or years (more than one)."""
    n = r.choice(WORDS) if r.random() < 0.5 else _same(str(r.randint(2, 40)))
    unit = r.choice(
        (
            Pair("jam", "hours"),
            Pair("hari", "days"),
            Pair("pekan", "weeks"),
            Pair("bulan", "months"),
            Pair("tahun", "years"),
            Pair("tahun", "years"),
        )
    )
    return Pair(f"{n.id} {unit.id}", f"{n.en} {unit.en}")


def duration_adjective(r: random.Random) -> Pair:
    """A duration before a noun: `tiga hari`, `three-day`."""
    n = r.choice(WORDS[:10])
    unit = r.choice((Pair("hari", "day"), Pair("pekan", "week")))
    return Pair(f"{n.id} {unit.id}", f"{n.en}-{unit.en}")


def measure(r: random.Random) -> Pair:
    """A length."""
    unit = r.choice(UNITS)
    n = (
        decimal(r, 1.1, 95)
        if r.random() < 0.4
        else count(r)
        if r.random() < 0.2
        else _same(str(r.randint(2, 999)))
    )
    return Pair(f"{n.id} {unit.id}", f"{n.en} {unit.en}")


def measure_adjective(r: random.Random) -> Pair:
    """A length before a noun: `12,5 kilometer`, `12.5-kilometre`."""
    n = decimal(r, 1.1, 95) if r.random() < 0.5 else _same(str(r.randint(2, 400)))
    return Pair(f"{n.id} kilometer", f"{n.en}-kilometre")


def weight(r: random.Random) -> Pair:
    """A weight."""
    n = decimal(r, 1.1, 95) if r.random() < 0.4 else count(r)
    unit = r.choice((Pair("ton", "tonnes"), Pair("kilogram", "kilograms")))
    return Pair(f"{n.id} {unit.id}", f"{n.en} {unit.en}")


def dollars(r: random.Random) -> Pair:
    """A price in US dollars with cents."""
    n = decimal(r, 20, 140, 2) if r.random() < 0.6 else _same(str(r.randint(20, 140)))
    return (
        Pair(f"{n.id} dolar AS", f"${n.en}")
        if r.random() < 0.5
        else Pair(f"US$ {n.id}", f"US$ {n.en}")
    )


def index(r: random.Random) -> Pair:
    """A stock index: `7.123,45` and `7,123.45`."""
    a, b = r.randint(1000, 39_999), r.randint(0, 99)
    return Pair(f"{group(a, '.')},{b:02}", f"{group(a, ',')}.{b:02}")


def date_range(r: random.Random) -> Pair:
    """Two days of a month or of two months."""
    a, b = sorted(r.sample(range(1, 29), 2))
    m, y = r.choice(MONTHS), r.randint(2005, 2027)
    if r.random() < 0.7:
        dash = r.choice((*SPANS, " s.d. "))
        return Pair(f"{a}{dash}{b} {m.id} {y}", f"{m.en} {a} to {b}, {y}")
    m2 = r.choice(MONTHS)
    return Pair(f"{b} {m.id} hingga {a} {m2.id} {y}", f"{m.en} {b} to {m2.en} {a}, {y}")


def minute(r: random.Random) -> tuple[Pair, Pair]:
    """A minute of play as number and as ordinal."""
    n = r.randint(2, 90)
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return Pair(str(n), str(n)), Pair(str(n), f"{n}{ending}")


def temperature(r: random.Random) -> Pair:
    """A temperature in degrees Celsius."""
    n = decimal(r, -5, 45) if r.random() < 0.5 else _same(str(r.randint(2, 45)))
    return Pair(f"{n.id} derajat Celsius", f"{n.en} degrees Celsius")


def in_words(r: random.Random) -> Pair:
    """A whole number in words."""
    n = r.choice((r.randint(2, 20), r.randint(21, 99), r.randint(100, 999)))
    return spelt(n * 1000 if r.random() < 0.2 else n)


def precise(r: random.Random) -> Pair:
    """A number in groups of three with decimals: `27.722,8`."""
    a, b = r.randint(1000, 999_999), r.choice((f"{r.randint(1, 9)}", f"{r.randint(1, 99):02}"))
    return Pair(f"{group(a, '.')},{b}", f"{group(a, ',')}.{b}")


def abbreviated(r: random.Random) -> Pair:
    """A sum whose scale is shortened: `Rp 5 M`, `Rp 3 jt`."""
    mark, scale = r.choice((("M", 2), ("T", 3), ("jt", 1), ("juta", 1), ("rb", 0)))
    n = decimal(r, 1, 99) if r.random() < 0.4 else _same(str(r.randint(1, 950)))
    rp = r.choice(("Rp ", "Rp"))
    return Pair(f"{rp}{n.id} {mark}", f"{rp}{n.en} {SCALES[scale].en}")


def numeric_date(r: random.Random) -> Pair:
    """A date in digits only: `06/10/2018` is 6 October."""
    d, m, y = r.randint(1, 28), r.randrange(12), r.randint(1995, 2027)
    mark = r.choice("//-")
    if y >= 2000 and r.random() < 0.3:
        return Pair(f"{d:02}{mark}{m + 1:02}{mark}{y % 100:02}", f"{MONTHS[m].en} {d}, {y}")
    shown = f"{d:02}{mark}{m + 1:02}{mark}{y}" if r.random() < 0.6 else f"{d}/{m + 1}/{y}"
    return Pair(shown, f"{MONTHS[m].en} {d}, {y}")


def plain_clock(r: random.Random) -> Pair:
    """A time of day without its zone, or a span of hours."""
    a, b = (f"{r.randint(0, 23):02}.{r.choice(('00', '00', '15', '30', '45'))}" for _ in "ab")
    if r.random() < 0.5:
        return Pair(f"pukul {a}", a.replace(".", ":"))
    mark = r.choice(SPANS)
    return Pair(f"pukul {a}{mark}{b}", f"{a} to {b}".replace(".", ":"))


def everyday_clock(r: random.Random) -> Pair:
    """A full hour as people say it: `jam 9 malam` is `9 p.m.`."""
    low, high, part, half = r.choice(
        ((1, 4, "dini hari", "a.m."), (4, 5, "subuh", "a.m."), (5, 10, "pagi", "a.m."),
         (1, 3, "siang", "p.m."), (3, 6, "sore", "p.m."), (7, 11, "malam", "p.m."))
    )  # fmt: skip
    n = r.randint(low, high)
    return Pair(f"{r.choice(('jam', 'pukul'))} {n} {part}", f"{n} {half}")


def halves(r: random.Random) -> Pair:
    """One and a half of something."""
    n = r.randint(1, 5)
    word = spelt(n)
    unit = r.choice(
        (Pair("jam", "hours"), Pair("tahun", "years"), Pair("juta rupiah", "million rupiah"),
         Pair("bulan", "months"), Pair("miliar rupiah", "billion rupiah"), Pair("meter", "metres"))
    )  # fmt: skip
    return Pair(f"{word.id} setengah {unit.id}", f"{word.en} and a half {unit.en}")


def days(r: random.Random) -> Pair:
    """Two weekdays with their dates: `Senin-Rabu (10-12/7/2023)`."""
    first, width = r.randrange(7), r.randint(1, 3)
    d, m, y = r.randint(1, 25), r.randrange(12), r.randint(2005, 2027)
    link = r.choice(SPANS)
    years = Pair(f"/{y}", f", {y}") if r.random() < 0.6 else Pair("", "")
    a, b = DAYS[first], DAYS[(first + width) % 7]
    return Pair(
        f"{a.id}{link}{b.id} ({d}-{d + width}/{m + 1}{years.id})",
        f"{a.en} to {b.en} ({MONTHS[m].en} {d} to {d + width}{years.en})",
    )


def quantity(r: random.Random) -> Pair:
    """A number with what is counted or measured."""
    n = r.choice((count, count, precise, in_words, _digits))(r)
    thing = r.choice(THINGS)
    return Pair(f"{n.id} {thing.id}", f"{n.en} {thing.en}")


def _digits(r: random.Random) -> Pair:
    return decimal(r, 1.1, 990, r.choice((1, 1, 2)))


THINGS = (
    Pair("orang", "people"), Pair("warga", "residents"), Pair("rumah", "houses"),
    Pair("hektare", "hectares"), Pair("hektar", "hectares"), Pair("ha", "ha"), Pair("ton", "tonnes"),
    Pair("meter", "metres"), Pair("kilometer", "kilometres"), Pair("km", "km"), Pair("m", "m"),
    Pair("kg", "kg"), Pair("liter", "litres"), Pair("unit", "units"), Pair("sekolah", "schools"),
    Pair("siswa", "students"), Pair("pasien", "patients"), Pair("korban", "victims"),
    Pair("kendaraan", "vehicles"), Pair("keluarga", "families"), Pair("desa", "villages"),
    Pair("suara", "votes"), Pair("kursi", "seats"), Pair("jam", "hours"), Pair("menit", "minutes"),
    Pair("pekan", "weeks"), Pair("tahun", "years"), Pair("hari", "days"), Pair("kapal", "ships"),
    Pair("pekerja", "workers"), Pair("anggota", "members"), Pair("negara", "countries"),
    Pair("saham", "shares"), Pair("dosis", "doses"), Pair("kasus", "cases"), Pair("jiwa", "people"),
    Pair("TPS", "polling stations"), Pair("pemilih", "voters"), Pair("penerbangan", "flights"),
)  # fmt: skip


def _plain(low: int, high: int) -> Callable[[random.Random], Pair]:
    return lambda r: _same(str(r.randint(low, high)))


def _score(r: random.Random) -> Pair:
    s = f"{r.randint(0, 5)}-{r.randint(0, 4)}"
    return Pair(s, s)


def _flight(r: random.Random) -> Pair:
    s = f"{r.choice(('GA', 'JT', 'SQ', 'QZ', 'MH', 'EK', 'SJ'))}{r.choice(('', '-', ' '))}{r.randint(100, 999)}"
    return Pair(s, s)


def _gram(r: random.Random) -> Pair:
    n = r.randint(1, 30) * 1000
    return Pair(group(n, "."), group(n, ","))


def _rate(r: random.Random) -> Pair:
    n = r.randint(8_900, 16_900)
    return Pair(f"Rp {group(n, '.')}", f"Rp {group(n, ',')}")


FIGURES: dict[str, Callable[[random.Random], Pair]] = {
    "on": on_date, "on0": date, "n": count, "big": big, "amt": amount, "pct": percent, "yr": year,
    "mon": month_year, "full": full_date, "time": clock, "few": few, "dur": duration,
    "duradj": duration_adjective, "meas": measure, "measadj": measure_adjective, "meas2": weight,
    "usd": dollars, "idx": index, "range": date_range, "temp": temperature, "age": _plain(17, 95),
    "mag": lambda r: decimal(r, 3.0, 7.9), "dec": lambda r: decimal(r, 9.5, 59.9, 2),
    "score": _score, "flight": _flight, "rpn": _gram, "rp": _rate, "art": _plain(2, 340),
    "law": _plain(2, 39), "times": lambda r: r.choice(TIMES), "approx": lambda r: r.choice(VAGUE),
    "bps": _plain(10, 75), "words": in_words, "prec": precise, "abbr": abbreviated,
    "numdate": numeric_date, "hours": plain_clock, "qty": quantity, "clock": everyday_clock,
    "half": halves, "days": days,
}  # fmt: skip
