"""The labelled articles themselves, and what `briefing eval --events` prints from them."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date

import pytest

from briefing.errors import UsageError
from briefing.group.evaluation import evaluate, event_report, read_gold, table

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@pytest.fixture(scope="module")
def folder(root):
    return root / "tests" / "data" / "events"


@pytest.fixture(scope="module")
def rows(folder):
    return {
        name: [
            json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
        ]
        for name in ("dev", "heldout")
    }


def test_size_and_split(rows):
    everything = rows["dev"] + rows["heldout"]
    assert len(everything) >= 320
    assert len({row["event"] for row in everything}) >= 64
    assert len({row["event"] for row in rows["heldout"]}) >= 22
    for label in ("event", "story", "id"):
        assert not {row[label] for row in rows["dev"]} & {row[label] for row in rows["heldout"]}
    # An event has one story.
    assert len({(row["event"], row["story"]) for row in everything}) == len(
        {row["event"] for row in everything}
    )


def test_items_are_whole(rows):
    everything = rows["dev"] + rows["heldout"]
    assert max(Counter(row["id"] for row in everything).values()) == 1
    assert max(Counter(row["title"] for row in everything).values()) == 1
    for row in everything:
        sentences = re.split(r'(?<=[.?!"]) (?=[A-Z"])', row["text"])
        assert 3 <= len(sentences) <= 6, row["id"]
        assert row["published"] is None or date.fromisoformat(row["published"])


def test_weekdays_fit_the_calendar(rows):
    for row in rows["dev"] + rows["heldout"]:
        for name, day, month, year in re.findall(
            r"(\w+) \((\d+)/(\d+)(?:/(\d{4}))?\)", row["text"]
        ):
            written = year or (row["published"] or "")[:4]
            if written:
                assert WEEKDAYS[date(int(written), int(month), int(day)).weekday()] == name, row[
                    "id"
                ]


def test_the_guideline_counts_right(rows, folder):
    guideline = (folder / "GUIDELINE.md").read_text("utf-8")
    for name, label in (("dev", "development"), ("heldout", "held-out")):
        own = rows[name]
        counts = (
            len(own),
            len({row["event"] for row in own}),
            len({row["story"] for row in own}),
            sum(row["published"] is None for row in own),
        )
        assert f"| {label} | {' | '.join(map(str, counts))} |" in guideline


def test_report_holds_all_systems_and_the_baselines_lose(folder):
    pytest.importorskip("sklearn")
    sets = [read_gold(folder / "dev.jsonl")]
    scores = {score.system: score for score in evaluate(sets)}
    own = scores.pop("briefing")
    assert len(scores) == 5
    assert all(own.bcubed.f1 > score.bcubed.f1 for score in scores.values())
    printed = table(sets, [own, *scores.values()])
    assert printed.startswith("dev: 263 articles, 94 events, 64 stories\n")
    assert "| briefing | 0." in printed


def test_report_on_files_of_ones_own(tmp_path):
    path = tmp_path / "mine.jsonl"
    row = {"id": "1", "outlet": None, "title": None, "text": "Gempa.", "event": "e", "story": "s"}
    path.write_text(json.dumps(row) + "\n\n", "utf-8")
    assert "mine: 1 articles, 1 events" in event_report([path], baselines=False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no labelled article"),
        ("{", ":1: not JSON"),
        ("[]", ":1: lacks id"),
        ('{"id": "1"}', ":1: lacks outlet, title, text, event, story"),
    ],
)
def test_bad_files_are_named(tmp_path, text, message):
    path = tmp_path / "bad.jsonl"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=message):
        event_report([path])


def test_a_missing_file_and_an_id_given_twice(tmp_path):
    with pytest.raises(UsageError, match="cannot read"):
        read_gold(tmp_path / "none.jsonl")
    row = '{"id": "1", "outlet": null, "title": "", "text": "", "event": "e", "story": "s"}\n'
    (tmp_path / "twice.jsonl").write_text(row * 2, "utf-8")
    with pytest.raises(UsageError, match="'1' is given twice"):
        read_gold(tmp_path / "twice.jsonl")
