"""Shapes as SVG, for what lies under the text of a page and for outlines that CSS has no box for.

All numbers are points. WeasyPrint draws SVG as lines and areas of the PDF, so nothing becomes a bitmap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from pipeline.rendering.model import Border, Shape

_DASHES = {"dashed": (4.0, 3.0), "dotted": (1.0, 1.0)}
"""Dash and gap in stroke widths."""


def sheet(width: float, height: float, content: str) -> bytes:
    """An SVG picture of this size."""
    size = f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} preserveAspectRatio="none">{content}</svg>'.encode()


def drawn(shape: Shape, x: float, y: float, picture: Callable[[Shape], str]) -> str:
    """A shape with its corner at x, y. ``picture`` gives the address of a picture's bytes."""
    look = ""
    if shape.rotation:
        middle = f"{number(x + shape.width / 2)} {number(y + shape.height / 2)}"
        look += f' transform="rotate({number(shape.rotation)} {middle})"'
    if shape.opacity < 1.0:
        look += f' opacity="{number(shape.opacity)}"'
    content = _content(shape, x, y, picture)
    return f"<g{look}>{content}</g>" if look else content


def line(stroke: Border, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line, or two of their own widths where the strokes of a double line differ."""
    length = math.hypot(x2 - x1, y2 - y1)
    if not length or stroke.style == "none":
        return ""
    strokes = stroke.strokes
    if stroke.style == "double":
        one, gap, two = strokes or (stroke.width / 3,) * 3
        across = (-(y2 - y1) / length, (x2 - x1) / length)  # to the right of the way, seen along it
        parts = []
        for width, middle in ((one, one / 2 - stroke.width / 2), (two, one + gap + two / 2 - stroke.width / 2)):
            dx, dy = across[0] * middle, across[1] * middle
            parts.append(_line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, f'stroke="{stroke.color}"', width))
        return "".join(parts)
    return _line(x1, y1, x2, y2, f'stroke="{stroke.color}"{_dashes(stroke)}', stroke.width)


def outlined(shape: Shape, path: str) -> str:
    """A path in the look of a shape."""
    return f'<path d="{path}"{_look(shape)}/>'


def number(value: float) -> str:
    """As short as a thousandth of a point allows."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def points(corners: Sequence[tuple[float, float]]) -> str:
    """A closed polygon as the data of a path."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "Z"


def _content(shape: Shape, x: float, y: float, picture: Callable[[Shape], str]) -> str:
    if shape.kind == "line":
        top, bottom = (y + shape.height, y) if shape.flip else (y, y + shape.height)
        return line(shape.stroke, x, top, x + shape.width, bottom)
    if shape.kind == "picture":
        return _picture(shape, x, y, picture(shape))
    if shape.kind == "group":
        return "".join(drawn(part, x + part.x, y + part.y, picture) for part in shape.parts)
    size = f'x="{number(x)}" y="{number(y)}" width="{number(shape.width)}" height="{number(shape.height)}"'
    if shape.kind == "ellipse":
        half_width, half_height = shape.width / 2, shape.height / 2
        middle = f'cx="{number(x + half_width)}" cy="{number(y + half_height)}"'
        return f'<ellipse {middle} rx="{number(half_width)}" ry="{number(half_height)}"{_look(shape)}/>'
    return f'<rect {size} rx="{number(shape.radius)}"{_look(shape)}/>'


def _picture(shape: Shape, x: float, y: float, address: str) -> str:
    top, right, bottom, left = shape.crop
    width, height = shape.width / (1 - left - right), shape.height / (1 - top - bottom)
    image = (
        f'<image href="{address}" x="{number(-left * width)}" y="{number(-top * height)}" width="{number(width)}" '
        f'height="{number(height)}" preserveAspectRatio="none"/>'
    )
    size = f'x="{number(x)}" y="{number(y)}" width="{number(shape.width)}" height="{number(shape.height)}"'
    return f'<svg {size} viewBox="0 0 {number(shape.width)} {number(shape.height)}">{image}</svg>'


def _look(shape: Shape) -> str:
    stroke = shape.stroke
    fill = f' fill="{shape.fill or "none"}"'
    if stroke.style == "none":
        return fill
    return f'{fill} stroke="{stroke.color}" stroke-width="{number(stroke.width)}"{_dashes(stroke)}'


def _line(x1: float, y1: float, x2: float, y2: float, look: str, width: float) -> str:
    way = f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}"
    return f'<path d="{way}" fill="none" stroke-width="{number(width)}" {look}/>'


def _dashes(stroke: Border) -> str:
    if stroke.style not in _DASHES:
        return ""
    dash, gap = (number(each * stroke.width) for each in _DASHES[stroke.style])
    return f' stroke-dasharray="{dash} {gap}"'
