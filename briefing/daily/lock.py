"""One run at a time: a lock that the system frees when its holder dies.

The file says who holds it, for the message; whether it is held is decided by the system's lock alone.
A file that a killed run left behind is therefore stale by itself and in nobody's way.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from briefing.errors import Locked, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["held", "is_held", "lock_path"]


def lock_path(store: Path) -> Path:
    """Return the lock file of a store: the whole name with `.lock`, so no two stores share one."""
    return store.with_name(f"{store.name}.lock")


@contextmanager
def held(store: Path, at: str) -> Iterator[None]:
    """Hold the lock of `store`; `at` is the time, for whoever finds it held.

    Raises `Locked` at once where another process or thread holds it, and `OutputError` where the
    file cannot be written.
    """
    path = lock_path(store)
    lock = FileLock(path, timeout=0, is_singleton=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise Locked(f"another run is at work{_holder(path)} (lock {path})") from None
    except OSError as error:
        raise OutputError(f"cannot write the lock {path}: {error.strerror}") from error
    try:
        path.write_text(f"{os.getpid()} {at}\n", encoding="ascii")
        yield
    finally:
        path.write_text("", encoding="ascii")
        lock.release()


def is_held(store: Path) -> bool:
    """Tell whether a run is at work on `store`, without waiting and without making a file."""
    path = lock_path(store)
    if not path.exists():
        return False
    lock = FileLock(path, timeout=0, is_singleton=False)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return True
    lock.release()
    return False


def _holder(path: Path) -> str:
    try:
        pid, _, since = path.read_text(encoding="ascii").strip().partition(" ")
    except (OSError, ValueError):
        return ""
    return f": process {pid} since {since}" if pid.isdecimal() and since else ""
