"""How much of the sender's workbook is in the copy that goes back to him, so that the copy can say so itself.

openpyxl keeps cells, formats, widths, comments, charts and floating pictures. What is drawn over the cells otherwise
(text boxes, shapes, buttons, SmartArt, embedded files) it drops without a word; a stamp drawn of two shapes would be
gone, and nobody had said so. The sender's own file stays whole beside the copy in any case.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

_DROPPED_PARTS = re.compile(r"^xl/(?:ctrlProps|activeX|slicers|timelines|diagrams|embeddings|threadedComments)/", re.I)
_DRAWING = re.compile(r"^xl/drawings/[^/]+\.xml$", re.I)
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp|contentPart)[\s>]")


class Kept(Enum):
    """What a copy holds: everything, everything but what is drawn over the cells, or nothing but the values."""

    WHOLE = "whole"
    WITHOUT_SHAPES = "without shapes"
    VALUES = "values"


def kept_of(data: bytes) -> Kept:
    """What openpyxl keeps of an .xlsx file. Raises ``zipfile.BadZipFile``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        drawn = any(_SHAPE.search(archive.read(name)) for name in names if _DRAWING.match(name))
    return Kept.WITHOUT_SHAPES if drawn or any(map(_DROPPED_PARTS.match, names)) else Kept.WHOLE
