"""A book of one face in which every width is known by heart: Chinese characters 1 em, all others half."""

from __future__ import annotations

from pipeline.rendering.metrics import LineMetrics
from pipeline.rendering.model import TextStyle
from pipeline.rendering.usage import Glyph

TEN = TextStyle("宋体", "宋体", 10, hint_east_asian=True)
"""10 pt: a Chinese character is 10 pt wide, a Latin one 5 pt."""


class FixedBook:
    """Fits the composer's ``Book``."""

    def glyph(self, style: TextStyle, character: str, *, east_asian: bool) -> Glyph:
        return Glyph("han" if east_asian else "latin", 1.0 if east_asian else 0.5)

    def line_metrics(self, style: TextStyle, *, east_asian: bool = True) -> LineMetrics:
        return LineMetrics(0.9, 0.2).scaled(style.size)
