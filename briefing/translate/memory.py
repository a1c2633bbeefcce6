"""The translation memory: what was translated before, by a model or by an analyst.

One SQLite file in WAL mode. Machine entries are keyed by everything that shaped them (model hash,
engine, search, glossary terms of the segment), so a changed model or option never answers with old
text. Human entries, from `briefing learn` and from TMX files, answer for every model.

Each batch is one transaction: a run that is killed loses at most the batch it was working on, and
what is there is whole. Two processes may work on one file; the first to store a segment wins, and
both would have stored the same.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.document import Flag
from briefing.errors import OutputError
from briefing.journal import write_ahead
from briefing.translate.normalisation import model_input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

__all__ = ["Entry", "Pair", "TranslationMemory", "default_path", "match_form"]

# Bumped when a table changes; a file of another version is refused, never misread.
LAYOUT = 1
# At about 400 bytes an entry, a file of 400 MB: two months of a thousand articles a day.
MAX_ENTRIES = 1_000_000
# SQLite allows 32,766 variables in a statement since 3.32; older builds 999.
VARIABLES = 900
BUSY_SECONDS = 60.0

_TABLES = """
CREATE TABLE IF NOT EXISTS machine (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    score REAL,
    truncated INTEGER NOT NULL,
    notes TEXT NOT NULL,
    UNIQUE (key, source)
);
CREATE TABLE IF NOT EXISTS human (
    source TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    target TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS human_form ON human (form, source);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A machine translation as it is stored: the text, its score and what was done to it."""

    target: str
    score: float | None = None
    truncated: bool = False
    notes: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A human translation of a segment (BCP 47 `id` and `en`), with a note on where it is from."""

    source: str
    target: str
    note: str = ""


def default_path() -> Path:
    """Return where the memory lies without an option: the user's data folder.

    Not the cache folder, because an analyst's corrections cannot be made again.
    """
    from platformdirs import user_data_path  # noqa: PLC0415 - only needed here

    return user_data_path("briefing", appauthor=False) / "memory.sqlite3"


def match_form(segment: str) -> str:
    """Return the form in which segments are compared when they are not the same to the letter.

    Typographic noise and letter case are set aside; digits, words and punctuation are not.
    """
    return model_input(segment).casefold()


class TranslationMemory:
    """An open memory file; a context manager. `path` is made with its folder where it is not there.

    Raises `OutputError` where the file cannot be opened or is not a memory. Once open, a memory
    that can no longer be written (a full disk) stops storing and says why in `problem`; the run
    goes on without it.
    """

    def __init__(self, path: Path, *, max_entries: int = MAX_ENTRIES) -> None:
        self.path = path
        self.problem: str | None = None
        self._max_entries = max_entries
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"cannot use the translation memory {path}: {error}; --no-cache works without it"
            ) from error

    def _prepare(self) -> None:
        base = self._base
        write_ahead(base, seconds=BUSY_SECONDS)
        # With WAL, NORMAL survives a killed process whole; only a power cut may lose the end.
        base.execute("PRAGMA synchronous = NORMAL")
        (layout,) = base.execute("PRAGMA user_version").fetchone()
        if layout not in (0, LAYOUT):
            raise sqlite3.DatabaseError(f"its layout is {layout}; this version reads {LAYOUT}")
        with self._transaction():
            for statement in _TABLES.split(";"):
                if statement.strip():
                    base.execute(statement)
            base.execute(f"PRAGMA user_version = {LAYOUT:d}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; machine entries beyond the limit go, the oldest first."""
        try:
            with self._transaction():
                self._base.execute(
                    "DELETE FROM machine WHERE id <= (SELECT MAX(id) FROM machine) - ?",
                    (self._max_entries,),
                )
        except sqlite3.Error as error:
            self.problem = self.problem or str(error)
        self._base.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def machine(self, key: str, sources: Sequence[str]) -> dict[str, Entry]:
        """Return the stored machine translations of `sources` under `key`, by source."""
        found: dict[str, Entry] = {}
        for some in _slices(sources):
            marks = ",".join("?" * len(some))
            rows = self._base.execute(
                "SELECT source, target, score, truncated, notes FROM machine "  # noqa: S608 - marks
                f"WHERE key = ? AND source IN ({marks})",
                (key, *some),
            )
            for source, target, score, truncated, notes in rows:
                flags = tuple(Flag(*note) for note in json.loads(notes))
                found[source] = Entry(target, score, bool(truncated), flags)
        return found

    def store(self, key: str, entries: Mapping[str, Entry]) -> None:
        """Store machine translations under `key` in one transaction; what is there stays."""
        if self.problem or not entries:
            return
        rows = [
            (
                key,
                source,
                entry.target,
                entry.score,
                int(entry.truncated),
                json.dumps([[n.kind, n.reason] for n in entry.notes], ensure_ascii=False),
            )
            for source, entry in entries.items()
        ]
        try:
            with self._transaction():
                self._base.executemany(
                    "INSERT OR IGNORE INTO machine "
                    "(key, source, target, score, truncated, notes) VALUES (?, ?, ?, ?, ?, ?)",
                    rows,
                )
        except sqlite3.Error as error:
            self.problem = f"cannot write the translation memory {self.path}: {error}"

    def human(self, sources: Sequence[str]) -> dict[str, Pair]:
        """Return the human translations of `sources`: exact matches, else those of the same form.

        Of several entries of one form the first in the order of their sources answers.
        """
        forms = {source: match_form(source) for source in sources}
        by_form: dict[str, list[Pair]] = {}
        for some in _slices(list(dict.fromkeys(forms.values()))):
            marks = ",".join("?" * len(some))
            rows = self._base.execute(
                "SELECT form, source, target, note FROM human "  # noqa: S608 - marks only
                f"WHERE form IN ({marks}) ORDER BY source",
                some,
            )
            for form, *pair in rows:
                by_form.setdefault(form, []).append(Pair(*pair))
        found: dict[str, Pair] = {}
        for source, form in forms.items():
            alike = by_form.get(form, [])
            # The segment comes without the typography that an analyst's source may have.
            exact = (p for p in alike if source in (p.source, model_input(p.source)))
            best = next(exact, alike[0] if alike else None)
            if best is not None:
                found[source] = best
        return found

    def learn(self, pairs: Iterable[Pair]) -> int:
        """Store human translations, each replacing an older one of the same source; return how many.

        Raises `OutputError` where the memory cannot be written: a correction is never lost quietly.
        """
        count = 0
        try:
            with self._transaction():
                for pair in pairs:
                    if not pair.source.strip() or not pair.target.strip():
                        continue
                    self._base.execute(
                        "INSERT OR REPLACE INTO human (source, form, target, note) "
                        "VALUES (?, ?, ?, ?)",
                        (pair.source, match_form(pair.source), pair.target, pair.note),
                    )
                    count += 1
        except sqlite3.Error as error:
            raise OutputError(
                f"cannot write the translation memory {self.path}: {error}"
            ) from error
        return count

    def forget(self, sources: Iterable[str]) -> int:
        """Remove human translations by their exact source; return how many there were."""
        count = 0
        with self._transaction():
            for source in sources:
                done = self._base.execute("DELETE FROM human WHERE source = ?", (source,))
                count += done.rowcount
        return count

    def pairs(self, key: str | None = None) -> Iterator[Pair]:
        """Yield the human translations in the order of their sources, or the machine's of a key."""
        if key is None:
            rows = self._base.execute("SELECT source, target, note FROM human ORDER BY source")
        else:
            rows = self._base.execute(
                "SELECT source, target, '' FROM machine WHERE key = ? ORDER BY source", (key,)
            )
        for row in rows:
            yield Pair(*row)

    def keys(self) -> dict[str, int]:
        """Return the machine entries' keys with their numbers of entries."""
        return dict(
            self._base.execute("SELECT key, COUNT(*) FROM machine GROUP BY key ORDER BY key")
        )


def _slices(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), VARIABLES):
        yield values[start : start + VARIABLES]
