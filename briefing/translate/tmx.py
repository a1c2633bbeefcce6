"""TMX 1.4b (LISA OSCAR 2005): translation memories as other tools exchange them.

Files come from elsewhere: entities are not resolved, nothing is fetched, a file is read as a stream
and each unit is dropped once read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from briefing.errors import OutputError, UsageError
from briefing.translate.memory import Pair
from briefing.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["read_tmx", "write_tmx"]

# A segment longer than this is not a sentence, and no article has one.
MAX_SEGMENT = 20_000
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# `in` was Indonesian's code in ISO 639 until 1989, and Java still writes it.
_INDONESIAN = frozenset({"id", "in", "ind"})
_ENGLISH = frozenset({"en", "eng"})
# Content that stands for a format of another tool: its text is a code, not words.
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})


def read_tmx(path: Path) -> Iterator[Pair]:
    """Yield the Indonesian-English pairs of a TMX file, in order.

    Units without both languages, and with a segment that is empty or longer than 20,000 characters,
    are passed over. Raises `UsageError` where the file cannot be read, is not XML or not TMX, or
    defines entities.
    """
    from lxml import etree  # noqa: PLC0415 - slow to import

    try:
        with path.open("rb") as stream:
            context = etree.iterparse(
                stream,
                events=("start", "end"),
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            yield from _pairs(context, path)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{path} is not valid XML: {error.msg}") from error


def _pairs(context: Any, path: Path) -> Iterator[Pair]:
    root: Any = None
    for event, element in context:
        if event == "start":
            if root is None:
                root = element
                _check_root(root, path)
            continue
        if _name(element) != "tu":
            continue
        pair = _pair(element)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        if pair is not None:
            yield pair


def _check_root(root: Any, path: Path) -> None:
    if _name(root) != "tmx":
        raise UsageError(f"{path} is not a TMX file: its root is <{_name(root)}>")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise UsageError(f"{path} defines XML entities, which are not read")


def _pair(unit: Any) -> Pair | None:
    source = target = ""
    for variant in unit:
        if _name(variant) != "tuv":
            continue
        lang = (variant.get(_LANG) or variant.get("lang") or "").lower().replace("_", "-")
        base = lang.split("-")[0]
        segment = next((child for child in variant if _name(child) == "seg"), None)
        if segment is None:
            continue
        text = " ".join(_text(segment).split())
        if base in _INDONESIAN:
            source = source or text
        elif base in _ENGLISH:
            target = target or text
    if not source or not target or max(len(source), len(target)) > MAX_SEGMENT:
        return None
    note = next((_text(child).strip() for child in unit if _name(child) == "note"), "")
    return Pair(source, target, note[:MAX_SEGMENT])


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and _name(child) not in _CODES:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def write_tmx(path: Path, pairs: Iterable[Pair]) -> int:
    """Write pairs as TMX 1.4b under a temporary name, rename it, and return how many there were.

    Characters that XML 1.0 cannot hold are left out. Raises `OutputError` where that fails.
    """
    building = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with building.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(
                '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
                f'  <header creationtool="briefing" creationtoolversion={quoteattr(__version__)} '
                'segtype="sentence" o-tmf="briefing" adminlang="en" srclang="id" '
                'datatype="plaintext"/>\n  <body>\n'
            )
            for pair in pairs:
                note = f"<note>{_xml(pair.note)}</note>" if pair.note else ""
                stream.write(
                    f'    <tu>{note}<tuv xml:lang="id"><seg>{_xml(pair.source)}</seg></tuv>'
                    f'<tuv xml:lang="en"><seg>{_xml(pair.target)}</seg></tuv></tu>\n'
                )
                count += 1
            stream.write("  </body>\n</tmx>\n")
        building.replace(path)
    except OSError as error:
        building.unlink(missing_ok=True)
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    return count


def _xml(text: str) -> str:
    allowed = (
        c
        for c in text
        if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
    return escape("".join(allowed))
