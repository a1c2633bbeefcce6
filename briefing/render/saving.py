"""Write a briefing into a folder: all the files, whole, or none of them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import OutputError, UsageError, choices
from briefing.render.renderer import Renderer, RenderSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Briefing

__all__ = ["FORMATS", "STEM", "JsonRenderer", "check_out", "renderer", "save"]

FORMATS: tuple[str, ...] = ("docx", "md", "html", "json")
STEM = "briefing"
"""The files are `briefing.docx`, `briefing.md`, `briefing.html` and `briefing.json`."""


class JsonRenderer:
    """The document model itself: the contract with report scripts."""

    suffix = "json"

    def render(self, briefing: Briefing, settings: RenderSettings) -> bytes:  # noqa: ARG002 - the settings choose how things look; the model holds everything
        """Return `briefing.to_json()` in UTF-8; a lone surrogate stays as its JSON escape."""
        return briefing.to_json().encode("utf-8", "backslashreplace")


def renderer(format_: str) -> Renderer:
    """Return the renderer of a format; raise `UsageError` where there is none."""
    if format_ == "docx":
        from briefing.render.word import DocxRenderer  # noqa: PLC0415 - python-docx is slow

        return DocxRenderer()
    if format_ == "md":
        from briefing.render.marked import MarkdownRenderer  # noqa: PLC0415 - jinja2 is slow

        return MarkdownRenderer()
    if format_ == "html":
        from briefing.render.page import HtmlRenderer  # noqa: PLC0415 - jinja2 is slow

        return HtmlRenderer()
    if format_ == "json":
        return JsonRenderer()
    raise UsageError(f"unknown format {format_!r}; choose from {choices(FORMATS)}")


def save(
    briefing: Briefing,
    out: str | Path,
    formats: Sequence[str] | None = None,
    **settings: Any,
) -> tuple[Path, ...]:
    """Write `briefing` into the folder `out` and return the paths of the files, in format order.

    Every format is drawn before the first file is touched; each is then written under a temporary
    name in the same folder, flushed to the disk and renamed, so that a reader of the folder sees an
    old file or a new one and never half of one.

    Args:
        briefing: What to draw.
        out: The folder, made if need be.
        formats: Any of `FORMATS`; all of them by default.
        **settings: The fields of `RenderSettings`.

    Raises:
        UsageError: An unknown format or setting, or a template that cannot be used.
        OutputError: The folder or a file cannot be written; no temporary file is left behind.
    """
    chosen = RenderSettings.checked(settings)
    wanted = FORMATS if formats is None else tuple(dict.fromkeys(formats))
    if not wanted:
        raise UsageError(f"no format given; choose from {choices(FORMATS)}")
    renderers = [renderer(one) for one in wanted]
    folder = check_out(Path(out))
    drawn = {folder / f"{STEM}.{one.suffix}": one.render(briefing, chosen) for one in renderers}
    _write(drawn)
    return tuple(drawn)


def check_out(out: Path) -> Path:
    """Make the output folder, and say at once, before minutes of drawing, if it cannot be used."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError(f"cannot write to {out}: it is a file, not a folder") from error
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot make the folder {out}: {_reason(error)}") from error
    if not os.access(out, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write to {out}: permission denied")
    return out


def _write(files: dict[Path, bytes]) -> None:
    temporary: dict[Path, Path] = {}
    target = Path()
    try:
        for target, content in files.items():
            if target.is_dir():
                raise OutputError(f"cannot write {target}: it is a folder")
            waiting = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            temporary[waiting] = target
            with waiting.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
        for waiting, target in temporary.items():
            waiting.replace(target)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {_reason(error)}") from error
    finally:
        for waiting in temporary:
            with suppress(OSError):
                waiting.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    strerror = error.strerror if isinstance(error, OSError) else None
    return (strerror or str(error)).lower()
