"""Grouping by event: the gold set's floors, the samples, the seeds, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.document import Article, Bilingual, Sentence, Why
from briefing.group import EventGrouper
from briefing.group.evaluation import labels, read_gold
from briefing.group.metrics import bcubed, pairwise
from briefing.group.signals import read_signals
from briefing.group.similarity import similarity
from briefing.ingest import read_articles
from briefing.options import Options
from briefing.progress import Silent


@pytest.fixture(scope="module")
def dev(root):
    return read_gold(root / "tests" / "data" / "events" / "dev.jsonl")


@pytest.fixture(scope="module")
def heldout(root):
    return read_gold(root / "tests" / "data" / "events" / "heldout.jsonl")


@pytest.fixture(scope="module")
def dev_groups(dev):
    return EventGrouper().group(dev.articles)


def item(ident, title, text, published=None, outlet="Koran"):
    sentences = [part.strip() + "." for part in text.split(". ") if part.strip(" .")]
    return Article(
        id=ident,
        path=ident,
        title=Bilingual(title),
        outlet=outlet,
        published=published,
        sentences=tuple(Sentence(f"s{n}", 1, s) for n, s in enumerate(sentences, start=1)),
    )


def parts(groups):
    """Return the ids in each group, sorted, reprints by their paths."""
    return sorted(
        sorted(
            chain.from_iterable((a.path or a.id, *(r.path for r in a.reprints)) for a in g.articles)
        )
        for g in groups
    )


# Quality


@pytest.mark.parametrize(
    ("gold", "b_floor", "p_floor"), [("dev", 0.95, 0.91), ("heldout", 0.90, 0.90)]
)
def test_floors_on_the_gold_set(gold, b_floor, p_floor, request):
    gold = request.getfixturevalue(gold)
    found = labels(EventGrouper().group(gold.articles))
    assert bcubed(found, gold.events).f1 >= b_floor
    assert pairwise(found, gold.events).f1 >= p_floor


def test_floor_without_publication_dates(dev):
    bare = dev.undated()
    assert bcubed(labels(EventGrouper().group(bare.articles)), bare.events).f1 >= 0.88


def test_samples_group_as_their_readme_says(samples):
    articles = read_articles([str(samples)], Options(), Silent()).articles
    found = parts(EventGrouper().group(articles))
    by_prefix = sorted(sorted(p.rsplit("/", 1)[-1].split("-")[0] for p in group) for group in found)
    assert by_prefix == sorted(
        [
            ["cianjur"] * 4,
            ["garut", "koran"],
            ["asean"] * 2,
            ["g20", "g20", "koran"],
            ["koran", "whoosh", "whoosh"],
            ["koran"],
            ["ruang"] * 3,
        ]
    )


def test_seeds_are_two_events(seeds):
    articles = read_articles([str(seeds)], Options(), Silent()).articles
    found = [
        [p.rsplit("/", 1)[-1][:3] for p in group] for group in parts(EventGrouper().group(articles))
    ]
    assert sorted(found) == [["000", "002", "003", "004"], ["001"]]
    # Not because the others are there: the two alone are two events as well.
    for article in articles:
        pair = [a for a in articles if a is article or "/001_" in (a.path or "")]
        assert len(EventGrouper().group(pair)) == len(pair)


MEETING = item(
    "m1",
    "Presiden Arga dan Perdana Menteri Liora Berunding di Batumi",
    "Presiden Arga Wiguna berunding dengan Perdana Menteri Liora Benayun di kota pelabuhan Batumi, "
    "Rabu (13/9/2023). Keduanya membahas penjualan peluru artileri. Kereta lapis baja Arga tiba "
    "sehari sebelumnya",
    "2023-09-13",
)
PREVIEW = item(
    "m2",
    "Arga Wiguna Akan Temui Liora Benayun Bulan Ini, Bahas Peluru?",
    "Seorang pejabat, Senin (4/9/2023), berkata Presiden Arga Wiguna akan bertemu Perdana Menteri "
    "Liora Benayun pada bulan ini. Kota pelabuhan Batumi disebut sebagai tempatnya. Penjualan peluru "
    "artileri diduga menjadi pokok pembicaraan",
    "2023-09-04",
)
RETURN_VISIT = item(
    "m3",
    "Arga Jamu Liora di Alun-alun Ibu Kota",
    "Presiden Arga Wiguna menyambut Perdana Menteri Liora Benayun dengan upacara di alun-alun Tarsa. "
    "Keduanya meneken perjanjian kemitraan yang menggantikan perjanjian tahun 1961. Lawatan Liora "
    "dilakukan setelah Arga pergi ke Batumi pada September, yang diikuti pengiriman peluru artileri",
)


def test_a_preview_days_ahead_belongs_to_the_meeting():
    assert len(EventGrouper().group([MEETING, PREVIEW])) == 1


def test_an_undated_return_visit_that_names_the_first_by_its_month_does_not():
    assert parts(EventGrouper().group([MEETING, PREVIEW, RETURN_VISIT])) == [["m1", "m2"], ["m3"]]


def test_the_day_in_the_text_separates_like_events_without_publication_dates():
    def quake(ident, day, place, hurt):
        return item(
            ident,
            f"Gempa Guncang {place}, Warga Berhamburan",
            f"Gempa mengguncang {place}, {day}. BMKG menyatakan gempa tidak berpotensi tsunami. "
            f"Sebanyak {hurt} orang terluka. Warga {place} mendirikan tenda di lapangan",
        )

    same = [
        quake("a", "Jumat (22/3/2024)", "Rawamerta", 12),
        quake("b", "Jumat (22/3)", "Rawamerta", 14),
    ]
    later = quake("c", "Sabtu (27/4/2024)", "Rawamerta", 9)
    assert parts(EventGrouper().group([*same, later])) == [["a", "b"], ["c"]]


def test_the_same_day_and_city_do_not_make_an_event():
    # The place and the day in common were nearly enough once, and a common word tipped the scales.
    council = item(
        "a",
        "Dewan Kota Bahas Tarif Parkir",
        "JAKARTA - Dewan kota membahas tarif parkir di Jakarta, Rabu (5/3/2025). Ketua komisi meminta "
        "kajian. Tarif baru berlaku tahun depan",
        "2025-03-05",
    )
    league = item(
        "b",
        "Pelatih Baru Diperkenalkan kepada Suporter",
        "JAKARTA - Klub ibu kota memperkenalkan pelatih asal Belanda di Jakarta, Rabu (5/3/2025). "
        "Kontraknya dua musim. Suporter menyambut dengan nyanyian",
        "2025-03-05",
    )
    assert parts(EventGrouper().group([council, league])) == [["a"], ["b"]]
    assert similarity(read_signals(council), read_signals(league)) < 0.15


def test_bulletins_on_two_places_of_one_day_stay_apart():
    def bulletin(ident, place, strength):
        return item(
            ident,
            f"Gempa Magnitudo {strength} Guncang {place}",
            f"{place.upper()} - Gempa bermagnitudo {strength} mengguncang {place}, Kamis (19/9/2024). "
            "BMKG menyatakan gempa tidak berpotensi tsunami. Warga sempat keluar rumah",
            "2024-09-19",
        )

    both = [bulletin("a", "Nabire", "5,4"), bulletin("b", "Gianyar", "4,8")]
    assert parts(EventGrouper().group(both)) == [["a"], ["b"]]


# What must always hold


def test_the_order_of_articles_is_of_no_matter(dev, dev_groups):
    for articles in (
        dev.articles[::-1],
        sorted(dev.articles, key=lambda a: (a.outlet or "", a.id[::-1])),
    ):
        assert EventGrouper().group(articles) == dev_groups


def test_every_article_once(dev, dev_groups):
    assert sorted(chain.from_iterable(parts(dev_groups))) == sorted(a.id for a in dev.articles)


def test_grouping_does_not_change_with_the_translation(dev, dev_groups):
    translated = [
        replace(
            article,
            title=Bilingual(article.title.id, "The same title everywhere"),
            sentences=tuple(replace(s, translation="One sentence.") for s in article.sentences),
        )
        for article in dev.articles
    ]
    assert parts(EventGrouper().group(translated)) == parts(dev_groups)


def test_oldest_first_and_largest_group_first(dev_groups):
    for group in dev_groups:
        dates = [a.published or "9999" for a in group.articles]
        assert dates == sorted(dates)
    outlets = [
        len({a.outlet for a in g.articles} | {r.outlet for a in g.articles for r in a.reprints})
        for g in dev_groups
    ]
    assert outlets == sorted(outlets, reverse=True)


def group_of(groups, dev, event):
    return max(groups, key=lambda g: sum(dev.events[a.id] == event for a in g.articles))


def test_why_says_what_is_shared(dev, dev_groups):
    group = group_of(dev_groups, dev, "feri-tirta")
    assert "KMP Tirta Kencana" in group.why.names
    assert "Selat Bali" in group.why.places
    assert "2025-03-05" in group.why.dates
    assert "kapal" in group.why.terms
    assert 0 < group.why.weakest < 1
    assert "5,75 persen" in group_of(dev_groups, dev, "bi-rate-januari").why.numbers
    for group in dev_groups:
        why = group.why
        assert max(map(len, (why.names, why.places, why.dates, why.numbers, why.terms))) <= 6
        assert (why == Why()) == (len(group.articles) == 1)


def test_nothing_one_and_twice_the_same():
    assert EventGrouper().group([]) == []
    (alone,) = EventGrouper().group([MEETING])
    assert alone.articles == (MEETING,)
    assert alone.why == Why()
    twin = replace(MEETING, path="z")
    assert EventGrouper().group([twin, MEETING]) == EventGrouper().group([MEETING])


def test_an_article_without_a_word_is_kept():
    blank = Article(id="0" * 12, sentences=())
    digits = item("1", None, "12345. 67890")
    assert len(EventGrouper().group([blank, digits, MEETING])) == 3


WORDS = [
    "gempa",
    "Garut",
    "kapal",
    "Selat Bali",
    "12 orang",
    "Senin (4/3/2024)",
    "akan",
    "di",
    "Rabu",
]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
            st.sampled_from([None, "2024-03-05", "2024-03-06T10:00:00+07:00", "2024-09-01"]),
        ),
        max_size=8,
    ),
    st.randoms(),
)
def test_any_articles_come_out_once_in_any_order(rows, random):
    articles = [
        item(f"{number:02}", " ".join(words[:3]), " ".join(words), published)
        for number, (words, published) in enumerate(rows)
    ]
    groups = EventGrouper().group(articles)
    assert sorted(chain.from_iterable(parts(groups))) == [a.id for a in articles]
    random.shuffle(articles)
    assert EventGrouper().group(articles) == groups


# Joining new articles to events


@pytest.mark.parametrize("step", [2, 3, 7])
def test_update_is_grouping_over_all(dev, dev_groups, step):
    # No reprints: a folded article has lost its text, the one exception that update() names.
    articles = [a for a in dev.articles if dev.events[a.id] != "satelit-nusantara"]
    expected = EventGrouper().group(articles)
    grouper = EventGrouper()
    groups = []
    for first in range(step):
        groups = grouper.update(groups, articles[first::step])
    assert groups == expected
    # A grouper that has seen nothing yet comes to the same, in whatever order the groups come.
    late = articles[:10]
    early = EventGrouper().group(articles[10:])
    assert EventGrouper().update(early[::-1], late[::-1]) == expected


def test_update_leaves_untouched_events_alone(dev_groups):
    marked = [replace(group, why=replace(group.why, terms=("as it was",))) for group in dev_groups]
    new = item(
        "n1",
        "Feri Tirta Kencana Belum Ditemukan",
        "Bangkai KMP Tirta Kencana yang tenggelam di Selat Bali pada Rabu (5/3/2025) belum ditemukan. "
        "Basarnas mengerahkan kapal dari Ketapang. Puluhan penumpang masih dicari",
        "2025-03-08",
    )
    stranger = item(
        "n2", "Lomba Layang-layang", "Lomba digelar di alun-alun. Anak-anak gembira", "2025-03-08"
    )
    updated = EventGrouper().update(marked, [new, stranger])
    changed = [group for group in updated if group not in marked]
    assert sorted(group.articles[-1].id for group in changed if len(group.articles) == 1) == ["n2"]
    (joined,) = [group for group in changed if len(group.articles) > 1]
    assert {"d084", "n1"} <= {a.id for a in joined.articles}
    assert len(updated) == len(marked) + 1


def test_update_folds_a_reprint_that_comes_later(dev):
    wire = [a for a in dev.articles if dev.events[a.id] == "satelit-nusantara"]
    groups = EventGrouper().group(wire[:1])
    for article in wire[1:]:
        groups = EventGrouper().update(groups, [article])
    assert parts(groups) == parts(EventGrouper().group(wire))
    (group,) = groups
    assert sum(len(a.reprints) for a in group.articles) == 2


def test_update_with_nothing_new(dev_groups):
    assert EventGrouper().update(dev_groups, []) == dev_groups
    known = dev_groups[0].articles[0]
    assert EventGrouper().update(dev_groups, [known]) == dev_groups
