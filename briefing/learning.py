"""Reading back what an analyst corrected: an edited DOCX against the briefing that it was made from.

The rows of the document carry the article's and the sentence's id as bookmarks in their margin, which
Word and LibreOffice keep through an edit and a save. What differs from the briefing in the English
column is a correction. It goes into the translation memory, where it answers for its Indonesian
sentence from then on, whatever the model.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import zipfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import OutputError, UsageError
from briefing.render.outline import row_anchor
from briefing.render.text import plain
from briefing.translate.memory import Pair, TranslationMemory, default_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.document import Briefing, Sentence

__all__ = [
    "Correction",
    "Learned",
    "Suggestion",
    "learn",
    "read_corrections",
    "suggest_terms",
    "write_terms",
]

MAX_UNPACKED = 500_000_000
"""Bytes. A briefing of a thousand articles unpacks to a twentieth of it; a bomb to more."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\w’'-]+")
_NAME_LIKE = re.compile(r"\b[A-Z][\w’'-]*(?:\s+(?:[A-Z][\w’'-]*|of|the|and|for))*")


@dataclass(frozen=True, slots=True)
class Correction:
    """A changed translation: where it stands, its Indonesian source, and the English before and after."""

    article: str
    sentence: str
    source: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What an edited document says: the corrections, the rows as they were, and what was not taken.

    `skipped` pairs a row (`article sentence`) with the reason.
    """

    corrections: tuple[Correction, ...]
    unchanged: int
    skipped: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it for reports."""
        return {
            "learned": [asdict(one) for one in self.corrections],
            "unchanged": self.unchanged,
            "skipped": [{"row": row, "reason": reason} for row, reason in self.skipped],
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A glossary term that corrections suggest: seen in `rows` of them, replacing `before`."""

    source: str
    target: str
    before: str
    rows: int


def read_corrections(path: str | Path, briefing: Briefing) -> Learned:
    """Compare the English column of an edited document with the briefing that it was made from.

    Tracked insertions count as text and tracked deletions do not, as if all had been accepted.
    Raises `UsageError` where the file is not a Word document or holds no rows of this briefing.
    """
    known = {
        row_anchor(article.id, sentence.id).replace("-", "_"): (article.id, sentence)
        for article, sentence in briefing.sentences()
    }
    corrections: dict[str, Correction] = {}
    skipped: list[tuple[str, str]] = []
    seen: set[str] = set()
    unchanged = 0
    for names, texts in _rows(Path(path)):
        ours = [name for name in names if name in known and name not in seen]
        seen.update(ours)
        if not ours:
            continue
        if len(texts) != len(ours):
            for name in ours:
                article, sentence = known[name]
                reason = (
                    "the paragraph has other sentences than before; edit --rows sentence instead"
                )
                skipped.append((f"{article} {sentence.id}", reason))
            continue
        for name, text in zip(ours, texts, strict=True):
            article, sentence = known[name]
            verdict = _compare(article, sentence, text)
            if isinstance(verdict, Correction):
                corrections[name] = verdict
            elif verdict is None:
                unchanged += 1
            else:
                skipped.append((f"{article} {sentence.id}", verdict))
    if not seen:
        raise UsageError(f"{path} holds no rows of this briefing; was it made from another one?")
    missing = [known[name] for name in known if name not in seen]
    skipped += [(f"{article} {s.id}", "the row is not in the document") for article, s in missing]
    return Learned(tuple(corrections.values()), unchanged, tuple(skipped))


def learn(
    path: str | Path, briefing: Briefing, *, memory: Path | None = None
) -> tuple[Learned, tuple[Suggestion, ...]]:
    """Store the corrections of an edited document in the translation memory.

    `memory` is the file of the memory, the usual one by default. Returns what was taken and the
    glossary terms that it suggests. Raises `UsageError` for the document, `OutputError` for the
    memory.
    """
    learned = read_corrections(path, briefing)
    note = f"corrected in {Path(path).name}"
    with TranslationMemory(memory or default_path()) as store:
        store.learn(Pair(one.source, one.after, note) for one in learned.corrections)
    return learned, suggest_terms(learned.corrections)


def write_terms(path: Path, suggestions: Iterable[Suggestion]) -> None:
    """Write suggestions as a glossary (`source,target,note`), to be read by a person first.

    Raises `OutputError` where the file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow(("source", "target", "note"))
            for one in suggestions:
                note = f"replaced {one.before!r} in {one.rows} rows"
                rows.writerow((one.source, one.target, note))
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error


def _compare(article: str, sentence: Sentence, text: str) -> Correction | str | None:
    """Return the correction, the reason why there is none, or `None` where nothing changed."""
    before = _one_line(plain(sentence.translation))
    if text == before or (not before and text == "(none)"):
        return None
    if not text:
        return "the English was deleted, and an empty translation is not learned"
    return Correction(article, sentence.id, sentence.source, before, text)


def _rows(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield, for each table row with bookmarks, their names and the English text of each sentence."""
    root, evidence = _open(path)
    for table in root.iter(f"{_W}tbl"):
        column: int | None = None
        for row in table.iterfind(f"{_W}tr"):
            cells = row.findall(f"{_W}tc")
            heads = [_one_line(_text(cell)) for cell in cells]
            if "English" in heads and column is None:
                column = heads.index("English")
                continue
            names = [
                str(mark.get(f"{_W}name"))
                for mark in row.iter(f"{_W}bookmarkStart")
                if str(mark.get(f"{_W}name")).startswith("r_")
            ]
            if names and column is not None and column < len(cells):
                yield names, _sentences(cells[column], evidence)


def _open(path: Path) -> tuple[Any, frozenset[str]]:
    """Return the body of a Word document and the ids of the style that marks sentence numbers."""
    from lxml import etree  # noqa: PLC0415 - slow to import

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
            if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED:
                raise UsageError(f"{path} unpacks to more than {MAX_UNPACKED:,} bytes")
            body = etree.fromstring(package.read("word/document.xml"), parser)
            styles = etree.fromstring(package.read("word/styles.xml"), parser)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError) as error:
        raise UsageError(f"{path} is not a Word document: {error}") from error
    ids = frozenset(
        str(style.get(f"{_W}styleId"))
        for style in styles.iter(f"{_W}style")
        if (name := style.find(f"{_W}name")) is not None and name.get(f"{_W}val") == "Evidence"
    )
    return body, ids


def _sentences(cell: Any, evidence: frozenset[str]) -> list[str]:
    """Return the texts of a cell, one for each sentence number in it, or one where there is none."""
    parts: list[list[str]] = [[]]
    numbered = False
    for paragraph in cell.iter(f"{_W}p"):
        for run in paragraph.iter(f"{_W}r"):
            style = run.find(f"{_W}rPr/{_W}rStyle")
            if style is not None and style.get(f"{_W}val") in evidence:
                numbered = True
                parts.append([])
            else:
                parts[-1].append(_text(run))
        parts[-1].append(" ")
    texts = [_one_line("".join(part)) for part in parts]
    return texts[1:] if numbered and not texts[0] else texts


def _text(element: Any) -> str:
    """Return the text in an element; deleted text (`w:delText`) is another element and not in it."""
    nodes = element.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
    return "".join((node.text or "") if node.tag == f"{_W}t" else " " for node in nodes)


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def suggest_terms(corrections: Sequence[Correction], *, rows: int = 2) -> tuple[Suggestion, ...]:
    """Return the glossary terms that at least `rows` corrections agree on.

    A term is suggested where the same English wording was replaced by the same other one in several
    rows whose Indonesian sentences share a name-like phrase; the longest is taken. A suggestion is
    for a person to judge, not to be enforced unseen.
    """
    swaps: dict[tuple[str, str], list[str]] = {}
    for one in corrections:
        for before, after in _replaced(one.before, one.after):
            swaps.setdefault((before, after), []).append(one.source)
    found: list[Suggestion] = []
    for (before, after), sources in swaps.items():
        if len(sources) < rows:
            continue
        shared = Counter(phrase for source in sources for phrase in set(_phrases(source)))
        common = [phrase for phrase, count in shared.items() if count == len(sources)]
        if common:
            term = max(common, key=lambda phrase: (len(phrase), phrase))
            found.append(Suggestion(term, after, before, len(sources)))
    return tuple(sorted(found, key=lambda s: (-s.rows, s.source)))


def _replaced(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield what was replaced by what, in words."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and b - a <= 6 and d - c <= 6:
            yield " ".join(old[a:b]), " ".join(new[c:d])


def _phrases(source: str) -> Iterable[str]:
    """Return the capitalised phrases and acronyms of an Indonesian sentence, each word of them too."""
    for match in _NAME_LIKE.finditer(source):
        yield match[0]
        yield from match[0].split()
