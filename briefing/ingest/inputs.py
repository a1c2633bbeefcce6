"""Inputs: which files the arguments name, and their bytes.

What a user expects of a folder decides: every article in it is read, in sorted order, also in
folders below. Hidden files (`.DS_Store`, `.git`) are passed over without a word. A file that no
reader takes, such as a photograph beside the articles, is listed as refused (`unsupported`) so that
nobody wonders where it went; it neither stops nor spoils the others. Links are followed where they
lead to a file; a link to a folder is followed only if the user named it, so that a briefing of one
folder never wanders into another and a loop cannot hang.
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["STDIN", "Source", "expand", "read_source"]

STDIN = "-"
_SKIP_NAMES = frozenset(("Thumbs.db", "desktop.ini", "__MACOSX"))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, or why it cannot be: `path` as given, `-` for standard input."""

    path: str
    in_folder: bool = False
    refusal: InputRefused | None = None

    @property
    def key(self) -> str:
        """What two ways to one file share; a link and its target keep different keys."""
        # Not resolve(): a link and its target are two names, of which one is then a duplicate.
        return self.path if self.path == STDIN else os.path.abspath(self.path)  # noqa: PTH100 - see above

    @property
    def suffix(self) -> str:
        """The file's kind by its name, in lower case; empty for standard input."""
        return Path(self.path).suffix.lower() if self.path != STDIN else ""


def expand(arguments: Iterable[str | Path]) -> Iterator[Source]:
    """Yield the files that the arguments name, each once, in the arguments' order.

    An argument is a file, a folder (walked in sorted order), a glob pattern, or `-`. Two ways to
    one file, such as `a.txt` and `./a.txt`, give it once.
    """
    seen: set[str] = set()
    for argument in arguments:
        for source in _expand_one(str(argument)):
            if source.key not in seen:
                seen.add(source.key)
                yield source


def _expand_one(argument: str) -> Iterator[Source]:
    if argument == STDIN:
        yield Source(STDIN)
        return
    if "\x00" in argument:
        yield Source(argument.replace("\x00", "\\0"), refusal=_missing("no such file or folder"))
        return
    path = Path(argument)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if glob.has_magic(argument) and not os.path.lexists(argument):
            yield from _expand_glob(argument)
            return
        yield Source(argument, refusal=_why_not(path, error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(argument)
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        # A FIFO or /dev/stdin that the user names outright is read like a file.
        yield Source(argument)
    else:
        yield Source(argument, refusal=InputRefused("unsupported", "not a regular file"))


def _expand_glob(pattern: str) -> Iterator[Source]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
    if not found:
        yield Source(pattern, refusal=_missing("no file matches this pattern"))
    for name in found:
        path = Path(name)
        if path.is_dir():
            # `news/*` also matches folders; `**` has listed what is in them already.
            if "**" not in pattern:
                yield from _walk(name)
        else:
            yield _in_folder(name)


def _folder(folder: str) -> Iterator[Source]:
    found = False
    for source in _walk(folder):
        found = True
        yield source
    if not found:
        yield Source(folder, refusal=InputRefused("empty", "the folder holds no files"))


def _walk(folder: str) -> Iterator[Source]:
    """Yield the files below `folder`, names sorted, without following links to folders."""
    stack = [folder]
    while stack:
        here = stack.pop()
        try:
            with os.scandir(here) as entries:
                children = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Source(here, refusal=_why_not(Path(here), error))
            continue
        below: list[str] = []
        for entry in children:
            if entry.name.startswith(".") or entry.name in _SKIP_NAMES:
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.path)
            elif not (entry.is_symlink() and os.path.isdir(entry.path)):  # noqa: PTH112 - False for a loop
                yield _in_folder(entry.path)
        stack += reversed(below)


def _in_folder(name: str) -> Source:
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Source(name, in_folder=True, refusal=_why_not(path, error))
    if not stat.S_ISREG(mode):  # a pipe or device in a folder would block the run
        return Source(
            name, in_folder=True, refusal=InputRefused("unsupported", "not a regular file")
        )
    return Source(name, in_folder=True)


def _missing(reason: str) -> InputRefused:
    return InputRefused("missing", reason)


def _why_not(path: Path, error: OSError) -> InputRefused:
    # os.path: Path.exists() raises for a link that leads to itself.
    if path.is_symlink() and not os.path.exists(path):  # noqa: PTH110 - see above
        return _missing("the link leads nowhere")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _missing("no such file or folder")
    return InputRefused("unreadable", f"cannot be read: {error.strerror or error}")


def read_source(source: Source, max_bytes: int | None) -> tuple[bytes, str]:
    """Return the bytes of a source and their SHA-256 in hexadecimal.

    No more than `max_bytes` (all where it is `None`) are taken into memory.

    Raises:
        InputRefused: `too-large`, `missing` or `unreadable`, or the refusal of the source itself.
    """
    if source.refusal is not None:
        raise source.refusal
    limit = -1 if max_bytes is None else max_bytes + 1
    try:
        if source.path == STDIN:
            data = sys.stdin.buffer.read(limit)
        else:
            with Path(source.path).open("rb") as file:
                data = file.read(limit)
    except OSError as error:
        raise _why_not(Path(source.path), error) from error
    if max_bytes is not None and len(data) > max_bytes:
        raise InputRefused(
            "too-large",
            f"more than {max_bytes:,} bytes, the limit for this kind of file",
        )
    return data, hashlib.sha256(data).hexdigest()
