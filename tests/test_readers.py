"""The readers: records under any names, damaged files, Word documents, web pages."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import InputRefused
from briefing.ingest.page import analyse
from briefing.ingest.reader import BadRecord, RawArticle
from briefing.ingest.readers import SUFFIXES, reader_for, register, sniff
from briefing.ingest.readers.records import record_to_article
from briefing.ingest.readers.webpage import fragment_text, page_article

PAGES = Path(__file__).parent / "data" / "pages"
BODY = "Warga desa membersihkan sungai sejak pagi. Mereka mengangkat dua ton sampah."


def read(suffix, data, where="berkas"):
    return list(reader_for(suffix).read(data if isinstance(data, bytes) else data.encode(), where))


def refusal(suffix, data):
    with pytest.raises(InputRefused) as caught:
        read(suffix, data)
    return caught.value.code


# --- records -------------------------------------------------------------------------------------

NEWS_WATCH = {
    "title": "Sungai Bersih",
    "publish_date": "2023-09-12 10:00:00",
    "author": "Siti Aminah",
    "content": BODY,
    "keyword": "sungai",
    "category": "daerah",
    "source": "detik.com",
    "link": "https://www.detik.com/jateng/d-1/sungai",
}


def test_news_watch_columns():
    raw = record_to_article(NEWS_WATCH, "x")
    assert raw == RawArticle(
        where="x",
        text=BODY,
        title="Sungai Bersih",
        outlet="detik.com",
        byline="Siti Aminah",
        published="2023-09-12 10:00:00",
        url="https://www.detik.com/jateng/d-1/sungai",
        is_body=True,
    )
    assert analyse(raw).outlet == "detikcom"


@pytest.mark.parametrize(
    "record",
    [
        {"judul": "Sungai Bersih", "isi": BODY, "tanggal": "12 September 2023", "media": "Lembah"},
        {
            "Judul Berita": "Sungai Bersih",
            "Isi Berita": BODY,
            "Tgl": "12 September 2023",
            "Portal": "Lembah",
        },
        {
            "headline": "Sungai Bersih",
            "body": BODY,
            "date": "12 September 2023",
            "outlet": "Lembah",
        },
        {
            "title": {"id": "Sungai Bersih"},
            "text": [BODY],
            "published": "12 September 2023",
            "outlet": {"name": "Lembah"},
        },
        {
            "TITLE": "Sungai Bersih",
            "konten": BODY,
            "waktu": "12 September 2023",
            "SUMBER": "Lembah",
        },
    ],
)
def test_other_names_of_columns(record):
    raw = record_to_article(record, "x")
    assert (raw.title, raw.text, raw.published, raw.outlet) == (
        "Sungai Bersih",
        BODY,
        "12 September 2023",
        "Lembah",
    )


@pytest.mark.parametrize("empty", ["", "None", "nan", "-", None, [], {}])
def test_values_that_say_nothing(empty):
    raw = record_to_article({"content": BODY, "title": empty, "source": empty}, "x")
    assert raw.title is None
    assert raw.outlet is None


def test_markup_in_a_record_becomes_paragraphs():
    raw = record_to_article({"content": f"<p>{BODY}</p><p>Baca juga: <a>Lain</a></p>"}, "x")
    assert raw.text.split("\n") == [BODY, "Baca juga: Lain"]


def test_address_that_is_no_address():
    assert record_to_article({"content": BODY, "link": "javascript:alert(1)"}, "x").url is None


@pytest.mark.parametrize(
    ("record", "code"), [({"judul": "x"}, "broken"), ({"isi": ""}, "empty"), ({}, "broken")]
)
def test_bad_record(record, code):
    with pytest.raises(InputRefused) as caught:
        record_to_article(record, "x")
    assert caught.value.code == code


def test_bad_lines_are_refused_by_themselves():
    lines = [
        json.dumps(NEWS_WATCH),
        "{bad",
        "",
        "[1]",
        json.dumps({"x": 1}),
        json.dumps(NEWS_WATCH),
    ]
    got = read(".jsonl", "\n".join(lines), "news.jsonl")
    assert [one.where for one in got] == [f"news.jsonl:{n}" for n in (1, 2, 4, 5, 6)]
    assert [isinstance(one, BadRecord) for one in got] == [False, True, True, True, False]
    assert {one.error.code for one in got if isinstance(one, BadRecord)} == {"broken"}


@pytest.mark.parametrize(
    "value",
    [
        NEWS_WATCH,
        [NEWS_WATCH],
        {"articles": [NEWS_WATCH]},
        {"data": [NEWS_WATCH], "total": 1},
        {"a": NEWS_WATCH, "b": NEWS_WATCH},
    ],
)
def test_json_of_any_shape(value):
    got = read(".json", json.dumps(value))
    assert got
    assert all(one.title == "Sungai Bersih" for one in got)


def test_json_lines_under_the_wrong_name():
    assert len(read(".json", f"{json.dumps(NEWS_WATCH)}\n{json.dumps(NEWS_WATCH)}")) == 2


@pytest.mark.parametrize("data", ["{bad", "[" * 100_000, "nul"])
def test_broken_json(data):
    assert refusal(".json", data) == "broken"


def test_deep_nesting_in_a_line_is_one_bad_record():
    got = read(".jsonl", "[" * 100_000 + "\n" + json.dumps(NEWS_WATCH))
    assert [isinstance(one, BadRecord) for one in got] == [True, False]


def test_json_that_is_no_record():
    (bad,) = read(".json", "12")
    assert isinstance(bad, BadRecord)
    assert refusal(".json", "[]") == "empty"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_csv_with_any_delimiter(delimiter, encoding):
    body = f'"{BODY}\nIa berkata, ""ya"" – {delimiter} begitu."'
    text = delimiter.join(["title", "content", "source"]) + "\n"
    text += delimiter.join(["Sungai Bersih", body, "Lembah"]) + "\n"
    (raw,) = read(".csv", text.encode(encoding))
    assert raw.title == "Sungai Bersih"
    assert (
        raw.text
        == f'{BODY}\nIa berkata, "ya" – {delimiter if delimiter != chr(9) else " "} begitu.'
    )


def test_csv_rows_that_do_not_fit():
    got = read(".csv", f"judul,isi\nA,{BODY}\nB,{BODY},x\nC\n\nD,{BODY}\n", "n.csv")
    assert [one.where for one in got] == ["n.csv:2", "n.csv:3", "n.csv:4", "n.csv:6"]
    assert [getattr(one, "title", None) for one in got] == ["A", None, None, "D"]


def test_csv_field_longer_than_the_standard_limit():
    (raw,) = read(".csv", f'judul,isi\nA,"{BODY * 5_000}"\n')
    assert len(raw.text) == len(BODY) * 5_000


@pytest.mark.parametrize("data", ["a,b\n1,2\n", "judul,tanggal\nA,2023\n"])
def test_csv_without_the_text(data):
    assert refusal(".csv", data) == "broken"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_records_of_any_text_do_not_crash(text):
    for suffix in (".json", ".jsonl", ".csv"):
        try:
            got = read(suffix, text.encode("utf-8", "surrogatepass"))
        except InputRefused:
            continue
        assert all(isinstance(one, RawArticle | BadRecord) for one in got)


# --- Word ----------------------------------------------------------------------------------------


def document(*paragraphs, table=None):
    made = docx.Document()
    for style, text in paragraphs:
        made.add_paragraph(text, style=style)
    if table:
        grid = made.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_word_paragraphs_headings_and_tables():
    data = document(
        ("Title", "Sungai Bersih Berkat Gotong Royong"),
        ("Normal", BODY),
        ("Heading 2", "Dua ton sampah"),
        ("Normal", BODY),
        table=[["Desa", "Ton"], ["Soe", "2"]],
    )
    (raw,) = read(".docx", data)
    assert [line for line in raw.text.split("\n") if line] == [
        "# Sungai Bersih Berkat Gotong Royong",
        BODY,
        "## Dua ton sampah",
        BODY,
        "Desa | Ton",
        "Soe | 2",
    ]
    page = analyse(raw)
    assert page.title == "Sungai Bersih Berkat Gotong Royong"
    assert [block.kind for block in page.blocks] == ["text", "heading", "text", "text"]


def test_word_merged_cells_come_once():
    made = docx.Document()
    grid = made.add_table(rows=1, cols=3)
    grid.rows[0].cells[0].merge(grid.rows[0].cells[2]).text = BODY
    out = io.BytesIO()
    made.save(out)
    (raw,) = read(".docx", out.getvalue())
    assert raw.text.strip() == BODY


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_word_that_is_none():
    assert refusal(".docx", b"") == "empty"
    assert refusal(".docx", b"bukan zip") == "broken"
    assert refusal(".docx", package(a="x")) == "broken"
    assert refusal(".docx", document()[:2_000]) == "broken"
    assert refusal(".docx", document()) == "empty"
    assert refusal(".docx", package(**{"[Content_Types].xml": "<bad"})) == "broken"


def test_word_bombs():
    """Ten megabytes of zeros pack to ten kilobytes."""
    assert refusal(".docx", package(**{"[Content_Types].xml": b"\0" * 10_000_000})) == "too-large"
    many = {f"p{n}": "" for n in range(6_000)}
    assert refusal(".docx", package(**{"[Content_Types].xml": "", **many})) == "too-large"


def test_word_entities_are_not_expanded():
    """The billion laughs, and an entity that reads a file."""
    original = zipfile.ZipFile(io.BytesIO(document(("Normal", BODY))))
    parts = {name: original.read(name) for name in original.namelist()}
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(9)
    )
    for entity in (laughs + b'<!ENTITY e "&l8;">', b'<!ENTITY e SYSTEM "file:///etc/hostname">'):
        xml = parts["word/document.xml"]
        head, _, rest = xml.partition(b"<w:document")
        bad = head + b"<!DOCTYPE w:document [" + entity + b"]><w:document" + rest
        bad = bad.replace(BODY.encode(), b"&e;" + BODY.encode())
        try:
            got = read(".docx", package(**{**parts, "word/document.xml": bad}))
        except InputRefused as error:
            assert error.code in {"broken", "empty"}  # noqa: PT017 - refusing is as good as not expanding
        else:
            assert len(got[0].text) < 2_000
            assert Path("/etc/hostname").read_text().strip() not in got[0].text


# --- text and web pages --------------------------------------------------------------------------


def test_markdown():
    text = f"""---
title: "Sungai Bersih"
date: 2023-09-12
author: Siti Aminah
---
# Sungai Bersih

![Warga di sungai](a.jpg "x")

**Jakarta (ANTARA)** - {BODY} Lihat [laporan](https://a.example/b).

## Dua *ton* sampah

> {BODY}
"""
    (raw,) = read(".md", text)
    page = analyse(raw)
    assert (page.title, page.byline, page.published.date) == (
        "Sungai Bersih",
        "Siti Aminah",
        "2023-09-12",
    )
    assert [block.text for block in page.blocks] == [
        f"{BODY} Lihat laporan.",
        "Dua ton sampah",
        BODY,
    ]
    assert [caption.text for caption in page.captions] == ["Foto: Warga di sungai"]
    assert page.title_line == 0
    assert next(one.line for one in page.dropped if one.rule == "dateline") == 10


def test_web_page_under_the_name_of_a_text():
    (raw,) = read(".txt", (PAGES / "jsonld.html").read_bytes())
    assert raw.title == "Desa Wisata di Lereng Gunung Raih Penghargaan Dunia"


def test_markup_in_a_text():
    (raw,) = read(".txt", f"JAKARTA, KOMPAS.TV {BODY} <br /> <br />{BODY}<br /> <br />Sekian.")
    assert raw.text.split("\n") == [f"JAKARTA, KOMPAS.TV {BODY}", BODY, "Sekian."]


def test_one_tag_in_a_text_is_wording():
    (raw,) = read(".txt", f"{BODY} Tanda <p> membuka paragraf.")
    assert "<p>" in raw.text


def page_of(name):
    raw = page_article((PAGES / name).read_bytes(), name)
    return raw, analyse(raw)


def test_page_with_linked_data():
    raw, page = page_of("jsonld.html")
    assert page.title == "Desa Wisata di Lereng Gunung Raih Penghargaan Dunia"
    assert (page.outlet, page.byline, page.place) == ("Kompas.com", "Yuli Hartati", "Magelang")
    assert page.published.date == "2023-10-20T10:15:00+07:00"
    assert page.published.source == "metadata"
    assert raw.url == "https://travel.kompas.com/read/2023/10/20/101500827/desa-wisata"
    assert [(block.kind, block.text[:12]) for block in page.blocks] == [
        ("text", "Sebuah desa "),
        ("text", "Penghargaan "),
        ("heading", "Kopi dan rum"),
        ("text", "Juri menilai"),
        ("text", "Jumlah kunju"),
    ]
    assert len(page.captions) == 1
    dropped = {one.text: one.rule for one in page.dropped}
    assert dropped["Advertisement"] == "advertisement"
    assert dropped["Pendaki Hilang Ditemukan Selamat setelah Empat Hari"] == "boilerplate"
    assert not any(text.startswith("#") for text in dropped)


def test_page_of_tables_and_breaks():
    _, page = page_of("breaks.html")
    assert page.title == "Jembatan Gantung Baru Hubungkan Dua Desa"
    assert (page.outlet, page.place) == ("Suara Lembah", "Ambon")
    assert page.published.date == "2017-06-14T09:20:00+09:00"
    assert len(page.blocks) == 4


PARAGRAPHS = "".join(f"<p>{BODY} Kalimat nomor {n} menutup paragraf ini.</p>" for n in range(8))


@pytest.mark.parametrize(
    "markup",
    [
        f"<?xml version='1.0' encoding='utf-8'?><html><body>{PARAGRAPHS}</body></html>",
        f"<html><head><meta charset=iso-8859-1></head><body>{PARAGRAPHS}</body>",
        f"<div>{PARAGRAPHS}",
        f"<html><body><div style='display:none'>rahasia</div><div hidden>rahasia</div>{PARAGRAPHS}",
        f"<html><head><script type='application/ld+json'>{{bad</script></head><body>{PARAGRAPHS}",
        f"<html><head><script type='application/ld+json'>{'[' * 50_000}</script></head><body>{PARAGRAPHS}",
        "<div>" * 100 + PARAGRAPHS,
    ],
)
def test_pages_of_poor_form(markup):
    raw = page_article(markup.encode(), "x")
    page = analyse(raw)
    assert [block.text for block in page.blocks if "nomor 7" in block.text]
    assert "rahasia" not in raw.text


def test_very_deep_page_is_an_empty_one():
    """libxml2 cuts a tree off at 256 levels, and its larger limit can overrun the stack."""
    raw = page_article(("<div>" * 50_000 + PARAGRAPHS).encode(), "x")
    assert analyse(raw).blocks == ()


def test_declared_encoding_counts():
    data = f"<html><head><meta charset='windows-1251'></head><body><p>Ё</p>{PARAGRAPHS}".encode(
        "cp1251"
    )
    assert "Ё" in page_article(data, "x").text


def test_no_date_is_guessed_from_a_page_without_one():
    raw = page_article(f"<html><body>{PARAGRAPHS}<footer>© 2019</footer>".encode(), "x")
    assert raw.published is None
    assert analyse(raw).published.source == "unknown"


def test_fragment():
    markup = (
        "<p>Satu<script>x()</script></p>Dua<br>Tiga<ul><li>Empat</ul><figcaption>Foto</figcaption>"
    )
    assert fragment_text(markup).split("\n") == ["Foto: Foto", "Satu", "Dua", "Tiga", "Empat"]


def test_rows_of_figures_stay_together():
    rows = (
        "<table><tr><th>Kota</th><th>Harga</th></tr><tr><td>Soe</td><td>Rp12.000</td></tr></table>"
    )
    assert fragment_text(rows).split("\n") == ["Kota | Harga", "Soe | Rp12.000"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_markup_is_read_or_refused(text):
    try:
        analyse(page_article(f"<html><body><p>{text}".encode("utf-8", "replace"), "x"))
    except InputRefused as error:
        assert error.code in {"no-article", "empty", "binary"}  # noqa: PT017 - either is right


# --- the registry --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_kind_has_a_reader(suffix):
    assert suffix in reader_for(suffix).suffixes
    assert reader_for(suffix.upper()) is reader_for(suffix)


@pytest.mark.parametrize("suffix", [".pdf", ".jpg", ""])
def test_unknown_kind_names_the_known(suffix):
    with pytest.raises(InputRefused, match=r"\.docx") as caught:
        reader_for(suffix)
    assert caught.value.code == "unsupported"


def test_a_new_kind(monkeypatch):
    monkeypatch.setattr("briefing.ingest.readers._REGISTERED", {})

    class Reader:
        suffixes = (".NEWS",)

        def read(self, data, where):
            yield RawArticle(where=where, text=data.decode())

    register(Reader())
    assert next(iter(reader_for(".news").read(b"x", "y"))).text == "x"


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"<!DOCTYPE html><html>", ".html"),
        (b"\xef\xbb\xbf  <html>", ".html"),
        (b'[{"a": 1}]', ".json"),
        (b'{"a": 1}\n{"a": 2}', ".jsonl"),
        (b'{\n"a": 1}', ".json"),
        (b"PK\x03\x04", ".docx"),
        (b"Jakarta - Warga", ".txt"),
        (b"", ".txt"),
    ],
)
def test_sniffing_standard_input(data, suffix):
    assert sniff(data) == suffix


def test_page_with_more_elements_than_any_report_has():
    """The extractor's time grows with the square of a table's width; the page is read without."""
    markup = f"<html><body>{PARAGRAPHS}<table><tr>{'<td>a</td>' * 40_000}</tr></table>"
    assert len(analyse(page_article(markup.encode(), "x")).blocks) == 8
