"""Pages in the house styles of Indonesian outlets, written for these tests.

A `.page` file gives the expected facts, then the page. Each of its lines begins with what is to
become of it: `T` title, `B` body, `H` heading, `C` caption, `-` dropped, `+` joined to the line
above. Inside a body line, `[[...]]` marks what is to be taken out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from briefing.ingest.page import Page, analyse
from briefing.ingest.reader import RawArticle

PAGES = sorted((Path(__file__).parent / "data" / "pages").glob("*.page"))
INSERT = re.compile(r"\[\[(.+?)\]\]\s?")


@dataclass
class Expected:
    facts: dict[str, str]
    lines: list[str] = field(default_factory=list)
    title: str | None = None
    blocks: list[tuple[str, str]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read_page(path: Path) -> Expected:
    head, _, body = path.read_text(encoding="utf-8").partition("---\n")
    facts = dict(line.split(":", 1) for line in head.splitlines())
    page = Expected({key: value.strip() for key, value in facts.items()})
    for line in body.splitlines():
        if not line.strip():
            page.lines.append("")
            continue
        mark, text = line[0], line[2:]
        page.lines.append(text.replace("[[", "").replace("]]", ""))
        squeezed = " ".join(text.split())
        if mark == "T":
            page.title = squeezed
        elif mark in "BH":
            page.dropped += INSERT.findall(squeezed)
            kept = INSERT.sub("", squeezed).strip()
            page.blocks.append(("heading" if mark == "H" else "text", kept))
        elif mark == "+":
            kind, above = page.blocks[-1]
            page.blocks[-1] = (kind, f"{above} {squeezed}")
        elif mark == "C":
            page.captions.append(squeezed)
        else:
            assert mark == "-", line
            page.dropped.append(squeezed)
    return page


def analysed(path: Path) -> tuple[Expected, Page]:
    expected = read_page(path)
    return expected, analyse(RawArticle(where=path.name, text=expected.text))


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request):
    return analysed(request.param)


def test_enough_house_styles():
    assert len(PAGES) >= 25


def test_body_is_whole_and_in_order(page):
    expected, got = page
    assert [(block.kind, block.text) for block in got.blocks] == expected.blocks


def test_title(page):
    expected, got = page
    assert got.title == expected.title


def test_captions_are_kept_apart(page):
    expected, got = page
    assert [caption.text for caption in got.captions] == expected.captions


def test_furniture_is_dropped_with_a_rule(page):
    expected, got = page
    assert sorted(one.text for one in got.dropped) == sorted(expected.dropped)
    assert all(one.rule for one in got.dropped)


def test_dropped_names_the_line(page):
    expected, got = page
    for one in got.dropped:
        line = " ".join(expected.lines[one.line - 1].split())
        assert one.text in line


@pytest.mark.parametrize("fact", ["outlet", "place", "byline"])
def test_facts(page, fact):
    expected, got = page
    if fact in expected.facts or fact != "byline":
        assert getattr(got, fact) == (expected.facts.get(fact) or None)


def test_wires(page):
    expected, got = page
    if "wires" in expected.facts:
        wanted = [name.strip() for name in expected.facts["wires"].split(",") if name.strip()]
        assert [name.casefold() for name in got.wires] == [name.casefold() for name in wanted]


def test_publication_date(page):
    expected, got = page
    wanted = expected.facts["published"]
    assert got.published.date == (None if wanted == "none" else wanted)
    assert got.published.source == expected.facts["from"]
