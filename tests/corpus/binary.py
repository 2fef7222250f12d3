"""Small writers of .xls, .xlsb and .ods: just the records that a sheet of texts, numbers and errors needs.

Written from the published formats (MS-CFB, MS-XLS, MS-XLSB, OpenDocument 1.3), so that errors, hidden rows and formats
can be put where no spreadsheet program of ours writes them.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from pipeline.core.values import CellError

Grid = Sequence[Sequence[object]]
Far = tuple[int, int]
"""Row and column, from 0, of a number that strayed far from the table."""

PERCENT = 1
"""The style of a float cell that is shown as percent."""

_ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


class Percent(float):
    """A number in a cell formatted as percent."""


# ------------------------------------------------------------------------------------------------- .xls


def xls(
    sheets: Mapping[str, Grid], *, hidden_rows: Iterable[int] = (), formulas: bool = False, far: Far | None = None
) -> bytes:
    """A BIFF8 workbook; with ``formulas`` errors stand in formula records instead of constants."""
    bof = lambda kind: _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))  # noqa: E731
    styles = b"".join(_record(0x00E0, struct.pack("<HH16x", 0, format_)) for format_ in (0, 9))
    head = bof(5) + _record(0x0042, struct.pack("<H", 1200)) + styles
    stray = _record(0x0203, struct.pack("<HHHd", *far, 0, 1.0)) if far else b""
    bodies = [
        bof(0x10) + _sheet8(grid, set(hidden_rows), formulas) + stray + _record(0x000A) for grid in sheets.values()
    ]
    names = [_text8(name) for name in sheets]
    position = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    entries = b""
    for name, body in zip(names, bodies, strict=True):
        entries += _record(0x0085, struct.pack("<IBB", position, 0, 0) + name)
        position += len(body)
    return _compound(head + entries + _record(0x000A) + b"".join(bodies))


def _sheet8(grid: Grid, hidden: set[int], formulas: bool) -> bytes:
    data = _record(0x0200, struct.pack("<IIHHH", 0, len(grid), 0, max(map(len, grid)), 0))
    for row, line in enumerate(grid):
        flags = 0x100 | (0x20 if row + 1 in hidden else 0)
        data += _record(0x0208, struct.pack("<HHHHIHH", row, 0, len(line), 255, 0, flags, 0x0F))
        for column, value in enumerate(line):
            where = struct.pack("<HHH", row, column, PERCENT if isinstance(value, Percent) else 0)
            if isinstance(value, CellError) and formulas:
                result = struct.pack("<BxBxxxH", 2, _ERRORS[value.text], 0xFFFF)
                data += _record(0x0006, where + result + struct.pack("<HIH", 0, 0, 2) + b"\x1c\x2a")
            elif isinstance(value, CellError):
                data += _record(0x0205, where + bytes([_ERRORS[value.text], 1]))
            elif isinstance(value, str):
                data += _record(0x0204, where + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            elif isinstance(value, int | float):
                data += _record(0x0203, where + struct.pack("<d", value))
    return data


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text8(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _compound(workbook: bytes) -> bytes:
    """A compound file with one stream called Workbook, which is padded to where small streams end."""
    workbook = workbook.ljust(4096, b"\0")
    sectors = -(-len(workbook) // 512)
    fat_sectors = -(-(sectors + 2) // 127)
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    chain = [*range(1, sectors), end, end] + [0xFFFFFFFD] * fat_sectors
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512 * fat_sectors, b"\xff")
    entry = lambda name, kind, child, start, size: (  # noqa: E731
        (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0")
        + struct.pack("<HBBIII36xII4x", 2 * len(name) + 2 if name else 0, kind, 1, free, free, child, start, size)
    )
    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 0, len(workbook)) + bytes(256)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, fat_sectors, sectors, 0, 4096, end, 0, end, 0, 0)[:36]
    places = [sectors + 1 + number for number in range(fat_sectors)]
    header += struct.pack("<109I", *places, *[free] * (109 - fat_sectors))
    return header + workbook.ljust(512 * sectors, b"\0") + directory + table


# ------------------------------------------------------------------------------------------------- .xlsb


def xlsb(sheets: Mapping[str, Grid], *, hidden_rows: Iterable[int] = (), far: Far | None = None) -> bytes:
    """A BIFF12 workbook."""
    main = "http://schemas.openxmlformats.org"
    parts: dict[str, bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{main}/package/2006/content-types"><Default Extension="bin" '
            'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
        ).encode(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
        "xl/_rels/workbook.bin.rels": _relations(
            {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)}
            | {"rId90": ("styles", "styles.bin")}
        ),
        "xl/styles.bin": _record12(617, struct.pack("<I", 2))
        + b"".join(_record12(47, struct.pack("<HH12x", 0, format_)) for format_ in (0, 9))
        + _record12(618),
    }
    listed = b""
    for number, (name, grid) in enumerate(sheets.items(), start=1):
        listed += _record12(156, struct.pack("<II", 0, number) + _text12(f"rId{number}") + _text12(name))
        parts[f"xl/worksheets/sheet{number}.bin"] = _sheet12(grid, set(hidden_rows), far)
    parts["xl/workbook.bin"] = (
        _record12(131) + _record12(153, bytes(12)) + _record12(143) + listed + _record12(144) + _record12(132)
    )
    return zipped(parts)


def _sheet12(grid: Grid, hidden: set[int], far: Far | None) -> bytes:
    data = _record12(129) + _record12(148, struct.pack("<IIII", 0, len(grid) - 1, 0, max(map(len, grid)) - 1))
    data += _record12(145)
    for row, line in enumerate(grid):
        flags = 0x10 if row + 1 in hidden else 0
        data += _record12(0, struct.pack("<IIHBBB", row, 0, 300, 0, flags, 0) + struct.pack("<I", 0))
        for column, value in enumerate(line):
            style = PERCENT if isinstance(value, Percent) else 0
            where = struct.pack("<II", column, style)
            if isinstance(value, CellError):
                data += _record12(3, where + bytes([_ERRORS[value.text]]))
            elif isinstance(value, str):
                data += _record12(6, where + _text12(value))
            elif isinstance(value, int | float):
                data += _record12(5, where + struct.pack("<d", value))
    if far:
        data += _record12(0, struct.pack("<IIHBBBI", far[0], 0, 300, 0, 0, 0, 0))
        data += _record12(5, struct.pack("<IId", far[1], 0, 1.0))
    return data + _record12(146) + _record12(130)


def _record12(kind: int, data: bytes = b"") -> bytes:
    size, length = len(data), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            break
    return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + length + data


def _text12(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = (
        f'<Relationship Id="{name}" Type="{kinds}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'.encode()


# ------------------------------------------------------------------------------------------------- .ods


def ods(
    sheets: Mapping[str, Grid], *, hidden_rows: Iterable[int] = (), spans: Mapping[str, str] | None = None
) -> bytes:
    """An OpenDocument spreadsheet; ``spans`` are attributes for cells by their text."""
    hidden = set(hidden_rows)
    tables = ""
    for name, grid in sheets.items():
        rows = ""
        for number, line in enumerate(grid, start=1):
            shut = ' table:visibility="collapse"' if number in hidden else ""
            rows += f"<table:table-row{shut}>{''.join(_cell(value, spans or {}) for value in line)}</table:table-row>"
        tables += f'<table:table table:name="{escape(name)}">{rows}</table:table>'
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} {calc} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )


def _cell(value: object, spans: Mapping[str, str]) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, CellError):
        kind = 'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"'
        return f"<table:table-cell {kind}><text:p>{value.text}</text:p></table:table-cell>"
    if isinstance(value, Percent):
        kind = f'office:value-type="percentage" office:value="{float(value)!r}"'
        return f"<table:table-cell {kind}><text:p>{float(value):.0%}</text:p></table:table-cell>"
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value!r}"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string" {spans.get(str(value), "")}>{text}</table:table-cell>'


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()
