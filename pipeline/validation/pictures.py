"""Can a picture be printed? Told to the sender now, because after numbering nobody can mend it any more.

The first bytes of a file say PNG although a copy broke off in the middle, and a picture of a few kilobytes may unfold
to gigabytes. So the header is asked for the size first, and only then are the pixels decoded, a JPEG's at an eighth of
its size, which reads the whole file in a fraction of the time.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile

from pipeline.core.messages import _

MAX_PIXELS = 64_000_000
"""A3 at 600 dpi, twice over; more than a portrait, a scan or a phone's picture has."""

_BROKEN = (OSError, SyntaxError, ValueError, IndexError, EOFError, struct.error, Image.DecompressionBombError)
"""What Pillow raises for bytes that are no picture, or no whole one."""


def picture_fault(data: bytes) -> str:
    """Why a picture cannot be printed and what to do, for a finding's hint; empty when it can."""
    try:
        with _to_the_end(), Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                return _("图片有{width}×{height}点，太大了，请缩小后再插入到这一格").format(
                    width=image.width, height=image.height
                )
            image.draft("RGB", (image.width // 8, image.height // 8))
            image.load()
    except _BROKEN:
        return _("图片打不开，可能没有传完或已损坏，请重新插入一张")
    return ""


@contextmanager
def _to_the_end() -> Iterator[None]:
    """Pillow takes half a picture for an error; WeasyPrint tells it not to, for the whole process that imports it."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
