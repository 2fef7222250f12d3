"""How a case with one odd cell is written."""

from __future__ import annotations

from datetime import date

from pipeline.core.findings import Code
from tests.corpus.case import Case, accepted, changed, member, payment, returned, roster

APRIL = date(2020, 4, 16)
MARCH = date(1978, 3, 1)


def formatted(data: bytes, sheet: str, cell: str, value: object, number_format: str) -> bytes:
    """A workbook with a number in a cell, shown by this format."""

    def do(workbook: object) -> None:
        target = workbook[sheet][cell]  # type: ignore[index]
        target.value, target.number_format = value, number_format

    return changed(data, do)


def cell(what: str, field: str, value: object, **read: object) -> Case:
    """A member with one cell otherwise, that goes through."""
    return accepted(what, roster(member(**{field: value})), 1, **read)  # type: ignore[arg-type]


def wrong(what: str, code: Code, mended: str, /, **cells: object) -> Case:
    """A member with one cell otherwise, that comes back and is mended at that cell."""
    place = {
        "organisation": "A2",
        "name": "B2",
        "sex": "C2",
        "birth": "D2",
        "date": "E2",
        "id_card": "F2",
        "phone": "G2",
    }
    (field,) = cells
    return returned(what, roster(member(**cells)), (code, place[field]), **{place[field]: mended})


def paid(what: str, **cells: object) -> Case:
    """A payment with one cell otherwise, that goes through; the value read is that of the field."""
    read = {name.removeprefix("is_"): value for name, value in cells.items() if name.startswith("is_")}
    return accepted(what, payment(**{n: v for n, v in cells.items() if not n.startswith("is_")}), 1, **read)  # type: ignore[arg-type]


def unpaid(what: str, code: Code, place: str, mended: object, /, **cells: object) -> Case:
    """A payment with one cell otherwise, that comes back and is mended at ``place``."""
    return returned(what, payment(**cells), (code, place), **{place: mended})
