"""A house's own templates: list the shipped ones, copy them, and check what became of them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.document import (
    Article,
    Bilingual,
    Briefing,
    Claim,
    Disagreement,
    Event,
    Evidence,
    Flag,
    InputFile,
    Name,
    OnlyIn,
    Quote,
    Refusal,
    Reprint,
    Run,
    Sentence,
    Story,
    SummaryLine,
    TimelineEntry,
    Why,
)
from briefing.errors import OutputError, TemplateError, UsageError, choices
from briefing.render.outline import outline
from briefing.render.renderer import CHOICES, RenderSettings
from briefing.render.template import DOCX, HTML, METHOD, READING, SCRIPT, STYLE, TEXTS, Templates

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NAMES", "Template", "check", "copy", "example", "shipped"]

_ABOUT = {
    DOCX: "styles, page, running head and foot of the DOCX",
    HTML: "the page of the HTML (Jinja2)",
    STYLE: "the look of the HTML, on screen and on paper",
    SCRIPT: "what the HTML adds where scripts run: highlighting, filter and search",
    READING: "how to read the briefing (Markdown with Jinja2)",
    METHOD: "how the briefing is made (Markdown with Jinja2)",
}
NAMES: tuple[str, ...] = tuple(_ABOUT)
"""The shipped templates by file name."""


@dataclass(frozen=True, slots=True)
class Template:
    """A shipped template: its file name, where it is, and what it shapes."""

    name: str
    path: Path
    about: str


def shipped() -> tuple[Template, ...]:
    """Return the shipped templates."""
    templates = Templates()
    return tuple(Template(name, templates.path(name), about) for name, about in _ABOUT.items())


def copy(to: str | Path, names: Iterable[str] = ()) -> tuple[Path, ...]:
    """Copy the shipped templates into the folder `to`, made if need be, and return the copies.

    Raises `UsageError` for an unknown name, and `OutputError` where a file is there already (it may
    hold someone's work) or cannot be written.
    """
    wanted = tuple(names) or NAMES
    for name in wanted:
        if name not in NAMES:
            raise UsageError(f"unknown template {name!r}; choose from {choices(NAMES)}")
    folder = Path(to)
    targets = [folder / name for name in wanted]
    for target in targets:
        if target.exists():
            raise OutputError(f"{target} is there already; move it away first")
    templates = Templates()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target in targets:
            shutil.copyfile(templates.path(target.name), target)
    except OSError as error:
        raise OutputError(f"cannot write templates to {folder}: {error.strerror}") from error
    return tuple(targets)


def check(path: str | Path) -> tuple[str, ...]:
    """Try a template, or a folder of them, and return the names of those that were found good.

    A text template is filled in for an example briefing in every layout, choice of languages and
    kind of row, so that each of its lines is reached. Raises `TemplateError` with the file, the
    line and the variable, or the styles that a .docx lacks.
    """
    path = Path(path)
    if path.is_file() and path.suffix.lower() != ".docx":
        if path.name not in TEXTS:
            raise TemplateError(f"{path} is not named as a template: {choices(NAMES)}")
        templates = Templates(path.parent)
        _check_text(path.name, templates)
        return (path.name,)
    templates = Templates(path)
    found = [name for name in NAMES if templates.own(name)]
    for name in found:
        if name == DOCX:
            from briefing.render.letterhead import base  # noqa: PLC0415 - python-docx is slow to import

            base(templates.path(DOCX))
        else:
            _check_text(name, templates)
    return tuple(found)


def _check_text(name: str, templates: Templates) -> None:
    from briefing.render.page import page  # noqa: PLC0415 - loads markdown

    if name in (STYLE, SCRIPT):
        templates.text(name)
        return
    for rows, layout, languages in product(*(CHOICES[k] for k in ("rows", "layout", "languages"))):
        settings = RenderSettings.checked({"rows": rows, "layout": layout, "languages": languages})
        for briefing in (example(), Briefing(events=(), run=example().run)):
            doc = outline(briefing, settings)
            if name == HTML:
                page(doc, templates)
            else:
                templates.prose(name, doc)


def example() -> Briefing:
    """Return a small briefing that uses every part of a document."""
    first = Article(
        id="aaaaaaaaaaaa",
        title=Bilingual("Jembatan Baru Dibuka", "New Bridge Opened"),
        title_flags=(Flag("name", "a name is not in the English"),),
        outlet="Harian Contoh",
        url="https://contoh.example/jembatan",
        byline="Rina",
        place="Medan",
        published="2025-03-04",
        published_from="dateline",
        published_note="the year is inferred from the weekday",
        wires=("Kantor Berita",),
        sentences=(
            Sentence(
                "s1",
                1,
                "Jembatan dibuka.",
                "The bridge opened.",
                notes=(Flag("memory", "worded by an analyst"), Flag("term", "“a” put in as “b”")),
            ),
            Sentence("s2", 1, "Harganya 2 miliar.", "It cost 2.", flags=(Flag("number", "2"),)),
            Sentence("s3", 2, "Rencana", "Plans", kind="heading"),
            Sentence("s4", 3, "Warga senang.", ""),
        ),
        captions=(Sentence("c1", 1, "Jembatan itu.", "The bridge.", kind="caption"),),
        summary=(
            SummaryLine(
                id="Jembatan dibuka.",
                en="The bridge opened.",
                evidence=(Evidence("aaaaaaaaaaaa", "s1"),),
            ),
        ),
        reprints=(Reprint(outlet="Portal Dua", url="https://dua.example/", similarity=0.97),),
    )
    second = Article(
        id="bbbbbbbbbbbb",
        path="berita.txt",
        sentences=(Sentence("s1", 1, "Biaya 3 miliar.", "Cost 3 billion."),),
        version=2,
    )
    evidence = (Evidence(first.id, "s2"), Evidence(second.id, "s1"), Evidence("gone", "s1"))
    line = SummaryLine(id="Jembatan dibuka.", en="The bridge opened.", evidence=evidence)
    event = Event(
        id="e1",
        articles=(first, second),
        title=first.title,
        first_seen="2025-03-04",
        last_seen="2025-03-05",
        place="Medan",
        outlets=("Harian Contoh",),
        why=Why(names=("Medan",), dates=("2025-03-04",), numbers=("2 miliar",), weakest=0.5),
        summary=(line, SummaryLine(id="a", en="b", evidence=evidence, machine_written=True)),
        timeline=(TimelineEntry(date="2025-03", id="Dibuka.", en="Opened.", evidence=evidence),),
        quotes=(Quote(id="“Ya.”", en="“Yes.”", evidence=evidence, speaker="Rina", role="warga"),),
        disagreements=(
            Disagreement(
                kind="number",
                about=Bilingual("biaya", "cost"),
                claims=(Claim(value="2 miliar", outlets=("Harian Contoh",), evidence=evidence),),
                note="a note",
            ),
        ),
        only_in=(OnlyIn(outlet="Harian Contoh", id="Dibuka.", en="Opened.", evidence=evidence),),
        names=(Name(id="Medan", en="Medan", kind="place", evidence=evidence),),
        status="developing",
        news=(line,),
    )
    return Briefing(
        events=(event, Event(id="e2", articles=(Article(id="cccccccccccc", sentences=()),))),
        run=Run(
            engine="fake",
            model="example",
            model_sha256="0" * 64,
            licence=None,
            versions={"briefing": "0"},
            options={"beam": 4},
            inputs=(InputFile("berita.txt", "0" * 64),),
            signature="example",
        ),
        refused=(Refusal(path="kosong.txt", code="empty", reason="the file is empty"),),
        day="2025-03-05",
        previous_day="2025-03-04",
        stories=(
            Story(
                event="s",
                title=Bilingual("Banjir", "Flood"),
                status="quiet",
                last_seen="2025-03-01",
            ),
        ),
    )
