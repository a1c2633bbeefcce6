"""The data that other tests judge by: complete, well formed, and what its README says."""

from __future__ import annotations

import hashlib
import json
import re
import runpy
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"
EVAL = DATA / "eval" / "news-id-en.tsv"
NUMBERS = DATA / "numbers"
SAMPLES = Path(__file__).parent.parent / "samples" / "articles"

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
VALUE = re.compile(
    r"""\??(=\S.*
    |(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day
    |\d{4}-\d\d(-\d\d)?|--\d\d-\d\d
    |[0-2]\d:[0-5]\d(:[0-5]\d)?(\|(WIB|WITA|WIT|GMT|local))?
    |-?\d+(\.\d*[1-9])?(\|(Rp|[A-Z]{3}|%|pp|bp|x|s|ord
        |second|minute|hour|day|week|month|year|decade
        |[mck]?m|inch|nmi|k?m2|ha|k?g|quintal|ton|L|m3|barrel|km/h|knot|C|kWh|MW|GB|Mbps|MP))?
    |\d+/\d+)""",
    re.VERBOSE,
)


def table(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def weekdays(text: str) -> list[tuple[str, str]]:
    """Return the weekdays that stand before a full date, as written and as the calendar has it."""
    return [
        (day, DAYS[date(int(y), int(m), int(d)).weekday()])
        for day, d, m, y in re.findall(rf"({'|'.join(DAYS)}) \((\d+)/(\d+)/(\d{{4}})\)", text)
    ]


def test_evaluation_set_has_the_promised_shape():
    rows = table(EVAL)
    assert {len(row) for row in rows} == {3}
    assert len({source for source, _, _ in rows}) == len(rows) >= 330
    domains = Counter(domain for _, _, domain in rows)
    assert len(domains) >= 8
    assert min(domains.values()) >= 30
    assert all(6 <= len(source.split()) <= 42 for source, _, _ in rows)


def test_evaluation_set_is_the_one_that_its_readme_describes():
    readme = EVAL.with_name("README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(EVAL.read_bytes()).hexdigest() in readme
    assert f"{len(table(EVAL))} rows" in readme
    for domain, rows in Counter(row[2] for row in table(EVAL)).items():
        assert f"| {domain} | {rows} |" in readme


def test_template_rows_are_what_the_script_makes():
    made = runpy.run_path(str(NUMBERS / "make.py"))["text"]()
    assert (NUMBERS / "templates.tsv").read_text(encoding="utf-8") == made


@pytest.mark.parametrize(
    ("name", "rows", "columns"), [("templates", 1000, 5), ("sentences", 300, 3)]
)
def test_number_rows_are_in_canonical_form(name, rows, columns):
    found = table(NUMBERS / f"{name}.tsv")
    assert len({row[0] for row in found}) == len(found) == rows
    assert {len(row) for row in found} == {columns}
    for source, values, *_ in found:
        for value in filter(None, values.split("; ")):
            assert VALUE.fullmatch(value), (value, source)


def test_each_wrong_english_differs_from_the_right_one():
    for source, _, right, wrong, fault in table(NUMBERS / "templates.tsv"):
        assert wrong != right, source
        assert fault, source


def test_weekdays_agree_with_their_dates():
    texts = [p.read_text(encoding="utf-8") for p in (EVAL, *sorted(NUMBERS.glob("*.tsv")))]
    texts += [p.read_text(encoding="utf-8") for p in sorted(SAMPLES.iterdir())]
    pairs = [pair for text in texts for pair in weekdays(text)]
    assert len(pairs) > 100
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_samples_hold_the_promised_articles():
    kinds = Counter(path.suffix for path in SAMPLES.iterdir())
    assert kinds == {".txt": 9, ".html": 5, ".jsonl": 1}
    records = (SAMPLES / "koran-bukit.jsonl").read_text(encoding="utf-8").splitlines()
    columns = [
        "title",
        "publish_date",
        "author",
        "content",
        "keyword",
        "category",
        "source",
        "link",
    ]
    assert [list(json.loads(record)) for record in records] == [columns] * 4
