"""The printed file: closed to the world, the same bytes every time, with signature fields where the seals go."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdf
import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.gate import check
from pipeline.rendering.metadata import AssociatedFile, Metadata
from pipeline.rendering.model import Para, Section, Shape
from tests.rendering.pages import characters
from tests.rendering.paper import BODY, Paper, seal_place
from tests.rendering.word import MM

FULL = Metadata(
    "关于推行“兼职委员”制度的通知",
    "中共铜川市王益区委组织部",
    "党建",
    ("通知", "兼职委员"),
    number="铜王组发〔2020〕50号",
    archival_code="D001-WS·2020-Y-ZZB-0001",
)


@pytest.fixture
def paper(book: FontBook) -> Paper:
    return Paper(book)


def test_the_text_can_be_read_back(paper: Paper) -> None:
    text = "中共铜川市王益区委组织部关于印发《意见》的通知（2020年）"
    printed = paper.print(paper.document(*paper.lines(text)))
    assert printed.complaints == ()
    reader = pypdf.PdfReader(BytesIO(printed.pdf))
    assert "".join(reader.pages[0].extract_text().split()) == text + "—1—"


def test_a_character_stands_where_the_composer_put_it(paper: Paper) -> None:
    wide = replace(BODY, spacing=3.0, scale=0.5)
    lines = paper.lines("印发", wide)
    found = characters(paper.print(paper.document(*lines)).pdf)
    assert found[0].x == pytest.approx(79.4 / MM, abs=0.02)
    assert found[1].x - found[0].x == pytest.approx((16 * 0.5 + 3) / MM, abs=0.02)
    assert found[0].width == pytest.approx(16 * 0.5 / MM, abs=0.02)


# --------------------------------------------------------------------------- what it says of itself


def test_info_and_xmp_say_the_same(paper: Paper) -> None:
    printed = paper.print(paper.document(*paper.lines("甲")), FULL)
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        xmp = pdf.open_metadata()
        assert str(pdf.docinfo["/Title"]) == xmp["dc:title"] == FULL.title
        assert str(pdf.docinfo["/Author"]) == FULL.author
        assert list(xmp["dc:creator"]) == [FULL.author]
        assert str(pdf.docinfo["/Subject"]) == xmp["dc:description"] == "党建"
        assert str(pdf.docinfo["/Keywords"]) == xmp["pdf:Keywords"] == "通知, 兼职委员"
        assert str(pdf.docinfo["/Creator"]) == xmp["xmp:CreatorTool"]
        assert str(pdf.docinfo["/Producer"]) == xmp["pdf:Producer"]
        assert xmp["pdfaid:part"] == "3"
        assert xmp["pdfaid:conformance"] == "U"
        assert str(pdf.Root.Lang) == "zh-CN"
        assert "/CreationDate" not in pdf.docinfo


def test_number_and_archival_code_stand_in_a_schema_the_file_declares(paper: Paper) -> None:
    document = paper.document(*paper.lines("甲"))
    printed = paper.print(document, FULL)
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        xmp = pdf.open_metadata()
        assert xmp["{urn:gongwen:da-t-46:2009:}archivalCode"] == FULL.archival_code
        assert xmp["{urn:gongwen:da-t-46:2009:}documentNumber"] == FULL.number
        packet = pdf.Root.Metadata.read_bytes().decode()
    assert packet.count("<pdfaProperty:name>") == 2
    assert "M8 档号" in packet
    assert check(document, printed, paper.usage) == ()


def test_words_that_are_markup_are_written_as_words(paper: Paper) -> None:
    printed = paper.print(paper.document(*paper.lines("甲")), Metadata("甲&乙<丙>", number="<b>"))
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        assert pdf.open_metadata()["dc:title"] == "甲&乙<丙>"


def test_pdf_a_2u_on_request(paper: Paper) -> None:
    document = paper.document(*paper.lines("甲"), shapes=[seal_place()])
    printed = paper.print(document, replace(FULL, level="2u"))
    assert check(document, printed, paper.usage) == ()
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        assert pdf.open_metadata()["pdfaid:part"] == "2"


def test_the_word_file_and_the_record_ride_inside_where_the_office_wants_it(paper: Paper) -> None:
    word = AssociatedFile("通知.docx", b"PK the Word file", "application/zip", "Source", "合成后的 Word 文件")
    record = AssociatedFile("record.json", b"{}", "application/json", "Data")
    document = paper.document(*paper.lines("甲"))
    printed = paper.print(document, replace(FULL, files=(word, record)))
    assert check(document, printed, paper.usage) == ()
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        assert {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()} == {
            "通知.docx": b"PK the Word file",
            "record.json": b"{}",
        }
        assert [str(each.AFRelationship) for each in pdf.Root.AF] == ["/Data", "/Source"]
    assert printed.pdf == paper.print(document, replace(FULL, files=(record, word))).pdf


def test_page_labels_are_the_numbers_on_the_pages(paper: Paper) -> None:
    page = (595.3, 841.9, 104.9, 73.7, 99.2, 79.4)
    break_before = Para(paper.lines("乙"), page_break_before=True)
    roman = Section(*page, (Para(paper.lines("甲")), break_before), number_format="lowerRoman", first_page_number=3)
    plain = Section(*page, (Para(paper.lines("丙")), break_before), first_page_number=1)
    document = replace(paper.document(), sections=(roman, plain))
    with pikepdf.open(BytesIO(paper.print(document).pdf)) as pdf:
        assert [page.label for page in pdf.pages] == ["iii", "iv", "1", "2"]


def test_a_heading_that_runs_on_is_cut_at_its_first_stop_in_the_outline(paper: Paper) -> None:
    heading = Para(paper.lines("一、提高认识。各社区党组织要高度重视"), outline=1)
    printed = paper.print(paper.blocks(heading, Para(paper.lines("正文")), heading))
    outline = pypdf.PdfReader(BytesIO(printed.pdf)).outline
    assert [each.title for each in outline] == ["一、提高认识", "一、提高认识"]  # type: ignore[union-attr]


# --------------------------------------------------------------------------- the same again


SCRIPT = """
import hashlib
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import TextStyle
from tests.rendering.paper import Paper, seal_place
paper = Paper(FontBook.open())
bold = TextStyle("仿宋_GB2312", "Arial", 16, bold=True, italic=True)
lines = (*paper.lines("国家玥☐ 2020年“兼职委员”"), *paper.lines("粗体 bold", bold))
print(hashlib.sha256(paper.print(paper.document(*lines, shapes=[seal_place()])).pdf).hexdigest())
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


def test_printing_twice_gives_the_same_bytes(paper: Paper) -> None:
    document = paper.document(*paper.lines("甲"))
    one, two = paper.print(document), paper.print(document)
    assert hashlib.sha256(one.pdf).digest() == hashlib.sha256(two.pdf).digest()


# --------------------------------------------------------------------------- closed to the world


def picture(data: bytes) -> Shape:
    return Shape("picture", 20 * MM, 20 * MM, "margin", "margin", picture=data, media_type="image/png")


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>'],
)
def test_a_picture_that_is_none_or_leads_elsewhere_is_a_complaint(paper: Paper, data: bytes) -> None:
    printed = paper.print(paper.document(*paper.lines("甲"), shapes=[picture(data)]))
    assert len(printed.complaints) == 1


def test_a_page_without_a_word_prints(paper: Paper) -> None:
    assert paper.print(replace(paper.document(), sections=(Section(595, 842, 90, 90, 90, 90, ()),))).pages == 1


@pytest.mark.parametrize(("mode", "form"), [("RGB", "PNG"), ("RGBA", "PNG"), ("L", "PNG"), ("RGB", "JPEG")])
def test_a_picture_is_shown_and_not_interpolated(paper: Paper, mode: str, form: str) -> None:
    buffer = BytesIO()
    Image.new(mode, (4, 4), "red").save(buffer, form)
    printed = paper.print(paper.document(*paper.lines("甲"), shapes=[picture(buffer.getvalue())]))
    assert printed.complaints == ()
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
        assert {bool(image.Interpolate) for image in images} == {False}
        (shown,) = (image for image in images if "/SMask" in image or len(images) == 1)
        pixel = pikepdf.PdfImage(shown).as_pil_image().convert("RGB").getpixel((1, 1))
        assert pixel == pytest.approx((76, 76, 76) if mode == "L" else (255, 0, 0), abs=2)


# --------------------------------------------------------------------------- signature fields


def test_a_place_becomes_an_empty_signature_field_at_that_very_place(paper: Paper) -> None:
    printed = paper.print(
        paper.document(*paper.lines("甲"), shapes=[seal_place(left=60, top=30, description="印章：区委组织部")])
    )
    [box] = printed.boxes
    stroke = 0.5 / MM
    assert (box.name, box.page) == ("seal:issuer", 1)
    left, top = 79.4 / MM + 60 - stroke / 2, 104.9 / MM + 30 - stroke / 2
    assert (box.left, box.top) == (pytest.approx(left, abs=0.01), pytest.approx(top, abs=0.01))
    assert (box.width, box.height) == (pytest.approx(42 + stroke, abs=0.01), pytest.approx(42 + stroke, abs=0.01))

    [(name, value, reference)] = enumerate_sig_fields(PdfFileReader(BytesIO(printed.pdf)))
    assert (name, value) == ("seal:issuer", None)
    field = reference.get_object()
    bottom = 841.9 - (top + 42 + stroke) * MM
    expected = [left * MM, bottom, (left + 42 + stroke) * MM, bottom + (42 + stroke) * MM]
    assert [float(edge) for edge in field["/Rect"]] == pytest.approx(expected, abs=0.05)
    assert list(field["/AP"].keys()) == ["/N"]
    assert field["/TU"] == "印章：区委组织部"


def test_fields_are_found_on_every_page_and_their_names_are_unique(paper: Paper) -> None:
    one = Para(paper.lines("甲"), shapes=(seal_place("signature:负责人"),))
    two = Para(paper.lines("乙"), shapes=(seal_place("signature:负责人"),), page_break_before=True)
    printed = paper.print(paper.blocks(one, two))
    assert [(box.name, box.page) for box in printed.boxes] == [("signature:负责人", 1), ("signature:负责人 2", 2)]
    names = [name for name, _value, _reference in enumerate_sig_fields(PdfFileReader(BytesIO(printed.pdf)))]
    assert names == ["signature:负责人", "signature:负责人 2"]
