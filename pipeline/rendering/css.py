"""The one writer of CSS numbers and class names.

A negative padding or a NaN makes a CSS parser drop the whole declaration, and the text goes where nobody looks. So
numbers are written here only, from typed values, and checked. Equal declarations share one class: WeasyPrint computes
some sixty properties for every box, and reading them is the smaller part when they come in few classes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

_LARGEST = 20_000.0
"""Points; more is a fault of ours, not of a page."""


def signed(points: float) -> str:
    """A length in points that may be negative: margins, positions, spacing."""
    assert math.isfinite(points) and abs(points) < _LARGEST, f"no length: {points}"
    text = f"{points:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("0", "-0") else f"{text}pt"


def positive(points: float) -> str:
    """A length that CSS wants at least 0: sizes, padding, borders."""
    assert points > -0.0005, f"negative: {points}"
    return signed(max(points, 0.0))


def quoted(text: str) -> str:
    """A CSS string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(character if character >= " " else " " for character in escaped) + '"'


@dataclass(slots=True)
class Stylesheet:
    """Rules in the making. ``name`` gives equal declarations one class name."""

    _classes: dict[str, str] = field(default_factory=dict)
    _rules: list[str] = field(default_factory=list)

    def name(self, declarations: str) -> str:
        """The class of these declarations; "" for none."""
        if not declarations:
            return ""
        if declarations not in self._classes:
            self._classes[declarations] = f"c{len(self._classes)}"
        return self._classes[declarations]

    def rule(self, text: str) -> None:
        """A rule that is no class: @page and the like."""
        self._rules.append(text)

    def text(self) -> str:
        """The whole sheet, equal for equal input."""
        classes = (f".{name}{{{declarations}}}" for declarations, name in self._classes.items())
        return "\n".join([*self._rules, *classes])
