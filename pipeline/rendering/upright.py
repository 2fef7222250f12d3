"""Cells with vertical text (w:textDirection tbRlV), as 干部任免审批表 has them for row headings: one column of upright
Chinese characters, each on a line of its own.

What needs more (a second column, Latin words lying on their side, marks with vertical forms) is ``turned``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pipeline.rendering.model import Alignment, Block, Line, Para, Seg
from pipeline.rendering.subset import BOX_ASCENT

NARROW = 1.0
"""Points between the margins of such a cell: no two characters stand beside each other."""

_ALONG: dict[Alignment, Literal["top", "middle", "bottom"]] = {"center": "middle", "right": "bottom"}
_ACROSS = {"top": 1.0, "middle": 0.5, "bottom": 0.0}


def upright(
    blocks: Sequence[Block], width: float, height: float, across: Literal["top", "middle", "bottom"]
) -> tuple[Para, Literal["top", "middle", "bottom"]] | None:
    """The blocks of a cell, set ``NARROW``, as one column in a cell of this inner size; None when they are more.

    ``height`` 0 means that the column decides. ``across`` is the cell's vAlign, which in vertical text places the
    column between the sides. Returned with the paragraph: where the column stands between top and bottom.
    """
    filled = [block for block in blocks if not isinstance(block, Para) or any(line.text for line in block.lines)]
    if len(filled) != 1 or not isinstance(filled[0], Para):
        return None
    para = filled[0]
    lines = [line for line in para.lines if line.text]
    segs = [part for line in lines for part in line.parts if isinstance(part, Seg)]
    if len(segs) != len(lines) or para.shapes or not all(len(seg.text) == 1 and _stands(seg.text) for seg in segs):
        return None
    pitches = [seg.size + seg.spacing for seg in segs]
    if para.align == "distribute" and height > sum(pitches):
        pitches = [pitch + (height - sum(pitches)) / len(pitches) for pitch in pitches]
    if height and sum(pitches) > height + 0.5:
        return None
    column = max(seg.size for seg in segs)
    begin = max(width - column, 0.0) * _ACROSS[across]
    set_lines = tuple(
        Line((replace(seg, spacing=0.0),), begin + (column - seg.size) / 2, seg.size, pitch, _ascent(seg, pitch))
        for seg, pitch in zip(segs, pitches, strict=True)
    )
    return replace(para, lines=set_lines, before=0.0, after=0.0, left=0.0, right=0.0), along([para])


def along(blocks: Sequence[Block]) -> Literal["top", "middle", "bottom"]:
    """Where columns of these blocks stand between the top and the bottom of a cell: their alignment, turned."""
    first = next((block for block in blocks if isinstance(block, Para)), None)
    return "top" if first is None else _ALONG.get(first.align, "top")


def _ascent(seg: Seg, pitch: float) -> float:
    """The character in the middle of its share of the column."""
    return (pitch - seg.size) / 2 + BOX_ASCENT * seg.size


def _stands(character: str) -> bool:
    """A letter or figure as wide as a Chinese character: it looks the same in a line and in a column."""
    return unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character)[0] in "LN"
