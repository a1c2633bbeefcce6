"""Write `briefing/translate/data/countries.csv` from CLDR (through babel) and a table of demonyms.

Run in a checkout: `python -m briefing.translate.countries`. CLDR gives the
names of territories in both languages; the demonyms and the newspapers' own names are facts written
down here. The first English wording of a row is the one that is put into a translation; the others
are accepted.
"""

from __future__ import annotations

import csv
from pathlib import Path

from babel import Locale

OUT = Path(__file__).parent / "data" / "countries.csv"

# Not names that a newspaper prints as such, or ambiguous with a common word or a person's name.
SKIPPED = frozenset(
    [
        "AQ",
        "BV",
        "CC",
        "CP",
        "CQ",
        "DG",
        "EA",
        "EU",
        "EZ",
        "FK",
        "GF",
        "GG",
        "GS",
        "HM",
        "IC",
        "IM",
        "IO",
        "JE",
        "MF",
        "MO",
        "MP",
        "MM",
        "NF",
        "PF",
        "PM",
        "PN",
        "PS",
        "QO",
        "RE",
        "SH",
        "SJ",
        "SX",
        "TA",
        "TC",
        "TF",
        "UM",
        "UN",
        "VG",
        "VI",
        "WF",
        "XA",
        "XB",
        "XK",
        "YT",
        "ZZ",
        "AX",
        "BL",
        "BQ",
        "AC",
        "MK",
        "CI",
        "CG",
        "CD",
        "HK",
        "TL",
        "CZ",
        "TR",
        "VA",
        "GB",
        "KN",
        "VC",
        "LC",
        "ST",
        "NC",
    ]
)

# Territory: English wordings accepted beside CLDR's name, and Indonesian names beside CLDR's.
VARIANTS: dict[str, tuple[str, str]] = {
    "AE": ("UAE|Emirates|Emirati", "UEA"),
    "AF": ("Afghan|Afghans", "Afghanistan"),
    "AR": ("Argentine|Argentinian|Argentines", ""),
    "AT": ("Austrian", ""),
    "AZ": ("Azerbaijani|Azeri", ""),
    "BD": ("Bangladeshi", ""),
    "BE": ("Belgian", ""),
    "BR": ("Brazilian", "Brazil"),
    "CA": ("Canadian", ""),
    "CH": ("Swiss", ""),
    "CL": ("Chilean", "Chili|Chile"),
    "CN": ("Chinese|PRC", "China|Cina|RRT|RRC"),
    "CO": ("Colombian", ""),
    "CU": ("Cuban", ""),
    "CY": ("Cypriot|Cypriots", ""),
    "DE": ("German|Germans", ""),
    "DK": ("Danish|Danes", ""),
    "DZ": ("Algerian", ""),
    "EG": ("Egyptian", ""),
    "ES": ("Spanish", ""),
    "ET": ("Ethiopian", "Ethiopia"),
    "FI": ("Finnish", ""),
    "FR": ("French", "Perancis"),
    "GR": ("Greek", ""),
    "HR": ("Croatian", ""),
    "HU": ("Hungarian", ""),
    "ID": ("Indonesian|Indonesians", ""),
    "IE": ("Irish", ""),
    "IL": ("Israeli|Israelis", ""),
    "IN": ("Indian", ""),
    "IQ": ("Iraqi|Iraqis", ""),
    "IR": ("Iranian|Iranians", ""),
    "IS": ("Icelandic", ""),
    "IT": ("Italian|Italians", ""),
    "JM": ("Jamaican", ""),
    "JO": ("Jordanian", "Jordania"),
    "JP": ("Japanese", ""),
    "KH": ("Cambodian|Khmer", ""),
    "KP": ("North Korean|North Koreans|DPRK", "Korut"),
    "KR": ("South Korean|South Koreans", "Korsel"),
    "KW": ("Kuwaiti", ""),
    "KZ": ("Kazakh", ""),
    "LA": ("Lao|Laotian", ""),
    "LB": ("Lebanese", "Libanon"),
    "LT": ("Lithuanian", ""),
    "LY": ("Libyan", "Libia"),
    "MA": ("Moroccan", ""),
    "MX": ("Mexican", ""),
    "MV": ("Maldivian", ""),
    "MY": ("Malaysian|Malaysians", ""),
    "NG": ("Nigerian", ""),
    "NL": ("the Netherlands|Dutch|Holland", ""),
    "NO": ("Norwegian", ""),
    "NP": ("Nepali|Nepalese", ""),
    "NZ": ("New Zealander", ""),
    "OM": ("Omani", ""),
    "PE": ("Peruvian", ""),
    "PG": ("PNG|Papua New Guinean", "PNG"),
    "PH": ("the Philippines|Philippine|Filipino|Filipinos", ""),
    "PK": ("Pakistani|Pakistanis", ""),
    "PL": ("Polish|Poles", ""),
    "PT": ("Portuguese", "Portugis"),
    "QA": ("Qatari", ""),
    "RO": ("Romanian", ""),
    "RS": ("Serbian|Serb", ""),
    "RU": ("Russian|Russians", ""),
    "SA": ("Saudi|Saudis", "Saudi Arabia"),
    "SE": ("Swedish", ""),
    "SG": ("Singaporean", ""),
    "SK": ("Slovak", ""),
    "SY": ("Syrian|Syrians", "Suria"),
    "TH": ("Thai", ""),
    "TW": ("Taiwanese", ""),
    "UA": ("Ukrainian|Ukrainians", ""),
    "US": ("the United States|US|U.S.|USA|America|American|Americans", "AS"),
    "VE": ("Venezuelan", ""),
    "VN": ("Vietnamese|Viet Nam", ""),
    "YE": ("Yemeni", ""),
    "ZA": ("South African", "Afsel"),
}
# Whole rows that CLDR words otherwise than newspapers do.
OTHERS = (
    ("Inggris", "Britain|British|United Kingdom|UK|England|English", "also the language"),
    ("Inggris Raya", "United Kingdom|UK|Britain|Great Britain|British", ""),
    ("Britania Raya", "United Kingdom|UK|Britain|Great Britain|British", ""),
    ("Republik Ceko", "Czech Republic|Czechia|Czech", ""),
    ("Ceko", "Czech Republic|Czechia|Czech", ""),
    ("Turki", "Turkey|Türkiye|Turkish|Turkiye", ""),
    ("Turkiye", "Turkey|Türkiye|Turkish|Turkiye", ""),
    ("Makedonia Utara", "North Macedonia|North Macedonian", ""),
    ("Myanmar", "Myanmar|Burma|Burmese", ""),
    ("Palestina", "Palestine|Palestinian|Palestinians", ""),
    ("Hong Kong", "Hong Kong", ""),
    ("Makau", "Macau|Macao", ""),
    ("Timor Leste", "Timor-Leste|East Timor|Timor Leste", ""),
    ("Pantai Gading", "Ivory Coast|Côte d'Ivoire|Cote d'Ivoire|Ivorian", ""),
    ("Kosovo", "Kosovo|Kosovar", ""),
    ("Vatikan", "Vatican|Holy See", ""),
    ("Republik Demokratik Kongo", "Democratic Republic of the Congo|DR Congo|DRC|Congo", ""),
    ("Kongo", "Congo|Congolese", ""),
    ("Uni Eropa", "European Union|EU", ""),
    ("UE", "European Union|EU", ""),
    ("Uni Soviet", "Soviet Union|Soviet|USSR", ""),
    ("Tepi Barat", "West Bank", ""),
    ("Jalur Gaza", "Gaza Strip|Gaza", ""),
    ("Semenanjung Korea", "Korean Peninsula|Korean peninsula", ""),
    ("Asia Tenggara", "Southeast Asia|Southeast Asian|South-East Asia|Southeast Asean", ""),
    ("Timur Tengah", "Middle East|Middle Eastern", ""),
    ("Laut China Selatan", "South China Sea", ""),
    ("Laut Cina Selatan", "South China Sea", ""),
    ("Laut Tiongkok Selatan", "South China Sea", ""),
    ("Laut Natuna Utara", "North Natuna Sea", ""),
    ("Selat Malaka", "Strait of Malacca|Malacca Strait", ""),
    ("Selat Sunda", "Sunda Strait", ""),
    ("Selat Hormuz", "Strait of Hormuz", ""),
    ("Samudra Hindia", "Indian Ocean", ""),
    ("Samudra Pasifik", "Pacific Ocean|Pacific", ""),
    ("Laut Merah", "Red Sea", ""),
    ("Laut Hitam", "Black Sea", ""),
    ("Eropa", "Europe|European", ""),
    ("Afrika", "Africa|African", ""),
    ("Amerika Latin", "Latin America|Latin American", ""),
    ("Jawa Barat", "West Java", ""),
    ("Jawa Tengah", "Central Java", ""),
    ("Jawa Timur", "East Java", ""),
    ("Sumatera Utara", "North Sumatra", ""),
    ("Sumatera Barat", "West Sumatra", ""),
    ("Sumatera Selatan", "South Sumatra", ""),
    ("Sumatera", "Sumatra|Sumatera", ""),
    ("Sulawesi Selatan", "South Sulawesi", ""),
    ("Sulawesi Tengah", "Central Sulawesi", ""),
    ("Sulawesi Tenggara", "Southeast Sulawesi", ""),
    ("Sulawesi Utara", "North Sulawesi", ""),
    ("Kalimantan Timur", "East Kalimantan", ""),
    ("Kalimantan Barat", "West Kalimantan", ""),
    ("Kalimantan Selatan", "South Kalimantan", ""),
    ("Kalimantan Tengah", "Central Kalimantan", ""),
    ("Kalimantan Utara", "North Kalimantan", ""),
    ("Nusa Tenggara Timur", "East Nusa Tenggara", ""),
    ("Nusa Tenggara Barat", "West Nusa Tenggara", ""),
    ("NTT", "East Nusa Tenggara|NTT", "province"),
    ("NTB", "West Nusa Tenggara|NTB", "province"),
    ("Maluku Utara", "North Maluku", ""),
    ("Papua Barat", "West Papua", ""),
    ("Papua Pegunungan", "Highland Papua", ""),
    ("Papua Tengah", "Central Papua", ""),
    ("Kepulauan Riau", "Riau Islands", ""),
)


def rows() -> list[tuple[str, str, str]]:
    """Return the table, sorted by the Indonesian name."""
    indonesian, english = Locale("id").territories, Locale("en").territories
    table: dict[str, tuple[str, str]] = {source: (target, note) for source, target, note in OTHERS}
    for code in sorted(indonesian):
        if len(code) != 2 or code in SKIPPED or code not in english:
            continue
        accepted, names = VARIANTS.get(code, ("", ""))
        first = english[code].replace("’", "'")
        wordings = list(dict.fromkeys([first, first.replace("&", "and"), *accepted.split("|")]))
        if not accepted and first.endswith("a"):
            wordings.append(f"{first}n")
        target = "|".join(w for w in sorted(wordings, key=lambda w: "&" in w) if w)
        for name in dict.fromkeys([indonesian[code].replace("’", "'"), *names.split("|")]):
            if name:
                table.setdefault(name, (target, ""))
    return [(source, *table[source]) for source in sorted(table)]


def main() -> None:
    """Write the file."""
    with OUT.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("source", "target", "note"))
        writer.writerows(rows())


if __name__ == "__main__":
    main()
