"""Damaged and hostile Word files: they are laid out or refused, never a crash, never without an end."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.core.errors import CannotRender
from pipeline.rendering.boxes import boxes_of
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.layout import lay_out
from pipeline.rendering.ooxml import Package
from pipeline.rendering.source import read_source
from pipeline.rendering.typecase import Typecase
from pipeline.rendering.usage import Usage
from tests.rendering.test_numbering import OFFICIAL, item
from tests.rendering.test_shapes import anchor, graphic, pict, png, position
from tests.rendering.word import ALL_BORDERS, Word, cell, field_code, paragraph, row, table, zipped

BODY = (
    item("标题")
    + item("子", 1)
    + f'<w:p><w:pPr><w:ind w:leftChars="100" w:firstLine="640"/><w:tabs><w:tab w:val="right" w:pos="8000"/></w:tabs>'
    f'<w:jc w:val="distribute"/></w:pPr><w:r><w:t>正文</w:t><w:tab/><w:t>abc</w:t></w:r>{field_code("PAGE")}</w:p>'
    + table(
        (2000, 3000),
        row(cell(paragraph("甲"), properties='<w:gridSpan w:val="2"/>'), properties='<w:trHeight w:val="600"/>'),
        row(cell(properties='<w:vMerge w:val="restart"/>'), cell(paragraph("乙"))),
        row(
            cell(properties="<w:vMerge/>"),
            cell(properties='<w:tcBorders><w:top w:val="double" w:sz="4"/></w:tcBorders>'),
        ),
        properties=f'<w:tblW w:w="5000" w:type="pct"/><w:tblInd w:w="100" w:type="dxa"/><w:tblBorders>{ALL_BORDERS}'
        "</w:tblBorders>",
    )
    + f"<w:p>{anchor(graphic('ellipse', paragraph('盒')), width=42, height=42, x=position('H', 'page', 50))}</w:p>"
    + "<w:p>"
    + pict('<v:line style="position:absolute" from="0,0"/>')
    + "</w:p>"
)
WORD = Word(
    BODY,
    numbering=OFFICIAL,
    section='<w:pgNumType w:start="3"/><w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>',
    parts={"media/image1.png": png()},
)
PARTS = dict(Package.open(WORD.bytes()).parts)
DOCUMENT = PARTS["word/document.xml"].decode()
VALUES = [match.span(1) for match in re.finditer(r'="([^"]*)"', DOCUMENT) if "http" not in match[1]]
ELEMENTS = [match.span() for match in re.finditer(r"<w:(\w+)[^<>]*/>|<w:(\w+)>[^<>]*</w:\2>", DOCUMENT)]

ODD_VALUES = st.sampled_from(
    ["", "0", "-1", "1", "2", "63", "31680", "99999999999", "-99999", "abc", "0.5", "nan", "１２", "12.95pt", "on"]
)


def survives(book: FontBook, document: str) -> None:
    try:
        model = lay_out(read_source(zipped(PARTS | {"word/document.xml": document.encode()})), book, Usage())
        boxes_of(model, Typecase(()), lambda _picture: None)
    except CannotRender as refused:
        assert refused.what


@pytest.mark.parametrize("value", ["99999999999", "-1"])
def test_extreme_values_everywhere(book: FontBook, value: str) -> None:
    for begin, end in VALUES:
        survives(book, DOCUMENT[:begin] + value + DOCUMENT[end:])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(VALUES), ODD_VALUES), min_size=1, max_size=4))
def test_odd_values_in_attributes(book: FontBook, changes: list[tuple[tuple[int, int], str]]) -> None:
    document = DOCUMENT
    for (begin, end), value in sorted(dict(changes).items(), reverse=True):
        document = document[:begin] + value + document[end:]
    survives(book, document)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ELEMENTS), st.sampled_from(ELEMENTS))
def test_elements_in_the_wrong_place(book: FontBook, taken: tuple[int, int], put: tuple[int, int]) -> None:
    piece = DOCUMENT[taken[0] : taken[1]]
    survives(book, DOCUMENT[: put[0]] + piece + DOCUMENT[put[0] :])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(WORD.bytes()) - 1), st.integers(0, 255))
def test_a_byte_is_wrong(book: FontBook, place: int, byte: int) -> None:
    data = bytearray(WORD.bytes())
    data[place] = byte
    try:
        lay_out(read_source(bytes(data)), book, Usage())
    except CannotRender as refused:
        assert refused.what
