"""Evaluation: scores as sacreBLEU gives them, a comparison that can tell, floors that only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.testing import FakeTranslator
from briefing.translate import load
from briefing.translate.evaluation import (
    compare,
    evaluate,
    raise_floors,
    read_floors,
    read_test_set,
)

sacrebleu = pytest.importorskip("sacrebleu", reason="installed with the extra [test]")

DATA = Path(__file__).parent / "data" / "eval"
ROWS = [
    (
        f"Warga desa nomor {n} menerima bantuan beras.",
        f"Residents of village {n} received rice aid.",
    )
    for n in range(60)
]


@pytest.fixture
def test_set(tmp_path):
    file = tmp_path / "set.tsv"
    file.write_text("".join(f"{a}\t{b}\tdomain{n % 2}\n" for n, (a, b) in enumerate(ROWS)), "utf-8")
    return read_test_set(file)


def fake(change=lambda text: text):
    return FakeTranslator({source: change(target) for source, target in ROWS})


def test_scores_are_sacrebleus(test_set):
    made = evaluate(fake(lambda text: text.replace("rice", "food")), test_set)
    hypotheses = [target.replace("rice", "food") for _, target in ROWS]
    references = [[target for _, target in ROWS]]
    assert made.bleu == sacrebleu.corpus_bleu(hypotheses, references).score
    assert made.chrf == sacrebleu.corpus_chrf(hypotheses, references, word_order=2).score
    assert "tok:13a" in made.bleu_signature
    assert "nw:2" in made.chrf_signature
    assert set(made.domains) == {"domain0", "domain1"}
    assert (made.lines, made.flagged) == (60, 0.0)
    assert made.words_per_second > 0


def test_flagged_rows_are_counted_by_kind(test_set):
    made = evaluate(fake(lambda text: text.replace("village 7 ", "village 8 ")), test_set)
    # One row says 8 for 7 and is put right: that is settled, and no doubt remains.
    assert made.kinds.get("number", 0) + made.kinds.get("number-repaired", 0) <= 1
    empty = evaluate(fake(lambda _: ""), test_set)
    assert empty.flagged == 1.0
    assert empty.kinds["empty"] == 60


def test_a_real_difference_is_significant_and_none_is_not(test_set):
    good, bad = (
        evaluate(fake(), test_set),
        evaluate(fake(lambda t: t.replace("aid", "x")), test_set),
    )
    assert compare(good, bad, test_set).p_bleu < 0.05
    assert compare(good, bad, test_set).p_chrf < 0.05
    assert compare(good, good, test_set).p_bleu > 0.5


def test_only_like_is_compared_with_like(test_set, tmp_path):
    other = tmp_path / "other.tsv"
    other.write_text("a b\tc d\n", encoding="utf-8")
    first, second = evaluate(fake(), test_set), evaluate(fake(), read_test_set(other))
    with pytest.raises(UsageError, match="same test set"):
        compare(first, second, test_set)


@pytest.mark.parametrize(
    ("content", "says"),
    [("", "has no"), ("only one\n", ":1: not"), ("a\tb\n\tc\n", ":2: not"), (None, "cannot read")],
)
def test_a_bad_test_set_is_refused(tmp_path, content, says):
    file = tmp_path / "set.tsv"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        read_test_set(file)


def test_a_test_set_may_be_tmx(tmp_path):
    from briefing.translate.memory import Pair
    from briefing.translate.tmx import write_tmx

    write_tmx(tmp_path / "set.tmx", [Pair("satu", "one")])
    found = read_test_set(tmp_path / "set.tmx")
    assert (found.sources, found.references, found.domains) == (("satu",), ("one",), ())


def test_floors_rise_and_never_fall(test_set, tmp_path):
    path = tmp_path / "floors.json"
    good = evaluate(fake(), test_set)
    worse = evaluate(fake(lambda text: text.replace("rice", "food")), test_set)
    first = raise_floors(path, worse)
    assert first["bleu"] == round(worse.bleu - 0.5, 1)
    second = raise_floors(path, good)
    assert second["bleu"] > first["bleu"]
    before = path.read_bytes()
    with pytest.raises(UsageError, match="worse than the floor"):
        raise_floors(path, worse)
    assert path.read_bytes() == before


def test_floors_of_another_set_are_left_alone(test_set, tmp_path):
    path = tmp_path / "floors.json"
    floors = raise_floors(path, evaluate(fake(), test_set))
    path.write_text(json.dumps({**floors, "sha256": "0" * 64}), encoding="utf-8")
    with pytest.raises(UsageError, match="pinned on another set"):
        raise_floors(path, evaluate(fake(), test_set))
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="does not hold floors"):
        read_floors(path)


def test_the_bundled_model_holds_its_floors():
    """The quality gate, of the engine alone.

    `briefing eval --plain tests/data/eval/news-id-en.tsv --update tests/data/eval/floors.json`
    raises the floors.
    """
    floors = read_floors(DATA / "floors.json")
    test_set = read_test_set(DATA / "news-id-en.tsv")
    assert test_set.sha256 == floors["sha256"]
    assert len(test_set.sources) >= 300
    assert len(set(test_set.domains)) >= 6
    made = evaluate(load("id-en"), test_set, glossary=None, plain=True)
    assert made.bleu >= floors["bleu"]
    assert made.chrf >= floors["chrf"]
    assert made.flagged <= floors["flagged"]
