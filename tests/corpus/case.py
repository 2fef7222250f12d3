"""One odd spreadsheet: the one thing that is odd about it, its bytes, and what becomes of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import openpyxl

from pipeline.core.findings import Code, Finding
from pipeline.core.values import Batch, Value
from pipeline.sheets import Limits, Unreadable, interpret, read_workbook
from pipeline.validation import judge
from tests.corpus.binary import zipped
from tests.corpus.kinds import KINDS, PAYMENT, PAYMENT_HEADINGS
from tests.sheets.examples import GOOD, HEADINGS, Rows
from tests.validation.examples import CLAIMED, Office

USUAL = Limits()

Cell = tuple[Code, str]
"""A finding's code, and the cell it stands at; an empty cell for one about the sheet or the file."""


@dataclass(frozen=True)
class Case:
    """``odd`` says in words what is odd. ``papers`` is the size of the batch, 0 where the workbook comes back.

    ``findings`` are all that must be said, no more; ``values`` are some of the first paper's. ``mended`` are the cells
    of the returned workbook that its sender changes to make it go through.
    """

    odd: str
    data: bytes
    papers: int = 0
    findings: frozenset[Cell] = frozenset()
    values: Mapping[str, Value] = field(default_factory=dict)
    mended: Mapping[str, object] = field(default_factory=dict)
    name: str = "x.xlsx"
    limits: Limits = USUAL


@dataclass(frozen=True)
class Outcome:
    """What became of a file."""

    batch: Batch | None
    findings: tuple[Finding, ...]

    @property
    def cells(self) -> frozenset[Cell]:
        """Code and cell of every finding."""
        return frozenset((finding.code, finding.cell) for finding in self.findings)


def outcome_of(path: Path, limits: Limits = USUAL) -> Outcome:
    """Read, interpret and judge, as ``flow.understand`` does it."""
    try:
        workbook = read_workbook(path, limits)
    except Unreadable as refusal:
        return Outcome(None, (refusal.finding,))
    draft, misread = interpret(workbook, KINDS, path.name)
    if draft is None:
        return Outcome(None, misread)
    batch, misjudged = judge(draft, replace(CLAIMED, path=path, name=path.name), Office(today=date(2020, 7, 1)))
    places = {(found.sheet, found.cell) for found in misread if found.cell}
    findings = (*misread, *(found for found in misjudged if (found.sheet, found.cell) not in places))
    return Outcome(None if any(found.severity == "error" for found in findings) else batch, findings)


def accepted(odd: str, data: bytes, papers: int = 1, *told: Cell, name: str = "x.xlsx", **values: Value) -> Case:
    """A workbook that goes through; ``told`` are its warnings."""
    return Case(odd, data, papers, frozenset(told), values, name=name)


def returned(odd: str, data: bytes, *findings: Cell, name: str = "x.xlsx", **mended: object) -> Case:
    """A workbook that comes back, and how it is mended: ``D2="1978年3月"``; nothing where no cell mends it."""
    return Case(odd, data, 0, frozenset(findings), mended=mended, name=name)


def refused(odd: str, data: bytes, code: Code, name: str = "x.xlsx", limits: Limits = USUAL) -> Case:
    """A file that cannot be read at all."""
    return Case(odd, data, 0, frozenset([(code, "")]), name=name, limits=limits)


def book(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """An .xlsx of these rows, from A1 on; text beginning with "=" becomes a formula nobody has calculated."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value  # type: ignore[assignment]
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def roster(*rows: Sequence[object], above: Rows = (), headings: Sequence[object] = HEADINGS, **areas: str) -> bytes:
    """A roster with its headings and these rows (the good one when there are none)."""
    return book({"登记表": [*above, headings, *(rows or (GOOD,))]}, {"登记表": list(areas.values())})


def member(**cells: object) -> tuple[object, ...]:
    """The good row with some cells otherwise, by field id."""
    ids = ("organisation", "name", "sex", "birth", "date", "id_card", "phone", "career")
    return tuple(cells.get(name, value) for name, value in zip(ids, GOOD, strict=True))


def payment(**cells: object) -> bytes:
    """A payment of one row with some cells otherwise, by field id."""
    ids = ("organisation", "payee", "code", "amount", "words", "share", "people", "postcode", "audited", "date")
    row = [cells.get(name, value) for name, value in zip(ids, PAYMENT, strict=True)]
    return book({"付款单": [PAYMENT_HEADINGS, row]})


def csv(*rows: Sequence[object], separator: str = ",") -> str:
    """Rows as delimited text, without quotation marks."""
    return "".join(separator.join("" if cell is None else str(cell) for cell in row) + "\r\n" for row in rows)


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with a string inside one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = re.sub(r"&#(\d{3,});", lambda match: chr(int(match[1])), parts[part].decode())
    assert old in text, f"{old!r} is not in {part}"
    parts[part] = text.replace(old, new).encode()
    return zipped(parts)


def changed(data: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """A workbook after openpyxl has done something to it."""
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    change(workbook)
    return saved(workbook)
