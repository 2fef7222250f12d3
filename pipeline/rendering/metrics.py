"""How high Word makes a line, and where it puts the base line: the profile of the faces NAMED in the file.

The printed stand-ins are taller or lower than the real faces; breaking pages by their metrics would move every page.
So line heights come from this table and never from a font file. The 1.14 em of the Chinese faces was fitted to the
page breaks that Word itself left in real office files (66 breaks, 95 page counts); the Latin values are those of the
faces. A second table would be WPS's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.rendering.installed import folded_name


@dataclass(frozen=True, slots=True)
class LineMetrics:
    """Of one line of text: ``height`` is Word's single line, ``ascent`` what of it lies above the base line, in em
    (the table) or points (``FontBook.line_metrics``)."""

    ascent: float
    descent: float

    @property
    def height(self) -> float:
        """The single line."""
        return self.ascent + self.descent

    def scaled(self, size: float) -> LineMetrics:
        """The metrics at a size."""
        return LineMetrics(self.ascent * size, self.descent * size)


AUTO_SPACE = 0.18
"""Word's blank between Han and Latin characters (autoSpaceDE, autoSpaceDN), in em of the Han character."""

EXACT_ASCENT = 0.8
"""The part of an exact line height that lies above the base line, whatever the face."""

FIGURE_WIDTH = 0.5
"""The width of a figure in the Chinese office faces, in em. Their stand-ins have wider ones, and a row of eighteen
(an identity number) would need a line more."""

FIGURE_PULL = 0.07
"""How much closer figures may stand without touching, in em. Those of a bold stand-in are too wide: they keep their own
width, which only titles and the red 标志 meet."""

# 0.14 em more than the body, shared as body and foot are in the real faces: 0.859 + 0.141.
_CHINESE = LineMetrics(0.98, 0.16)
_LATIN = LineMetrics(0.91, 0.24)

_NAMED: dict[str, LineMetrics] = {
    folded_name(name): metrics
    for names, metrics in (
        (("微软雅黑", "Microsoft YaHei"), LineMetrics(1.06, 0.26)),
        (("Times New Roman",), LineMetrics(0.91, 0.24)),
        (("Arial", "Helvetica"), LineMetrics(0.92, 0.23)),
        (("Calibri", "Carlito"), LineMetrics(0.95, 0.27)),
        (("Cambria",), LineMetrics(0.95, 0.22)),
        (("Courier New",), LineMetrics(0.83, 0.30)),
    )
    for name in names
}


_OTHER_FIGURES = re.compile("雅黑|yahei|等线|dengxian|noto|思源|source|fandol|lxgw")


def has_half_width_figures(name: str) -> bool:
    """Whether the figures of a Chinese face named in a Word file are half as wide as its characters."""
    return not _OTHER_FIGURES.search(folded_name(name))


def named_metrics(name: str, *, east_asian: bool) -> LineMetrics:
    """The metrics of a face named in a Word file, in em."""
    return _NAMED.get(folded_name(name), _CHINESE if east_asian else _LATIN)
