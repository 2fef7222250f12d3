"""A neutral portrait of 295 x 413 pixels (one-inch photo), where a form wants one and nobody sat for it."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

_SCALE = 4  # drawn larger and reduced, for smooth edges
_BACKGROUND = (97, 139, 189)
_SKIN = (226, 205, 187)
_HAIR = (52, 48, 46)
_COAT = (46, 54, 70)
_SHIRT = (240, 240, 240)


def portrait(*, long_hair: bool) -> bytes:
    """The picture as PNG."""
    width, height = 295 * _SCALE, 413 * _SCALE
    picture = Image.new("RGB", (width, height), _BACKGROUND)
    draw = ImageDraw.Draw(picture)

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left * width, top * height, right * width, bottom * height

    if long_hair:
        draw.rounded_rectangle(box(0.24, 0.16, 0.76, 0.62), radius=0.2 * width, fill=_HAIR)
    draw.rounded_rectangle(box(0.08, 0.68, 0.92, 1.2), radius=0.22 * width, fill=_COAT)
    draw.polygon(
        [(0.38 * width, 0.68 * height), (0.62 * width, 0.68 * height), (0.5 * width, 0.86 * height)], fill=_SHIRT
    )
    draw.rectangle(box(0.42, 0.56, 0.58, 0.70), fill=_SKIN)
    draw.ellipse(box(0.28, 0.18, 0.72, 0.62), fill=_SKIN)
    draw.pieslice(box(0.26, 0.15, 0.74, 0.55), 180, 360, fill=_HAIR)
    stream = io.BytesIO()
    picture.resize((295, 413), Image.Resampling.LANCZOS).save(stream, "PNG", optimize=True)
    return stream.getvalue()
