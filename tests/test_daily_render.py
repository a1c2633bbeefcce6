"""What a daily briefing says in its documents: what is new, what changed, what fell silent."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from briefing.document import (
    Article,
    Bilingual,
    Briefing,
    Event,
    Evidence,
    Flag,
    Refusal,
    Run,
    Sentence,
    Story,
    SummaryLine,
)

NEWS = SummaryLine(
    id="Tiga orang meninggal.", en="Three people died.", evidence=(Evidence("a1", "s1"),)
)


def article(version: int = 1) -> Article:
    sentence = Sentence(
        id="s1", paragraph=1, source="Tiga orang meninggal.", translation="Three people died."
    )
    return Article(
        id="a1",
        sentences=(sentence,),
        title=Bilingual("Banjir", "Flood"),
        outlet="Kabar",
        published="2026-11-22",
        version=version,
    )


@pytest.fixture
def briefing() -> Briefing:
    event = Event(
        id="e1",
        articles=(article(2),),
        title=Bilingual("Banjir", "Flood"),
        outlets=("Kabar",),
        status="developing",
        news=(NEWS,),
    )
    story = Story(
        event="e2",
        title=Bilingual("<b>Suku bunga</b>", "<b>Rate</b> | held"),
        status="quiet",
        last_seen="2026-11-21",
    )
    run = Run(
        engine="fake",
        model="fake",
        model_sha256="0" * 64,
        licence=None,
        versions={},
        options={},
        inputs=(),
        signature="s",
    )
    return Briefing(
        events=(event,), run=run, day="2026-11-22", previous_day="2026-11-21", stories=(story,)
    )


def texts(briefing: Briefing, folder, **settings) -> dict[str, str]:
    """The visible text of each rendering, on one line."""
    from docx import Document
    from docx.oxml.ns import qn

    shown = {}
    for path in briefing.save(folder, formats=("docx", "md", "html"), **settings):
        if path.suffix == ".docx":
            body = Document(str(path)).element.body
            text = "\n".join(
                "".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))
            )
        else:
            text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = re.sub(
                r"<style>.*?</style>|<script>.*?</script>|<[^>]+>", " ", text, flags=re.DOTALL
            )
        shown[path.suffix[1:]] = " ".join(text.split())
    return shown


@pytest.mark.parametrize("kind", ["docx", "md", "html"])
def test_status_news_version_and_stories_are_drawn(briefing, tmp_path, kind):
    text = texts(briefing, tmp_path)[kind]
    for said in (
        "Indonesian news briefing, 22 November 2026",
        "Edition before",
        "21 November 2026",
        "1 (1 developing)",
        "developing: earlier editions reported on it",
        "New since the last edition",
        "the outlet has changed this page",
        "Changed by the outlet",
        "Reported before, not today",
        "quiet",
    ):
        assert said in text, (kind, said)


def test_a_story_is_escaped(briefing, tmp_path):
    shown = texts(briefing, tmp_path)
    assert "<b>Rate</b> | held" in shown["docx"]
    assert "&lt;b&gt;Rate&lt;/b&gt; | held" in (tmp_path / "briefing.html").read_text()
    assert "<b>Rate" not in shown["md"]


def test_nothing_beyond_what_was_known_is_said(briefing, tmp_path):
    event = replace(briefing.events[0], news=())
    for text in texts(replace(briefing, events=(event,)), tmp_path).values():
        assert "add nothing to what earlier editions reported" in text


@pytest.mark.parametrize("layout", ["full", "brief", "table"])
def test_a_day_without_news_is_one_plain_sentence(briefing, tmp_path, layout):
    empty = replace(
        briefing, events=(), refused=(Refusal(path="x", code="missing", reason="gone"),)
    )
    for kind, text in texts(empty, tmp_path, layout=layout).items():
        if layout != "table":
            assert "No new articles since the edition of 21 November 2026." in text, kind
            assert "Events, most outlets first" not in text
        assert "Reported before, not today" in text
        assert "Sources" not in text.replace("Data sources", "")
        assert "gone" in text


def test_a_plain_briefing_says_nothing_of_editions(briefing, tmp_path):
    event = replace(briefing.events[0], status=None, news=(), articles=(article(),))
    plain = replace(briefing, events=(event,), day=None, previous_day=None, stories=())
    for text in texts(plain, tmp_path).values():
        for word in ("dition", "developing", "Reported before"):
            assert word not in text


def test_a_doubt_about_news_stands_beside_it(briefing, tmp_path):
    doubtful = replace(article().sentences[0], flags=(Flag("number", "the number differs"),))
    event = replace(briefing.events[0], articles=(replace(article(), sentences=(doubtful,)),))
    for kind, text in texts(replace(briefing, events=(event,)), tmp_path).items():
        news = text.partition("New since the last edition")[2].partition("Why grouped")[0]
        assert "Check: the number differs" in news, kind
