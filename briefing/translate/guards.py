"""Guards against the known failures of machine translation, as ordinary options with defaults.

A guard looks at one hypothesis beside its source and says what is wrong: nothing came out, a loop,
Indonesian left as it was, much too short or long, sentences dropped or added, or a model that was
unsure. A tripped guard is a reason to try again; what remains is flagged. The defaults were set on
the human translations of `tests/data/eval/news-id-en.tsv` (none flagged) and on hypotheses of the
bundled model; see `tests/test_guards.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.document import Flag
from briefing.ingest.segment import split_sentences
from briefing.translate.checks.lexicon import indonesian_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.translate.translator import Hypothesis

__all__ = ["GuardOptions", "inspect"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardOptions:
    """What counts as a failure. Ratios are characters of the translation over those of the source.

    Of 393 faithful news translations the ratio of those of six words or more lies between 0.74 and
    1.57; of 3,953 free ones 98% lie between 0.49 and 1.8.
    """

    min_ratio: float = 0.6
    """Below it a translation of a source of six words or more has lost something."""
    max_ratio: float = 1.8
    """Above it a translation of a source of more than ten words has gained something."""
    max_ratio_short: float = 2.8
    """The same for shorter sources, whose ratios scatter: acronyms are spelt out."""
    repeats: int = 3
    """A phrase of one or two words this many times in a row is a loop, of three or more one less;
    a phrase of three words this many times anywhere, more often than any word of the source, is one
    too."""
    copied_run: int = 4
    """This many words of the source in a row, in small letters, are untranslated."""
    copied_share: float = 0.5
    """So is a translation of which this share of words, four at the least, are the source's."""
    min_score: float = -0.8
    """Mean log-probability per token below which the model was guessing. With the bundled weights of step
    10,801 6% of the rows of `tests/data/eval/news-id-en.tsv` are below it, with chrF++ 51.5 against
    66.1 of the rest; they hold a quarter of the worst tenth. Of 400 rows of guntara-news-valid 16%, 32.2
    against 47.5, and more than half of the worst tenth."""
    sentences: bool = True
    """Whether a source of several sentences must give as many."""


# Frequent Indonesian words that no English sentence holds: one in a copied run makes it certain.
_FUNCTION = frozenset(
    """
    yang dan dengan untuk dari pada ini itu tidak akan telah oleh karena juga dalam sebagai adalah
    ke di para bahwa atau tersebut bisa ada sudah saat mereka kami kita dia ia hingga setelah
    seperti secara lebih serta masih belum harus dapat menjadi antara bagi agar namun tetapi sejak
    kata ujar mengatakan melakukan terhadap sebuah seorang beberapa semua orang tahun hari
    """.split()  # noqa: SIM905 - a block of words reads better than a list of strings
)
# What is looked at for loops and copies, in characters: more than any sentence has.
_LIMIT = 10_000
# A word of four letters or more twice in a row, in the plural perhaps: `satellite satellites`.
_DOUBLED = re.compile(r"\b([a-z]{4,30}) \1s?\b")
# `hahahahahaha`, `on-on-on-on`, `,,,,`.
_STUTTER = re.compile(r"(\w{1,4}?)\1{5,}|\b(\w{1,12}-)\2{2,}|([,;:])(?:\s?\3){2,}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def inspect(
    source: str, hypothesis: Hypothesis, options: GuardOptions | None = None
) -> tuple[Flag, ...]:
    """Return a flag for each guard that `hypothesis`, English for the Indonesian `source`, trips.

    Kinds: `empty`, `invented`, `truncated`, `repetition`, `copy`, `length`, `sentences`,
    `low-score`. A source without a letter or digit needs no translation and trips `invented` alone.
    """
    options = options or GuardOptions()
    text = hypothesis.text.strip()
    if not any(character.isalnum() for character in source):
        made = any(character.isalpha() for character in text)
        return (Flag("invented", "the source has no words"),) if made else ()
    if not any(character.isalnum() for character in text):
        return (Flag("empty", "the model gave no translation"),)
    head, body = source[:_LIMIT], text[:_LIMIT]
    found = [
        Flag("truncated", "the sentence was too long for the model and may be cut")
        if hypothesis.truncated
        else None,
        _repetition(head, body, options),
        _copy(head, body, options),
        _length(source, text, options),
        _sentences(source, text, options),
        Flag("low-score", "the model itself was unsure of this sentence")
        if hypothesis.score is not None and hypothesis.score < options.min_score
        else None,
    ]
    return tuple(flag for flag in found if flag)


def _repetition(source: str, text: str, options: GuardOptions) -> Flag | None:
    words, original = _lower(text), _lower(source)
    loop = next(_loops(words, options.repeats), None)
    if loop and not any(True for _ in _loops(original, options.repeats)):
        return Flag("repetition", f"the translation repeats “{loop}”")
    doubled = _DOUBLED.search(text)
    if doubled and not _DOUBLED.search(source):
        return Flag("repetition", f"the translation repeats “{doubled.group()}”")
    stutter = _STUTTER.search(text)
    if stutter and not _STUTTER.search(source):
        return Flag(
            "repetition", f"the translation repeats “{next(filter(None, stutter.groups()))}”"
        )
    threes = Counter(zip(words, words[1:], words[2:], strict=False))
    if threes:
        phrase, times = threes.most_common(1)[0]
        # A list repeats `in front of` as often as its source repeats `depan`.
        least = Counter(original)
        if times >= options.repeats and times > max(least.values(), default=0):
            return Flag("repetition", f"the translation repeats “{' '.join(phrase)}”")
    return None


def _loops(words: Sequence[str], repeats: int) -> Iterator[str]:
    """Yield phrases that stand several times in a row."""
    for size in range(1, 9):
        needed = repeats if size < 3 else repeats - 1
        run = 0
        for at in range(size, len(words)):
            run = run + 1 if words[at] == words[at - size] else 0
            # Figures may repeat: `0 0 0`, `2023-2024`.
            phrase = words[at - size + 1 : at + 1]
            if run >= size * (needed - 1) and any(word.isalpha() for word in phrase):
                yield " ".join(phrase)
                return


def _copy(source: str, text: str, options: GuardOptions) -> Flag | None:
    words, original = _lower(text), _lower(source)
    if len(original) >= 3 and words == original and _FUNCTION.intersection(words):
        return Flag("copy", "the sentence was left in Indonesian")
    plain = [word for word in _WORD.findall(text) if word.islower()]
    kept = set(original)
    same = [word for word in plain if word in kept]
    if (
        len(same) >= 4
        and len(same) >= options.copied_share * len(plain)
        and _FUNCTION.intersection(same)
    ):
        return Flag("copy", "the sentence was left in Indonesian")
    run = _copied_run(source, text, options.copied_run) or _indonesian_run(source, text)
    return Flag("copy", f"“{run}” was left in Indonesian") if run else None


def _copied_run(source: str, text: str, least: int) -> str | None:
    """Return words in small letters that the translation has in a row as the source does."""
    original = " " + " ".join(_WORD.findall(source)) + " "
    run: list[str] = []
    for word in [*_WORD.findall(text), ""]:
        longer = [*run, word]
        if word.islower() and " " + " ".join(longer) + " " in original:
            run = longer
            continue
        if len(run) >= least and _FUNCTION.intersection(run):
            return " ".join(run)
        run = [word] if word.islower() and f" {word} " in original else []
    return None


def _indonesian_run(source: str, text: str) -> str | None:
    """Return words of the source in a row that English does not know.

    Two in small letters are enough; with capitals, as in a name that is kept, it takes four.
    """
    known = _known()
    original = " " + " ".join(_lower(source)) + " "
    run: list[str] = []
    for word in [*_WORD.findall(text), ""]:
        longer = [*run, word]
        inside = " " + " ".join(longer).casefold() + " " in original
        if word and inside and word.casefold() in known:
            run = longer
            continue
        small = [part for part in run if part.islower()]
        if len(small) >= 2 or len(run) >= 4:
            return " ".join(run)
        run = [word] if word and word.casefold() in known else []
    return None


@cache
def _known() -> frozenset[str]:
    return indonesian_words() | _FUNCTION


def _length(source: str, text: str, options: GuardOptions) -> Flag | None:
    words = len(source.split())
    ratio = len(text) / len(source.strip())
    if words >= 6 and ratio < options.min_ratio:
        return Flag("length", f"the translation is only {ratio:.0%} as long as the Indonesian")
    limit = options.max_ratio if words > 10 else options.max_ratio_short
    # A word or two of source may become a clause; forty characters more may not.
    if ratio > limit and len(text) > len(source) + 40:
        return Flag("length", f"the translation is {ratio:.1f} times as long as the Indonesian")
    return None


def _sentences(source: str, text: str, options: GuardOptions) -> Flag | None:
    if not options.sentences:
        return None
    wanted, made = len(split_sentences(source)), len(split_sentences(text))
    if made < wanted:
        return Flag("sentences", f"the Indonesian has {wanted} sentences, the English {made}")
    if made > wanted + 1:
        return Flag("sentences", f"the Indonesian has {wanted} sentence(s), the English {made}")
    return None


def _lower(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
