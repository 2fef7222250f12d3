"""VML, the drawing language before DrawingML, as WPS and old Word files still write it: lines, boxes, ovals, pictures.

Positions stand in a CSS-like style attribute. WordArt along a path (v:textpath, most watermarks), groups and free
forms are refused.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering.borders import compound
from pipeline.rendering.drawingml import text_box
from pipeline.rendering.images import Change
from pipeline.rendering.job import Job, Place
from pipeline.rendering.left_out import boxed
from pipeline.rendering.markup import Element, attribute, child, is_on, kind
from pipeline.rendering.model import NO_BORDER, Border, Shape
from pipeline.rendering.pictures import cropped, embedded
from pipeline.rendering.theme import hexadecimal
from pipeline.rendering.units import points

_KINDS: dict[str, Literal["line", "rectangle", "ellipse"]] = {
    "v:line": "line",
    "v:rect": "rectangle",
    "v:roundrect": "rectangle",
    "v:oval": "ellipse",
    "v:shape": "rectangle",
}
_PRESET_LINE, _PRESET_TEXT_BOX, _PRESET_PICTURE = "32", "202", "75"
_SILENT = frozenset({"v:shapetype", "v:f", "o:lock", "w:control"})
_NAMED_COLORS = {"black": "#000000", "red": "#ff0000", "white": "#ffffff", "blue": "#0000ff", "gray": "#808080"}
_ORIGINS_X: dict[str, Literal["page", "margin", "column"]] = {"page": "page", "margin": "margin"}
_ORIGINS_Y: dict[str, Literal["page", "margin", "paragraph"]] = {"page": "page", "margin": "margin"}
_FRACTION = re.compile(r"-?\d{0,9}\.?\d{1,9}")
_LENGTH = re.compile(r"-?\d*\.?\d+(mm|cm|in|pt|pc|px)?")


def vml_shapes(job: Job, place: Place, pict: Element, paragraph: Element) -> tuple[Shape, ...]:
    """The shapes of a w:pict."""
    shapes = []
    for element in pict:
        name = kind(element)
        if name in _SILENT:
            continue
        if name in _KINDS:
            shapes.append(_shape(job, place, element, paragraph))
        else:
            words = _("组合图形") if name == "v:group" else _("图形（{name}）").format(name=name)
            job.refuse(words, place, paragraph)
    return tuple(shapes)


def _shape(job: Job, place: Place, element: Element, paragraph: Element) -> Shape:
    style = _style(element)
    base = _positioned(job, place, element, style, paragraph)
    if child(element, "v:textpath") is not None:
        job.refuse(_("艺术字或水印"), place, paragraph)
        return boxed(base)
    image = child(element, "v:imagedata")
    if image is not None:
        cut = cropped(*(_share(attribute(image, f"crop{side}", "0")) for side in ("top", "right", "bottom", "left")))
        tone = Change(
            gain=min(max(_share(attribute(image, "gain", "1")), 0.0), 100.0),
            lift=min(max(_share(attribute(image, "blacklevel", "0")), -1.0), 1.0),
            grey=_yes(attribute(image, "grayscale", "f")),
        )
        base = replace(base, crop=cut, stroke=base.stroke if _yes(attribute(element, "stroked", "f")) else NO_BORDER)
        return embedded(job, place, attribute(image, "r:id"), replace(base, fill=""), paragraph, tone)
    box = child(element, "v:textbox")
    preset = element.get("type", "").rpartition("_t")[2]
    if kind(element) == "v:shape" and box is None and preset not in (_PRESET_LINE, _PRESET_TEXT_BOX):
        job.refuse(_("图形（{name}）").format(name=preset or _("自由曲线")), place, paragraph)
    if kind(element) == "v:shape" and preset == _PRESET_LINE:
        base = replace(base, kind="line")
    content = child(box, "w:txbxContent")
    if content is None:
        return base
    if "layout-flow" in attribute(box, "style"):
        job.refuse(_("竖排文本框"), place, paragraph)
    insets = [each.strip() for each in attribute(box, "inset").split(",")]
    insets += [""] * (4 - len(insets))
    left, top, right, bottom = (
        _length(each) if each else default for each, default in zip(insets, (7.2, 3.6, 7.2, 3.6), strict=False)
    )
    anchor = {"middle": "ctr", "bottom": "b"}.get(style.get("v-text-anchor", ""), "t")
    return text_box(job, place, base, list(content), (top, right, bottom, left), anchor)


def _positioned(job: Job, place: Place, element: Element, style: dict[str, str], paragraph: Element) -> Shape:
    """The shape's kind, look, size and place."""
    width, height = abs(_length(style.get("width", "0"))), abs(_length(style.get("height", "0")))
    x, y = _length(style.get("margin-left", "0")), _length(style.get("margin-top", "0"))
    flip = ("x" in style.get("flip", "")) != ("y" in style.get("flip", ""))
    if kind(element) == "v:line":
        (x1, y1), (x2, y2) = _pair(element.get("from", "0,0")), _pair(element.get("to", "0,0"))
        width, height, flip = abs(x2 - x1), abs(y2 - y1), (x2 - x1) * (y2 - y1) < 0
        x, y = x + min(x1, x2), y + min(y1, y2)
    if style.get("rotation", "0").strip() not in ("0", "360"):
        job.refuse(_("旋转的图形"), place, paragraph)
    floating = style.get("position") == "absolute"
    align_x, align_y = style.get("mso-position-horizontal", ""), style.get("mso-position-vertical", "")
    origin_x = _ORIGINS_X.get(style.get("mso-position-horizontal-relative", "text"), "column")
    origin_y = _ORIGINS_Y.get(style.get("mso-position-vertical-relative", "text"), "paragraph")
    if align_x in ("center", "right"):
        paper = place.paper
        spans = {"page": paper.width, "margin": paper.width - paper.left - paper.right, "column": place.width}
        x = (spans[origin_x] - width) * (0.5 if align_x == "center" else 1.0)
    if align_y in ("center", "bottom", "inside", "outside"):
        job.refuse(_("垂直对齐的图形"), place, paragraph)
    return Shape(
        kind=_KINDS[kind(element)],
        width=width,
        height=height,
        origin_x=origin_x if floating else "inline",
        origin_y=origin_y if floating else "inline",
        x=x if floating else 0.0,
        y=y if floating else 0.0,
        behind=style.get("z-index", "0").strip().startswith("-"),
        stroke=_stroke(element),
        fill=_fill(element),
        flip=flip,
        name=element.get("alt", "") or element.get("id", ""),
        description=element.get("alt", ""),
    )


def _style(element: Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    return {name.strip().lower(): text.strip() for name, _colon, text in pairs if name.strip()}


def _stroke(element: Element) -> Border:
    if not _yes(element.get("stroked", "t")):
        return NO_BORDER
    stroke = child(element, "v:stroke")
    dash = attribute(stroke, "dashstyle", "solid")
    width = max(_length(element.get("strokeweight", "0.75pt")), 0.1)
    color = _color(element.get("strokecolor", "black")) or "#000000"
    if dash not in ("solid", "Solid"):
        return Border("dotted" if "dot" in dash.lower() and "dash" not in dash.lower() else "dashed", width, color)
    name = attribute(stroke, "linestyle", "single")
    return Border("solid" if name == "single" else "double", width, color, strokes=compound(name, width))


def _fill(element: Element) -> str:
    if kind(element) == "v:line" or not _yes(element.get("filled", "t")):
        return ""
    if kind(element) == "v:shape" and element.get("type", "").endswith(f"_t{_PRESET_PICTURE}"):
        return ""
    return _color(element.get("fillcolor", "white"))


def _color(text: str) -> str:
    word = text.split()[0] if text.split() else ""
    if len(word) == 4 and word.startswith("#"):
        word = "#" + "".join(digit * 2 for digit in word[1:])
    return _NAMED_COLORS.get(word.lower(), hexadecimal(word.removeprefix("#")))


def _yes(text: str) -> bool:
    return is_on(text) and text != "f"


def _pair(text: str) -> tuple[float, float]:
    first, _comma, second = text.partition(",")
    return _length(first or "0"), _length(second or "0")


def _share(text: str) -> float:
    """A VML fraction: plain, or in 65536ths with an "f" behind it."""
    text = text.strip()
    number = text.removesuffix("f")
    if not _FRACTION.fullmatch(number):
        return 0.0
    return float(number) / 65536 if text.endswith("f") else float(number)


def _length(text: str) -> float:
    """A VML length in points; a bare number counts in points."""
    text = text.strip()
    if not _LENGTH.fullmatch(text):
        return 0.0
    if text.endswith("px"):
        return points(text[:-2], 4 / 3)
    return points(text)
