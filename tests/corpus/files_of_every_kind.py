"""Cases: the file itself is odd. Its format, its encoding, its name, its size."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from lxml import etree

from pipeline.core.findings import Code
from pipeline.core.values import CellError
from pipeline.sheets import Limits
from tests.corpus.binary import Grid, Percent, ods, xls, xlsb, zipped
from tests.corpus.case import accepted, book, csv, edited, member, payment, refused, returned, roster
from tests.corpus.kinds import PAYMENT, PAYMENT_HEADINGS
from tests.sheets.examples import GOOD, HEADINGS, png

GRID: Grid = (HEADINGS, GOOD)
FILES = Path(__file__).parent / "files"
ERROR = member(phone=CellError("#N/A"))
"""An error in a cell that may be empty: taken for an empty one, a telephone number is lost in silence."""

PAYING: Grid = (PAYMENT_HEADINGS, (*PAYMENT[:5], Percent(0.85), *PAYMENT[6:]))
TEXT = csv(HEADINGS, member(career="1999年参加工作。"))


def forged(name: str, content: bytes, announced: int) -> bytes:
    """A workbook with a part that unpacks to more than its directory says."""
    data = bytearray(book({"登记表": GRID}))
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    data = bytearray(stream.getvalue())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", announced)
    return bytes(data)


def entry_of_the_sheet(data: bytearray) -> int:
    """Where the entry of a workbook's sheet begins in the directory of the zip."""
    entry = data.index(b"PK\x01\x02")
    while not data[entry + 46 :].startswith(b"xl/worksheets/"):
        entry = data.index(b"PK\x01\x02", entry + 4)
    return entry


def sheet_announced(more: int) -> bytes:
    """A workbook whose directory says of its sheet that it has so many bytes more than it has."""
    data = bytearray(book({"登记表": GRID}))
    entry = entry_of_the_sheet(data)
    size = struct.unpack_from("<I", data, entry + 24)[0]
    struct.pack_into("<I", data, entry + 24, size + more)
    return bytes(data)


def written_in(encoding: str) -> bytes:
    """A workbook whose sheet and styles are XML in another encoding than UTF-8, as the standard allows."""
    with zipfile.ZipFile(BytesIO(roster())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"):
        root = etree.fromstring(parts[name])
        parts[name] = etree.tostring(root, encoding=encoding, xml_declaration=True)
    return zipped(parts)


def damaged_manifest() -> bytes:
    """An .ods in whose packed manifest some bytes are others."""
    data = bytearray((FILES / "form.ods").read_bytes())
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entry = archive.getinfo("META-INF/manifest.xml")
    begins = entry.header_offset + 30 + len(entry.filename)
    data[begins + 10 : begins + 60] = b"\xff" * 50
    return bytes(data)


def packed_otherwise(offset: int, value: int) -> bytes:
    """A workbook whose sheet says of itself that it is packed in a way nobody unpacks: two bytes of its entry in the
    directory (APPNOTE.TXT 4.3.12), at this offset."""
    data = bytearray(book({"登记表": GRID}))
    entry = entry_of_the_sheet(data)
    struct.pack_into("<H", data, entry + offset, value)
    return bytes(data)


def macro_workbook() -> bytes:
    """An .xlsm: the same workbook with a VBA project."""
    stream = BytesIO(book({"登记表": GRID}))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return stream.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with parts added."""
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def two_of_one_name() -> bytes:
    """A zip with two entries of the same name, of which one program reads the first and another the second."""
    stream = BytesIO(book({"登记表": GRID}))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.fp.seek(0, 2)  # type: ignore[union-attr]
        archive.NameToInfo.clear()
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    return stream.getvalue()


def vast_ods() -> bytes:
    """An .ods whose last row, with a blank in it, is repeated to the end of the sheet and to its right."""
    data = ods({"登记表": (*GRID, (" ",))})
    row = '<table:table-row><table:table-cell office:value-type="string" ><text:p> '
    vast = row.replace("-row>", '-row table:number-rows-repeated="1048570">')
    vast = vast.replace("cell ", 'cell table:number-columns-repeated="16384" ')
    return edited(data, "content.xml", row, vast)


CASES = [
    refused("an .ods that repeats a blank to the end of the sheet", vast_ods(), Code.TOO_LARGE, "x.ods"),
    refused("a cell far out in an .xlsb", xlsb({"登记表": GRID}, far=(1_048_575, 16_383)), Code.TOO_LARGE, "x.xlsb"),
    refused("a cell far out in an .xls", xls({"登记表": GRID}, far=(65_535, 255)), Code.TOO_LARGE, "x.xls"),
    accepted("an ordinary .xlsx", book({"登记表": GRID})),
    accepted("an ordinary .xls", xls({"登记表": GRID}), name="x.xls"),
    accepted("an .et of WPS", xls({"登记表": GRID}), name="x.et"),
    accepted("an ordinary .xlsb", xlsb({"登记表": GRID}), name="x.xlsb"),
    accepted("an ordinary .ods", ods({"登记表": GRID}), name="x.ods"),
    accepted("an .xlsm whose macros stay behind", macro_workbook(), 1, (Code.MACROS, ""), name="x.xlsm"),
    *(
        accepted(f"text of {encoding}, parted by {word}", TEXT.replace(",", sign).encode(encoding), name="x.csv")
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030")
        for word, sign in (("commas", ","), ("tabs", "\t"), ("semicolons", ";"))
    ),
    accepted("text of UTF-16, big end first", b"\xfe\xff" + TEXT.encode("utf-16-be"), name="x.txt"),
    accepted("text with the line by which Excel tells the separator", b"sep=;\r\n" + TEXT.replace(",", ";").encode()),
    accepted("text with a title full of commas above", ("登记表，共1人，桃园社区\r\n" + TEXT).encode(), name="x.csv"),
    accepted(
        "text with quoted line breaks", TEXT.replace("1999年参加工作。", '"1999年工作。\n2008年任校长。"').encode()
    ),
    accepted("text with line ends of the old Macintosh", TEXT.replace("\r\n", "\r").encode()),
    accepted("text with empty lines at the end", (TEXT + ",,,\r\n\r\n\r\n").encode()),
    accepted("an .xlsx called .xls", book({"登记表": GRID}), name="x.xls"),
    accepted("an .xls called .xlsx", xls({"登记表": GRID}), name="x.xlsx"),
    accepted("an .ods called .xlsx", ods({"登记表": GRID}), name="x.xlsx"),
    accepted("a .csv called .xlsx", TEXT.encode(), name="x.xlsx"),
    accepted("a workbook without an extension", book({"登记表": GRID}), name="登记表"),
    returned(
        "#N/A in an optional cell of an .xls",
        xls({"登记表": (HEADINGS, ERROR)}),
        (Code.ERROR_VALUE, "G2"),
        G2="13900000001",
    ),
    returned(
        "a failed formula in an .xls",
        xls({"登记表": (HEADINGS, ERROR)}, formulas=True),
        (Code.ERROR_VALUE, "G2"),
        G2="13900000001",
    ),
    returned(
        "#N/A in an optional cell of an .xlsb",
        xlsb({"登记表": (HEADINGS, ERROR)}),
        (Code.ERROR_VALUE, "G2"),
        G2="13900000001",
    ),
    returned(
        "#N/A in an optional cell of an .ods",
        ods({"登记表": (HEADINGS, ERROR)}),
        (Code.ERROR_VALUE, "G2"),
        G2="13900000001",
    ),
    returned(
        "#N/A in an optional cell of a .csv",
        csv(HEADINGS, member(phone="#N/A", career="工作。")).encode(),
        (Code.ERROR_VALUE, "G2"),
        G2="13900000001",
    ),
    accepted("a hidden row in an .xls", xls({"登记表": GRID}, hidden_rows=[2]), 1, (Code.HIDDEN, "A2")),
    accepted("a hidden row in an .xlsb", xlsb({"登记表": GRID}, hidden_rows=[2]), 1, (Code.HIDDEN, "A2")),
    accepted("a hidden row in an .ods", ods({"登记表": GRID}, hidden_rows=[2]), 1, (Code.HIDDEN, "A2")),
    accepted("a percentage in an .xls", xls({"付款单": PAYING}), share="85%"),
    accepted("a percentage in an .xlsb", xlsb({"付款单": PAYING}), share="85%"),
    accepted("a percentage in an .ods", ods({"付款单": PAYING}), share="85%"),
    accepted(
        "an identity number as text in an .xls",
        xls({"登记表": (HEADINGS, member(id_card="610202197803150029"))}),
        id_card="610202197803150029",
    ),
    returned(
        "an identity number as a number in an .xls",
        xls({"登记表": (HEADINGS, member(id_card=610202197803150029.0))}),
        (Code.ROUNDED, "F2"),
        F2="610202197803150029",
    ),
    refused("an empty file", b"", Code.EMPTY),
    refused("nothing but noughts", bytes(4096), Code.EMPTY),
    refused("blank sheets", book({"登记表": [], "Sheet2": []}), Code.EMPTY),
    refused("a picture renamed", png(), Code.NOT_A_WORKBOOK),
    refused("a photograph renamed", png(form="JPEG"), Code.NOT_A_WORKBOOK, "登记表.xls"),
    refused("a bitmap renamed", png(form="BMP"), Code.NOT_A_WORKBOOK),
    refused("a PDF renamed", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Code.NOT_A_WORKBOOK),
    refused("a Word file renamed", zipped({"word/document.xml": b"<w/>"}), Code.NOT_A_WORKBOOK),
    refused(
        "a text document of LibreOffice",
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        Code.NOT_A_WORKBOOK,
    ),
    refused("slides renamed", zipped({"ppt/presentation.xml": b"<p/>"}), Code.NOT_A_WORKBOOK),
    refused("a zip of files", zipped({"登记表.xlsx": b"x"}), Code.NOT_A_WORKBOOK),
    refused("a RAR archive", b"Rar!\x1a\x07\x01\x00", Code.NOT_A_WORKBOOK, "x.xlsx"),
    refused(
        "HTML saved as .xls",
        "<html><table><tr><td>姓名</td></tr></table></html>".encode("gb18030"),
        Code.NOT_A_WORKBOOK,
        "x.xls",
    ),
    refused("HTML behind a comment", b"<!-- exported --><html><body></body></html>", Code.NOT_A_WORKBOOK, "x.xls"),
    refused(
        "a web archive saved as .xls",
        b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n",
        Code.NOT_A_WORKBOOK,
        "x.xls",
    ),
    refused(
        "a spreadsheet in XML of 2003",
        b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>",
        Code.NOT_A_WORKBOOK,
        "x.xls",
    ),
    refused("a SYLK file", b'ID;PWXL;N;E\r\nC;Y1;X1;K"x"\r\n', Code.NOT_A_WORKBOOK, "x.slk"),
    refused(
        "a workbook with a password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        Code.PASSWORD,
    ),
    refused(
        "an .ods with a password",
        zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            }
        ),
        Code.PASSWORD,
    ),
    refused(
        "an old Word file",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le"),
        Code.NOT_A_WORKBOOK,
        "x.xls",
    ),
    refused("half an .xlsx", book({"登记表": GRID})[:2000], Code.NOT_A_WORKBOOK),
    refused("half an .xls", xls({"登记表": GRID})[:700], Code.NOT_A_WORKBOOK, "x.xls"),
    refused(
        "an .xls of rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8, Code.NOT_A_WORKBOOK, "x.xls"
    ),
    refused(
        "an .xlsx with a flipped byte",
        book({"登记表": GRID}).replace(b"PK\x03\x04", b"PK\x03\x05", 2),
        Code.NOT_A_WORKBOOK,
    ),
    refused("text of no encoding", b"\xff\xff\x80\x81abc,\xfe\r\n", Code.NOT_A_WORKBOOK, "x.csv"),
    refused(
        "text with a quotation mark left open",
        (TEXT + '桃园社区,"王建国,男\r\n').encode(),
        Code.NOT_A_WORKBOOK,
        "x.csv",
    ),
    refused(
        "text with words behind a closing quotation mark",
        (TEXT + '"大党委"工作,王建国,男\r\n').encode(),
        Code.NOT_A_WORKBOOK,
        "x.csv",
    ),
    refused("a program called .xlsx", b"MZ\x90\x00" + bytes(60), Code.NOT_A_WORKBOOK),
    refused(
        "a zip bomb that says so",
        zipped({"[Content_Types].xml": b"", "xl/workbook.xml": bytes(20 << 20)}),
        Code.TOO_LARGE,
    ),
    refused("a zip bomb whose directory lies", forged("xl/media/x.bin", bytes(3 << 20), 100), Code.TOO_LARGE),
    refused(
        "a zip whose directory says more than there is", forged("xl/media/x.bin", b"x" * 50, 100), Code.NOT_A_WORKBOOK
    ),
    refused("a sheet larger than its directory says", sheet_announced(-1), Code.NOT_A_WORKBOOK),
    refused("a sheet that says it unpacks to a bomb", sheet_announced(1 << 31), Code.TOO_LARGE),
    refused("an .ods with a damaged manifest", damaged_manifest(), Code.NOT_A_WORKBOOK, name="x.ods"),
    refused("a sheet packed by an unknown method", packed_otherwise(10, 99), Code.NOT_A_WORKBOOK),
    refused("a sheet packed as a patch", packed_otherwise(8, 1 << 5), Code.NOT_A_WORKBOOK),
    refused("a zip with two entries of one name", two_of_one_name(), Code.NOT_A_WORKBOOK),
    refused("a file above the limit", book({"登记表": GRID}), Code.TOO_LARGE, limits=Limits(file_bytes=1000)),
    refused("more cells than are read", book({"登记表": GRID}), Code.TOO_LARGE, limits=Limits(cells=10)),
    refused("more sheets than are read", book({"登记表": GRID, "乙": GRID}), Code.TOO_LARGE, limits=Limits(sheets=1)),
    accepted("an .xlsb whose sheet has signs in its name", xlsb({"登记\x05表?": GRID}), name="x.xlsb"),
    accepted("a sheet written in UTF-16", written_in("UTF-16")),
    accepted("a sheet written in GB18030", written_in("GB18030")),
    accepted("a workbook with a picture that nobody asked for", with_parts(roster(), {"xl/media/image9.png": png()})),
    accepted(
        "an external link that is not followed", with_parts(roster(), {"xl/externalLinks/externalLink1.xml": b"<x/>"})
    ),
    accepted("a payment, for comparison", payment(), share="85%"),
]
