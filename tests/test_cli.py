"""The command line: exit codes, one line for each mistake, and nothing but results on stdout."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
import typer

import briefing
from briefing import cli
from briefing.cli import main

KABAR = """Banjir Rendam Ratusan Rumah di Kabupaten Maju

Bandar Maju, Kabar Contoh - Banjir merendam sedikitnya 250 rumah di Kabupaten Maju pada Senin \
(4/9/2023) setelah hujan lebat turun sejak malam.

Kepala badan penanggulangan bencana setempat, Sari Wulandari, mengatakan sebanyak 900 warga sudah \
mengungsi ke tiga balai desa. "Kami masih mendata warga yang bertahan di rumah," kata Sari.

Air mulai surut pada siang hari, tetapi jalan utama menuju kota belum dapat dilalui kendaraan.
"""
ENGLISH = """Hundreds of homes flooded in the district

The flood has affected at least two hundred homes since Monday after heavy rain fell overnight, the
head of the local disaster agency said, and nine hundred people have moved to three village halls.
The water began to recede in the afternoon, but the main road to the city was still closed.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with one good article, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "banjir.txt").write_text(KABAR, encoding="utf-8")
    return tmp_path


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err + shown.out
    return code, shown.out, shown.err


def test_the_marks_told_are_those_of_the_document(folder, capsys):
    """Regression: the document counted marked titles, the line on the terminal did not."""
    made = briefing.make([folder / "in"], engine="fake")
    doubt = briefing.Flag("number", "a doubt")
    events = tuple(
        replace(e, articles=tuple(replace(a, title_flags=(doubt,)) for a in e.articles))
        for e in made.events
    )
    made = replace(made, events=events)
    with pytest.raises(typer.Exit):
        cli._finish(made, [], quiet=False, report=False)
    told = re.search(r"(\d+) of \d+ sentences and (\d+) titles are marked", capsys.readouterr().out)
    made.save(folder / "o")
    text = (folder / "o" / "briefing.md").read_text(encoding="utf-8")
    drawn = re.search(r"Marked as doubtful: (\d+)", text)
    assert told
    assert drawn
    assert int(told[2]) == len(made.articles) > 0
    assert int(told[1]) + int(told[2]) == int(drawn[1])


def test_all_articles_in_is_0_and_names_the_files(folder, capsys):
    code, out, err = run(capsys, "make", "in", "--lang", "en", "--engine", "fake", "--out", "o")
    assert code == 0
    assert "1 events from 1 articles" in out
    made = sorted(path.name for path in (folder / "o").iterdir())
    assert made == ["briefing.docx", "briefing.html", "briefing.json", "briefing.md"]
    assert all(f"o/{name}" in out for name in made)
    assert "briefing: translate" in err


def test_refused_input_is_1_and_the_good_article_is_in(folder, capsys):
    (folder / "in" / "flood.txt").write_text(ENGLISH)
    code, _, err = run(capsys, "make", "in", "--engine", "fake", "--out", "o", "-f", "json")
    assert code == 1
    assert "refused in/flood.txt" in err
    assert "(language)" in err
    read = briefing.Briefing.from_json((folder / "o" / "briefing.json").read_bytes())
    assert [article.path for article in read.articles] == ["in/banjir.txt"]
    assert [(one.path, one.code) for one in read.refused] == [("in/flood.txt", "language")]


def test_a_photograph_in_the_folder_is_listed_and_no_missing_article(folder, capsys):
    (folder / "in" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    code, _, err = run(capsys, "make", "in", "--engine", "fake", "--out", "o", "-f", "json")
    assert code == 0
    assert "refused in/photo.jpg" in err
    arguments = ("make", "in/banjir.txt", "in/photo.jpg", "--engine", "fake", "--out", "o")
    assert run(capsys, *arguments)[0] == 1


def test_nothing_to_brief_is_3(folder, capsys):
    (folder / "in" / "banjir.txt").write_text("")
    code, out, err = run(capsys, "make", "in", "--engine", "fake", "--out", "o")
    assert code == 3
    assert out == ""
    assert "nothing to brief" in err
    assert not (folder / "o").exists() or not list((folder / "o").iterdir())


def test_report_is_json_on_stdout(folder, capsys):
    (folder / "in" / "empty.txt").write_text("")
    code, out, _ = run(
        capsys, "make", "in", "--engine", "fake", "--out", "o", "--json", "-f", "md,json"
    )
    report = json.loads(out)
    assert (code, report["exit_code"], report["articles"]) == (1, 1, 1)
    assert [one["code"] for one in report["refused"]] == ["empty"]
    assert report["files"] == ["o/briefing.md", "o/briefing.json"]
    assert report["signature"].startswith("model:")


def test_report_of_nothing_is_json_too(folder, capsys):
    (folder / "in" / "banjir.txt").write_text("")
    code, out, _ = run(capsys, "make", "in", "--engine", "fake", "--json")
    assert (code, json.loads(out)["exit_code"]) == (3, 3)


def test_quiet_shows_nothing_when_all_is_well(folder, capsys):
    assert run(capsys, "make", "in", "--engine", "fake", "--out", "o", "--quiet") == (0, "", "")


def test_same_input_same_bytes(folder, capsys):
    for out in ("one", "two"):
        assert run(capsys, "make", "in", "--engine", "fake", "--out", out)[0] == 0
    for name in ("briefing.json", "briefing.md", "briefing.html", "briefing.docx"):
        assert (folder / "one" / name).read_bytes() == (folder / "two" / name).read_bytes(), name


def test_command_and_library_give_the_same_document(folder, capsys):
    run(capsys, "make", "in", "--engine", "fake", "--out", "o", "-f", "json")
    made = briefing.make(["in"], lang="en", engine="fake", formats="json")
    assert (folder / "o" / "briefing.json").read_text(encoding="utf-8") == made.to_json()


def test_render_draws_again_from_json_alone(folder, capsys):
    run(capsys, "make", "in", "--engine", "fake", "--out", "o")
    code, _, _ = run(capsys, "render", "o/briefing.json", "--out", "again")
    assert code == 0
    for name in ("briefing.json", "briefing.md", "briefing.html", "briefing.docx"):
        assert (folder / "o" / name).read_bytes() == (folder / "again" / name).read_bytes(), name


def test_render_in_one_language(folder, capsys):
    """The source column goes, and with it the page's own headline."""
    run(capsys, "make", "in", "--engine", "fake", "--out", "o")
    texts = {}
    for languages in ("both", "id", "en"):
        arguments = ("--out", languages, "-f", "md", "--languages", languages)
        assert run(capsys, "render", "o/briefing.json", *arguments)[0] == 0
        texts[languages] = (folder / languages / "briefing.md").read_text(encoding="utf-8")
    assert "[en]" not in texts["id"].replace("\\", "")
    assert len(texts["en"]) < len(texts["both"])
    assert "900 warga" in texts["id"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["make", "in", "--lang", "fr"], "'fr' is not one of en"),
        (["make", "in", "--format", "pdf"], "'pdf' is not one of docx, md, html or json"),
        (["make", "in", "--model", "gpt-9"], "gpt-9"),
        (["make", "in", "--engine", "abacus"], "'abacus' is not one of"),
        (["make", "in", "--config", "absent.toml"], "absent.toml"),
        (["make", "in", "--beam", "0"], "beam"),
        (["make", "in", "--beam", "x"], "--beam"),
        (["make"], "INPUT"),
        (["mkae"], "mkae"),
        (["render", "absent.json"], "cannot read absent.json"),
        (["render", "in/banjir.txt"], "in/banjir.txt: not a briefing"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_usage_is_2_and_names_the_bad_value(capsys, arguments, message):
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert message in err


def test_unknown_model_lists_the_valid_names(folder, capsys):
    code, _, err = run(capsys, "make", "in", "--model", "gpt-9")
    assert code == 2
    assert "id-en" in err
    assert "opus-mt-id-en" in err
    assert len(err.strip().splitlines()[-1].splitlines()) == 1


def test_unwritable_output_is_found_before_the_work(folder, capsys):
    (folder / "o").write_text("a file where the folder should be")
    code, _, err = run(capsys, "make", "in", "--engine", "fake", "--out", "o")
    assert code == 2
    assert "o" in err
    assert "translate" not in err


def test_internal_error_is_one_line(folder, capsys, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("boom\x1b[31m")

    monkeypatch.setattr("briefing.pipeline.make", fail)
    code, _, err = run(capsys, "make", "in")
    assert code == 70
    assert "internal error: RuntimeError: boom\\x1b[31m" in err
    monkeypatch.setenv("BRIEFING_DEBUG", "1")
    with pytest.raises(RuntimeError, match="boom"):
        main(["make", "in"])


def test_interrupt_is_130(folder, capsys, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("briefing.pipeline.make", stop)
    code, _, err = run(capsys, "make", "in")
    assert code == 130
    assert err.endswith("briefing: interrupted\n")


def test_version(capsys):
    assert run(capsys, "--version") == (0, f"briefing {briefing.__version__}\n", "")


def test_standard_input(folder):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "briefing",
            "make",
            "-",
            "--engine",
            "fake",
            "--out",
            "o",
            "-f",
            "md",
        ],
        input=KABAR,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert "250 rumah" in (folder / "o" / "briefing.md").read_text(encoding="utf-8")
