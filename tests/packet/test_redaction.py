"""Personal numbers are taken out of the Word file, however Word cut it into runs, and are missed nowhere."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.packet.redaction import BLOCK, blacked, blacked_docx, leaks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ID, MOBILE, DESK = "610203197205124019", "13891902345", "0919-2180001"


def docx(*runs: str) -> bytes:
    """A Word file of one paragraph in these runs."""
    pieces = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        body = f"<w:body><w:p>{pieces}</w:p></w:body>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}">{body}</w:document>')
        archive.writestr("docProps/core.xml", f"<title>{MOBILE}</title>")
    return written.getvalue()


def text(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return re.sub("<[^>]*>", "", archive.read("word/document.xml").decode().partition("?>")[2]).strip()


@given(st.lists(st.integers(0, 60), max_size=6))
def test_a_number_goes_wherever_word_cut_it(cuts: list[int]) -> None:
    whole = f"电话{MOBILE}、{DESK}，身份证{ID}，2021年，编号60"
    places = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    runs = [whole[start:end] for start, end in itertools.pairwise(places)]
    left = text(blacked_docx(docx(*runs), frozenset(), pictures=False))
    assert left == f"电话{BLOCK * 5}、{BLOCK * 6}，身份证{BLOCK * 9}，2021年，编号60"


def test_a_value_that_looks_like_none_goes_by_its_field() -> None:
    assert text(blacked_docx(docx("内线", "80", "01转"), frozenset({"8001"}), pictures=False)) == f"内线{BLOCK * 2}转"


@pytest.mark.parametrize("plain", ["铜王组发〔2020〕50号", "20210316", "D001-WS·2021-Y-TYS-0001", "91610203MA6X12345K"])
def test_what_is_no_personal_number_stays(plain: str) -> None:
    assert blacked(plain, ()) == plain


@pytest.mark.parametrize("hidden", ["text", "stream", "string", "attachment"])
def test_a_value_is_found_wherever_a_pdf_hides_it(hidden: str) -> None:
    document = pikepdf.new()
    page = document.add_blank_page()
    if hidden == "text":
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Contents = document.make_stream(f"BT /F 9 Tf ({MOBILE[:5]}) Tj ({MOBILE[5:]}) Tj ET".encode())
    elif hidden == "stream":
        document.Root.PieceInfo = document.make_stream(f"<x>{MOBILE}</x>".encode())
    elif hidden == "string":
        document.docinfo["/Title"] = pikepdf.String(f"电话{MOBILE}")
    else:
        document.attachments["记录.json"] = f'{{"phone": "{MOBILE}"}}'.encode()
    written = BytesIO()
    document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    assert leaks(written.getvalue(), {MOBILE, ID}) == (MOBILE,)
