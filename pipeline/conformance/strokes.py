"""The straight lines of a page, however they were drawn.

The same 0.35 mm line is a stroke in one program, a thin filled rectangle in the next, and one side of a rectangular
frame cut out by a clip path in a third; a table's border comes cell by cell. So every path is taken to its sides,
clipped, and sides that continue one another are joined. Curves, and paths of many parts, are drawings and are left out.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from pipeline.conformance.geometry import Box, Rule
from pipeline.conformance.transform import Matrix, times

_MOST_PARTS = 64
_THICKEST = 2.5
_SHORTEST = 3.0
_LIGHTEST = 0xF0
"""A line with all three parts of its colour above this is white paper to the eye."""

Point = tuple[float, float]


def rules_of(obj: Any, matrix: Matrix) -> list[Rule]:
    """The straight lines a path object paints; ``matrix`` leads from the object's surroundings to the paper (mm)."""
    if not 2 <= pdfium.FPDFPath_CountSegments(obj) <= _MOST_PARTS:
        return []
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, own)
    to_paper = times(Matrix(own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(obj, fill, stroke)
    outlines = _outlines(obj, to_paper)
    rules: list[Rule] = []
    if stroke.value and (colour := _colour(pdfium.FPDFPageObj_GetStrokeColor, obj)):
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(obj, width)
        rules += [Rule(box, colour) for box in _stroked(outlines, width.value * to_paper.scale)]
    if fill.value and (colour := _colour(pdfium.FPDFPageObj_GetFillColor, obj)):
        rules += [Rule(box, colour) for box in _filled(outlines)]
    window = _window(obj, matrix)
    cut = rules if window is None else [Rule(rule.box.common(window), rule.colour) for rule in rules]
    return [rule for rule in cut if _is_line(rule.box)]


def joined(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The same lines with those that continue one another made one, from top to bottom."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=_along):
        if whole and (longer := _continued(whole[-1], rule)):
            whole[-1] = longer
        else:
            whole.append(rule)
    return tuple(sorted(whole, key=lambda rule: (rule.box.top, rule.box.left)))


def _along(rule: Rule) -> tuple[bool, str, float, float]:
    if rule.horizontal:
        return True, rule.colour, round(rule.box.middle, 1), rule.box.left
    return False, rule.colour, round(rule.box.center, 1), rule.box.top


def _continued(one: Rule, other: Rule) -> Rule | None:
    """Both as one line, when the second goes on where the first ends (0.3 mm), at its height and in its strength."""
    if one.horizontal != other.horizontal or one.colour != other.colour or abs(one.thickness - other.thickness) > 0.05:
        return None
    a, b = one.box, other.box
    aside = abs(a.middle - b.middle) if one.horizontal else abs(a.center - b.center)
    gap = b.left - a.right if one.horizontal else b.top - a.bottom
    if aside > 0.1 or gap > 0.3:
        return None
    box = Box(min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))
    return Rule(box, one.colour)


def _outlines(obj: Any, to_paper: Matrix) -> list[list[Point]]:
    """The parts of a path as lists of corners on paper; a part with a curve in it is left out."""
    outlines: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    curved: set[int] = set()
    for index in range(pdfium.FPDFPath_CountSegments(obj)):
        segment = pdfium.FPDFPath_GetPathSegment(obj, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([])
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved.add(len(outlines) - 1)
        outlines[-1].append(to_paper.point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return [outline for index, outline in enumerate(outlines) if index not in curved]


def _stroked(outlines: Iterable[list[Point]], width: float) -> Iterator[Box]:
    for outline in outlines:
        for (x1, y1), (x2, y2) in pairwise(outline):
            if abs(y1 - y2) < 0.05 < abs(x1 - x2):
                yield Box(min(x1, x2), (y1 + y2 - width) / 2, max(x1, x2), (y1 + y2 + width) / 2)
            elif abs(x1 - x2) < 0.05 < abs(y1 - y2):
                yield Box((x1 + x2 - width) / 2, min(y1, y2), (x1 + x2 + width) / 2, max(y1, y2))


def _filled(outlines: list[list[Point]]) -> Iterator[Box]:
    """Thin rectangles, and the four sides of a frame (one rectangle cut out of another)."""
    boxes = [box for outline in outlines if (box := _rectangle(outline))]
    if len(boxes) == len(outlines) == 2:
        outer, inner = sorted(boxes, key=lambda box: box.width * box.height, reverse=True)
        if outer.common(inner) == inner:
            yield Box(outer.left, outer.top, outer.right, inner.top)
            yield Box(outer.left, inner.bottom, outer.right, outer.bottom)
            yield Box(outer.left, outer.top, inner.left, outer.bottom)
            yield Box(inner.right, outer.top, outer.right, outer.bottom)
            return
    yield from boxes


def _rectangle(outline: list[Point]) -> Box | None:
    corners = set(outline)
    xs = sorted({round(x, 3) for x, _y in corners})
    ys = sorted({round(y, 3) for _x, y in corners})
    if not 4 <= len(outline) <= 6 or len(xs) != 2 or len(ys) != 2:
        return None
    return Box(xs[0], ys[0], xs[1], ys[1])


def _window(obj: Any, matrix: Matrix) -> Box | None:
    """What the clip path lets through (the boxes of its parts together), or None when nothing is clipped."""
    clip = pdfium.FPDFPageObj_GetClipPath(obj)
    if not clip:
        return None
    window: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip))):
        points = []
        for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, path)):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, index), x, y)
            points.append(matrix.point(x.value, y.value))
        if points:
            xs, ys = zip(*points, strict=True)
            box = Box(min(xs), min(ys), max(xs), max(ys))
            window = box if window is None else window.common(box)
    return window


def _colour(function: Any, obj: Any) -> str:
    """ "#rrggbb", or "" for a colour that leaves no trace on white paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _part in range(4))
    if not function(obj, red, green, blue, alpha) or not alpha.value:
        return ""
    if min(red.value, green.value, blue.value) >= _LIGHTEST:
        return ""
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"


def _is_line(box: Box) -> bool:
    short, long = sorted((box.width, box.height))
    return 0 < short <= _THICKEST and _SHORTEST <= long < math.inf and long >= 3 * short
