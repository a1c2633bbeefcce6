"""Whether the currencies, percentages and units beside the source's numbers survive."""

from __future__ import annotations

import re

from briefing.document import Flag

__all__ = ["check"]

_N = r"(?<![\d.,])\d[\d.,]{0,20}(?:\s?(?:ribu|juta|jt|miliar|milyar|triliun|rb))?"
_WORDS = r"(?:ribu|juta|miliar|milyar|triliun|ratus|puluh|belas|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)"


def _amount(name: str) -> str:
    """Match a number, in figures or words, before the name of a currency or unit."""
    return rf"(?:{_N}|\b{_WORDS})\s*-?(?:{name})\b"


# What stands in the source, its English name for the reader, and what must be in the translation.
_CURRENCIES = tuple(
    (re.compile(source, re.IGNORECASE), name, re.compile(target, re.IGNORECASE))
    for source, name, target in (
        (rf"\bRp\.?\s?\d|\bIDR\s?\d|{_amount('rupiah')}", "rupiah", r"\brp|\bidr|rupiah"),
        (
            rf"\b(?:US|AS)?\$\s?\d|\bUSD\s?\d|{_amount('(?:dolar|dollar)(?: (?:AS|Amerika))?')}(?! (?:Singapura|Australia|Hong ?Kong|Kanada|Taiwan|Selandia))",
            "dollars",
            r"\$|dollar|\busd",
        ),
        (_amount("(?:dolar|dollar) Singapura"), "Singapore dollars", r"(?<!u)s\$|singapore|\bsgd"),
        (_amount("(?:dolar|dollar) Australia"), "Australian dollars", r"a\$|australia|\baud"),
        (rf"€\s?\d|\bEUR\s?\d|{_amount('euro')}", "euros", r"€|\beuros?\b|\beur\b"),
        (
            rf"£\s?\d|{_amount('(?:poundsterling|pound|pounds)')}",
            "pounds",
            r"£|pound|sterling|\bgbp",
        ),
        (rf"¥\s?\d|{_amount('yen')}", "yen", r"¥|\byen|\bjpy"),
        (_amount("(?:yuan|renminbi)"), "yuan", r"yuan|renminbi|\brmb|\bcny|¥"),
        (rf"\bRM\s?\d|{_amount('ringgit')}", "ringgit", r"ringgit|\brm|\bmyr"),
        (_amount("won"), "won", r"\bwon\b|₩|\bkrw"),
        (_amount("baht"), "baht", r"baht|฿|\bthb"),
        (_amount("rubel"), "rubles", r"rou?ble|₽|\brub\b"),
        (_amount("(?:riyal|real)"), "riyals", r"riyal|\bsar\b|\breals?\b|\brial"),
        (_amount("(?:rupee|rupe)"), "rupees", r"rupee|₹|\binr"),
        (
            rf"\d\s?%|{_amount('persen')}",
            "percent",
            r"%|per[ -]?cent|percentage|\bpct|half|third|quarter",
        ),
        (rf"{_amount('poin persentase')}", "percentage points", r"percentage|points?"),
    )
)

# Units by what they measure: of two in one family, one may not become the other.
_FAMILIES = tuple(
    tuple(
        (
            re.compile(_amount(source) + r"(?!\s+\d)", re.IGNORECASE),
            name,
            re.compile(target, re.IGNORECASE),
        )
        for source, name, target in family
    )
    for family in (
        (
            ("(?:kilometer|km)(?! persegi)", "kilometers", r"kilomet|\d\s?km\b|\bkm\b|-km"),
            ("(?:meter|m)(?! persegi)", "meters", r"\bmet(?:er|re)|\d\s?m\b|-met(?:er|re)"),
            ("(?:sentimeter|senti|cm)", "centimeters", r"centimet|\d\s?cm\b|\bcm\b"),
            ("(?:milimeter|mm)", "millimeters", r"millimet|\d\s?mm\b|\bmm\b"),
            ("mil", "miles", r"\bmiles?\b|-mile"),
            ("kaki", "feet", r"\bfeet|\bfoot|\bft\b"),
        ),
        (
            ("(?:kilogram|kg|kilo)", "kilograms", r"kilo|\d\s?kg\b|\bkgs?\b"),
            ("(?:gram|gr|g)", "grams", r"\bgram|\d\s?g\b"),
            ("ton", "tons", r"\bton|\bmetric"),
            ("kuintal", "quintals", r"quintal"),
        ),
        (
            ("(?:hektare|hektar|ha)", "hectares", r"hectare|\d\s?ha\b|\bha\b"),
            ("(?:meter persegi|m2|m²)", "square meters", r"square met|sq\.? ?m|m2|m²"),
            (
                "(?:kilometer persegi|km2|km²)",
                "square kilometers",
                r"square kilo|sq\.? ?km|km2|km²",
            ),
        ),
        (
            ("detik", "seconds", r"\bseconds?\b|-second"),
            ("menit", "minutes", r"\bminutes?\b|-minute"),
            ("jam", "hours", r"\bhours?\b|-hour|\bdays?\b|\bhourly|o'clock|[ap]\.?m\b"),
            ("hari", "days", r"\bdays?\b|-day|\bdaily|\bweeks?\b"),
            ("(?:minggu|pekan)", "weeks", r"\bweeks?\b|-week|\bfortnight|\bmonths?\b|\bweekly"),
            ("bulan", "months", r"\bmonths?\b|-month|\byears?\b|\bmonthly|moon"),
            (
                "tahun",
                "years",
                r"\byears?\b|-year|\baged?\b|\byearly|\bannual|\bdecade|\bcentur|-old\b|\btwenties|\bmonths?",
            ),
            ("abad", "centuries", r"\bcentur|\byears?\b"),
        ),
    )
)


_ANY_UNIT = re.compile(
    rf"(?:\d|jt|rb|{_WORDS})\s*-?(?:kilo|km|m|cm|senti|kaki|kg|g|ton|kuintal|h|detik|jam|pekan|bulan"
    r"|tahun|abad)",
    re.IGNORECASE,
)
# Words that begin or are the names above: most sentences have none, and need no closer look.
_ANY_CURRENCY = re.compile(
    r"\b(?:rp|idr|usd|eur|rm)|[$€£¥%]|rupiah|dolar|dollar|euro|pound|yen|yuan|renminbi|ringgit|won|baht"
    r"|rubel|riyal|real|rupe|persen|poin",
    re.IGNORECASE,
)


def check(source: str, translation: str) -> tuple[Flag, ...]:
    """Flag a lost currency or percent sign (`currency`), and a unit that became another (`unit`)."""
    flags = []
    for original, name, english in _CURRENCIES if _ANY_CURRENCY.search(source) else ():
        if original.search(source) and not english.search(translation):
            kind = "unit" if name.startswith("percent") else "currency"
            flags.append(
                Flag(kind, f"the amount in {name} of the Indonesian is not so in the English")
            )
    for family in _FAMILIES if _ANY_UNIT.search(source) else ():
        present = [name for original, name, _ in family if original.search(source)]
        for _, name, english in family:
            if name not in present or english.search(translation):
                continue
            other = next(
                (n for _, n, e in family if n not in present and e.search(translation)), None
            )
            if other:
                flags.append(Flag("unit", f"the Indonesian has {name}, the English {other}"))
    return tuple(flags)
