"""Headlines are given to the model as sentences, in the case that their own article writes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.document import Article, Bilingual, Sentence
from briefing.testing import FakeTranslator
from briefing.translate.articles import translate_articles
from briefing.translate.casing import TrueCaser, is_headline
from briefing.translate.glossary import default_glossary

ARTICLE = (
    "Gunung Ruang kembali meletus, Selasa (16/4/2024).",
    "Warga mengosongkan ruang kelas di dekat Gunung Ruang, dan status menjadi Awas.",
    "Kata warga, getarannya terasa sampai Tagulandang.",
    "Menurut Partai Fajar Bangsa, bantuan kurang.",
    "Baca Juga Berita Terkini Gunung Api Indonesia",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gunung Ruang Meletus Lagi, Status Naik Jadi Awas", True),
        ("Wali Kota Mundur, DPRD Gelar Rapat Darurat", True),
        ("KPK TANGKAP BUPATI BEKASI", True),
        ("Gunung Ruang kembali meletus dan status naik", False),
        ("Gunung Ruang Meletus Lagi.", False),  # a stop: a sentence
        ("Bupati Akan Temui Warga Bulan Ini?", True),
        ("Gunung Ruang", False),  # too short to tell
        ("", False),
        ("16/4/2024 ...", False),
    ],
)
def test_headlines_are_told_by_their_capitals(text, found):
    assert is_headline(text) is found


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        # `Ruang` became `space` and `Terasa` stayed Indonesian.
        (
            "Gunung Ruang Meletus Lagi, Status Naik Jadi Awas",
            "Gunung Ruang meletus lagi, status naik jadi Awas",
        ),
        ("Letusan Gunung Ruang Terasa Hingga Manado", "Letusan Gunung Ruang terasa hingga Manado"),
        ("LETUSAN TERASA DI TAGULANDANG", "Letusan terasa di Tagulandang"),
        # Names that only the article, or nothing but the line, tells from words.
        ("Partai Fajar Bangsa Kritik Bantuan", "Partai Fajar Bangsa kritik bantuan"),
        ("Fraksi Karya Baru Kritik Bantuan", "Fraksi karya baru kritik bantuan"),
        ("Ridwan Kamil: Jangan Takut Coba Hal Baru", "Ridwan Kamil: Jangan takut coba hal baru"),
        # Codes, acronyms, months, currencies, provinces.
        ("Gempa M5,6 Guncang Cianjur, BNPB Turun", "Gempa M5,6 guncang Cianjur, BNPB turun"),
        ("FIFA Cabut Status Tuan Rumah U-20", "FIFA cabut status tuan rumah U-20"),
        ("RI Cabut Aturan Mulai 21 Maret", "RI cabut aturan mulai 21 Maret"),
        ("Beras Tembus Rp 14.000 Per Kilogram", "Beras tembus Rp 14.000 per kilogram"),
        ("BERAS TEMBUS RP 14.000 DI PASAR", "Beras tembus Rp 14.000 di pasar"),
        ("Lahan Terbakar di Kalimantan Barat", "Lahan terbakar di Kalimantan Barat"),
        ("KPK TANGKAP PEJABAT DI SINGAPURA", "KPK tangkap pejabat di Singapura"),
        # `Moskow` is Moscow in English, so for the name checks it is a word like others.
        (
            "Kim Bertemu Putin Di Moskow, Washington Curiga",
            "Kim bertemu Putin di Moskow, Washington curiga",
        ),
        # A sentence stays as it is.
        ("Gunung Ruang Meletus Lagi.", "Gunung Ruang Meletus Lagi."),
        ("Warga mengosongkan ruang kelas", "Warga mengosongkan ruang kelas"),
    ],
)
def test_a_headline_is_written_as_a_sentence(headline, sentence):
    assert TrueCaser(ARTICLE, default_glossary())(headline) == sentence


def test_a_headline_within_the_article_tells_nothing():
    assert TrueCaser(("Status Gunung Naik Jadi Siaga Tiga",))("Warga Siaga di Gunung Api") == (
        "Warga siaga di gunung api"
    )


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=3))
@example("İSTANBUL GEMPA BESAR", [])
@example("ﬁrma ǅungla Ǆ Straße Ssßß", ["Straße ǅ"])
@example("GEMPA STRASSE BESAR", ["kata straße besar"])
def test_no_letter_changes_but_in_case(text, article):
    made = TrueCaser(article, default_glossary())(text)
    assert len(made) == len(text)
    assert made.casefold() == text.casefold()


def test_the_page_keeps_its_wording():
    fake = FakeTranslator()
    given_title = "Gunung Ruang Meletus Lagi, Status Naik Jadi Awas"
    sentences = tuple(Sentence(f"s{n}", n, text) for n, text in enumerate(ARTICLE, 1))
    article = Article(id="a", title=Bilingual(given_title), sentences=sentences)
    (made,) = translate_articles([article], fake)
    assert made.title.id == given_title
    assert made.title.en == "[en] Gunung Ruang meletus lagi, status naik jadi Awas"
    assert [s.source for s in made.sentences] == list(ARTICLE)
    assert made.sentences[4].translation == "[en] Baca juga berita terkini Gunung api Indonesia"
