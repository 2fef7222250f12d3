"""Lines that belong to text: under it, through it, the leaders of tabs, the dots of emphasis. Written as PDF operators.

Lengths are pixels of 0.75 pt, y grows downwards, as on WeasyPrint's pages. ISO 32000-1, 8.4.3 and 8.5.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.rendering.numerals import number

_DOTTED_PITCH = 2.0
_DASH, _DASH_PITCH = 3.0, 5.0
"""A dash and what it takes with the gap after it, in thicknesses of the line."""
_WAVE = 4.0
"""Half a wave, in thicknesses."""


def rule(x: float, y: float, width: float, thickness: float, style: str, colour: str) -> Iterator[str]:
    """A level line from ``x``, its upper edge at ``y``. ``style`` is one of the underlines; ``colour`` three numbers
    from 0 to 1, as operands."""
    if width <= 0:
        return
    if style == "dotted":
        yield from dots(x, y, width, thickness, _DOTTED_PITCH * thickness, colour)
    elif style == "dash":
        middle = y + thickness / 2
        pattern = f"[{number(_DASH * thickness)} {number((_DASH_PITCH - _DASH) * thickness)}] 0 d"
        yield f"q {colour} RG {number(thickness)} w {pattern}"
        yield f"{number(x)} {number(middle)} m {number(x + width)} {number(middle)} l S Q"
    elif style == "wave":
        yield f"q {colour} RG {number(thickness)} w {_wave(x, y + thickness / 2, width, thickness)} S Q"
    else:
        yield f"{colour} rg {number(x)} {number(y)} {number(width)} {number(thickness)} re f"
        if style == "double":
            yield f"{number(x)} {number(y + 2 * thickness)} {number(width)} {number(thickness)} re f"


def frame(x: float, y: float, width: float, height: float, thickness: float, style: str, colour: str) -> Iterator[str]:
    """A line round a rectangle, outside it. ``style`` is that of a border."""
    half = thickness / 2
    dashes = {"dashed": f"[{number(3 * thickness)}] 0 d", "dotted": f"1 J [0 {number(2 * thickness)}] 0 d"}
    edges = (x - half, y - half, width + thickness, height + thickness)
    yield f"q {colour} RG {number(thickness)} w {dashes.get(style, '')}"
    yield f"{' '.join(map(number, edges))} re S Q"


def dots(x: float, y: float, width: float, thickness: float, pitch: float, colour: str) -> Iterator[str]:
    """Round dots: dashes of no length with round ends."""
    middle, first = y + thickness / 2, x + thickness / 2
    yield f"q {colour} RG {number(thickness)} w 1 J [0 {number(pitch)}] 0 d"
    yield f"{number(first)} {number(middle)} m {number(max(x + width, first + 0.01))} {number(middle)} l S Q"


def _wave(x: float, y: float, width: float, thickness: float) -> str:
    """A wavy path: quarter by quarter up and down."""
    half, height = _WAVE * thickness, 1.5 * thickness
    path = [f"{number(x)} {number(y)} m"]
    end, side = x + width, -1
    while x < end - 0.01:
        step = min(half, end - x)
        top = y + side * height
        points = (x + step / 3, top, x + 2 * step / 3, top, x + step, y)
        path.append(f"{' '.join(map(number, points))} c")
        x, side = x + step, -side
    return " ".join(path)
