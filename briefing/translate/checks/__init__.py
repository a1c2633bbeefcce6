"""Consistency checks of one translated sentence: what the source states must be in the English.

Each check reads the Indonesian by its own rules, and the English by its, and flags what one has and
the other has not. Precision comes first: a flag that cries wolf is not read. On 1,953 loose human
translations of news and on 393 faithful ones the rates stand in `tests/test_checks.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import Flag
from briefing.translate.checks import calendar, countries, names, numbers, polarity, units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["KINDS", "MAX_CHARS", "check", "repair_numbers"]

MAX_CHARS = 10_000
"""No sentence is so long. A longer text is not checked but flagged, so that work stays bounded."""

KINDS = (
    "number",  # a number is missing, changed or added
    "number-repaired",  # a wrong number was put right
    "time",  # a clock time or its zone
    "date",  # a weekday or month
    "currency",  # an amount of money lost its currency
    "unit",  # a unit or percent sign was lost or changed
    "negation",  # a negation stands on one side only
    "name",  # a name is missing, or a country is named that the source does not name
    "unchecked",  # the text is too long to be a sentence
    "term",  # a term is not as the glossary has it
)
"""The kinds of flags that the checks set."""


def check(
    source: str, translation: str, glossary: Mapping[str, Sequence[str]] | None = None
) -> tuple[Flag, ...]:
    """Compare an Indonesian sentence (BCP 47 `id`) with its English translation.

    `glossary` maps terms that were asked for to their accepted English forms; countries, offices
    and acronyms of the news are known without it. Returns one flag for each kind of doubt, worst
    first; none where the translation states what the source states, or is empty.
    """
    if not translation.strip():
        return ()
    if len(source) > MAX_CHARS or len(translation) > MAX_CHARS:
        return (Flag("unchecked", "the text is too long to be checked"),)
    figures = numbers.check(source, translation)
    said = " ".join(flag.reason for flag in figures)
    dates = [
        flag
        for flag in calendar.check(source, translation)
        # A lost date is said once: `12/9/2023` with its number, not again with its month.
        if not (flag.reason.startswith("“") and flag.reason.split("”")[0] + "”" in said)
    ]
    return (
        *figures,
        *dates,
        *units.check(source, translation),
        *polarity.check(source, translation),
        *names.check(source, translation, glossary),
        *countries.check(source, translation),
    )


def repair_numbers(source: str, translation: str) -> tuple[str, tuple[Flag, ...]]:
    """Put right the figures of `translation` where there is one certain way.

    Returns the translation and a flag `number-repaired` for each repair; the translation unchanged
    and no flag where nothing is wrong or nothing certain. See `numbers.repair` for what is certain.
    """
    if not translation.strip() or max(len(source), len(translation)) > MAX_CHARS:
        return translation, ()
    return numbers.repair(source, translation)
