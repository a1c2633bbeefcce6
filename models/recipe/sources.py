"""Where the sentence pairs come from, and how much each source counts.

The corpus is heavy in software texts. What the product translates is news, so a pass over the data
sees every news pair three times and a menu entry hardly ever. The weights were judged by reading
and by the share of a pass that each source takes, not tuned by search: there was no time for one.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Source", "weight"]


class Source(NamedTuple):
    """Sources whose names start with `prefix` are seen `weight` times in one pass."""

    prefix: str
    weight: float
    why: str


# The first prefix that fits counts.
SOURCES = (
    Source("news", 3.0, "news"),
    Source("panl", 3.0, "news, translated by people; loose at places"),
    Source("written", 4.0, "written for the project: words of news that the corpus hardly has"),
    Source("par-", 1.0, "pairs made or joined for a purpose"),
    Source("bt-", 1.0, "real English news and speeches, put into Indonesian by phrases"),
    Source("d86-ausaid", 1.5, "aid reports: the nearest to news beside news"),
    Source("d86", 1.0, "research reports"),
    Source("nusax-train", 2.0, "reviews and headlines, Indonesian originals, long"),
    Source("nusax", 0.5, "word list"),
    Source("tatoeba", 1.5, "everyday sentences: general words"),
    Source("xpersona", 0.5, "chat: general words, narrow contents"),
    Source("opus100", 0.6, "subtitles, noisy"),
    Source("opensource", 1.3, "prose about communities and law"),
    Source("mozilla-www", 1.3, "policy prose"),
    Source("hotosm", 0.8, "disaster mapping, Indonesian originals, English by learners"),
    Source("tico19", 1.0, "medical terms"),
    Source("bible", 0.4, "general words, dated style"),
    Source("quran", 0.3, "general words, dated style"),
    Source("debian-games", 0.6, "narrative and encyclopaedic text among menus"),
    Source("debian-handbook", 0.6, "book prose on computers"),
    Source("ethereum-org-md", 0.6, "prose on finance and technology"),
    Source("bitcoin", 0.8, "prose on finance"),
    Source("ms-", 0.6, "course prose, translated by machine"),
    Source("gnome-user", 0.4, "help texts"),
    Source("owasp", 0.4, "security prose"),
    Source("ruby-lang", 0.3, "release news"),
    Source("dict-cldr", 1.0, "countries, days, months"),
    Source("dict-freedict", 0.7, "words"),
    Source("dict", 0.3, "names of languages and codes"),
    Source("xsid", 0.5, "commands"),
    Source("short-ui", 0.05, "menu entries"),
    Source("debian-gettext-devtools", 0.05, "error messages"),
    Source("debian-gettext", 0.12, "interface messages"),
    Source("libreoffice", 0.1, "help on formulae"),
    Source("openstack", 0.15, "computer manuals"),
    Source("django", 0.1, "computer manuals, many near-duplicates"),
    Source("mozilla", 0.1, "interface messages"),
    Source("mediawiki", 0.1, "interface messages"),
    Source("", 0.15, "computer manuals and interface messages"),
)


def weight(source: str) -> float:
    """How often one pass sees a pair of `source`."""
    return next(s.weight for s in SOURCES if source.startswith(s.prefix))
