"""Templates: listed, copied, checked, and their errors."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from briefing.errors import OutputError, TemplateError, UsageError
from briefing.render import RenderSettings, renderer
from briefing.render.commands import templates_app
from briefing.render.custom import NAMES, check, copy, example, shipped


def test_the_shipped_templates_are_listed_and_good():
    assert [t.name for t in shipped()] == list(NAMES)
    assert all(t.path.is_file() and t.about for t in shipped())
    for template in shipped():
        assert check(template.path) == (template.name,)


def test_copies_are_good_and_a_second_copy_overwrites_nothing(tmp_path):
    copies = copy(tmp_path / "house")
    assert [p.name for p in copies] == list(NAMES)
    assert check(tmp_path / "house") == NAMES
    (tmp_path / "house" / "reading.md").write_text("Mine.", encoding="utf-8")
    with pytest.raises(OutputError, match=r"briefing\.docx is there already"):
        copy(tmp_path / "house")
    assert (tmp_path / "house" / "reading.md").read_text(encoding="utf-8") == "Mine."


def test_an_unknown_name_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(
        UsageError, match=r"unknown template 'briefing.pdf'; choose from briefing\.docx"
    ):
        copy(tmp_path, ["briefing.pdf"])


def test_a_house_text_reaches_all_three_formats(tmp_path):
    (tmp_path / "method.md").write_text(
        "We read *carefully* in {{ languages }}.\n\n- One `point`.\n", encoding="utf-8"
    )
    settings = RenderSettings(template=tmp_path)
    assert b"We read *carefully* in both." in renderer("md").render(example(), settings)
    page = renderer("html").render(example(), settings)
    assert b"<p>We read <em>carefully</em> in both.</p>" in page
    import io

    import docx

    document = docx.Document(io.BytesIO(renderer("docx").render(example(), settings)))
    found = [p for p in document.paragraphs if p.text == "We read carefully in both."]
    assert [r.text for r in found[0].runs if r.style.name == "Emphasis"] == ["carefully"]
    assert [p.style.name for p in document.paragraphs if p.text == "One point."] == ["List Bullet"]


@pytest.mark.parametrize(
    ("name", "text", "line", "told"),
    [
        ("reading.md", "one\ntwo {{ colour }}\n", 2, "'colour' is undefined"),
        ("reading.md", "one\n\n{% if %}\n", 3, "Expected an expression"),
        ("method.md", "{{ layout }", 1, "unexpected '}'"),
        ("briefing.html.j2", "<p>\n{{ doc.colour }}</p>", 2, "has no attribute 'colour'"),
        (
            "briefing.html.j2",
            "\n\n{% for e in doc.events %}{{ e.colour }}{% endfor %}",
            3,
            "'colour'",
        ),
        ("briefing.html.j2", "{{ 1 / 0 }}", 1, "division by zero"),
        ("briefing.html.j2", "{% include '/etc/passwd' %}", 1, "/etc/passwd"),
    ],
)
def test_an_error_names_file_line_and_variable(tmp_path, name, text, line, told):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        check(tmp_path / name)
    assert f"{tmp_path / name}, line {line}: " in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nothing.docx", "there is no template"),
        ("letter.odt", "is not named as a template"),
        ("empty", "holds none of"),
    ],
)
def test_what_is_no_template_is_refused(tmp_path, path, told):
    (tmp_path / "letter.odt").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(TemplateError, match=told):
        check(tmp_path / path)


def test_a_template_setting_that_is_neither_docx_nor_folder_is_refused(tmp_path):
    (tmp_path / "letter.odt").write_bytes(b"x")
    with pytest.raises(TemplateError, match=r"neither a \.docx nor a folder"):
        renderer("md").render(example(), RenderSettings(template=tmp_path / "letter.odt"))


def test_a_text_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "reading.md").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateError, match="not UTF-8"):
        check(tmp_path)


def test_the_commands(tmp_path):
    run = CliRunner().invoke
    listed = run(templates_app, ["list"])
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(NAMES)
    report = json.loads(run(templates_app, ["list", "--json"]).stdout)
    assert [row["name"] for row in report] == list(NAMES)
    copied = run(templates_app, ["copy", str(tmp_path / "t"), "reading.md"])
    assert copied.stdout.strip() == str(tmp_path / "t" / "reading.md")
    checked = run(templates_app, ["check", str(tmp_path / "t")])
    assert checked.stdout == "reading.md: good\n"
