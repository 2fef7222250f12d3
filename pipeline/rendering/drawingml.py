"""One DrawingML graphic: a line, a rectangle, an ellipse, a polygon, a text box (ECMA-376 part 1, 20.1, 20.2).

What of its look cannot be printed as Word does (shadows, gradients, text on a path) is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering import arrows, presets
from pipeline.rendering.borders import compound
from pipeline.rendering.drawing_colors import solid
from pipeline.rendering.job import Job, Place
from pipeline.rendering.markup import Element, attribute, child, is_on
from pipeline.rendering.model import NO_BORDER, Border, Shape
from pipeline.rendering.text_boxes import TextBox, text_box
from pipeline.rendering.theme import Theme
from pipeline.rendering.units import emu, integer

_DEGREE = 60_000
_WHOLE = 100_000
_DOTS = frozenset({"dot", "sysDot"})
_DEFAULT_LINE = "9525"
_SIDE_INSET, _TOP_INSET = "91440", "45720"


def described(holder: Element) -> Shape | None:
    """Size, name and description of a wp:inline or wp:anchor as an inline shape; None for a hidden one."""
    extent, properties = child(holder, "wp:extent"), child(holder, "wp:docPr")
    if is_on(attribute(properties, "hidden", "0")):
        return None
    return Shape(
        kind="rectangle",
        width=abs(emu(attribute(extent, "cx", "0"))),
        height=abs(emu(attribute(extent, "cy", "0"))),
        name=attribute(properties, "name"),
        description=attribute(properties, "descr"),
    )


def drawn(job: Job, place: Place, graphic: Element, base: Shape, paragraph: Element) -> Shape:
    """The shape of a wps:wsp with the size and name of ``base``."""
    look, style = child(graphic, "wps:spPr"), child(graphic, "wps:style")
    for words in _unprinted(graphic, look):
        job.refuse(words, place, paragraph)
    name = _geometry(look)
    transform = child(look, "a:xfrm")
    shape = replace(
        base,
        kind=_kind(name),
        stroke=_stroke(child(look, "a:ln"), child(style, "a:lnRef"), job.source.theme),
        fill=_fill(look, child(style, "a:fillRef"), job.source.theme),
        flip=is_on(attribute(transform, "flipH", "0")) != is_on(attribute(transform, "flipV", "0")),
        radius=_radius(look, name, base),
        rotation=integer(attribute(transform, "rot", "0")) / _DEGREE % 360,
    )
    content = child(graphic, "wps:txbx", "w:txbxContent")
    if presets.is_polygon(name):
        shape = presets.polygon(shape, name)
    elif shape.kind == "line":
        headed = arrows.has_heads(child(look, "a:ln")) and shape.stroke != NO_BORDER
        shape = arrows.arrowed(shape, child(look, "a:ln"), transform) if headed else presets.turned_line(shape)
    if content is None or not any(True for _node in content.iter("{*}t", "{*}drawing", "{*}pict", "{*}sym", "{*}tbl")):
        return shape
    if shape.rotation or presets.is_polygon(name):
        job.refuse(_("旋转的或多边形里的文字"), place, paragraph, _("把文字放进不旋转的矩形文本框"))
        shape = replace(shape, rotation=0.0)
    return text_box(job, place, shape, list(content), _box(child(graphic, "wps:bodyPr")), paragraph)


def _box(body: Element | None) -> TextBox:
    left, right = (emu(attribute(body, name, _SIDE_INSET)) for name in ("lIns", "rIns"))
    top, bottom = (emu(attribute(body, name, _TOP_INSET)) for name in ("tIns", "bIns"))
    return TextBox(
        (top, right, bottom, left),
        anchor=attribute(body, "anchor", "t"),
        grows=child(body, "a:spAutoFit") is not None,
        wraps=attribute(body, "wrap", "square") != "none",
    )


def _unprinted(graphic: Element, look: Element | None) -> Iterator[str]:
    """The Chinese names of what the shape asks for and does not get."""
    name = _geometry(look)
    if not presets.is_drawn(name):
        yield _("图形（{name}）").format(name=name or _("自由曲线"))
    adjusted = child(look, "a:prstGeom", "a:avLst")
    if name in presets.ADJUSTABLE and adjusted is not None and len(adjusted):
        yield _("改过形状的图形（{name}）").format(name=name)
    if any(child(look, each) is not None for each in ("a:gradFill", "a:blipFill", "a:pattFill")):
        yield _("渐变、图案或图片填充的图形")
    line = child(look, "a:ln")
    if any(child(line, each) is not None for each in ("a:gradFill", "a:pattFill")):
        yield _("渐变或图案的线条")
    if not arrows.is_known(line):
        yield _("开口、菱形或圆形的箭头")
    effects = child(look, "a:effectLst")
    if (effects is not None and len(effects)) or child(look, "a:scene3d") is not None:
        yield _("带阴影或立体效果的图形")
    body = child(graphic, "wps:bodyPr")
    if attribute(body, "vert", "horz") != "horz":
        yield _("竖排文本框")
    if attribute(child(body, "a:prstTxWarp"), "prst", "textNoShape") != "textNoShape":
        yield _("艺术字")
    if integer(attribute(body, "numCol", "1")) > 1:
        yield _("分栏的文本框")
    if integer(attribute(body, "rot", "0")) % (360 * _DEGREE):
        yield _("旋转的文字")
    if integer(attribute(child(body, "a:normAutofit"), "fontScale", str(_WHOLE)).rstrip("%")) < _WHOLE:
        yield _("自动缩小文字的文本框")
    if child(graphic, "wps:linkedTxbx") is not None:
        yield _("链接的文本框")


def _geometry(look: Element | None) -> str:
    """The name of the preset; "" for a shape drawn freely."""
    return attribute(child(look, "a:prstGeom"), "prst", "rect" if child(look, "a:custGeom") is None else "")


def _kind(name: str) -> Literal["line", "rectangle", "ellipse"]:
    if name in presets.LINES:
        return "line"
    return "ellipse" if name in presets.ELLIPSES else "rectangle"


def _radius(look: Element | None, name: str, base: Shape) -> float:
    """The radius of the corners; a file may give its own share of the shorter side ("val 16667")."""
    if name not in presets.ROUNDED:
        return 0.0
    formula = attribute(child(look, "a:prstGeom", "a:avLst", "a:gd"), "fmla", f"val {presets.ROUNDED[name]}")
    share = integer(formula.removeprefix("val ")) / _WHOLE
    return min(max(share, 0.0), 0.5) * min(base.width, base.height)


def _stroke(line: Element | None, reference: Element | None, theme: Theme) -> Border:
    referred = integer(attribute(reference, "idx", "0")) > 0
    if child(line, "a:noFill") is not None or (child(line, "a:solidFill") is None and not referred):
        return NO_BORDER
    color = solid(child(line, "a:solidFill"), theme) or solid(reference, theme) or "#000000"
    dash = attribute(child(line, "a:prstDash"), "val", "solid")
    index = integer(attribute(reference, "idx", "0"))
    default = theme.line_widths[index - 1] if 0 < index <= len(theme.line_widths) else _DEFAULT_LINE
    width = emu(attribute(line, "w", default))
    if dash != "solid":
        return Border("dotted" if dash in _DOTS else "dashed", width, color)
    kind = attribute(line, "cmpd", "sng")
    return Border("solid" if kind == "sng" else "double", width, color, strokes=compound(kind, width))


def _fill(look: Element | None, reference: Element | None, theme: Theme) -> str:
    if child(look, "a:noFill") is not None:
        return ""
    plain = child(look, "a:solidFill")
    if plain is not None:
        return solid(plain, theme)
    return solid(reference, theme) if integer(attribute(reference, "idx", "0")) > 0 else ""
