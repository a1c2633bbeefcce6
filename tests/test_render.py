"""What stands on the page before any format, and how the files are written."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document import (
    Article,
    Bilingual,
    Briefing,
    Event,
    Evidence,
    Run,
    Sentence,
    SummaryLine,
)
from briefing.errors import OutputError, UsageError
from briefing.render import FORMATS, RenderSettings, save
from briefing.render.coverage import coverage
from briefing.render.custom import example
from briefing.render.outline import outline, row_anchor
from briefing.render.text import (
    day_of,
    format_date,
    format_period,
    listed,
    plain,
    plural,
    safe_url,
    shorten,
)

RUN = Run(
    engine="fake",
    model="fake",
    model_sha256="0" * 64,
    licence=None,
    versions={},
    options={},
    inputs=(),
    signature="s",
)


def article(number: int, outlet: str | None = "Kabar", published: str | None = None) -> Article:
    return Article(
        id=f"{number:012x}",
        outlet=outlet,
        published=published,
        sentences=(Sentence("s1", 1, f"Kalimat {number}.", f"Sentence {number}."),),
    )


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2023-09-12", "12 September 2023"),
        ("2023-01-02", "2 January 2023"),
        ("2023-09-13T09:30:00+07:00", "13 September 2023, 09:30 WIB"),
        ("2023-09-13T09:30:00+08:00", "13 September 2023, 09:30 WITA"),
        ("2023-09-13T09:30:00+09:00", "13 September 2023, 09:30 WIT"),
        ("2023-09-13T09:30:00Z", "13 September 2023, 09:30 UTC"),
        ("2023-09-13T09:30:00-04:30", "13 September 2023, 09:30 UTC−4:30"),
        ("2023-09-13T09:30", "13 September 2023, 09:30"),
        ("2023-09", "September 2023"),
        ("2023", "2023"),
        ("2023-13", "2023-13"),
        ("2023-02-30", "2023-02-30"),
        ("kemarin", "kemarin"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_dates_have_one_form(iso, shown):
    assert format_date(iso) == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2023-09-12", "2023-09-12", "12 September 2023"),
        ("2023-09-12T01:00:00+07:00", "2023-09-12T20:00:00+07:00", "12 September 2023"),
        ("2023-09-12", "2023-09-13T09:30:00+07:00", "12 September 2023 to 13 September 2023"),
        (None, "2023-09-13", "13 September 2023"),
        ("2023-09", "2023-09", "September 2023"),
        (None, None, "unknown"),
    ],
)
def test_periods_are_of_days(first, last, shown):
    assert format_period(first, last) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc\u2028d", "a b c d"),
        ("a\x00b\x1fc\x7fd", "a␀b␟c␡d"),
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("a\ud800b\ufffec", "a[U+D800]b[U+FFFE]c"),
        ("a\u200eb\u200f 👩‍🚒 é", "a\u200eb\u200f 👩‍🚒 é"),
    ],
)
def test_what_could_act_is_made_visible_and_nothing_else_changes(text, shown):
    assert plain(text) == shown


@given(st.text(st.characters(categories=None)).filter(lambda text: "[U+" not in text))
def test_every_text_becomes_xml_and_keeps_its_ordinary_characters(text):
    from lxml import etree

    shown = plain(text)
    element = etree.Element("t")
    element.text = shown  # lxml refuses what XML cannot hold
    assert plain(shown) == shown
    ordinary = re.sub(r"\[U\+[0-9A-F]{4}\]", "", shown)
    assert [c for c in ordinary if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/path",
        "/path",
        "http://",
        "https://[bad",
        "https://a.example/<b>",
        'https://a.example/"',
        "https://a.example/a b",
        "https://a.example/\u202egnp",
        "https://a.example/" + "a" * 3_000,
        "",
        None,
    ],
)
def test_only_plain_web_addresses_become_links(url):
    assert safe_url(url) is None


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1&z=(2)#n", "http://a.example", "HTTPS://a.example/ñ"]
)
def test_web_addresses_stay_as_they_are(url):
    assert safe_url(url) == url


def test_small_words():
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""
    assert plural(1, "article") == "1 article"
    assert plural(2000, "article") == "2,000 articles"
    assert shorten("a short one", 40) == "a short one"
    assert shorten("satu dua tiga empat lima", 20) == "satu dua tiga empat…"
    assert len(shorten("x" * 100, 20)) == 20
    assert day_of("2023-09") is None


def test_anchors_are_ascii_unique_and_fit_a_word_bookmark():
    ids = ["0a1b2c3d4e5f", "..", "", "ä", "x" * 300, "a-b", "a_b"]
    anchors = {row_anchor(article, sentence) for article in ids for sentence in ids}
    assert len(anchors) == len(ids) ** 2
    assert all(a.isascii() and len(a) <= 40 and a.replace("-", "").isalnum() for a in anchors)
    assert row_anchor("0a1b2c3d4e5f", "s12") == "r-0a1b2c3d4e5f-s12"


def test_events_are_ranked_by_outlets_then_articles_and_numbered_through():
    one, two, three, four = (article(n, f"O{n}") for n in range(1, 5))
    briefing = Briefing(
        run=RUN,
        events=(
            Event(id="small", articles=(one,), outlets=("O1",)),
            Event(id="large", articles=(two, three), outlets=("O2", "O3")),
            Event(id="other", articles=(four,), outlets=("O4",)),
        ),
    )
    doc = outline(briefing, RenderSettings())
    assert [[a.outlet for a in e.articles] for e in doc.events] == [["O2", "O3"], ["O1"], ["O4"]]
    assert [a.number for a in doc.articles] == [1, 2, 3, 4]
    assert [s.number for s in doc.sources] == [1, 2, 3, 4]


def test_evidence_names_the_row_and_says_so_when_it_is_not_there():
    first = article(1)
    summary = SummaryLine(
        id="a",
        en="b",
        evidence=(Evidence(first.id, "s1"), Evidence(first.id, "s9"), Evidence("x", "s1")),
    )
    event = Event(id="e", articles=(first,), summary=(summary,))
    doc = outline(Briefing(run=RUN, events=(event,)), RenderSettings())
    marks = doc.events[0].summary[0].marks
    assert [m.label for m in marks] == ["1.1", "?", "?"]
    assert marks[0].anchor == doc.articles[0].rows[0].sentences[0].anchor
    brief = outline(Briefing(run=RUN, events=(event,)), RenderSettings(layout="brief"))
    assert brief.events[0].summary[0].marks[0].anchor == brief.sources[0].anchor


def test_what_is_not_known_is_called_unknown_and_a_label_is_marked_as_one():
    doc = outline(
        Briefing(run=RUN, events=(Event(id="e", articles=(article(1, outlet=None),)),)),
        RenderSettings(),
    )
    view = doc.articles[0]
    assert (view.outlet, view.date) == ("unknown", "unknown")
    assert (view.title.id, view.title.en) == ("Kalimat 1.", "Sentence 1.")
    assert "no title on the page" in view.title_note
    assert doc.period == "unknown"
    named = replace(article(2), title=Bilingual("Judul", "Title"))
    doc = outline(Briefing(run=RUN, events=(Event(id="e", articles=(named,)),)), RenderSettings())
    assert doc.articles[0].title_note == ""


def test_paragraph_rows_hold_the_sentences_of_a_paragraph_and_flags_name_theirs():
    view = outline(example(), RenderSettings(rows="paragraph")).articles[0]
    assert [r.label for r in view.rows] == ["1.1–2", "1.3", "1.4", "1.c1"]
    assert [len(r.sentences) for r in view.rows] == [2, 1, 1, 1]
    assert view.rows[0].flags == ("1.2: 2",)
    by_sentence = outline(example(), RenderSettings()).articles[0]
    assert [r.label for r in by_sentence.rows] == ["1.1", "1.2", "1.3", "1.4", "1.c1"]


@pytest.mark.parametrize(
    ("days", "unit", "columns"),
    [
        (["2023-09-12", "2023-09-12T08:00:00+07:00", "2023-09-13"], "day", 2),
        ([f"2023-09-{d:02}" for d in range(1, 12)], "month", 1),
        ([f"2022-{m:02}-01" for m in range(1, 12)], "year", 1),
        ([f"{y}-01-01" for y in range(1980, 2024)], "year", 20),
    ],
)
def test_coverage_fits_the_page(days, unit, columns):
    picture = coverage(article(n, published=d) for n, d in enumerate(days))
    assert picture.unit == unit
    assert len(picture.periods) == columns


def test_coverage_counts_every_article_once_and_tells_it_in_words():
    articles = [article(n, f"Outlet {n % 20}", "2023-09-12") for n in range(40)]
    articles += [article(50, None, None), article(51, "Outlet 1", "2023-09-13")]
    picture = coverage(articles)
    assert sum(line.total for line in picture.lines) == len(articles)
    assert picture.periods == ("12 September 2023", "13 September 2023", "no date")
    assert picture.lines[0].outlet == "Outlet 1"
    assert picture.lines[-1].outlet == "6 other outlets"
    assert "Outlet 1: 2 on 12 September 2023, 1 on 13 September 2023" in picture.alt
    assert coverage([article(1, published="2023-09-12")]) is None
    assert coverage([article(1), article(2)]) is None


def test_the_brief_layout_holds_whole_summaries_and_disagreements_with_evidence():
    doc = outline(example(), RenderSettings(layout="brief"))
    assert (doc.contents, doc.coverage) == ((), None)
    lines = doc.overview[0].lines
    assert [line.text.en for line in lines] == ["The bridge opened.", "b", "cost"]
    assert lines[2].note == "“2 miliar” in Harian Contoh; a note"
    sources = {source.anchor for source in doc.sources}
    assert {m.anchor for line in lines for m in line.marks if m.anchor} <= sources
    full = outline(example(), RenderSettings())
    assert [line.text.en for line in full.overview[0].lines] == ["The bridge opened."]


def test_an_article_has_its_own_summary_and_terms_and_an_analysts_words_are_told():
    doc = outline(example(), RenderSettings())
    view = doc.articles[0]
    assert [(line.text.en, line.marks[0].label) for line in view.summary] == [
        ("The bridge opened.", "1.1")
    ]
    assert view.rows[0].notes == ("worded by an analyst",)
    assert view.rows[0].flags == ()
    assert doc.terms == (("“a” put in as “b”", 1),)
    assert [line.anchor for line in doc.contents][-2:] == ["terms", "method"]


def test_words_of_a_speaker_stand_in_quotation_marks_once_and_reported_speech_in_none():
    briefing = example()
    event = briefing.events[0]
    quote = event.quotes[0]
    event = replace(
        event,
        quotes=(quote, replace(quote, id="Ya."), replace(quote, id="Rina setuju.", direct=False)),
    )
    doc = outline(replace(briefing, events=(event,)), RenderSettings())
    assert [q.text.id for q in doc.events[0].quotes] == ["“Ya.”", "“Ya.”", "Rina setuju."]


def test_no_reprint_or_refusal_is_lost():
    doc = outline(example(), RenderSettings())
    assert doc.sources[0].reprints[0].label == "Portal Dua (unknown, 97% the same)"
    assert [(r.path, r.code) for r in doc.refused] == [("kosong.txt", "empty")]


# Writing


def test_all_formats_are_written_whole_and_the_same_each_time(tmp_path):
    once = save(example(), tmp_path / "a" / "b")
    again = save(example(), tmp_path / "c")
    assert [p.name for p in once] == [f"briefing.{f}" for f in FORMATS]
    assert [p.read_bytes() for p in once] == [p.read_bytes() for p in again]
    assert sorted(p.name for p in (tmp_path / "c").iterdir()) == sorted(p.name for p in again)
    assert json.loads((tmp_path / "c" / "briefing.json").read_bytes())["schema"].startswith(
        "briefing/"
    )


@pytest.mark.parametrize("layout", ["full", "brief", "table"])
@pytest.mark.parametrize("languages", ["both", "en", "id"])
def test_every_format_shows_the_languages_asked_for_and_no_other(tmp_path, layout, languages):
    save(example(), tmp_path, ["md", "html"], layout=layout, languages=languages)
    for name in ("briefing.md", "briefing.html"):
        text = (tmp_path / name).read_text(encoding="utf-8").split("Method and run")[-2]
        assert ("Jembatan dibuka." in text) == (languages != "en" and layout != "brief") or (
            layout == "brief" and languages != "en"
        )
        assert ("The bridge opened." in text) == (languages != "id")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"layout": "poster"}, "'poster' is not one of full, brief or table"),
        ({"colour": "red"}, "unknown setting 'colour'"),
        ({"formats": ["pdf"]}, "unknown format 'pdf'; choose from docx, md, html or json"),
        ({"formats": []}, "no format given"),
    ],
)
def test_a_bad_setting_is_named_with_the_valid_ones(tmp_path, settings, told):
    with pytest.raises(UsageError) as caught:
        save(example(), tmp_path / "out", **settings)
    assert told in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_an_output_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file, not a folder"):
        save(example(), tmp_path / "out")
    with pytest.raises(OutputError, match="cannot make the folder"):
        save(example(), tmp_path / "out" / "below")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_failure_leaves_old_files_as_they_were_and_no_litter(tmp_path, monkeypatch):
    save(example(), tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"cannot write .*briefing\.docx: no space left"):
        save(example(), tmp_path, title="Another")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_folder_in_the_place_of_a_file_is_refused_before_anything_is_replaced(tmp_path):
    (tmp_path / "briefing.json").mkdir()
    with pytest.raises(OutputError, match=r"briefing\.json: it is a folder"):
        save(example(), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["briefing.json"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="permission denied"):
        save(example(), tmp_path)
