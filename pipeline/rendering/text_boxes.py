"""Text in a shape: how wide it is set, where it stands, and how large a shape is that fits itself to its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering.job import UNENDING, Job, Place
from pipeline.rendering.markup import Element
from pipeline.rendering.measure import height_of, natural_width
from pipeline.rendering.model import Block, Para, Shape

_INSCRIBED = (1 - 0.5**0.5) / 2
"""What the text of an ellipse keeps from each side, as a share of the side."""

_ANCHORS = {"ctr": 0.5, "b": 1.0}


@dataclass(frozen=True, slots=True)
class TextBox:
    """How a shape holds its text. ``padding`` in CSS order; ``anchor`` is "t", "ctr" or "b".

    ``grows``: the shape is as high as its text; ``wraps``: lines end at its sides, else it is as wide as they are.
    """

    padding: tuple[float, float, float, float]
    anchor: str = "t"
    grows: bool = False
    wraps: bool = True


def text_box(job: Job, place: Place, shape: Shape, content: Sequence[Element], box: TextBox, near: Element) -> Shape:
    """The shape with its text set. ``near`` is the paragraph it is anchored in.

    Text that is higher than its shape is refused: Word does not show the rest.
    """
    top, right, bottom, left = _padding(shape, box.padding)
    inner = replace(place, width=shape.width - left - right, in_table=False)
    if not box.wraps:
        trial = job.rehearsal()
        width = natural_width(trial.blocks(trial, replace(inner, width=UNENDING, measuring="paragraphs"), content))
        if box.grows:
            shape = replace(shape, width=width + left + right)
        inner = replace(inner, width=max(width, 1.0))
    inner = replace(inner, width=max(inner.width, 1.0))
    blocks: tuple[Block, ...] = job.blocks(job, inner, content)
    height = height_of(blocks)
    if box.grows:
        shape = replace(shape, height=height + top + bottom)
    elif height - _spare(blocks) > shape.height - top - bottom:
        job.refuse(_("文本框装不下的文字"), place, near, _("把文本框拉大，或设为“根据文字调整形状大小”"))
    slack = max(shape.height - top - bottom - height, 0.0)
    top += slack * _ANCHORS.get(box.anchor, 0.0)
    shape_kind: Literal["ellipse", "text-box"] = "ellipse" if shape.kind == "ellipse" else "text-box"
    return replace(shape, kind=shape_kind, blocks=blocks, padding=(top, right, bottom, left))


def _padding(shape: Shape, padding: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The insets, and what a round shape takes away besides."""
    across = _INSCRIBED * shape.width if shape.kind == "ellipse" else _INSCRIBED * 2 * shape.radius
    down = _INSCRIBED * shape.height if shape.kind == "ellipse" else _INSCRIBED * 2 * shape.radius
    top, right, bottom, left = (max(each, 0.0) for each in padding)
    return top + down, right + across, bottom + down, left + across


def _spare(blocks: Sequence[Block]) -> float:
    """What of the height may be cut off unseen: the empty paragraphs at the end, and half of the last line."""
    spare = 0.0
    for block in reversed(blocks):
        if not isinstance(block, Para):
            break
        if any(line.parts for line in block.lines):
            return spare + block.after + block.lines[-1].height / 2
        spare += height_of([block])
    return spare
