"""A dropped file as typed cells at the sender's own addresses, before anybody asks what they mean.

calamine, because it knows Excel's built-in Chinese date formats and is eight times faster than openpyxl (PITFALLS
First 1, 4.9); nothing of it is skipped, so that row 5 here is row 5 on the sender's screen. A malformed .xls raises a
Rust panic, which is a ``BaseException``; it becomes an ordinary finding. Only xlsx tells of error values, uncalculated
formulas, hidden rows and pictures: in the older formats calamine gives such cells as empty.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipeline.core.findings import Code
from pipeline.core.messages import _
from pipeline.core.values import CellError, CellValue, Sheet, Workbook
from pipeline.sheets.cellscan import CellScan, farthest, scan
from pipeline.sheets.container import Container, broken, examine, password, too_large
from pipeline.sheets.delimited import read_delimited
from pipeline.sheets.package import Package
from pipeline.sheets.pictures import floating, in_cells
from pipeline.sheets.unreadable import Limits, Unreadable, refused

_AS_IT_IS = {str, float, int, bool, date, datetime, time}


def read_workbook(path: Path, limits: Limits) -> Workbook:
    """Read a workbook of any format in use. Raises ``Unreadable`` with the one finding that says why it cannot be.

    Takes and gives plain values, so that a child process can run it. Raises ``OSError`` when the disk fails.
    """
    if path.stat().st_size > limits.file_bytes:
        raise too_large(
            _("{size} MB").format(size=path.stat().st_size // 2**20),
            _("不超过 {size} MB 的文件").format(size=limits.file_bytes // 2**20),
            _("请压缩图片，或者分成几个文件放进来"),
        )
    data = path.read_bytes()
    container = examine(data, limits)
    sheets = (read_delimited(data, limits),) if container is Container.TEXT else _sheets(data, container, limits)
    if not any(sheet.grid or sheet.pictures for sheet in sheets):
        raise refused(Code.EMPTY, hint=_("每张工作表都是空的，请填好后再放进来"))
    return Workbook(sheets)


def _sheets(data: bytes, container: Container, limits: Limits) -> tuple[Sheet, ...]:
    package = _package(data) if container is Container.XLSX else None
    parts = package.sheets() if package else {}
    if package:
        _refuse_vast_sheets(package, parts, limits)
    sheets = []
    with _rust(), CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        metadata = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        if len(metadata) > limits.sheets:
            raise too_large(
                _("{n} 张工作表").format(n=len(metadata)),
                _("不超过 {n} 张工作表").format(n=limits.sheets),
                _("请分成几个文件放进来"),
            )
        cells = 0
        for described in metadata:
            read = workbook.get_sheet_by_name(described.name)
            cells += read.total_height * read.total_width
            if cells > limits.cells:
                raise _too_many_cells(described.name, "", limits)
            part = parts.get(described.name, "")
            extra = scan(package.read(part)) if package and part else CellScan()
            sheets.append(
                Sheet(
                    described.name,
                    _grid(read, extra.errors),
                    _merged(read),
                    floating(package, part) + in_cells(package, extra) if package and part else (),
                    described.visible is not SheetVisibleEnum.Visible,
                    extra.hidden_rows,
                )
            )
    return tuple(sheets)


def _package(data: bytes) -> Package:
    try:
        return Package(data)
    except (OSError, ValueError) as error:
        raise broken() from error


@contextlib.contextmanager
def _rust() -> Iterator[None]:
    """Whatever calamine raises as the finding it means."""
    try:
        yield
    except Unreadable:
        raise
    except PasswordError as error:
        raise password() from error
    except (CalamineError, ValueError, OSError) as error:
        raise broken() from error
    except BaseException as error:
        # pyo3's PanicException derives from BaseException and is importable from nowhere.
        if type(error).__name__ == "PanicException":
            raise broken() from error
        raise


def _refuse_vast_sheets(package: Package, parts: dict[str, str], limits: Limits) -> None:
    for name, part in parts.items():
        area, cell = farthest(package.read(part), limits.cells)
        if area > limits.cells:
            raise _too_many_cells(name, cell, limits)


def _too_many_cells(sheet: str, cell: str, limits: Limits) -> Unreadable:
    where = _("工作表“{sheet}”一直用到 {cell}").format(sheet=sheet, cell=cell) if cell else ""
    return too_large(
        where or _("工作表“{sheet}”太大").format(sheet=sheet),
        _("全部工作表不超过 {n} 个单元格").format(n=limits.cells),
        _("请删去数据下方和右方多余的行和列（选中后“删除”，不只是清除内容），或者分成几个文件"),
    )


def _grid(read: CalamineSheet, errors: dict[tuple[int, int], CellError]) -> tuple[tuple[CellValue, ...], ...]:
    """The cells as tuples, without the empty rows at the end; errors are put in at their addresses."""
    rows = read.to_python(skip_empty_area=False)
    grid = [tuple([None if value == "" else _plain(value) for value in row]) for row in rows]
    for (row, column), error in errors.items():
        while len(grid) < row:
            grid.append(())
        line = list(grid[row - 1]) + [None] * (column - len(grid[row - 1]))
        line[column - 1] = error
        grid[row - 1] = tuple(line)
    while grid and all(value is None for value in grid[-1]):
        grid.pop()
    return tuple(grid)


def _plain(value: CellValue | timedelta) -> CellValue:
    """calamine's value as one of ours: a duration ([h]:mm) is text, for no field holds one."""
    if type(value) in _AS_IT_IS:
        return value  # type: ignore[return-value]  # the set above is CellValue
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value)


def _merged(read: CalamineSheet) -> tuple[tuple[int, int, int, int], ...]:
    ranges = read.merged_cell_ranges or ()
    return tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)
