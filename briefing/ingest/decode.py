"""From bytes to clean text: encoding, mojibake, normal form, control characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from briefing.errors import InputRefused

__all__ = ["clean_text", "decode", "decode_raw", "looks_binary"]

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# First bytes of common files that are not text. NUL bytes give most others away.
_MAGIC: tuple[bytes, ...] = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"\xfd7zXZ",
    b"Rar!",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"{\\rtf",
)

_SAMPLE = 65_536  # bytes that the detector looks at: enough for certainty, quick for big files

# C0 and C1 controls but tab, line feed and NEL; soft hyphen, zero-width and direction marks,
# byte-order mark, variation selectors, and the private and non-character code points.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def looks_binary(data: bytes) -> bool:
    """Tell whether `data` is not text in any encoding that a newspaper page comes in."""
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return False
    head = data[:_SAMPLE]
    if any(head.startswith(magic) for magic in _MAGIC):
        return True
    if b"\x00" in head:
        return _utf16_without_mark(head) is None
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls > max(8, len(head) // 50)


def decode(data: bytes) -> str:
    """Return the text of a file in whatever encoding it is, cleaned by `clean_text`.

    Tried in turn: the byte-order mark, UTF-16 without one, UTF-8, and what charset-normalizer
    finds most likely, with Windows-1252 as the last resort.

    Raises:
        InputRefused: `empty` where nothing but white space is there, `binary` where it is not text.
    """
    text = clean_text(decode_raw(data))
    if not text.strip():
        raise InputRefused("empty", "the file holds no readable characters")
    return text


def decode_raw(data: bytes) -> str:
    """Return the text of a file as it is, for formats whose fields are cleaned one by one.

    Raises:
        InputRefused: `empty` where nothing but white space is there, `binary` where it is not text.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xff\xfe"):
        raise InputRefused("empty", "the file is empty")
    if looks_binary(data):
        raise InputRefused("binary", "the file is not text")
    return _decode(data)


# A control character that is taken out can bring the bytes of one mangled letter together, which
# only the next pass mends. The bound is for hostile text.
_PASSES = 4


def clean_text(text: str) -> str:
    """Return `text` with mojibake mended, in NFC, without control characters.

    Line ends become line feeds and all other white space plain spaces. The wording is untouched:
    quotation marks, dashes and letter case stay as printed.
    """
    for _ in range(_PASSES):
        cleaned = _cleaned(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _cleaned(text: str) -> str:
    from ftfy import TextFixerConfig, fix_text  # noqa: PLC0415 - slow to import

    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        config = TextFixerConfig(
            unescape_html=False,  # a page may speak about &amp;
            uncurl_quotes=False,  # the page's own wording
            fix_latin_ligatures=True,
            fix_character_width=True,
            fix_surrogates=True,
            remove_terminal_escapes=True,
            normalization="NFC",
        )
        # ftfy treats a line as one unit of mojibake, so lines are given to it one by one: a single
        # damaged quotation is mended even when the rest of the page is sound.
        text = "\n".join(
            line if line.isascii() else fix_text(line, config) for line in text.split("\n")
        )
        text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", text)
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    wide = _utf16_without_mark(data[:_SAMPLE])
    if wide is not None:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data, error.start):
            return _mixed(data)
    return data.decode(_detect(data), errors="replace")


def _utf16_without_mark(head: bytes) -> str | None:
    """Return the byte order of UTF-16 text without a mark: every second byte is NUL."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    # Latin text has a NUL in nearly every high byte and in no low byte; typographic quotes and
    # dashes (U+20xx) are the exceptions, hence 70 per cent.
    if odd > 0.7 * pairs and even == 0:
        return "utf-16-le"
    if even > 0.7 * pairs and odd == 0:
        return "utf-16-be"
    return None


def _mostly_utf8(data: bytes, first_bad: int) -> bool:
    """Tell whether UTF-8 text was damaged or cut, rather than written in another encoding."""
    lenient = data[: max(_SAMPLE, first_bad + 4_096)].decode("utf-8", errors="replace")
    bad = lenient.count("\ufffd")
    good = sum(1 for char in lenient if char > "\x7f" and char != "\ufffd")
    return good > 2 * bad


def _mixed(data: bytes) -> str:
    """Decode line by line: pages glued from UTF-8 and Windows-1252 parts exist."""
    lines = []
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lenient = line.decode("utf-8", errors="replace")
            sound = any("\x7f" < char != "\ufffd" for char in lenient)
            lines.append(lenient if sound else line.decode("cp1252", errors="replace"))
    return "\n".join(lines)


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import

    # Windows-1252 is what Indonesian newsrooms wrote before UTF-8. On short texts the detector's
    # first choice is often another code page with the same letters, so it is asked whether cp1252
    # fits before it may choose freely.
    if _is_cp1252(data):
        return "cp1252"
    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best is not None else "cp1252"


def _is_cp1252(data: bytes) -> bool:
    """Tell whether the bytes above ASCII are, as Windows-1252, what Indonesian print uses."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = [char for char in text if char > "\x7f"]
    usual = sum(char in "‘’“”–—…•€©®°·«»½¼é\u00a0éèêëàáâãäåæçíîïñóôöøúüýÉÖÜÄ×²³ " for char in high)
    return usual >= 0.9 * len(high)
