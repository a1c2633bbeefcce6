"""What reaches the terminal is one line without control characters."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.console import Bars, Lines, choose_progress, complain, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("red\x1b[31m", "red\\x1b[31m"),
        ("two\nlines\r", "two\\x0alines\\x0d"),
        ("\u202eexe.txt", "\\x202eexe.txt"),
        ("\x9b2J", "\\x9b2J"),
        ("Ibu Kota Nusantara – 2024", "Ibu Kota Nusantara – 2024"),
    ],
)
def test_plain(text, shown):
    assert plain(text) == shown


@given(st.text())
def test_plain_is_always_printable_on_one_line(text):
    assert len(plain(text).splitlines()) <= 1
    assert "\x1b" not in plain(text)


def test_complain_is_one_line(capsys):
    complain("bad\nfile")
    assert capsys.readouterr().err == "briefing: bad\\x0afile\n"


def test_lines_tell_each_stage_once(capsys):
    with Lines() as progress:
        progress.start("read", 2)
        progress.advance()
        progress.advance()
        progress.start("group", None)
    assert capsys.readouterr().err == "briefing: read 2/2\nbriefing: group\n"


def test_bars_draw_on_stderr(capsys):
    with Bars() as progress:
        progress.start("read", 2)
        progress.advance(2)
        progress.start("group", None)
    assert capsys.readouterr().out == ""


def test_choice_by_terminal(monkeypatch):
    assert isinstance(choose_progress(quiet=False), Lines)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert isinstance(choose_progress(quiet=False), Bars)
    with choose_progress(quiet=True) as nothing:
        nothing.start("read", 1)
        nothing.advance()
