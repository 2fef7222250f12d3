"""The gate lets a faithful PDF through, and every kind of damage it is there for stops at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from pipeline.rendering.archival import faults
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.gate import Objection, check
from pipeline.rendering.metadata import Metadata
from pipeline.rendering.model import Cell, Document, Para, Refusal, Shape, Table, TableRow
from pipeline.rendering.pdf import PrintedPages
from pipeline.rendering.usage import Usage
from tests.rendering.paper import BODY, FRAME, Paper, seal_place, with_lines, without

TEXT = (
    "各社区党组织，各驻区单位党组织：现将《关于推行“兼职委员”制度的意见》（试行）印发给你们，请认真执行。2020年4月16日"
)


@pytest.fixture
def paper(book: FontBook) -> Paper:
    return Paper(book)


def checks(objections: tuple[Objection, ...]) -> set[str]:
    return {objection.check for objection in objections}


def test_a_faithful_print_passes(paper: Paper) -> None:
    document = paper.document(*paper.lines(TEXT), shapes=[seal_place()])
    assert check(document, paper.print(document), paper.usage) == ()


def test_bold_fallbacks_and_boxes_pass_too(paper: Paper) -> None:
    document = paper.document(*paper.lines("赵玥☐是☑否①", replace(BODY, bold=True)))
    assert check(document, paper.print(document), paper.usage) == ()


def test_narrowed_marks_are_no_overlap(paper: Paper) -> None:
    document = paper.document(
        *paper.lines("根据《章程》（试行），“二”", frame=replace(FRAME, compress_punctuation=True))
    )
    assert check(document, paper.print(document), paper.usage) == ()


# --------------------------------------------------------------------------- what pages repeat


def test_a_running_head_and_page_numbers_on_every_page_pass(paper: Paper) -> None:
    document = paper.document(*paper.lines(TEXT * 30), head=paper.lines("机密文件"))
    printed = paper.print(document)
    assert printed.pages > 1
    assert check(document, printed, paper.usage) == ()


def test_a_running_head_that_is_not_printed_is_missed(paper: Paper) -> None:
    head, lines = paper.lines("机密文件"), paper.lines(TEXT)
    document = paper.document(*lines, head=head)
    printed = paper.print(paper.document(*lines))
    assert [each.message for each in check(document, printed, paper.usage)] == ["页眉没有印出来"]


def test_a_table_head_repeated_on_the_next_page_passes(paper: Paper) -> None:
    head, rows = paper.lines("姓名"), paper.lines("赵一\u3000" * 300)
    table = Table(
        (300.0,),
        (
            TableRow((Cell((Para(head),), 0),), header=True),
            *(TableRow((Cell((Para((line,)),), 0),)) for line in rows),
        ),
    )
    document = paper.blocks(table)
    printed = paper.print(document)
    assert printed.pages > 1
    assert check(document, printed, paper.usage) == ()


# --------------------------------------------------------------------------- damage


def test_a_word_lost_before_the_lines_were_set(paper: Paper) -> None:
    document = paper.document(*paper.lines(TEXT))
    missing = replace(document, text=document.text + "赵")
    objections = check(missing, paper.print(document), paper.usage)
    assert [objection.message for objection in objections] == ["排版丢失了这些字：赵"]


def test_a_line_that_does_not_reach_the_paper(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    document = paper.document(*lines)
    objections = check(document, paper.print(without(document, lines[-1])), paper.usage)
    assert checks(objections) == {"words"}
    assert all(character in objections[0].message for character in lines[-1].text)


def test_a_line_that_is_printed_twice(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    document = paper.document(*lines)
    objections = check(document, paper.print(with_lines(document, [*lines, lines[-1]])), paper.usage)
    assert [objection.message[:9] for objection in objections] == ["纸面上多出了这些字"]


def test_text_over_the_edge_of_the_paper(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    document = paper.document(*lines)
    pushed = with_lines(document, [replace(line, x=line.x + 170) for line in lines])
    objections = check(document, paper.print(pushed), paper.usage)
    assert checks(objections) == {"geometry"}
    assert objections[0].page == 1
    assert "超出纸边" in objections[0].message


def test_text_on_text(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    document = paper.document(*lines)
    squeezed = with_lines(document, [replace(lines[0], height=5.0), *lines[1:]])
    objections = check(document, paper.print(squeezed), paper.usage)
    assert checks(objections) == {"geometry"}
    assert "文字重叠" in objections[0].message


def test_a_character_without_a_font(paper: Paper) -> None:
    document = paper.document(*paper.lines("甲\U000e0041"))
    assert "glyphs" in checks(check(document, paper.print(document), paper.usage))


def test_a_refused_construct_is_named_with_its_place(paper: Paper) -> None:
    document = paper.document(*paper.lines(TEXT))
    printed = paper.print(document)
    document = replace(document, refusals=(Refusal("公式", "word/document.xml", "第二条", "请改成文字。"),))
    [objection] = check(document, printed, paper.usage)
    assert objection.message == "不能如实打印：公式（word/document.xml），在“第二条”附近。请改成文字。"


def test_what_the_printer_complains_of(paper: Paper) -> None:
    no_picture = Shape("picture", 50.0, 50.0, "margin", "margin", picture=b"no picture", media_type="image/png")
    document = paper.document(*paper.lines(TEXT), shapes=[no_picture])
    assert checks(check(document, paper.print(document), paper.usage)) == {"printing"}


# --------------------------------------------------------------------------- PDF/A


Spoil = Callable[[pikepdf.Pdf], None]


def spoiled(printed: PrintedPages, spoil: Spoil) -> PrintedPages:
    buffer = BytesIO()
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        spoil(pdf)
        pdf.save(buffer, fix_metadata_version=False)
    return replace(printed, pdf=buffer.getvalue())


def font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def no_output_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def another_colour_profile(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(b"no profile")


def no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def undeclared_property(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"name>archivalCode<", b"name>somethingElse<")
    pdf.Root.Metadata.write(packet)


def foreign_property(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"xmp:CreatorTool", b"xmp:Mood")
    pdf.Root.Metadata.write(packet)


def no_appearance(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].AP


def hidden_field(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].F = 2


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def transparent(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ExtGState["/a1"] = pikepdf.Dictionary(ca=0.5, TR=pikepdf.Name.Identity)


def interpolated(pdf: pikepdf.Pdf) -> None:
    image = pikepdf.Stream(pdf, b"\0\0\0", Width=1, Height=1, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB)
    image.Type, image.Subtype, image.Interpolate = pikepdf.Name.XObject, pikepdf.Name.Image, True
    pdf.pages[0].Resources.XObject["/i1"] = pdf.make_indirect(image)


def wrong_widths(pdf: pikepdf.Pdf) -> None:
    font(pdf).DescendantFonts[0].W[1][0] = 333


def no_font_program(pdf: pikepdf.Pdf) -> None:
    del font(pdf).DescendantFonts[0].FontDescriptor.FontFile3


def another_font_program(pdf: pikepdf.Pdf) -> None:
    font(pdf).DescendantFonts[0].FontDescriptor.FontFile3.write(b"OTTO, but no font")


def file_of_no_one(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, b"notes")


@pytest.mark.parametrize(
    "spoil",
    [
        no_output_intent,
        another_colour_profile,
        no_metadata,
        undeclared_property,
        foreign_property,
        no_appearance,
        hidden_field,
        script,
        transparent,
        interpolated,
        wrong_widths,
        no_font_program,
        another_font_program,
        file_of_no_one,
    ],
    ids=lambda each: each.__name__,
)
def test_a_file_that_breaks_pdf_a(paper: Paper, spoil: Spoil) -> None:
    document: Document = paper.document(*paper.lines(TEXT), shapes=[seal_place()])
    printed = paper.print(document, Metadata("题名", archival_code="D001-WS·2020-Y-ZZB-0001"))
    usage: Usage = paper.usage
    for _again in range(2):  # a file that passed makes no other pass
        assert check(document, spoiled(printed, lambda _pdf: None), usage) == ()
        assert "pdf-a" in checks(check(document, spoiled(printed, spoil), usage))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [(b"0 0 0 rg\n/F0", b"/Perceptual ri\n/F0"), (b"BT ", b"q q q BT "), (b"ET\n", b"ET BI /W 1 ID x EI\n")],
)
def test_what_we_never_write_into_a_page_is_not_guessed_at(paper: Paper, wrong: bytes, right: bytes) -> None:
    document = paper.document(*paper.lines(TEXT))
    printed = paper.print(document)

    def other(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[0].obj.Contents
        plain = content.read_bytes().replace(b"BT\n", b"BT ")
        assert wrong in plain
        content.write(plain.replace(wrong, right))

    objections = check(document, spoiled(printed, other), paper.usage)
    assert checks(objections) == {"pdf-a"}


def test_a_file_that_declares_no_level_is_no_archival_file() -> None:
    with pikepdf.new() as pdf:
        assert len(list(faults(pdf, b"%PDF-1.7"))) == 1
