from __future__ import annotations

import pytest

from briefing.document import Article, Bilingual, Sentence
from briefing.group import Group
from briefing.options import Options
from briefing.summarise import ExtractiveSummariser, describe


def article(key: str, *paragraphs: str, outlet: str | None = None, **fields) -> Article:
    """Make an article of one sentence a paragraph; its translation is the source in brackets."""
    sentences = tuple(
        Sentence(f"s{n}", n, text, f"<{text}>") for n, text in enumerate(paragraphs, start=1)
    )
    return Article(id=key, sentences=sentences, outlet=outlet, **fields)


FLOOD = (
    article(
        "a1",
        "Banjir merendam lima desa di Kabupaten Sintang, Kalimantan Barat, sejak Senin malam.",
        "Namun, air mulai surut pada Selasa siang di dua desa.",
        '"Kami butuh tenda dan air bersih," kata Camat Serawai Yohanes Ledo.',
        outlet="Kabar Hulu",
        published="2024-01-09",
        title=Bilingual(
            "Banjir Rendam Lima Desa di Sintang", "Floods Hit Five Villages in Sintang"
        ),
    ),
    article(
        "a2",
        "Sebanyak 1.200 warga Sintang mengungsi ke sekolah dan gereja akibat banjir.",
        "Ia meminta warga menjauhi sungai.",
        "Banjir merendam lima desa di Kabupaten Sintang sejak Senin malam.",
        outlet="Suara Kapuas",
        published="2024-01-10",
    ),
)


def test_a_bullet_is_a_sentence_of_the_articles_with_its_own_translation():
    bullets = ExtractiveSummariser().summarise(FLOOD, sentences=2)
    told = {s.source: s.translation for a in FLOOD for s in a.sentences}
    assert len(bullets) == 2
    assert all(told[b.id] == b.en for b in bullets)


def test_evidence_starts_with_the_sentence_and_adds_the_outlet_that_says_the_same():
    first = ExtractiveSummariser().summarise(FLOOD, sentences=1)[0]
    assert [(e.article, e.sentence) for e in first.evidence] == [("a1", "s1"), ("a2", "s3")]
    assert first.outlets == 2


@pytest.mark.parametrize("start", ["Namun", "Ia ", '"Kami'])
def test_no_bullet_dangles_or_is_speech(start):
    bullets = ExtractiveSummariser().summarise(FLOOD, sentences=6)
    assert not [b for b in bullets if b.id.startswith(start)]


def test_the_order_of_the_articles_does_not_matter():
    one = describe(Group(articles=FLOOD), ExtractiveSummariser(), Options())
    two = describe(Group(articles=FLOOD[::-1]), ExtractiveSummariser(), Options())
    assert one == two
    assert one.title == FLOOD[0].title
    assert (one.first_seen, one.last_seen) == ("2024-01-09", "2024-01-10")
    assert one.outlets == ("Kabar Hulu", "Suara Kapuas")
