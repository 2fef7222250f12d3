"""What of a page is ink, whatever the light it was photographed in.

A grey value says nothing by itself: in the shadow of a phone paper is darker than ink is in the sun. So each spot is
compared with the lightest around it.
"""

from __future__ import annotations

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

Ink = NDArray[numpy.float32]
"""Rows of pixels from the top, 0.0 paper to 1.0 black."""

_SMALL = 600
"""Pixels along the longer side: 50 dpi for A4, enough to tell lines of text."""
_EDGE = 0.05
"""The part of each side that is not looked at for blankness: shadows of the edge, punch holes, staples."""
_DARK = 0.25
_BLANK = 3e-4
"""The part of a page's spots that may be dark on a blank one: dust, and the other side shining through is fainter."""
_GROUND = 5
"""Spots that are taken as one when looking for the lightest around."""


def ink_of(picture: Image.Image, longest: int = _SMALL) -> Ink:
    """The ink of the whole page, ``longest`` pixels along its longer side."""
    factor = min(1.0, longest / max(picture.size))
    size = (max(8, round(picture.width * factor)), max(8, round(picture.height * factor)))
    grey = ImageOps.grayscale(picture).resize(size, Image.Resampling.BOX)
    return even_ink(grey)


def even_ink(grey: Image.Image) -> Ink:
    """The ink of a small grey picture."""
    broad = grey.reduce(_GROUND).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(2))
    ground = broad.resize(grey.size, Image.Resampling.BILINEAR)
    light = numpy.maximum(numpy.asarray(ground, dtype=numpy.float32), 24.0)
    value = 1.0 - numpy.asarray(grey, dtype=numpy.float32) / light
    return numpy.clip(value, 0.0, 1.0).astype(numpy.float32)


def is_blank(picture: Image.Image) -> bool:
    """Whether nothing is written or printed on the page, its outermost edges apart."""
    ink = ink_of(picture, 2 * _SMALL)
    down, across = (max(1, int(side * _EDGE)) for side in ink.shape)
    inner = ink[down:-down, across:-across]
    return bool((inner > _DARK).mean() < _BLANK)
