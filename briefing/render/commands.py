"""The commands about templates: `templates list`, `copy` and `check`.

They parse, call the library and print; `briefing.cli` hangs them into the program.
"""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

__all__ = ["templates_app"]

templates_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, copy and check the templates of the documents.",
)

Report = Annotated[bool, typer.Option("--json", help="Print a machine-readable report on stdout.")]


@templates_app.command("list")
def list_templates(*, report: Report = False) -> None:
    """List the shipped templates and what each of them shapes."""
    from briefing.render.custom import shipped  # noqa: PLC0415 - keeps --help quick

    templates = shipped()
    if report:
        rows = [{"name": t.name, "path": str(t.path), "about": t.about} for t in templates]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for template in templates:
        typer.echo(f"{template.name:<18} {template.about}")


@templates_app.command("copy")
def copy_templates(
    folder: Annotated[Path, typer.Argument(help="Folder for the copies; made if need be.")],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Templates; all by default.")
    ] = None,
) -> None:
    """Copy the shipped templates into a folder, to be edited and named with `--template`."""
    from briefing.render.custom import copy  # noqa: PLC0415 - keeps --help quick

    for path in copy(folder, names or ()):
        typer.echo(str(path))


@templates_app.command("check")
def check_templates(
    path: Annotated[Path, typer.Argument(help="A .docx, a text template, or a folder of them.")],
) -> None:
    """Fill in a template for an example briefing in every layout, and say what is wrong with it."""
    from briefing.render.custom import check  # noqa: PLC0415 - keeps --help quick

    for name in check(path):
        typer.echo(f"{name}: good")
