"""The store: migrations, other people's files, broken files, and what stays when a run does not."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime

import pytest

from briefing.daily.config import DailyConfig
from briefing.daily.fetching import Validators
from briefing.daily.health import describe_health
from briefing.daily.lock import held, is_held, lock_path
from briefing.daily.migrations import _MIGRATIONS, SCHEMA_VERSION
from briefing.daily.store import Store
from briefing.document import Article, Bilingual, Refusal, Sentence
from briefing.errors import Locked, OutputError

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def article(name: str, text: str = "Banjir merendam desa.") -> Article:
    sentence = Sentence(id="s1", paragraph=1, source=text)
    return Article(id=name, sentences=(sentence,), title=Bilingual(name))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


def add(store: Store, name: str, identity: str | None = None, **more):
    return store.add(
        article(name), identity=identity or name, source="Kabar", at=NOW.isoformat(), **more
    )


def test_the_first_format_is_brought_up_to_date(tmp_path):
    """A store of the first format: its rows are plain JSON, and what was briefed stays briefed."""
    from pydantic import TypeAdapter

    path = tmp_path / "store.sqlite"
    old = sqlite3.connect(path)
    old.executescript(f"{_MIGRATIONS[0]};PRAGMA user_version = 1;")
    for name in ("a", "b"):
        data = TypeAdapter(Article).dump_json(article(name)).decode()
        old.execute(
            "INSERT INTO articles VALUES (?, ?, 1, 'Kabar', NULL, '2026-11-20', ?, NULL)",
            (name, name, data),
        )
    old.execute("INSERT INTO editions VALUES ('2026-11-20', 1, '2026-11-20')")
    old.execute("INSERT INTO edition_articles VALUES ('a', '2026-11-20')")
    old.commit()
    old.close()
    with Store(path) as store:
        assert store.article("a").article == article("a")
        store.open_edition("2026-11-21")
        assert store.claim("2026-11-21") == 1
        assert [s.article.id for s in store.edition("2026-11-21")] == ["b"]
        assert store.check() == "ok"
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_bytes(b"this is not a database" * 100), "not a database"),
        (lambda path: path.mkdir(), "unable to open"),
        (lambda path: execute(path, "CREATE TABLE places (name)"), "something else"),
        (lambda path: execute(path, "PRAGMA user_version = 99"), "knows"),
    ],
    ids=["broken", "folder", "foreign", "newer"],
)
def test_a_file_that_is_no_store_is_told_and_left_alone(tmp_path, make, said):
    path = tmp_path / "store.sqlite"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(OutputError, match=said):
        Store(path)
    assert (path.read_bytes() if path.is_file() else b"") == before


def execute(path, sql: str) -> None:
    base = sqlite3.connect(path)
    base.execute(sql)
    base.commit()
    base.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot open the store"):
        Store(tmp_path / "store.sqlite")


def test_damage_in_the_middle_is_an_error_of_the_store_and_no_crash(tmp_path):
    from briefing import Daily
    from briefing.testing import FakeTranslator

    path = tmp_path / "store.sqlite"
    with Store(path) as store:
        for number in range(200):
            add(store, f"a{number}")
    data = bytearray(path.read_bytes())
    data[4096 * 3 :] = os.urandom(len(data) - 4096 * 3)
    path.write_bytes(bytes(data))
    config = DailyConfig.model_validate({"daily": {"store": path, "out": tmp_path / "out"}})
    with pytest.raises(OutputError, match=r"store\.sqlite"):
        Daily(config, translator=FakeTranslator(), clock=lambda: NOW).run()


def test_versions_count_for_each_address(store):
    assert add(store, "a", "x").version == 1
    assert add(store, "a", "x") is None
    assert add(store, "b", "x").version == 2
    assert add(store, "c", "y").version == 1
    assert [s.article.id for s in store.versions("x")] == ["a", "b"]


def test_an_edition_has_the_newest_version_only(store):
    add(store, "a", "x")
    add(store, "b", "x")
    store.open_edition("2026-11-22")
    assert store.claim("2026-11-22") == 2
    assert [(s.article.id, s.version) for s in store.edition("2026-11-22")] == [("b", 2)]


def test_what_waits_is_claimed_once_however_late(store):
    add(store, "a")
    add(store, "old", waiting=False, day="2026-10-01")
    for day, found in (("2026-11-22", 1), ("2026-11-23", 0)):
        store.open_edition(day)
        assert store.claim(day) == found
    store.open_edition("2026-10-01")
    assert store.claim_published("2026-10-01") == 1
    assert store.claim_published("2026-10-01") == 0


def test_lasting_refusals_are_told_once_and_passing_ones_every_day(store):
    lasting = Refusal(path="u1", code="no-article", reason="no text")
    passing = Refusal(path="u2", code="unreadable", reason="503")
    for day, told in (("2026-11-21", ["u1", "u2"]), ("2026-11-22", ["u2"])):
        store.refuse(day, [lasting, passing])
        store.refuse(day, [lasting, passing])
        assert [one.path for one in store.refused(day)] == told
    store.accept("2026-11-22", "u2")
    assert store.refused("2026-11-22") == ()
    assert [one.path for one in store.refused("2026-11-21")] == ["u1", "u2"], "history stays"


def test_merged_events_are_one_from_the_next_day_on(store):
    for day, name, event in (("2026-11-20", "a", "A"), ("2026-11-20", "b", "B")):
        add(store, name)
        store.open_edition(day)
        store.claim(day)
        store.finish_edition("2026-11-20", "t", {event: [name]}, {})
    add(store, "c")
    store.open_edition("2026-11-21")
    store.claim("2026-11-21")
    store.finish_edition("2026-11-21", "t", {"A": ["c"]}, {}, merges={"B": "A"})
    assert sorted(store.open_events("2026-11-21", "2026-11-01")) == ["A", "B"]
    later = store.open_events("2026-11-22", "2026-11-01")
    assert {event: [s.article.id for _, s in rows] for event, rows in later.items()} == {
        "A": ["a", "b", "c"]
    }


def test_long_events_are_remembered_for_a_while_only(store):
    for number, day in enumerate(("2026-09-01", "2026-11-01", "2026-11-20")):
        add(store, f"a{number}")
        store.open_edition(day)
        store.claim(day)
        store.finish_edition(day, "t", {"A": [f"a{number}"]}, {})
    found = store.open_events("2026-11-22", since="2026-11-15", known_since="2026-10-23")
    assert [s.article.id for _, s in found["A"]] == ["a1", "a2"]
    assert store.open_events("2026-11-22", since="2026-11-21") == {}


def test_lists_are_kept_as_long_as_they_can_be_asked_for_again(store):
    store.remember_list("u", Validators('"1"'), b"<rss/>")
    assert store.known_list("u") == (Validators('"1"'), b"<rss/>")
    store.remember_list("u", Validators(), b"<rss/>")
    assert store.known_list("u") is None


def test_a_failed_transaction_changes_nothing(store):
    def half() -> None:
        with store.transaction():
            add(store, "a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert store.count() == 0


def test_reading_makes_no_file(tmp_path):
    config = DailyConfig.model_validate({"daily": {"store": tmp_path / "absent.sqlite"}})
    health = describe_health(config, now=NOW, limit=5)
    assert (health.healthy, health.reason) == (False, "no run has ended yet")
    assert list(tmp_path.iterdir()) == []


def test_the_lock_names_its_holder_and_a_stale_one_is_none(tmp_path):
    store = tmp_path / "store.sqlite"
    lock_path(store).write_text("999999 2026-11-21T23:30:00+00:00\n")
    assert not is_held(store)
    with held(store, "2026-11-22T23:30:00+00:00"):
        assert is_held(store)
        said = rf"another run is at work: process {os.getpid()} since 2026-11-22T23:30"
        with pytest.raises(Locked, match=said), held(store, "later"):
            pass
    assert not is_held(store)


def test_a_run_that_was_killed_is_told_as_such(tmp_path):
    path = tmp_path / "store.sqlite"
    with Store(path) as store:
        store.begin_run("2026-11-22", NOW.isoformat())
    config = DailyConfig.model_validate({"daily": {"store": path}})
    assert (
        describe_health(config, now=NOW, limit=5).reason
        == "the last run, of 2026-11-22, was killed"
    )
    with held(path, "now"):
        health = describe_health(config, now=NOW, limit=5)
    assert health.running
    assert health.reason == "no run has ended yet"
