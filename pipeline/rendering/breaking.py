"""Where the lines of a paragraph end: as late as fits, and never where the rules of the language forbid it.

When a character has no room, Word tries in this order: a stop may hang in the margin, a closing mark may lose its
empty half, else the line ends at the last permitted place before; only where there is none it is cut anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.rendering import kinsoku
from pipeline.rendering.atoms import Atom, is_space
from pipeline.rendering.model import Break, Frame, TabStop
from pipeline.rendering.ruler import TOLERANCE, Ruler

_Squeeze = Literal["", "hang", "trim"]
"""What was done to the last mark of a line so that it stays on it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A line's atoms with their tabs measured.

    The first ``counted`` atoms fill the measure; what follows stands outside it: blanks, and one hanging stop at most.
    ``start`` and ``end`` are the extent of the counted atoms from the text margin, ``limit`` is where a full line ends.
    ``tabs`` are width and stop of each tab. ``closed`` lines (the last one, one before a forced break) are not
    stretched; ``ending`` is that break.
    """

    atoms: tuple[Atom, ...]
    counted: int
    start: float
    end: float
    limit: float
    tabs: tuple[tuple[float, TabStop], ...] = ()
    closed: bool = False
    ending: Break | None = None


def broken(atoms: Sequence[Atom], frame: Frame) -> tuple[Measured, ...]:
    """The lines of a paragraph; none for a paragraph without atoms.

    A line break at the very end leaves an empty line after it, a page break does not.
    """
    lines: list[Measured] = []
    position = 0
    while position < len(atoms):
        start = frame.left + (0.0 if lines else frame.first) - _empty_half(atoms[position], frame)
        end, squeeze = _line_end(atoms, position, frame, start)
        lines.append(_measured(tuple(atoms[position:end]), squeeze, frame, start, last=end == len(atoms)))
        position = end
    if lines and lines[-1].ending is not None and lines[-1].ending.kind == "line":
        strut = Atom(lines[-1].ending)
        lines.append(Measured((strut,), 0, frame.left, frame.left, frame.width - frame.right, closed=True))
    return tuple(lines)


def _empty_half(atom: Atom, frame: Frame) -> float:
    """What of an opening mark stands outside the line it begins (topLinePunct, 行首标点压缩)."""
    narrow = frame.opening_marks_in and atom.wide and kinsoku.is_opening(atom.text)
    return (atom.width - atom.spacing) / 2 if narrow else 0.0


def _line_end(atoms: Sequence[Atom], position: int, frame: Frame, start: float) -> tuple[int, _Squeeze]:
    """Index after the line's last atom, and what was done to keep its last mark."""
    if frame.by_word:
        return _word_end(atoms, position), ""
    ruler = Ruler(frame, start)
    for index in range(position, len(atoms)):
        atom = atoms[index]
        if ruler.added(atom):
            continue
        if isinstance(atom.item, Break):
            return index + 1, ""
        if is_space(atom) or ruler.fits(atom):
            ruler.add(atom)
            continue
        after = _after_spaces(atoms, index + 1)
        if index > position and _may_begin(atoms, after):
            if frame.overflow_punctuation and atom.text in kinsoku.HANGING and ruler.x <= ruler.limit + TOLERANCE:
                return after, "hang"
            if ruler.fits_trimmed(atom):
                return after, "trim"
        return _last_break(atoms, position, index), ""
    return len(atoms), ""


def _word_end(atoms: Sequence[Atom], position: int) -> int:
    for index in range(position + 1, len(atoms)):
        if _may_begin(atoms, index) and not is_space(atoms[index]):
            return index
    return len(atoms)


def _after_spaces(atoms: Sequence[Atom], index: int) -> int:
    """Blanks at the end of a line stay on it, and so does a forced break that follows at once."""
    while index < len(atoms) and is_space(atoms[index]):
        index += 1
    return index + 1 if index < len(atoms) and isinstance(atoms[index].item, Break) else index


def _may_begin(atoms: Sequence[Atom], index: int) -> bool:
    return index >= len(atoms) or atoms[index].break_before or isinstance(atoms[index - 1].item, Break)


def _last_break(atoms: Sequence[Atom], position: int, index: int) -> int:
    """The last permitted end up to ``index``; ``index`` itself, but one atom at least, when there is none."""
    for candidate in range(index, position, -1):
        if atoms[candidate].break_before:
            return candidate
    return max(index, position + 1)


def _measured(atoms: tuple[Atom, ...], squeeze: _Squeeze, frame: Frame, start: float, *, last: bool) -> Measured:
    final = atoms[-1].item
    ending = final if isinstance(final, Break) else None
    counted = len(atoms) - (ending is not None)
    if squeeze or not (last or ending):
        while counted and is_space(atoms[counted - 1]):
            counted -= 1
    if squeeze == "hang":
        counted -= 1
    ruler = Ruler(frame, start)
    ruler.add_all(atoms[:counted])
    ruler.close()
    end = ruler.x - (atoms[counted - 1].trim if squeeze == "trim" else 0.0)
    closed = last or ending is not None
    return Measured(atoms, counted, start, end, ruler.limit, tuple(ruler.tabs), closed, ending)
