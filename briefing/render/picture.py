"""The coverage picture, drawn by matplotlib where the extra `charts` is installed.

The only picture in a briefing: outlets by day, where the eye sees at once who was first, who
followed and who fell silent. Without matplotlib, which is four times the size of all that draws
documents otherwise, the same numbers stand in a shaded table in the same place; nothing is missing.
Nothing else is charted: the other numbers are few and read better as numbers.
"""

from __future__ import annotations

import importlib.util
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.render.views import Coverage

__all__ = ["available", "png", "svg"]

_ACCENT = "#5b92c4"
_INK = "#1c2127"
_LINE = "#d5dae0"
_INCHES_WIDE = 6.7
_DOTS_PER_INCH = 200


def available() -> bool:
    """Tell whether the picture can be drawn."""
    return importlib.util.find_spec("matplotlib") is not None


def png(coverage: Coverage) -> bytes:
    """Return the picture as PNG, 6.7 inches wide at 200 dots per inch."""
    return _draw(coverage, "png", {"Software": None})


def svg(coverage: Coverage) -> str:
    """Return the picture as an SVG element to stand inside a page.

    Style attributes become attributes of their own, because the page's content security policy
    forbids the former. The words are outlines, so that the picture looks the same everywhere; the
    same words stand in `aria-label`.
    """
    from lxml import etree  # noqa: PLC0415 - slow to import

    drawn = _draw(coverage, "svg", {"Date": None, "Creator": None, "Format": None, "Type": None})
    root = etree.fromstring(drawn)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for rule in element.attrib.pop("style", "").split(";"):
            name, _, value = rule.partition(":")
            if value:
                element.set(name.strip(), value.strip())
    for unwanted in ("{*}metadata", "{*}defs/{*}style"):
        for element in root.findall(unwanted):
            element.getparent().remove(element)
    root.set("role", "img")
    root.set("aria-label", coverage.alt)
    text: str = etree.tostring(root, encoding="unicode")
    return text


def _draw(coverage: Coverage, kind: str, metadata: dict[str, Any]) -> bytes:
    # The object interface, and not pyplot: no global state, no window system.
    from matplotlib import rc_context  # noqa: PLC0415 - slow to import
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - same
    from matplotlib.figure import Figure  # noqa: PLC0415 - same

    rows = len(coverage.lines)
    with rc_context({"svg.hashsalt": "briefing", "font.family": ["DejaVu Sans"]}):
        figure = Figure(figsize=(_INCHES_WIDE, 0.75 + 0.33 * rows), dpi=_DOTS_PER_INCH)
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        for height, line in enumerate(coverage.lines):
            for place, count in enumerate(line.counts):
                if count:
                    # Area, not width, is what the eye compares.
                    axes.scatter(
                        place, height, s=190 * count / max(coverage.most, 3) + 60, c=_ACCENT
                    )
                    axes.annotate(
                        str(count), (place, height), ha="center", va="center", size=8, color=_INK
                    )
        axes.set_xticks(range(len(coverage.periods)), [_broken(p) for p in coverage.periods])
        axes.set_yticks(range(rows), [_cut(line.outlet) for line in coverage.lines])
        axes.set_xlim(-0.5, len(coverage.periods) - 0.5)
        axes.set_ylim(rows - 0.5, -0.5)
        axes.tick_params(labelsize=8, length=0, colors=_INK)
        axes.grid(visible=True, axis="y", color=_LINE)
        axes.set_axisbelow(True)
        axes.spines[:].set_visible(False)
        stream = io.BytesIO()
        figure.savefig(stream, format=kind, metadata=metadata, bbox_inches="tight")
    return stream.getvalue()


def _broken(period: str) -> str:
    """Put the year under day and month, the month in three letters; a dozen then fit side by side."""
    if not period[-1:].isdigit():
        return period
    *rest, year = period.split(" ")
    return " ".join(word[:3] for word in rest) + f"\n{year}"


def _cut(outlet: str) -> str:
    """Shorten a name, and let a dollar sign be one: matplotlib takes two for mathematics."""
    short = outlet if len(outlet) <= 28 else outlet[:27] + "…"
    return short.replace("$", r"\$")
