"""Hostile text in every field: nothing acts, nothing breaks, nothing is lost."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree, html

from briefing.render import RenderSettings, renderer
from briefing.render.custom import example
from briefing.render.text import plain

if TYPE_CHECKING:
    from briefing.document import Briefing

ATTACK = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> </td></tr></table> &lt; & | \\| ` ``` "
    "*b* __i__ ~~s~~ $x$ [l](javascript:alert(3)) ![i](https://evil.example/i.png) <https://e.example> "
    "https://evil.example www.evil.example @someone #1 [^1] [x]: y {{ 7*7 }} {% raw %} {{ period }} "
    "=cmd|'/C calc'!A0 ]]> --> \x00\x07\x1b[31m \u202ecba\u202c \u2066x \ud800 \ufffe 👩‍🚒 \n\n# not a heading\n"
    "- no list\n| a | b |\r\n"
)
LONG = "W" * 10_000
# Not free text: ids, codes and dates that the model's own types check.
CLOSED = {
    *("id_", "kind", "status", "published_from", "schema", "source_lang", "target_lang", "date"),
    *("published", "first_seen", "last_seen", "article", "sentence", "day", "previous_day"),
}


class Hostile:
    """Puts a numbered token and the attack into every text of a briefing."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}

    def text(self, where: str) -> str:
        token = f"Q{len(self.tokens):04}Q"
        self.tokens[token] = where
        # A word without end in every sixth field: in all of them it would only take time.
        return f"{token} {ATTACK} {'' if len(self.tokens) % 6 else LONG} {token}"

    def walk(self, value, where="", *, is_id=False):
        if dataclasses.is_dataclass(value):
            # `id` is an identifier in what has sentences or events, and Indonesian text elsewhere.
            names = {f.name for f in dataclasses.fields(value)}
            identifier = not names & {"en"}
            changed = {
                name: self.walk(
                    getattr(value, name), f"{where}.{name}", is_id=name == "id" and identifier
                )
                for name in sorted(names - CLOSED)  # a set has another order in each process
                if name != "versions"
            }
            return dataclasses.replace(value, **{k: changed[k] for k in sorted(changed)})
        if isinstance(value, tuple):
            return tuple(self.walk(one, where) for one in value)
        return self.text(where) if isinstance(value, str) and not is_id else value


@pytest.fixture(scope="module")
def hostile() -> tuple[Briefing, dict[str, str]]:
    maker = Hostile()
    return maker.walk(example()), maker.tokens


@pytest.fixture(scope="module")
def drawn(hostile) -> dict[str, bytes]:
    settings = RenderSettings(title=f"{ATTACK} {LONG}")
    return {f: renderer(f).render(hostile[0], settings) for f in ("docx", "html", "md", "json")}


# What no document shows: hashes, what the coverage's own words replace, and what is counted.
HIDDEN = ("model_sha256", "sha256", ".inputs", ".previous", ".event", ".wires_")


def told(tokens: dict[str, str]) -> set[str]:
    return {t for t, where in tokens.items() if not any(h in where for h in HIDDEN)}


def test_the_attack_reaches_every_kind_of_field(hostile):
    assert len(hostile[1]) > 60
    assert any(".sentences.source" in where for where in hostile[1].values())


def test_nothing_is_lost(hostile, drawn):
    document = docx.Document(io.BytesIO(drawn["docx"]))
    texts = {
        "docx": "".join(document.element.body.itertext()),
        "html": html.fromstring(drawn["html"].decode("utf-8")).text_content(),
        "md": drawn["md"].decode("utf-8"),
        "json": drawn["json"].decode("utf-8"),
    }
    for name, text in texts.items():
        missing = {hostile[1][t] for t in told(hostile[1]) if t not in text}
        assert not missing, name


def test_json_reads_back_as_it_was(hostile, drawn):
    import json

    assert json.loads(drawn["json"]) == json.loads(hostile[0].to_json())


def test_docx_is_xml_and_keeps_every_character(hostile, drawn):
    with zipfile.ZipFile(io.BytesIO(drawn["docx"])) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    document = docx.Document(io.BytesIO(drawn["docx"]))
    tables = [t for t in document.tables if t.rows[0].cells[-1].text == "Row"]
    first = hostile[0].events[0].articles[0]
    row = tables[0].rows[1]
    assert row.cells[0].text == plain(first.sentences[0].source)
    assert row.cells[1].text == plain(first.sentences[0].translation)
    relations = document.part.rels.values()
    links = [r.target_ref for r in relations if r.reltype == RELATIONSHIP_TYPE.HYPERLINK]
    assert links == []  # every address was hostile


def test_html_holds_no_markup_of_an_article(drawn):
    page = html.fromstring(drawn["html"].decode("utf-8"))
    assert len(page.findall(".//script")) == 1
    assert not page.xpath("//img | //iframe | //object | //link | //base | //*[@style]")
    attributes = {name for element in page.iter(etree.Element) for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on")]
    targets = page.xpath("//@href")
    assert all(t.startswith("#") for t in targets)
    anchors = set(page.xpath("//@id"))
    assert {t[1:] for t in targets} <= anchors
    assert b"{{ 7*7 }}" in drawn["html"]  # a template would make 49 of it
    assert drawn["html"].count(b"{{ 7*7 }}") == drawn["html"].count(b"{% raw %}")


def _safe(page: str) -> None:
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //img | //iframe | //*[@onerror]")
    for target in tree.xpath("//a/@href"):
        assert target.startswith("#"), target
    heads = {h.text_content().strip() for h in tree.xpath("//h1|//h2|//h3|//h4")}
    assert "not a heading" not in heads


def _square(page: str) -> None:
    for table in html.fromstring(page).xpath("//table"):
        assert len({len(row.xpath("./td|./th")) for row in table.xpath(".//tr")}) == 1


def test_markdown_stays_what_it_is_in_commonmark_with_tables(drawn):
    from markdown_it import MarkdownIt

    reader = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    page = reader.render(drawn["md"].decode("utf-8"))
    _safe(page)
    _square(page)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
@pytest.mark.parametrize("reader", ["gfm", "markdown", "commonmark_x"])
def test_markdown_stays_what_it_is_in_pandoc(drawn, reader):
    page = subprocess.run(
        ["pandoc", "-f", reader, "-t", "html"], input=drawn["md"], capture_output=True, check=True
    ).stdout.decode("utf-8")
    _safe(page)
    _square(page)
