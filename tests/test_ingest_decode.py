"""Bytes to text: encodings, mojibake, control characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import InputRefused
from briefing.ingest.decode import clean_text, decode, looks_binary

TEXT = "“Kami siap,” kata Prof. Brändli – di café itu. Biayanya Rp1,5 juta…"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(encoding):
    assert decode(TEXT.encode(encoding)) == TEXT


def test_short_cp1252():
    """charset-normalizer alone takes so short a text for a Central European code page."""
    assert decode("Ia berkata, “ya”.".encode("cp1252")) == "Ia berkata, “ya”."


def test_utf8_with_a_damaged_byte_stays_utf8():
    data = TEXT.encode() + b"\n" + "“Dua”".encode() + b"\xff" + "\n“Tiga”".encode()
    assert decode(data).startswith(TEXT)
    assert decode(data).endswith("“Tiga”")


def test_page_glued_from_two_encodings():
    data = (
        "“Satu” – é\n".encode() + "“Dua” dan “tiga”".encode("cp1252") + "\n“Empat” ”” ’’".encode()
    )
    assert decode(data) == "“Satu” – é\n“Dua” dan “tiga”\n“Empat” ”” ’’"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("â€œKami siapâ€\x9d", "“Kami siap”"),
        ("cafÃ© itu", "café itu"),
        ("Micha BrÃ¤ndli", "Micha Brändli"),
        ("harga &amp; upah", "harga &amp; upah"),
        ("“Kami siap”", "“Kami siap”"),
    ],
)
def test_mojibake_is_mended_and_quotes_stay(broken, mended):
    assert clean_text(broken) == mended


def test_one_damaged_line_does_not_need_the_others_to_be():
    assert clean_text("“utuh”\ncafÃ©") == "“utuh”\ncafé"


@pytest.mark.parametrize(
    ("given_text", "clean"),
    [
        ("a\x00b\x08c\x1bd", "abcd"),
        ("a\u200bb\u200ec\ufeffd", "abcd"),
        ("ru\u00admah", "rumah"),
        ("satu\r\ndua\rtiga\u2028empat", "satu\ndua\ntiga\nempat"),
        ("a\u00a0b\tc", "a b c"),
        ("cafe\u0301", "café"),
        ("\ud800a", "a"),
        ("\u202eterbalik", "terbalik"),
    ],
)
def test_controls_go_and_white_space_is_plain(given_text, clean):
    assert clean_text(given_text).replace("\ufffd", "") == clean


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\x00"])
def test_empty(data):
    with pytest.raises(InputRefused) as caught:
        decode(data)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"PK\x03\x04" + b"\x14\x00" * 40,
        b"\x7fELF\x02\x01\x01\x00",
        bytes(range(256)) * 8,
        b"teks\x00dengan\x00nol" * 20,
    ],
)
def test_binary(data):
    with pytest.raises(InputRefused) as caught:
        decode(data)
    assert caught.value.code == "binary"


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data)
    except InputRefused as error:
        assert error.code in {"empty", "binary"}  # noqa: PT017 - either outcome is right
    else:
        assert text.strip()
        assert "\x00" not in text
        assert not looks_binary(data)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing(text):
    once = clean_text(text)
    assert clean_text(once) == once
