from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.document import Article, Bilingual, Event, Evidence, Sentence
from briefing.errors import UsageError
from briefing.group import Group
from briefing.options import Options
from briefing.summarise import ExtractiveSummariser, describe
from briefing.summarise.eligibility import Fitness, sentence_fitness
from briefing.summarise.evaluation import evaluate, load_gold
from briefing.summarise.rouge import rouge
from briefing.summarise.titles import shorten_pair
from briefing.summarise.words import tokens

DATA = Path(__file__).parent / "data" / "summaries"

# What newspapers are made of, and what breaks readers of newspapers.
PIECES = (
    "Banjir merendam lima desa di Kabupaten Sintang pada Senin (8/1/2024).",
    "Sebanyak 12 orang tewas dan 30 luka.",
    "Sebanyak 15 orang tewas.",
    "Kapolres Sintang AKBP Budi Santoso memimpin evakuasi.",
    "Kapolres Sintang AKBP Budi Susanto mengatakan air mulai surut.",
    '"Kami butuh tenda," kata Camat Serawai Yohanes Ledo.',
    '"Kami butuh tenda,"|Yohanes Ledo (Camat Serawai)',
    '"Satu. Dua. Tiga',
    "Menurut Budi, jalan terputus.",
    "Namun, air naik lagi pada Minggu (9/1/24).",
    "Ia pergi.",
    "Rapat digelar di Surabaya pada 3 Maret 2024.",
    "Rapat digelar di Semarang pada 4 Maret 2024.",
    "?!",
    "“”‘’\"'",
    "(",
    "1.234,5 juta",
    "—",
    "AS",
)
WORDS = [
    "Kepala",
    "Desa",
    "Kabupaten",
    "Menteri",
    "Luar",
    "Negeri",
    "Presiden",
    "AKBP",
    "dr.",
    "Budi",
    "Santoso",
    "Korea",
    "Selatan",
    "AS",
    "PT",
    "Bank",
    "Universitas",
    "kata",
    "menurut",
    "ujar",
    "mengatakan",
    "ujarnya",
    "itu",
    "(",
    ")",
    ",",
    ".",
    ":",
    "|",
    '"',
    "“",
    "”",
    "Senin",
    "12",
    "Rp",
    "juta",
    "orang",
    "tewas",
    "di",
    "pada",
    "yang",
    "dan",
    "Agung",
    "Jaksa",
    "H.",
    "M.",
    "(45)",
    "Badan",
    "nya",
    "Kim",
    "Jong",
    "Un",
    "3/4/2024",
    "Juli",
]
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(" ".join),
    st.text(max_size=60),
)


@st.composite
def articles(draw) -> tuple[Article, ...]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        sources = draw(st.lists(texts, max_size=6))
        paragraphs = sorted(draw(st.integers(1, 4)) for _ in sources)
        sentences = tuple(
            Sentence(
                f"s{n}",
                paragraph,
                source,
                f"<{source}>",
                draw(st.sampled_from(["text", "heading"])),
            )
            for n, (source, paragraph) in enumerate(zip(sources, paragraphs, strict=True), start=1)
        )
        made.append(
            Article(
                id=f"a{number}",
                sentences=sentences,
                outlet=draw(st.sampled_from([None, "Harian A", "Harian B"])),
                published=draw(st.sampled_from([None, "2024-01-10", "2024-01-11T07:00:00+07:00"])),
                place=draw(st.sampled_from([None, "Sintang"])),
                title=Bilingual(draw(st.sampled_from([None, "Banjir di Sintang"]))),
            )
        )
    return tuple(made)


def evidence_in(value: object) -> list[Evidence]:
    """Return every piece of evidence anywhere under a row."""
    if isinstance(value, Evidence):
        return [value]
    if isinstance(value, tuple):
        return [e for one in value for e in evidence_in(one)]
    if hasattr(value, "__dataclass_fields__"):
        return [e for f in fields(value) for e in evidence_in(getattr(value, f.name))]
    return []


def rows_of(event: Event) -> list[object]:
    return [
        *event.summary,
        *event.timeline,
        *event.quotes,
        *(claim for d in event.disagreements for claim in d.claims),
        *event.only_in,
        *event.names,
        *(line for a in event.articles for line in a.summary),
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles())
def test_every_row_resolves_to_existing_sentences(made):
    event = describe(Group(articles=made), ExtractiveSummariser(), Options())
    known = {(a.id, s.id): s for a in made for s in a.sentences}
    for row in rows_of(event):
        found = evidence_in(row)
        assert found
        assert all((e.article, e.sentence) in known for e in found)
    for line in (*event.summary, *event.timeline, *event.only_in):
        first = known[line.evidence[0].article, line.evidence[0].sentence]
        assert (line.id, line.en) == (first.source, first.translation)
        assert first.kind == "text"
    for line in event.summary:
        assert sentence_fitness(line.id) is not Fitness.SPEECH


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles(), st.randoms(use_true_random=False))
def test_the_event_does_not_depend_on_the_order_of_its_articles(made, random):
    shuffled = list(made)
    random.shuffle(shuffled)
    one = describe(Group(articles=made), ExtractiveSummariser(), Options())
    two = describe(Group(articles=tuple(shuffled)), ExtractiveSummariser(), Options())
    assert one == two


@pytest.mark.parametrize("name", ["development", "held-out"])
def test_the_default_beats_the_first_two_sentences(name):
    table = evaluate(load_gold(DATA / f"{name}.jsonl"))
    default = table.row("default")
    assert default.margin.one >= 4.0
    assert default.scores.one > table.row("lead-3").scores.one
    assert default.scores.one > table.row("random").scores.one + 15


def test_the_margin_over_lead_two_is_beyond_chance_over_both_sets():
    gold = [g for name in ("development", "held-out") for g in load_gold(DATA / f"{name}.jsonl")]
    table = evaluate(gold)
    assert table.events >= 60
    default = table.row("default")
    assert default.margin.one >= 10.0
    assert default.low.one >= 3.0
    assert table.lines()[0].startswith(f"{table.events} events")


def test_every_reference_is_three_to_five_sentences_of_its_articles():
    import json

    for name in ("development", "held-out"):
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            assert 3 <= len(record["reference"]) <= 5
            printed = " ".join(a["text"] for a in record["articles"])
            assert all(sentence in printed for sentence in record["reference"])


def test_a_broken_gold_line_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('{"event": "x", "articles": [], "reference": []}\n{"event": 1}\n')
    with pytest.raises(UsageError, match=r"gold\.jsonl:2"):
        load_gold(path)


@pytest.mark.parametrize(
    ("candidate", "reference", "expected"),
    [  # the F1 values of rouge-score 0.1.2 on the same tokens
        ("air naik cepat sekali", "air naik cepat sekali", (1.0, 1.0, 1.0)),
        ("air naik cepat", "air sungai naik cepat sekali", (0.75, 0.333333, 0.75)),
        ("cepat naik air", "air naik cepat", (1.0, 0.0, 0.333333)),
        ("air air air", "air naik", (0.4, 0.0, 0.4)),
        ("", "air naik", (0.0, 0.0, 0.0)),
        ("satu", "dua", (0.0, 0.0, 0.0)),
    ],
)
def test_rouge(candidate, reference, expected):
    found = rouge(candidate, reference)
    assert (found.one, found.two, found.longest) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "Namun, air mulai surut pada siang hari.",
        "Selain itu, dua jembatan putus diterjang arus.",
        "Ia meminta warga menjauhi bantaran sungai.",
        "Dia ditangkap polisi di rumahnya kemarin.",
        "Hal itu disampaikan dalam rapat kemarin sore.",
        "Menurutnya, bantuan akan segera tiba di lokasi.",
        "Sementara itu, petugas menutup jalan menuju pasar.",
        "Pertemuan tersebut berlangsung selama dua jam penuh.",
        "Untuk menghadiri pertemuan puncak yang jarang terjadi di Vladivostok.",
        "Dapat membantu mereka mengisi kembali persediaan yang habis.",
        "Korbannya dibawa ke rumah sakit terdekat di kota.",
        "apakah bantuan sudah tiba di lokasi bencana?",
        "Kata juru bicara kantor itu dalam sebuah video.",
    ],
)
def test_a_sentence_that_leans_on_another_is_no_bullet(text):
    assert sentence_fitness(text) < Fitness.LAST_RESORT


@pytest.mark.parametrize(
    "text",
    [
        "Setelah gempa mengguncang Cianjur, BNPB mengirim bantuan ke tiga kecamatan.",
        "Sedikitnya 12 orang tewas dalam kecelakaan bus di Subang.",
        "Naiknya harga beras memukul pedagang kecil di Pasar Johar.",
        "Status gunung dinaikkan menjadi Awas.",
        "Mengutip data BMKG, gempa berpusat di laut selatan Jawa.",
        "Pada hari ini pemerintah membuka kembali jalan tol Cipali.",
        "Menteri Perhubungan meninjau Pelabuhan Merak menjelang mudik.",
    ],
)
def test_a_sentence_that_stands_alone_is_fit(text):
    assert sentence_fitness(text) is Fitness.FIT


def flood() -> Article:
    sources = (
        "Banjir merendam lima desa di Kabupaten Sintang, Kalimantan Barat, sejak Senin malam.",
        "Sebanyak 1.200 warga mengungsi ke sekolah dan gereja di Serawai.",
        "Jalan menuju tiga desa terputus karena jembatan gantung hanyut terbawa arus.",
        "Pemerintah kabupaten menetapkan status tanggap darurat selama dua pekan.",
    )
    sentences = tuple(Sentence(f"s{n}", n, t, f"<{t}>") for n, t in enumerate(sources, start=1))
    return Article(id="a1", sentences=sentences, outlet="Kabar Hulu")


@pytest.mark.parametrize("words", [5, 12, 25, 40])
def test_the_length_can_be_set_in_words(words):
    bullets = ExtractiveSummariser().summarise([flood()], sentences=20, words=words)
    size = sum(len(tokens(b.id)) for b in bullets)
    assert bullets
    assert size <= words or len(bullets) == 1


def test_the_words_option_bounds_the_event_summary_and_each_article_has_its_own():
    event = describe(
        Group(articles=(flood(),)),
        ExtractiveSummariser(),
        Options(summary_words=25, article_sentences=2),
    )
    assert sum(len(tokens(b.id)) for b in event.summary) <= 25
    assert len(event.articles[0].summary) == 2
    none = describe(
        Group(articles=(flood(),)), ExtractiveSummariser(), Options(article_sentences=0)
    )
    assert none.articles[0].summary == ()


def test_without_a_headline_the_lead_clause_is_cut_in_both_languages():
    pair = shorten_pair(
        "Banjir bandang menerjang tujuh desa di lereng Gunung Kelam, yang selama sepekan terakhir "
        "diguyur hujan lebat tanpa henti sampai saluran irigasi jebol.",
        "A flash flood hit seven villages on the slopes of Mount Kelam, which had been drenched by "
        "heavy rain for the past week until irrigation canals burst.",
    )
    assert pair.id == "Banjir bandang menerjang tujuh desa di lereng Gunung Kelam …"
    assert pair.en == "A flash flood hit seven villages on the slopes of Mount Kelam …"
