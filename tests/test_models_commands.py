"""`briefing models`, `memory` and `eval` as a user runs them."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from briefing.errors import BriefingError
from briefing.resources import bundled_model
from briefing.translate import commands
from briefing.translate.memory import Pair, TranslationMemory

app = typer.Typer()
app.add_typer(commands.models_app, name="models")
app.add_typer(commands.memory_app, name="memory")
app.command("eval")(commands.evaluate)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments):
        result = CliRunner().invoke(app, [str(a) for a in arguments])
        if result.exception and not isinstance(result.exception, (SystemExit, BriefingError)):
            raise result.exception
        return result

    return run


@pytest.fixture
def test_set(tmp_path):
    file = tmp_path / "set.tsv"
    rows = [
        ("Harga beras naik.", "The price of rice rose.", "economy"),
        ("Banjir merendam tiga desa.", "Floods inundated three villages.", "disaster"),
        ("Presiden tiba di Jakarta pada hari Rabu.", "The president arrived on Wednesday.", "x"),
    ]
    file.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return file


def test_list_shows_names_licences_and_state(run):
    lines = run("models", "list").stdout.splitlines()
    assert any(line.startswith("id-en") and " installed" in line for line in lines)
    assert any("nllb-600m" in line and "CC-BY-NC-4.0" in line for line in lines)
    rows = json.loads(run("models", "list", "--json").stdout)
    assert {row["name"]: row["installed"] for row in rows}["opus-mt-id-en"] is False


def test_path(run, tmp_path):
    assert run("models", "path", "id-en").stdout.strip() == str(bundled_model("id-en"))
    assert run("models", "path").stdout.strip().startswith(str(tmp_path / "data"))
    result = run("models", "path", "nothing")
    assert "unknown model 'nothing'" in str(result.exception)


def test_check_shows_the_identity(run):
    result = run("models", "check", "--json")
    told = json.loads(result.stdout)
    assert (told["name"], told["engine"], told["empty"]) == ("id-en", "ct2", 0)
    assert "sha256: " in run("models", "check", "id-en").stdout


def test_convert_refuses_what_is_no_checkpoint(run, tmp_path):
    assert "is not a folder" in str(run("models", "convert", tmp_path / "no").exception)
    result = run("models", "convert", bundled_model("id-en"), tmp_path / "x")
    assert "already a CTranslate2 model" in str(result.exception)
    result = run("models", "convert", tmp_path, "--quantization", "int1")
    assert "choose from int8, int16, float32" in str(result.exception)


def test_memory_there_and_back(run, tmp_path):
    memory = tmp_path / "m.sqlite3"
    with TranslationMemory(memory) as opened:
        opened.learn([Pair("satu", "one"), Pair("dua", "two")])
    assert run("memory", "export", tmp_path / "m.tmx", "--memory", memory).stdout.endswith(
        "2 pairs\n"
    )
    other = tmp_path / "other.sqlite3"
    assert run("memory", "import", tmp_path / "m.tmx", "--memory", other).exit_code == 0
    with TranslationMemory(other) as opened:
        assert list(opened.pairs()) == [Pair("dua", "two"), Pair("satu", "one")]


def test_eval_prints_a_table_and_json(run, test_set):
    pytest.importorskip("sacrebleu", reason="installed with the extra [test]")
    result = run("eval", test_set)
    assert "| id-en | ct2 |" in result.stdout
    assert "tok:13a" in result.stdout
    (told,) = json.loads(run("eval", test_set, "--json", "--plain", "--lines", 2).stdout)
    assert (told["lines"], told["plain"]) == (2, True)
    assert set(told["domains"]) == {"economy", "disaster"}


def test_eval_compares_and_pins(run, test_set, tmp_path):
    pytest.importorskip("sacrebleu", reason="installed with the extra [test]")
    floors = tmp_path / "floors.json"
    told = run(
        "eval", test_set, "--compare", "id-en", bundled_model("id-en"), "--json", "--update", floors
    )
    *_, compared = json.loads(told.stdout)
    assert compared["p_bleu"] > 0.9
    assert json.loads(floors.read_text("utf-8"))["model"] == "id-en"
