"""The composer: a paragraph's words in, finished lines out. Pure arithmetic; no XML, no HTML, no font file.

CSS cannot set Chinese office papers: it knows no hanging stops, no tab stops and no stretching between characters,
and a single character more or less on a line moves every page after it. So each line is set here, and
WeasyPrint only places what it is given. GB/T 9704-2012 asks for 22 lines of 28 characters; 16 pt with -0.25 pt spacing
on 442.2 pt gives exactly that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from pipeline.rendering.atoms import Atom, Book, atoms_of, is_space, style_of
from pipeline.rendering.breaking import Measured, broken
from pipeline.rendering.levelling import levelled
from pipeline.rendering.metrics import EXACT_ASCENT
from pipeline.rendering.model import Frame, InlineBox, Item, Line, Tab
from pipeline.rendering.parts import parts_of
from pipeline.rendering.usage import Usage

_NEGLIGIBLE = 0.005
"""Points no printer can show."""


def compose(items: Sequence[Item], frame: Frame, book: Book, usage: Usage) -> tuple[Line, ...]:
    """Set a paragraph. Lengths in points; ``usage`` collects what was printed in which face.

    A paragraph always brings its mark as a last ``Text("", style)``; without any item there is no line. Every visible
    character of ``items`` stands on exactly one line, in order.
    """
    measured = broken(atoms_of(items, frame, book, usage), frame)
    return tuple(_placed(levelled(line, frame.upright, book), frame, book) for line in measured)


def _placed(line: Measured, frame: Frame, book: Book) -> Line:
    x, width = line.start, line.end - line.start
    slack = max(0.0, line.limit - line.end)
    stretch, opened = 0.0, frozenset[int]()
    if frame.align == "center":
        x += slack / 2
    elif frame.align == "right":
        x += slack
    elif slack > _NEGLIGIBLE and (frame.align == "distribute" or (frame.align == "justify" and not line.closed)):
        opened = _opened(line, everywhere=frame.align == "distribute")
        if opened:
            stretch, width = slack / len(opened), line.limit - line.start
    height, ascent = _box(line, frame, book)
    return Line(
        parts=parts_of(line, stretch, opened, words_too=frame.align == "distribute"),
        x=x,
        width=width,
        height=height,
        ascent=ascent,
        page_break_after=line.ending is not None and line.ending.kind == "page",
    )


def _opened(line: Measured, *, everywhere: bool) -> frozenset[int]:
    """Indexes of the atoms behind which a full line opens up: after the last tab only, and not inside a Latin word
    unless everything is distributed."""
    first = max((index + 1 for index in range(line.counted) if isinstance(line.atoms[index].item, Tab)), default=0)
    heavy = [index for index in range(first, line.counted) if line.atoms[index].text or line.atoms[index].width]
    atoms = line.atoms
    return frozenset(
        one for one, two in pairwise(heavy) if everywhere or is_space(atoms[one]) or atoms[one].wide or atoms[two].wide
    )


def _box(line: Measured, frame: Frame, book: Book) -> tuple[float, float]:
    """Height of the line and the distance of its base line from its top (17.3.1.33, 17.6.5).

    Exact lines have their base line at four fifths, as in Word. A grid snaps the natural height up to whole pitches
    and sets the text in their middle; at-least puts the rest above the text, a multiple puts it below.
    """
    rule, pitch = frame.line, frame.grid.pitch
    if rule.kind == "exact":
        return rule.value, rule.value * EXACT_ASCENT
    ascent, descent = _natural(line.atoms, book)
    natural = ascent + descent
    if pitch > 0:
        snapped = max(1, math.ceil(natural / pitch - 1e-6)) * pitch
        ascent += (snapped - natural) / 2
        natural = snapped
    if rule.kind == "at-least":
        height = max(natural, rule.value)
        return height, ascent + height - natural
    height = natural * rule.value
    return height, ascent + min(0.0, height - natural)


def _natural(atoms: Sequence[Atom], book: Book) -> tuple[float, float]:
    """The highest ascent and the deepest descent on the line."""
    ascent = descent = 0.0
    kinds = {(id(atom.item), atom.wide, not atom.text): atom for atom in atoms}.values()
    for style, wide, text in {(style_of(atom), atom.wide, bool(atom.text)): None for atom in kinds}:
        if style is not None:
            metrics = book.line_metrics(style, east_asian=wide or not text)
            ascent = max(ascent, metrics.ascent + style.rise)
            descent = max(descent, metrics.descent - style.rise)
    boxes = [atom.item for atom in atoms if isinstance(atom.item, InlineBox)]
    ascent = max([ascent, *(box.shape.height + box.rise for box in boxes)])
    return ascent, max([descent, *(-box.rise for box in boxes)])
