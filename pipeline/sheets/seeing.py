"""Which search finds what calamine leaves out of which format, and the honest word for what nobody can see.

A file that cannot be searched is refused as broken, even if calamine could read it: its errors would pass for empty
cells. That also keeps damaged containers from calamine, which may ask for more memory than there is.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import partial

from lxml import etree

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.messages import _
from pipeline.core.values import CellError
from pipeline.sheets import biff8, biff12, opendocument
from pipeline.sheets.addresses import address
from pipeline.sheets.cellforms import CellForms, Vast
from pipeline.sheets.cellscan import farthest, scan, telling_formats
from pipeline.sheets.container import Container
from pipeline.sheets.overlooked import Overlooked
from pipeline.sheets.package import Package
from pipeline.sheets.pictures import floating, in_cells, measures
from pipeline.sheets.sheetpart import SheetPart
from pipeline.sheets.struck import Struck
from pipeline.sheets.unreadable import Limits, Unreadable, broken, too_large

_NONE = Overlooked()
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, etree.XMLSyntaxError),
    *(ValueError, IndexError, OverflowError, struct.error),
)
"""What reading a broken file raises."""


class Seen:
    """What was found of each sheet, by name or, for .xls, by place; ``remarks`` are warnings about the whole file,
    ``stream`` is what calamine is to read: the file, or one in which each different cell stands once."""

    def __init__(
        self,
        stream: io.BytesIO,
        by_name: Mapping[str, Overlooked],
        in_order: Sequence[Overlooked],
        remarks: tuple[Finding, ...],
    ):
        self.stream = stream
        self._by_name = by_name
        self._in_order = in_order
        self.remarks = remarks

    def of(self, name: str, place: int) -> Overlooked:
        """What was found of the sheet called ``name``, the ``place``-th of the workbook counting from 0."""
        return self._by_name.get(name) or (self._in_order[place] if place < len(self._in_order) else _NONE)


def see(data: bytes, container: Container, limits: Limits) -> Seen:
    """Search a workbook for what calamine leaves out. Raises ``Unreadable`` for a grid too vast, or a broken zip."""
    by_name: Mapping[str, Overlooked] = {}
    in_order: Sequence[Overlooked] = ()
    macros = old = False
    stream = io.BytesIO(data)
    try:
        if container is Container.XLS:
            in_order, macros, old = biff8.overlooked(data), biff8.has_macros(data), biff8.is_old(data)
        else:
            package = Package(data)
            macros = package.has("xl/vbaProject.bin") or package.has("Basic/script-lc.xml")
            if container is Container.XLSX:
                by_name, stream = _in_worksheets(package, limits)
            elif container is Container.XLSB:
                by_name = biff12.overlooked(package)
            else:
                by_name = opendocument.overlooked(package.read("content.xml"), package.read)
    except _BROKEN as error:
        raise broken() from error
    sheets = [*by_name.items(), *(("", found) for found in in_order)]
    for name, found in sheets:
        if found.rows * found.columns > limits.cells:
            raise too_many_cells(name, address(found.rows, found.columns), limits)
    unseen = sum(found.unseen for _name, found in sheets)
    remarks = ((_macros(),) if macros else ()) + ((_unseen(unseen, old),) if unseen or old else ())
    return Seen(stream, by_name, in_order, remarks)


def _in_worksheets(package: Package, limits: Limits) -> tuple[Mapping[str, Overlooked], io.BytesIO]:
    """What was found in each sheet of an .xlsx; and the file with every different cell once in each sheet whose cells
    were read in passing."""
    formats = telling_formats(package.xml(package.styles))
    struck = Struck(package)
    found: dict[str, Overlooked] = {}
    plain: dict[str, CellForms] = {}
    for name, part in package.sheets().items():
        try:
            sheet = SheetPart(partial(package.open, part), limits.cells)
        except Vast as vast:
            raise too_many_cells(name, vast.address, limits) from vast
        area, cell = farthest(sheet, limits.cells)
        if area > limits.cells:
            raise too_many_cells(name, cell, limits)
        found[name] = _in_sheet(package, part, sheet, formats, struck)
        if sheet.plain:
            plain[part] = sheet.plain
    return found, package.to_be_read({part: cells.condensed() for part, cells in plain.items()})


def _in_sheet(package: Package, part: str, sheet: SheetPart, formats: Mapping[str, str], struck: Struck) -> Overlooked:
    cells = scan(sheet, formats)
    drawn, unseen = floating(package, part, lambda: measures(sheet))
    pictures = drawn + in_cells(package, cells)
    lost = (cells.rich.keys() | cells.named.keys()) - {(picture.row, picture.column) for picture in pictures}
    values = cells.cells | {where: CellError("#VALUE!") for where in lost}
    hidden = sheet.hidden_rows, sheet.hidden_columns
    numbered = sheet.plain.numbered() if sheet.plain else None
    return Overlooked(values, *hidden, (), pictures, 0, 0, unseen, struck.cells(sheet), numbered)


def too_many_cells(sheet: str, cell: str, limits: Limits) -> Unreadable:
    """A sheet that spans more cells than are read; ``cell`` is the one that stretches it."""
    named = _("工作表“{sheet}”").format(sheet=sheet) if sheet else _("有一张工作表")
    return too_large(
        _("{sheet}一直用到 {cell}").format(sheet=named, cell=cell) if cell else _("{sheet}太大").format(sheet=named),
        _("全部工作表不超过 {n} 个单元格").format(n=limits.cells),
        _("请删去数据下方和右方多余的行和列（选中后“删除”，不只是清除内容），或者分成几个文件"),
    )


def _macros() -> Finding:
    return Finding(
        Code.MACROS,
        hint=_("宏没有运行，也不会带进回执和退回的文件；请核对表里的数是不是都已经算好"),
        severity=Severity.WARNING,
    )


def _unseen(pictures: int, old: bool) -> Finding:
    told = _("这是很旧的格式（Excel 95），里面的图片读不到") if old else _("有{n}张图片读不到，可能只是链接")
    advice = _("需要图片的话请直接插入表里，另存为“Excel 工作簿（*.xlsx）”再放一次")
    return Finding(Code.UNSEEN, hint=f"{told.format(n=pictures)}；{advice}", severity=Severity.WARNING)
