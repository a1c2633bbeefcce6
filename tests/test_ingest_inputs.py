"""Walking the arguments: folders, globs, links, and what cannot be read."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from briefing.errors import InputRefused
from briefing.ingest.inputs import STDIN, Source, expand, read_source


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.txt", "sub/c.html", "sub/deep/d.json", ".hidden", "sub/.DS_Store"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def names(*arguments):
    return [source.path for source in expand(arguments)]


def codes(*arguments):
    return {
        source.path: source.refusal.code
        for source in expand(arguments)
        if source.refusal is not None
    }


def test_folder_in_sorted_order_without_hidden_files(folder):
    assert names("sub", ".") == ["sub/c.html", "sub/deep/d.json", "./a.txt", "./b.txt"]
    assert names(".") == ["./a.txt", "./b.txt", "./sub/c.html", "./sub/deep/d.json"]


def test_files_come_once_whatever_they_are_called(folder):
    assert names("a.txt", "./a.txt", folder / "a.txt", ".") == [
        "a.txt",
        "./b.txt",
        "./sub/c.html",
        "./sub/deep/d.json",
    ]


def test_globs(folder):
    assert names("*.txt") == ["a.txt", "b.txt"]
    assert names("**/*.json") == ["sub/deep/d.json"]
    assert names("s*") == ["sub/c.html", "sub/deep/d.json"]
    assert codes("*.csv") == {"*.csv": "missing"}


def test_a_file_with_glob_marks_in_its_name(folder):
    Path("a[1].txt").write_text("x")
    assert names("a[1].txt") == ["a[1].txt"]


def test_missing_and_dangling(folder):
    Path("dangling.txt").symlink_to("nowhere.txt")
    assert codes("no-such.txt") == {"no-such.txt": "missing"}
    assert codes("a.txt/below") == {"a.txt/below": "missing"}
    assert codes("dangling.txt") == {"dangling.txt": "missing"}
    assert codes(".") == {"./dangling.txt": "missing"}
    assert "link" in next(s for s in expand(["dangling.txt"])).refusal.reason


def test_link_to_a_file_is_read_and_link_to_a_folder_is_not_entered(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "e.txt").write_text("e")
    Path("sub/link.txt").symlink_to(outside / "e.txt")
    Path("sub/away").symlink_to(outside)
    assert names("sub") == ["sub/c.html", "sub/link.txt", "sub/deep/d.json"]
    assert names("sub/away") == ["sub/away/e.txt"]


def test_loops_end(folder):
    Path("sub/loop").symlink_to(Path.cwd())
    Path("self.txt").symlink_to("self.txt")
    assert "./sub/c.html" in names(".")
    assert codes(".") == {"./self.txt": "missing"}


def test_empty_folder(folder):
    Path("nothing").mkdir()
    assert codes("nothing") == {"nothing": "empty"}


def test_a_pipe_in_a_folder_does_not_block(folder):
    os.mkfifo("sub/pipe.txt")
    assert codes("sub") == {"sub/pipe.txt": "unsupported"}


def test_null_in_a_name(folder):
    assert codes("a\0b") == {"a\\0b": "missing"}


def test_bytes_and_hash(folder):
    data, digest = read_source(Source("a.txt"), 100)
    assert data == b"a.txt"
    assert digest == hashlib.sha256(b"a.txt").hexdigest()


def test_too_large_is_not_read_whole(folder):
    Path("big.txt").write_bytes(b"x" * 2_000)
    with pytest.raises(InputRefused) as caught:
        read_source(Source("big.txt"), 1_000)
    assert caught.value.code == "too-large"
    assert "1,000" in caught.value.reason


def test_gone_between_listing_and_reading(folder):
    with pytest.raises(InputRefused) as caught:
        read_source(Source("gone.txt"), 1_000)
    assert caught.value.code == "missing"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_unreadable(folder):
    Path("a.txt").chmod(0)
    with pytest.raises(InputRefused) as caught:
        read_source(Source("a.txt"), 1_000)
    assert caught.value.code == "unreadable"


def test_refused_by_the_system(folder, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputRefused, match="Permission denied") as caught:
        read_source(Source("a.txt"), 1_000)
    assert caught.value.code == "unreadable"


def test_standard_input(folder, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"halo")))
    assert names("-", "-") == [STDIN]
    assert read_source(Source(STDIN), 100)[0] == b"halo"
