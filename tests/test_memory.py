"""The translation memory as a file that others share, kill and break; and TMX in and out."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from briefing.daily.store import Store
from briefing.document import Flag
from briefing.errors import OutputError, UsageError
from briefing.translate.memory import Entry, Pair, TranslationMemory, match_form
from briefing.translate.tmx import read_tmx, write_tmx


@pytest.fixture
def memory(tmp_path):
    with TranslationMemory(tmp_path / "deep" / "memory.sqlite3") as opened:
        yield opened


def test_machine_entries_answer_for_their_key_alone(memory):
    entry = Entry("Hello", -0.25, truncated=True, notes=(Flag("retried", "why"),))
    memory.store("a", {"Halo": entry})
    assert memory.machine("a", ["Halo", "Apa"]) == {"Halo": entry}
    assert memory.machine("b", ["Halo"]) == {}


def test_the_first_to_store_wins(memory):
    memory.store("a", {"Halo": Entry("Hello")})
    memory.store("a", {"Halo": Entry("Hi"), "Apa": Entry("What")})
    assert memory.machine("a", ["Halo", "Apa"]) == {"Halo": Entry("Hello"), "Apa": Entry("What")}


def test_more_segments_than_a_statement_holds(memory):
    entries = {f"kata {n}": Entry(f"word {n}") for n in range(5000)}
    memory.store("k", entries)
    assert memory.machine("k", list(entries)) == entries
    memory.learn([Pair(source, entry.target) for source, entry in entries.items()])
    assert len(memory.human([source.upper() for source in entries])) == 5000


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Harga naik.", "Prices rise."),
        ("HARGA NAIK.", "Prices rise."),
        ("Harga\u00a0 naik.", "Prices rise."),
        ("“Harga” naik.", None),
        ("Harga naik 5.", None),
        ("Harga naik", None),
    ],
)
def test_human_entries_match_exactly_or_by_form(memory, asked, answer):
    memory.learn([Pair("Harga naik.", "Prices rise.", "desk")])
    found = memory.human([asked])
    assert (found[asked].target if found else None) == answer


def test_an_exact_match_goes_before_one_of_the_same_form(memory):
    memory.learn([Pair("Harga naik", "A"), Pair("HARGA NAIK", "B"), Pair("harga naik", "C")])
    found = memory.human(["Harga naik", "HARGA NAIK", "hArga naik"])
    assert [pair.target for pair in found.values()] == ["A", "B", "B"]


def test_a_correction_replaces_and_can_be_taken_back(memory):
    assert memory.learn([Pair("a", "x"), Pair("a", "y"), Pair("", "z"), Pair("b", " ")]) == 2
    assert list(memory.pairs()) == [Pair("a", "y")]
    assert memory.forget(["a", "b"]) == 1
    assert list(memory.pairs()) == []


def test_the_oldest_machine_entries_go_first(tmp_path):
    path = tmp_path / "m.sqlite3"
    with TranslationMemory(path, max_entries=3) as memory:
        for n in range(5):
            memory.store("k", {f"s{n}": Entry(str(n))})
        memory.learn([Pair("h", "kept")])
    with TranslationMemory(path) as memory:
        assert sorted(memory.machine("k", [f"s{n}" for n in range(5)])) == ["s2", "s3", "s4"]
        assert memory.human(["h"])


def test_match_form_keeps_digits_and_punctuation():
    assert match_form("“Rp 2.000,”  Katanya") == '"rp 2.000," katanya'


@pytest.mark.parametrize(
    "content", [b"this is not a database, but it is long enough" * 50, b"\0" * 5000]
)
def test_a_file_that_is_no_memory_is_left_alone(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(OutputError, match="--no-cache"):
        TranslationMemory(path)
    assert path.read_bytes() == content


def test_a_memory_of_another_version_is_refused(tmp_path):
    path = tmp_path / "m.sqlite3"
    TranslationMemory(path).close()
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 99")
    base.close()
    with pytest.raises(OutputError, match="its layout is 99"):
        TranslationMemory(path)


def test_a_folder_in_its_place_is_refused(tmp_path):
    with pytest.raises(OutputError, match="cannot use the translation memory"):
        TranslationMemory(tmp_path)


def test_a_full_disk_stops_storing_but_not_the_run(memory):
    memory._base.execute("PRAGMA max_page_count = 8")
    memory.store("k", {f"s{n}": Entry("x" * 2000) for n in range(100)})
    assert "cannot write" in memory.problem
    assert memory.machine("k", ["s1"]) == {}
    memory.store("k", {"s1": Entry("x")})
    with pytest.raises(OutputError, match="cannot write"):
        memory.learn([Pair(f"s{n}", "x" * 2000) for n in range(100)])


WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from briefing.translate.memory import Entry, TranslationMemory
    name, path = sys.argv[1], Path(sys.argv[2])
    memory = TranslationMemory(path)
    print("open", flush=True)
    for step in range(int(sys.argv[3])):
        memory.store("k", {f"s{step}-{n}": Entry(f"{step}-{n}") for n in range(20)})
        memory.store(name, {f"own{step}": Entry(name)})
        print(step, flush=True)
    memory.close()
    """
)


def start(name, path, steps):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, name, str(path), str(steps)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_two_processes_share_a_file(tmp_path):
    path = tmp_path / "m.sqlite3"
    processes = [start(name, path, 60) for name in ("one", "two")]
    try:
        for process in processes:
            process.communicate(timeout=120)
            assert process.returncode == 0
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    with TranslationMemory(path) as memory:
        assert memory.keys() == {"k": 1200, "one": 60, "two": 60}


class Holder(threading.Thread):
    """Another writer's lock, for some seconds, on a file without a write-ahead journal."""

    def __init__(self, path, seconds):
        super().__init__()
        self.seconds, self.releasing = seconds, threading.Event()
        self.base = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.base.execute("BEGIN IMMEDIATE")

    def run(self):
        time.sleep(self.seconds)
        self.releasing.set()
        self.base.execute("ROLLBACK")
        self.base.close()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.join()


@pytest.mark.parametrize("opened", [TranslationMemory, Store])
def test_opening_waits_for_whoever_is_making_the_file(tmp_path, opened):
    # SQLite says "database is locked" at once here, whatever the connection's timeout is.
    path = tmp_path / "m.sqlite3"
    with Holder(path, 0.2) as holder, opened(path):
        assert holder.releasing.is_set()


def test_a_file_locked_for_good_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.translate.memory.BUSY_SECONDS", 0.1)
    path = tmp_path / "m.sqlite3"
    with (
        Holder(path, 1.0),
        pytest.raises(OutputError, match="sqlite3: database is locked"),
    ):
        TranslationMemory(path)


def test_what_was_stored_survives_a_kill(tmp_path):
    path = tmp_path / "m.sqlite3"
    process = start("one", path, 1_000_000)
    assert process.stdout.readline() == "open\n"
    steps = [int(process.stdout.readline()) for _ in range(50)]
    time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    with TranslationMemory(path) as memory:
        found = memory.machine("k", [f"s{step}-{n}" for step in steps for n in range(20)])
        assert len(found) == 1000
        # A batch is there whole or not at all.
        assert memory.keys()["k"] % 20 == 0
        memory.store("after", {"a": Entry("b")})
        assert memory.machine("after", ["a"]) == {"a": Entry("b")}


def tmx(body, head='<?xml version="1.0" encoding="UTF-8"?>'):
    return f'{head}<tmx version="1.4"><header/><body>{body}</body></tmx>'


def unit(source, target, source_lang="id", target_lang="en", attribute="xml:lang"):
    return (
        f'<tu><tuv {attribute}="{source_lang}"><seg>{source}</seg></tuv>'
        f'<tuv {attribute}="{target_lang}"><seg>{target}</seg></tuv></tu>'
    )


def test_tmx_there_and_back(tmp_path):
    pairs = [
        Pair("Harga < biaya & “pajak”", "Price < cost & tax"),
        Pair("Satu\x0b dua", "One two", "from the <desk>"),
        Pair("emoji \U0001f600", "emoji \U0001f600"),
    ]
    path = tmp_path / "m.tmx"
    assert write_tmx(path, pairs) == 3
    assert list(read_tmx(path)) == [
        pairs[0],
        Pair("Satu dua", "One two", "from the <desk>"),
        pairs[2],
    ]
    first = path.read_bytes()
    write_tmx(path, pairs)
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        (unit("satu", "one"), [Pair("satu", "one")]),
        (unit("satu", "one", "ID-id", "en_GB"), [Pair("satu", "one")]),
        (unit("satu", "one", "in", "EN", "lang"), [Pair("satu", "one")]),
        (unit("satu", "eins", "id", "de"), []),
        (unit("", "one") + unit("dua", "  "), []),
        (unit("x" * 30_000, "one"), []),
        (unit("a <bpt i='1'>&lt;b></bpt>b<ept i='1'/> c", "x <hi>y</hi>"), [Pair("a b c", "x y")]),
        ("<tu/><tu><tuv/></tu>" + unit("dua", "two"), [Pair("dua", "two")]),
    ],
)
def test_tmx_of_other_tools(tmp_path, body, pairs):
    path = tmp_path / "m.tmx"
    path.write_text(tmx(body), encoding="utf-8")
    assert list(read_tmx(path)) == pairs


def test_tmx_in_utf16_with_a_doctype(tmp_path):
    path = tmp_path / "m.tmx"
    head = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    path.write_bytes(tmx(unit("satu", "one"), head).encode("utf-16"))
    assert list(read_tmx(path)) == [Pair("satu", "one")]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "not valid XML"),
        ("<tmx><body>", "not valid XML"),
        ("not xml", "not valid XML"),
        ("<html/>", "its root is <html>"),
        (f'<!DOCTYPE tmx [<!ENTITY l0 "ha">{LAUGHS}]>' + tmx("<tu>&l11;</tu>", ""), "entities"),
        (
            '<!DOCTYPE tmx [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + tmx(unit("&e;", "x"), ""),
            "entities",
        ),
    ],
)
def test_hostile_tmx_is_refused(tmp_path, content, says):
    path = tmp_path / "m.tmx"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        list(read_tmx(path))


def test_a_missing_tmx_and_an_unwritable_place(tmp_path):
    with pytest.raises(UsageError, match="cannot read"):
        list(read_tmx(tmp_path / "nothing.tmx"))
    with pytest.raises(OutputError, match="cannot write"):
        write_tmx(tmp_path / "no" / "folder.tmx", [])
