"""The error tree that `briefing/errors.py` draws is the one that its classes make."""

from __future__ import annotations

import inspect
import re

import pytest

from briefing import errors


def drawn_tree() -> dict[str, str]:
    """Read child -> parent out of the module's docstring."""
    parents: dict[str, str] = {}
    trail: list[tuple[int, str]] = []
    for line in errors.__doc__.splitlines():
        found = re.match(r"^(?P<stem>[\s│├└─]*)(?P<name>[A-Z]\w+)(?:\s{2,}|$)", line)
        if not found or not hasattr(errors, found["name"]):
            continue
        depth = len(found["stem"])
        trail = [(at, name) for at, name in trail if at < depth]
        if trail:
            parents[found["name"]] = trail[-1][1]
        trail.append((depth, found["name"]))
    return parents


def test_tree_in_the_docstring_is_the_tree_of_the_classes():
    classes = {
        name: kind.__bases__[0].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.BriefingError) and kind is not errors.BriefingError
    }
    assert drawn_tree() == classes


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.ConfigError, 2),
        (errors.UnknownModel, 2),
        (errors.OutputError, 2),
        (errors.TemplateError, 2),
        (errors.NothingToBrief, 3),
        (errors.InputRefused, 1),
    ],
)
def test_exit_codes(kind, code):
    assert kind.exit_code == code


@pytest.mark.parametrize(
    ("values", "text"), [((), ""), (("a",), "a"), (("a", "b"), "a or b"), ("abc", "a, b or c")]
)
def test_choices(values, text):
    assert errors.choices(values) == text
