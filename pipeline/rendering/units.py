"""Lengths as Word files write them, turned into points, and refused when no page can hold them.

Garbage files carry spacings of three billion twips; taken literally they make a layout that never ends. Word itself
allows 31 680 twips (22 inches) for every length of text and page; what is beyond it, or no number, is refused.
"""

from __future__ import annotations

import math
import re

from pipeline.core.errors import CannotRender
from pipeline.core.messages import _

LIMIT_TWIPS = 31_680
"""The longest length Word accepts (22 inches); ECMA-376 gives it for page sizes, [MS-DOC] for indents and spacings."""

_MOST_CHARACTERS = 1000
_LIMIT_POINTS = LIMIT_TWIPS / 20
_EMU_PER_POINT = 12_700
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_UNIVERSAL = re.compile(r"([+-]?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)")
_POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}


def points(value: str, per_point: float = 1.0) -> float:
    """A length in points; of a bare number ``per_point`` make one, a strict one says its own unit (``12.95pt``).

    Raises ``CannotRender`` for what is no number and for more than 22 inches either way.
    """
    text = value.strip()
    universal = _UNIVERSAL.fullmatch(text)
    if universal:
        length = float(universal[1]) * _POINTS[universal[2]]
    elif _NUMBER.fullmatch(text):
        length = float(text) / per_point
    else:
        raise _refused(value)
    if abs(length) > _LIMIT_POINTS:
        raise _refused(value)
    return length


def twips(value: str) -> float:
    """Twentieths of a point."""
    return points(value, 20)


def half_points(value: str) -> float:
    """Halves of a point: font sizes, w:position."""
    return points(value, 2)


def eighths(value: str) -> float:
    """Eighths of a point: widths of borders."""
    return points(value, 8)


def emu(value: str) -> float:
    """English Metric Units, 12 700 to a point: DrawingML."""
    return points(value, _EMU_PER_POINT)


def held(length: float) -> float:
    """A length in points that was worked out. Raises ``CannotRender`` when no page can hold it."""
    if not abs(length) <= _LIMIT_POINTS:
        raise _refused(f"{length:g}pt")
    return length


def integer(value: str) -> int:
    """A whole number: counts, levels, ids. Raises ``CannotRender`` for anything else."""
    return int(number(value))


def hundredths(value: str) -> float:
    """Characters or lines given in hundredths: ``200`` is 2. Raises ``CannotRender`` for more than a page holds."""
    count = number(value) / 100
    if abs(count) > _MOST_CHARACTERS:
        raise _refused(value)
    return count


def number(value: str) -> float:
    """A plain number without a unit. Raises ``CannotRender`` for anything else, and for four hundred digits."""
    if not _NUMBER.fullmatch(value.strip()) or not math.isfinite(float(value)):
        raise _refused(value)
    return float(value)


def _refused(value: str) -> CannotRender:
    return CannotRender(
        _("文件里有不合理的数值“{value}”").format(value=value[:40]),
        remedy=_("用 Word 打开，检查缩进、间距、字号和表格尺寸后另存一份"),
    )
