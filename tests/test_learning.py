"""An edited DOCX comes back: what was corrected is learned, by row, and nothing else."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile

import docx
import pytest

import briefing
from briefing.cli import main
from briefing.learning import read_corrections, suggest_terms
from briefing.translate.memory import TranslationMemory

PAGE = """Menlu Bertemu Dubes di Jakarta

Jakarta, Kabar Contoh - Menlu bertemu duta besar negara sahabat di Jakarta pada Senin (4/9/2023) untuk \
membahas kerja sama pelabuhan.

Pertemuan yang digelar Menlu itu berlangsung dua jam. Kedua pihak sepakat membentuk tim kerja bersama.

Tim kerja akan melapor kepada Menlu paling lambat akhir tahun ini, kata juru bicara kementerian.
"""


@pytest.fixture
def made(tmp_path):
    """A briefing and its DOCX and JSON in `o`."""
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    one = briefing.make([tmp_path / "a.txt"], engine="fake", formats="docx,json")
    one.save(tmp_path / "o")
    return one, tmp_path / "o" / "briefing.docx"


def english_cells(document):
    """Yield (text, paragraph) of the English cells of the article tables."""
    for table in document.tables:
        heads = [cell.text for cell in table.rows[0].cells]
        if "Row" not in heads or "English" not in heads:
            continue
        for row in table.rows[1:]:
            yield row.cells[heads.index("English")]


def edit(path, change):
    document = docx.Document(str(path))
    for cell in english_cells(document):
        new = change(cell.text)
        if new != cell.text:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.text = ""
            cell.paragraphs[0].add_run(new)
    document.save(str(path))


def test_nothing_changed_is_nothing_learned(made):
    one, path = made
    learned = read_corrections(path, one)
    assert learned.corrections == ()
    assert learned.skipped == ()
    assert learned.unchanged == sum(1 for _ in one.sentences())


def correct(text):
    return "The meeting lasted two hours." if "dua jam" in text else text


@pytest.mark.parametrize("resave", [False, True])
def test_a_correction_is_learned_by_row(made, resave, tmp_path):
    one, path = made
    edit(path, correct)
    if resave:
        if not shutil.which("soffice"):
            pytest.skip("LibreOffice is not installed")
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to",
             "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "again"), str(path)],
            check=True, capture_output=True,
        )  # fmt: skip
        path = tmp_path / "again" / "briefing.docx"
    learned = read_corrections(path, one)
    (only,) = learned.corrections
    assert only.source == "Pertemuan yang digelar Menlu itu berlangsung dua jam."
    assert only.after == "The meeting lasted two hours."
    assert only.before.endswith("dua jam.")
    assert learned.skipped == ()


def test_command_teaches_the_memory_and_the_next_run_uses_it(made, tmp_path, capsys):
    _, path = made
    edit(path, correct)
    memory = tmp_path / "memory.sqlite"
    assert main(["learn", str(path), "--memory", str(memory)]) == 0
    assert "learned 1 corrections" in capsys.readouterr().out
    with TranslationMemory(memory) as store:
        pairs = list(store.pairs())
    assert [(p.source, p.target) for p in pairs] == [
        ("Pertemuan yang digelar Menlu itu berlangsung dua jam.", "The meeting lasted two hours.")
    ]
    assert "briefing.docx" in pairs[0].note


def test_deleted_and_missing_rows_are_told_and_not_learned(made):
    one, path = made
    document = docx.Document(str(path))
    cells = list(english_cells(document))
    for run in cells[0].paragraphs[0].runs:
        run.text = ""
    row = cells[1]._tc.getparent()
    row.getparent().remove(row)
    document.save(str(path))
    learned = read_corrections(path, one)
    assert learned.corrections == ()
    reasons = [reason for _, reason in learned.skipped]
    assert any("deleted" in reason for reason in reasons)
    assert any("not in the document" in reason for reason in reasons)


def test_paragraph_rows_are_read_sentence_by_sentence(made, tmp_path):
    one, _ = made
    (path, *_rest) = one.save(tmp_path / "p", formats=["docx"], rows="paragraph")
    assert read_corrections(path, one).corrections == ()
    document = docx.Document(str(path))
    for cell in english_cells(document):
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                if "dua jam" in run.text:
                    run.text = "The meeting lasted two hours."
    document.save(str(path))
    assert [c.after for c in read_corrections(path, one).corrections] == [
        "The meeting lasted two hours."
    ]


def test_terms_are_suggested_where_rows_agree(made):
    one, path = made
    edit(path, lambda text: text.replace("Menlu", "Foreign Minister"))
    learned = read_corrections(path, one)
    assert len(learned.corrections) >= 2
    suggested = suggest_terms(learned.corrections)
    assert [(s.source, s.target) for s in suggested] == [("Menlu", "Foreign Minister")]


def test_suggestions_are_written_as_a_glossary(made, tmp_path, capsys):
    _, path = made
    edit(path, lambda text: text.replace("Menlu", "Foreign Minister"))
    terms = tmp_path / "terms.csv"
    arguments = ["--memory", str(tmp_path / "m"), "--terms", str(terms), "--json"]
    assert main(["learn", str(path), *arguments]) == 0
    assert json.loads(capsys.readouterr().out)["learned"]
    lines = terms.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "source,target,note"
    assert lines[1].startswith("Menlu,Foreign Minister,")


def test_files_that_are_not_ours_are_usage_errors(made, tmp_path, capsys):
    _, path = made
    (tmp_path / "o" / "text.docx").write_text("no")
    other = docx.Document()
    other.save(str(tmp_path / "o" / "other.docx"))
    with zipfile.ZipFile(tmp_path / "o" / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * 600_000_000)
    for name in ("text.docx", "other.docx", "bomb.docx", "absent.docx"):
        assert main(["learn", str(tmp_path / "o" / name)]) == 2
        err = capsys.readouterr().err
        assert name in err
        assert len(err.splitlines()) == 1
    assert main(["learn", str(path), "--briefing", str(tmp_path / "absent.json")]) == 2
    assert "--briefing" in capsys.readouterr().err
