"""Writing an edition so that nobody ever sees half of one."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from briefing.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.document import Briefing

__all__ = ["LATEST", "publish"]

LATEST = "latest"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def publish(briefing: Briefing, out: Path, label: str) -> tuple[Path, ...]:
    """Write the edition of the day `label` into `out` and point `latest` at the newest edition.

    A new folder appears as a whole. In a folder that is there already each file is replaced as a
    whole, the JSON last, so that a reader of the JSON finds the other files no older than it.
    Returns the files. Raises `OutputError`.
    """
    folder, work = out / label, out / f".{label}.tmp"
    try:
        out.mkdir(parents=True, exist_ok=True)
        if work.exists():
            shutil.rmtree(work)  # left by a run that was killed
        made = briefing.save(work)
        if folder.exists():
            for path in sorted(made, key=lambda path: path.suffix == ".json"):
                path.replace(folder / path.name)
            work.rmdir()
        else:
            work.rename(folder)
        _sync(out)
    except OSError as error:
        raise OutputError(f"cannot write {error.filename or folder}: {error.strerror}") from error
    with suppress(OSError):  # a file system without links: the edition is there all the same
        _point(out, label)
    return tuple(folder / path.name for path in made)


def _point(out: Path, label: str) -> None:
    """Let `latest` lead to the newest edition; drawing an old one again does not move it back."""
    link, waiting = out / LATEST, out / f".{LATEST}.tmp"
    if link.is_symlink():
        now = str(link.readlink())
        if _DAY.fullmatch(now) and now > label and (out / now).is_dir():
            return
    waiting.unlink(missing_ok=True)
    waiting.symlink_to(label)
    waiting.replace(link)


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk: a rename is not there after a power cut otherwise."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
