"""The glossary: what is found in a segment, what a file may hold, and whether terms get in."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import UsageError
from briefing.testing import FakeTranslator
from briefing.translate import load
from briefing.translate.doubts import Examiner
from briefing.translate.enforcement import Enforcer
from briefing.translate.glossary import (
    Glossary,
    Term,
    default_glossary,
    has_wording,
    read_glossary,
    read_untranslated,
)
from briefing.translate.translator import Hypothesis
from briefing.translate.workflow import Workflow

DATA = Path(__file__).parent / "data" / "glossary"


@pytest.fixture(scope="module")
def shipped():
    return default_glossary()


@pytest.mark.parametrize(
    ("segment", "found"),
    [
        ("Menlu Korut bertemu di AS", ["Menlu", "Korut", "AS"]),
        ("Sekjen PBB tiba", ["Sekjen PBB"]),  # not Sekjen and PBB
        ("Dewan Keamanan PBB", ["Dewan Keamanan PBB"]),
        ("bukan as dan bukan ma", []),  # common words
        ("KORUT DAN AS SEPAKAT", ["Korut"]),  # two capitals say nothing in a line of capitals
        ("Korutan", []),
        ("(AS)", ["AS"]),
        ("Kremlin-lah", ["Kremlin"]),
        ("wakil presiden dan Wakil Presiden", ["wakil presiden", "Wakil Presiden"]),
        ("Korea, Utara", []),  # punctuation parts a term
        ("Perserikatan Bangsa-Bangsa", ["Perserikatan Bangsa-Bangsa"]),
        ("pada hari Jum'at", ["Jum'at"]),
        ("7,3 miliar Dollar AS dan 2 juta dolar Singapura", []),  # "$7.3 billion United States"
        ("kantor dolar di AS", ["AS"]),
    ],
)
def test_terms_are_found_as_whole_words(shipped, segment, found):
    assert [hit.term.source for hit in shipped.hits(segment)] == found
    for hit in shipped.hits(segment):
        assert segment[hit.start : hit.end].casefold() == hit.term.source.casefold()


@pytest.mark.parametrize(
    ("translation", "has"),
    [
        ("The US said", True),
        ("the u.s. said", False),
        ("The U.S. said", True),
        ("He told us", False),
        ("American troops", True),
        ("AMERICANS VOTE", True),
        ("THE US AND UN", True),
        ("Americana", False),
        ("united  states", True),
        ("", False),
    ],
)
def test_wordings_are_found_as_whole_words(shipped, translation, has):
    (term,) = shipped.find("AS")
    assert has_wording(translation, term) is has


def test_the_users_terms_go_on_top(shipped, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(
        '\ufeffsource,target\nKorut,"DPRK"\nPak RT,"head, neighbourhood",why\n', "utf-8"
    )
    both = shipped | read_glossary(file)
    assert [t.target for t in both.find("Korut dan Pak RT")] == ["DPRK", "head, neighbourhood"]
    assert len(both) == len(shipped) + 1


def test_the_do_not_translate_list(tmp_path):
    file = tmp_path / "names.txt"
    file.write_text("# names\nHarian Pagi\n\nTanah Air\n", encoding="utf-8")
    kept = read_untranslated(file)
    assert [(t.source, t.target) for t in kept] == [
        ("Harian Pagi", "Harian Pagi"),
        ("Tanah Air", "Tanah Air"),
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Korut\n", r"bad\.csv:1: 1 columns"),
        (b"source,target\na,b,c,d,e\n", r"bad\.csv:2: 5 columns"),
        (b"source,target\nKorut,\n", r"bad\.csv:2: target is empty"),
        (b"source,target\n,North Korea\n", r"bad\.csv:2: source is empty"),
        (b"a,b\n--,dash\n", r"bad\.csv:2: the source '--'"),
        (b'a,"b\n', r"bad\.csv:1: "),
        (b"\xff\xfe\x00a", "is not UTF-8"),
        (None, "cannot read the glossary"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path, content, says):
    file = tmp_path / "bad.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match=says):
        read_glossary(file)


def test_the_shipped_terms_are_sound(shipped):
    assert len(shipped) > 400
    for term in shipped:
        assert term in shipped.find(f"kata {term.source} itu"), term
        assert all(has_wording(f"the {w} is", term) for w in term.accepted), term


def test_the_countries_are_what_their_script_writes(monkeypatch, tmp_path):
    babel = pytest.importorskip("babel", reason="only the script needs babel")
    if babel.__version__ != "2.18.0":
        pytest.skip("another release of CLDR words some names otherwise")
    from briefing.translate import countries

    committed = countries.OUT.read_bytes()
    monkeypatch.setattr(countries, "OUT", tmp_path / "countries.csv")
    countries.main()
    assert countries.OUT.read_bytes() == committed


def test_a_copied_term_is_replaced_without_a_search():
    glossary = Glossary([Term("Korut", ("North Korea",))])
    enforcer = Enforcer(glossary, FakeTranslator(), Examiner())
    made, notes = enforcer.enforce("Kata Korut", Hypothesis("[en] Kata Korut", -0.5))
    assert made == Hypothesis("[en] Kata North Korea", -0.5)
    assert [note.kind for note in notes] == ["term"]


def test_a_term_that_cannot_be_put_in_is_flagged():
    glossary = Glossary([Term("Korut", ("North Korea",))])
    fake = FakeTranslator({"Kata Korut": "He said"})
    (done,) = Workflow(fake, glossary=glossary).run(["Kata Korut"])
    assert done.text == "He said"
    assert [(f.kind, "North Korea" in f.reason) for f in done.flags] == [("term", True)]


def test_terms_in_context_are_right_and_their_sentences_no_worse(shipped):
    sacrebleu = pytest.importorskip("sacrebleu", reason="installed with the extra [test]")
    rows = [line.split("\t") for line in (DATA / "terms.tsv").read_text("utf-8").splitlines()]
    assert len(rows) >= 200
    terms = {term.source: term for term in shipped}
    translator = load("id-en")
    sources = [source for _, source, _ in rows]
    hypotheses = translator.translate(sources)
    plain = [hypothesis.text for hypothesis in hypotheses]
    enforcer = Enforcer(shipped, translator, Examiner(glossary=shipped))
    forced = [
        enforcer.enforce(source, hypothesis)[0].text
        for source, hypothesis in zip(sources, hypotheses, strict=True)
    ]
    right = sum(has_wording(t, terms[row[0]]) for t, row in zip(forced, rows, strict=True))
    references = [[reference for *_, reference in rows]]
    bleu = sacrebleu.metrics.BLEU()
    assert right / len(rows) >= 0.98
    assert bleu.corpus_score(forced, references).score >= bleu.corpus_score(plain, references).score
