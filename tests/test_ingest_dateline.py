"""Datelines in every house style, and sentences that only look like one."""

from __future__ import annotations

import pytest

from briefing.ingest.dateline import find_dateline, read_dateline

STYLES = [
    ("Jakarta, IDN Times- ", "Jakarta", "IDN Times"),
    ("Moskow | EGINDO.co – ", "Moskow", "EGINDO.co"),
    ("RUSIA, KUPANG TIMES - ", "Rusia", "KUPANG TIMES"),
    ("TEMPO.CO, Jakarta - ", "Jakarta", "TEMPO.CO"),
    ("Liputan6.com, Jakarta - ", "Jakarta", "Liputan6.com"),
    ("Liputan6.com, New York ", "New York", "Liputan6.com"),
    ("JAKARTA, KOMPAS.com - ", "Jakarta", "KOMPAS.com"),
    ("JAKARTA, KOMPAS.TV ", "Jakarta", "KOMPAS.TV"),
    ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA"),
    ("Nusa Dua, Bali (ANTARA) - ", "Nusa Dua, Bali", "ANTARA"),
    ("REPUBLIKA.CO.ID, JAKARTA -- ", "Jakarta", "REPUBLIKA.CO.ID"),
    ("Jakarta, CNN Indonesia -- ", "Jakarta", "CNN Indonesia"),
    ("VIVA – ", None, "VIVA"),
    ("VIVA Jabar - ", None, "VIVA Jabar"),
    ("(CNBC) ", None, "CNBC"),
    ("Bisnis.com, JAKARTA - ", "Jakarta", "Bisnis.com"),
    ("TRIBUNNEWS.COM, JAKARTA - ", "Jakarta", "TRIBUNNEWS.COM"),
    ("TRIBUNJATENG.COM, PALESTINA- ", "Palestina", "TRIBUNJATENG.COM"),
    ("SURABAYA, KOMPAS - ", "Surabaya", "KOMPAS"),
    ("Kupang, RRI - ", "Kupang", "RRI"),
    ("KBRN, Jakarta: ", "Jakarta", "KBRN"),
    ("Metrotvnews.com, Jakarta: ", "Jakarta", "Metrotvnews.com"),
    ("JAKARTA. ", "Jakarta", None),
    ("KONTAN.CO.ID - JAKARTA. ", "Jakarta", "KONTAN.CO.ID"),
    ("Merdeka.com - Merdeka.com - ", None, "Merdeka.com"),
    ("JPNN.com - JAKARTA - ", "Jakarta", "JPNN.com"),
    ("jpnn.com, JAKARTA - ", "Jakarta", "jpnn.com"),
    ("Harianjogja.com, JOGJA—", "Jogja", "Harianjogja.com"),
    ("TIMESINDONESIA, MALANG – ", "Malang", "TIMESINDONESIA"),
    ("JABAR EKSPRES – ", None, "JABAR EKSPRES"),
    ("Jakarta - ", "Jakarta", None),
    ("BANDA ACEH – ", "Banda Aceh", None),
    ("Jakarta, 12 September 2023 - ", "Jakarta", None),
    ("Washington, Rabu - ", "Washington", None),
    ("Ketapang, Kalimantan Barat - ", "Ketapang, Kalimantan Barat", None),
    ("SuaraLembah.id - ", None, "SuaraLembah.id"),
    ("Akurat.co, ", None, "Akurat.co"),
]


@pytest.mark.parametrize(("head", "place", "outlet"), STYLES)
def test_house_styles(head, place, outlet):
    line = f"{head}Warga desa membersihkan sungai sejak pagi."
    found = read_dateline(line)
    assert found is not None
    assert (found.place, found.outlet) == (place, outlet)
    assert line[found.end :] == "Warga desa membersihkan sungai sejak pagi."


@pytest.mark.parametrize(
    "line",
    [
        "Kim - yang tiba Selasa - berkata bahwa ia senang.",
        "Rusia - Korea Utara sepakat bekerja sama.",
        "Presiden Rusia - Putin berkata demikian.",
        "Fakta - Warga desa membersihkan sungai.",
        "Narasi: Warga desa membersihkan sungai.",
        "Jakarta: Kota Besar yang Tenggelam",
        "Covid-19 - Sebuah penyakit yang menular.",
        "Menurut Reuters, Putin - Kim bertemu di Vladivostok.",
        "Terowongan Seikan, Jepang - Terpanjang kedua di dunia.",
        "BREAKING NEWS - Warga desa membersihkan sungai.",
        "(PBB) itu organisasi besar.",
        "Dalam Peraturan Nomor 06/M - Dagang disebutkan demikian.",
        "(Foto: Ist) Warga desa membersihkan sungai.",
        "Warga desa - dan tamu - membersihkan sungai.",
        "",
    ],
)
def test_sentences_that_only_look_like_one(line):
    assert read_dateline(line) is None


@pytest.mark.parametrize(
    ("line", "place", "outlet"),
    [
        ("Foto: AP|ArsipRUSIA, KUPANG POS - Warga desa", "Rusia", "KUPANG POS"),
        ("Vod | 23 Mei 2022, 12:56 WIBCIANJUR, KOMPAS.TV - Warga desa", "Cianjur", "KOMPAS.TV"),
        ("TEMPO/Nama Orang TEMPO.CO, Jakarta - Warga desa", "Jakarta", "TEMPO.CO"),
        ("(Foto: Ist)JAKARTA - Warga desa", "Jakarta", None),
    ],
)
def test_glued_to_what_comes_before(line, place, outlet):
    at, found = find_dateline(line)
    assert (found.place, found.outlet) == (place, outlet)
    assert line[at + found.end :] == "Warga desa"


def test_no_dateline_inside_a_sentence():
    assert find_dateline("Pemimpin itu tiba di RUSIA, lalu pergi - demikian kabarnya.") is None
