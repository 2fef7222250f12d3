"""Read the geometry of a finished PDF: ``measure``. The only module here, with ``strokes``, that knows PDFium.

The raw interface is used because a page holds six hundred characters and each question about one costs a call; fonts,
sizes and colours are asked once for each text object. PDFium's char box is the ink (see ``outlines`` for how nearly),
and its loose box runs from origin to advance, which is just what ``geometry.Glyph`` needs. Text that is not painted
(render mode 3, the layer below a scan) is not on the paper and is left out. PDFium knows one thread only: call this
from one at a time.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from pipeline.conformance.geometry import MM_PER_POINT, Box, FieldPlace, Glyph, Page, Paper, Style
from pipeline.conformance.marked import is_overprint
from pipeline.conformance.outlines import LARGE, Outlines, Reach
from pipeline.conformance.strokes import joined, rules_of
from pipeline.conformance.transform import Matrix, times
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_INVISIBLE = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
_UNPRINTED = frozenset("\r\n\t\0\ufffe\uffff\u200b\ufeff \u00a0\u3000")
_DEEPEST = 8
"""Forms inside forms are followed this far; a hostile file may nest without end."""


def measure(pdf: bytes) -> Paper:
    """The geometry of every page. Raises ``AnswerIsNo`` when the bytes are no readable PDF or need a password."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise AnswerIsNo(
            _("打不开这个 PDF：文件坏了，有密码，或者根本不是 PDF"),
            remedy=_("先用 PDF 阅读器打开看看；有密码的，去掉密码再量"),
        ) from None
    try:
        document.init_forms()
        return Paper(tuple(_page(document, index) for index in range(len(document))))
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, index: int) -> Page:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:  # a damaged page is an empty one to a reader
        return Page(index + 1, 0.0, 0.0, (), (), (), ())
    try:
        return _measured(document, page, index + 1)
    finally:
        page.close()


def _measured(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> Page:
    to_paper = _to_paper(page)
    width, height = page.get_size()
    rules, pictures = [], []
    for obj, matrix in _objects(page, to_paper):
        if is_overprint(obj):
            continue
        kind = pdfium.FPDFPageObj_GetType(obj)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += rules_of(obj, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_bounds(obj, matrix))
    return Page(
        number,
        width * MM_PER_POINT,
        height * MM_PER_POINT,
        tuple(_glyphs(page, to_paper)),
        joined(rules),
        tuple(pictures),
        tuple(_fields(document, page, to_paper)),
    )


def _to_paper(page: pypdfium2.PdfPage) -> Matrix:
    """From the page's user space (y up, crop box anywhere, perhaps rotated) to mm from the top left as displayed."""
    left, bottom, right, top = page.get_cropbox()
    k = MM_PER_POINT
    match page.get_rotation():
        case 90:
            return Matrix(0, k, k, 0, -bottom * k, -left * k)
        case 180:
            return Matrix(-k, 0, 0, k, right * k, -bottom * k)
        case 270:
            return Matrix(0, -k, -k, 0, top * k, right * k)
        case _:
            return Matrix(k, 0, 0, -k, -left * k, top * k)


def _objects(page: pypdfium2.PdfPage, to_paper: Matrix) -> Iterator[tuple[Any, Matrix]]:
    """Every painted object with the matrix from its coordinates to the paper, those inside forms included."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _inside(pdfium.FPDFPage_GetObject(page, index), to_paper, 0)


def _inside(obj: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if pdfium.FPDFPageObj_GetType(obj) != pdfium.FPDF_PAGEOBJ_FORM:
        yield obj, matrix
        return
    own = pdfium.FS_MATRIX()
    if depth >= _DEEPEST or not pdfium.FPDFPageObj_GetMatrix(obj, own):
        return
    inner = times(Matrix(own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    for index in range(pdfium.FPDFFormObj_CountObjects(obj)):
        yield from _inside(pdfium.FPDFFormObj_GetObject(obj, index), inner, depth + 1)


def _bounds(obj: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _corner in range(4))
    pdfium.FPDFPageObj_GetBounds(obj, left, bottom, right, top)
    return matrix.box(left.value, bottom.value, right.value, top.value)


def _glyphs(page: pypdfium2.PdfPage, to_paper: Matrix) -> Iterator[Glyph]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    styles: dict[int, Style | None] = {}
    outlines = Outlines()
    left, right, bottom, top, x, y = (ctypes.c_double() for _corner in range(6))
    cell = pdfium.FS_RECTF()
    try:
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            char = chr(code) if code < 0x110000 else "\ufffd"
            if char in _UNPRINTED or pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            obj = pdfium.FPDFText_GetTextObject(text, index)
            key = ctypes.cast(obj, ctypes.c_void_p).value or 0
            if key not in styles:
                styles[key] = _style(text, index, obj, to_paper)
            style = styles[key]
            if style is None or not pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
                continue
            pdfium.FPDFText_GetLooseCharBox(text, index, cell)
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            ends = to_paper.box(cell.left, cell.bottom, cell.right, cell.top)
            baseline = to_paper.point(x.value, y.value)[1]
            ink = to_paper.box(left.value, bottom.value, right.value, top.value)
            if style.size >= LARGE and style.upright:
                ink = _true_height(ink, baseline, style.size, outlines.reach(pdfium.FPDFTextObj_GetFont(obj), code))
            if not math.isfinite(ends.left + ends.right + baseline + ink.left + ink.top + ink.right + ink.bottom):
                continue  # a hostile matrix; nothing of it can be printed
            yield Glyph(char, ends.left, ends.right, baseline, ink, style)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _true_height(ink: Box, baseline: float, size: float, reach: Reach | None) -> Box:
    """The ink with the height of the outline, unless that is plainly another character's."""
    if reach is None:
        return ink
    em = size * MM_PER_POINT
    top, bottom = baseline - reach[0] * em, baseline + reach[1] * em
    if max(abs(top - ink.top), abs(bottom - ink.bottom)) > 0.05 * em:
        return ink
    return Box(ink.left, top, ink.right, bottom)


def _style(text: Any, index: int, obj: Any, to_paper: Matrix) -> Style | None:
    """What all characters of one text object share; None when it is not painted, or no part of the paper's text."""
    if not obj or pdfium.FPDFTextObj_GetTextRenderMode(obj) in _INVISIBLE or is_overprint(obj):
        return None
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    red, green, blue, alpha = (ctypes.c_uint() for _part in range(4))
    pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    along = times(Matrix(matrix.a, matrix.b, matrix.c, matrix.d, 0, 0), to_paper)
    return Style(
        _font_name(pdfium.FPDFTextObj_GetFont(obj)),
        round(size, 2),
        f"#{red.value:02x}{green.value:02x}{blue.value:02x}",
        upright=along.a > 0 and abs(along.b) < 0.02 * along.a,
    )


def _font_name(font: Any) -> str:
    """The font's PostScript name; its family in brackets too where the two differ, for names that only count fonts."""
    if not font:
        return ""
    name = _SUBSET.sub("", _words(pdfium.FPDFFont_GetBaseFontName, font))
    family = _SUBSET.sub("", _words(pdfium.FPDFFont_GetFamilyName, font))
    plain = re.sub(r"[\W_]", "", name).lower()
    return name if not family or re.sub(r"[\W_]", "", family).lower() in plain else f"{name} ({family})"


def _words(function: Any, font: Any) -> str:
    size = function(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, size))
    function(font, buffer, size)
    try:
        return buffer.value.decode("utf-8")
    except UnicodeDecodeError:  # Word on a Chinese Windows writes 仿宋_GB2312 in GBK
        return buffer.value.decode("gb18030", errors="replace")


def _fields(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, to_paper: Matrix) -> Iterator[FieldPlace]:
    rectangle = pdfium.FS_RECTF()
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_WIDGET or document.formenv is None:
                continue
            size = pdfium.FPDFAnnot_GetFormFieldName(document.formenv, annotation, None, 0)
            buffer = (ctypes.c_ushort * max(1, size // 2))()
            pdfium.FPDFAnnot_GetFormFieldName(document.formenv, annotation, buffer, size)
            name = bytes(buffer).decode("utf-16-le", errors="replace").rstrip("\0")
            pdfium.FPDFAnnot_GetRect(annotation, rectangle)
            yield FieldPlace(name, to_paper.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
