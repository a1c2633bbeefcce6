"""The tables of the store, step by step: each entry leads from one format to the next.

A released entry is never edited. `SCHEMA_VERSION` is SQLite's `user_version` after the last.
"""

from __future__ import annotations

import sqlite3

__all__ = ["SCHEMA_VERSION", "look", "migrate"]

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
    CREATE INDEX runs_by_day ON runs (day)
    """,
    # `waiting`: not yet in an edition and meant for the next one. `day`: of publication, in the zone
    # of the configuration. From here on `articles.data` is compressed; older rows stay as they are.
    """
    ALTER TABLE articles ADD COLUMN waiting INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE articles ADD COLUMN day TEXT;
    UPDATE articles SET waiting = 0 WHERE id IN (SELECT article FROM edition_articles);
    DROP INDEX articles_by_time;
    CREATE INDEX articles_waiting ON articles (id) WHERE waiting = 1;
    CREATE INDEX articles_by_day ON articles (day);
    CREATE TABLE lists (
        url TEXT PRIMARY KEY,
        etag TEXT,
        last_modified TEXT,
        body BLOB NOT NULL
    );
    CREATE TABLE sources (
        place TEXT PRIMARY KEY,
        first_read TEXT NOT NULL
    );
    CREATE TABLE refusals (
        path TEXT NOT NULL,
        day TEXT NOT NULL,
        code TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (path, day)
    );
    CREATE INDEX refusals_by_day ON refusals (day);
    CREATE TABLE merges (
        event TEXT NOT NULL,
        day TEXT NOT NULL,
        target TEXT NOT NULL,
        PRIMARY KEY (event, day)
    );
    ALTER TABLE editions ADD COLUMN parcel TEXT;
    CREATE TABLE deliveries (
        day TEXT NOT NULL REFERENCES editions (day),
        target TEXT NOT NULL,
        state TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        digest TEXT,
        PRIMARY KEY (day, target)
    );
    CREATE INDEX deliveries_open ON deliveries (day) WHERE state != 'sent'
    """,
)
SCHEMA_VERSION = len(_MIGRATIONS)


def look(db: sqlite3.Connection) -> int:
    """Return the format of an open database, 0 where it is empty; nothing is written.

    Raises `sqlite3.DatabaseError` for a database that is no store.
    """
    had = _version(db)
    tables = db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    if had == 0 and tables and _version(db) == 0:  # asked again: another process may just make it
        raise sqlite3.DatabaseError("it holds tables of something else")
    return had


def migrate(db: sqlite3.Connection) -> None:
    """Bring the open database to `SCHEMA_VERSION`.

    Each step is a transaction, and another process that migrates at the same time is waited for.
    """
    for number in range(_version(db), SCHEMA_VERSION):
        db.execute("BEGIN IMMEDIATE")
        try:
            if _version(db) == number:
                for statement in _MIGRATIONS[number].split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number + 1:d}")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
