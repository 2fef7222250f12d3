"""Drawings of 640 x 480 pixels in place of photographs of an activity, where nobody stood with a camera."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

_SCALE = 2  # drawn larger and reduced, for smooth edges
_WIDTH, _HEIGHT = 640, 480
_SKIN, _VEST, _TROUSERS = (226, 205, 187), (196, 42, 36), (58, 66, 84)
_SCENES: Mapping[str, tuple[tuple[int, int, int], tuple[int, int, int], int]] = {
    "广场": ((176, 205, 232), (206, 200, 188), 5),
    "楼道": ((214, 210, 200), (150, 146, 140), 2),
}
"""Colours of wall and ground, and how many people in red vests."""


def scene(name: str) -> bytes:
    """The picture as PNG. Raises ``KeyError`` for a scene there is none of."""
    wall, ground, people = _SCENES[name]
    picture = Image.new("RGB", (_WIDTH * _SCALE, _HEIGHT * _SCALE), wall)
    draw = ImageDraw.Draw(picture)
    draw.rectangle(_box(0, 330, _WIDTH, _HEIGHT), fill=ground)
    for window in range(6):
        draw.rectangle(_box(30 + window * 102, 60, 95 + window * 102, 150), fill=(236, 240, 244))
    for place in range(people):
        _person(draw, _WIDTH * (place + 1) / (people + 1))
    stream = io.BytesIO()
    picture.resize((_WIDTH, _HEIGHT), Image.Resampling.LANCZOS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _person(draw: ImageDraw.ImageDraw, middle: float) -> None:
    draw.rectangle(_box(middle - 22, 330, middle + 22, 440), fill=_TROUSERS)
    draw.rounded_rectangle(_box(middle - 32, 230, middle + 32, 350), radius=28, fill=_VEST)
    draw.ellipse(_box(middle - 22, 178, middle + 22, 228), fill=_SKIN)


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * _SCALE, top * _SCALE, right * _SCALE, bottom * _SCALE
