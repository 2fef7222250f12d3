"""What the merge needs of seals and signatures; ``pipeline.sealing.places`` fits it. Points, but diameters in mm."""

from __future__ import annotations

from typing import Protocol


class SignOff(Protocol):
    """Indents from the right edge, the space above the name, and the seal's corner (from left edge and date line)."""

    @property
    def name_right(self) -> float: ...
    @property
    def date_right(self) -> float: ...
    @property
    def above(self) -> float: ...
    @property
    def seal_left(self) -> float: ...
    @property
    def seal_top(self) -> float: ...


class CellPlace(Protocol):
    """Where a cell's sealed lines are centred, the space round them, and the seal's corner (from the first line)."""

    @property
    def centre(self) -> float: ...
    @property
    def above(self) -> float: ...
    @property
    def below(self) -> float: ...
    @property
    def seal_left(self) -> float: ...
    @property
    def seal_top(self) -> float: ...


class Places(Protocol):
    """Draws places for seals and signatures, and says where they go (GB/T 9704-2012 clause 7.3.5)."""

    def seal(self, name: str, diameter: float) -> str:
        """Run content of the Word file: the circle."""

    def signature(self, name: str) -> str:
        """Run content of the Word file: the line; without a field for an empty name."""

    def sealed(
        self, *, area: float, name: float, lines: int, day: float, pitch: float, character: float, diameter: float
    ) -> SignOff:
        """Name, date and seal at the end of a text."""

    def unsealed(self, *, name: float, day: float, pitch: float, character: float) -> SignOff:
        """Name and date at the end of a text that takes no seal."""

    def in_cell(
        self, *, width: float, words: float, lines: int, pitch: float, diameter: float, to_the_right: bool
    ) -> CellPlace:
        """A seal in a table cell."""
