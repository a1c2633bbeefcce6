"""What is read from an article: words, names, places, numbers, and the day of its event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.document import Article, Bilingual, Sentence
from briefing.group.signals import CORE_SENTENCES, read_forms, read_signals
from briefing.vocabulary import idf, is_mostly_capital, is_stop, stem


def article(*sentences, title=None, published=None, place=None):
    return Article(
        id="a" * 12,
        title=Bilingual(title),
        published=published,
        place=place,
        sentences=tuple(Sentence(f"s{n}", 1, text) for n, text in enumerate(sentences, start=1)),
    )


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("tewas menewaskan ditewaskan", "tewas"),
        ("kebakaran terbakar membakar", "bakar"),
        ("mengguncang guncangan diguncang", "guncang"),
        ("penembakan menembakkan", "tembak"),
        ("memukul pemukulan dipukul", "pukul"),
    ],
)
def test_words_of_one_root_share_a_stem(words, root):
    # The Snowball stemmer alone makes `ewas` of menewaskan: no match with tewas.
    assert {stem(word) for word in words.split()} == {root}


def test_vocabulary():
    assert is_stop(stem("yang"))
    assert is_stop(stem("mengatakan"))
    assert not is_stop(stem("gempa"))
    assert idf("petungkriyono") > idf(stem("gempa")) > idf(stem("presiden")) > 0
    assert is_mostly_capital(stem("jakarta"))
    assert is_mostly_capital("petungkriyono")
    assert not is_mostly_capital(stem("tersangka"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ada 12 orang di sana.", "12 orang"),
        ("Ada dua belas orang di sana.", "12 orang"),
        ("Ada tiga puluh rumah di sana.", "30 rumah"),
        ("Nilainya Rp1,5 triliun saja.", "1500000000000 saja"),
        ("Jaraknya 1.200 meter.", "1200 meter"),
        ("Magnitudo 5,6 tercatat.", "5.6 tercatat"),
        ("Ada 65 penumpang.", "65 penumpang"),
        ("Selama 18 bulan perang.", "18 bulan"),
        ("Sebanyak 300 dan lebih.", "300"),
    ],
)
def test_numbers(text, key):
    assert list(read_signals(article(text)).numbers) == [stem_key(key)]


def stem_key(key):
    value, *unit = key.split()
    return " ".join([value, *map(stem, unit)])


@pytest.mark.parametrize(
    "text",
    [
        "Selasa (12/3/2024) malam.",
        "Sejak tahun 2019 ia pergi.",
        "Ia satu.",
        "KTT G20 di Bali.",
        "Anggota ke-11 itu.",
    ],
)
def test_dates_and_years_are_no_numbers(text):
    assert read_signals(article(text)).numbers == {}


def test_names_and_places():
    signals = read_signals(
        article(
            "Bupati Hendra Kusumah ditangkap di Kota Tirtawangi.",
            title="Bupati Ditangkap Petugas di Tirtawangi",
        )
    )
    assert {"hendra", stem("kusumah")} <= signals.people.stems
    assert stem("tirtawangi") in signals.places.stems
    assert stem("ditangkap") not in signals.names  # capital only because titles have capitals


def test_the_first_word_of_a_sentence_is_a_name_only_if_usually_written_so():
    names = read_signals(article("Petugas datang. ", "Jokowi datang.")).names
    assert names == {stem("jokowi")}


def test_the_dateline_place_counts():
    assert (
        stem("subang") in read_signals(article("Bus itu terguling.", place="Subang")).places.stems
    )


def test_background_gives_neither_core_words_nor_numbers():
    filler = ["Hujan turun lagi."] * CORE_SENTENCES
    signals = read_signals(article(*filler, "Pada 2019 ada 77 korban di Wamena."))
    assert "wamena" not in signals.core
    assert signals.numbers == {}
    assert "wamena" in signals.terms


def anchor(*sentences, **fields):
    found = read_signals(article(*sentences, **fields)).anchor
    return found and (found.year, found.month, found.day)


@pytest.mark.parametrize(
    ("sentences", "published", "expected"),
    [
        # The first written day near the publication.
        (["Kapal karam Rabu (5/3).", "Kamis (6/3) dicari."], "2025-03-06", (2025, 3, 5)),
        # A written day goes before a weekday.
        (["Selasa ia berkata.", "Kapal karam pada 5 Maret."], "2025-03-11", (2025, 3, 5)),
        # History and plans are not the event.
        (["Laga melawan Jepang pada 5 Juni menanti.", "Ia senang."], "2025-03-26", (2025, 3, 26)),
        (["Ia lahir pada 17 Agustus 1945."], "2025-03-26", (2025, 3, 26)),
        # Without a publication date, the first day that is named.
        (["Kapal karam Rabu (5/3/2025).", "Kamis (6/3/2025) dicari."], None, (2025, 3, 5)),
        (["Kapal karam."], None, None),
    ],
)
def test_anchor(sentences, published, expected):
    assert anchor(*sentences, published=published) == expected


def test_what_announces_looks_ahead():
    assert read_signals(article("Ia akan tiba besok.")).looks_ahead
    assert not read_signals(article("Ia tiba.", "Ia tidur.", "Ia akan pulang.")).looks_ahead


def test_translation_is_not_looked_at():
    plain = article("Kapal karam di Selat Bali.")
    sentence = Sentence("s1", 1, "Kapal karam di Selat Bali.", translation="A ship sank.", score=-1)
    translated = Article(id=plain.id, sentences=(sentence,), title=Bilingual(None, "Ship sinks"))
    assert read_signals(plain) == read_signals(translated)


def test_forms_are_those_of_the_page():
    forms = read_forms(article("Rumah terbakar di Duri Utara.", "Rumah terbakar, 24 mobil datang."))
    assert forms.terms[stem("terbakar")] == {"terbakar"}
    assert forms.places[stem("duri")] == {"Duri Utara"}
    assert forms.numbers["24 mobil"] == {"24 mobil"}


@settings(max_examples=60)
@given(st.lists(st.text(max_size=120), max_size=4), st.text(max_size=60))
def test_any_text_is_read(sentences, title):
    signals = read_signals(article(*sentences, title=title))
    assert signals.core >= signals.lead.stems
    assert all(0 <= weight <= 1 for weight in signals.terms.values())


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "1" * 100_000, "1.1." * 25_000, "Ab " * 30_000, "( " * 50_000]
)
def test_hostile_lines_are_read_in_linear_time(text):
    assert read_signals(article(text)).published is None
