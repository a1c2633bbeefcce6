"""The readers, by kind of file. To add a kind, implement `Reader` and call `register`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from briefing.errors import InputRefused, choices

if TYPE_CHECKING:
    from briefing.ingest.reader import Reader

__all__ = ["RECORD_SUFFIXES", "SUFFIXES", "reader_for", "register", "sniff"]

# Modules are imported when a file of their kind is met: python-docx and trafilatura are slow to
# import.
_MODULES: dict[str, tuple[str, str]] = {
    ".txt": ("text", "TextReader"),
    ".text": ("text", "TextReader"),
    ".md": ("text", "MarkdownReader"),
    ".markdown": ("text", "MarkdownReader"),
    ".html": ("webpage", "HtmlReader"),
    ".htm": ("webpage", "HtmlReader"),
    ".xhtml": ("webpage", "HtmlReader"),
    ".json": ("records", "JsonReader"),
    ".jsonl": ("records", "JsonLinesReader"),
    ".ndjson": ("records", "JsonLinesReader"),
    ".csv": ("records", "CsvReader"),
    ".tsv": ("records", "CsvReader"),
    ".docx": ("word", "WordReader"),
}
_REGISTERED: dict[str, Reader] = {}

RECORD_SUFFIXES = frozenset(name for name, (module, _) in _MODULES.items() if module == "records")
"""The kinds of file that hold many articles."""

SUFFIXES: tuple[str, ...] = tuple(_MODULES)
"""The kinds of file that are read out of the box."""


def register(reader: Reader) -> None:
    """Read files with the suffixes of `reader` by it, in place of whatever read them before."""
    for suffix in reader.suffixes:
        _REGISTERED[suffix.lower()] = reader


def reader_for(suffix: str) -> Reader:
    """Return the reader for a file name's suffix, such as `.txt`.

    Raises:
        InputRefused: `unsupported`, naming the kinds that are read.
    """
    suffix = suffix.lower()
    if suffix not in _REGISTERED:
        if suffix not in _MODULES:
            kinds = choices(sorted({*_MODULES, *_REGISTERED}))
            shown = f"{suffix} files are" if suffix else "files without a suffix are"
            raise InputRefused("unsupported", f"{shown} not read; {kinds} are")
        module, name = _MODULES[suffix]
        loaded = import_module(f"briefing.ingest.readers.{module}")
        _REGISTERED[suffix] = getattr(loaded, name)()
    return _REGISTERED[suffix]


def sniff(data: bytes) -> str:
    """Return the suffix that the bytes of standard input look like."""
    head = data[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    low = head[:1_024].lower()
    if head.startswith(b"PK\x03\x04"):
        return ".docx"
    if low.startswith((b"<!doctype html", b"<html")) or b"<body" in low or b"<head" in low:
        return ".html"
    if head.startswith(b"["):
        return ".json"
    if head.startswith(b"{"):
        first = data.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0].rstrip()
        return ".jsonl" if first.endswith(b"}") else ".json"
    return ".txt"
