"""The README cannot drift from the code: help texts, options and exit codes are compared."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from briefing import Options
from briefing.options import ENV_PREFIX


@pytest.fixture(scope="module")
def readme(root) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def help_text(*command: str) -> str:
    """Return what `briefing COMMAND --help` shows on a terminal of 80 columns."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "80", "TERM": "dumb", "PATH": "", "NO_COLOR": "1"},
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())


def test_the_two_commands_stand_on_the_first_screen(readme):
    top = "\n".join(readme.splitlines()[:40])
    assert (
        "python3 -m venv .venv && .venv/bin/pip install . && "
        ".venv/bin/briefing make samples/articles --lang en --out out"
    ) in top
    assert "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest" in top


def test_help_texts_are_the_real_ones(readme):
    blocks = re.findall(r"```text\n\$ briefing ([a-z ]*)--help\n(.*?)```", readme, re.DOTALL)
    assert {command.strip() for command, _ in blocks} >= {"", "make", "render"}
    for command, block in blocks:
        assert block.strip() == help_text(*command.split()), command


def test_every_option_stands_in_the_table_with_its_default(readme):
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", readme, re.MULTILINE))
    for name, field in Options.model_fields.items():
        default = field.default
        shown = ",".join(default) if isinstance(default, tuple) else default
        assert rows.get(name) == ("none" if shown is None else f"`{shown}`"), name
        assert Options.describe(name) in readme, name


def test_environment_prefix_is_named(readme):
    assert f"`{ENV_PREFIX}" in readme
