"""What holds for any page: nothing is lost, nothing crashes, and time is linear in the text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.ingest.page import Page, analyse
from briefing.ingest.reader import RawArticle

SNIPPETS = [
    "Presiden meresmikan bendungan di Lombok, Selasa (12/9/2023).",
    '"Airnya cukup untuk dua musim," kata petani itu. "Kami senang."',
    "Jakarta, IDN Times - Warga membersihkan sungai bersama-sama sejak pagi.",
    "JAKARTA, KOMPAS.com - Warga membersihkan sungai bersama-sama. Baca juga: Sungai Bersih",
    "Baca Juga: Harga Beras Naik di Tiga Kota",
    "Baca juga:",
    "Harga Beras Naik di Tiga Kota Besar Menjelang Lebaran",
    "ADVERTISEMENT",
    "SCROLL TO CONTINUE WITH CONTENT",
    "Foto: Warga di tepi sungai. (Dok. Pemkot)",
    "Foto: AP|ArsipRUSIA, KUPANG POS - Warga membersihkan sungai bersama-sama sejak pagi.",
    "(Foto: Istimewa) Warga membersihkan sungai bersama-sama sejak pagi hari.",
    "Penulis: Ani | Editor: Budi",
    "Selasa, 12 September 2023 | 14:33 WIB",
    "Sungai Bersih Berkat Gotong Royong Warga - Kompas.com",
    "Sumber : CNA/SL",
    "Berita Terkait",
    "Komentar",
    "1. Gotong royong setiap pekan",
    "mengatakan bahwa",
    "## Subjudul yang pendek",
    "Bagikan :",
    "Oleh",
    "Siti Aminah",
    "Tags:",
    "(rds/has)",
    "- satu",
    "2 dari 2 halaman",
    "Warga senang. (KOMPAS.com/ANI)",
    "[Gambas:Video 20detik]",
    "Sumber :",
    "Verified Writer",
    "",
]
TEXTS = st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=60)), max_size=25).map(
    "\n".join
)


def characters(*texts: str) -> Counter[str]:
    """Count what is printed; the marks of Markdown headings are not."""
    return Counter("".join("".join(text.split()) for text in texts).replace("#", ""))


def everything(page: Page) -> list[str]:
    title = [page.title] if page.title and page.title_line else []
    return [
        *title,
        *(block.text for block in page.blocks),
        *(caption.text for caption in page.captions),
        *(one.text for one in page.dropped),
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_every_character_ends_up_in_one_place(text):
    page = analyse(RawArticle(where="x", text=text))
    assert characters(*everything(page)) == characters(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_metadata_of_any_form_does_not_crash(text, title, outlet, published):
    raw = RawArticle(
        where="x", text=text, title=title, outlet=outlet, published=published, is_body=True
    )
    assert analyse(raw) == analyse(raw)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_order_is_kept(text):
    page = analyse(RawArticle(where="x", text=text))
    assert [block.line for block in page.blocks] == sorted(block.line for block in page.blocks)
    assert [one.line for one in page.dropped] == sorted(one.line for one in page.dropped)


HOSTILE = {
    "letters": "a" * 100_000,
    "capitals": "A" * 100_000,
    "words": "Kata " * 20_000,
    "digits": "12 " * 33_000,
    "dates": "12/9/2023, " * 9_000,
    "brackets": "(" * 50_000 + ")" * 50_000,
    "open brackets": "[Gambas:" * 12_000,
    "quotes": '"' * 100_000,
    "dashes": "Jakarta - " * 10_000,
    "stops": ". " * 50_000,
    "colons": "Baca juga: " * 9_000,
    "slashes": "a/" * 50_000,
    "domains": "a.co." * 20_000,
    "bars": "| " * 50_000,
    "hashtags": "#a " * 33_000,
    "spaces": "x" + " " * 100_000 + "x",
    "lines": "a\n" * 30_000,
    "open lines": "kata tanpa akhir\n" * 6_000,
    "headlines": "Harga Beras Naik di Tiga Kota Besar\n" * 3_000,
    "labels": "Baca juga:\n" * 9_000,
    "repeats": "Warga membersihkan sungai bersama-sama sejak pagi.\n" * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_lines_are_read(name):
    """A rule that backtracks would keep this busy for hours; no clock is needed to notice."""
    page = analyse(RawArticle(where="x", text=HOSTILE[name]))
    assert characters(*everything(page)) == characters(HOSTILE[name])
