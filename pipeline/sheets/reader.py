"""A dropped file as typed cells at the sender's own addresses, before anybody asks what they mean.

calamine, because it knows Excel's built-in Chinese date formats and is eight times faster than openpyxl (PITFALLS
First 1, 4.9); nothing of it is skipped, so that row 5 here is row 5 on the sender's screen. A malformed .xls raises a
Rust panic, which is a ``BaseException``; it becomes an ordinary finding. What calamine does not tell (errors, hidden
rows, pictures) is searched for beside it, see ``overlooked``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipeline.core.collection import nothing_collected
from pipeline.core.findings import Code
from pipeline.core.messages import _
from pipeline.core.text import without_forbidden
from pipeline.core.values import CellValue, Sheet, Workbook
from pipeline.sheets.cellforms import A_ROW, Numbered
from pipeline.sheets.container import Container, examine
from pipeline.sheets.delimited import read_delimited
from pipeline.sheets.seeing import see, too_many_cells
from pipeline.sheets.struck import about_struck
from pipeline.sheets.unreadable import Limits, Unreadable, broken, password, refused, too_large

_AS_IT_IS = frozenset([str, float, int, bool, date, datetime, time])


@nothing_collected()
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
    if container is Container.TEXT:
        workbook = Workbook((read_delimited(data, limits),))
    else:
        workbook = _workbook(data, container, limits)
    if not any(sheet.grid or sheet.pictures for sheet in workbook.sheets):
        raise refused(Code.EMPTY, hint=_("每张工作表都是空的，请填好后再放进来"))
    return workbook


def _workbook(data: bytes, container: Container, limits: Limits) -> Workbook:
    seen = see(data, container, limits)
    sheets, struck = [], []
    with _rust(), CalamineWorkbook.from_filelike(seen.stream) as workbook:
        metadata = [sheet for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        if len(metadata) > limits.sheets:
            raise too_large(
                _("{n} 张工作表").format(n=len(metadata)),
                _("不超过 {n} 张工作表").format(n=limits.sheets),
                _("请分成几个文件放进来"),
            )
        cells = 0
        for place, described in enumerate(metadata):
            read = workbook.get_sheet_by_name(described.name)
            extra = seen.of(described.name, place)
            plain = extra.plain
            cells += len(plain.lines) * plain.width if plain else read.total_height * read.total_width
            if cells > limits.cells:
                raise too_many_cells(described.name, "", limits)
            struck.append(about_struck(described.name, extra.struck))
            sheets.append(
                Sheet(
                    without_forbidden(described.name),
                    _with_overlooked(_plain_grid(read, plain) if plain else _grid(read), extra.cells),
                    _merged(read) or extra.merged,
                    extra.pictures,
                    described.visible is not SheetVisibleEnum.Visible,
                    extra.hidden_rows,
                    extra.hidden_columns,
                )
            )
    return Workbook(tuple(sheets), (*seen.remarks, *filter(None, struck)))


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


def _grid(read: CalamineSheet) -> list[tuple[CellValue, ...]]:
    """The cells as tuples."""
    known: dict[str, str | None] = {"": None}
    return [_line(row, known) for row in read.to_python(skip_empty_area=False)]


def _plain_grid(read: CalamineSheet, plain: Numbered) -> list[tuple[CellValue, ...]]:
    """The cells by the numbers of their forms, of which calamine has read each one."""
    forms = _grid(read)
    values = [None, *chain.from_iterable(line + (None,) * (len(A_ROW) - len(line)) for line in forms)]
    values += [None] * (1 + plain.forms - len(values))
    value, width = values.__getitem__, plain.width
    return [
        tuple(map(value, line)) if len(line) == width else (*map(value, line), *[None] * (width - len(line)))
        for line in plain.lines
    ]


def _with_overlooked(
    grid: list[tuple[CellValue, ...]], overlooked: Mapping[tuple[int, int], CellValue]
) -> tuple[tuple[CellValue, ...], ...]:
    """The cells without the empty rows at the end; what was overlooked is put in at its addresses."""
    changed: dict[int, list[CellValue]] = {}
    for (row, column), value in overlooked.items():
        while len(grid) < row:
            grid.append(())
        line = changed.setdefault(row, list(grid[row - 1]))
        line.extend([None] * (column - len(line)))
        if isinstance(line[column - 1], date | time):  # a format we misread: calamine knows dates best
            continue
        line[column - 1] = value
    for row, line in changed.items():
        grid[row - 1] = tuple(line)
    while grid and all(value is None for value in grid[-1]):
        grid.pop()
    return tuple(grid)


def _line(row: Sequence[CellValue | timedelta], known: dict[str, str | None]) -> tuple[CellValue, ...]:
    """calamine's values as ours: nothing is None, and a duration ([h]:mm) is text, for no field holds one.

    A text that stands in many cells is one text, by ``known``: it takes less memory, and is passed on and compared
    faster.
    """
    if not _AS_IT_IS.issuperset(map(type, row)):
        row = [_duration(value) if isinstance(value, timedelta) else value for value in row]
    same = known.setdefault
    return tuple([same(value, value) if type(value) is str else value for value in row])  # type: ignore[misc]


def _duration(value: timedelta) -> str:
    minutes = int(value.total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def _merged(read: CalamineSheet) -> tuple[tuple[int, int, int, int], ...]:
    ranges = read.merged_cell_ranges or ()
    return tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)
