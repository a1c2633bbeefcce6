"""The document model is a contract: its JSON round-trips and keeps its field names."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from briefing import (
    Article,
    Bilingual,
    Briefing,
    Claim,
    Disagreement,
    Dropped,
    Event,
    Evidence,
    Flag,
    InputFile,
    Name,
    OnlyIn,
    Quote,
    Refusal,
    Reprint,
    Run,
    Sentence,
    SummaryLine,
    TimelineEntry,
    UsageError,
    Why,
)

PROOF = (Evidence("a1", "s1"),)


@pytest.fixture
def whole() -> Briefing:
    """A briefing in which every field of every class is filled."""
    article = Article(
        id="a1",
        sentences=(
            Sentence("s1", 1, "Banjir.", "Flood.", "text", (Flag("length", "short"),), -0.5),
            Sentence("s2", 2, "Judul kecil", "Small title", "heading"),
        ),
        title=Bilingual("Judul", "Title"),
        title_flags=(Flag("name", "x"),),
        path="a.txt",
        url="https://kabar.example/a",
        outlet="Kabar",
        byline="Ani",
        place="Jakarta",
        published="2023-09-12",
        published_from="dateline",
        published_note="year inferred",
        wires=("Antara",),
        captions=(Sentence("c1", 0, "Foto.", "Photo.", "caption"),),
        dropped=(Dropped("Iklan", "advert", 3),),
        reprints=(Reprint(outlet="Warta", path="b.txt", similarity=0.9),),
    )
    event = Event(
        id="e1",
        articles=(article,),
        title=Bilingual("Judul", "Title"),
        first_seen="2023-09-12",
        last_seen="2023-09-12",
        place="Jakarta",
        outlets=("Kabar",),
        why=Why(names=("Ani",), weakest=0.5),
        summary=(SummaryLine(id="Banjir.", en="Flood.", evidence=PROOF),),
        timeline=(TimelineEntry(date="2023-09", id="Banjir.", en="Flood.", evidence=PROOF),),
        quotes=(Quote(id="“Ya”", en="“Yes”", evidence=PROOF, speaker="Ani", role="wali kota"),),
        disagreements=(
            Disagreement(
                kind="number",
                about=Bilingual("korban", "dead"),
                claims=(Claim(value="3", outlets=("Kabar",), evidence=PROOF),),
                note="n",
            ),
        ),
        only_in=(OnlyIn(outlet="Kabar", id="Banjir.", en="Flood.", evidence=PROOF),),
        names=(Name(id="Ani", en="Ani", kind="person", evidence=PROOF),),
    )
    run = Run(
        engine="fake",
        model="fake",
        model_sha256="0" * 64,
        licence=None,
        versions={"briefing": "0"},
        options={"beam": 4},
        inputs=(InputFile("a.txt", "0" * 64),),
        signature="model:fake",
    )
    refusal = Refusal(path="c.txt", code="empty", reason="no characters")
    return Briefing(events=(event,), run=run, refused=(refusal,))


def test_json_round_trip_keeps_everything(whole):
    again = Briefing.from_json(whole.to_json())
    assert again == whole
    assert again.to_json() == whole.to_json()


def test_the_contract_of_schema_1(whole):
    """Removing or renaming one of these fields needs a new SCHEMA."""
    tree = json.loads(whole.to_json())
    assert next(iter(tree)) == "schema"
    assert tree["schema"] == "briefing/1"
    assert {"events", "refused", "run"} <= set(tree)
    event = tree["events"][0]
    assert {"id", "title", "first_seen", "last_seen", "outlets", "summary", "articles"} <= set(
        event
    )
    assert set(event["title"]) == {"id", "en"}
    assert {"id", "en", "evidence"} <= set(event["summary"][0])
    assert set(event["summary"][0]["evidence"][0]) == {"article", "sentence"}
    article = event["articles"][0]
    assert {
        "id", "path", "url", "title", "outlet", "published", "published_from", "byline", "dropped",
        "sentences",
    } <= set(article)  # fmt: skip
    assert {"id", "paragraph", "source", "translation", "flags"} <= set(article["sentences"][0])
    assert set(tree["refused"][0]) == {"path", "code", "reason"}
    assert {"model", "model_sha256", "versions", "options", "inputs", "signature"} <= set(
        tree["run"]
    )


def test_body_leaves_headings_out(whole):
    assert [sentence.id for sentence in whole.articles[0].body] == ["s1"]


def test_sentences_walks_bodies_and_captions(whole):
    assert [sentence.id for _, sentence in whole.sentences()] == ["s1", "s2", "c1"]


@pytest.mark.parametrize(
    ("article", "label"),
    [
        (Article(id="x", sentences=(), title=Bilingual("Judul")), "Judul"),
        (Article(id="x", sentences=(), path="p.txt"), "p.txt"),
        (Article(id="x", sentences=(), url="https://u.example"), "https://u.example"),
        (Article(id="x", sentences=()), "x"),
    ],
)
def test_label(article, label):
    assert article.label == label


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a briefing"),
        ("{}", "not a briefing (briefing/1): events: field required"),
        ("[]", "not a briefing"),
        ('{"events": 3}', "not a briefing"),
    ],
)
def test_foreign_json_is_refused_in_one_line(text, message):
    with pytest.raises(UsageError) as caught:
        Briefing.from_json(text)
    assert message.lower() in str(caught.value).lower()
    assert "\n" not in str(caught.value)


def test_another_schema_is_refused(whole):
    later = replace(whole, schema="briefing/9")
    with pytest.raises(UsageError, match="unknown briefing schema 'briefing/9'"):
        Briefing.from_json(later.to_json())
