"""Where a page is free: places for the overprint, found by what the page carries. Pure arithmetic, in millimetres.

Everything goes into the margins, since what is empty between the lines of a form is there to be written in. A place is
free when nothing is printed within it and the air round it, no seal or signature has its place there, and a printer
reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from pipeline.core.values import FieldBox
from pipeline.rendering.painted import Rectangle

EDGE = 5.0
"""What printers leave white at the edge of a sheet, and a little more."""
_MM = 25.4 / 72
_BELOW = 7.0
"""From the text to a page number (GB/T 9704-2012, 7.5), and to the code beside it."""
_DEEP = 5.0
_STEP = 0.5
_STRIDE = 2.0


@dataclass(frozen=True, slots=True)
class Area:
    """An upright rectangle: mm from the left and top edge of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of_box(cls, box: FieldBox) -> Area:
        """The place of a field or a mark."""
        return cls(box.left, box.top, box.left + box.width, box.top + box.height)

    @classmethod
    def of_ink(cls, ink: Rectangle, height: float) -> Area:
        """Ink on a page of this height; both in points."""
        return cls(ink.left * _MM, (height - ink.top) * _MM, ink.right * _MM, (height - ink.bottom) * _MM)

    def moved(self, left: float, top: float) -> Area:
        """The same size elsewhere."""
        return Area(left, top, left + self.right - self.left, top + self.bottom - self.top)

    def grown(self, air: float) -> Area:
        """With so much more on every side."""
        return Area(self.left - air, self.top - air, self.right + air, self.bottom + air)

    def holds(self, other: Area) -> bool:
        """Whether the other lies within."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: Area) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of ``width`` and ``height``: where its text goes (within the margins), and what it carries."""

    width: float
    height: float
    text: Area
    carried: tuple[Area, ...]

    @classmethod
    def of(cls, width: float, height: float, text: Area, carried: Iterable[Area]) -> Sheet:
        """A page; what it carries deep inside its text area is in nobody's way."""
        inside = text.grown(-_DEEP)
        return cls(width, height, text, tuple(each for each in carried if not inside.holds(each)))

    def is_free(self, place: Area, air: float, *, edge: float = EDGE) -> bool:
        """Whether a place outside the text area lies on the page, ``edge`` from its rim, with ``air`` round it."""
        paper = edge <= min(place.left, place.top) and place.right <= self.width - edge
        if not paper or place.bottom > self.height - edge or place.meets(self.text):
            return False
        around = place.grown(air)
        return not any(around.meets(each) for each in self.carried)

    def with_carried(self, places: Iterable[Area]) -> Sheet:
        """The sheet that carries these too."""
        return Sheet(self.width, self.height, self.text, (*self.carried, *places))


def of_code(sheet: Sheet, side: float, air: float) -> Area | None:
    """The place of a square code: below the text at its left edge, where the first page's number is not (7.5: right);
    else further to the right, and then in the left, the right and the upper margin."""
    text = sheet.text
    below = (text.bottom + _BELOW, *_between(text.bottom + air, sheet.height - EDGE - side, _STEP))
    upwards = tuple(reversed(tuple(_between(text.top, text.bottom - side, _STRIDE))))
    along = tuple(_between(text.left, text.right - side, _STRIDE))
    places = (
        *((left, top) for left in along for top in below),
        *product(((text.left - side) / 2, text.left - air - side), upwards),
        *product(((text.right + sheet.width - side) / 2, text.right + air), upwards),
        *((left, top) for left in along for top in (EDGE + air, text.top - air - side)),
    )
    return _first_free(sheet, Area(0, 0, side, side), places, air)


def of_stamp(sheet: Sheet, width: float, height: float, air: float) -> Area | None:
    """The place of the archival stamp: the blank above the text, in its middle if it can be (DA/T 22-2015)."""
    text = sheet.text
    middle = (sheet.width - width) / 2
    lefts = (middle, text.right - width, text.left, *_between(text.left, text.right - width, _STRIDE))
    below = min((each.top for each in sheet.carried if each.bottom < sheet.height / 2), default=text.top)
    tops = ((min(below, text.top) - height) / 2, *_between(EDGE, text.top - height, _STEP))
    return _first_free(sheet, Area(0, 0, width, height), ((left, top) for left in lefts for top in tops), air)


def of_page_number(sheet: Sheet, width: float, height: float, air: float, *, front: bool) -> Area | None:
    """The place of an archival page number: the upper outer corner, on the right of a front, on the left of a back."""
    tops = tuple(_between(12.0, EDGE, _STEP)) + tuple(_between(12.0, sheet.text.top - height, _STEP))
    inwards = tuple(_between(15.0, sheet.width / 2 - width, _STRIDE)) + tuple(_between(15.0, EDGE, 1.0))
    lefts = (sheet.width - inward - width if front else inward for inward in inwards)
    return _first_free(sheet, Area(0, 0, width, height), ((left, top) for left in lefts for top in tops), air)


def of_shares(sheets: Sequence[Sheet], diameter: float, middle: float, air: float) -> float | None:
    """Where on every page, measured from above, the middle of a seal across the right edges goes; near ``middle``."""
    share = diameter / len(sheets)
    steps = tuple(_between(0.0, middle, _STRIDE))
    for offset in sorted((*steps, *(-each for each in steps[1:])), key=abs):
        top = middle + offset - diameter / 2
        strips = (Area(sheet.width - share, top, sheet.width, top + diameter) for sheet in sheets)
        if all(sheet.is_free(strip, air, edge=0.0) for sheet, strip in zip(sheets, strips, strict=True)):
            return middle + offset
    return None


def _first_free(sheet: Sheet, size: Area, corners: Iterable[tuple[float, float]], air: float) -> Area | None:
    places = (size.moved(left, top) for left, top in corners)
    return next((place for place in places if sheet.is_free(place, air)), None)


def _between(first: float, last: float, step: float) -> Iterator[float]:
    """From the first to the last in equal steps, downwards where that is smaller."""
    towards = step if last >= first else -step
    yield from (first + index * towards for index in range(int(abs(last - first) / step + 1e-6) + 1))
