"""Whether every number of the source is in the translation, and the repair of one wrong number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from briefing.document import Flag
from briefing.translate.checks import english, indonesian
from briefing.translate.checks.quantities import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.translate.checks.quantities import Quantity

__all__ = ["check", "repair"]


@dataclass(frozen=True, slots=True)
class _Account:
    """The numbers of a pair that have no counterpart, and all of them."""

    source: tuple[Quantity, ...]
    target: tuple[Quantity, ...]
    missing: tuple[Quantity, ...]
    extra: tuple[Quantity, ...]


def check(source: str, translation: str) -> tuple[Flag, ...]:
    """Flag the numbers and clock times of an Indonesian `source` that its `translation` lost.

    Figures in the translation that the source does not state are flagged as well. Kinds are
    `number` and `time`. Number words, multipliers, ordinals, decades, 12-hour clocks and either
    order of day and month count as the same.
    """
    account = _account(source, translation)
    flags = []
    for number, times in (("number", False), ("time", True)):
        missing = _texts(q for q in account.missing if _is_time(q) == times)
        extra = _texts(q for q in account.extra if _is_time(q) == times)
        if missing and extra:
            reason = f"the Indonesian has {_listed(missing)}, the English {_listed(extra)}"
        elif missing:
            reason = f"{_listed(missing)} of the Indonesian is not in the English"
        elif extra:
            reason = f"{_listed(extra)} is not in the Indonesian"
        else:
            continue
        flags.append(Flag(number, reason))
    return tuple(flags)


def repair(source: str, translation: str) -> tuple[str, tuple[Flag, ...]]:
    """Mend the figures of `translation` where there is one certain way; return it and the record.

    Certain are figures with the points and commas of Indonesian (`12.500` for 12,500), and, where
    every other number of both sentences has its counterpart, one number of two or more figures that
    has one of them (of six, two) lost, added or changed, or has them out of order. Each repair
    gives a flag of the kind `number-repaired`.
    """
    flags: list[Flag] = []
    translation = _repunctuate(source, translation, flags)
    account = _account(source, translation)
    if len(account.missing) == len(account.extra) == 1:
        wanted, wrong = account.missing[0], account.extra[0]
        figures = _figures_for(wanted, wrong, translation)
        if figures is not None:
            before = translation[wrong.start : wrong.mantissa]
            translation = translation[: wrong.start] + figures + translation[wrong.mantissa :]
            flags.append(_record(before, figures, wanted))
    return translation, tuple(flags)


def _account(source: str, translation: str) -> _Account:
    left, right = indonesian.quantities(source), english.quantities(translation)
    missing = tuple(
        q
        for q in left
        if q.required
        and not any(q.matches(other) for other in right)
        and not (not q.digits and _kept(q.text, translation))
    )
    extra = tuple(q for q in right if q.digits and not any(q.matches(other) for other in left))
    return _Account(left, tuple(right), missing, extra)


def _kept(text: str, translation: str) -> bool:
    """Tell whether a number word stands in the translation as part of a name: `Pulau Seribu`."""
    return re.search(rf"\b{re.escape(text)}\b", translation, re.IGNORECASE) is not None


def _is_time(quantity: Quantity) -> bool:
    return any(isinstance(value, Clock) for value in quantity.values)


def _texts(quantities: object) -> list[str]:
    return list(dict.fromkeys(q.text.strip() for q in quantities))  # type: ignore[attr-defined]


def _listed(texts: Sequence[str]) -> str:
    return " and ".join(f"“{text}”" for text in texts)


def _repunctuate(source: str, translation: str, flags: list[Flag]) -> str:
    """Give figures in Indonesian punctuation the English one where the source has that value."""
    account = _account(source, translation)
    for wrong in reversed(account.extra):
        wanted = next((q for q in account.missing if wrong.other in q.values), None)
        if wrong.other is None or wanted is None or not wanted.digits:
            continue
        before = translation[wrong.start : wrong.mantissa]
        figures = _written(wrong.other / wrong.scale)
        translation = translation[: wrong.start] + figures + translation[wrong.mantissa :]
        flags.insert(0, _record(before, figures, wanted))
    return translation


def _record(before: str, figures: str, wanted: Quantity) -> Flag:
    return Flag(
        "number-repaired",
        f"“{before}” was corrected to “{figures}”; the Indonesian has “{wanted.text.strip()}”",
    )


def _figures_for(wanted: Quantity, wrong: Quantity, translation: str) -> str | None:
    """Return the figures that mend `wrong`, or `None` where that is not certain."""
    if not (wanted.digits and wrong.digits) or _is_time(wanted) or _is_time(wrong):
        return None
    old = "".join(filter(str.isdigit, translation[wrong.start : wrong.mantissa]))
    readings = [value for value in wanted.values if isinstance(value, Decimal)]
    # Of 2023 and 23, or 2 and 2,000,000, the one that is as long as the wrong figures is meant.
    alike = [value for value in readings if len(_written(value).replace(",", "")) == len(old)]
    if len(readings) != 1 and len(alike) != 1:
        return None
    value = readings[0] if len(readings) == 1 else alike[0]
    figures = _written(value / wrong.scale)
    if Decimal(figures.replace(",", "")) * wrong.scale != value or wanted.scale != wrong.scale:
        return None
    new = "".join(filter(str.isdigit, figures))
    if len(new) < 2 or not _misprinted(old, new):
        return None
    # A year, a code or a number in a name has no comma.
    plain = "," not in translation[wrong.start : wrong.mantissa] and "." not in wanted.text
    return figures.replace(",", "") if plain else figures


def _misprinted(old: str, new: str) -> bool:
    """Tell whether figures are others with a digit lost, added, changed, or out of order."""
    return _distance(old, new) <= max(1, len(new) // 3) or sorted(old) == sorted(new)


def _written(value: Decimal) -> str:
    """Write a value in figures the English way: `12,500`, `1.5`."""
    return f"{value.normalize():,f}"


def _distance(one: str, other: str) -> int:
    """Return the Levenshtein distance of two short strings."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]
