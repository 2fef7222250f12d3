"""Whether the overprint of a finished file is what was ordered, and lies on nothing: read from the written bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.core.messages import _
from pipeline.core.values import FieldBox
from pipeline.rendering.overprint.order import CODE, CROSS_PAGE_SEAL, PAGE_NUMBER, STAMP
from pipeline.rendering.overprint.places import Area
from pipeline.rendering.overprint.printing import Mark
from pipeline.rendering.reading import ShownPage
from pipeline.rendering.words import counted

_LINE = 0.5
"""Millimetres by which the ink of a mark may reach over its place: half a line, and rounding."""


def misprinted(
    marks: Sequence[Mark], fields: Sequence[FieldBox], pages: Sequence[ShownPage]
) -> Iterator[tuple[int, str]]:
    """Everything wrong with the overprint, each with its page (from 1) as a sentence; the pages of marks were read with
    their lines (``read_pages``)."""
    for number, page in enumerate(pages, start=1):
        here = [mark for mark in marks if mark.box.page == number]
        shown = counted(piece.text for piece in page.pieces if piece.overprint)
        if shown != counted(mark.text for mark in here):
            yield number, _("第{page}页加印的字不对").format(page=number)
        if not here:
            continue
        places = [Area.of_box(mark.box) for mark in here]
        drawn = [piece.ink for piece in page.pieces if piece.overprint and piece.ink is not None]
        for ink in (*drawn, *page.overdrawn):
            if not any(place.grown(_LINE).holds(Area.of_ink(ink, page.height)) for place in places):
                yield number, _("第{page}页加印的内容不在它的位置上").format(page=number)
                break
        carried = [piece.ink for piece in page.pieces if not piece.overprint and piece.ink is not None]
        others = [Area.of_ink(ink, page.height) for ink in (*carried, *page.drawn)]
        others += [Area.of_box(box) for box in fields if box.page == number]
        for index, (mark, place) in enumerate(zip(here, places, strict=True)):
            around = place.grown(mark.air)
            if any(around.meets(other) for other in (*others, *places[:index], *places[index + 1 :])):
                yield number, _("第{page}页加印的{mark}压住了别的内容").format(page=number, mark=worded(mark.box.name))


def worded(name: str) -> str:
    """A mark in the words of the office."""
    if name.startswith(CROSS_PAGE_SEAL):
        return _("骑缝章（{seal}）").format(seal=name.removeprefix(CROSS_PAGE_SEAL))
    return {CODE: _("二维码"), STAMP: _("归档章"), PAGE_NUMBER: _("归档页号")}[name]
