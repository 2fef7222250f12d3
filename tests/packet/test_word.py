"""Personal numbers are taken out of the Word file, however Word cut them in pieces, and nothing else is changed."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.core.errors import CannotRender
from pipeline.packet import word
from pipeline.packet.personal import BLOCK, Personal
from pipeline.packet.word import blacked_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ID, MOBILE, DESK = "610203197205124019", "13891902345", "0919-2180001"
NOTHING_KNOWN = Personal()


def docx(*paragraphs: str, **parts: str) -> bytes:
    """A Word file of these paragraphs, in the XML of Word, and further parts by name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        body = f"<w:body>{''.join(paragraphs)}</w:body>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}">{body}</w:document>')
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def paragraph(*runs: str) -> str:
    """A paragraph of these runs; what begins with < is as Word has it."""
    told = (run if run.startswith("<") else f"<w:t>{run}</w:t>" for run in runs)
    return f"<w:p>{''.join(f'<w:r>{one}</w:r>' for one in told)}</w:p>"


def cells(*words: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{paragraph(one)}</w:tc>' for one in words)}</w:tr></w:tbl>"


def text(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return re.sub("<[^>]*>", "", archive.read("word/document.xml").decode().partition("?>")[2]).strip()


@given(st.lists(st.integers(0, 60), max_size=6))
def test_a_number_goes_wherever_word_cut_it(cuts: list[int]) -> None:
    whole = f"电话{MOBILE}、{DESK}，身份证{ID}，2021年，编号60"
    places = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    runs = [whole[start:end] for start, end in itertools.pairwise(places)]
    left = text(blacked_docx(docx(paragraph(*runs)), NOTHING_KNOWN, pictures=False))
    assert left == f"电话{BLOCK * 5}、{BLOCK * 6}，身份证{BLOCK * 9}，2021年，编号60"


@pytest.mark.parametrize(
    "broken",
    [
        paragraph("身份证", ID[:10], "<w:br/>", ID[10:], "，汉族"),
        paragraph("身份证", ID[:10], "<w:tab/>", ID[10:], "，汉族"),
        paragraph("身份证", ID[:6], "<w:noBreakHyphen/>", ID[6:], "，汉族"),
        paragraph("身份证", ID[:7]) + paragraph(ID[7:], "，汉族"),
        paragraph("身份证") + cells(ID[:6], ID[6:14], ID[14:]) + paragraph("，汉族"),
        paragraph("身份证") + cells(*ID) + paragraph("，汉族"),
    ],
)
def test_a_number_goes_that_lines_paragraphs_or_cells_cut_in_pieces(broken: str) -> None:
    left = text(blacked_docx(docx(broken), NOTHING_KNOWN, pictures=False))
    assert left == f"身份证{BLOCK * 9}，汉族"


def test_a_line_break_does_not_hide_a_number_behind_another() -> None:
    left = text(blacked_docx(docx(paragraph("编号60", "<w:br/>", MOBILE)), NOTHING_KNOWN, pictures=False))
    assert left == f"编号60{BLOCK * 5}"


def test_a_value_that_looks_like_none_goes_by_its_field() -> None:
    known = Personal(frozenset({"8001"}))
    left = text(blacked_docx(docx(paragraph("内线", "80", "01转")), known, pictures=False))
    assert left == f"内线{BLOCK * 2}转"


def test_the_clause_below_a_telephone_keeps_its_number() -> None:
    made = blacked_docx(docx(paragraph("联系电话0919-2180001"), paragraph("8.本协议")), NOTHING_KNOWN, pictures=False)
    assert text(made).replace(BLOCK, "") == "联系电话8.本协议"


def test_links_names_of_pictures_fields_and_properties_hold_none() -> None:
    link = paragraph(f'<w:instrText>HYPERLINK "tel:{MOBILE}"</w:instrText>')
    drawing = f'<w:p><w:r><w:drawing><x descr="{ID}的照片" title="{MOBILE}"/></w:drawing></w:r></w:p>'
    relations = f'<R><r Target="tel:{MOBILE}" TargetMode="External"/><r Target="media/1.png"/></R>'
    simple = f'<w:p><w:fldSimple w:instr=" HYPERLINK tel:{MOBILE} "/><w:bookmarkStart w:name="tel{MOBILE}"/></w:p>'
    parts = {"word/_rels/document.xml.rels": relations, "docProps/core.xml": f"<title>{MOBILE}</title>"}
    made = blacked_docx(docx(link, drawing, simple, **parts), NOTHING_KNOWN, pictures=False)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert MOBILE not in whole and ID not in whole
    assert "的照片" in whole and 'Target="media/1.png"' in whole


def test_another_word_that_changed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(characters: list[word._Character], _personal: Personal) -> None:
        for one in characters:
            if one.piece is not None:
                one.piece.text = (one.piece.text or "").replace(MOBILE, BLOCK * 5).replace("同意", "不同意")

    monkeypatch.setattr(word, "_black_out", careless)
    with pytest.raises(CannotRender):
        blacked_docx(docx(paragraph(f"同意，电话{MOBILE}")), NOTHING_KNOWN, pictures=False)


def test_a_lost_element_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(characters: list[word._Character], _personal: Personal) -> None:
        for piece in {one.piece for one in characters if one.piece is not None}:
            run = piece.getparent()
            assert isinstance(run, etree._Element)
            run.remove(next(run.iterchildren("{*}rPr")))

    monkeypatch.setattr(word, "_black_out", careless)
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>同意</w:t></w:r></w:p>"
    with pytest.raises(CannotRender):
        blacked_docx(docx(bold), NOTHING_KNOWN, pictures=False)
