"""How far along the line we are: tab stops of all kinds, and how wide each tab turns out to be.

A left tab is as wide as the way to its stop. A right, centred or decimal one is only known when the text after it
ends, because that text eats into it. ECMA-376 part 1, 17.3.1.37 and 17.3.1.38; positions count from the text margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.rendering.atoms import Atom
from pipeline.rendering.model import Frame, Tab, TabStop

TOLERANCE = 0.02
"""Points by which a line may be too long: what rounding to twips leaves."""


@dataclass(slots=True)
class _Open:
    """A tab whose text is still being set: from ``start`` towards ``stop``."""

    stop: TabStop
    start: float
    text: float = 0.0
    before_point: float | None = None

    @property
    def width(self) -> float:
        """The tab itself, never negative."""
        room = self.stop.position - self.start
        if self.stop.kind == "center":
            return max(0.0, room - self.text / 2)
        if self.stop.kind == "decimal" and self.before_point is not None:
            return max(0.0, room - self.before_point)
        return max(0.0, room - self.text)

    def add(self, atom: Atom, width: float) -> None:
        """Text set after the tab."""
        if self.stop.kind == "decimal" and self.before_point is None and atom.text in (".", "．"):
            self.before_point = self.text
        self.text += width


class Ruler:
    """Measures one line, atom by atom, from ``start`` (points from the text margin)."""

    def __init__(self, frame: Frame, start: float) -> None:
        self._frame = frame
        self._start = start
        self._x = start
        self._open: _Open | None = None
        self._empty = True
        self.limit = frame.width - frame.right
        self.tabs: list[tuple[float, TabStop]] = []

    @property
    def x(self) -> float:
        """The end of what has been set."""
        return self._x if self._open is None else self._open.start + self._open.width + self._open.text

    def width_of(self, atom: Atom) -> float:
        """What an atom that is no tab would add here: the blank before it counts unless it begins the line."""
        return atom.width + (0.0 if self._empty else atom.gap)

    def fits(self, atom: Atom) -> bool:
        """Whether an atom still has room on the line."""
        if isinstance(atom.item, Tab):
            stop = atom.item.stop or self._next_stop()
            return stop.position <= self.limit + TOLERANCE or stop in self._frame.tabs or stop is atom.item.stop
        return self._end_with(atom) <= self.limit + TOLERANCE

    def fits_trimmed(self, atom: Atom) -> bool:
        """Whether it has room with its empty half cut off."""
        return atom.trim > 0 and self.x + self.width_of(atom) - atom.trim <= self.limit + TOLERANCE

    def added(self, atom: Atom) -> bool:
        """Set a character where that is plain arithmetic and there is room; nearly every atom of a paper is one.

        False leaves all to ``fits`` and ``add``.
        """
        if self._open is not None or self._empty or not atom.text or not atom.width:
            return False
        end = self._x + (atom.width + atom.gap)
        if end > self.limit + TOLERANCE:
            return False
        self._x = end
        return True

    def add_all(self, atoms: Sequence[Atom]) -> None:
        """Set several atoms, whether or not there is room."""
        for atom in atoms:
            if self._open is None and not self._empty and atom.text:
                self._x += atom.width + atom.gap
            else:
                self.add(atom)

    def add(self, atom: Atom) -> None:
        """Set an atom."""
        if isinstance(atom.item, Tab):
            self._add_tab(atom.item)
        else:
            width = self.width_of(atom)
            if self._open is None:
                self._x += width
            else:
                self._open.add(atom, width)
        self._empty = self._empty and atom.width == 0.0 and not isinstance(atom.item, Tab)

    def close(self) -> None:
        """The line is complete; ``tabs`` holds width and stop of every tab on it."""
        if self._open is not None:
            self._x = self.x
            self.tabs.append((self._open.width, self._open.stop))
            self._open = None

    def _add_tab(self, tab: Tab) -> None:
        self.close()
        stop = tab.stop or self._next_stop()
        if stop in self._frame.tabs or stop is tab.stop:
            self.limit = max(self.limit, stop.position)  # a stop set beyond the indent is meant
        elif stop.position > self.limit:
            stop = TabStop(max(self.limit, self._x))
        self._open = _Open(stop, self._x)
        if stop.kind == "left":
            width = max(stop.position - self._open.start, 0.0)
            self._x = self._open.start + width
            self.tabs.append((width, stop))
            self._open = None

    def _end_with(self, atom: Atom) -> float:
        if self._open is None:
            return self._x + self.width_of(atom)
        text, before_point = self._open.text, self._open.before_point
        self._open.add(atom, self.width_of(atom))
        end = self.x
        self._open.text, self._open.before_point = text, before_point
        return end

    def _next_stop(self) -> TabStop:
        """The first stop beyond the end: a set one, the hanging indent, else the next default one."""
        here = self.x + TOLERANCE
        set_stops = [stop for stop in self._frame.tabs if stop.position > here]
        if self._frame.first < 0 and self._frame.left > here:
            set_stops.append(TabStop(self._frame.left))
        if set_stops:
            return min(set_stops, key=lambda stop: stop.position)
        every = self._frame.default_tab if self._frame.default_tab > 0 else 36.0
        return TabStop((here // every + 1) * every)
