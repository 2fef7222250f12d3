"""The drawings that hold a place open in the Word file: a dashed circle for a seal, a line for a signature.

They are DrawingML shapes whose name says what they are (``seal:issuer``, ``signature:负责人``); the renderer turns that
name into the signature field of the PDF. A circle must never be taken for a seal, so it is thin, grey and dashed.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from pipeline.sealing.geometry import POINTS_PER_MM

SEAL = "seal:"
SIGNATURE = "signature:"
SIGNATURE_WIDTH = 30.0
"""Millimetres of line for a name written by hand."""

_EMU_PER_POINT = 12700
_EMU_PER_MM = 36000
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:wps="{_SHAPES}"'
)


def emu(points: float) -> int:
    """Points as English metric units, the whole numbers that drawings are placed by."""
    return round(points * _EMU_PER_POINT)


def seal(name: str, diameter: float) -> str:
    """Run content: a dashed circle of ``diameter`` mm behind the text, anchored to column and paragraph at 0, 0."""
    side = round(diameter * _EMU_PER_MM)
    position = "".join(
        f'<wp:position{axis} relativeFrom="{origin}"><wp:posOffset>0</wp:posOffset></wp:position{axis}>'
        for axis, origin in (("H", "column"), ("V", "paragraph"))
    )
    return _shape(
        'anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" '
        'layoutInCell="1" allowOverlap="1"',
        f'<wp:simplePos x="0" y="0"/>{position}',
        "<wp:wrapNone/>",
        name=f"{SEAL}{name}",
        description=f"印章位置：{name}",
        size=(side, side),
        geometry="ellipse",
        stroke='<a:ln w="6350"><a:solidFill><a:srgbClr val="808080"/></a:solidFill><a:prstDash val="dash"/></a:ln>',
    )


def signature(name: str) -> str:
    """Run content: a line standing in the text like a word. An empty ``name`` draws it without asking for a field."""
    return _shape(
        'inline distT="0" distB="0" distL="0" distR="0"',
        "",
        "",
        name=f"{SIGNATURE}{name}" if name else "签字线",
        description=f"签字位置：{name}" if name else "签字线",
        size=(round(SIGNATURE_WIDTH * _EMU_PER_MM), 0),
        geometry="line",
        stroke='<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>',
    )


def millimetres(points: float) -> float:
    """Points as millimetres."""
    return points / POINTS_PER_MM


def _shape(
    frame: str,
    position: str,
    wrap: str,
    *,
    name: str,
    description: str,
    size: tuple[int, int],
    geometry: str,
    stroke: str,
) -> str:
    width, height = size
    kind = frame.split(" ", 1)[0]
    drawing = (
        f'<w:drawing><wp:{frame}>{position}<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}'
        f'<wp:docPr id="1" name={quoteattr(name)} descr={quoteattr(description)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SHAPES}"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom><a:noFill/>{stroke}</wps:spPr><wps:bodyPr/></wps:wsp>'
        f"</a:graphicData></a:graphic></wp:{kind}></w:drawing>"
    )
    return f'<mc:AlternateContent {_NAMESPACES}><mc:Choice Requires="wps">{drawing}</mc:Choice></mc:AlternateContent>'
