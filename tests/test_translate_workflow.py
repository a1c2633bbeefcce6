"""From segment to row: second tries, repairs, the memory's answers, and a run that is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from briefing.document import Article, Sentence
from briefing.testing import FakeTranslator
from briefing.translate import translate_articles
from briefing.translate.batching import Decoding
from briefing.translate.glossary import Glossary, Term, default_glossary
from briefing.translate.guards import GuardOptions
from briefing.translate.memory import Pair, TranslationMemory
from briefing.translate.translator import Hypothesis
from briefing.translate.workflow import Workflow

LONG = "Menteri mengatakan harga beras akan turun pada bulan depan, tetapi harga gula tetap naik"
GOOD = "The minister said rice prices would fall next month, but sugar prices would keep rising"


class Second(FakeTranslator):
    """Answers a second search from another table."""

    decoding = Decoding(beam=4)

    def __init__(self, first, second):
        super().__init__(first)
        self.second = second
        self.searches = []

    def redecode(self, segments, decoding):
        self.searches.append((tuple(segments), decoding))
        return [Hypothesis(self.second[s], -0.7) for s in segments]


@pytest.mark.parametrize(
    "bad",
    ["", "The price, the price, the price, the price", LONG, "The minister.", "Rice " * 40],
)
def test_a_doubted_segment_is_searched_again(bad):
    translator = Second({LONG: bad}, {LONG: GOOD})
    (done,) = Workflow(translator).run([LONG])
    assert done.text == GOOD
    assert [note.kind for note in done.notes] == ["retried"]
    assert "repetition" in done.notes[0].reason
    assert translator.searches[0][1].no_repeat_ngram > 0


def test_a_lost_number_is_looked_for_in_parts():
    first, second = (
        "Sebanyak 1.894 rumah rusak akibat gempa itu,",
        "dan warga desa mengungsi ke balai",
    )
    answers = {
        f"{first} {second}": "As many as several houses were damaged and villagers fled to a hall",
        first: "The quake damaged 1,894 houses,",
        second: "and villagers fled to a hall",
    }
    (done,) = Workflow(FakeTranslator(answers)).run([f"{first} {second}"])
    assert done.text == "The quake damaged 1,894 houses, and villagers fled to a hall"


def test_the_first_hypothesis_stays_where_no_other_is_better():
    (done,) = Workflow(Second({LONG: "The minister."}, {LONG: "A minister."})).run([LONG])
    assert done.text == "The minister."
    assert "length" in [flag.kind for flag in done.flags]
    assert done.notes == ()


def test_a_doubted_segment_is_tried_in_parts():
    answers = {
        LONG: "The minister.",
        "Menteri mengatakan harga beras akan turun pada bulan depan,": "The minister said rice "
        "prices would fall next month,",
        "tetapi harga gula tetap naik": "But sugar prices would keep rising",
    }
    (done,) = Workflow(FakeTranslator(answers)).run([LONG])
    assert done.text == GOOD
    assert done.notes[0].reason == "translated in parts"


def test_good_segments_are_not_tried_twice():
    translator = Second({LONG: GOOD}, {})
    Workflow(translator).run([LONG])
    assert translator.searches == []
    assert translator.calls == [(LONG,)]


def test_a_wrong_number_with_one_repair_is_repaired():
    source = "Sebanyak 1.894 rumah rusak akibat gempa itu"
    answer = "As many as 189 houses were damaged by the quake"
    (done,) = Workflow(FakeTranslator({source: answer})).run([source])
    assert done.text == answer.replace("189", "1,894")
    assert "number-repaired" in [flag.kind for flag in done.flags]


def test_guards_are_options():
    loose = GuardOptions(min_ratio=0.01, min_score=-9.0)
    fake = FakeTranslator({LONG: "The minister."}, score=-5.0)
    kinds = {flag.kind for flag in Workflow(fake, options=loose).run([LONG])[0].flags}
    assert not kinds & {"length", "low-score"}


def test_a_second_run_asks_the_model_nothing(tmp_path):
    segments = [f"Rumah nomor {n} rusak akibat banjir kemarin." for n in range(50)]
    answers = {s: f"House {n} was damaged by floods yesterday." for n, s in enumerate(segments)}
    runs = []
    for _ in range(2):
        with TranslationMemory(tmp_path / "m.sqlite3") as memory:
            fake = FakeTranslator(answers)
            workflow = Workflow(fake, memory=memory)
            runs.append((workflow.run(segments), workflow.translated, len(fake.calls)))
    assert runs[0] == (runs[1][0], 50, 1)
    assert runs[1][1:] == (0, 0)


def test_a_changed_option_or_term_asks_again(tmp_path):
    with TranslationMemory(tmp_path / "m.sqlite3") as memory:

        def asked(**settings):
            workflow = Workflow(FakeTranslator(), memory=memory, **settings)
            workflow.run(["Kata Korut", "Kata lain"])
            return workflow.translated

        glossary = Glossary([Term("Korut", ("North Korea",))])
        assert asked() == 2
        assert asked() == 0
        assert asked(options=GuardOptions(min_ratio=0.4)) == 2
        assert asked(glossary=glossary) == 1  # the other segment has no term
        assert asked(glossary=glossary) == 0
        assert asked(glossary=Glossary([Term("Korut", ("DPRK",))])) == 1


def test_an_analysts_wording_goes_before_the_model(tmp_path):
    with TranslationMemory(tmp_path / "m.sqlite3") as memory:
        memory.learn([Pair("“Harga naik,” katanya", '"Prices are up," he said', "edited by desk")])
        fake = FakeTranslator()
        article = Article(id="a", sentences=(Sentence("s1", 1, "\u201cHARGA naik,\u201d katanya"),))
        (made,) = translate_articles([article], fake, memory=memory)
    assert made.sentences[0].translation == '"Prices are up," he said'
    assert made.sentences[0].flags == ()
    assert [(n.kind, n.reason) for n in made.sentences[0].notes] == [("memory", "edited by desk")]
    assert fake.calls == []


RUN = textwrap.dedent(
    """
    import json, sys, time
    from pathlib import Path
    from briefing.document import Article, Sentence
    from briefing.testing import FakeTranslator
    from briefing.translate import translate_articles
    from briefing.translate.memory import TranslationMemory

    class Slow(FakeTranslator):
        def translate(self, segments):
            time.sleep(float(sys.argv[2]))
            print("asked", len(segments), flush=True)
            return super().translate(segments)

    sentences = tuple(Sentence(f"s{n}", 1, f"Kalimat ke-{n} dari berita.") for n in range(1300))
    slow = Slow()
    with TranslationMemory(Path(sys.argv[1])) as memory:
        made = translate_articles([Article(id="a", sentences=sentences)], slow, memory=memory)
    print(json.dumps([[s.translation, s.score, len(s.flags)] for s in made[0].sentences]))
    """
)


def start(path, pause):
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(path), str(pause)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_a_killed_run_repeated_gives_the_same_and_reuses_what_was_done(tmp_path):
    whole, _ = start(tmp_path / "whole.sqlite3", 0).communicate(timeout=120)
    killed = start(tmp_path / "m.sqlite3", 0.2)
    for _ in range(2):
        assert killed.stdout.readline().startswith("asked")
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    again, _ = start(tmp_path / "m.sqlite3", 0).communicate(timeout=120)
    asked = [line for line in again.splitlines() if line.startswith("asked")]
    assert 1 <= len(asked) < len([x for x in whole.splitlines() if x.startswith("asked")])
    assert json.loads(again.splitlines()[-1]) == json.loads(whole.splitlines()[-1])


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "kata " * 20_000,
        "AS " * 33_000,
        "Kim Jong Un " * 8_000,
        '"a" ' * 25_000,
        "12/9/2023 " * 10_000,
        "dua puluh " * 10_000,
        "(" * 100_000 + "a",
    ],
)
def test_a_hostile_segment_is_done_in_bounded_time(text):
    # `AS ` thirty thousand times took minutes: each was looked for in the whole translation.
    (done,) = Workflow(FakeTranslator(), glossary=default_glossary()).run([text.strip()])
    assert done.text
