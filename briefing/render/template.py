"""The templates: where they are looked up, how they are filled in, and how they fail.

`templates/` holds the DOCX that gives styles and page (`briefing.docx`), the page of the HTML
(`briefing.html.j2` with its `.css` and `.js`) and the prose in Markdown (`reading.md`, `method.md`).
A house puts its own versions of any of them into a folder and names that folder, or a `.docx` alone,
as `template`.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

import jinja2

from briefing import resources
from briefing.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from briefing.render.views import Outline

__all__ = ["DOCX", "HTML", "METHOD", "READING", "SCRIPT", "STYLE", "TEXTS", "Templates"]

DOCX = "briefing.docx"
HTML = "briefing.html.j2"
STYLE = "briefing.css"
SCRIPT = "briefing.js"
READING = "reading.md"
METHOD = "method.md"
TEXTS = (HTML, STYLE, SCRIPT, READING, METHOD)
"""The templates that are text; `DOCX` is the other one."""


class Templates:
    """The templates of one rendering: the house's own where it has them, the shipped ones else.

    `chosen` is `RenderSettings.template`. Raises `TemplateError` where it is neither a `.docx` nor
    a folder with at least one template.
    """

    def __init__(self, chosen: Path | None = None) -> None:
        self._shipped = resources.templates()
        self._own: dict[str, Path] = {}
        if chosen is not None:
            self._own = _own(chosen)
        self.environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._load),
            autoescape=jinja2.select_autoescape(("html.j2",)),
            undefined=jinja2.StrictUndefined,
            trim_blocks=False,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
        )

    def path(self, name: str) -> Path:
        """Return the file of a template."""
        return self._own.get(name, self._shipped / name)

    def own(self, name: str) -> bool:
        """Tell whether a template is the house's own."""
        return name in self._own

    def text(self, name: str) -> str:
        """Return a text template as it stands."""
        path = self.path(name)
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise TemplateError(f"cannot read the template {path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise TemplateError(f"the template {path} is not UTF-8: {error.reason}") from error

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Fill in a text template.

        Raises `TemplateError` with the template's file, the line and what is wrong there.
        """
        try:
            return self.environment.get_template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            where = self.path(error.name) if error.name else self.path(name)
            raise TemplateError(f"{where}, line {error.lineno}: {error.message}") from error
        except TemplateError:
            raise
        except Exception as error:
            # A template may do anything an expression can, so any exception is the template's own.
            line = self._line(error, name)
            raise TemplateError(f"{self.path(name)}, line {line}: {error}") from error

    def prose(self, name: str, doc: Outline) -> str:
        """Return one of the Markdown texts, filled in for this document."""
        values = {"layout": doc.layout, "languages": doc.languages, "rows": doc.rows_hold}
        return self.render(name, values).strip()

    def _load(self, name: str) -> tuple[str, str, None] | None:
        if name not in TEXTS:
            return None
        return self.text(name), str(self.path(name)), None

    def _line(self, error: Exception, name: str) -> int | str:
        path = str(self.path(name))
        frames = traceback.extract_tb(error.__traceback__)
        return next((f.lineno or "?" for f in reversed(frames) if f.filename == path), "?")


def _own(chosen: Path) -> dict[str, Path]:
    if chosen.is_dir():
        found = {n: chosen / n for n in (DOCX, *TEXTS) if (chosen / n).is_file()}
        if not found:
            raise TemplateError(
                f"the template folder {chosen} holds none of {', '.join((DOCX, *TEXTS))}"
            )
        return found
    if not chosen.exists():
        raise TemplateError(f"there is no template {chosen}")
    if chosen.suffix.lower() != ".docx":
        raise TemplateError(f"the template {chosen} is neither a .docx nor a folder of templates")
    return {DOCX: chosen}
