"""The daily store: one SQLite file of articles, their versions, events, editions and runs.

Every change is a transaction in WAL mode, so that a killed run leaves the last complete step behind
and nothing half-done. Articles are kept by content: storing one again changes nothing, and a changed
page becomes the next version of the same address. Times are ISO 8601 in UTC; days are ISO dates in
the zone of the configuration.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.daily.fetching import Validators
from briefing.daily.migrations import SCHEMA_VERSION, look, migrate
from briefing.document import Article, Bilingual, Refusal
from briefing.errors import OutputError
from briefing.journal import write_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import TypeAdapter

__all__ = ["LASTING", "SCHEMA_VERSION", "DeliveryRow", "RunRow", "Store", "Stored"]

LASTING = frozenset(
    {"unsupported", "empty", "binary", "broken", "too-large", "no-article", "language"}
)
"""Refusals that another day will not change."""

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


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery of one edition. `state` is `waiting`, `sending`, `sent`, `failed` or `doubtful`.

    `target` names it without secrets; `digest` is of the document that was sent.
    """

    day: str
    target: str
    state: str
    tries: int
    error: str | None
    digest: str | None


class Store:
    """An open store. Use it as a context manager; safe beside other processes.

    Raises `OutputError` where the file cannot be opened, is not a database, or was written by a
    newer version.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path)
        try:
            self._db = self._reading() if read_only else self._writing()
        except (OSError, sqlite3.Error) as error:
            raise OutputError(f"cannot open the store {self.path}: {error}") from error

    def _writing(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = _connect(str(self.path), uri=False)
        try:
            self._refuse_newer(look(db))  # before the first change to a file that may not be ours
            write_ahead(db, seconds=_BUSY_MS / 1000)
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            migrate(db)
        except BaseException:
            db.close()
            raise
        return db

    def _reading(self) -> sqlite3.Connection:
        db = _connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            have = look(db)
            self._refuse_newer(have)
            self._refuse_older(have)
        except BaseException:
            db.close()
            raise
        return db

    def _refuse_older(self, have: int) -> None:
        if have < SCHEMA_VERSION:
            raise OutputError(
                f"the store {self.path} has format {have}; the next `briefing daily` updates it"
            )

    def _refuse_newer(self, have: int) -> None:
        if have > SCHEMA_VERSION:
            raise OutputError(
                f"the store {self.path} has format {have}; this version of briefing knows "
                f"{SCHEMA_VERSION}"
            )

    def __enter__(self) -> Store:  # noqa: PYI034 - final in practice
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what is inside happen as a whole or not at all."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._db.in_transaction:  # SQLite itself rolls back on a full disk
            self._db.execute("ROLLBACK")

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

    def known_list(self, url: str) -> tuple[Validators, bytes] | None:
        """Return what a source's list gave to ask again with, and the list as it was then."""
        row = self._db.execute("SELECT * FROM lists WHERE url = ?", (url,)).fetchone()
        if row is None:
            return None
        return Validators(row["etag"], row["last_modified"]), zlib.decompress(row["body"])

    def remember_list(self, url: str, validators: Validators, body: bytes) -> None:
        """Keep a source's list for as long as the server says that it is unchanged."""
        if validators.etag is None and validators.last_modified is None:
            self._db.execute("DELETE FROM lists WHERE url = ?", (url,))
            return
        self._db.execute(
            "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?)",
            (url, validators.etag, validators.last_modified, zlib.compress(body)),
        )

    def is_known_source(self, place: str) -> bool:
        """Tell whether an earlier run has read this source."""
        row = self._db.execute("SELECT 1 FROM sources WHERE place = ?", (place,)).fetchone()
        return row is not None

    def know_source(self, place: str, at: str) -> None:
        """Note that this source has been read."""
        self._db.execute("INSERT OR IGNORE INTO sources VALUES (?, ?)", (place, at))

    # Articles ------------------------------------------------------------------------------------

    def add(
        self,
        article: Article,
        *,
        identity: str,
        source: str,
        at: str,
        day: str | None = None,
        waiting: bool = True,
    ) -> Stored | None:
        """Store an article and return it, or `None` where this content is there already.

        `identity` is the address or path; a second content under it becomes version 2. `day` is
        that of publication. An article that is not `waiting` is kept without being briefed.
        """
        with self.transaction():
            if self._db.execute("SELECT 1 FROM articles WHERE id = ?", (article.id,)).fetchone():
                return None
            row = self._db.execute(
                "SELECT max(version) FROM articles WHERE identity = ?", (identity,)
            ).fetchone()
            version = int(row[0] or 0) + 1
            self._db.execute(
                "INSERT INTO articles"
                " (id, identity, version, source, published, stored_at, data, day, waiting)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(article.id, identity, version, source, article.published, at),
                    *(_dump(article), day, waiting),
                ),
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

    def outlet_of(self, identity: str) -> str | None:
        """Return the name under which the first version of an address was stored, if any was."""
        row = self._db.execute(
            "SELECT source FROM articles WHERE identity = ? ORDER BY version LIMIT 1", (identity,)
        ).fetchone()
        return row["source"] if row else None

    def is_briefed(self, identity: str) -> bool:
        """Tell whether a version of an address is in an edition, or is meant for the next one."""
        row = self._db.execute(
            "SELECT 1 FROM articles a LEFT JOIN edition_articles e ON e.article = a.id"
            " WHERE a.identity = ? AND (a.waiting = 1 OR e.day IS NOT NULL) LIMIT 1",
            (identity,),
        ).fetchone()
        return row is not None

    def count(self) -> int:
        """Return how many articles the store holds."""
        return int(self._db.execute("SELECT count(*) FROM articles").fetchone()[0])

    def _stored(self, tail: str, values: Iterable[object]) -> list[Stored]:
        rows = self._db.execute(f"SELECT a.* FROM articles a {tail}", tuple(values))  # noqa: S608 - `tail` is a literal of this module
        return [_row(row) for row in rows]

    # Editions ------------------------------------------------------------------------------------

    def open_edition(self, day: str) -> int:
        """Make the edition of `day` if need be and return its number, counted from 1."""
        with self.transaction():
            row = self._db.execute("SELECT number FROM editions WHERE day = ?", (day,)).fetchone()
            if row:
                return int(row["number"])
            last = self._db.execute("SELECT max(number) FROM editions").fetchone()[0]
            number = int(last or 0) + 1
            self._db.execute("INSERT INTO editions (day, number) VALUES (?, ?)", (day, number))
        return number

    def claim(self, day: str) -> int:
        """Put every waiting article into the edition of `day`; return how many there were.

        What no edition has is never lost, however many runs have failed since it was stored.
        """
        with self.transaction():
            self._db.execute(  # what an edition had that was never finished
                "UPDATE edition_articles SET day = ? WHERE day IN"
                " (SELECT day FROM editions WHERE finished_at IS NULL AND day != ?)",
                (day, day),
            )
            made = self._db.execute(
                "INSERT OR IGNORE INTO edition_articles (article, day)"
                " SELECT id, ? FROM articles WHERE waiting = 1",
                (day,),
            )
            self._db.execute("UPDATE articles SET waiting = 0 WHERE waiting = 1")
        return made.rowcount

    def claim_published(self, day: str) -> int:
        """Put what was published on `day` and is in no edition into the edition of that day."""
        with self.transaction():
            made = self._db.execute(
                "INSERT INTO edition_articles (article, day) SELECT a.id, ? FROM articles a"
                " WHERE a.day = ?"
                " AND NOT EXISTS (SELECT 1 FROM edition_articles e WHERE e.article = a.id)",
                (day, day),
            )
            self._db.execute(
                "UPDATE edition_articles SET day = ? WHERE article IN"
                " (SELECT id FROM articles WHERE day = ?) AND day IN"
                " (SELECT day FROM editions WHERE finished_at IS NULL)",
                (day, day),
            )
            self._db.execute(
                "UPDATE articles SET waiting = 0 WHERE waiting = 1 AND id IN"
                " (SELECT article FROM edition_articles WHERE day = ?)",
                (day,),
            )
        return made.rowcount

    def edition(self, day: str) -> list[Stored]:
        """Return the articles of the edition of `day`, by id; of each only the newest version."""
        newest: dict[str, Stored] = {}
        for stored in self._stored(
            "JOIN edition_articles e ON e.article = a.id WHERE e.day = ? ORDER BY a.version", (day,)
        ):
            newest[stored.identity] = stored
        return sorted(newest.values(), key=lambda stored: stored.article.id)

    def finished_editions(self) -> list[str]:
        """Return the days of the editions that were finished, oldest first."""
        rows = self._db.execute(
            "SELECT day FROM editions WHERE finished_at IS NOT NULL ORDER BY day"
        )
        return [row["day"] for row in rows]

    def previous_edition(self, day: str) -> str | None:
        """Return the day of the last finished edition before `day`."""
        row = self._db.execute(
            "SELECT max(day) FROM editions WHERE finished_at IS NOT NULL AND day < ?", (day,)
        ).fetchone()
        return row[0] if row else None

    def refuse(self, day: str, refusals: Iterable[Refusal]) -> None:
        """Add to what the edition of `day` says was refused.

        What is wrong for good (`LASTING`) was told when it was first met and is not told again.
        """
        with self.transaction():
            for one in refusals:
                if one.code in LASTING and self._told_before(day, one):
                    continue
                self._db.execute(
                    "INSERT OR REPLACE INTO refusals VALUES (?, ?, ?, ?)",
                    (one.path, day, one.code, one.reason),
                )

    def _told_before(self, day: str, one: Refusal) -> bool:
        row = self._db.execute(
            "SELECT 1 FROM refusals WHERE path = ? AND day < ? AND code = ? AND reason = ?",
            (one.path, day, one.code, one.reason),
        ).fetchone()
        return row is not None

    def accept(self, day: str, path: str) -> None:
        """Take back a refusal of `day`: another try on the same day went well."""
        self._db.execute("DELETE FROM refusals WHERE path = ? AND day = ?", (path, day))

    def refused(self, day: str) -> tuple[Refusal, ...]:
        """Return what the edition of `day` says was refused, by path."""
        rows = self._db.execute("SELECT * FROM refusals WHERE day = ? ORDER BY path", (day,))
        return tuple(
            Refusal(path=row["path"], code=row["code"], reason=row["reason"]) for row in rows
        )

    def finish_edition(
        self,
        day: str,
        at: str,
        events: Mapping[str, Iterable[str]],
        states: Mapping[str, tuple[str, str | None, str | None]],
        *,
        merges: Mapping[str, str] | None = None,
        parcel: str | None = None,
    ) -> None:
        """Commit an edition: which article belongs to which event, and each event's state.

        `events` maps an event to articles; `states` maps it to its status and titles (`id`, `en`).
        `merges` maps an event of earlier editions to the event that it turned out to be. `parcel`
        is what the deliveries send.
        """
        with self.transaction():
            self._db.executemany(
                "INSERT INTO event_articles (article, event) VALUES (?, ?)"
                " ON CONFLICT (article) DO UPDATE SET event = excluded.event",
                [(article, event) for event, articles in events.items() for article in articles],
            )
            for table in ("event_days", "merges"):
                self._db.execute(f"DELETE FROM {table} WHERE day = ?", (day,))  # noqa: S608 - two literals
            self._db.executemany(
                "INSERT INTO event_days VALUES (?, ?, ?, ?, ?)",
                [(event, day, *state) for event, state in sorted(states.items())],
            )
            self._db.executemany(
                "INSERT INTO merges VALUES (?, ?, ?)",
                [(event, day, target) for event, target in sorted((merges or {}).items())],
            )
            self._db.execute(
                "UPDATE editions SET finished_at = ?, parcel = coalesce(?, parcel) WHERE day = ?",
                (at, parcel, day),
            )

    def open_events(
        self, before: str, since: str, known_since: str | None = None
    ) -> dict[str, list[tuple[str, Stored]]]:
        """Return the events with an article in an edition from `since` up to but not on `before`.

        Maps each event to its articles with the day of their edition, oldest first; of long events
        only those in editions from `known_since`. Only finished editions count, so that a killed
        run is not part of anybody's yesterday.
        """
        targets = self._merged(before)
        rows = self._db.execute(
            "SELECT v.event, e.day AS edition, a.* FROM edition_articles e"
            " JOIN editions d ON d.day = e.day AND d.finished_at IS NOT NULL"
            " JOIN event_articles v ON v.article = e.article"
            " JOIN articles a ON a.id = e.article"
            " WHERE e.day >= ? AND e.day < ? ORDER BY e.day, a.id",
            (min(since, known_since or since), before),
        )
        found: dict[str, list[tuple[str, sqlite3.Row]]] = {}
        for row in rows:
            event = targets.get(row["event"], row["event"])
            found.setdefault(event, []).append((row["edition"], row))
        return {
            event: [(day, _row(row)) for day, row in members]
            for event, members in sorted(found.items())
            if members[-1][0] >= since
        }

    def _merged(self, before: str) -> dict[str, str]:
        """Return what each event was known as before the day `before`, where that changed."""
        rows = self._db.execute(
            "SELECT event, target FROM merges WHERE day < ? ORDER BY day DESC", (before,)
        ).fetchall()
        targets: dict[str, str] = {}
        for row in rows:  # newest first, so that a target's own target is known already
            targets[row["event"]] = targets.get(row["target"], row["target"])
        return targets

    def event_title(self, event: str, before: str = "9999") -> Bilingual | None:
        """Return the title that the last edition before the day `before` gave to an event."""
        row = self._db.execute(
            "SELECT title_id, title_en FROM event_days WHERE event = ? AND day < ?"
            " ORDER BY day DESC LIMIT 1",
            (event, before),
        ).fetchone()
        return Bilingual(row["title_id"], row["title_en"]) if row else None

    def was_closed(self, event: str, *, after: str, before: str) -> bool:
        """Tell whether an edition between two days has told that an event is closed."""
        row = self._db.execute(
            "SELECT 1 FROM event_days"
            " WHERE event = ? AND day > ? AND day < ? AND status = 'closed' LIMIT 1",
            (event, after, before),
        ).fetchone()
        return row is not None

    # Deliveries ----------------------------------------------------------------------------------

    def parcel(self, day: str) -> str | None:
        """Return what the deliveries of the edition of `day` send."""
        row = self._db.execute("SELECT parcel FROM editions WHERE day = ?", (day,)).fetchone()
        return row["parcel"] if row else None

    def queue(self, day: str, targets: Iterable[str], *, again: bool = False) -> None:
        """Note that the edition of `day` is to go to `targets`; `again` forgets that it went."""
        with self.transaction():
            for target in targets:
                self._db.execute(
                    "INSERT OR IGNORE INTO deliveries (day, target, state)"
                    " VALUES (?, ?, 'waiting')",
                    (day, target),
                )
                if again:
                    self._db.execute(
                        "UPDATE deliveries SET state = 'waiting' WHERE day = ? AND target = ?",
                        (day, target),
                    )

    def deliveries(self, since: str, state: str | None = None) -> list[DeliveryRow]:
        """Return the deliveries of editions from the day `since`, oldest first."""
        rows = self._db.execute(
            "SELECT * FROM deliveries WHERE day >= ? AND (? IS NULL OR state = ?)"
            " ORDER BY day, target",
            (since, state, state),
        )
        return [
            DeliveryRow(
                *(row[name] for name in ("day", "target", "state", "tries", "error", "digest"))
            )
            for row in rows
        ]

    def mark_delivery(
        self, day: str, target: str, state: str, error: str | None = None, digest: str | None = None
    ) -> None:
        """Note how far a delivery is. Committed at once: a kill afterwards does not undo it."""
        self._db.execute(
            "UPDATE deliveries SET state = ?, error = ?, digest = coalesce(?, digest),"
            " tries = tries + (? = 'sending') WHERE day = ? AND target = ?",
            (state, error, digest, state, day, target),
        )

    # Runs ----------------------------------------------------------------------------------------

    def last_start(self) -> str | None:
        """Return when the last run began."""
        row = self._db.execute("SELECT max(started_at) FROM runs").fetchone()
        return row[0] if row else None

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


def _connect(name: str, *, uri: bool) -> sqlite3.Connection:
    db = sqlite3.connect(name, timeout=_BUSY_MS / 1000, isolation_level=None, uri=uri)
    db.row_factory = sqlite3.Row
    return db


def _row(row: sqlite3.Row) -> Stored:
    return Stored(
        _load(row["data"]),
        row["identity"],
        row["version"],
        row["source"],
        row["stored_at"],
        row["model"],
    )


def _dump(article: Article) -> bytes:
    """Compress an article: the text of a hundred thousand is 2 GB of JSON and a quarter of that so."""
    return zlib.compress(_adapter().dump_json(article))


def _load(data: str | bytes) -> Article:
    text = data if isinstance(data, str) else zlib.decompress(data)
    article: Article = _adapter().validate_json(text)
    return article


@cache  # building the adapter takes longer than reading an article
def _adapter() -> TypeAdapter[Article]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - slow to import

    return TypeAdapter(Article)
