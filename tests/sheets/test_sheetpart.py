"""A worksheet part tells the same however its program writes XML."""

from __future__ import annotations

import io
import re

import pytest
from lxml import etree

from pipeline.core.values import CellError, Formatted
from pipeline.sheets.cellscan import scan
from pipeline.sheets.overlooked import UNCALCULATED
from pipeline.sheets.sheetpart import SheetPart

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
USUAL = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="' + _MAIN + b'">'
    b'<sheetFormatPr defaultRowHeight="20"/><cols><col min="2" max="3" width="9" hidden="1"/></cols><sheetData>'
    b'<row r="2" ht="30.5" s="7" customFormat="1"><c r="A2" t="s"><v>0</v></c><c r="B2" s="7"><v>5</v></c></row>'
    b'<row r="3" hidden="1"><c r="A3" t="e"><v>#N/A</v></c><c r="B3"><f>A1+1</f></c><c r="C3" s="7"/></row>'
    b'<row r="7"><c r="A7"><f>1+1</f><v>2</v></c><c r="AB7" t="inlineStr"><is><t>row hidden="1"</t></is></c></row>'
    b'<row r="9"/></sheetData><conditionalFormatting sqref="A1"><cfRule s="7"><formula>1</formula></cfRule>'
    b"</conditionalFormatting></worksheet>"
)
SHOWN_AS_PERCENT = {"7": "0%"}


def prefixed(part: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=\w)", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")


@pytest.mark.parametrize(
    ("written", "is_plain"),
    [
        (USUAL, True),
        (USUAL[USUAL.index(b"<worksheet") :], True),
        (USUAL.replace(b"><row", b">\n  <row"), True),
        (USUAL.replace(b'"', b"'").replace(b"row hidden='1'", b'row hidden="1"'), False),
        (prefixed(USUAL), False),
        (re.sub(rb'<c r="(A[237])"', rb"<c", USUAL), False),
        (re.sub(rb'<row r="(3)"', rb"<row", USUAL), False),
        (USUAL.replace(b'<c r="AB7" t="inlineStr"', b'<c t="inlineStr" r="AB7"'), False),
        (USUAL.decode().replace("UTF-8", "UTF-16").encode("utf-16"), False),
    ],
)
def test_a_part_is_understood_however_it_is_written(written: bytes, is_plain: bool) -> None:
    part = SheetPart(lambda: io.BytesIO(written))
    assert (part.plain is not None) is is_plain
    assert (part.rows, part.columns) == (9, 28)
    assert part.hidden_rows == (3,)
    assert part.hidden_columns == (2, 3)
    assert {row: float(height) for row, height in part.heights.items()} == {2: 30.5}
    found = scan(part, SHOWN_AS_PERCENT).cells
    assert found == {(2, 2): Formatted(5.0, "500%"), (3, 1): CellError("#N/A"), (3, 2): CellError(UNCALCULATED)}


@pytest.mark.parametrize("cut", range(0, len(USUAL), 7))
def test_a_part_that_breaks_off_is_refused(cut: int) -> None:
    """What calamine made of its beginning would lack what we search for behind the break."""
    with pytest.raises(etree.XMLSyntaxError):
        SheetPart(lambda: io.BytesIO(USUAL[:cut]))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="str"><f>B1</f><v>x</f></c>',
        '<c r="A1" t="inlineStr"><is><t>刘</t>珺</is></t></c>',
        '<c r="A1" s=1><v>5</v></c>',
        '<c r="A1" s="1" "><v>5</v></c>',
    ],
)
def test_a_cell_that_is_no_xml_is_not_read_in_passing(cell: str) -> None:
    part = f'<worksheet xmlns="x"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'.encode()
    with pytest.raises(etree.XMLSyntaxError):
        SheetPart(lambda: io.BytesIO(part))
