"""What happens to a segment between the page and the row: memory, model, guards, second tries.

A segment that a guard doubts is searched for again in other ways, and the best of the hypotheses is
kept. What was done is noted; what is still doubtful is flagged.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from briefing.document import Flag
from briefing.translate.batching import Decoding, Redecoder
from briefing.translate.doubts import SEARCHED, SPLIT, Examiner
from briefing.translate.enforcement import Enforcer, Forcing
from briefing.translate.glossary import Glossary
from briefing.translate.guards import GuardOptions
from briefing.translate.memory import Entry
from briefing.translate.normalisation import LEVELS, clauses, copies
from briefing.translate.translator import Hypothesis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.translate.memory import TranslationMemory
    from briefing.translate.translator import Translator

__all__ = ["Finished", "Workflow"]

# Part of the memory's key: bumped when this module would make another text of the same hypothesis.
VERSION = 2
# A part of a split segment needs this many words, or it loses the context that it needs.
MIN_PART_WORDS = 4


@dataclass(frozen=True, slots=True)
class Finished:
    """A segment's translation with its score, the doubts that remain and what was done to it."""

    text: str
    score: float | None = None
    flags: tuple[Flag, ...] = ()
    notes: tuple[Flag, ...] = ()
    human: bool = False


class Workflow:
    """Translates segments with all the care that the options ask for.

    `memory` answers for what was translated before; `glossary` puts terms in their place;
    `options` set the guards.
    """

    def __init__(
        self,
        translator: Translator,
        *,
        memory: TranslationMemory | None = None,
        glossary: Glossary | None = None,
        options: GuardOptions | None = None,
    ) -> None:
        self._translator = translator
        self._memory = memory
        self._glossary = glossary
        self._examiner = Examiner(options or GuardOptions(), glossary)
        self.translated = 0
        """How many segments the model was asked for; the rest came from the memory."""

    @property
    def key(self) -> str:
        """The memory's key: a hash of all that shapes a machine translation but its segment."""
        identity = self._translator.identity
        decoding = getattr(self._translator, "decoding", None)
        parts = {
            "workflow": VERSION,
            "engine": identity.engine,
            "model": identity.sha256,
            "languages": [identity.source, identity.target],
            "versions": identity.versions,
            "decoding": asdict(decoding) if decoding else None,
            "guards": asdict(self._examiner.options),
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def run(self, segments: Sequence[str]) -> list[Finished]:
        """Translate segments (model input, BCP 47 `id`); the result has the same length and order.

        What the model made is stored in the memory in one transaction before the call returns.
        """
        human = self._memory.human(segments) if self._memory else {}
        asked = [s for s in dict.fromkeys(segments) if s not in human and not copies(s)]
        entries = self._known(asked)
        new = [s for s in asked if s not in entries]
        made = self._translate(new)
        if self._memory:
            self._memory.store(self.key, {self._name(s): entry for s, entry in made.items()})
        entries.update(made)
        finished: list[Finished] = []
        for segment in segments:
            if segment in human:
                note = human[segment].note or "an analyst's wording, from the translation memory"
                text = human[segment].target
                finished.append(Finished(text, notes=(Flag("memory", note),), human=True))
            elif segment in entries:
                finished.append(self._finish(segment, entries[segment]))
            else:
                finished.append(Finished(segment))
        return finished

    def _known(self, segments: Sequence[str]) -> dict[str, Entry]:
        if not self._memory or not segments:
            return {}
        names = {self._name(s): s for s in segments}
        found = self._memory.machine(self.key, list(names))
        return {names[name]: entry for name, entry in found.items()}

    def _name(self, segment: str) -> str:
        """Return the segment as the memory knows it: with a hash of the terms that apply to it.

        A changed glossary then asks the model again for the sentences that it concerns, and for no
        others.
        """
        terms = self._glossary.find(segment) if self._glossary else ()
        if not terms:
            return segment
        told = json.dumps([[t.source, t.target] for t in terms], ensure_ascii=False)
        return f"{segment}\x1f{hashlib.sha256(told.encode()).hexdigest()[:16]}"

    def _translate(self, segments: Sequence[str]) -> dict[str, Entry]:
        if not segments:
            return {}
        self.translated += len(segments)
        first = self._translator.translate(segments)
        best = dict(zip(segments, first, strict=True))
        notes: dict[str, tuple[Flag, ...]] = {}
        for again in (self._search_again, self._in_parts):
            for segment, candidate, way in again(best):
                if self._better(segment, candidate, best[segment]):
                    best[segment] = candidate
                    notes[segment] = (Flag("retried", way),)
        for segment, hypothesis, put in self._enforced(best):
            best[segment] = hypothesis
            notes[segment] = notes.get(segment, ()) + put
        return {s: Entry(h.text, h.score, h.truncated, notes.get(s, ())) for s, h in best.items()}

    def _enforced(
        self, best: dict[str, Hypothesis]
    ) -> list[tuple[str, Hypothesis, tuple[Flag, ...]]]:
        """Put terms and names in, some segments at a time: each is a search of its own."""
        enforcer = Enforcer(self._glossary or Glossary(()), self._translator, self._examiner)

        def work(segment: str) -> tuple[str, Hypothesis, tuple[Flag, ...]]:
            with_terms, put = enforcer.enforce(segment, best[segment])
            with_names, kept = enforcer.keep_names(segment, with_terms)
            return segment, with_names, put + kept

        workers = self._translator.workers if isinstance(self._translator, Forcing) else 1
        with ThreadPoolExecutor(max_workers=workers) as pool:
            return list(pool.map(work, list(best)))

    def _better(self, segment: str, new: Hypothesis, old: Hypothesis) -> bool:
        """Say whether `new` is less doubtful; at the same doubt the first hypothesis stays."""
        weigh = self._examiner.weigh
        return weigh(segment, new) < weigh(segment, old)

    def _search_again(self, best: dict[str, Hypothesis]) -> list[tuple[str, Hypothesis, str]]:
        """Search again without repetition for what a loop or a lost end may have spoilt."""
        if not isinstance(self._translator, Redecoder):
            return []
        doubted = [s for s, h in best.items() if self._examiner.kinds(s, h) & SEARCHED]
        if not doubted:
            return []
        base = getattr(self._translator, "decoding", Decoding())
        # Three words repeated are about four pieces; a wider beam finds what a loop hid.
        other = replace(base, beam=base.beam + 2, no_repeat_ngram=4)
        made = self._translator.redecode(doubted, other)
        way = "searched again without repetition"
        return [(s, h, way) for s, h in zip(doubted, made, strict=True)]

    def _in_parts(self, best: dict[str, Hypothesis]) -> list[tuple[str, Hypothesis, str]]:
        """Translate the clauses of a segment that lost something one by one."""
        doubted = [s for s, h in best.items() if self._examiner.kinds(s, h) & SPLIT]
        split = {s: parts for s in doubted if len(parts := _parts(s)) > 1}
        flat = list(dict.fromkeys(part for parts in split.values() for part in parts))
        if not flat:
            return []
        told = dict(zip(flat, self._translator.translate(flat), strict=True))
        return [
            (s, _joined(parts, [told[p] for p in parts]), "translated in parts")
            for s, parts in split.items()
        ]

    def _finish(self, segment: str, entry: Entry) -> Finished:
        hypothesis = Hypothesis(entry.target, entry.score, entry.truncated)
        text, flags = self._examiner.examine(segment, hypothesis)
        return Finished(text, entry.score, flags, entry.notes)


def _parts(segment: str) -> list[str]:
    """Cut a segment into two or more clauses at the strongest place that leaves real parts."""
    for level in range(LEVELS - 1):
        merged: list[str] = []
        for part in clauses(segment, level):
            if merged and len(merged[-1].split()) < MIN_PART_WORDS:
                merged[-1] = f"{merged[-1]} {part}"
            else:
                merged.append(part)
        if len(merged) > 1 and len(merged[-1].split()) < MIN_PART_WORDS:
            last = merged.pop()
            merged[-1] = f"{merged[-1]} {last}"
        if len(merged) > 1:
            return merged
    return [segment]


def _joined(sources: Sequence[str], parts: Sequence[Hypothesis]) -> Hypothesis:
    """Join the translations of a segment's parts: no full stop and no new capital within."""
    texts: list[str] = []
    for number, (source, part) in enumerate(zip(sources, parts, strict=True)):
        text = part.text.strip()
        if number and source[:1].islower():
            text = _uncapitalised(text, source)
        if number < len(parts) - 1:
            text = text.rstrip(".")
        if text:
            texts.append(text)
    words = [max(len(part.text.split()), 1) for part in parts]
    scored = [(p.score, w) for p, w in zip(parts, words, strict=True) if p.score is not None]
    total = sum(w for _, w in scored)
    score = round(sum(s * w for s, w in scored) / total, 4) if total else None
    return Hypothesis(" ".join(texts), score, any(part.truncated for part in parts))


def _uncapitalised(text: str, source: str) -> str:
    """Return `text` with a small first letter, unless its first word is a name of `source`."""
    first = text.split(" ", 1)[0]
    if first[1:] != first[1:].lower() or first in ("I", "I'm", "I've") or first in source:
        return text
    return text[:1].lower() + text[1:]
