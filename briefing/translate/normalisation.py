"""What the model is given for a segment: the page's wording without its typographic noise.

Only the model's input is changed; the source that the reader sees stays the page's wording. Noise
matters: a dash that was mangled by an encoding truncated 4 of 18 outputs of opus-mt-id-en in the
FLORES outputs that Mozilla stores, and the training text of most models has straight quotes.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LEVELS", "clauses", "copies", "model_input"]

_MAP = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞", '"'),
        **dict.fromkeys("‘’‚‛`´′ʻʼ", "'"),
        **dict.fromkeys("–—―‒−⸺", "-"),
        "‐": "-",
        "‑": "-",
        "…": "...",
        "\u00ad": None,  # soft hyphen
        "\ufeff": None,
        **dict.fromkeys("\u200b\u200c\u200d\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e"),
    }
)
_SPACE = re.compile(r"\s+")
_DOUBLED = re.compile(r"(['\"])\1+")
# A dash set without spaces between two words reads as a hyphen once it is one character.
_DASH = re.compile(r"(?<=[^\W\d])[–—](?=[^\W\d])")
# `di-jadwalkan`: a verb broken at its prefix. Prefix and the suffix -kan together are certain;
# `di-PHK`, `ke-2`, `anti-korupsi` and `se-kabupaten` are correct writing and stay.
_BROKEN_VERB = re.compile(r"\b(di|men|meng|mem|me|ter|ber)-(?=[a-z]{3,30}kan\b)", re.IGNORECASE)
# Where a long sentence can be cut with the least harm, strongest first: each is tried in turn.
_CUTS = (
    re.compile(r"(?<=[;:])\s+|(?<= [-–—])\s+"),
    re.compile(
        r"(?<=,)\s+(?=(?:dan|tetapi|tapi|namun|sedangkan|sementara|sehingga|karena|serta|atau|"
        r"yang|setelah|sebelum|ketika|saat|jika|agar|meski|meskipun|walaupun|kata|ujar|ucap)\b)"
    ),
    re.compile(r"(?<=,)\s+"),
    re.compile(r"\s+(?=(?:dan|tetapi|yang|karena|sehingga|setelah|untuk|dengan)\b)"),
    re.compile(r"\s+"),
)


def model_input(segment: str) -> str:
    """Return `segment` (BCP 47 `id`) as the model is given it.

    Unicode is composed (NFC), quotes and apostrophes become straight, dashes become hyphens, an
    ellipsis three dots; invisible characters go; white space of any kind becomes one space.
    """
    text = unicodedata.normalize("NFC", segment)
    text = _DASH.sub(" - ", text).translate(_MAP)
    text = _DOUBLED.sub(r"\1", text)
    text = _BROKEN_VERB.sub(r"\1", text)
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return _SPACE.sub(" ", text).strip()


def copies(text: str) -> bool:
    """Say whether `text` has nothing to translate: no letter at all, such as `***` or `2-1`.

    A web address is copied as well.
    """
    if not any(c.isalpha() for c in text):
        return True
    return " " not in text and ("://" in text or text.lower().startswith("www."))


def clauses(text: str, level: int) -> list[str]:
    """Cut `text` at every place of strength `level` (0, the strongest, to 4, any space).

    The parts joined by one space are `text` up to white space; a level that finds no place returns
    `text` whole. Raises `IndexError` beyond the last level.
    """
    return [part for part in _CUTS[level].split(text) if part]


LEVELS = len(_CUTS)
"""How many strengths of cut `clauses` knows."""
