"""A clause of the standard, checked: what was found, what was expected, and the verdict; and the way to make one.

``found`` and ``expected`` are phrases a secretary understands ("72.4 mm", "居中"); ``id`` is the clause's number in the
standard and ``check`` a stable name for programs, because one clause (7.2.4) rules several things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.conformance.standard import CHARACTER, LINE, SIZE_TOLERANCE, TOLERANCE
from pipeline.core.messages import _


class Verdict(StrEnum):
    """Whether the paper keeps a clause; ``NOT_APPLICABLE`` where it has nothing the clause could rule."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Clause:
    """One checked clause. ``tolerance`` is a phrase too, empty where the clause knows only yes and no."""

    id: str
    check: str
    title: str
    found: str
    expected: str
    tolerance: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Requirement:
    """A clause before it is checked; its methods make the ``Clause``."""

    id: str
    check: str
    title: str

    def judged(self, kept: bool, found: str, expected: str, tolerance: str = "") -> Clause:
        """Kept or not, in the caller's words."""
        verdict = Verdict.PASS if kept else Verdict.FAIL
        return Clause(self.id, self.check, self.title, found, expected, tolerance, verdict)

    def length(self, found: float, expected: float, tolerance: float = TOLERANCE) -> Clause:
        """A length in mm. The edge of the tolerance is inside (0.005 mm for the arithmetic of a PDF)."""
        return self.judged(
            abs(found - expected) <= tolerance + 0.005, mm(found), mm(expected), _("±{mm}").format(mm=mm(tolerance))
        )

    def characters(self, found: float, expected: float, unit: float = CHARACTER) -> Clause:
        """A horizontal distance (mm) that the standard gives in 字; judged in mm."""
        return self.judged(
            abs(found - expected * unit) <= TOLERANCE + 0.005,
            _("{mm}（{count:.1f} 字）").format(mm=mm(found), count=found / unit),
            _("{count:g} 字（{mm}）").format(count=expected, mm=mm(expected * unit)),
            _("±{mm}").format(mm=mm(TOLERANCE)),
        )

    def blank_lines(self, found: float, expected: int) -> Clause:
        """A number of blank lines. The standard gives none in mm, and line heights vary: half a line is let through."""
        return self.judged(
            abs(found - expected) <= 0.5,
            _("{count:.1f} 行").format(count=found),
            _("空 {count} 行").format(count=expected),
            _("±半行（{mm}；标准以行计）").format(mm=mm(LINE / 2)),
        )

    def size(self, found: float, expected: float, name: str) -> Clause:
        """A font size in pt; ``name`` is 三号 and the like."""
        return self.judged(
            abs(found - expected) <= SIZE_TOLERANCE,
            pt(found),
            _("{name}（{pt}）").format(name=name, pt=pt(expected)),
            _("±{pt}").format(pt=pt(SIZE_TOLERANCE)),
        )

    def missing(self, what: str, expected: str) -> Clause:
        """The clause asks for something that is not there."""
        return self.judged(False, _("没有找到{what}").format(what=what), expected)

    def not_applicable(self, why: str) -> Clause:
        """There is nothing to measure, and that is allowed."""
        return Clause(self.id, self.check, self.title, why, "", "", Verdict.NOT_APPLICABLE)


def mm(length: float) -> str:
    """``72.4 mm``; hundredths where a tenth would hide the difference (thin lines)."""
    digits = 2 if abs(length) < 1 else 1
    return f"{length:.{digits}f} mm"


def pt(size: float) -> str:
    """``16 磅``."""
    return _("{size:g} 磅").format(size=round(size, 2))


def listed(items: Sequence[str], limit: int = 3) -> str:
    """The first few, and how many more."""
    first = _("；").join(items[:limit])
    return _("{first}等 {count} 处").format(first=first, count=len(items)) if len(items) > limit else first


def excerpt(text: str, length: int = 12) -> str:
    """The beginning of a text in quotation marks, to find the place by."""
    return f"“{text[:length]}…”" if len(text) > length else f"“{text}”"
