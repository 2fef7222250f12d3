"""Numbers as a PDF writes them: plain decimals, no exponent (ISO 32000-1, 7.3.3)."""

from __future__ import annotations

import math


def number(value: float) -> str:
    """At most four decimals: a printer's dot is a hundred times larger."""
    assert math.isfinite(value), f"no number: {value}"
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
