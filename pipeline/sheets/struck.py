"""Cells that somebody has struck through: crossed out, as one does on paper, and still there for a program.

A person crossed out of a list would get a paper and a number all the same. Nobody can know whether the line was meant
for this office or was left by an earlier one, so it is asked. An .xlsx is searched here, an .xls or .ods where it is
searched for everything else; an .xlsb is not searched for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.sheets.addresses import address
from pipeline.sheets.package import Package, parsed
from pipeline.sheets.sheetpart import SheetPart

_LISTED = 6
_OFF = {"0", "false"}
_STRIKE = b"strike"


class Struck:
    """What of a workbook's styles and texts is struck through; most workbooks have nothing of the kind."""

    def __init__(self, package: Package) -> None:
        self._styles = frozenset(_struck_styles(package.read(package.styles)))
        shared = next(iter(package.related(package.workbook, "sharedStrings")), "")
        self._texts = frozenset(_struck_texts(package.read(shared))) if shared else frozenset()

    def cells(self, part: SheetPart) -> tuple[tuple[int, int], ...]:
        """The struck cells of a worksheet part."""
        styles = (f' s="{style}"'.encode() for style in self._styles)
        texts = (f"<v>{text}</v>".encode() for text in self._texts)
        marked = part.cells_with([_STRIKE, *styles, *texts])
        return tuple(where for where, cell in marked if self._is_struck(cell))

    def _is_struck(self, cell: etree._Element) -> bool:
        value = cell.findtext("{*}v") or ""
        if cell.get("t") == "inlineStr":
            return _has_struck_run(cell.find("{*}is")) or (cell.get("s", "") in self._styles)
        if not value:
            return False
        return cell.get("s", "") in self._styles or (cell.get("t") == "s" and value in self._texts)


def about_struck(sheet: str, struck: Collection[tuple[int, int]]) -> Finding | None:
    """The finding about these cells of a sheet; None when there are none."""
    if not struck:
        return None
    cells = [address(*where) for where in sorted(struck)]
    more = _("等 {count} 处").format(count=len(cells)) if len(cells) > _LISTED else ""
    return Finding(
        Code.STRUCK,
        sheet=sheet,
        cell=cells[0],
        found=_("、").join(cells[:_LISTED]) + more,
        expected=_("没有删除线的内容"),
        hint=_("看不出划掉的还要不要办理：不要的请把内容删去（整行不要就删去整行），要的请去掉删除线"),
    )


def _struck_styles(data: bytes) -> Iterator[str]:
    root = parsed(data) if _STRIKE in data else None
    if root is None:
        return
    fonts = {str(index) for index, font in enumerate(root.iterfind("{*}fonts/{*}font")) if _is_on(font)}
    for index, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        if style.get("fontId", "") in fonts:
            yield str(index)


def _struck_texts(data: bytes) -> Iterator[str]:
    root = parsed(data) if _STRIKE in data else None
    for index, text in enumerate(() if root is None else root.iterfind("{*}si")):
        if _has_struck_run(text):
            yield str(index)


def _has_struck_run(text: etree._Element | None) -> bool:
    runs = () if text is None else text.iterfind("{*}r")
    return any(
        (run.findtext("{*}t") or "").strip() and (properties := run.find("{*}rPr")) is not None and _is_on(properties)
        for run in runs
    )


def _is_on(properties: etree._Element) -> bool:
    strike = properties.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in _OFF
