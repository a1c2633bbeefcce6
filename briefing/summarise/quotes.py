"""Quotes with their speakers.

Direct speech is what stands between quotation marks and is ascribed to someone, in any order:
`"...," kata Budi`, `Budi mengatakan, "..."`, `"...," kata Budi, "..."`, `Budi: "..."`,
`"..."|Budi (Kepala BPBD)`. Reported speech is a sentence of the form `Menurut Budi, ...`,
`..., kata Budi` or `Budi mengatakan ...`; it is given whole, so that it keeps its attribution.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.document import Quote
from briefing.summarise.lexicon import SAY_AFTER, SAY_BEFORE
from briefing.summarise.quotation import find_spans
from briefing.summarise.speakers import BACK, Speaker, read_forward, read_subject
from briefing.summarise.words import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.summarise.namebook import NameBook
    from briefing.summarise.passages import Collection, Line, Passage
    from briefing.summarise.quotation import Span

__all__ = ["Utterance", "quotes_of", "utterances_of"]

MIN_WORDS = 3
"""Shorter direct speech is a scare quote more often than a statement (`"sensitif"`)."""

MIN_PARTIAL_WORDS = 4
"""The same for words quoted inside a sentence of the outlet's own."""

SAME_WORDS = 0.8
"""Share of common words from which two printings are one quote: papers cut and mend speech."""

_AFTER = re.compile(
    r"[\s,.;–—-]*(?:(?:begitu|demikian|seperti)\s+)?(?:(?:yang\s+)?di)?(?P<verb>"
    + "|".join(sorted(SAY_AFTER, key=len, reverse=True))
    + r")(?:kan)?(?P<nya>nya)?\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE = re.compile(
    r"\b(?:" + "|".join(sorted(SAY_BEFORE, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_CITING = re.compile(
    r"\bmengutip\s+(?:pernyataan|perkataan|ucapan|keterangan)?\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ACCORDING = re.compile(r"^\s*(?:menurut|kata|ujar)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_NOT_SPEECH = re.compile(
    r"\b(?:bertajuk|berjudul|bertema|bernama|dijuluki|bertuliskan|berlabel|dinamai|istilah|sebutan|"
    r"film|buku|lagu|acara|program|tema|tajuk|judul|tagar|slogan|spanduk|poster|tulisan)\s*[:,]?\s*$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"[.!?…][\"”»')\]]*\s+(?=[^\sa-z])")
_DELIVERED = re.compile(
    r"^\s*(?:hal (?:itu|tersebut|ini)|demikian|pernyataan (?:itu|tersebut)|begitu)\s+"
    r"(?:dikatakan|disampaikan|diungkapkan|ditegaskan|kata|ujar|dijelaskan|diutarakan|dituturkan)\s+"
    r"(?:oleh\s+)?(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One printing of a quote: its text, its lines, its speaker, and whether it is direct."""

    text: str
    lines: tuple[Line, ...]
    speaker: Speaker | None
    direct: bool = True


def quotes_of(collection: Collection) -> tuple[Quote, ...]:
    """Return the event's quotes in reading order; the same quote in two outlets is one."""
    book = collection.book
    merged: list[list[Utterance]] = []
    for utterance in utterances_of(collection, book):
        for group in merged:
            if _same(group[0], utterance):
                group.append(utterance)
                break
        else:
            merged.append([utterance])
    return tuple(_quote(group, book) for group in merged)


def utterances_of(collection: Collection, book: NameBook) -> list[Utterance]:
    """Return every printing of a quote, in reading order."""
    found: list[Utterance] = []
    article = None
    reader = _Reader(book)
    for passage in collection.passages:
        if passage.article is not article:
            article = passage.article
            reader = _Reader(book)
        found += reader.read(passage)
    return found


class _Reader:
    """Reads the paragraphs of one article in order and remembers who spoke last."""

    def __init__(self, book: NameBook) -> None:
        self._book = book
        self._last: Speaker | None = None
        self._open = False  # the last paragraph ended in speech that goes on

    def read(self, passage: Passage) -> list[Utterance]:
        spans = find_spans(passage.text)
        found = self._direct(passage, spans)
        taken = {line.sentence.id for utterance in found for line in utterance.lines}
        reported = [
            u for u in self._reported(passage, spans) if u.lines[0].sentence.id not in taken
        ]
        order = {line.sentence.id: at for at, line in enumerate(passage.lines)}
        return sorted([*found, *reported], key=lambda u: order[u.lines[0].sentence.id])

    def _direct(self, passage: Passage, spans: list[Span]) -> list[Utterance]:
        text = passage.text
        found: list[Utterance] = []
        for at, span in enumerate(spans):
            previous = spans[at - 1].end if at else 0
            following = spans[at + 1].start if at + 1 < len(spans) else len(text)
            before, after = text[previous : span.start], text[span.end : following]
            inner = span.inner(text).strip(" ,")
            self._hear_sentences(before)
            whole = _stands_alone(before, inner)
            if len(tokens(inner)) < (MIN_WORDS if whole else MIN_PARTIAL_WORDS):
                continue
            if _NOT_SPEECH.search(before):
                continue
            speaker = self._speaker(before, after)
            if speaker is None and not whole:
                continue
            if speaker is None and at and found and not _words_between(before):
                speaker = found[-1].speaker
            if speaker is None and at == 0 and not before.strip() and not after.strip(" .|"):
                speaker = self._last
            resolved = self._resolve(speaker)
            if resolved is not None:
                self._last = resolved
            found.append(Utterance(inner, passage.lines_of(span.start, span.end), resolved))
        if spans:
            self._hear_sentences(text[spans[-1].end :])
        else:
            self._hear_sentences(text)
        return found

    def _speaker(self, before: str, after: str) -> Speaker | None:
        """Return who the words on either side ascribe a quotation to."""
        sentence = (
            _BOUNDARY.split(after, maxsplit=1)[0] if not after.startswith(".") else after[1:2]
        )
        if after[:1] in {"|", "—", "–"} or after.lstrip()[:1] == "|":
            return read_forward(after.lstrip(" |—–"), self._named_places)
        match = _AFTER.match(sentence)
        if match:
            if match["nya"]:
                return BACK
            return read_forward(match["rest"].lstrip(" :,"), self._named_places)
        delivered = _DELIVERED.match(after.lstrip(" ."))
        if delivered:
            return read_forward(delivered["rest"], self._named_places)
        citing = _CITING.search(sentence)
        if citing and len(tokens(sentence[: citing.start()])) <= 8:
            return read_forward(citing["rest"], self._named_places)
        verb = _BEFORE.search(sentence)
        if verb and len(tokens(sentence[: verb.start()])) <= 14:
            return read_subject(sentence[: verb.start()].lstrip(" ,"), self._named_places)
        return self._introduced(before)

    def _introduced(self, before: str) -> Speaker | None:
        """Return the speaker of `Budi mengatakan, ` or `Budi: ` at the end of `before`."""
        clause = _BOUNDARY.split(before)[-1]
        according = _ACCORDING.match(clause)
        if according:
            return read_forward(according["rest"], self._named_places)
        verbs = list(_BEFORE.finditer(clause))
        if verbs:
            return read_subject(clause[: verbs[-1].start()], self._named_places)
        if clause.rstrip().endswith(":"):
            return read_subject(clause.rstrip(" :"), self._named_places)
        return None

    def _reported(self, passage: Passage, spans: list[Span]) -> list[Utterance]:
        found = []
        for line, start in zip(passage.lines, passage.starts, strict=True):
            if any(s.start <= start < s.end for s in spans):
                continue
            speaker = self._heard(line.source)
            resolved = self._resolve(speaker)
            if resolved is not None and resolved.named and resolved.name:
                found.append(Utterance(line.source, (line,), resolved, direct=False))
        return found

    def _heard(self, sentence: str) -> Speaker | None:
        """Return the speaker of reported speech in one sentence."""
        if len(tokens(sentence)) < 2 * MIN_WORDS:
            return None
        according = _ACCORDING.match(sentence)
        if according:
            return read_forward(according["rest"], self._named_places)
        tail = re.search(r",\s+(?:kata|ujar|ucap|tutur|ungkap|menurut)\s+(?P<rest>.+)", sentence)
        if tail:
            return read_forward(tail["rest"], self._named_places)
        verb = _BEFORE.search(sentence)
        if verb and verb.start() > 0:
            return read_subject(sentence[: verb.start()], self._named_places)
        return None

    def _hear_sentences(self, text: str) -> None:
        for sentence in _BOUNDARY.split(text):
            speaker = self._heard(sentence)
            if speaker is not None and speaker.named and speaker.name:
                self._last = self._learned(speaker)

    def _resolve(self, speaker: Speaker | None) -> Speaker | None:
        if speaker is BACK:
            return self._last
        return self._learned(speaker) if speaker else None

    def _learned(self, speaker: Speaker) -> Speaker:
        if speaker.named and speaker.name:
            self._book.learn(speaker.name)
        return speaker

    def _named_places(self, words: Sequence[str]) -> int:
        return self._book.places(words)


def _stands_alone(before: str, inner: str) -> bool:
    """Say whether a quotation is a sentence of its own and not words within the outlet's."""
    start = not before.strip() or before.rstrip()[-1] in '.!?…:,|”"»'
    return start and (inner[:1].isupper() or not inner[:1].isalpha() or not before.strip())


def _words_between(text: str) -> bool:
    return bool(tokens(text))


def _same(one: Utterance, two: Utterance) -> bool:
    """Say whether two printings are of one quote: nearly the same words, no other speaker."""
    if one.direct != two.direct or one.lines[0].article.id == two.lines[0].article.id:
        return False
    left, right = set(tokens(one.text)), set(tokens(two.text))
    return bool(left and right) and len(left & right) >= SAME_WORDS * max(len(left), len(right))


def _quote(group: list[Utterance], book: NameBook) -> Quote:
    first = group[0]
    speakers = [u.speaker for u in group if u.speaker and u.speaker.name]
    named = [s for s in speakers if s.named] or speakers
    name = book.full(named[0].name or "") if named else None
    role = next((s.role for s in named if s.role), None)
    return Quote(
        id=first.text,
        en=_translated(first),
        evidence=tuple(line.evidence for u in group for line in u.lines),
        speaker=name,
        role=role,
        direct=first.direct,
    )


def _translated(utterance: Utterance) -> str:
    """Return the quoted part of the translation where it is marked, else all of it."""
    whole = " ".join(line.sentence.translation for line in utterance.lines).strip()
    if not utterance.direct:
        return whole
    spans = [s for s in find_spans(whole) if s.opened and s.closed]
    if len(spans) == 1 and len(find_spans(whole)) == 1:
        return spans[0].inner(whole).strip(" ,") or whole
    return whole
