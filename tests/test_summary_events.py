from __future__ import annotations

import pytest

from briefing.document import Article, Bilingual, Sentence
from briefing.group import Group
from briefing.ingest.segment import split_sentences
from briefing.options import Options
from briefing.summarise import ExtractiveSummariser, describe
from briefing.summarise.names import names_of
from briefing.summarise.passages import Collection


def article(
    *pairs: tuple[str, str] | str,
    key: str = "a1",
    outlet: str | None = "Harian A",
    title: str | None = None,
    **more,
) -> Article:
    sentences = []
    for number, pair in enumerate(pairs, start=1):
        source, translation = pair if isinstance(pair, tuple) else (pair, f"<{pair}>")
        sentences.append(Sentence(f"s{number}", number, source, translation))
    return Article(
        id=key,
        sentences=tuple(sentences),
        outlet=outlet,
        title=Bilingual(title, f"<{title}>" if title else None),
        **more,
    )


def event(*articles: Article):
    return describe(Group(articles=articles), ExtractiveSummariser(), Options())


def names(*pairs) -> dict[str, tuple[str, str]]:
    collection = Collection([article(*pairs)])
    return {n.id: (n.en, n.kind) for n in names_of(collection, collection.book)}


def test_the_title_is_the_most_central_headline_not_the_longest_nor_a_teaser():
    body = "Gempa bermagnitudo 5,6 mengguncang Cianjur pada Senin siang dan merusak ratusan rumah."
    made = [
        article(
            body, key="a1", title="Ini Dia 5 Fakta Mengejutkan Gempa Cianjur yang Wajib Kamu Tahu!"
        ),
        article(body, key="a2", title="Gempa Magnitudo 5,6 Guncang Cianjur, Ratusan Rumah Rusak"),
        article(body, key="a3", title="Warga Panik"),
    ]
    assert event(*made).title == made[1].title


def test_without_headlines_the_title_is_a_clause_in_both_languages():
    found = event(
        article(
            (
                "Kapal Wisata Laut Biru tenggelam di Selat Sape.",
                "The Laut Biru sank in Sape Strait.",
            ),
            ('"Kami selamat," kata Umar.', '"We survived," said Umar.'),
        )
    )
    assert found.title == Bilingual(
        "Kapal Wisata Laut Biru tenggelam di Selat Sape", "The Laut Biru sank in Sape Strait"
    )


def test_an_event_of_empty_articles_has_no_title_and_no_rows():
    found = event(article(key="a1"), article(key="a2"))
    assert found.title == Bilingual()
    assert (found.summary, found.timeline, found.quotes, found.names) == ((), (), (), ())


def test_the_id_is_that_of_the_oldest_article_so_that_it_survives_new_ones():
    first = article("Banjir merendam desa.", key="a1", published="2024-01-01")
    later = article("Banjir surut di desa.", key="a0", published="2024-01-02")
    undated = article("Banjir besar di desa.", key="a3")
    alone = event(first)
    joined = event(undated, later, first)
    assert alone.id == joined.id != event(later).id
    assert [a.id for a in joined.articles] == ["a1", "a0", "a3"]
    assert (joined.first_seen, joined.last_seen) == ("2024-01-01", "2024-01-02")


def test_undated_articles_leave_the_days_unknown():
    found = event(article("Banjir merendam desa."))
    assert (found.first_seen, found.last_seen) == (None, None)


def test_a_newsroom_is_no_place_of_the_event():
    text = "Kim bertemu Putin di Vladivostok."
    there = article(text, key="a1", place="Vladivostok")
    newsroom = article(text, key="a2", place="Jakarta")
    assert event(newsroom).place is None
    assert event(there, newsroom).place == "Vladivostok"


def test_only_in_lists_what_one_outlet_alone_carries():
    shared = "Gempa bermagnitudo 5,6 mengguncang Kabupaten Cianjur pada Senin siang."
    own = "Perusahaan listrik memadamkan tiga gardu induk untuk mencegah kebakaran susulan."
    found = event(
        article(shared, own, key="a1", outlet="Harian A"),
        article(shared, key="a2", outlet="Harian B"),
    )
    assert [(row.outlet, row.id) for row in found.only_in] == [("Harian A", own)]
    assert event(article(shared, own)).only_in == ()


def test_a_supporting_outlet_must_give_the_same_figure_and_the_same_act():
    lead = "Kebakaran di Pasar Terong menghanguskan 210 kios pada Jumat malam."
    cases = {
        "Sebanyak 210 kios di Pasar Terong hangus dalam kebakaran Jumat malam.": 2,
        "Kebakaran di Pasar Terong menghanguskan 120 kios pada Jumat malam.": 1,
        "Kebakaran di Pasar Terong dipadamkan 12 mobil pada Jumat malam.": 1,
        "Kebakaran di Pasar Terong akan menghanguskan 210 kios pada Jumat malam.": 1,
    }
    for other, outlets in cases.items():
        one = article(lead, key="a1", outlet="Harian A", published="2024-08-16")
        two = article(
            "Wali kota berkunjung ke lokasi dan memberi bantuan.",
            other,
            key="a2",
            outlet="Harian B",
        )
        collection_event = describe(
            Group(articles=(one, two)), ExtractiveSummariser(), Options(summary_sentences=4)
        )
        line = next(row for row in collection_event.summary if row.id == lead)
        assert line.outlets == outlets, other


def test_names_are_spelled_as_the_translation_has_them():
    found = names(
        (
            "Presiden Rusia Vladimir Putin tiba di Moskow, kata juru bicara Kremlin Dmitry Peskov.",
            "Russian President Vladimir Putin arrived in Moscow, Kremlin spokesman Dmitry Peskov said.",
        ),
        ("Putin bertemu delegasi Tiongkok dan PBB.", "Putin met delegations of China and the UN."),
        ("Peskov membantah kabar itu.", "Peskov denied it."),
    )
    assert found["Vladimir Putin"] == ("Vladimir Putin", "person")
    assert found["Dmitry Peskov"] == ("Dmitry Peskov", "person")
    assert found["Moskow"] == ("Moscow", "place")
    assert found["Tiongkok"] == ("China", "place")
    assert found["PBB"] == ("UN", "organisation")


def test_a_spelling_that_the_translation_lacks_is_never_made_up():
    found = names(("Delegasi Tiongkok tiba di Jenewa.", "The delegation arrived."))
    assert found["Tiongkok"] == ("Tiongkok", "place")
    assert found["Jenewa"] == ("Jenewa", "place")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Petugas Badan Nasional Penanggulangan Bencana tiba.",
            "Badan Nasional Penanggulangan Bencana",
            "organisation",
        ),
        ("Warga Kecamatan Cugenang mengungsi.", "Kecamatan Cugenang", "place"),
        ("Menurut BMKG, gempa itu dangkal.", "BMKG", "organisation"),
        ("Kapolres Garut AKBP Budi Santoso memimpin.", "Budi Santoso", "person"),
        ("Rombongan tiba di Korea Selatan kemarin.", "Korea Selatan", "place"),
    ],
)
def test_kinds_of_names(text, name, kind):
    found = names(text)
    assert name in found
    assert found[name][1] == kind


def test_the_seeds_form_the_timeline_and_the_evidence_that_the_issue_asks_for(seeds):
    """The four pages on the summit of September 2023, whoever groups them."""
    from briefing import ingest
    from briefing.options import Options as AllOptions
    from briefing.progress import Silent

    files = sorted(p for p in seeds.glob("*.txt") if p.name[:3] in {"000", "002", "003", "004"})
    read = ingest.read_articles(files, AllOptions(), Silent())
    found = event(*read.articles)
    assert found.timeline[0].date == "2023-09-04"
    assert found.timeline[-1].date == "2023-09-13"
    friendship = [q for q in found.quotes if q.id == "Kami akan terus memperkuat persahabatan kami"]
    assert [(q.speaker, len({e.article for e in q.evidence})) for q in friendship] == [
        ("Dmitry Peskov", 2)
    ]
    days = [d for d in found.disagreements if d.kind == "date"]
    assert any("was a Monday" in (d.note or "") for d in days)


def test_sentences_of_a_paragraph_keep_their_quotation_together():
    text = '"Air naik cepat. Kami lari ke bukit," kata Siti Aminah.'
    sources = split_sentences(text)
    sentences = tuple(Sentence(f"s{n}", 1, s, s) for n, s in enumerate(sources, start=1))
    found = event(Article(id="a1", sentences=sentences))
    assert len(sources) == 2
    assert [len(q.evidence) for q in found.quotes] == [2]
    assert found.summary == ()
