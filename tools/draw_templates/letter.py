"""函 in the letter format (信函格式, GB/T 9704-2012 clause 10.1).

The mark stands above the 版心, 30 mm from the paper's edge, with a red double line 4 mm below it; a second double line
stands 20 mm above the lower edge of the first page. Both are 170 mm wide, wider than the 版心. So mark and lines are
anchored to the page: what is written below cannot move them.
"""

from __future__ import annotations

from tools.draw_templates.furniture import colophon, text
from tools.draw_templates.package import document
from tools.draw_templates.page import PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH
from tools.draw_templates.red_head import FEW, addressed, corner_marks, jointly_ended
from tools.draw_templates.styles import RED
from tools.draw_templates.xml import cell, paragraph, row, table

_MM = 36_000  # EMU
_TWIP = 635  # EMU
_WIDE = 170 * _MM
_LEFT = (PAGE_WIDTH * _TWIP - _WIDE) // 2
_MARK_TOP = 30 * _MM - 48_000
"""The line of the mark begins 3.9 pt above its ink."""

_MARK_HEIGHT = 26 * _MM
_LINE = 19_050  # EMU: 1.5 pt, both strokes and their gap
_LOWER = PAGE_HEIGHT * _TWIP - 20 * _MM - _LINE // 2

_DOWN_TO_THE_NUMBER = 700
"""Twips from the top of the 版心 to 发文字号: 7/8 of a character below the upper double line."""

_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def _on_the_page(number: int, name: str, top: int, height: int, shape: str) -> str:
    """A run with a shape 170 mm wide, anchored to the page ``top`` EMU from its upper edge."""
    place = (
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{_LEFT}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="1" locked="1" '
        f'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{place}'
        f'<wp:extent cx="{_WIDE}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SHAPES}"><wps:wsp>{shape}</wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _box(height: int, geometry: str, stroke: str) -> str:
    return (
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{_WIDE}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom><a:noFill/>{stroke}</wps:spPr>'
    )


def _mark() -> str:
    """发文机关标志 without 文件 over the upper double line.

    The line is the lower borders of two paragraphs: programs differ on which stroke of Word's own double border is the
    upper one, and a drawn line would not follow a mark that had to become smaller.
    """
    lines = paragraph("LetterMark", "{{ organisation }}") + paragraph("LetterRule")
    words = f"<wps:txbx><w:txbxContent>{lines}</w:txbxContent></wps:txbx>"
    body = '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
    shape = '<wps:cNvSpPr txBox="1"/>' + _box(_MARK_HEIGHT, "rect", "<a:ln><a:noFill/></a:ln>") + words + body
    return _on_the_page(1, "发文机关标志", _MARK_TOP, _MARK_HEIGHT, shape)


def _lower_line() -> str:
    """The lower double line, the thin stroke above."""
    stroke = f'<a:ln w="{_LINE}" cmpd="thinThick"><a:solidFill><a:srgbClr val="{RED}"/></a:solidFill></a:ln>'
    shape = f"<wps:cNvSpPr/>{_box(0, 'line', stroke)}<wps:bodyPr/>"
    return _on_the_page(2, "武文线", _LOWER, 0, shape)


def _number() -> str:
    """份号, 密级 and 紧急程度 on the left, 发文字号 on the right of the first line under the mark."""
    half = TEXT_WIDTH // 2
    sides = (
        cell(half, *corner_marks(), paragraph("ColophonAnchor"), align="top"),
        cell(TEXT_WIDTH - half, paragraph("LetterNumber", "{{ number }}"), align="top"),
    )
    empty = row(cell(TEXT_WIDTH, paragraph("ColophonAnchor"), span=2), height=_DOWN_TO_THE_NUMBER, rule="exact")
    return table((half, TEXT_WIDTH - half), empty, row(*sides), margin=0)


def draw() -> bytes:
    """templates/letter/template.docx."""
    return document(
        paragraph("ColophonAnchor", _mark(), _lower_line()),
        _number(),
        *addressed(),
        *text("body"),
        *jointly_ended(),
        colophon((("主送", "addressees", f"not {FEW}"), ("抄送", "cc", "cc")), ruled=False),
        title="函",
        first_number=False,
    )
