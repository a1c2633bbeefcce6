"""Make `templates.tsv`: Indonesian sentences with numbers, and the values their English must hold.

Each row is `source<TAB>values<TAB>english<TAB>wrong<TAB>fault`. `english` is a right translation in
one of the usual renderings, `wrong` the same with one value changed, `fault` the kind of change.
The canonical form of `values` is described in README.md beside this file.

Run it without arguments to write the file again; the seed is fixed, so the bytes stay the same.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = 20230912
ROWS = 1000

SCALES = {"ribu": "thousand", "juta": "million", "miliar": "billion", "triliun": "trillion"}
POWERS = {"ribu": 3, "juta": 6, "miliar": 9, "triliun": 12}
SMALLER = {
    "trillion": "billion",
    "billion": "million",
    "million": "thousand",
    "thousand": "million",
}
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    ("Januari", "January"), ("Februari", "February"), ("Maret", "March"), ("April", "April"),
    ("Mei", "May"), ("Juni", "June"), ("Juli", "July"), ("Agustus", "August"),
    ("September", "September"), ("Oktober", "October"), ("November", "November"),
    ("Desember", "December"),
)  # fmt: skip
ZONES = {
    "WIB": "Western Indonesia Time",
    "WITA": "Central Indonesia Time",
    "WIT": "Eastern Indonesia Time",
}
PERIODS = {
    "menit": "minute",
    "jam": "hour",
    "hari": "day",
    "pekan": "week",
    "minggu": "week",
    "bulan": "month",
    "tahun": "year",
}
ID_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
EN_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass(frozen=True, slots=True)
class Value:
    """One expression: in Indonesian, right and wrong in English, and in canonical form."""

    source: str
    english: str
    canonical: tuple[str, ...]
    wrong: str
    fault: str


def indonesian_words(number: int) -> str:
    """Spell `number` (1 to 999,999) in Indonesian."""
    if number < 10:
        return ID_UNITS[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number) or f"{ID_UNITS[number - 10]} belas"
    for size, name, one in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "")):
        if number >= size:
            head, rest = divmod(number, size)
            words = one if head == 1 else f"{indonesian_words(head)} {name}"
            return f"{words} {indonesian_words(rest)}" if rest else words
    raise AssertionError(number)


def english_words(number: int) -> str:
    """Spell `number` (0 to 999,999) in American English."""
    if number < 20:
        return EN_UNITS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return EN_TENS[tens] + (f"-{EN_UNITS[rest]}" if rest else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    head, rest = divmod(number, size)
    words = f"{english_words(head)} {name}"
    return f"{words} {english_words(rest)}" if rest else words


def plain(number: Decimal | int) -> str:
    """Write a number without grouping, exponent or trailing zeros."""
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def indonesian(number: Decimal | int) -> str:
    """Write a number as Indonesian newspapers do: `1.234,5`."""
    return format(Decimal(number), ",f").translate(str.maketrans(",.", ".,"))


def english(number: Decimal | int) -> str:
    """Write a number as American newspapers do: `1,234.5`."""
    return format(Decimal(number), ",f")


def other_digits(rng: random.Random, number: Decimal | int) -> tuple[Decimal, str]:
    """Return a different number as a translation model garbles it, and the kind of the fault."""
    text = format(Decimal(number), "f")
    faults = ["digit changed"]
    if "." in text:
        faults.append("decimal point lost")
    elif len(text) > 2:
        faults += ["digit dropped", "zero added"]
    fault = rng.choice(faults)
    if fault == "decimal point lost":
        return Decimal(text.replace(".", "")), fault
    if fault == "digit dropped":
        return Decimal(text[:-1]), fault
    if fault == "zero added":
        return Decimal(text + "0"), fault
    at = rng.choice([i for i, character in enumerate(text) if character.isdigit()])
    other = rng.choice([digit for digit in "123456789" if digit != text[at]])
    return Decimal(text[:at] + other + text[at + 1 :]), fault


def figure(rng: random.Random, least: int, most: int) -> int:
    """Draw a whole number, with small ones as frequent as large ones."""
    digits = rng.randint(len(str(least)), len(str(most)))
    return rng.randint(max(least, 10 ** (digits - 1)), min(most, 10**digits - 1))


def scaled(rng: random.Random, scales: tuple[str, ...]) -> tuple[Decimal, str]:
    """Draw a short number and a scale word."""
    places = rng.choice((0, 1, 1, 2))
    number = Decimal(rng.randint(2, 899)) / 10**places if places else Decimal(rng.randint(2, 899))
    return number, rng.choice(scales)


def money(rng: random.Random, currency: str) -> Value:
    """Draw an amount of money with a scale word."""
    number, scale = scaled(
        rng, ("juta", "miliar", "triliun") if currency == "Rp" else ("juta", "miliar")
    )
    word = SCALES[scale]
    if currency == "Rp":
        sources: tuple[str, ...] = ("Rp {} {}", "Rp{} {}", "{} {} rupiah")
        targets: tuple[str, ...] = ("Rp {} {}", "Rp{} {}", "{} {} rupiah", "IDR {} {}")
    else:
        sources = ("{} {} dolar AS", "US$ {} {}", "{} {} dollar AS", "USD {} {}")
        targets = ("${} {}", "US${} {}", "{} {} US dollars", "USD {} {}")
    target = rng.choice(targets)
    if rng.random() < 0.5:
        wrong, fault = target.format(english(number), SMALLER[word]), "scale changed"
    else:
        garbled, fault = other_digits(rng, number)
        wrong = target.format(english(garbled), word)
    return Value(
        rng.choice(sources).format(indonesian(number), scale),
        target.format(english(number), word),
        (f"{plain(number.scaleb(POWERS[scale]))}|{currency}",),
        wrong,
        fault,
    )


def rupiah(rng: random.Random) -> Value:
    """Draw an amount in rupiah with a scale word."""
    return money(rng, "Rp")


def dollars(rng: random.Random) -> Value:
    """Draw an amount in US dollars with a scale word."""
    return money(rng, "USD")


def price(rng: random.Random) -> Value:
    """Draw a price in rupiah, written out in digits."""
    number = figure(rng, 1, 9999) * 500
    target = rng.choice(("Rp {}", "Rp{}", "{} rupiah"))
    garbled, fault = other_digits(rng, number)
    source = rng.choice(("Rp {}", "Rp{}", "Rp. {}", "Rp {},-")).format(indonesian(number))
    return Value(
        source,
        target.format(english(number)),
        (f"{number}|Rp",),
        target.format(english(garbled)),
        fault,
    )


def count(rng: random.Random) -> Value:
    """Draw a number of things, in digits."""
    number = figure(rng, 12, 98765)
    garbled, fault = other_digits(rng, number)
    return Value(indonesian(number), english(number), (str(number),), english(garbled), fault)


def millions(rng: random.Random) -> Value:
    """Draw a number of things with a scale word."""
    number, scale = scaled(rng, ("juta", "juta", "ribu", "miliar"))
    word = SCALES[scale]
    value = plain(number.scaleb(POWERS[scale]))
    if scale == "ribu" and rng.random() < 0.5:
        garbled, fault = other_digits(rng, Decimal(value))
        right, wrong = english(Decimal(value)), english(garbled)
    else:
        right, wrong, fault = (
            f"{english(number)} {word}",
            f"{english(number)} {SMALLER[word]}",
            "scale changed",
        )
    return Value(f"{indonesian(number)} {scale}", right, (value,), wrong, fault)


def spelt(rng: random.Random, number: int) -> Value:
    """Return a number spelt out in Indonesian, in words or digits in English."""
    garbled, fault = other_digits(rng, number)
    in_words = number < 100 or rng.random() < 0.5
    return Value(
        indonesian_words(number),
        english_words(number) if in_words else english(number),
        (str(number),),
        english_words(int(garbled)) if in_words and garbled < 10**6 else english(garbled),
        fault,
    )


def few(rng: random.Random) -> Value:
    """Draw a small number spelt out."""
    return spelt(rng, rng.choice((rng.randint(3, 19), rng.randint(20, 99))))


def words(rng: random.Random) -> Value:
    """Draw a larger number spelt out."""
    return spelt(rng, rng.choice((rng.randint(101, 999), rng.randint(2, 90) * 1000)))


def percent(rng: random.Random) -> Value:
    """Draw a percentage."""
    number = Decimal(rng.randint(1, 999)) / 10 ** rng.choice((0, 1, 1, 2))
    number = number / 10 if number > 100 else number
    target = rng.choice(("{} percent", "{}%", "{} per cent"))
    garbled, fault = other_digits(rng, number)
    return Value(
        rng.choice(("{} persen", "{} persen", "{}%")).format(indonesian(number)),
        target.format(english(number)),
        (f"{plain(number)}|%",),
        target.format(english(garbled)),
        fault,
    )


def measure(
    rng: random.Random, unit: str, source: tuple[str, ...], target: tuple[str, ...], most: int
) -> Value:
    """Draw a quantity with a unit."""
    number = Decimal(rng.randint(2, most))
    if rng.random() < 0.4:
        number += Decimal(rng.randint(1, 9)) / 10
    garbled, fault = other_digits(rng, number)
    rendering = rng.choice(target)
    return Value(
        rng.choice(source).format(indonesian(number)),
        rendering.format(english(number)),
        (f"{plain(number)}|{unit}",),
        rendering.format(english(garbled)),
        fault,
    )


def kilometres(rng: random.Random) -> Value:
    """Draw a distance."""
    return measure(rng, "km", ("{} kilometer", "{} km"), ("{} kilometers", "{} km"), 900)


def metres(rng: random.Random) -> Value:
    """Draw a height or depth."""
    return measure(rng, "m", ("{} meter", "{} m"), ("{} meters", "{} m"), 4000)


def water(rng: random.Random) -> Value:
    """Draw the height of a flood or a wave."""
    return measure(rng, "m", ("{} meter", "{} m"), ("{} meters", "{} m"), 6)


def hectares(rng: random.Random) -> Value:
    """Draw an area."""
    return measure(rng, "ha", ("{} hektare", "{} hektar", "{} ha"), ("{} hectares",), 36000)


def tonnes(rng: random.Random) -> Value:
    """Draw a mass."""
    return measure(rng, "ton", ("{} ton",), ("{} tons", "{} tonnes"), 90000)


def degrees(rng: random.Random) -> Value:
    """Draw a temperature."""
    return measure(rng, "C", ("{} derajat Celsius", "{} °C"), ("{} degrees Celsius", "{}°C"), 41)


def magnitude(rng: random.Random) -> Value:
    """Draw the magnitude of an earthquake."""
    number = Decimal(rng.randint(41, 78)) / 10
    wrong = Decimal(rng.choice([d for d in range(41, 79) if Decimal(d) / 10 != number])) / 10
    rendering = rng.choice(("magnitude {}", "M{}"))
    return Value(
        rng.choice(("magnitudo {}", "M{}")).format(indonesian(number)),
        rendering.format(number),
        (plain(number),),
        rendering.format(wrong),
        "digit changed",
    )


def duration(rng: random.Random, units: tuple[str, ...], most: int) -> Value:
    """Draw a length of time."""
    source = rng.choice(units)
    target = PERIODS[source]
    number = rng.randint(2, most)
    wrong = rng.choice([n for n in range(2, most + 1) if n != number])
    in_source = number < 20 and rng.random() < 0.4
    in_words = number < 10 and rng.random() < 0.5
    if rng.random() < 0.3:
        other = rng.choice([p for p in PERIODS.values() if p != target])
        right = english_words(number) if in_words else str(number)
        garbled, fault = f"{right} {other}s", "unit changed"
    else:
        garbled = f"{english_words(wrong) if in_words else wrong} {target}s"
        fault = "digit changed"
    return Value(
        f"{indonesian_words(number) if in_source else number} {source}",
        f"{english_words(number) if in_words else number} {target}s",
        (f"{number}|{target}",),
        garbled,
        fault,
    )


def hours(rng: random.Random) -> Value:
    """Draw a length of time of minutes or hours."""
    return duration(rng, ("menit", "jam"), 48)


def days(rng: random.Random) -> Value:
    """Draw a length of time of days, weeks or months."""
    return duration(rng, ("hari", "pekan", "minggu", "bulan"), 30)


def years(rng: random.Random) -> Value:
    """Draw a length of time of years or months."""
    return duration(rng, ("tahun", "tahun", "bulan"), 20)


def ordinal(rng: random.Random) -> Value:
    """Draw a rank."""
    number = rng.randint(2, 99)

    def written(rank: int) -> str:
        last = (
            "th" if rank % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
        )
        return f"{rank}{last}"

    wrong = rng.choice([n for n in range(2, 100) if n != number])
    return Value(
        f"ke-{number}", written(number), (f"{number}|ord",), written(wrong), "digit changed"
    )


def date(rng: random.Random) -> Value:
    """Draw a date in one of the forms that newspapers use."""
    day = dt.date(2018, 1, 1) + dt.timedelta(rng.randrange(2900))
    source, shape = rng.choice((
        ("{w} ({d}/{m}/{y})", "wdy"), ("{w} ({d}/{m}/{y})", "wdy"), ("{w} ({d:02}/{m:02}/{yy:02})", "wdy"),
        ("{w}, {d} {name} {y}", "wdy"), ("{w} {d} {name} {y}", "wdy"), ("{w} ({d}/{m})", "wd"),
        ("{w} ({d} {name})", "wd"), ("{d} {name} {y}", "dy"), ("{d:02}/{m:02}/{y}", "dy"),
        ("{d} {name}", "d"),
    ))  # fmt: skip
    targets = {
        "wdy": ("{w} ({n} {d}, {y})", "{w}, {n} {d}, {y}", "{w} ({d} {n} {y})"),
        "wd": ("{w} ({n} {d})", "{w}, {n} {d}", "{w} ({d} {n})"),
        "dy": ("{n} {d}, {y}", "{d} {n} {y}"),
        "d": ("{n} {d}",),
    }

    def rendered(when: dt.date, weekday: str) -> str:
        return target.format(w=weekday, n=MONTHS[when.month - 1][1], d=when.day, y=when.year)

    target = rng.choice(targets[shape])
    weekday = DAYS[day.weekday()]
    faults = ["day changed", "month changed"]
    faults += ["year changed"] if "y" in shape else []
    faults += ["weekday changed"] if "w" in shape else []
    fault = rng.choice(faults)
    other = day
    if fault == "day changed":
        other = day.replace(day=rng.choice([d for d in range(1, 29) if d != day.day]))
    elif fault == "month changed":
        month = rng.choice([m for m in range(1, 13) if m != day.month])
        other = day.replace(month=month, day=min(day.day, 28))
    elif fault == "year changed":
        other = day.replace(year=day.year + rng.choice((-10, -1, 1)), day=min(day.day, 28))
    wrong_weekday = (
        rng.choice([d for d in DAYS if d != weekday]) if fault == "weekday changed" else weekday
    )
    written = source.format(
        w=WEEKDAYS[day.weekday()],
        d=day.day,
        m=day.month,
        y=day.year,
        yy=day.year % 100,
        name=MONTHS[day.month - 1][0],
    )
    iso = day.isoformat() if "y" in shape else f"--{day:%m-%d}"
    return Value(
        written,
        rendered(day, weekday),
        (weekday, iso) if "w" in shape else (iso,),
        rendered(other, wrong_weekday),
        fault,
    )


def clock(rng: random.Random) -> Value:
    """Draw a time of day with its zone."""
    hour, minute, zone = (
        rng.randrange(24),
        rng.choice((0, 5, 10, 15, 21, 30, 45, 54)),
        rng.choice(tuple(ZONES)),
    )
    wrong_hour = rng.choice([h for h in range(24) if h % 12 != hour % 12])
    style = rng.randrange(4)

    def written(at: int) -> str:
        short = f"{at % 12 or 12}:{minute:02} {'a.m.' if at < 12 else 'p.m.'}"
        return (
            f"{at:02}:{minute:02} {zone}",
            f"{at:02}.{minute:02} {zone}",
            f"{short} {zone}",
            f"{short} {ZONES[zone]}",
        )[style]

    return Value(
        f"pukul {hour:02}.{minute:02} {zone}",
        f"at {written(hour)}",
        (f"{hour:02}:{minute:02}|{zone}",),
        f"at {written(wrong_hour)}",
        "hour changed",
    )


def share(rng: random.Random) -> Value:
    """Draw a part and its whole."""
    whole = figure(rng, 30, 9000)
    part = rng.randint(3, whole - 1)
    garbled, fault = other_digits(rng, whole)
    return Value(
        f"{indonesian(part)} dari {indonesian(whole)}",
        f"{english(part)} of the {english(whole)}",
        (str(part), str(whole)),
        f"{english(part)} of the {english(garbled)}",
        fault,
    )


def year(rng: random.Random) -> Value:
    """Draw a year."""
    number = rng.randint(1928, 2025)
    wrong = rng.choice([n for n in range(1928, 2026) if n != number])
    return Value(str(number), str(number), (str(number),), str(wrong), "year changed")


KINDS: dict[str, Callable[[random.Random], Value]] = {
    "rupiah": rupiah, "dollars": dollars, "price": price, "count": count, "millions": millions,
    "few": few, "words": words, "percent": percent, "km": kilometres, "m": metres, "water": water, "ha": hectares,
    "ton": tonnes, "C": degrees, "magnitude": magnitude, "hours": hours, "days": days, "years": years, "ordinal": ordinal,
    "date": date, "clock": clock, "share": share, "year": year,
}  # fmt: skip

# Indonesian, English, and the kinds that fill the slots in order. Every name of a body is invented.
TEMPLATES: tuple[tuple[str, str, str], ...] = (
    ("Pemerintah menyiapkan {} untuk memperbaiki {} rumah yang rusak.", "The government has set aside {} to repair {} damaged houses.", "rupiah count"),
    ("Perusahaan itu membukukan laba {}, naik {} dari tahun lalu.", "The company booked a profit of {}, up {} from last year.", "rupiah percent"),
    ("Nilai ekspor mencapai {} atau turun {}.", "Exports reached {}, a decline of {}.", "dollars percent"),
    ("Kedua perusahaan menandatangani kontrak senilai {} pada {}.", "The companies signed a contract worth {} on {}.", "dollars date"),
    ("Gempa {} mengguncang wilayah itu pada {} {}.", "An earthquake of {} shook the region on {} {}.", "magnitude date clock"),
    ("Gempa berpusat di laut pada kedalaman {} dan terasa hingga {} dari pusatnya.", "The earthquake was centered at sea at a depth of {} and was felt up to {} from its center.", "km km"),
    ("Sebanyak {} warga mengungsi dan {} rumah terendam sejak {}.", "A total of {} residents were displaced and {} houses flooded since {}.", "count count date"),
    ("Harga beras naik dari {} menjadi {} per kilogram.", "The price of rice rose from {} to {} per kilogram.", "price price"),
    ("Tarif baru sebesar {} berlaku mulai {}.", "The new fare of {} takes effect on {}.", "price date"),
    ("Polisi menyita uang {} dan {} botol minuman keras.", "Police seized {} and {} bottles of liquor.", "rupiah count"),
    ("Terdakwa dihukum {} penjara dan denda {}.", "The defendant was sentenced to {} in prison and fined {}.", "years rupiah"),
    ("Jumlah penduduk kota itu {} orang menurut sensus {}.", "The city has a population of {} according to the {} census.", "millions year"),
    ("Survei terhadap {} responden itu menunjukkan {} warga puas.", "The survey of {} respondents showed that {} of residents were satisfied.", "count percent"),
    ("Inflasi tercatat {}, lebih rendah daripada perkiraan {}.", "Inflation was recorded at {}, lower than the forecast of {}.", "percent percent"),
    ("Rapat dimulai {} dan dihadiri {} anggota dewan.", "The meeting began {} and was attended by {} council members.", "clock few"),
    ("Kapal itu membawa {} penumpang ketika tenggelam {}.", "The ship was carrying {} passengers when it sank {}.", "words clock"),
    ("Tim penyelamat menemukan {} jenazah setelah mencari selama {}.", "Rescuers found {} bodies after searching for {}.", "few days"),
    ("Kebakaran itu menghanguskan lahan seluas {} dalam {}.", "The fire burned {} of land in {}.", "ha days"),
    ("Petani memanen {} gabah dari sawah seluas {}.", "Farmers harvested {} of unhusked rice from {} of fields.", "ton ha"),
    ("Suhu udara di kota itu mencapai {}, tertinggi sejak {}.", "The temperature in the city reached {}, the highest since {}.", "C year"),
    ("Gunung itu menyemburkan abu setinggi {} {}.", "The volcano spewed ash {} high {}.", "m clock"),
    ("Warga dilarang mendekat dalam radius {} dari kawah sejak {}.", "Residents have been barred from coming within {} of the crater since {}.", "km date"),
    ("Jembatan sepanjang {} itu dibangun dengan biaya {}.", "The bridge, {} long, was built at a cost of {}.", "m rupiah"),
    ("Jalan tol sepanjang {} itu diresmikan pada {}.", "The toll road, {} long, was inaugurated on {}.", "km date"),
    ("Indonesia menempati peringkat {} dari {} negara.", "Indonesia ranked {} out of {} countries.", "ordinal count"),
    ("Gol itu dicetak pada menit {} di depan {} penonton.", "The goal was scored in the {} minute in front of {} spectators.", "ordinal count"),
    ("Pertandingan akan digelar pada {} {}.", "The match will be held on {} {}.", "date clock"),
    ("Perayaan ulang tahun {} kota itu menelan biaya {}.", "The celebration of the city's {} anniversary cost {}.", "ordinal rupiah"),
    ("Rapat itu dihadiri {} anggota.", "The meeting was attended by {} members.", "share"),
    ("Dewan menyetujui anggaran {} dengan dukungan {} anggota.", "The council approved a budget of {} with the support of {} members.", "rupiah share"),
    ("Investasi asing mencapai {} sepanjang semester pertama.", "Foreign investment reached {} in the first half.", "dollars"),
    ("Utang perusahaan itu membengkak dari {} menjadi {}.", "The company's debt swelled from {} to {}.", "rupiah rupiah"),
    ("Aplikasi itu sudah diunduh {} kali sejak {}.", "The app has been downloaded {} times since {}.", "millions date"),
    ("Sekitar {} anak belum divaksinasi, atau {} dari sasaran.", "About {} children have not been vaccinated, or {} of the target.", "millions percent"),
    ("Rumah sakit itu merawat {} pasien, dan {} di antaranya anak-anak.", "The hospital treated {} patients, and {} of them were children.", "count percent"),
    ("Gedung tahun {} itu dibongkar pada {}.", "The {} building was demolished on {}.", "year date"),
    ("Undang-undang tahun {} itu diubah pada {}.", "The {} law was amended on {}.", "year date"),
    ("Maskapai itu menunda {} penerbangan selama {}.", "The airline delayed {} flights for {}.", "count hours"),
    ("Kereta berangkat {} dan menempuh jarak {} tanpa berhenti.", "The train leaves {} and covers {} without stopping.", "clock km"),
    ("Pabrik baru itu akan menyerap {} tenaga kerja dan menghasilkan {} baja per tahun.", "The new factory will employ {} workers and produce {} of steel a year.", "count ton"),
    ("Cadangan minyak itu cukup untuk {}, kata Direktur Utama PT Bumi Tirta, {}.", "The oil reserves are enough for {}, the president director of PT Bumi Tirta said on {}.", "years date"),
    ("Hujan turun selama {} dan banjir setinggi {} merendam {} rumah.", "It rained for {} and a flood {} high inundated {} houses.", "hours water count"),
    ("Upah minimum ditetapkan {}, naik {} mulai {}.", "The minimum wage was set at {}, up {} starting {}.", "price percent date"),
    ("Kerugian diperkirakan {}, sedangkan bantuan yang terkumpul baru {}.", "Losses are estimated at {}, while only {} in aid has been collected.", "rupiah rupiah"),
    ("Sidang ditunda sampai {} karena saksi {} tidak hadir.", "The trial was postponed until {} because the {} witness did not appear.", "date ordinal"),
    ("Pengunjung museum mencapai {} orang pada {}, naik {}.", "Museum visitors reached {} in {}, up {}.", "count year percent"),
    ("Bantuan senilai {} akan dibagikan kepada {} keluarga.", "Aid worth {} will be distributed to {} families.", "dollars count"),
    ("Penanaman {} pohon itu selesai dalam {}.", "The planting of {} trees was completed in {}.", "millions days"),
    ("Kedutaan memulangkan {} warga pada {} dan {} orang lagi pada pekan berikutnya.", "The embassy repatriated {} citizens on {} and {} more the following week.", "count date words"),
    ("Stasiun cuaca mencatat suhu {} {}.", "The weather station recorded a temperature of {} {}.", "C clock"),
    ("Pemilihan diikuti {} pemilih di {} TPS.", "The election involved {} voters at {} polling stations.", "millions count"),
    ("Ketua Yayasan Lentera Wana mengatakan {} penyu menetas pada {}.", "The head of the Lentera Wana Foundation said {} turtles hatched on {}.", "words date"),
    ("Dana {} itu dicairkan dalam {} tahap.", "The {} fund was disbursed in {} stages.", "rupiah few"),
    ("Dari {} sekolah yang diperiksa, {} tidak memiliki air bersih.", "Of the {} schools inspected, {} have no clean water.", "count percent"),
    ("Pulau itu berjarak {} dari daratan dan dihuni {} jiwa.", "The island is {} from the mainland and has {} inhabitants.", "km count"),
    ("Tinggi gelombang mencapai {}, dan {} kapal tidak berlayar sejak {}.", "Waves reached {}, and {} ships have not sailed since {}.", "water few date"),
)  # fmt: skip


def row(rng: random.Random, template: tuple[str, str, str]) -> tuple[str, ...]:
    """Fill a template; change one of its values for the wrong English."""
    source, target, kinds = template
    values = [KINDS[kind](rng) for kind in kinds.split()]
    at = rng.randrange(len(values))
    wrong = [v.wrong if i == at else v.english for i, v in enumerate(values)]
    return (
        source.format(*(v.source for v in values)),
        "; ".join(c for v in values for c in v.canonical),
        target.format(*(v.english for v in values)),
        target.format(*wrong),
        values[at].fault,
    )


def rows() -> list[tuple[str, ...]]:
    """Return the rows, templates in turn, no source twice."""
    rng = random.Random(SEED)  # noqa: S311 - test data, not a secret
    made: dict[str, tuple[str, ...]] = {}
    while len(made) < ROWS:
        filled = row(rng, TEMPLATES[len(made) % len(TEMPLATES)])
        made.setdefault(filled[0], filled)
    return list(made.values())


def text() -> str:
    """Return the whole file."""
    return "".join("\t".join(r) + "\n" for r in rows())


if __name__ == "__main__":
    Path(__file__).with_name("templates.tsv").write_text(text(), encoding="utf-8")
