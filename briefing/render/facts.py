"""What is said about an article, an event and a run in labels and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.render.text import (
    UNKNOWN,
    format_date,
    listed,
    plain,
    safe_url,
    shorten,
)
from briefing.render.views import Fact, Pair

if TYPE_CHECKING:
    from briefing.document import Article, Bilingual, Event, Reprint, Run

__all__ = [
    "FOUND",
    "article_facts",
    "joined",
    "method_facts",
    "or_unknown",
    "reprint_fact",
    "title_of",
    "why_grouped",
]

FOUND = {
    "metadata": "from the page's metadata",
    "dateline": "from the dateline",
    "text": "from the text",
    "file": "from the file's record",
}
"""How a date was found, in words."""
# Long enough to recognise an article by, short enough for a heading of two lines.
_LABEL_CHARS = 90


def or_unknown(text: str | None) -> str:
    """Return the text, or "unknown" where there is none."""
    return plain(text).strip() or UNKNOWN if text else UNKNOWN


def joined(*parts: str | None) -> str:
    """Return the parts that say something, with semicolons."""
    return "; ".join(plain(part) for part in parts if part)


def title_of(title: Bilingual, article: Article | None) -> tuple[Pair, str]:
    """Return the title, or a neutral label from the first sentence with a note that says so."""
    id_, en = plain(title.id or "").strip(), plain(title.en or "").strip()
    if id_ or en:
        return Pair(id_, en), ""
    first = next(iter(article.body or article.sentences), None) if article else None
    if first is None:
        return Pair("Tanpa judul", "Untitled"), "no title on the page"
    label = Pair(
        shorten(plain(first.source).strip(), _LABEL_CHARS),
        shorten(plain(first.translation).strip(), _LABEL_CHARS),
    )
    return label, "no title on the page; the first sentence stands in for it"


def article_facts(article: Article) -> tuple[Fact, ...]:
    """Return what stands above an article's table."""
    found = joined(FOUND.get(article.published_from), article.published_note)
    date = format_date(article.published)
    facts = [
        Fact("Outlet", or_unknown(article.outlet)),
        Fact("Published", f"{date} ({found})" if article.published and found else date),
    ]
    if article.version > 1:
        facts.append(
            Fact(
                "Version",
                f"{article.version}: the outlet has changed this page since it was first read",
            )
        )
    if article.byline:
        facts.append(Fact("Byline", plain(article.byline)))
    if article.place:
        facts.append(Fact("Dateline", plain(article.place)))
    if article.wires:
        facts.append(Fact("Credits", listed(plain(w) for w in article.wires)))
    if article.url:
        facts.append(Fact("Link", plain(article.url), safe_url(article.url)))
    elif article.path:
        facts.append(Fact("File", plain(article.path)))
    return tuple(facts)


def reprint_fact(reprint: Reprint) -> Fact:
    """Return another printing: outlet, date and likeness, and where it is."""
    details = [format_date(reprint.published)]
    if reprint.similarity < 1:
        details.append(f"{round(reprint.similarity * 100)}% the same")
    where = reprint.url or reprint.path
    return Fact(
        f"{or_unknown(reprint.outlet)} ({', '.join(details)})",
        plain(where or ""),
        safe_url(reprint.url),
    )


def why_grouped(event: Event) -> tuple[str, tuple[Fact, ...]]:
    """Return why an event's articles stand together: a sentence, and what they share."""
    why = event.why
    shared = tuple(
        Fact(label, listed(plain(v) for v in values))
        for label, values in (
            ("Names", why.names),
            ("Places", why.places),
            ("Dates", tuple(format_date(d) for d in why.dates)),
            ("Numbers", why.numbers),
            ("Words", why.terms),
        )
        if values
    )
    count = len(event.articles)
    if count < 2:
        return "One article; no other in this briefing reports the same event.", ()
    text = f"These {count:,} articles share:" if shared else f"{count:,} articles."
    if why.weakest is not None:
        shared = (*shared, Fact("Weakest link", f"{why.weakest:.2f} on a scale from 0 to 1"))
    return text, shared


def method_facts(run: Run) -> tuple[Fact, ...]:
    """Return how the briefing was made."""
    versions = ", ".join(f"{plain(k)} {plain(v)}" for k, v in sorted(run.versions.items()))
    options = ", ".join(f"{plain(k)}={_option(v)}" for k, v in sorted(run.options.items()))
    return (
        Fact("Model", plain(run.model)),
        Fact("Model SHA-256", plain(run.model_sha256)),
        Fact("Model licence", or_unknown(run.licence)),
        Fact("Engine", plain(run.engine)),
        Fact("Versions", versions or UNKNOWN),
        Fact("Options", options or "defaults"),
        Fact("Input files", f"{len(run.inputs):,}; each with its SHA-256 in briefing.json"),
    )


def _option(value: object) -> str:
    if isinstance(value, list | tuple):
        return "+".join(plain(one) for one in value)
    return "none" if value is None else plain(value)
