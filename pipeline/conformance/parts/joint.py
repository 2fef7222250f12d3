"""The end of a joint paper (联合行文, 7.3.5.1): names side by side, each under its seal, the last one with the date.

On one base line stand the names of several organs, so a line says nothing about whose they are; the seal they lie under
does.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.conformance.geometry import Box, Glyph, Page
from pipeline.conformance.lines import Line, line_of
from pipeline.conformance.parts.ending import DATE, SignOff


def find_joint_sign_off(lines: Sequence[Line], pages: Sequence[Page]) -> SignOff | None:
    """Names and date under the seals of the page that has several of them; None where no page has."""
    for page in pages:
        seals = tuple(field.box for field in page.fields if field.name.lower().startswith("seal"))
        if len(seals) > 1:
            return _under(seals, lines, page.number)
    return None


def _under(seals: Sequence[Box], lines: Sequence[Line], page: int) -> SignOff | None:
    sealed = [line for line in lines if line.page == page and any(_beside(seal, line.ink.middle) for seal in seals)]
    pieces = [piece for line in sealed for piece in _pieces(line, seals)]
    date = next((piece for piece in reversed(pieces) if DATE.fullmatch(piece.text)), None)
    if date is None:
        return None
    first = lines.index(sealed[0])
    above = lines[first - 1] if first > 0 and lines[first - 1].page == page else None
    return SignOff(tuple(piece for piece in pieces if piece is not date), date, above, tuple(seals), tuple(sealed))


def _pieces(line: Line, seals: Sequence[Box]) -> list[Line]:
    """The parts of a line that lie under each seal of its row; a name may be wider than its seal."""
    row = [seal for seal in seals if _beside(seal, line.ink.middle)]
    under: dict[int, list[Glyph]] = {}
    for glyph in line.glyphs:
        middle = (glyph.left + glyph.right) / 2
        nearest = min(range(len(row)), key=lambda place: abs(row[place].center - middle))
        under.setdefault(nearest, []).append(glyph)
    return [line_of(line.page, under[place]) for place in sorted(under)]


def _beside(seal: Box, height: float) -> bool:
    return seal.top <= height <= seal.bottom
