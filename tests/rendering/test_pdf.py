"""The printed file: closed to the world, the same bytes every time, with signature fields where the seals go."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from io import BytesIO

import pikepdf
import pypdf
import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import FieldPlace
from pipeline.rendering.pdf import Metadata
from tests.rendering.paper import Paper, html_of, seal_place


@pytest.fixture
def paper(book: FontBook) -> Paper:
    return Paper(book)


def test_the_text_can_be_read_back(paper: Paper) -> None:
    text = "中共铜川市王益区委组织部关于印发《意见》的通知（2020年）"
    printed = paper.print(html_of(paper.lines(text)))
    assert printed.complaints == ()
    reader = pypdf.PdfReader(BytesIO(printed.pdf))
    shown = "".join(reader.pages[0].extract_text().split())
    assert shown == text + "—1—" or shown == "—1—" + text


def test_title_and_author_stand_in_info_and_xmp_alike(paper: Paper) -> None:
    metadata = Metadata("关于推行“兼职委员”制度的通知", "中共铜川市王益区委组织部", "党建", ("通知", "兼职委员"))
    printed = paper.print(html_of(paper.lines("甲")), metadata=metadata)
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        xmp = pdf.open_metadata()
        assert str(pdf.docinfo["/Title"]) == xmp["dc:title"] == metadata.title
        assert str(pdf.docinfo["/Author"]) == metadata.author
        assert list(xmp["dc:creator"]) == [metadata.author]
        assert str(pdf.docinfo["/Subject"]) == xmp["dc:description"] == "党建"
        assert str(pdf.docinfo["/Keywords"]) == xmp["pdf:Keywords"] == "通知, 兼职委员"
        assert xmp["pdfaid:part"] == "3"
        assert xmp["pdfaid:conformance"] == "U"
        assert str(pdf.Root.Lang) == "zh-CN"
        assert "/CreationDate" not in pdf.docinfo


SCRIPT = """
import hashlib
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import FieldPlace, TextStyle
from tests.rendering.paper import Paper, html_of, seal_place
paper = Paper(FontBook.open())
bold = TextStyle("仿宋_GB2312", "Arial", 16, bold=True, italic=True)
lines = (*paper.lines("国家玥☐ 2020年“兼职委员”"), *paper.lines("粗体 bold", bold))
html = html_of(lines) + seal_place("field-1")
print(hashlib.sha256(paper.print(html, [FieldPlace("field-1", "seal:issuer")]).pdf).hexdigest())
"""


def test_two_processes_write_the_same_bytes() -> None:
    digests = set()
    for seed in ("1", "4711"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=environment, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_another_source_gives_another_identifier_only_by_its_digest(paper: Paper) -> None:
    html = html_of(paper.lines("甲"))
    one, two = paper.print(html), paper.print(html)
    assert hashlib.sha256(one.pdf).digest() == hashlib.sha256(two.pdf).digest()


# --------------------------------------------------------------------------- closed to the world


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1:1/x.png", "data:image/png;base64,AAAA", "gongwen:picture/none"],
)
def test_nothing_but_our_own_pictures_is_fetched(paper: Paper, address: str) -> None:
    printed = paper.print(html_of(paper.lines("甲")) + f'<img src="{address}">')
    assert len(printed.complaints) == 1


def test_the_fonts_of_the_machine_are_out_of_sight(paper: Paper) -> None:
    printed = paper.print('<p style="font-family:Noto Sans CJK SC">丁</p>')
    assert any("notdef" in complaint for complaint in printed.complaints)


def test_a_page_without_a_word_prints(paper: Paper) -> None:
    assert len(paper.print("").layout.pages) == 1


def test_the_environment_is_left_as_it_was(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/somewhere")
    paper.print(html_of(paper.lines("甲")))
    assert os.environ["FONTCONFIG_FILE"] == "/somewhere"


def test_a_picture_is_shown_and_not_interpolated(paper: Paper) -> None:
    buffer = BytesIO()
    Image.new("RGB", (4, 4), "red").save(buffer, "PNG")
    printed = paper.print('<img src="gongwen:picture/p1" style="width:20mm">', pictures={"p1": buffer.getvalue()})
    assert printed.complaints == ()
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
        assert [bool(image.Interpolate) for image in images] == [False]


# --------------------------------------------------------------------------- signature fields


def test_a_place_becomes_an_empty_signature_field_at_that_very_place(paper: Paper) -> None:
    html = html_of(paper.lines("甲")) + seal_place("field-1", "left:60mm;top:30mm")
    printed = paper.print(html, [FieldPlace("field-1", "seal:issuer", "印章：区委组织部")])
    [box] = printed.boxes
    assert (box.name, box.page) == ("seal:issuer", 1)
    assert (box.left, box.top, box.width, box.height) == pytest.approx((28 + 60, 37 + 30, 42, 42), abs=0.01)

    [(name, value, reference)] = enumerate_sig_fields(PdfFileReader(BytesIO(printed.pdf)))
    assert (name, value) == ("seal:issuer", None)
    field = reference.get_object()
    points = 72 / 25.4
    expected = [88 * points, (297 - 67 - 42) * points, (88 + 42) * points, (297 - 67) * points]
    assert [float(edge) for edge in field["/Rect"]] == pytest.approx(expected, abs=0.05)
    assert list(field["/AP"].keys()) == ["/N"]
    assert field["/TU"] == "印章：区委组织部"


def test_fields_are_found_on_every_page_and_their_names_are_unique(paper: Paper) -> None:
    second = '<div style="break-before:page">' + html_of(paper.lines("乙")) + seal_place("field-2") + "</div>"
    html = html_of(paper.lines("甲")) + seal_place("field-1") + second
    places = [FieldPlace("field-1", "signature:负责人"), FieldPlace("field-2", "signature:负责人")]
    printed = paper.print(html, places)
    assert [(box.name, box.page) for box in printed.boxes] == [("signature:负责人", 1), ("signature:负责人 2", 2)]
    names = [name for name, _value, _reference in enumerate_sig_fields(PdfFileReader(BytesIO(printed.pdf)))]
    assert names == ["signature:负责人", "signature:负责人 2"]


def test_a_place_on_no_page_is_a_complaint(paper: Paper) -> None:
    printed = paper.print(html_of(paper.lines("甲")), [FieldPlace("field-9", "seal:issuer")])
    assert printed.boxes == ()
    assert len(printed.complaints) == 1
