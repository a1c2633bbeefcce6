"""The DOCX: reopened, validated, edited and saved by others, and printed."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree

from briefing.document import Article, Bilingual, Briefing, Event, Evidence, Sentence, SummaryLine
from briefing.errors import TemplateError
from briefing.render import RenderSettings, house, picture, renderer
from briefing.render.custom import example
from briefing.render.outline import outline, row_anchor

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def draw(briefing: Briefing, **settings) -> bytes:
    return renderer("docx").render(briefing, RenderSettings.checked(settings))


def long_briefing(articles: int = 3, sentences: int = 25) -> Briefing:
    """Sentences that are each found by a word of their own."""
    made = tuple(
        Article(
            id=f"{a:012x}",
            title=Bilingual(f"Judul {a}", f"Title {a}"),
            outlet=f"Kabar {a}",
            published="2025-03-04",
            url=f"https://kabar.example/{a}",
            sentences=tuple(
                Sentence(
                    f"s{s}",
                    1 + s // 3,
                    f"Sumber{a:02}x{s:03} berbunyi demikian di kota ini.",
                    f"Target{a:02}x{s:03} reads so in this town.",
                )
                for s in range(1, sentences + 1)
            ),
        )
        for a in range(articles)
    )
    summary = SummaryLine(
        id="Ringkasan.", en="Summary.", evidence=(Evidence(made[0].id, f"s{sentences}"),)
    )
    event = Event(id="e", articles=made, title=Bilingual("Acara", "Event"), summary=(summary,))
    return Briefing(events=(event,), run=example().run)


@pytest.fixture(scope="module")
def content() -> bytes:
    return draw(example())


@pytest.fixture(scope="module")
def document(content):
    return docx.Document(io.BytesIO(content))


def side_by_side(document):
    """The tables of the articles as rows of cell texts, without the head."""
    tables = [t for t in document.tables if t.rows[0].cells[-1].text == "Row"]
    return [[[cell.text for cell in row.cells] for row in t.rows[1:]] for t in tables]


def test_the_committed_base_is_what_the_script_makes(root):
    # Part by part, because two builds of zlib may pack the same bytes differently.
    with (
        zipfile.ZipFile(root / "templates" / "briefing.docx") as committed,
        zipfile.ZipFile(io.BytesIO(house.build())) as made,
    ):
        assert committed.namelist() == made.namelist()
        for name in made.namelist():
            assert committed.read(name) == made.read(name), name


def test_styles_named_in_the_readme_are_those_in_the_code(root):
    text = (root / "templates" / "README.md").read_text(encoding="utf-8")
    flat = " ".join(text.split())
    assert [name for name in house.STYLES if name not in flat] == []


def test_two_makings_are_the_same_bytes_under_a_fixed_time(content):
    assert content == draw(example())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


def test_a_validator_of_the_schema_finds_nothing(content, tmp_path):
    audit = pytest.importorskip("openxml_audit")
    for name, made in (("made.docx", content), ("base.docx", house.build())):
        (tmp_path / name).write_bytes(made)
        result = audit.OpenXmlValidator(max_errors=0).validate(str(tmp_path / name))
        assert result.is_valid
        assert [str(error) for error in result.errors] == []


def test_every_row_stands_once_in_the_right_columns():
    briefing = long_briefing()
    tables = side_by_side(docx.Document(io.BytesIO(draw(briefing))))
    assert [[row[:2] for row in t] for t in tables] == [
        [[s.source, s.translation] for s in a.sentences] for a in briefing.articles
    ]
    assert [row[2] for row in tables[1]] == [f"2.{n}" for n in range(1, 26)]


def test_tables_repeat_their_head_and_rows_stay_whole(document):
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))
        assert not any(row.trPr.findall(qn("w:tblHeader")) for row in others)
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))


def test_a_row_longer_than_a_page_may_break():
    long = Sentence("s1", 1, "kata " * 2_000, "word " * 2_000)
    briefing = long_briefing(1, 1)
    event = replace(
        briefing.events[0], articles=(replace(briefing.articles[0], sentences=(long,)),)
    )
    made = docx.Document(io.BytesIO(draw(replace(briefing, events=(event,)))))
    table = next(t for t in made.tables if t.rows[0].cells[-1].text == "Row")
    properties = table._tbl.tr_lst[1].trPr
    assert properties is None or properties.find(qn("w:cantSplit")) is None


def test_every_run_of_a_row_says_its_language(document):
    table = next(t for t in document.tables if t.rows[0].cells[-1].text == "Row")
    for row in table.rows[1:]:
        for cell, lang in zip(row.cells, ("id-ID", "en-US", "en-US"), strict=True):
            runs = [r for p in cell.paragraphs for r in p.runs]
            assert runs
            # What says that there is no translation is English in whichever column it stands.
            found = {r._r.rPr.find(qn("w:lang")).get(qn("w:val")) for r in runs}
            assert found == {lang}


def test_every_marker_leads_to_its_row_and_every_name_is_there_once(document):
    body = document.element.body
    names = Counter(b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart")))
    numbers = Counter(b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkStart")))
    ends = Counter(b.get(qn("w:id")) for b in body.iter(qn("w:bookmarkEnd")))
    assert set(names.values()) == {1}
    assert numbers == ends
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in names)
    targets = {h.get(qn("w:anchor")) for h in body.iter(qn("w:hyperlink"))} - {None}
    assert targets <= set(names)
    article = example().articles[0]
    assert row_anchor(article.id, "s2").replace("-", "_") in targets


def test_links_out_are_web_addresses_only(document):
    out = {r.target_ref for r in document.part.rels.values() if r.is_external}
    assert out == {"https://contoh.example/jembatan", "https://dua.example/"}


def test_contents_are_there_when_the_document_opens(content, document):
    """No field is marked dirty and no setting asks to update fields: neither program prompts."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"updateFields" not in package.read("word/settings.xml")
        assert b"w:dirty" not in package.read("word/document.xml")
    lines = [p for p in document.paragraphs if p.style.name.lower().startswith("toc ")]
    shown = outline(example(), RenderSettings()).contents
    assert ["".join(h.text for h in p.hyperlinks) for p in lines] == [line.text for line in shown]
    marks = [m.get(qn("w:fldCharType")) for m in document.element.body.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]


def test_headings_of_the_contents_are_the_headings_of_the_document(document):
    headings = [
        p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Article Heading")
    ]
    assert headings == [line.text for line in outline(example(), RenderSettings()).contents]


def test_headings_never_skip_a_level(document):
    levels = {"Heading 1": 1, "Heading 2": 2, "Article Heading": 2}
    found = [levels[p.style.name] for p in document.paragraphs if p.style.name in levels]
    after_cover = found[found.index(1) :]
    assert all(b - a <= 1 for a, b in itertools.pairwise(after_cover))


def test_the_brief_layout_pairs_each_line_in_a_row_of_its_own():
    made = docx.Document(io.BytesIO(draw(example(), layout="brief")))
    rows = [[c.text for c in r.cells] for r in made.tables[0].rows]
    assert rows[0] == ["Event", "Indonesian", "English"]
    assert rows[1][1:] == ["Jembatan Baru Dibuka", "New Bridge Opened"]
    assert rows[2][1:] == ["Jembatan dibuka.", "The bridge opened. [1.2] [2.1] [?]"]
    assert not [t for t in made.tables if t.rows[0].cells[-1].text == "Row"]


def test_page_and_properties(document):
    section = document.sections[0]
    assert abs(section.page_width - Cm(21)) < Cm(0.01)
    assert abs(section.page_height - Cm(29.7)) < Cm(0.01)
    assert section.header.paragraphs[0].text == "Indonesian news briefing, 5 March 2025"
    fields = [t.text.strip() for t in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    core = document.core_properties
    assert (core.created.isoformat()[:10], core.language) == ("2025-03-04", "en-US")
    assert core.modified == core.created
    assert core.title.startswith("Indonesian news briefing")


def test_the_picture_has_its_text_and_without_matplotlib_there_is_a_table(monkeypatch):
    briefing = long_briefing()
    if picture.available():
        made = docx.Document(io.BytesIO(draw(briefing)))
        about = [p.get("descr") for p in made.element.body.iter(qn("wp:docPr"))]
        assert about == [
            (
                "Articles by outlet and day. Kabar 0: 1 on 4 March 2025; Kabar 1: 1 on 4 March 2025; "
                "Kabar 2: 1 on 4 March 2025."
            )
        ]
    monkeypatch.setattr(picture, "available", lambda: False)
    made = docx.Document(io.BytesIO(draw(briefing)))
    assert not list(made.element.body.iter(qn("wp:docPr")))
    table = next(t for t in made.tables if t.rows[0].cells[0].text == "Outlet")
    assert [[c.text for c in r.cells] for r in table.rows][1] == ["Kabar 0", "1", "1"]


# A house's own template


def test_a_letterhead_keeps_its_page_head_and_styles(tmp_path):
    base = docx.Document(io.BytesIO(house.build()))
    base.sections[0].left_margin = Cm(4)
    base.sections[0].header.paragraphs[0].text = "Rumah Contoh: {{ title }} ({{ period }})"
    base.styles["Translation"].font.name = "Courier New"
    base.add_paragraph("This goes.")
    path = tmp_path / "house.docx"
    base.save(path)
    made = docx.Document(io.BytesIO(draw(example(), template=path, title="{{ period }}")))
    assert made.sections[0].header.paragraphs[0].text == "Rumah Contoh: {{ period }} (4 March 2025)"
    assert abs(made.sections[0].left_margin - Cm(4)) < Cm(0.01)
    assert made.styles["Translation"].font.name == "Courier New"
    assert "This goes." not in "".join(made.element.body.itertext())
    width = sum(
        int(g.get(qn("w:w"))) for g in made.tables[0]._tbl.tblGrid.iterchildren(qn("w:gridCol"))
    )
    assert width <= (Cm(21) - Cm(4) - Cm(1.9)) / 635


def test_missing_styles_are_all_named(tmp_path):
    path = tmp_path / "plain.docx"
    docx.Document().save(path)
    with pytest.raises(TemplateError) as caught:
        draw(example(), template=path)
    told = str(caught.value)
    assert "plain.docx" in told
    for name in ("Source Text (paragraph)", "Evidence (character)", "Briefing Table (table)"):
        assert name in told
    assert "Heading 1" not in told


@pytest.mark.parametrize("written", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_docx_is_refused(tmp_path, written):
    path = tmp_path / "odd.docx"
    path.write_bytes(written)
    with pytest.raises(TemplateError, match=r"odd\.docx"):
        draw(example(), template=path)


def test_time_and_memory_grow_with_the_rows_and_not_with_their_square():
    """Counted, not timed: python-docx finds a cell of a table by walking all cells before it."""
    from briefing.render import ooxml

    counts = []
    for rows in (50, 100, 200):
        made = 0
        original = ooxml.OxmlElement

        def counted(*arguments, _original=original, **keywords):
            nonlocal made
            made += 1
            return _original(*arguments, **keywords)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ooxml, "OxmlElement", counted)
            draw(long_briefing(1, rows), layout="table")
        counts.append(made)
    assert counts[2] - counts[1] == 2 * (counts[1] - counts[0])


# Other programs


def office(tmp_path, path, kind: str):
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return tmp_path / "out" / f"{path.stem}.{kind}"


@needs_office
def test_libreoffice_saves_it_again_with_rows_ids_and_links(tmp_path):
    briefing = long_briefing()
    path = tmp_path / "briefing.docx"
    path.write_bytes(draw(briefing))
    saved = docx.Document(str(office(tmp_path, path, "docx")))
    tables = side_by_side(saved)
    assert [[row[:2] for row in t] for t in tables] == [
        [[s.source, s.translation] for s in a.sentences] for a in briefing.articles
    ]
    for table, article in zip(
        [t for t in saved.tables if t.rows[0].cells[-1].text == "Row"],
        briefing.articles,
        strict=True,
    ):
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
        for row, sentence in zip(table._tbl.tr_lst[1:], article.sentences, strict=True):
            names = {b.get(qn("w:name")) for b in row.iter(qn("w:bookmarkStart"))}
            assert row_anchor(article.id, sentence.id).replace("-", "_") in names
    targets = {h.get(qn("w:anchor")) for h in saved.element.body.iter(qn("w:hyperlink"))}
    assert row_anchor(briefing.articles[0].id, "s25").replace("-", "_") in targets
    languages = {
        run.find(qn("w:rPr")).find(qn("w:lang")).get(qn("w:val"))
        for run in saved.element.body.iter(qn("w:r"))
        if "Sumber" in "".join(run.itertext()) and run.find(qn("w:rPr")) is not None
        if run.find(qn("w:rPr")).find(qn("w:lang")) is not None
    }
    assert languages <= {"id-ID"}


@needs_office
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_printed_every_sentence_is_there_once_on_its_side(tmp_path):
    briefing = long_briefing(2, 60)
    path = tmp_path / "briefing.docx"
    path.write_bytes(draw(briefing, layout="table"))
    pdf = office(tmp_path, path, "pdf")
    found = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True
    ).stdout
    places: dict[str, list[tuple[int, float, float]]] = {}
    pages = etree.fromstring(found).findall(".//{*}page")
    for number, page in enumerate(pages):
        assert abs(float(page.get("width")) - 595) < 2
        assert abs(float(page.get("height")) - 842) < 2
        for word in page.iter("{*}word"):
            if re.fullmatch(r"(Sumber|Target)\d\dx\d\d\d", word.text or ""):
                place = (number, float(word.get("xMin")), float(word.get("yMin")))
                places.setdefault(word.text, []).append(place)
    assert len(places) == 2 * 2 * 60
    for name, found_at in places.items():
        assert len(found_at) == 1, name
        if name.startswith("Sumber"):
            (page, left, top) = found_at[0]
            (other_page, right, other_top) = places[name.replace("Sumber", "Target")][0]
            assert (page, round(top)) == (other_page, round(other_top))
            assert (left < 100, right > 200) == (True, True)
    heads = sum(
        1
        for page in pages
        for w in page.iter("{*}word")
        if w.text == "Indonesian" and float(w.get("yMin")) > 50
    )
    assert heads >= len(pages) - 1
