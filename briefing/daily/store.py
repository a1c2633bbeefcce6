"""The daily store: one SQLite file of articles, their versions, events, editions and runs.

Every change is a transaction in WAL mode, so that a killed run leaves the last complete step behind
and nothing half-done. Articles are kept by content: storing one again changes nothing, and a changed
page becomes the next version of the same address. Times are ISO 8601 in UTC; days are ISO dates in
the zone of the configuration. `SCHEMA_VERSION` is SQLite's `user_version`; `_MIGRATIONS` lead to it.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.daily.fetching import Validators
from briefing.document import Article, Bilingual
from briefing.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import TypeAdapter

__all__ = ["SCHEMA_VERSION", "RunRow", "Store", "Stored"]

_MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE validators (
        url TEXT PRIMARY KEY,
        etag TEXT,
        last_modified TEXT
    );
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        identity TEXT NOT NULL,
        version INTEGER NOT NULL,
        source TEXT NOT NULL,
        published TEXT,
        stored_at TEXT NOT NULL,
        data TEXT NOT NULL,
        model TEXT,
        UNIQUE (identity, version)
    );
    CREATE INDEX articles_by_time ON articles (stored_at);
    CREATE TABLE editions (
        day TEXT PRIMARY KEY,
        number INTEGER NOT NULL,
        finished_at TEXT
    );
    CREATE TABLE edition_articles (
        article TEXT PRIMARY KEY REFERENCES articles (id),
        day TEXT NOT NULL REFERENCES editions (day)
    );
    CREATE INDEX edition_articles_by_day ON edition_articles (day);
    CREATE TABLE event_articles (
        article TEXT PRIMARY KEY REFERENCES articles (id),
        event TEXT NOT NULL
    );
    CREATE INDEX event_articles_by_event ON event_articles (event);
    CREATE TABLE event_days (
        event TEXT NOT NULL,
        day TEXT NOT NULL REFERENCES editions (day),
        status TEXT NOT NULL,
        title_id TEXT,
        title_en TEXT,
        PRIMARY KEY (event, day)
    );
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        day TEXT NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        state TEXT NOT NULL,
        report TEXT NOT NULL DEFAULT '{}'
    );
    CREATE INDEX runs_by_day ON runs (day);
    """,
)
SCHEMA_VERSION = len(_MIGRATIONS)

_BUSY_MS = 10_000  # another process holds a write lock for milliseconds; ten seconds is an error


@dataclass(frozen=True, slots=True)
class Stored:
    """An article in the store. `version` counts from 1; `model` made its translation, if any."""

    article: Article
    identity: str
    version: int
    source: str
    stored_at: str
    model: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run: `state` is `running`, `done`, `failed` or `killed`; `report` holds its counts."""

    id: int
    day: str
    started_at: str
    finished_at: str | None
    state: str
    report: dict[str, Any]


class Store:
    """An open store. Use it as a context manager; safe beside other processes.

    Raises `OutputError` where the file cannot be opened, is not a database, or was written by a
    newer version.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                self.path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False
            )
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._migrate()
        except (OSError, sqlite3.DatabaseError) as error:
            raise OutputError(f"cannot open the store {self.path}: {error}") from error

    def __enter__(self) -> Store:  # noqa: PYI034 - final in practice
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _migrate(self) -> None:
        have = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if have > SCHEMA_VERSION:
            raise OutputError(
                f"the store {self.path} has format {have}; this version of briefing knows "
                f"{SCHEMA_VERSION}"
            )
        for number in range(have, SCHEMA_VERSION):
            script = f"{_MIGRATIONS[number]}\nPRAGMA user_version = {number + 1};"
            self._db.executescript(f"BEGIN IMMEDIATE;\n{script}\nCOMMIT;")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what is inside happen as a whole or not at all."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def check(self) -> str:
        """Return what `PRAGMA integrity_check` says: `ok` where the file is sound."""
        return str(self._db.execute("PRAGMA integrity_check").fetchone()[0])

    # Addresses -----------------------------------------------------------------------------------

    def validators(self, url: str) -> Validators | None:
        """Return what `url` gave to ask again with."""
        row = self._db.execute("SELECT * FROM validators WHERE url = ?", (url,)).fetchone()
        return Validators(row["etag"], row["last_modified"]) if row else None

    def remember(self, url: str, validators: Validators) -> None:
        """Keep what `url` gave to ask again with; it is forgotten where it gave nothing."""
        if validators.etag is None and validators.last_modified is None:
            self._db.execute("DELETE FROM validators WHERE url = ?", (url,))
            return
        self._db.execute(
            "INSERT INTO validators VALUES (?, ?, ?) ON CONFLICT (url) DO UPDATE"
            " SET etag = excluded.etag, last_modified = excluded.last_modified",
            (url, validators.etag, validators.last_modified),
        )

    # Articles ------------------------------------------------------------------------------------

    def add(self, article: Article, *, identity: str, source: str, at: str) -> Stored | None:
        """Store an article and return it, or `None` where this content is there already.

        `identity` is the address or path; a second content under it becomes version 2.
        """
        with self.transaction():
            if self._db.execute("SELECT 1 FROM articles WHERE id = ?", (article.id,)).fetchone():
                return None
            row = self._db.execute(
                "SELECT max(version) FROM articles WHERE identity = ?", (identity,)
            ).fetchone()
            version = int(row[0] or 0) + 1
            self._db.execute(
                "INSERT INTO articles (id, identity, version, source, published, stored_at, data)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (article.id, identity, version, source, article.published, at, _dump(article)),
            )
        return Stored(article, identity, version, source, at, None)

    def set_translation(self, article: Article, *, model: str) -> None:
        """Keep the translated form of a stored article; `model` is the signature of the model."""
        self._db.execute(
            "UPDATE articles SET data = ?, model = ? WHERE id = ?",
            (_dump(article), model, article.id),
        )

    def untranslated(self, day: str, model: str) -> list[Stored]:
        """Return the articles of the edition of `day` that `model` has not translated, by id."""
        return self._stored(
            "JOIN edition_articles e ON e.article = a.id"
            " WHERE e.day = ? AND a.model IS NOT ? ORDER BY a.id",
            (day, model),
        )

    def article(self, article_id: str) -> Stored | None:
        """Return the article with this id."""
        found = self._stored("WHERE a.id = ?", (article_id,))
        return found[0] if found else None

    def versions(self, identity: str) -> list[Stored]:
        """Return every version of an address or path, oldest first."""
        return self._stored("WHERE a.identity = ? ORDER BY a.version", (identity,))

    def count(self) -> int:
        """Return how many articles the store holds."""
        return int(self._db.execute("SELECT count(*) FROM articles").fetchone()[0])

    def _stored(self, tail: str, values: Iterable[object]) -> list[Stored]:
        rows = self._db.execute(f"SELECT a.* FROM articles a {tail}", tuple(values))  # noqa: S608 - `tail` is a literal of this module
        return [
            Stored(
                _load(row["data"]),
                row["identity"],
                row["version"],
                row["source"],
                row["stored_at"],
                row["model"],
            )
            for row in rows
        ]

    # Editions ------------------------------------------------------------------------------------

    def open_edition(self, day: str) -> int:
        """Make the edition of `day` if need be and return its number, counted from 1."""
        with self.transaction():
            row = self._db.execute("SELECT number FROM editions WHERE day = ?", (day,)).fetchone()
            if row:
                return int(row["number"])
            last = self._db.execute("SELECT max(number) FROM editions").fetchone()[0]
            number = int(last or 0) + 1
            self._db.execute("INSERT INTO editions VALUES (?, ?, NULL)", (day, number))
        return number

    def claim(self, day: str, since: str, until: str) -> int:
        """Put into the edition of `day` what no edition has and was stored from `since` to `until`.

        Returns how many articles were added. Claiming again adds only what came since.
        """
        with self.transaction():
            made = self._db.execute(
                "INSERT OR IGNORE INTO edition_articles (article, day)"
                " SELECT a.id, ? FROM articles a WHERE a.stored_at >= ? AND a.stored_at <= ?"
                " AND NOT EXISTS (SELECT 1 FROM edition_articles e WHERE e.article = a.id)",
                (day, since, until),
            )
        return made.rowcount

    def edition(self, day: str) -> list[Stored]:
        """Return the articles of the edition of `day`, by id."""
        return self._stored(
            "JOIN edition_articles e ON e.article = a.id WHERE e.day = ? ORDER BY a.id", (day,)
        )

    def finish_edition(
        self,
        day: str,
        at: str,
        events: Mapping[str, Iterable[str]],
        states: Mapping[str, tuple[str, str | None, str | None]],
    ) -> None:
        """Commit an edition: which article belongs to which event, and each event's state.

        `events` maps an event to articles; `states` maps it to its status and titles (`id`, `en`).
        """
        with self.transaction():
            self._db.executemany(
                "INSERT INTO event_articles (article, event) VALUES (?, ?)"
                " ON CONFLICT (article) DO UPDATE SET event = excluded.event",
                [(article, event) for event, articles in events.items() for article in articles],
            )
            self._db.execute("DELETE FROM event_days WHERE day = ?", (day,))
            self._db.executemany(
                "INSERT INTO event_days VALUES (?, ?, ?, ?, ?)",
                [(event, day, *state) for event, state in sorted(states.items())],
            )
            self._db.execute("UPDATE editions SET finished_at = ? WHERE day = ?", (at, day))

    def open_events(self, before: str, since: str) -> dict[str, list[tuple[str, Stored]]]:
        """Return the events with an article in an edition from `since` up to but not on `before`.

        Maps each event to its articles with the day of their edition, oldest first. Only finished
        editions count, so that a killed run is not part of anybody's yesterday.
        """
        rows = self._db.execute(
            "SELECT v.event, e.day, v.article FROM event_articles v"
            " JOIN edition_articles e ON e.article = v.article"
            " JOIN editions d ON d.day = e.day AND d.finished_at IS NOT NULL"
            " WHERE e.day < ? AND v.event IN (SELECT v2.event FROM edition_articles e2"
            "  JOIN event_articles v2 ON v2.article = e2.article WHERE e2.day >= ? AND e2.day < ?)"
            " ORDER BY v.event, e.day, v.article",
            (before, since, before),
        ).fetchall()
        found: dict[str, list[tuple[str, Stored]]] = {}
        for row in rows:
            stored = self.article(row["article"])
            if stored is not None:
                found.setdefault(row["event"], []).append((row["day"], stored))
        return found

    def event_title(self, event: str) -> Bilingual | None:
        """Return the title that the last edition gave to an event."""
        row = self._db.execute(
            "SELECT title_id, title_en FROM event_days WHERE event = ? ORDER BY day DESC LIMIT 1",
            (event,),
        ).fetchone()
        return Bilingual(row["title_id"], row["title_en"]) if row else None

    # Runs ----------------------------------------------------------------------------------------

    def begin_run(self, day: str, at: str) -> int:
        """Note that a run begins and return its number; a run left `running` was killed."""
        with self.transaction():
            self._db.execute("UPDATE runs SET state = 'killed' WHERE state = 'running'")
            made = self._db.execute(
                "INSERT INTO runs (day, started_at, state) VALUES (?, ?, 'running')", (day, at)
            )
        return int(made.lastrowid or 0)

    def end_run(self, run: int, at: str, state: str, report: dict[str, Any]) -> None:
        """Note how a run ended."""
        self._db.execute(
            "UPDATE runs SET finished_at = ?, state = ?, report = ? WHERE id = ?",
            (at, state, json.dumps(report, ensure_ascii=False, sort_keys=True), run),
        )

    def runs(self, limit: int = 10) -> list[RunRow]:
        """Return the last runs, newest first."""
        rows = self._db.execute("SELECT * FROM runs ORDER BY id DESC LIMIT ?", (limit,))
        return [
            RunRow(
                row["id"],
                row["day"],
                row["started_at"],
                row["finished_at"],
                row["state"],
                json.loads(row["report"]),
            )
            for row in rows
        ]


def _dump(article: Article) -> str:
    return str(_adapter().dump_json(article), "utf-8")


def _load(text: str) -> Article:
    article: Article = _adapter().validate_json(text)
    return article


@cache  # building the adapter takes longer than reading an article
def _adapter() -> TypeAdapter[Article]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - slow to import

    return TypeAdapter(Article)
