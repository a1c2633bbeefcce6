"""Quotes with their speakers.

Direct speech is what stands between quotation marks and is ascribed to someone, in any order:
`"...," kata Budi`, `Budi mengatakan, "..."`, `"...," kata Budi, "..."`, `Budi: "..."`,
`"..."|Budi (Kepala BPBD)`. Reported speech is a sentence of the form `Menurut Budi, ...`,
`..., kata Budi` or `Budi mengatakan ...`; it is given whole, so that it keeps its attribution.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.document import Quote
from briefing.summarise.lexicon import (
    LISTED_BODY,
    PRESS,
    ROLE_HEADS,
    SAY_AFTER,
    SAY_BEFORE,
    STATE_BEFORE,
)
from briefing.summarise.quotation import find_spans, quoted_share
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

MIN_UNASCRIBED_WORDS = 5
"""Without a speaker, fewer words are a title or a slogan."""

MIN_REPORTED_WORDS = 6
"""Reported speech of fewer words, attribution included, states nothing."""

MAX_INSIDE = 0.5
"""A sentence with more of its characters in quotation marks is direct speech."""

SAME_WORDS = 0.8
"""Share of common words from which two printings are one quote: papers cut and mend speech."""

_AFTER = re.compile(
    r"[\s,.;–—-]*(?:(?:begitu|demikian|seperti)\s+)?(?:(?:yang\s+)?di)?(?P<verb>"
    + "|".join(sorted(SAY_AFTER, key=len, reverse=True))
    + r"|demikian(?=\s+(?-i:[A-Z])))(?:kan)?(?P<nya>nya)?\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_INVERTED = re.compile(r"\s*,?\s+(?P<verb>[a-z]{4,14})\s+(?P<rest>\S.*)", re.DOTALL)
_BACK_VERB = re.compile(
    r"\s*,?\s+(?!(?:hanya|tanya|punya|karenanya|sebelumnya)\b)[a-z]{3,12}nya\b(?!\s+[a-z]+nya)"
)
_ENDED = re.compile(r"[.,!?…]\W?$")
_NO_VERBS = frozenset(
    """
    yang dari pada dalam untuk dengan dan atau serta oleh karena saat ketika setelah sebelum
    kepada tetapi namun sambil seraya juga akan telah sudah menurut para seorang salah pihak media
    kantor milik soal tentang antara bagi seperti sebagai agar supaya hingga sampai sejak demikian
    """.split()  # noqa: SIM905 - a list of words is easier to read and to amend as text
)
_TAIL = re.compile(
    r"[,”\"]\s+(?:kata|ujar|ucap|tutur|ungkap|jelas|menurut|imbuh|terang|papar)(?P<nya>nya)?\b\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_STATES = re.compile(
    r"\b(?:" + "|".join(sorted(STATE_BEFORE, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_UNSAID = re.compile(r"\b(?:belum|tidak|tak|enggan|menolak|batal|urung)\s+(?:mau\s+|bersedia\s+)?$")
# What was said is elsewhere: `membantah kabar itu`.
_SAYS_NOTHING = re.compile(
    r"\s+(?:\w+\s+){0,3}(?:itu|ini|tersebut|demikian)\s*[.,]?\s*$", re.IGNORECASE
)
_ACT = re.compile(
    r"\s(?:me[a-z]{4,}|ber[a-z]{4,}|ter[a-z]{4,}|di[a-z]{4,}|kecewa|senang|tiba|datang|hadir|akan|telah|sudah|juga|turut|ikut|menang|kalah)\b"
)
_BEFORE = re.compile(
    r"\b(?:" + "|".join(sorted(SAY_BEFORE, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_CITING = re.compile(
    r"\bmengutip\s+(?:pernyataan|perkataan|ucapan|keterangan)?\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ACCORDING = re.compile(
    r"^\s*(?:menurut|kata|ujar|di(?:jelas|kata|sampai|ungkap|tambah|tegas|tutur|sebut|papar)kan)\s+(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_WITHIN = re.compile(r"\b(?:yang\s+)?menurut\s+")
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
    for mention in collection.mentions:
        if mention.kind in {"person", "other"}:
            book.learn(mention.form, sure=False)
    found: list[Utterance] = []
    passages = collection.passages
    reader = _Reader(book)
    for at, passage in enumerate(passages):
        if at and passage.article is not passages[at - 1].article:
            reader = _Reader(book)
        more = at + 1 < len(passages) and passages[at + 1].article is passage.article
        found += reader.read(passage, passages[at + 1].text if more else "")
    return found


class _Reader:
    """Reads the paragraphs of one article in order and remembers who spoke last."""

    def __init__(self, book: NameBook) -> None:
        self._book = book
        self._last: Speaker | None = None
        self._roles: dict[str, Speaker] = {}
        self._known: dict[str, str] = {}
        self._spoke = False  # whether the last person spoke, or only acted

    def read(self, passage: Passage, following: str) -> list[Utterance]:
        """Return the utterances of a paragraph; `following` is the text of the next one."""
        spans = find_spans(passage.text)
        found = self._direct(passage, spans, following)
        taken = {line.sentence.id for utterance in found for line in utterance.lines}
        if not spans:
            found += self._reported(passage.lines)
        else:
            free = [
                line
                for line, start in zip(passage.lines, passage.starts, strict=True)
                if line.sentence.id not in taken
                and quoted_share(passage.text, spans, start, start + len(line.source)) < MAX_INSIDE
            ]
            found += self._reported(free)
        order = {line.sentence.id: at for at, line in enumerate(passage.lines)}
        return sorted(found, key=lambda u: order[u.lines[0].sentence.id])

    def _direct(self, passage: Passage, spans: list[Span], following: str) -> list[Utterance]:
        text = passage.text
        found: list[Utterance] = []
        for at, span in enumerate(spans):
            before = text[spans[at - 1].end if at else 0 : span.start]
            after = text[span.end : spans[at + 1].start if at + 1 < len(spans) else len(text)]
            sentence = _sentence_after(passage, span.end, span.end + len(after))
            clause = _clause_before(passage, span.start - len(before), span.start)
            inner, start = _without_opener(span, text, passage)
            self._listen(before)
            whole = _stands_alone(before, inner)
            size = len(tokens(inner))
            ascribed = (
                bool(_AFTER.match(sentence))
                and (text[span.start : span.end] + after[:1]).find(",", -3) > 0
            )
            if _NOT_SPEECH.search(before) or not (ascribed or _is_speech_size(size, whole=whole)):
                continue
            lines = passage.lines_of(start, span.end)
            if found and at and _interrupts(before) and found[-1].lines[-1] in passage.lines:
                found[-1] = _joined(found[-1], inner, lines)
                continue
            speaker = self._speaker(clause, after, sentence, following if not tokens(after) else "")
            if speaker is None and not (whole and _is_statement(text[span.start : span.end])):
                continue
            if speaker is None and at and found and not tokens(clause):
                speaker = found[-1].speaker
            if speaker is None and at == 0 and not before.strip() and not tokens(after):
                speaker = self._last if self._spoke else None
            resolved = self._resolve(speaker)
            if resolved is not None:
                self._last, self._spoke = resolved, True
            found.append(Utterance(inner, lines, resolved))
        self._listen(text[spans[-1].end if spans else 0 :])
        return found

    def _speaker(self, clause: str, after: str, sentence: str, following: str) -> Speaker | None:
        """Return who the words on either side ascribe a quotation to.

        `clause` is the sentence's beginning before it, `sentence` its end behind it, `after` all
        that follows in the paragraph, and `following` the next paragraph.
        """
        bare = after.lstrip(" .,")
        if bare[:1] in {"|", "—", "–"} or after[:3] in {" - ", ". -"}:
            return read_forward(bare.lstrip(" |—–-"), self._book.places)
        delivered = _DELIVERED.match(bare or following)
        if delivered:
            return read_forward(delivered["rest"], self._book.places)
        relayed = None
        match = _AFTER.match(sentence)
        if match:
            if match["nya"]:
                return BACK
            named = read_forward(match["rest"].lstrip(" :,"), self._book.places)
            if named is None or not _passes_on(named):
                return named
            relayed = named  # `..., menurut kantor berita X`: the speaker may stand before
        inverted = self._inverted(sentence)
        if inverted is not None:
            return inverted
        introduced = self._introduced(clause)
        if introduced is not None:
            return introduced
        citing = _CITING.search(sentence)
        if citing and len(tokens(sentence[: citing.start()])) <= 8:
            return read_forward(citing["rest"], self._book.places)
        verb = _BEFORE.search(sentence)
        if verb and len(tokens(sentence[: verb.start()])) <= 14:
            return read_subject(sentence[: verb.start()].lstrip(" ,"), self._book.places)
        return relayed

    def _inverted(self, sentence: str) -> Speaker | None:
        """Read `"...," balas Budi`, whatever the verb: speech, comma, verb root, speaker."""
        if _BACK_VERB.match(sentence):
            return BACK
        match = _INVERTED.match(sentence)
        if not match or match["verb"].casefold() in _NO_VERBS or match["verb"] in ROLE_HEADS:
            return None
        if match["verb"].startswith(("me", "ber", "di")):
            return None
        speaker = read_forward(match["rest"], self._book.places)
        return speaker if speaker is not None and speaker.kind in {"person", "back"} else None

    def _introduced(self, clause: str) -> Speaker | None:
        """Return the speaker of `Budi mengatakan, ` or `Budi: `."""
        according = _ACCORDING.match(clause)
        if according:
            return read_forward(according["rest"], self._book.places, fronted=True)
        within = list(_WITHIN.finditer(clause))
        if within:
            return read_forward(clause[within[-1].end() :], self._book.places)
        verbs = list(_BEFORE.finditer(clause))
        if verbs and verbs[-1].start() > 0:
            return read_subject(clause[: verbs[-1].start()], self._book.places)
        if clause.rstrip().endswith(":"):
            return read_subject(clause.rstrip(" :"), self._book.places)
        return None

    def _reported(self, lines: Sequence[Line]) -> list[Utterance]:
        found = []
        for line in lines:
            resolved = self._resolve(self._heard(line.source))
            if resolved is not None and resolved.kind in {"person", "body"}:
                found.append(Utterance(line.source, (line,), resolved, direct=False))
                self._last = resolved
        return found

    def _heard(self, sentence: str) -> Speaker | None:
        """Return the speaker of reported speech in one sentence."""
        if len(tokens(sentence)) < MIN_REPORTED_WORDS or _DELIVERED.match(sentence):
            return None
        sentence = LISTED_BODY.sub(lambda m: m["acronym"], sentence)
        according = _ACCORDING.match(sentence)
        if according:
            if len(tokens(according["rest"].partition(",")[2])) < MIN_WORDS:
                return None
            return self._person_or_body(
                read_forward(according["rest"], self._book.places, fronted=True)
            )
        verb = _STATES.search(sentence)
        if verb and (
            _SAYS_NOTHING.match(sentence[verb.end() :]) or _UNSAID.search(sentence[: verb.start()])
        ):
            return None
        if verb and verb.start() > 0 and len(tokens(sentence[verb.end() :])) >= 2:
            subject = read_subject(sentence[: verb.start()], self._book.places)
            if subject is not None and subject.kind != "unnamed":
                return self._person_or_body(subject)
        tail = _TAIL.search(sentence)
        if tail:
            if tail["nya"]:
                return BACK
            return self._person_or_body(read_forward(tail["rest"], self._book.places))
        return None

    def _person_or_body(self, speaker: Speaker | None) -> Speaker | None:
        """Leave out agencies, papers and states: they report or are a figure of speech."""
        if speaker is None or speaker.kind in {"back", "unnamed"} or not speaker.name:
            return speaker
        words = speaker.name.split()
        if self._book.places(words) == len(words) or " dan " in speaker.name:
            return None
        return None if _passes_on(speaker) else speaker

    def _listen(self, text: str) -> None:
        """Note who speaks or acts in the sentences between quotations."""
        for sentence in _BOUNDARY.split(text):
            speaker = self._heard(sentence)
            if speaker is not None and speaker.kind != "back":
                self._last, self._spoke = self._learned(speaker), True
            elif speaker is None:
                actor = self._actor(sentence)
                if actor is not None:
                    self._last, self._spoke = actor, False

    def _actor(self, sentence: str) -> Speaker | None:
        """Return the person at the head of a sentence that reports an act."""
        verb = _ACT.search(sentence)
        head = sentence[: verb.start()] if verb else sentence
        subject = read_subject(head, self._book.places)
        if subject is None or subject.kind != "person" or (not verb and not subject.role):
            return None
        known = self._person_or_body(subject)
        return self._learned(known) if known else None

    def _resolve(self, speaker: Speaker | None) -> Speaker | None:
        if speaker is None:
            return None
        if speaker.kind == "back":
            return self._last or (replace(speaker, kind="unnamed") if speaker.name else None)
        if speaker.kind == "unnamed" and speaker.name:
            return self._roles.get(speaker.name.split()[0].casefold(), speaker)
        return self._learned(speaker)

    def _learned(self, speaker: Speaker) -> Speaker:
        if speaker.kind == "person" and speaker.name:
            self._book.learn(speaker.name)
            full = self._book.full(speaker.name)
            if speaker.role:
                self._roles[speaker.role.split()[0].casefold()] = Speaker(full, speaker.role)
                self._known.setdefault(full, speaker.role)
            return Speaker(full, speaker.role or self._known.get(full))
        return speaker


def _passes_on(speaker: Speaker) -> bool:
    """Say whether a speaker is an agency or a paper, which only tells what others said."""
    return bool(PRESS.search(f"{speaker.role or ''} {speaker.name or ''}"))


def _without_opener(span: Span, text: str, passage: Passage) -> tuple[str, int]:
    """Return the words of a quotation and where they start.

    Without its opening mark a quotation is taken to start with the sentence that the mark ends.
    """
    if span.opened:
        return span.inner(text).strip(" ,"), span.start
    start = max((at for at in passage.starts if at < span.end - 1), default=0)
    return text[start : span.end - 1].strip(" ,"), start


def _is_statement(marked: str) -> bool:
    """Say whether words that nobody is named for are speech rather than a title."""
    return bool(_ENDED.search(marked)) and len(tokens(marked)) >= MIN_UNASCRIBED_WORDS


def _is_speech_size(size: int, *, whole: bool) -> bool:
    return size >= (MIN_WORDS if whole else MIN_PARTIAL_WORDS)


def _sentence_after(passage: Passage, start: int, end: int) -> str:
    """Return what follows a quotation up to the end of the sentence, or the next sentence."""
    bounds = [*(at for at in passage.starts if start < at < end), end]
    first = passage.text[start : bounds[0]]
    if tokens(first) or len(bounds) == 1:
        return first
    return passage.text[bounds[0] : bounds[1]]


def _clause_before(passage: Passage, start: int, end: int) -> str:
    """Return the beginning of the sentence in which a quotation starts at `end`."""
    return passage.text[
        max((at for at in (start, *passage.starts) if start <= at <= end), default=start) : end
    ]


def _interrupts(between: str) -> bool:
    """Say whether the words between two quotations only say who speaks: `," kata Budi, "`."""
    return (
        between.rstrip().endswith(",")
        and bool(_AFTER.match(between))
        and not _BOUNDARY.search(between.strip())
        and not _BEFORE.search(between)
    )


def _joined(first: Utterance, inner: str, lines: tuple[Line, ...]) -> Utterance:
    more = tuple(line for line in lines if line not in first.lines)
    return replace(first, text=f"{first.text} … {inner}", lines=(*first.lines, *more))


def _stands_alone(before: str, inner: str) -> bool:
    """Say whether a quotation is a sentence of its own and not words within the outlet's."""
    start = not before.strip() or before.rstrip()[-1] in '.!?…:,|”"»'
    return start and (inner[:1].isupper() or not inner[:1].isalpha() or not before.strip())


def _same(one: Utterance, two: Utterance) -> bool:
    """Say whether two printings are of one quote: nearly the same words, no other speaker."""
    if one.direct != two.direct or one.lines[0].article.id == two.lines[0].article.id:
        return False
    left, right = set(tokens(one.text)), set(tokens(two.text))
    return bool(left and right) and len(left & right) >= SAME_WORDS * max(len(left), len(right))


def _quote(group: list[Utterance], book: NameBook) -> Quote:
    first = group[0]
    speakers = [u.speaker for u in group if u.speaker and u.speaker.name]
    named = [s for s in speakers if s.kind == "person"] or speakers
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
