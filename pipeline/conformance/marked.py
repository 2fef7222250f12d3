"""What stands on a page and is no part of the paper: the code, the archival stamp and numbers we print ourselves.

They are tagged in the file (``/Overprint``), so nothing is guessed from looks: a table of six cells at the head of
somebody else's paper is measured as one.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_TAG = "Overprint"


def is_overprint(obj: Any) -> bool:
    """Whether a page object stands inside our tag."""
    count = pdfium.FPDFPageObj_CountMarks(obj)
    return any(_name(pdfium.FPDFPageObj_GetMark(obj, index)) == _TAG for index in range(count))


def _name(mark: Any) -> str:
    size = ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetName(mark, None, 0, size)
    buffer = (ctypes.c_ushort * max(1, size.value // 2))()
    pdfium.FPDFPageObjMark_GetName(mark, buffer, size.value, size)
    return bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\0")
