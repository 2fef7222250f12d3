"""Why one cell's value is not what its field asks for, before the cell's address is known."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field
from pipeline.core.values import Value
from pipeline.sheets.wording import excerpt


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding without its place. A warning keeps the ``value`` that is used all the same."""

    code: Code
    expected: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    value: Value = None

    def at(self, sheet: str, cell: str, field: Field, found: object) -> Finding:
        """The finding at its place; ``found`` is the raw value of the cell."""
        return Finding(
            self.code,
            sheet=sheet,
            cell=cell,
            heading=field.heading,
            found=excerpt(found),
            expected=self.expected,
            hint=self.hint,
            severity=self.severity,
        )
