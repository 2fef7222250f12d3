"""Find our printed code on a page that went through stamps, folds, a tired copier and somebody's phone.

The reader is given the page as it is, and when it finds nothing the page in other sizes, sharpened, with its light made
even, and corner by corner. A code read is a code read right: QR corrects what it can and refuses the rest, and the text
must have our shape. One that is seen and cannot be read is told as well, since a page with a broken code must never be
taken for the second page of the paper before it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from pipeline.core.papercode import PaperCode, read_code
from pipeline.scanning.values import CodeSeen

_READABLE = 1654
"""Pixels across an A4 page at 200 dpi, where a code of 15 mm has four pixels a module."""
_LARGEST = 6000
_CORNER = 0.4
"""The part of each side that is a corner."""
_BROAD = 24


def codes_on(picture: Image.Image) -> tuple[CodeSeen, ...]:
    """Our codes on the page, each once; at most one that cannot be read."""
    grey = ImageOps.grayscale(picture)
    broken = False
    for shown in _ways_to_look(grey):
        read, is_broken = _read(shown)
        if read:
            return tuple(CodeSeen(code) for code in read)
        broken = broken or is_broken
    return (CodeSeen(None),) if broken else ()


def _read(picture: Image.Image) -> tuple[tuple[PaperCode, ...], bool]:
    """The codes that are ours, and whether one is seen that nobody can read."""
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)  # kept in a module, it would be told as leaked
    found = zxingcpp.read_barcodes(picture, formats=wanted, try_invert=False, return_errors=True)
    ours = {code: None for each in found if each.valid and (code := read_code(each.text)) is not None}
    return tuple(ours), any(not each.valid for each in found)


def _ways_to_look(grey: Image.Image) -> Iterator[Image.Image]:
    """The page, then the page made easier to read, dearer ways last."""
    yield grey
    across = min(grey.size)
    even = _evenly_lit(_scaled(grey, min(1.0, 2 * _READABLE / across)))
    yield even
    larger = _scaled(even, min(max(_READABLE * 1.5 / min(even.size), 1.0), _LARGEST / max(even.size)))
    yield larger.filter(ImageFilter.UnsharpMask(radius=3, percent=200, threshold=0))
    yield larger.filter(ImageFilter.GaussianBlur(1.5))
    for piece in _corners(even):
        large = _scaled(piece, min(2.0, _LARGEST / max(piece.size)))
        yield large.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0))


def _scaled(picture: Image.Image, factor: float) -> Image.Image:
    if abs(factor - 1) < 0.05:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.BOX)


def _evenly_lit(grey: Image.Image) -> Image.Image:
    """The page with its background made white: shadows and the dark edge of a lamp's light are gone."""
    small = grey.resize((max(1, grey.width // _BROAD), max(1, grey.height // _BROAD)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(3))
    ground = paper.resize(grey.size, Image.Resampling.BILINEAR)
    return ImageOps.autocontrast(_divided(grey, ground), cutoff=(0.5, 0.0))


def _divided(grey: Image.Image, ground: Image.Image) -> Image.Image:
    light = numpy.maximum(numpy.asarray(ground, dtype=numpy.float32), 1.0)
    even = numpy.asarray(grey, dtype=numpy.float32) / light
    return Image.fromarray((numpy.clip(even, 0.0, 1.0) * 255).astype(numpy.uint8), "L")


def _corners(picture: Image.Image) -> Iterator[Image.Image]:
    """Where the code is printed, whichever way up the page lies."""
    width, height = round(picture.width * _CORNER), round(picture.height * _CORNER)
    for left in (0, picture.width - width):
        for top in (0, picture.height - height):
            yield picture.crop((left, top, left + width, top + height))
