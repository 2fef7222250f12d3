"""What a w:drawing or a w:pict holds, as shapes of the model, or refused by name."""

from __future__ import annotations

from pipeline.core.messages import _
from pipeline.rendering.anchors import placed
from pipeline.rendering.drawingml import described, drawn
from pipeline.rendering.groups import grouped
from pipeline.rendering.job import Job, Place
from pipeline.rendering.left_out import boxed
from pipeline.rendering.markup import Element, children, kind
from pipeline.rendering.model import Shape
from pipeline.rendering.pictures import picture_of
from pipeline.rendering.vml import vml_shapes

_GRAPHICS = {
    "c:chart": "图表",
    "dgm:relIds": "SmartArt 图形",
}


def drawings(job: Job, place: Place, element: Element, paragraph: Element) -> tuple[Shape, ...]:
    """The shapes of a w:drawing or w:pict; those with origin "inline" stand in the text."""
    if kind(element) == "w:pict":
        return vml_shapes(job, place, element, paragraph)
    shapes = []
    for holder in (*children(element, "wp:inline"), *children(element, "wp:anchor")):
        graphic = next(iter(holder.findall("{*}graphic/{*}graphicData/*")), holder)
        name = kind(graphic)
        base = described(holder)
        if base is None:
            continue
        if name == "pic:pic":
            shape = picture_of(job, place, graphic, base, paragraph)
        elif name == "wps:wsp":
            shape = drawn(job, place, graphic, base, paragraph)
        elif name in ("wpg:wgp", "wpc:wpc"):
            shape = grouped(job, place, graphic, base, paragraph)
        else:
            words = _GRAPHICS.get(name, "不认识的图形（{name}）")
            job.refuse(_(words).format(name=name), place, paragraph, _("在 Word 里把它另存为图片后插入"))
            shape = boxed(base)
        shapes.append(placed(job, place, holder, shape, paragraph))
    return tuple(shapes)
