"""SQLite's write-ahead journal, switched on by processes that open one file at the same moment."""

from __future__ import annotations

import logging
import sqlite3
from typing import Final

import stamina

__all__ = ["write_ahead"]

FIRST_WAIT: Final = 0.01
LONGEST_WAIT: Final = 0.5
# Told once in our own words when the time is over, not at each try.
logging.getLogger("stamina").addHandler(logging.NullHandler())


def write_ahead(base: sqlite3.Connection, *, seconds: float) -> None:
    """Switch an open database to the write-ahead journal, waiting for whoever is doing the same.

    The connection's own timeout does not cover this: the switch upgrades a lock, and SQLite answers
    such an upgrade with SQLITE_BUSY at once where waiting could end in a deadlock
    (https://www.sqlite.org/c3ref/busy_handler.html).

    Args:
        base: a connection outside of a transaction.
        seconds: how long to try.

    Raises:
        sqlite3.OperationalError: the file is still locked then, or cannot be written.
    """
    for attempt in stamina.retry_context(
        on=_locked, attempts=None, timeout=seconds, wait_initial=FIRST_WAIT, wait_max=LONGEST_WAIT
    ):
        with attempt:
            base.execute("PRAGMA journal_mode = WAL")


def _locked(error: Exception) -> bool:
    # The low byte is the primary code; SQLITE_BUSY_RECOVERY and its like come with it.
    return (
        isinstance(error, sqlite3.OperationalError)
        and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    )
