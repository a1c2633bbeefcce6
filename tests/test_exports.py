"""Public names are those of `briefing.__all__`, and importing them costs nothing until used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import briefing

HEAVY = (
    "ctranslate2",
    "sentencepiece",
    "trafilatura",
    "docx",
    "dateparser",
    "torch",
    "transformers",
)


def test_every_public_name_loads_and_stands_once():
    assert len(set(briefing.__all__)) == len(briefing.__all__)
    for name in briefing.__all__:
        assert getattr(briefing, name) is not None


def test_all_matches_the_lazy_table():
    assert set(briefing.__all__) == set(briefing._HOME_OF)


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = briefing.nonsense


@pytest.mark.parametrize(
    "code", ["import briefing", "from briefing.cli import app", "import briefing; briefing.Options"]
)
def test_heavy_packages_stay_unloaded(code):
    loaded = f"import sys; print([n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{loaded}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_help_loads_no_stage():
    """`briefing --help` answers at once: the stages' modules load when there is work."""
    stages = (
        "briefing.ingest.page", "briefing.translate.articles", "briefing.group.events",
        "briefing.summarise.events", "briefing.render.word",
    )  # fmt: skip
    code = f"import sys, briefing.cli; print([n for n in {stages!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
