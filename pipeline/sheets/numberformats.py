"""What a number looks like to its sender, where the cell's format shows more than the number.

0.85 is shown as 85%, 7 as 007, 50 as 铜王组发〔2020〕50号: a paper that printed the bare number would not say what its
sender saw. Only formats that put something to the figures count (ECMA-376 part 1, 18.8.31); plain ones, dates,
fractions and powers of ten are left alone. Figures that a format rounds away are kept: 0.1234 as 0% is 12.34%.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.core.values import Formatted

BUILT_IN = {9: "0%", 10: "0.00%"}
"""The format codes that have a number instead of a definition, as far as they put something to the figures."""

_HINTS = re.compile(r"\[[^\]]*\]|_.|\*.")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([¥￥$()+ \-/:一-鿿〔〕（）、，。：；]+)')
_CORE = re.compile(r"[#0,]*0(\.0+)?(%?)")


def formatted(number: float, code: str) -> Formatted | None:
    """A number with what its format makes of it; None where the format shows the bare number (or a date)."""
    shape = _shape(code)
    if shape is None:
        return None
    before, after, width, decimals, grouped, percent = shape
    # 15 figures are all that Excel itself shows of a number.
    value = Decimal(f"{number:.15g}") * (100 if percent else 1)
    if not value.is_finite() or abs(value) >= 10**15:
        return None
    exact = f"{value.normalize():f}"
    places = max(decimals, len(exact.partition(".")[2]))
    figures = f"{abs(value):{',' if grouped else ''}.{places}f}"
    whole, point, rest = figures.partition(".")
    sign = "-" if value < 0 else ""
    return Formatted(number, f"{sign}{before}{whole.rjust(width, '0')}{point}{rest}{'%' if percent else ''}{after}")


@lru_cache(maxsize=512)
def _shape(code: str) -> tuple[str, str, int, int, bool, bool] | None:
    """What stands before and after the figures, their least width and decimals, thousands, percent."""
    section = _HINTS.sub("", code.split(";", 1)[0])
    parts: list[str] = []
    place = 0
    core = None
    while place < len(section):
        if literal := _LITERAL.match(section, place):
            parts.append(literal[1] or literal[2] or literal[3] or "")
            place = literal.end()
        elif core is None and (core := _CORE.match(section, place)):
            parts.append("\0")
            place = core.end()
        else:
            return None
    if core is None:
        return None
    before, _mark, after = "".join(parts).partition("\0")
    width = core[0].partition(".")[0].count("0")
    percent = bool(core[2])
    if not (percent or width > 1 or before.strip(" ¥￥$()+-") or after.strip(" ()+-")):
        return None
    return before.strip(), after.strip(), width, len(core[1] or ".") - 1, "," in core[0], percent
