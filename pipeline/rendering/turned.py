"""Cells whose lines run down or up (w:textDirection), in as many columns as it takes.

The lines are set as long as the cell is high, and what they are set on is turned by a right angle. With tbRl (旋转90°)
and btLr (旋转270°) the characters lie down with their lines; with tbRlV (竖排) the Chinese ones stand up again, each in
its place, stops move to the upper right of theirs, and brackets, letters and figures lie. MS-OI29500 2.1.558.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pipeline.rendering import kinsoku
from pipeline.rendering.measure import height_of, natural_width
from pipeline.rendering.model import NO_BORDERS, Block, Line, Para, Part, Seg, Shape

UPRIGHT = frozenset({"tbRlV", "rlV", "eaVert"})
DOWN = frozenset({"tbRl", "rl"})
UP = frozenset({"btLr", "lr"})

_LYING = frozenset("（）《》〈〉【】〔〕［］｛｝「」『』—―…～－＝")
_WITH_OTHER_FORMS = frozenset("“”‘’〝〞")
"""Marks that have another shape in a column."""

_ACROSS = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


def turned(
    blocks: Sequence[Block], direction: str, width: float, height: float, across: Literal["top", "middle", "bottom"]
) -> Para | None:
    """The blocks of a cell, set ``height`` wide (0: without an end), turned into a cell ``width`` wide inside.

    ``across`` is the cell's vAlign: where the columns stand between the side at which they begin and the other one.
    None for what cannot be turned: more columns than there is room for, tables, boxes, marks that change their shape.
    """
    paras = [block for block in blocks if isinstance(block, Para) and block.borders == NO_BORDERS and not block.shapes]
    if len(paras) != len(blocks):
        return None
    if direction in UPRIGHT:
        standing = [_standing(para) for para in paras]
        if None in standing:
            return None
        paras = [para for para in standing if para is not None]
    long = height or natural_width(paras)
    deep = height_of(paras)
    last = paras[-1].lines[-1] if paras and paras[-1].lines else None
    spare = 0.0 if last is None else last.height - max((seg.size for seg in _segs(last)), default=0.0)
    if deep - spare > width + 0.5:
        return None
    free = (width - deep) * _ACROSS[across]
    middle = free + deep / 2 if direction in UP else width - free - deep / 2
    box = Shape(
        kind="text-box",
        width=long,
        height=deep,
        origin_x="column",
        origin_y="paragraph",
        x=middle - long / 2,
        y=(long - deep) / 2,
        rotation=270.0 if direction in UP else 90.0,
        blocks=tuple(paras),
    )
    return Para((Line((), 0.0, 0.0, long, long),), shapes=(box,))


def _segs(line: Line) -> list[Seg]:
    return [part for part in line.parts if isinstance(part, Seg)]


def _standing(para: Para) -> Para | None:
    lines = []
    for line in para.lines:
        parts: list[Part] = []
        for part in line.parts:
            pieces = _pieces(part) if isinstance(part, Seg) else [part]
            if not pieces:
                return None
            parts += pieces
        lines.append(replace(line, parts=tuple(parts)))
    return replace(para, lines=tuple(lines))


def _pieces(seg: Seg) -> list[Part]:
    """A stretch of text cut where characters begin to stand or to lie; none when it cannot be."""
    if any(character in _WITH_OTHER_FORMS for character in seg.text):
        return []
    stands = [_stands(character) for character in seg.text]
    if not any(stands):
        return [seg]
    advance = seg.size * seg.scale + seg.spacing
    if abs(seg.width - len(seg.text) * advance) > 0.1 or seg.underline or seg.highlight or seg.strike:
        return []
    pieces: list[Part] = []
    begin = 0
    for index in range(1, len(stands) + 1):
        if index == len(stands) or stands[index] != stands[begin]:
            text = seg.text[begin:index]
            pieces.append(replace(seg, text=text, width=len(text) * advance, standing=stands[begin]))
            begin = index
    return pieces


def _stands(character: str) -> bool:
    return kinsoku.is_east_asian(character, hint=True) and character not in _LYING and not character.isspace()
