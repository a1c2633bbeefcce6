"""Options: precedence, one line for each mistake, and the help texts that come from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import ConfigError, Options, UsageError


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_defaults_without_anything():
    assert Options.resolve() == Options()
    assert Options().model == "id-en"


def test_arguments_beat_environment_beats_file_beats_defaults(here, monkeypatch):
    (here / "briefing.toml").write_text('model = "from-file"\nbeam = 2\nrows = "paragraph"\n')
    monkeypatch.setenv("BRIEFING_MODEL", "from-env")
    monkeypatch.setenv("BRIEFING_BEAM", "3")
    chosen = Options.resolve(model="from-call", beam=None)
    assert (chosen.model, chosen.beam, chosen.rows, chosen.threads) == (
        "from-call",
        3,
        "paragraph",
        0,
    )


def test_named_file_replaces_the_one_in_the_folder(here):
    (here / "briefing.toml").write_text("beam = 2")
    (here / "other.toml").write_text("threads = 2")
    chosen = Options.resolve(here / "other.toml")
    assert (chosen.beam, chosen.threads) == (4, 2)


def test_tables_of_other_commands_are_left_alone(here):
    (here / "briefing.toml").write_text(
        'beam = 2\n[daily]\nsince = "24h"\n[[sources]]\nurl = "x"\n'
    )
    assert Options.resolve().beam == 2


@pytest.mark.parametrize("given", ["docx,md", "docx, md", ["docx", "md"], ("docx", "md")])
def test_formats_as_text_or_list(given):
    assert Options.resolve(formats=given).formats == ("docx", "md")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"lang": "fr"}, "option 'lang': 'fr' is not one of en"),
        ({"formats": "pdf"}, "option 'formats': 'pdf' is not one of docx, md, html or json"),
        ({"formats": ""}, "option 'formats'"),
        ({"beam": 0}, "option 'beam': 0: input should be greater than or equal to 1"),
        ({"beam": "many"}, "option 'beam': 'many'"),
        ({"rows": "word"}, "option 'rows': 'word' is not one of sentence or paragraph"),
        ({"colour": "red"}, "option 'colour' is not an option; choose from lang, formats"),
    ],
)
@pytest.mark.usefixtures("here")
def test_bad_argument_is_one_line_with_value_and_choices(given, message):
    with pytest.raises(UsageError) as caught:
        Options.resolve(**given)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("here")
def test_bad_variable_names_the_variable(monkeypatch):
    monkeypatch.setenv("BRIEFING_ENGINE", "abacus")
    with pytest.raises(ConfigError, match=r"environment variable BRIEFING_ENGINE: 'abacus' is not"):
        Options.resolve()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("beam = 99", "'beam': 99"),
        ("bream = 4", "'bream' is not an option; choose from"),
        ("beam = ", "is not valid TOML"),
        (b"\xff\xfe", "is not valid TOML"),
    ],
)
def test_bad_file_is_named(here, text, message):
    path = here / "briefing.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        Options.resolve()
    assert "briefing.toml" in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.usefixtures("here")
def test_missing_named_file():
    with pytest.raises(ConfigError, match=r"cannot read the configuration absent\.toml"):
        Options.resolve(Path("absent.toml"))


def test_options_are_frozen():
    with pytest.raises(ValueError, match="frozen"):
        Options().beam = 2


def test_every_option_is_described():
    for name in Options.model_fields:
        text = Options.describe(name)
        assert text.endswith("."), name
