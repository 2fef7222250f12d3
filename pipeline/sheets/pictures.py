"""Pictures of an .xlsx (or .xlsb) sheet, each with the cell it belongs to.

Three ways lead a photo into a sheet: floating over the cells (DrawingML anchors, ECMA-376 part 1, 20.5), placed in a
cell by Excel 365 (a rich value behind the error value #VALUE!), or placed in a cell by WPS (a DISPIMG formula and
``cellimages.xml``). A floating picture belongs to the cell half a cell behind its upper left corner: photos are dragged
by hand, so the corner often lies a hair inside the row above, while a tall photo may hang over several rows below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.core.values import Picture
from pipeline.sheets.cellscan import CellScan
from pipeline.sheets.package import RELATION_ID, Package, embedded
from pipeline.sheets.sheetpart import SheetPart

_EMU_PER_POINT = 12700
_EMU_PER_PIXEL = 9525
_MOST_COLUMNS = 400
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def media_type(data: bytes) -> str:
    """The type by the first bytes; ``application/octet-stream`` for what nobody prints (EMF, WMF)."""
    return next((name for magic, name in _MAGIC if data.startswith(magic)), "application/octet-stream")


def floating(package: Package, sheet: str, measured: Callable[[], Measures]) -> tuple[tuple[Picture, ...], int]:
    """The pictures that float over the sheet stored in part ``sheet``, and how many more the package does not hold.

    The sheet is only measured when there is a picture.
    """
    found, missing = [], 0
    known: Measures | None = None
    for drawing in package.related(sheet, "drawing"):
        root = package.xml(drawing)
        relations = package.relations(drawing)
        for anchor in () if root is None else root:
            for blip in anchor.iter("{*}blip"):
                relation = relations.get(embedded(blip))
                data = package.read(relation.part) if relation else b""
                if data:
                    known = known or measured()
                    row, column = known.under(anchor)
                    found.append(Picture(row, column, data, media_type(data)))
                else:
                    missing += 1
    return tuple(dict.fromkeys(found)), missing  # a shape may be written twice, once for older programs


def in_cells(package: Package, scan: CellScan) -> tuple[Picture, ...]:
    """The pictures that stand in cells of a scanned sheet; those that the file lacks are missing here too."""
    found = []
    named = _wps_pictures(package) if scan.named else {}
    rich = _rich_pictures(package) if scan.rich else ()
    for (row, column), name in scan.named.items():
        if data := named.get(name, b""):
            found.append(Picture(row, column, data, media_type(data)))
    for (row, column), index in scan.rich.items():
        if 0 < index <= len(rich) and rich[index - 1]:
            found.append(Picture(row, column, rich[index - 1], media_type(rich[index - 1])))
    return tuple(found)


def _wps_pictures(package: Package) -> dict[str, bytes]:
    """WPS keeps cell pictures in one part beside the workbook, by the name that DISPIMG gives."""
    part = "xl/cellimages.xml"
    root = package.xml(part)
    relations = package.relations(part)
    pictures = {}
    for image in () if root is None else root.iter("{*}cellImage"):
        name = next(image.iter("{*}cNvPr"), None)
        blip = next(image.iter("{*}blip"), None)
        relation = relations.get(embedded(blip)) if blip is not None else None
        if name is not None and relation:
            pictures[name.get("name", "")] = package.read(relation.part)
    return pictures


def _rich_pictures(package: Package) -> tuple[bytes, ...]:
    """Excel's pictures in the order of the cells' ``vm`` index: metadata -> rich value -> relation -> picture."""
    metadata = package.xml("xl/metadata.xml")
    values = package.xml("xl/richData/rdrichvalue.xml")
    links = package.xml("xl/richData/richValueRel.xml")
    if metadata is None or values is None or links is None:
        return ()
    relations = package.relations("xl/richData/richValueRel.xml")
    parts = [relations.get(link.get(RELATION_ID, "")) for link in links.iter("{*}rel")]
    # The first value of a rich value of type _localImage is the index into richValueRel (MS-XLSX 2.3.6.1.3).
    indexes = [value.findtext("{*}v") or "" for value in values.iter("{*}rv")]
    future = [int(bk.get("i", "0")) for bk in metadata.iter("{*}rvb")]
    pictures = []
    for record in metadata.iterfind("{*}valueMetadata/{*}bk/{*}rc"):
        data = b""
        place = int(record.get("v", "0"))
        if place < len(future) and future[place] < len(indexes) and indexes[future[place]].isdigit():
            link = int(indexes[future[place]])
            relation = parts[link] if link < len(parts) else None
            data = package.read(relation.part) if relation else b""
        pictures.append(data)
    return tuple(pictures)


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights and widths of a sheet's rows and columns by number, in EMU, as far as they differ from the usual ones."""

    heights: Mapping[int, float] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    height: float = 15.0 * _EMU_PER_POINT
    width: float = 64.0 * _EMU_PER_PIXEL

    def under(self, anchor: etree._Element) -> tuple[int, int]:
        """The cell (1-based) that an anchor's picture belongs to; the first cell for an absolute anchor."""
        start = anchor.find("{*}from")
        if start is None:
            return 1, 1
        return self._along(anchor, start, "row", "cy"), self._along(anchor, start, "col", "cx")

    def _along(self, anchor: etree._Element, start: etree._Element, axis: str, size: str) -> int:
        place = self._place(start, axis)
        end, extent = anchor.find("{*}to"), anchor.find("{*}ext")
        if end is not None:
            length = self._place(end, axis) - place
        else:
            length = _number(extent.get(size)) / self._size(int(place), axis) if extent is not None else 0.0
        return int(place + min(max(length, 0.0) / 2, 0.5))

    def _size(self, number: int, axis: str) -> float:
        if axis == "row":
            return self.heights.get(number, self.height) or 1.0
        return self.widths.get(number, self.width) or 1.0

    def _place(self, point: etree._Element, axis: str) -> float:
        """A point along one axis in rows or columns: 5.5 is the middle of row 5."""
        number = int(_number(point.findtext(f"{{*}}{axis}"))) + 1
        offset = _number(point.findtext(f"{{*}}{axis}Off"))
        return number + max(0.0, min(offset / self._size(number, axis), 0.999))


def measures(sheet: SheetPart) -> Measures:
    """The measures of a worksheet part of an .xlsx."""
    before = sheet.before_the_rows
    if before is None:
        return Measures()
    default = next(before.iter("{*}sheetFormatPr"), None)
    height = _number(default.get("defaultRowHeight")) if default is not None else 0.0
    widths = {}
    for column in before.iter("{*}col"):
        last = min(int(_number(column.get("max"))), _MOST_COLUMNS)
        for number in range(int(_number(column.get("min"))), last + 1):
            widths[number] = (_number(column.get("width")) * 7 + 5) * _EMU_PER_PIXEL
    heights = {row: _number(high) * _EMU_PER_POINT for row, high in sheet.heights.items()}
    return Measures(heights, widths, (height or 15.0) * _EMU_PER_POINT)


def _number(text: str | None) -> float:
    """A measure as written; nothing for what is none (files of strangers)."""
    try:
        number = float(text or 0)
    except ValueError:
        return 0.0
    return number if abs(number) < 1e12 else 0.0
