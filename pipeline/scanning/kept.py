"""A page's picture as a PDF/A keeps it: the sender's own JPEG, or pixels compressed by us once.

Black and white goes by CCITT group 4 (ITU-T T.6), without loss; grey and colour by JPEG, good enough for a seal's fine
lines. Both are filters that ISO 19005-2 6.1.7 allows.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy
from PIL import Image, UnidentifiedImageError

_QUALITY = 88
_COLOURLESS = 12
"""Difference between the channels of a pixel up to which a scanner calls white paper and black ink coloured."""
_COLOURED = 2e-4
"""The part of the pixels beyond it that makes a page one in colour: a seal is far more."""

_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_BYTES, _PHOTOMETRIC = 278, 273, 279, 262


@dataclass(frozen=True, slots=True)
class KeptImage:
    """Encoded bytes with what a PDF says of them: ``filter`` by its PDF name, ``colours`` 1 (grey) or 3, ``bits`` 1 or
    8 a colour; ``black_is_1`` is the CCITT parameter."""

    data: bytes
    filter: str
    width: int
    height: int
    colours: int
    bits: int
    black_is_1: bool = False


def kept_jpeg(data: bytes) -> KeptImage | None:
    """The sender's JPEG as it is; None for what a PDF/A with the colours of sRGB may not hold (CMYK, 12 bits)."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            if picture.mode not in ("L", "RGB"):
                return None
            picture.load()
            return KeptImage(data, "DCTDecode", picture.width, picture.height, 3 if picture.mode == "RGB" else 1, 8)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None


def kept_pixels(picture: Image.Image) -> KeptImage:
    """Pixels compressed anew, colour only where there is some."""
    if picture.mode == "1":
        return _group_4(picture)
    flat = picture if picture.mode == "L" else _without_empty_colour(picture)
    stream = io.BytesIO()
    flat.save(stream, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return KeptImage(stream.getvalue(), "DCTDecode", flat.width, flat.height, 1 if flat.mode == "L" else 3, 8)


def pixels_of(picture: Image.Image) -> Image.Image:
    """The picture in mode L or RGB, what is transparent on white."""
    if picture.mode in ("L", "RGB"):
        return picture.copy()
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits of grey
        return picture.point(lambda each: each * (1 / 256)).convert("L")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _without_empty_colour(picture: Image.Image) -> Image.Image:
    flat = pixels_of(picture)
    if flat.mode == "L":
        return flat
    sample = numpy.asarray(flat.reduce(2) if min(flat.size) > 2 else flat).astype(numpy.int16)
    spread = sample.max(axis=2) - sample.min(axis=2)
    return flat if (spread > _COLOURLESS).mean() > _COLOURED else flat.convert("L")


def _group_4(picture: Image.Image) -> KeptImage:
    stream = io.BytesIO()
    picture.save(stream, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: picture.height})
    with Image.open(stream) as written:
        tags = written.tag_v2  # type: ignore[attr-defined]
        offsets, sizes, white_is_zero = tags[_STRIP_OFFSETS], tags[_STRIP_BYTES], tags[_PHOTOMETRIC] == 0
    assert len(offsets) == 1
    data = stream.getvalue()[offsets[0] : offsets[0] + sizes[0]]
    return KeptImage(data, "CCITTFaxDecode", picture.width, picture.height, 1, 1, black_is_1=not white_is_zero)
