"""Model names and folders: what is found, what is refused, and in which words."""

from __future__ import annotations

import json
import shutil

import pytest

from briefing.errors import ModelError, UnknownModel
from briefing.resources import bundled_model
from briefing.translate import load, names
from briefing.translate.models import find, folder_sha256, inspect


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(bundled_model("id-en"), tmp_path / "model")


def test_an_unknown_name_lists_the_valid_ones():
    with pytest.raises(UnknownModel) as caught:
        find("opus-mt-xx")
    assert "'opus-mt-xx'" in str(caught.value)
    assert all(name in str(caught.value) for name in names())


@pytest.mark.parametrize("name", ["..", ".", "../models/nothing", "a/b", "", "x\0y"])
def test_a_name_is_never_a_way_out_of_the_models_folder(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if name in {".", ".."}:
        with pytest.raises(ModelError, match="not a model folder"):
            load(name)
    else:
        with pytest.raises(ModelError):
            load(name)


def test_a_known_model_that_is_not_there_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(ModelError, match="briefing models pull nllb-600m"):
        find("nllb-600m")


@pytest.mark.parametrize(
    "file", ["config.json", "shared_vocabulary.json", "sentencepiece.bpe.model", "model.bin"]
)
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()
    with pytest.raises(ModelError, match=file.split(".")[0]):
        load(str(folder))


@pytest.mark.parametrize("size", [0, 1, 100, 100_000, 20_000_000])
def test_a_truncated_model_is_a_plain_error(folder, size):
    content = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(content[:size])
    with pytest.raises(ModelError, match=r"cannot load the model in .*model"):
        load(str(folder))


@pytest.mark.parametrize("file", ["config.json", "shared_vocabulary.json"])
@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "null", "3", '"a"', "\ufffd"])
def test_broken_json_is_a_plain_error(folder, file, content):
    if (file, content) == ("config.json", "{}"):
        pytest.skip("every key of the configuration has a default")
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError):
        load(str(folder))


def test_json_that_is_not_utf8_is_a_plain_error(folder):
    (folder / "config.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match=r"config\.json is broken"):
        load(str(folder))


def test_a_broken_sentencepiece_model_is_named(folder):
    (folder / "sentencepiece.bpe.model").write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"SentencePiece model .*sentencepiece\.bpe\.model"):
        load(str(folder))


def test_an_empty_folder_and_a_file_are_refused(tmp_path):
    with pytest.raises(ModelError, match=r"neither model\.bin"):
        load(str(tmp_path))
    file = tmp_path / "model.bin"
    file.touch()
    with pytest.raises(ModelError, match="is a file, not a model folder"):
        load(str(file))


def test_the_hash_sees_names_and_bytes_and_not_the_card(folder):
    before = folder_sha256(folder)
    (folder / "README.md").write_text("another card", encoding="utf-8")
    (folder / ".lock").write_text("", encoding="utf-8")
    assert folder_sha256(folder) == before
    (folder / "config.json").rename(folder / "config2.json")
    assert folder_sha256(folder) != before


def test_the_card_of_a_folder_gives_name_licence_and_limits(folder):
    card = {"name": "mine", "licence": "CC-BY-4.0", "max_pieces": 60}
    (folder / "briefing.json").write_text(json.dumps(card), encoding="utf-8")
    found = inspect(folder)
    assert (found.name, found.licence, found.max_pieces) == ("mine", "CC-BY-4.0", 60)
    (folder / "briefing.json").write_text('{"max_pieces": "many"}', encoding="utf-8")
    with pytest.raises(ModelError, match=r"briefing\.json"):
        inspect(folder)
