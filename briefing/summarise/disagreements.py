"""Where outlets give different facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import Bilingual, Claim, Disagreement
from briefing.summarise.days import english_day
from briefing.summarise.timeline import dated_lines

if TYPE_CHECKING:
    from briefing.summarise.passages import Collection

__all__ = ["disagreements_of"]


def disagreements_of(collection: Collection) -> tuple[Disagreement, ...]:
    """Return the facts on which outlets differ, and dates that contradict the calendar."""
    return _calendar(collection)


def _calendar(collection: Collection) -> tuple[Disagreement, ...]:
    """Return the dates whose printed weekday is wrong."""
    found = []
    for dated in dated_lines(collection):
        wrong = dated.day.contradiction
        if wrong is None:
            continue
        line = collection.lines[dated.index]
        day = dated.day.as_date()
        found.append(
            Disagreement(
                kind="date",
                about=Bilingual(line.source, line.sentence.translation),
                claims=(
                    Claim(
                        value=dated.day.text,
                        outlets=(line.article.outlet,) if line.article.outlet else (),
                        evidence=(line.evidence,),
                    ),
                ),
                note=f"{wrong} is {english_day(wrong)}, but {day.day} {day:%B %Y} was a {day:%A}",
            )
        )
    return tuple(found)
