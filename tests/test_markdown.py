"""The Markdown: the same in CommonMark with tables (GitHub) and in pandoc."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from briefing.document import Bilingual
from briefing.render import RenderSettings, renderer
from briefing.render.custom import example
from briefing.render.marked import escape, github_slug, opening, pandoc_slug
from briefing.render.text import plain

needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
COMMONMARK = MarkdownIt("gfm-like", {"linkify": False, "html": True})


def draw(briefing=None, **settings) -> str:
    made = renderer("md").render(briefing or example(), RenderSettings.checked(settings))
    return made.decode("utf-8")


def titled(title: str):
    briefing = example()
    event = replace(briefing.events[0], title=Bilingual(title, title))
    return replace(briefing, events=(event, *briefing.events[1:]))


def pandoc(text: str, reader: str) -> html.HtmlElement:
    made = subprocess.run(
        ["pandoc", "-f", reader, "-t", "html"],
        input=text.encode(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    return html.fromstring(f"<div>{made.stdout.decode()}</div>")


LINES = st.text(st.characters(codec="utf-8"), max_size=60).map(lambda t: plain(t).strip())


@given(LINES)
def test_a_cell_shows_the_text_as_it_is(text):
    page = COMMONMARK.render(f"| a | b |\n| --- | --- |\n| x{escape(text)}x | end |\n")
    cells = [c.text_content() for c in html.fromstring(page).xpath("//td")]
    assert [" ".join(c.split()) for c in cells] == [" ".join(f"x{text}x".split()), "end"]


@given(LINES)
def test_a_paragraph_shows_the_text_as_it_is(text):
    tree = html.fromstring(f"<div>{COMMONMARK.render(opening(text))}</div>")
    assert " ".join(tree.text_content().split()) == " ".join(text.split())
    assert {e.tag for e in tree.iter()} <= {"div", "p"}


@pytest.mark.parametrize(
    "text",
    [
        "# head",
        "1. one",
        "12) two",
        "- item",
        "+ item",
        "> quote",
        "=====",
        "---",
        "```x",
        "~~~",
        ": definition",
        "% title",
        "| a | b |",
        "[x]: y",
        "<b>bold</b>",
        "a \\| b \\\\ c",
        "&amp; &lt;",
        "**a** __b__ ~~c~~ `d` $e$ ^f^ ~g~ [h](i) ![j](k) [^1] @l {#m} [-@n]",
        "http://a.example www.b.example",
        "{{ 7*7 }} {% raw %}",
        "=cmd|' /C calc'!A0",
    ],
)
@needs_pandoc
@pytest.mark.parametrize("reader", ["gfm", "markdown-smart"])
def test_pandoc_shows_the_text_as_it_is_too(text, reader):
    tree = pandoc(opening(text), reader)
    assert " ".join(tree.text_content().split()) == " ".join(text.split())
    assert {e.tag for e in tree.iter()} <= {"div", "p", "span"}
    tree = pandoc(f"| a | b |\n| --- | --- |\n| x{escape(text)} | end |\n", reader)
    cells = [" ".join(c.text_content().split()) for c in tree.xpath("//td")]
    assert cells == ["x" + " ".join(text.split()), "end"]


TITLES = [
    "New bridge opened",
    "Bridge, 1.5 km long, opened: “at last”",
    "Bridge — and tunnel",
    "Jembatan é dibuka",
    "A_b * c",
    "Bridge  with   spaces",
    "C++ & D#",
]


@needs_pandoc
@pytest.mark.parametrize("reader", ["gfm", "markdown"])
@pytest.mark.parametrize("title", TITLES)
def test_every_link_has_its_heading_in_pandoc(title, reader):
    tree = pandoc(draw(titled(title)), reader)
    assert {t[1:] for t in tree.xpath("//a/@href") if t.startswith("#")} <= set(tree.xpath("//@id"))
    assert tree.xpath("//a[@href]")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("layout", ["full", "brief", "table"])
def test_every_link_has_its_heading_on_github(title, layout):
    tree = html.fromstring(COMMONMARK.render(draw(titled(title), layout=layout)))
    slugs = {github_slug(h.text_content()) for h in tree.xpath("//h1|//h2|//h3")}
    targets = {t[1:] for t in tree.xpath("//a/@href") if t.startswith("#")}
    assert targets
    assert targets <= slugs


@pytest.mark.parametrize(
    ("heading", "github", "pandocs"),
    [
        ("Event 1: New bridge opened", "event-1-new-bridge-opened", "event-1-new-bridge-opened"),
        ("Event 2: 1.5 km", "event-2-15-km", "event-2-1.5-km"),
        ("Event 3: a — b", "event-3-a--b", "event-3-a-b"),
    ],
)
def test_slugs(heading, github, pandocs):
    assert (github_slug(heading), pandoc_slug(heading)) == (github, pandocs)


def test_every_row_stands_once_in_the_right_columns():
    tree = html.fromstring(COMMONMARK.render(draw()))
    tables = [t for t in tree.xpath("//table") if t.xpath("string(.//th[last()])") == "Row"]
    first = example().articles[0]
    rows = [[c.text_content() for c in r.xpath("./td")] for r in tables[0].xpath("./tbody/tr")]
    assert [r[:2] for r in rows] == [
        [s.source, s.translation or "(none)"] for s in (*first.sentences, *first.captions)
    ]
    assert [r[2] for r in rows] == [
        "1.1 worded by an analyst",
        "1.2 Check: 2",
        "1.3 heading",
        "1.4",
        "1.c1 photo caption",
    ]


def test_there_is_no_raw_html_and_the_markdown_package_reads_the_tables():
    text = draw()
    assert "<" not in text.replace("(<http", "(http")
    tree = html.fromstring(python_markdown.markdown(text, extensions=["tables", "sane_lists"]))
    for table in tree.xpath("//table"):
        assert len({len(r.xpath("./td|./th")) for r in table.xpath(".//tr")}) == 1
    assert len(tree.xpath("//table")) == len(
        html.fromstring(COMMONMARK.render(text)).xpath("//table")
    )
