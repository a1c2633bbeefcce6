"""Putting a glossary's term into a translation that lacks it, by forced decoding.

The model's own hypothesis is cut before each of its words, an accepted wording of the term is set
there, and the model completes the sentence from that prefix; of all completions that hold the term
the one is kept that is least doubted and, among those, most probable under the model. This is the
idea of grid beam search (Hokamp & Liu 2017) with the place of the constraint searched outside the
decoder, so that it needs no more of an engine than decoding from a prefix and scoring.

Measured with the first weights: on the 48 of 250 rows of guntara-news-valid whose translation lacked
a term that its reference has, 51 of 52 terms came into place, BLEU 12.8 after 11.0 and chrF++ 39.0
after 35.4; on `tests/data/glossary/terms.tsv` 214 of 214 terms are right after 135, BLEU 45.0 after
39.5. Replacing the words that cross-attention aligned to a term put 51 of 52 in, but often over
another word: BLEU 10.2, so it is not used.

Names that a translation lost are put back in the same way: of the 11 in the first 120 rows of
`tests/data/eval/news-id-en.tsv` 9 were, and chrF++ of the 120 rose from 48.7 to 49.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from briefing.document import Flag
from briefing.translate.checks import names
from briefing.translate.glossary import Hit, Term, has_wording, wording_pattern
from briefing.translate.translator import Hypothesis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.translate.doubts import Examiner
    from briefing.translate.glossary import Glossary

__all__ = ["Enforcer", "Forcing"]

# A term has mostly one place; noun and adjective (Russia, Russian) are tried.
WORDINGS = 2
# Each term of a segment is a search of its own; a list of forty countries is left to the flags.
MAX_TERMS = 8
MAX_NAMES = 4
# Longer than any sentence; in a segment without an end nothing has a place.
MAX_CHARS = 2000


@runtime_checkable
class Forcing(Protocol):
    """A translator that can complete a translation around given words."""

    @property
    def workers(self) -> int:
        """How many segments it can work on at a time."""
        ...

    def translate(self, segments: Sequence[str]) -> list[Hypothesis]:
        """Translate each segment."""
        ...

    def forced(
        self, segment: str, text: str, wordings: Sequence[str], near: float | None = None
    ) -> list[Hypothesis]:
        """Return completions of `segment`'s translation `text` with each wording near a place."""
        ...


@dataclass(frozen=True, slots=True)
class Enforcer:
    """Puts the terms of `glossary` into the hypotheses of `translator` where they are missing."""

    glossary: Glossary
    translator: object
    examiner: Examiner

    def enforce(self, segment: str, hypothesis: Hypothesis) -> tuple[Hypothesis, tuple[Flag, ...]]:
        """Return the hypothesis with the terms of `segment` in it, and a note for each put in.

        A term for which no completion is found stays missing, and the examiner flags it.
        """
        notes: list[Flag] = []
        if len(segment) > MAX_CHARS:
            return hypothesis, ()
        for hit in self.glossary.missing(segment, hypothesis.text)[:MAX_TERMS]:
            if has_wording(hypothesis.text, hit.term):
                continue  # it came with an earlier term
            found = _uncopied(hypothesis, hit.term) or self._forced(segment, hypothesis, hit)
            if found is not None:
                used = _used(found, hit.term)
                notes.append(Flag("term", f"“{hit.term.source}” was put in as “{used}”"))
                hypothesis = found
        return hypothesis, tuple(notes)

    def keep_names(
        self, segment: str, hypothesis: Hypothesis
    ) -> tuple[Hypothesis, tuple[Flag, ...]]:
        """Return the hypothesis with the names of `segment` that it lost, and a note for each."""
        notes: list[Flag] = []
        if len(segment) > MAX_CHARS:
            return hypothesis, ()
        terms = {term.source: term.accepted for term in self.glossary.find(segment)}
        for start, end in names.lost(segment, hypothesis.text, terms)[:MAX_NAMES]:
            name = segment[start:end]
            hit = Hit(Term(name, (name,)), start, end)
            if has_wording(hypothesis.text, hit.term):
                continue
            found = self._forced(segment, hypothesis, hit)
            if found is not None:
                notes.append(Flag("name-kept", f"“{name}” was put in"))
                hypothesis = found
        return hypothesis, tuple(notes)

    def _forced(self, segment: str, hypothesis: Hypothesis, hit: Hit) -> Hypothesis | None:
        translator = self.translator
        if not isinstance(translator, Forcing) or hypothesis.truncated:
            return None
        near = (hit.start + hit.end) / (2 * max(len(segment), 1))
        wordings = hit.term.accepted[:WORDINGS]
        if hit.term.expansion:
            # The model may know the long form: a whole translation is cheaper than completions.
            spelt = segment[: hit.start] + hit.term.expansion + segment[hit.end :]
            found = self._best(segment, hypothesis, hit.term, translator.translate([spelt]))
            if found is not None:
                return found
        for place in (near, None):
            made = translator.forced(segment, hypothesis.text, wordings, place)
            found = self._best(segment, hypothesis, hit.term, made)
            if found is not None:
                return found
        return None

    def _best(
        self, segment: str, old: Hypothesis, term: Term, made: Sequence[Hypothesis]
    ) -> Hypothesis | None:
        """Return the best completion that holds the term and is no more doubtful than `old`."""
        # What an earlier term or the model itself got right must not be lost for this one.
        held = [t for t in self.glossary.find(segment) if has_wording(old.text, t)]
        # A forced wording is one that the model did not expect: its score is no new doubt.
        doubt = self.examiner.weigh_text(segment, old)
        good = [
            h
            for h in made
            if all(has_wording(h.text, t) for t in (term, *held))
            and self.examiner.weigh_text(segment, h) <= doubt
        ]
        return max(good, key=lambda h: h.score or 0.0) if good else None


def _uncopied(hypothesis: Hypothesis, term: Term) -> Hypothesis | None:
    """Replace the Indonesian term where the model copied it into the English."""
    copied = re.compile(rf"(?<!\w){re.escape(term.source)}(?!\w)")
    text = copied.sub(lambda _: term.target, hypothesis.text)
    if text == hypothesis.text or not has_wording(text, term):
        return None
    return Hypothesis(text, hypothesis.score, hypothesis.truncated)


def _used(hypothesis: Hypothesis, term: Term) -> str:
    found = (w for w in term.accepted if wording_pattern(w).search(hypothesis.text))
    return next(found, term.target)
