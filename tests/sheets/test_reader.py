"""Reading: typed cells at the sender's addresses, and one sentence for every file that cannot be read."""

from __future__ import annotations

import io
import pickle
import shutil
import struct
import subprocess
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from pipeline.core.findings import Code
from pipeline.core.values import CellError
from pipeline.sheets import Limits, Unreadable, read_workbook, reader
from tests.sheets.examples import edited, image, png, read, write


def test_addresses_are_the_senders_when_rows_and_columns_before_the_data_are_empty(tmp_path: Path) -> None:
    sheet = read(write(tmp_path / "a.xlsx", {"表": [(), (), (None, None, "姓名")]})).sheets[0]
    assert sheet.grid[2][2] == "姓名"
    assert sheet.grid[0] == (None, None, None)


def test_values_keep_their_types(tmp_path: Path) -> None:
    row = (14, 14.5, "007", True, date(2020, 4, 16), datetime(2020, 4, 16, 9, 30), time(9, 30), None)
    grid = read(write(tmp_path / "a.xlsx", {"表": [(*row, "尾")]})).sheets[0].grid
    assert grid[0][:8] == row
    assert [type(value) for value in grid[0][2:8]] == [str, bool, date, datetime, time, type(None)]


@pytest.mark.parametrize("number_format", [27, 30, 31, 50, 57, 58])
def test_excels_chinese_date_formats_are_dates(tmp_path: Path, number_format: int) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [(45761,)]})
    workbook = openpyxl.load_workbook(path)
    workbook["表"]["A1"].number_format = "@"
    workbook.save(path)
    edited(path, {"xl/styles.xml": ('numFmtId="49"', f'numFmtId="{number_format}"')})
    assert read(path).sheets[0].grid[0][0] == date(2025, 4, 14)


def test_the_1904_calendar_is_honoured(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [(date(2020, 4, 16),)]})
    edited(path, {"xl/workbook.xml": ("<workbookPr", '<workbookPr date1904="1"')})
    assert read(path).sheets[0].grid[0][0] == date(2024, 4, 17)


def test_error_values_and_formulas_without_a_result_are_no_empty_cells(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [("甲", "=1+1", "#N/A"), ("乙",)]})
    assert read(path).sheets[0].grid[0] == ("甲", CellError("formula"), CellError("#N/A"))


def test_a_formula_with_a_result_is_that_result_even_when_it_is_empty_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [("甲", "=1+1", "=A9", "尾")]})
    edited(path, {"xl/worksheets/sheet1.xml": ("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")})
    edited(path, {"xl/worksheets/sheet1.xml": ('<c r="C1"><f>A9</f><v></v>', '<c r="C1" t="str"><f>A9</f><v></v>')})
    assert read(path).sheets[0].grid[0] == ("甲", 2.0, None, "尾")


def test_joined_cells_hidden_sheets_and_hidden_rows_are_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"一": [("标题",), ("甲",), ("乙",)], "二": [("丙",)]}, {"一": ["A1:C1"]})
    workbook = openpyxl.load_workbook(path)
    workbook["二"].sheet_state = "hidden"
    workbook["一"].row_dimensions[3].hidden = True
    workbook.save(path)
    first, second = read(path).sheets
    assert first.merged == ((1, 1, 1, 3),)
    assert (first.hidden, second.hidden) == (False, True)
    assert first.hidden_rows == (3,)


def test_a_floating_picture_belongs_to_the_row_it_was_put_on(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [("姓名", "照片"), ("甲",), ("乙",)]})
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["表"]
    sheet.row_dimensions[2].height = sheet.row_dimensions[3].height = 90
    photo = png()
    sheet.add_image(image(photo), "B2")
    workbook.save(path)
    (picture,) = read(path).sheets[0].pictures
    assert (picture.row, picture.column, picture.data, picture.media_type) == (2, 2, photo, "image/png")


def test_a_picture_dragged_a_hair_into_the_row_above_belongs_to_the_row_below(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [("姓名", "照片"), ("甲",), ("乙",)]})
    workbook = openpyxl.load_workbook(path)
    workbook["表"].row_dimensions[2].height = workbook["表"].row_dimensions[3].height = 90
    workbook["表"].add_image(image(png(90, 110)), "B2")
    workbook.save(path)
    drawing = "xl/drawings/drawing1.xml"
    with zipfile.ZipFile(path) as archive:
        prefix = "xdr:" if b"<xdr:rowOff>" in archive.read(drawing) else ""
    low = f"<{prefix}rowOff>{85 * 12700}</{prefix}rowOff>"
    edited(path, {drawing: (f"<{prefix}rowOff>0</{prefix}rowOff>", low)})
    (picture,) = read(path).sheets[0].pictures
    assert picture.row == 3


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def test_a_picture_in_a_cell_of_wps_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [("姓名", "照片"), ("甲", '=DISPIMG("ID_1",1)')]})
    images = (
        f'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" xmlns:xdr="{DRAWING}/'
        f'spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}"><etc:cellImage><xdr:pic><xdr:nvPicPr>'
        '<xdr:cNvPr id="1" name="ID_1"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic>'
        "</etc:cellImage></etc:cellImages>"
    )
    relations = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/image" Target="media/i.png"/>'
        "</Relationships>"
    )
    photo = png()
    edited(
        path,
        {
            "xl/cellimages.xml": images.encode(),
            "xl/_rels/cellimages.xml.rels": relations.encode(),
            "xl/media/i.png": photo,
        },
    )
    sheet = read(path).sheets[0]
    assert [(p.row, p.column, p.data) for p in sheet.pictures] == [(2, 2, photo)]
    assert sheet.grid[1][:1] == ("甲",)
    assert not any(isinstance(value, CellError) for value in sheet.grid[1])


def test_a_picture_placed_in_a_cell_by_excel_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [("姓名", "照片"), ("甲", "#VALUE!")]})
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rich = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
    links = "http://schemas.microsoft.com/office/spreadsheetml/2022/richvaluerel"
    photo = png(form="JPEG")
    edited(
        path,
        {
            "xl/worksheets/sheet1.xml": ('r="B2" t="e"', 'r="B2" t="e" vm="1"'),
            "xl/metadata.xml": (
                f'<metadata xmlns="{main}" xmlns:xlrd="{rich}"><futureMetadata name="XLRICHVALUE" count="1"><bk>'
                '<extLst><ext><xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata>'
                '<valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>'
            ).encode(),
            "xl/richData/rdrichvalue.xml": (
                f'<rvData xmlns="{rich}" count="1"><rv s="0"><v>0</v><v>5</v></rv></rvData>'
            ).encode(),
            "xl/richData/richValueRel.xml": (
                f'<richValueRels xmlns="{links}" xmlns:r="{OFFICE}"><rel r:id="rId1"/></richValueRels>'
            ).encode(),
            "xl/richData/_rels/richValueRel.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/image" '
                'Target="../media/i.jpg"/></Relationships>'
            ).encode(),
            "xl/media/i.jpg": photo,
        },
    )
    (picture,) = read(path).sheets[0].pictures
    assert (picture.row, picture.column, picture.media_type, picture.data) == (2, 2, "image/jpeg", photo)


def zipped(**parts: bytes) -> bytes:
    """A zip of parts; "__" in a name is a slash, a leading "_" a bracketed name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

UNREADABLE = {
    "empty file": (b"", Code.EMPTY),
    "nothing but noughts": (b"\0" * 4096, Code.EMPTY),
    "a picture renamed": (png(), Code.NOT_A_WORKBOOK),
    "a PDF renamed": (b"%PDF-1.7\n...", Code.NOT_A_WORKBOOK),
    "HTML saved as .xls": ("<html><table><tr><td>姓名</td></tr></table>".encode("gb18030"), Code.NOT_A_WORKBOOK),
    "XML spreadsheet 2003": (b"<?xml version='1.0'?><Workbook/>", Code.NOT_A_WORKBOOK),
    "a Word file": (zipped(**{"word__document.xml": b"<w/>"}), Code.NOT_A_WORKBOOK),
    "an archive of files": (zipped(**{"list.txt": b"a"}), Code.NOT_A_WORKBOOK),
    "half a zip": (zipped(**{"[Content_Types].xml": b"x" * 5000})[:200], Code.NOT_A_WORKBOOK),
    "an encrypted workbook": (OLE2 + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), Code.PASSWORD),
    "an encrypted ods": (
        zipped(
            mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
            **{"META-INF__manifest.xml": b"<manifest:encryption-data/>"},
        ),
        Code.PASSWORD,
    ),
    "an old Word file": (OLE2 + b"\0" * 512 + "WordDocument".encode("utf-16-le"), Code.NOT_A_WORKBOOK),
    "a broken .xls": (OLE2 + bytes(range(256)) * 8, Code.NOT_A_WORKBOOK),
    "a workbook without parts": (zipped(**{"[Content_Types].xml": b"", "xl__workbook.xml": b"<"}), Code.NOT_A_WORKBOOK),
    "bytes of no encoding": (b"\xff\xff\x80\x81abc,\xfe", Code.NOT_A_WORKBOOK),
    "bytes with noughts": (b"abc\0def" * 10, Code.NOT_A_WORKBOOK),
}


@pytest.mark.parametrize(("data", "code"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path, data: bytes, code: Code) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.finding.code is code
    assert raised.value.finding.hint
    assert pickle.loads(pickle.dumps(raised.value)).finding == raised.value.finding


def test_a_workbook_of_empty_sheets_is_empty(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(write(tmp_path / "a.xlsx", {"表": []}))
    assert raised.value.finding.code is Code.EMPTY


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_bytes=100),
        Limits(unpacked_bytes=1000),
        Limits(cells=5),
        Limits(sheets=1),
        Limits(ratio=1, ratio_from=100),
    ],
    ids=["file", "unpacked", "cells", "sheets", "ratio"],
)
def test_every_limit_is_kept(tmp_path: Path, limits: Limits) -> None:
    path = write(tmp_path / "a.xlsx", {"一": [("甲", "乙", "丙")] * 3, "二": [("丁",)]})
    with pytest.raises(Unreadable) as raised:
        read_workbook(path, limits)
    assert raised.value.finding.code is Code.TOO_LARGE


def test_a_stray_cell_far_out_is_named_before_the_grid_is_built(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [("甲",)]})
    workbook = openpyxl.load_workbook(path)
    workbook["表"]["XFD1048576"] = " "
    workbook.save(path)
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.finding.code is Code.TOO_LARGE
    assert "XFD1048576" in raised.value.finding.found


def test_formatted_empty_rows_cost_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"表": [("甲",)]})
    workbook = openpyxl.load_workbook(path)
    workbook["表"]["XFD1048576"].number_format = "@"
    workbook.save(path)
    assert read(path).sheets[0].grid == (("甲",),)


def test_a_panic_in_rust_is_an_ordinary_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As pyo3 raises it."""

    class Panicking:
        @staticmethod
        def from_filelike(_stream: object) -> None:
            raise PanicException("index out of bounds")

    monkeypatch.setattr(reader, "CalamineWorkbook", Panicking)
    with pytest.raises(Unreadable) as raised:
        read(write(tmp_path / "a.xlsx", {"表": [("甲",)]}))
    assert raised.value.finding.code is Code.NOT_A_WORKBOOK


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_delimited_text_in_every_usual_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "a.csv"
    text = f'姓名{separator}身份证号\r\n刘珺㛃{separator}"610202197803150019"\r\n'
    path.write_bytes(text.encode(encoding))
    sheet = read(path).sheets[0]
    assert sheet.grid == (("姓名", "身份证号"), ("刘珺㛃", "610202197803150019"))


@pytest.fixture(scope="module")
def older_formats(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workbook as .xls and .ods, written by LibreOffice."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("older")
    path = write(folder / "a.xlsx", {"表": [(), ("姓名", 14, date(2020, 4, 16), "610202197803150019")]})
    crossed_out = openpyxl.load_workbook(path)
    for size, place in enumerate(("A2", "B2", "G2"), start=12):  # the last one is empty
        crossed_out["表"][place].font = Font(name="宋体", size=size, strike=True)
    crossed_out.save(path)
    for suffix in ("xls", "ods"):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_older_formats_read_alike_whatever_their_name_says(older_formats: Path, tmp_path: Path, suffix: str) -> None:
    lying = tmp_path / "a.xlsx"
    lying.write_bytes((older_formats / f"a.{suffix}").read_bytes())
    row = read(lying).sheets[0].grid[1]
    assert row[:4] == ("姓名", 14, date(2020, 4, 16), "610202197803150019")


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_what_is_struck_through_is_seen_in_every_format(older_formats: Path, suffix: str) -> None:
    (struck,) = read(older_formats / f"a.{suffix}").remarks
    assert (struck.code, struck.sheet, struck.cell, struck.found) == (Code.STRUCK, "表", "A2", "A2、B2")


def test_a_forged_zip_directory_is_measured_too(tmp_path: Path) -> None:
    data = bytearray(zipped(**{"[Content_Types].xml": b"", "xl__workbook.xml": b"<workbook/>"}))
    size = data.rindex(b"PK\x01\x02") + 24
    data[size : size + 4] = struct.pack("<I", 2**31)
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(Unreadable) as raised:
        read(tmp_path / "a.xlsx")
    assert raised.value.finding.code is Code.TOO_LARGE
