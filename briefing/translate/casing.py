"""Headlines in the letter case of running text, for the model.

Models learn from sentences. Of a headline in capitals they take ordinary words for names: `Terasa`
(felt) stays as it is, `Gunung Ruang` becomes a mountain of space. A headline is therefore written
as a sentence before it is translated (truecasing: Lita et al. 2003, "tRuEcasIng"), mostly by how its
own article writes the same words. The reader sees the page's wording; only the model's input changes.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from briefing.ingest.furniture import headline_share
from briefing.translate.checks.names import MARKS, begins_sentence, name_starts
from briefing.vocabulary import is_listed_name, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.translate.glossary import Glossary

__all__ = ["TrueCaser", "is_headline"]

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_CODE = re.compile(r"[A-Z](?:$|-?\d)")  # `M5,6`, `G20`, `U-20`
_DIRECTIONS = frozenset({"Barat", "Timur", "Utara", "Selatan", "Tengah", "Tenggara"})
_FIXED = {word.casefold(): word for word in MARKS}
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.…][\"”’'»)\]]*$")
# Of tests/data/eval/news-id-en.tsv all 22 headlines pass, and of its 371 sentences, their stops taken
# away, 3: `Presiden Prabowo Subianto melantik 33 gubernur ...` is mostly names, and keeps them.
SHARE: Final = 0.75
FEWEST: Final = 3  # words; of fewer, capitals tell nothing
LONGEST_NAME: Final = 4  # words of a name that is looked for in the article


def is_headline(text: str) -> bool:
    """Say whether `text` is written in the letter case of headlines, or in capitals alone."""
    if _FULL_STOP.search(text.rstrip()) or len(_WORD.findall(text)) < FEWEST:
        return False
    return text.isupper() or headline_share(text) >= SHARE


class TrueCaser:
    """Writes the headlines of one article as sentences.

    Args:
        article: the article's texts (BCP 47 `id`), in any order; those that are headlines
            themselves tell nothing.
        glossary: terms that keep their capitals.
    """

    def __init__(self, article: Sequence[str], glossary: Glossary | None = None) -> None:
        self._article = article
        self._glossary = glossary

    def __call__(self, text: str) -> str:
        """Return `text` as it is or, for a headline, in sentence case; no letter but its case changes.

            In this order, a word's case is that of: a glossary term or a name of the article that it is
        X are written small, and what begins a sentence is not.
        """
        if not is_headline(text):
            return text
        capitals = text.isupper()
        words = list(_WORD.finditer(text))
        kept = self._kept(text, words)
        names = name_starts(text)
        out: list[str] = []
        end = 0
        for i, match in enumerate(words):
            word = match.group()
            known = self._forms.get(word.casefold())
            if i in kept:
                made = kept[i]
            elif known:
                made = known.most_common(1)[0][0]
            elif _CODE.match(word) or (not capitals and word[1:] != word[1:].lower()):
                made = word
            elif word.casefold() in _FIXED:
                made = _FIXED[word.casefold()]
            elif match.start() in names or is_listed_name(stem(word.casefold())):
                made = _capitalised(word) if capitals else word
            elif word.capitalize() in _DIRECTIONS and out and out[-1][:1].isupper():
                made = word.capitalize()
            else:
                made = word.lower()
            if len(made) != len(word):  # letters such as `İ` are two when written small
                made = word
            if begins_sentence(text, match.start()):
                made = made[0].upper() + made[1:] if len(made[0].upper()) == 1 else made
            out += text[end : match.start()], made
            end = match.end()
        return "".join((*out, text[end:]))

    def _kept(self, text: str, words: Sequence[re.Match[str]]) -> dict[int, str]:
        """Return the words of terms, and of names that the article writes in the same capitals."""
        kept: dict[int, str] = {}
        for hit in self._glossary.hits(text) if self._glossary else ():
            at = [i for i, m in enumerate(words) if hit.start <= m.start() < hit.end]
            written = _WORD.findall(hit.term.source)
            if not hit.term.source.islower() and len(at) == len(written):
                kept.update(zip(at, written, strict=True))
        if text.isupper():
            return kept
        for i in range(len(words)):
            for j in range(i + 1, min(i + LONGEST_NAME, len(words))):
                first, last = words[i], words[j]
                if first.group()[0].isupper() and last.group()[0].isupper():
                    name = text[first.start() : last.end()]
                    if name in self._running and self._stands(name):
                        kept.update((k, words[k].group()) for k in range(i, j + 1))
        return kept

    def _stands(self, name: str) -> bool:
        """Say whether `name` stands somewhere within a sentence of the article, as whole words."""
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        return any(
            not begins_sentence(self._running, match.start())
            for match in pattern.finditer(self._running)
        )

    @cached_property
    def _running(self) -> str:
        return " | ".join(text for text in self._article if not is_headline(text))

    @cached_property
    def _forms(self) -> dict[str, Counter[str]]:
        """How the article writes each word where no sentence begins, by the word in small letters."""
        forms: dict[str, Counter[str]] = {}
        for match in _WORD.finditer(self._running):
            if not begins_sentence(self._running, match.start()):
                word = match.group()
                forms.setdefault(word.casefold(), Counter())[word] += 1
        return forms


def _capitalised(word: str) -> str:
    """Return a name of a headline in capitals with one; without a vowel it is an acronym."""
    if not _VOWEL.search(word):
        return word
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
