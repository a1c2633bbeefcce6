"""Back-translation by phrases: what is extracted, how it is decoded, what is kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from models.recipe import backtranslate  # noqa: E402
from models.recipe.backtranslate import (  # noqa: E402
    TAG,
    Decoder,
    Translation,
    back_translate,
    build,
    by_turns,
    figure_options,
    kept,
    spell,
)
from models.recipe.phrases import (  # noqa: E402
    PhraseTable,
    Trigrams,
    TrueCaser,
    phrases,
    symmetrise,
    words,
)

# English, Indonesian, links: the adjective stands behind its noun in Indonesian.
PAIRS = [
    ("The new minister visited the city .", "Menteri baru mengunjungi kota itu .", "1-1 2-0 3-2 4-4 5-3 6-5"),
    ("The old minister left the city .", "Menteri lama meninggalkan kota itu .", "1-1 2-0 3-2 4-4 5-3 6-5"),
    ("The new governor visited the port .", "Gubernur baru mengunjungi pelabuhan itu .", "1-1 2-0 3-2 4-4 5-3 6-5"),
    ("Now the governor and the minister left .", "Kini gubernur dan menteri pergi .", "0-0 2-1 3-2 5-3 6-4 7-5"),
    ("The minister said that the city is new .", "Menteri mengatakan bahwa kota itu baru .", "1-0 2-1 3-2 4-4 5-3 7-5 8-6"),
]  # fmt: skip


@pytest.fixture
def corpus(tmp_path):
    """A corpus with its alignments where `align` leaves them."""
    file = tmp_path / "corpus.tsv"
    rows = [f"panl-int\t{b}\t{a}\n" for a, b, _ in PAIRS]
    file.write_text("".join(rows), encoding="utf-8")
    folder = tmp_path / "align"
    folder.mkdir()
    for name in ("forward", "reverse"):
        (folder / name).write_text("".join(f"{x}\n" for *_, x in PAIRS), encoding="utf-8")
    return file


def decoder(corpus, tmp_path, *texts):
    return build(corpus, tmp_path, [b for _, b, _ in PAIRS], texts)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The country's debt", ["The", "country", "'s", "debt"]),
        ("Rp 1,5 triliun, naik", ["Rp", "1,5", "triliun", ",", "naik"]),
        ("undang-undang itu", ["undang-undang", "itu"]),
        ("the 21st century", ["the", "21st", "century"]),
        ("in the 1990s", ["in", "the", "1990s"]),
        ("on 11/9/2023.", ["on", "11/9/2023", "."]),
        ("", []),
    ],
)
def test_words_figures_and_marks(text, found):
    assert words(text) == found


def test_the_first_word_is_written_as_inside_a_sentence():
    case = TrueCaser([words("We saw the Senate ."), words("Then the Senate sat , and we left .")])
    assert case(words("The Senate sat .")) == ["the", "Senate", "sat", "."]
    assert case(words('" We left .')) == ['"', "we", "left", "."]
    assert case(["Senate"]) == ["Senate"]
    assert case(["NATO"]) == ["NATO"]
    assert case([]) == []


@pytest.mark.parametrize(
    ("forward", "reverse", "links"),
    [
        ("0-0 1-1", "0-0 1-1", {(0, 0), (1, 1)}),
        # a neighbour of a sure link comes in when its word has none
        ("0-0 1-1", "0-0", {(0, 0), (1, 1)}),
        # at the end, a link far away whose two words have none
        ("0-0 5-7", "0-0", {(0, 0), (5, 7)}),
        # but not one that gives a word a second link from afar
        ("0-0 0-5", "0-0", {(0, 0)}),
        ("", "", set()),
    ],
)
def test_links_of_both_directions_are_joined(forward, reverse, links):
    assert symmetrise(forward, reverse) == links


def test_phrases_are_closed_under_their_links():
    found = set(phrases({(0, 1), (1, 0), (2, 2)}, 3, 3))
    assert (0, 1, 0, 1) in found
    assert (0, 0, 1, 1) in found
    assert (1, 2, 0, 2) not in found  # word 0 is linked into that span


@given(
    st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12),
    st.integers(7, 9),
    st.integers(7, 9),
)
def test_no_link_leaves_a_phrase(links, n, m):
    for i1, i2, j1, j2 in phrases(links, n, m):
        assert 0 <= i1 <= i2 < n
        assert 0 <= j1 <= j2 < m
        assert any(i1 <= i <= i2 and j1 <= j <= j2 for i, j in links)
        assert all((i1 <= i <= i2) == (j1 <= j <= j2) for i, j in links)


def test_the_likelier_translation_comes_first_and_weights_count():
    rows = [
        (["bank"], ["bank"], {(0, 0)}, 3.0),
        (["bank"], ["tepi"], {(0, 0)}, 1.0),
    ]
    options = PhraseTable.count(rows, {"bank"}).options["bank"]
    assert [o.words for o in options] == [("bank",), ("tepi",)]
    assert options[0].score > options[1].score
    assert PhraseTable.count(rows, {"river"}).options == {}


def test_trigrams_back_off():
    order = Trigrams([["a", "b", "c"], ["a", "b", "c"], ["b", "a"]])
    a, b, c = (order.ids[w] for w in "abc")
    assert order(a, b, c) > order(c, b, c) > order(c, c, c) > order(a, b, order.UNKNOWN)
    assert order(order.UNKNOWN, a, b) == pytest.approx(order.BACKOFF + order.double[a << 20 | b])
    assert Trigrams([])(1, 1, 5) == pytest.approx(2 * Trigrams.BACKOFF + Trigrams.FLOOR)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("worth $1.5 million today", {(1, 4): ("1,5", "juta", "dolar", "AS")}),
        ("worth $250 today", {(1, 3): ("250", "dolar", "AS")}),
        ("on March 12, 2003", {(1, 5): ("12", "Maret", "2003")}),
        ("on March 12 he left", {(1, 3): ("12", "Maret")}),
        ("a March in May", {}),
        ("up 2.5% to 1,234.5", {(1, 3): ("2,5", "persen"), (4, 5): ("1.234,5",)}),
        ("the 21st century", {(1, 2): ("ke-21",)}),
        ("in the 1990s", {(2, 3): ("1990-an",)}),
        ("at 10:30", {(1, 2): ("10:30",)}),
        ("cost $ much", {}),
        ("March", {}),
    ],
)
def test_figures_are_translated_by_rule(text, made):
    assert figure_options(words(text)) == made


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (["kata", "dia", ",", '"', "ya", '"', "."], 'Kata dia, "ya".'),
        (["(", "PBB", ")", "naik", "5", "%"], "(PBB) naik 5%"),
        (["“", "ya", "”", "!"], "“Ya”!"),
        (["..."], "..."),
        ([], ""),
    ],
)
def test_sentences_are_spelt(sentence, text):
    assert spell(sentence) == text


def test_known_phrases_are_joined_to_an_unseen_sentence(corpus, tmp_path):
    text = "The old minister visited the port ."
    made = decoder(corpus, tmp_path, text)(text)
    assert made.text == "Menteri lama mengunjungi pelabuhan itu."
    assert made.copied == 0


def test_names_and_unknown_words_stay_and_only_small_ones_count(corpus, tmp_path):
    text = "The minister visited Bxyz quickly ."
    made = decoder(corpus, tmp_path, text)(text)
    assert "Bxyz" in made.text
    assert "quickly" in made.text
    assert made.copied == 1


@given(st.text(alphabet="the new city.,$%0123456789 March", max_size=60))
def test_any_text_is_decoded(text):
    order = Trigrams([["kota", "baru"]])
    table = PhraseTable.count([(["the", "city"], ["kota"], {(1, 0)}, 1.0)], {"the city", "city"})
    made = Decoder(table, order, TrueCaser([]), beam=3)(text)
    assert isinstance(made, Translation)
    assert bool(made.text) == bool(words(text))


@pytest.mark.parametrize(
    ("english", "made", "good"),
    [
        ("He left in 1998 again .", Translation("Ia pergi pada 1998 lagi.", 0, -1.0), True),
        ("He left in 1998 again .", Translation("Ia pergi pada 1989 lagi.", 0, -1.0), False),
        ("He left in 1998 again .", Translation("Ia left pada 1998 lagi.", 1, -1.0), False),
        ("He left in 1998 again .", Translation("Ia pergi pada 1998 lagi.", 0, -9.0), False),
        ("Yes .", Translation("Ya.", 0, -1.0), False),
    ],
)
def test_what_is_worth_learning_from(english, made, good):
    assert kept(english, made) is good


def test_sources_take_turns():
    lines = ["a\t1", "a\t2", "a\t3", "b\t4", "b\t5"]
    assert by_turns(lines, 4) == ["1", "4", "2", "5"]
    assert by_turns(lines, 99) == ["1", "4", "2", "5", "3"]


@pytest.mark.parametrize("workers", [1, 2])
def test_pairs_are_written_with_their_tag(corpus, tmp_path, workers):
    texts = ["The new minister visited the port .", "No .", "The old minister left the city ."]
    out = tmp_path / "bt-news.tsv"
    n = back_translate(decoder(corpus, tmp_path, *texts), texts, out, workers=workers)
    rows = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert n == len(rows) == 2
    assert [en for _, en in rows] == [texts[0], texts[2]]
    assert rows[1][0] == f"{TAG} Menteri lama meninggalkan kota itu."
    assert not out.with_name("bt-news.tsv.part").exists()


def test_a_killed_run_goes_on_and_writes_the_same(corpus, tmp_path):
    texts = [a for a, *_ in PAIRS] * 3
    out, whole = tmp_path / "bt-news.tsv", tmp_path / "bt-whole.tsv"
    back_translate(decoder(corpus, tmp_path, *texts), texts, whole)

    class Killed(Exception):
        """Stands for the end of the process."""

    class Mortal:
        def __init__(self, inner, lives):
            self.inner, self.lives = inner, lives

        def __call__(self, text):
            self.lives -= 1
            if self.lives < 0:
                raise Killed
            return self.inner(text)

    made = decoder(corpus, tmp_path, *texts)
    with pytest.raises(Killed):
        back_translate(Mortal(made, 5), texts, out)
    assert not out.exists()
    part = tmp_path / "bt-news.tsv.part"
    with part.open("a", encoding="utf-8") as lines:
        lines.write("half a li")  # as a kill in the middle of a write leaves it
    rest = Mortal(made, len(texts) - 5)
    back_translate(rest, texts, out)
    assert out.read_bytes() == whole.read_bytes()
    assert rest.lives == 0


def test_another_corpus_than_the_aligned_one_is_refused(corpus, tmp_path):
    corpus.write_text(corpus.read_text(encoding="utf-8") * 2, encoding="utf-8")
    with pytest.raises(ValueError, match="zip"):
        decoder(corpus, tmp_path, "The new city .")


def test_a_missing_aligner_is_named(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(backtranslate.shutil, "which", lambda *_, **__: None)
    with pytest.raises(FileNotFoundError, match="pip install eflomal"):
        backtranslate.align(corpus, tmp_path)
