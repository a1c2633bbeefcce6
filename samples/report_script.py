# ruff: noqa: INP001 - a script beside the samples, not a package
"""A reporting script: the events of the day in a pandas DataFrame and in a Word report of one's own.

::

    python report_script.py briefing.toml weekly-report.docx

Makes (or draws again) the edition of today with the configuration, prints a table of its events, and
adds a section to the report, which is made where it is not there. pandas is not needed by `briefing`:
`pip install pandas` for the table.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import briefing

if TYPE_CHECKING:
    import pandas as pd
    from docx.document import Document


def rows(made: briefing.Briefing) -> list[dict[str, Any]]:
    """Return the events as plain rows."""
    return [
        {
            "day": made.day,
            "event": event.id,
            "title": event.title.en,
            "judul": event.title.id,
            "status": event.status,
            "place": event.place,
            "outlets": len(event.outlets),
            "articles": len(event.articles),
            "new": len(event.news),
            "doubtful": sum(bool(s.flags) for a in event.articles for s in a.sentences),
        }
        for event in made.events
    ]


def frame(made: briefing.Briefing) -> pd.DataFrame:
    """Return the events as a DataFrame, one row each."""
    import pandas as pd  # noqa: PLC0415 - the rest works without it

    return pd.DataFrame(rows(made))


def add_section(report: Document, made: briefing.Briefing) -> None:
    """Add the day to an open python-docx document: each event with what is new and where it is from."""
    articles = {article.id: article for article in made.articles}
    report.add_heading(f"Indonesian press, {made.day}", level=1)
    if not made.events:
        report.add_paragraph("No new articles.")
    for event in made.events:
        report.add_heading(f"{event.title.en or event.title.id} ({event.status})", level=2)
        for line in event.news or event.summary:
            evidence = articles[line.evidence[0].article]
            said = report.add_paragraph(line.en, style="List Bullet")
            source = f" ({evidence.outlet}, {evidence.published or 'undated'}, machine translation)"
            said.add_run(source).italic = True
            report.add_paragraph().add_run(line.id).italic = True


def main(config: str, report_path: str) -> None:
    """Make the edition of today, print the table, and add the section to the report."""
    from docx import Document  # noqa: PLC0415 - slow to import

    made = briefing.Daily(config).run(deliver=False).briefing
    try:
        print(frame(made).to_string(index=False))  # noqa: T201 - this is a script
    except ImportError:
        for row in rows(made):
            print(row)  # noqa: T201 - this is a script
    path = Path(report_path)
    report = Document(report_path) if path.exists() else Document()
    add_section(report, made)
    report.save(report_path)


if __name__ == "__main__":
    main(*sys.argv[1:3])
