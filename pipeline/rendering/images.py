"""The bytes of a picture as a PDF/A may hold them: PNG or JPEG in RGB or grey, turned and toned as the file asks.

What can stay is left as it is. Old formats (BMP, GIF, TIFF), CMYK, and pictures that Word turns, mirrors or washes out
become PNG. EMF and WMF are programs that draw with the fonts of the machine they were made on; nobody can promise
what they show.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageFile, UnidentifiedImageError

MAX_PIXELS = 64_000_000
"""A3 at 600 dpi, twice over."""

_PRINTABLE = {"PNG": "image/png", "JPEG": "image/jpeg"}
_FORMATS = (*_PRINTABLE, "GIF", "BMP", "TIFF")
_KEPT_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises for bytes that are no picture, or no whole one."""
_UNPRINTABLE = {
    b"\x01\x00\x00\x00": "EMF 图片",
    b"\xd7\xcd\xc6\x9a": "WMF 图片",
    b"\x01\x00\x09\x00": "WMF 图片",
    b"<svg": "SVG 图片",
    b"<?xm": "SVG 图片",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to the pixels: quarter turns clockwise, mirrored first; each channel becomes
    ``gain`` x (channel - 1/2) + 1/2 + ``lift`` (all between 0 and 1); ``grey`` takes the colours out."""

    quarters: int = 0
    mirrored: bool = False
    upside_down: bool = False
    gain: float = 1.0
    lift: float = 0.0
    grey: bool = False


AS_IT_IS = Change()


def unprintable(data: bytes) -> str:
    """The Chinese name of a format that cannot be printed, "" when its first bytes are those of no such format."""
    return next((words for magic, words in _UNPRINTABLE.items() if data.startswith(magic)), "")


def printable(data: bytes, change: Change = AS_IT_IS) -> tuple[bytes, str] | None:
    """The picture's bytes with their media type; None for what is damaged, unknown, or has too many pixels."""
    try:
        with _to_the_end(), Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            image.load()
            if image.format in _PRINTABLE and image.mode in _KEPT_MODES and change == AS_IT_IS:
                return data, _PRINTABLE[image.format]
            return _as_png(_changed(_plain(image), change)), "image/png"
    except _BROKEN:
        return None


@contextmanager
def _to_the_end() -> Iterator[None]:
    """Pillow takes half a picture for an error; WeasyPrint tells it to print the rest grey, for the whole process."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _plain(image: Image.Image) -> Image.Image:
    """The picture in RGB, with its transparency where it has one."""
    clear = image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info
    return image.convert("RGBA" if clear else "RGB")


def _changed(image: Image.Image, change: Change) -> Image.Image:
    if change.grey:
        image = image.convert("LA" if image.mode == "RGBA" else "L").convert(image.mode)
    if change.gain != 1.0 or change.lift:
        levels = [
            round(min(max(change.gain * (level / 255 - 0.5) + 0.5 + change.lift, 0.0), 1.0) * 255)
            for level in range(256)
        ]
        keep = list(range(256)) if image.mode == "RGBA" else []
        image = image.point(levels * 3 + keep)
    if change.mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if change.upside_down:
        image = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    turns = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
    return image.transpose(turns[change.quarters % 4]) if change.quarters % 4 else image


def _as_png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
