"""Reprints are folded; what would lose a fact is not."""

from __future__ import annotations

from itertools import permutations

import pytest

from briefing.document import Article, Bilingual, Sentence
from briefing.group.reprints import fold_reprints

WIRE = (
    "Sebanyak 50 paus pilot terdampar di Pantai Oeseli pada Rabu pagi.",
    "Warga dan petugas berhasil mendorong 36 ekor kembali ke laut.",
    "Sisanya mati dan dikubur di pantai itu juga pada sore harinya.",
    "Balai konservasi meneliti sebab terdamparnya kawanan tersebut sejak kemarin.",
)


def article(ident, *sentences, outlet=None, published="2025-01-15", title="Paus Terdampar"):
    return Article(
        id=ident,
        path=f"{ident}.txt",
        outlet=outlet or f"Koran {ident}",
        published=published,
        title=Bilingual(title),
        sentences=tuple(Sentence(f"s{n}", 1, text) for n, text in enumerate(sentences, start=1)),
    )


def names(folded):
    return {a.id: [r.path for r in a.reprints] for a in folded}


def test_small_edits_are_folded_into_the_oldest_of_equals():
    first = article("b", *WIRE, published="2025-01-15T08:00:00+07:00")
    edited = article(
        "a", *(text.replace("mati dan", "mati lalu") for text in WIRE), title="Puluhan Paus Mati"
    )
    later = article(
        "c", *WIRE[:3], WIRE[3].replace("meneliti", "masih meneliti"), published="2025-01-16"
    )
    for order in permutations([first, edited, later]):
        folded = fold_reprints(order)
        assert names(folded) == {"a": ["b.txt", "c.txt"]}
    assert [r.outlet for r in folded[0].reprints] == ["Koran b", "Koran c"]
    assert all(0.7 <= r.similarity <= 1 for r in folded[0].reprints)


def test_a_shortened_reprint_goes_into_the_longer_text_even_if_that_is_newer():
    long = article("z", *WIRE, published="2025-01-17")
    short = article("a", *WIRE[:3], published="2025-01-15")
    assert names(fold_reprints([short, long])) == {"z": ["a.txt"]}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "Warga dan petugas berhasil mendorong 37 ekor kembali ke laut."),  # another number
        (3, "Menteri akan datang ke Rote besok untuk melihat penguburan bangkai."),  # another fact
    ],
)
def test_what_adds_a_fact_is_not_folded(number, text):
    changed = [*WIRE[:number], text, *WIRE[number + 1 :]]
    folded = fold_reprints([article("a", *WIRE), article("b", *changed)])
    assert names(folded) == {"a": [], "b": []}


def test_two_texts_on_one_event_are_not_reprints():
    own_words = article(
        "b",
        "Puluhan paus pilot mati setelah terdampar di Rote Ndao.",
        "Petugas bersama nelayan menyelamatkan 36 ekor.",
        "Bangkai paus dikuburkan agar tidak mencemari pantai.",
    )
    assert names(fold_reprints([article("a", *WIRE), own_words])) == {"a": [], "b": []}


def test_price_bulletins_differ_in_their_numbers_alone_and_stay_apart():
    def bulletin(ident, price, change, day):
        return article(
            ident,
            f"Harga emas batangan Antam pada hari ini naik Rp{change} menjadi Rp{price} per gram.",
            "Harga pembelian kembali oleh perusahaan ikut naik mengikuti harga emas dunia.",
            "Potongan pajak penghasilan dikenakan atas penjualan kembali emas batangan itu.",
            published=day,
        )

    folded = fold_reprints(
        [
            bulletin("a", "1.896.000", "8.000", "2025-04-14"),
            bulletin("b", "1.916.000", "9.000", "2025-04-16"),
        ]
    )
    assert names(folded) == {"a": [], "b": []}


def test_reprints_of_a_reprint_move_along():
    short = fold_reprints(
        [article("a", *WIRE[:3]), article("b", *WIRE[:3], published="2025-01-16")]
    )
    assert names(short) == {"a": ["b.txt"]}
    assert names(fold_reprints([*short, article("c", *WIRE, published="2025-01-18")])) == {
        "c": ["a.txt", "b.txt"]
    }


def test_nothing_to_compare():
    assert fold_reprints([]) == []
    empty = [article("a"), article("b")]
    assert names(fold_reprints(empty)) == {"a": [], "b": []}
    tiny = [article("a", "Ya."), article("b", "Ya.")]
    assert names(fold_reprints(tiny)) == {"a": [], "b": []}


def test_a_stock_phrase_makes_no_candidates_of_a_crowd():
    phrase = "Demikian keterangan resmi yang diterima redaksi kami pada hari ini."
    crowd = [
        article(f"{n:04}", phrase, f"Kabar nomor {n} tentang desa ke-{n}.") for n in range(300)
    ]
    assert len(fold_reprints(crowd)) == 300
