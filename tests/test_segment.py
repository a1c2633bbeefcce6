from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.ingest.segment import MAX_WORDS, split_sentences

LABELLED = Path(__file__).parent / "data" / "segments" / "labelled.txt"
FLOOR = 0.98


def paragraphs() -> list[str]:
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def offsets(pieces: list[str]) -> set[int]:
    """Where the pieces end, counted in characters that are not white space."""
    ends, total = set(), 0
    for piece in pieces[:-1]:
        total += len("".join(piece.split()))
        ends.add(total)
    return ends


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_labelled_paragraphs_reach_the_floor():
    right = predicted = labelled = 0
    wrong = []
    for line in paragraphs():
        gold = offsets(line.split("‖"))
        found = offsets(split_sentences(line.replace("‖", "")))
        right += len(gold & found)
        predicted += len(found)
        labelled += len(gold)
        if gold != found:
            wrong.append(line)
    assert labelled >= 250
    assert right / predicted >= FLOOR, wrong
    assert right / labelled >= FLOOR, wrong


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("  \n ", []),
        ("...", ["..."]),
        ("Satu kalimat tanpa titik", ["Satu kalimat tanpa titik"]),
        ("  Pergi.  Pulang. ", ["Pergi.", "Pulang."]),
        ("Pergi. . . Pulang.", ["Pergi. . .", "Pulang."]),
        ('"Kami siap,"|Rini (Camat Beji)', ['"Kami siap,"|Rini (Camat Beji)']),
        ("“Kami siap.”|Rini (Camat Beji)", ["“Kami siap.”|Rini (Camat Beji)"]),
        ("“Siap.” – Rini, camat", ["“Siap.” – Rini, camat"]),
        ("Syarat:\n- KTP asli\n- Pasfoto", ["Syarat:", "- KTP asli", "- Pasfoto"]),
        ("Syarat: • KTP • Pasfoto", ["Syarat:", "• KTP", "• Pasfoto"]),
        # The space before a closing mark is a misprint; the mark still closes.
        ('"Kami siap. " Ia pergi.', ['"Kami siap. "', "Ia pergi."]),
    ],
)
def test_forms(text, sentences):
    assert split_sentences(text) == sentences


def test_long_sentences_are_cut_at_a_clause_and_others_are_not():
    clause = "petugas membagikan beras dan air bersih kepada warga di tenda pengungsian"
    whole = ", ".join([clause] * 9)
    assert len(whole.split()) <= MAX_WORDS
    assert split_sentences(whole + ".") == [whole + "."]
    long = ", sedangkan ".join([clause] * 20) + "."
    pieces = split_sentences(long)
    assert len(pieces) > 1
    assert all(len(piece.split()) <= MAX_WORDS for piece in pieces)
    assert all(piece.startswith(("petugas", "sedangkan")) for piece in pieces)
    assert squeezed("".join(pieces)) == squeezed(long)


def test_a_run_on_without_a_clause_is_left_whole():
    text = "kata " * 300
    assert split_sentences(text) == [text.strip()]


@given(st.text(alphabet=st.sampled_from("aBc 1.,?!…\"“”'()|-–•;:\n\t DrNoRp"), max_size=200))
def test_nothing_is_lost_or_changed(text):
    pieces = split_sentences(text)
    assert squeezed("".join(pieces)) == squeezed(text)
    assert all(piece and piece == piece.strip() for piece in pieces)


@given(st.lists(st.sampled_from(paragraphs()), min_size=1, max_size=3), st.text(max_size=30))
def test_nothing_is_lost_around_real_paragraphs(lines, noise):
    text = noise.join(lines)
    assert squeezed("".join(split_sentences(text))) == squeezed(text)


@pytest.mark.parametrize(
    "unit",
    [".", ". ", "A.", "A. ", '."', '. "', "a. B", "(", " ", "• ", "1. ", "?!", ",", ", dan "],
)
def test_hostile_lines_come_back_whole(unit):
    text = "Awal " + unit * (100_000 // len(unit)) + " akhir"
    assert squeezed("".join(split_sentences(text))) == squeezed(text)


def test_no_word_is_split():
    for line in paragraphs():
        text = line.replace("‖", "")
        tokens = re.findall(r"\w+", text)
        assert [t for s in split_sentences(text) for t in re.findall(r"\w+", s)] == tokens
