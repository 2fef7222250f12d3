"""Affine matrices of PDF (ISO 32000-2, 8.3.3), as far as a ruler needs them."""

from __future__ import annotations

import math
from typing import NamedTuple

from pipeline.conformance.geometry import Box


class Matrix(NamedTuple):
    """``x' = a x + c y + e``, ``y' = b x + d y + f``."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The image of a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The upright box round the image of a rectangle."""
        x1, y1 = self.point(left, bottom)
        x2, y2 = self.point(right, top)
        if self.b or self.c:
            x3, y3 = self.point(left, top)
            x4, y4 = self.point(right, bottom)
            return Box(min(x1, x2, x3, x4), min(y1, y2, y3, y4), max(x1, x2, x3, x4), max(y1, y2, y3, y4))
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    @property
    def scale(self) -> float:
        """What a length becomes, averaged over directions (the width of a stroke)."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


def times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does ``first``, then ``second``."""
    return Matrix(
        first.a * second.a + first.b * second.c,
        first.a * second.b + first.b * second.d,
        first.c * second.a + first.d * second.c,
        first.c * second.b + first.d * second.d,
        first.e * second.a + first.f * second.c + second.e,
        first.e * second.b + first.f * second.d + second.f,
    )
