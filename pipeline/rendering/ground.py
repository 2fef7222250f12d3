"""What lies under the text of a page: drawings of headers and footers, and the page border.

Word prints headers and footers, with all that is anchored in them, beneath the body: a letterhead, a watermark, a
frame round the page. A margin box of CSS lies above it and would hide the text. So drawings without text leave their
header here and become the ground of its pages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pipeline.rendering.measure import height_of
from pipeline.rendering.model import Band, Block, Border, Borders, Para, Section, Shape


def grounded(band: Band, section: Section, *, header: bool, left: float) -> Band:
    """The band without its drawings, which become its ground. Tables keep theirs.

    What has text stays, measured from the left margin, which is ``left`` wide on the pages of the band.
    """
    top = band_top(band, section, header=header)
    blocks: list[Block] = []
    ground: list[Shape] = []
    for block in band.blocks:
        if isinstance(block, Para) and block.shapes:
            kept = tuple(_from_margin(shape, left) for shape in block.shapes if _has_text(shape))
            begin = top + block.before + _above(block.borders.top)
            ground += [_on_paper(shape, section, begin) for shape in block.shapes if not _has_text(shape)]
            block = replace(block, shapes=kept)
        blocks.append(block)
        top += height_of([block])
    return replace(band, blocks=tuple(blocks), ground=tuple(ground))


def band_top(band: Band, section: Section, *, header: bool) -> float:
    """Where a header or footer begins, in points from the top of the paper."""
    return band.distance if header else section.height - band.distance - height_of(band.blocks)


def page_border(
    borders: Borders, top: float, right: float, bottom: float, left: float, origin: Literal["page", "margin"]
) -> tuple[Shape, ...]:
    """The four sides of a page border as lines; ``top`` … ``left`` are where their middles lie, down from the edge of
    the paper, across from ``origin``."""
    lines = []
    for border, x, y, width, height in (
        (borders.top, left, top, right - left, 0.0),
        (borders.bottom, left, bottom, right - left, 0.0),
        (borders.left, left, top, 0.0, bottom - top),
        (borders.right, right, top, 0.0, bottom - top),
    ):
        if border.style != "none":
            lines.append(
                Shape("line", max(width, 0.0), max(height, 0.0), origin, "page", x, y, behind=True, stroke=border)
            )
    return tuple(lines)


def _from_margin(shape: Shape, left: float) -> Shape:
    return replace(shape, origin_x="margin", x=shape.x - left) if shape.origin_x == "page" else shape


def _has_text(shape: Shape) -> bool:
    return bool(shape.inner_blocks())


def _on_paper(shape: Shape, section: Section, paragraph_top: float) -> Shape:
    begin = {"page": 0.0, "margin": section.top}.get(shape.origin_y, paragraph_top)
    return replace(
        shape,
        origin_x="page" if shape.origin_x == "page" else "margin",
        origin_y="page",
        y=shape.y + begin,
        behind=True,
    )


def _above(border: Border) -> float:
    return border.width + border.space if border.style != "none" else 0.0
