"""Characters of several heights on one line: set to its middle, its top or its foot (w:textAlignment, 17.3.1.39).

Without it everything stands on the base line. A line with a seal or a tall picture in it, whose words stand at half
its height, is the case offices use.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.rendering.atoms import Atom, Book, style_of
from pipeline.rendering.breaking import Measured
from pipeline.rendering.metrics import LineMetrics
from pipeline.rendering.model import InlineBox, PageField, Text, UprightAlignment


def levelled(line: Measured, how: UprightAlignment, book: Book) -> Measured:
    """The line with every atom lifted or lowered to where the tallest one asks it to stand."""
    if how == "baseline":
        return line
    extents = [_extent(atom, book) for atom in line.atoms]
    tallest = max((each for each in extents if each is not None), key=lambda each: each.height, default=None)
    if tallest is None:
        return line
    atoms = tuple(
        atom if extent is None else _lifted(atom, _way(extent, tallest, how))
        for atom, extent in zip(line.atoms, extents, strict=True)
    )
    return replace(line, atoms=atoms)


def _extent(atom: Atom, book: Book) -> LineMetrics | None:
    """How far an atom reaches above and below the base line; None for one without a height."""
    if isinstance(atom.item, InlineBox):
        return LineMetrics(atom.item.shape.height + atom.item.rise, -atom.item.rise)
    style = style_of(atom)
    return None if style is None else book.line_metrics(style, east_asian=atom.wide or not atom.text)


def _way(own: LineMetrics, tallest: LineMetrics, how: UprightAlignment) -> float:
    if how == "top":
        return tallest.ascent - own.ascent
    if how == "bottom":
        return own.descent - tallest.descent
    return (tallest.ascent - tallest.descent - own.ascent + own.descent) / 2


def _lifted(atom: Atom, way: float) -> Atom:
    item = atom.item
    if isinstance(item, InlineBox):
        return atom._replace(item=replace(item, rise=item.rise + way))
    if way and isinstance(item, Text | PageField):
        return atom._replace(item=replace(item, style=replace(item.style, rise=item.style.rise + way)))
    return atom
