"""A title for an event, made from its articles' own words in both languages."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from briefing.document import Bilingual
from briefing.ingest.places import is_place
from briefing.summarise.eligibility import Fitness, passage_fitness
from briefing.summarise.extractive import choose
from briefing.summarise.quotation import find_spans
from briefing.summarise.words import cosine, terms, tokens, vector
from briefing.vocabulary import is_mostly_capital, stem

if TYPE_CHECKING:
    from briefing.document import Article
    from briefing.summarise.passages import Collection, Line

__all__ = ["event_title", "shorten_pair"]

IDEAL_WORDS = (4, 13)
"""Words of a headline that names an event without telling the whole story."""

LEAD_WORDS = (6, 18)
"""A lead clause that stands in for a headline is cut at the last boundary in this range of words."""

# What may be so, or may come, names no event.
_UNSURE = re.compile(
    r"\b(?:akan|bakal|mungkin|kemungkinan|diduga|diperkirakan|diyakini|dapat|bisa)\b", re.IGNORECASE
)
LEAD_BONUS = 0.6
"""What the first sentence of an article is worth beside the names it holds."""

# Headlines that call for a click name no event: `Ini Dia 5 Fakta ...`, `Viral! ...`, `Simak ...`.
_BAIT = re.compile(
    r"\b(?:ini dia|begini|simak|viral|heboh|wow|terungkap|intip|yuk|cek|berikut|fakta|profil|"
    r"alasan|kenapa|mengapa|apa itu|siapa|cara|tips|kronologi|foto|video|infografis|opini|"
    r"kolom|editorial|live|link)\b|[?!]|\.\.\.|…",
    re.IGNORECASE,
)
_KICKER = re.compile(
    r"^(?:breaking news|foto|video|infografis|populer|headline)\s*[:|-]\s*", re.IGNORECASE
)
_BOUNDARY = re.compile(
    r"[,;:–—]\s|\s(?=(?:yang|setelah|karena|saat|ketika|sebelum|usai|sehingga|sementara|"
    r"who|which|that|after|because|when|while|before|following|as|to)\s)"
)


def event_title(collection: Collection) -> Bilingual:
    """Return the most central headline, or a lead clause where no article has a headline.

    Central: nearest to the other headlines and leads, of a good length, and stating rather than
    asking or teasing. Both languages are of the same headline.
    """
    titled = [a for a in collection.articles if (a.title.id or "").strip()]
    if not titled:
        return _lead_clause(collection)
    gists = {a.id: vector(_gist(a)) for a in collection.articles}
    best = max(titled, key=lambda a: (round(_worth(a, gists), 9), -titled.index(a)))
    return Bilingual((best.title.id or "").strip(), best.title.en)


def _gist(article: Article) -> list[str]:
    """Return the terms of an article's headline and first sentences."""
    lead = " ".join(s.source for s in article.body[:2])
    return terms(f"{article.title.id or ''} {lead}"[:2_000])


def _worth(article: Article, gists: dict[str, dict[str, float]]) -> float:
    title = article.title.id or ""
    own = vector(terms(title))
    others = [gist for key, gist in gists.items() if key != article.id] or [gists[article.id]]
    central = sum(cosine(own, gist) for gist in others) / len(others)
    count = len(tokens(title))
    short, long = IDEAL_WORDS
    length = min(1.0, count / short) * min(1.0, long / max(1, count))
    return central * length * (0.5 if _BAIT.search(title) or _is_speech(title) else 1.0)


def _is_speech(title: str) -> bool:
    """Say whether a headline gives somebody's words: `Jokowi: Jangan Takut Coba Hal Baru`."""
    before, colon, after = title.partition(":")
    word = before.split()[-1] if before.split() else ""
    if not colon or not word[:1].isupper() or after.lstrip()[:1].isdigit():
        return bool(find_spans(title))
    return is_mostly_capital(stem(word.casefold())) and not is_place(word)


def _lead_clause(collection: Collection) -> Bilingual:
    """Return a clause of the sentence that names most of whom and what the event is about.

    Sentences with quoted words are left out: a title in a speaker's words would take sides.
    """
    counts = Counter(mention.form for mention in collection.mentions)
    named: dict[int, set[str]] = {}
    for mention in collection.mentions:
        named.setdefault(id(mention.line), set()).add(mention.form)
    fitness = [f for passage in collection.passages for f in passage_fitness(passage)]
    able = [
        line
        for line, fit in zip(collection.lines, fitness, strict=True)
        if fit is Fitness.FIT and not find_spans(line.source) and not _UNSURE.search(line.source)
    ]
    if not able:
        chosen = choose(collection, 1)
        able = [collection.lines[i] for i in chosen]
    if not able:
        return Bilingual()

    def worth(line: Line) -> tuple[float, int]:
        head = " ".join(line.source.split()[: LEAD_WORDS[1]])
        names = [n for n in sorted(named.get(id(line), ())) if n in head]
        told = sum(math.log(1 + counts[n]) for n in names) / math.sqrt(len(head.split()))
        return told + (LEAD_BONUS if line.position == 0 else 0.0), -line.position

    line = max(able, key=worth)
    return shorten_pair(line.source, line.sentence.translation)


def shorten_pair(source: str, translation: str) -> Bilingual:
    """Cut a sentence and its translation at a clause boundary, at about the same place in both.

    A text without a boundary in the right range stays whole. What was cut ends with an ellipsis.
    """
    cut = _cut(source, None)
    share = len(cut) / max(1, len(source))
    return Bilingual(_finish(source, cut), _finish(translation, _cut(translation, share)) or None)


def _cut(text: str, share: float | None) -> str:
    """Return `text` up to a boundary: the last that fits, or the one nearest to `share` of it."""
    if share == 1.0 or (share is None and len(text.split()) <= LEAD_WORDS[1]):
        return text
    low, high = LEAD_WORDS
    ends = [m.start() for m in _BOUNDARY.finditer(text[:2_000])]
    ends = [end for end in ends if low <= len(text[:end].split()) <= high + 4]
    if not ends:
        return text if share is not None else _first_words(text)
    if share is None:
        fitting = [end for end in ends if len(text[:end].split()) <= high]
        return text[: (fitting or ends)[-1 if fitting else 0]]
    wanted = share * len(text)
    return text[: min(ends, key=lambda end: (abs(end - wanted), end))]


def _first_words(text: str) -> str:
    return " ".join(text.split()[: LEAD_WORDS[1]])


def _finish(whole: str, cut: str) -> str:
    cut = cut.strip()
    if cut == whole.strip():
        return cut.removesuffix(".")
    return cut.rstrip(" ,;:–—.") + " …"
