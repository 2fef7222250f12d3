"""Printing a Word file made by a test, and looking at the sheet with a ruler."""

from __future__ import annotations

import io

import numpy
import pypdfium2

from pipeline.rendering import FontBook, Metadata, Printed, render
from tests.rendering.lost import lost
from tests.rendering.word import Word

LEFT, TOP, RIGHT, BOTTOM = 27.99, 37.01, 184.0, 262.0
"""The text area of the test page in mm (GB/T 9704)."""

PT = 25.4 / 72
"""Millimetres in a point."""

LINE = 28.95 * PT
"""A body line in mm."""


def printed(book: FontBook, word: Word | bytes) -> Printed:
    """Printed strictly: refused nothing, the gate has no objection, and no word of the file is missing."""
    data = word if isinstance(word, bytes) else word.bytes()
    done = render(data, book=book, metadata=Metadata("题名", "机关"))
    assert not lost(data, done.pdf)
    return done


def refused(book: FontBook, word: Word) -> list[str]:
    """The names of what is refused."""
    return [refusal.construct for refusal in word.layout(book).refusals]


def picture(pdf: bytes, page: int = 1, dpi: int = 254) -> numpy.ndarray:
    """A page in colour, rows x columns x (red, green, blue); at 254 dpi ten pixels are a millimetre."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page - 1].render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3]


def box_of(mask: numpy.ndarray) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in mm of the pixels of a mask at 254 dpi."""
    rows, columns = numpy.flatnonzero(mask.any(axis=1)), numpy.flatnonzero(mask.any(axis=0))
    assert rows.size, "nothing is there"
    return columns[0] / 10, rows[0] / 10, (columns[-1] + 1) / 10, (rows[-1] + 1) / 10


def colored(pdf: bytes, color: tuple[int, int, int], page: int = 1, tolerance: int = 40) -> numpy.ndarray:
    """A mask of the pixels of a colour."""
    return (numpy.abs(picture(pdf, page).astype(int) - numpy.array(color)) <= tolerance).all(axis=2)


def png_of(color: str, width: int = 20, height: int = 30, mode: str = "RGB", kind: str = "PNG") -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new(mode, (width, height), color).save(buffer, kind)
    return buffer.getvalue()
