"""The gate lets a faithful PDF through, and every kind of damage it is there for stops at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.gate import Objection, check
from pipeline.rendering.model import Document, FieldPlace, Refusal
from pipeline.rendering.pdf import PrintedPages
from pipeline.rendering.usage import Usage
from tests.rendering.paper import BODY, FRAME, Paper, html_of, seal_place

TEXT = (
    "各社区党组织，各驻区单位党组织：现将《关于推行“兼职委员”制度的意见》（试行）印发给你们，请认真执行。2020年4月16日"
)


@pytest.fixture
def paper(book: FontBook) -> Paper:
    return Paper(book)


def checks(objections: tuple[Objection, ...]) -> set[str]:
    return {objection.check for objection in objections}


def test_a_faithful_print_passes(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    printed = paper.print(html_of(lines) + seal_place("field-1"), [FieldPlace("field-1", "seal:issuer")])
    assert check(paper.document(*lines), printed, paper.usage) == ()


def test_bold_fallbacks_and_boxes_pass_too(paper: Paper) -> None:
    lines = paper.lines("赵玥☐是☑否①", replace(BODY, bold=True))
    assert check(paper.document(*lines), paper.print(html_of(lines)), paper.usage) == ()


def test_narrowed_marks_are_no_overlap(paper: Paper) -> None:
    lines = paper.lines("根据《章程》（试行），“二”", frame=replace(FRAME, compress_punctuation=True))
    assert check(paper.document(*lines), paper.print(html_of(lines)), paper.usage) == ()


# --------------------------------------------------------------------------- what pages repeat


def test_a_running_head_and_page_numbers_on_every_page_pass(paper: Paper) -> None:
    head, lines = paper.lines("机密文件"), paper.lines(TEXT * 30)
    printed = paper.print(f'<div class="head">{html_of(head)}</div>' + html_of(lines))
    assert len(printed.layout.pages) > 1
    assert check(paper.document(*lines, head=head), printed, paper.usage) == ()


def test_a_running_head_that_is_not_printed_is_missed(paper: Paper) -> None:
    head, lines = paper.lines("机密文件"), paper.lines(TEXT)
    objections = check(paper.document(*lines, head=head), paper.print(html_of(lines)), paper.usage)
    assert [objection.message for objection in objections] == ["页眉没有印出来"]


def test_a_table_head_repeated_on_the_next_page_passes(paper: Paper) -> None:
    head, rows = paper.lines("姓名"), paper.lines("赵一\u3000" * 300)
    cells = "".join(f"<tr><td>{html_of([line])}</td></tr>" for line in rows)
    html = f"<table><thead><tr><td>{html_of(head)}</td></tr></thead><tbody>{cells}</tbody></table>"
    printed = paper.print(html)
    assert len(printed.layout.pages) > 1
    assert check(paper.document(*head, *rows), printed, paper.usage) == ()


# --------------------------------------------------------------------------- damage


def test_a_word_lost_before_the_lines_were_set(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    paper.words += "赵"
    objections = check(paper.document(*lines), paper.print(html_of(lines)), paper.usage)
    assert [objection.message for objection in objections] == ["排版丢失了这些字：赵"]


def test_a_line_that_does_not_reach_the_paper(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    objections = check(paper.document(*lines), paper.print(html_of(lines[:-1])), paper.usage)
    assert checks(objections) == {"words"}
    assert all(character in objections[0].message for character in lines[-1].text)


def test_a_line_that_is_printed_twice(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    objections = check(paper.document(*lines), paper.print(html_of([*lines, lines[-1]])), paper.usage)
    assert [objection.message[:9] for objection in objections] == ["纸面上多出了这些字"]


def test_text_over_the_edge_of_the_paper(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    pushed = f'<div style="margin-left:60mm">{html_of(lines)}</div>'
    objections = check(paper.document(*lines), paper.print(pushed), paper.usage)
    assert checks(objections) == {"geometry"}
    assert objections[0].page == 1
    assert "超出纸边" in objections[0].message


def test_text_on_text(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    on_top = f'<div style="position:absolute;top:3mm;left:0">{html_of(lines[1:2])}</div>'
    html = html_of(lines[:1]) + on_top + f'<div style="margin-top:30mm">{html_of(lines[2:])}</div>'
    objections = check(paper.document(*lines), paper.print(html), paper.usage)
    assert checks(objections) == {"geometry"}
    assert "文字重叠" in objections[0].message


def test_a_character_without_a_font(paper: Paper) -> None:
    lines = paper.lines("甲\U000e0041")
    objections = check(paper.document(*lines), paper.print(html_of(lines)), paper.usage)
    assert "glyphs" in checks(objections)


def test_a_refused_construct_is_named_with_its_place(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    document = replace(
        paper.document(*lines), refusals=(Refusal("公式", "word/document.xml", "第二条", "请改成文字。"),)
    )
    [objection] = check(document, paper.print(html_of(lines)), paper.usage)
    assert objection.message == "不能如实打印：公式（word/document.xml），在“第二条”附近。请改成文字。"


def test_what_the_printer_complains_of(paper: Paper) -> None:
    lines = paper.lines(TEXT)
    printed = paper.print(html_of(lines) + '<img src="http://example.org/x.png">')
    assert checks(check(paper.document(*lines), printed, paper.usage)) == {"printing"}


# --------------------------------------------------------------------------- PDF/A


def spoiled(printed: PrintedPages, spoil: Callable[[pikepdf.Pdf], None]) -> PrintedPages:
    buffer = BytesIO()
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        spoil(pdf)
        pdf.save(buffer, fix_metadata_version=False)
    return replace(printed, pdf=buffer.getvalue())


def no_output_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def no_appearance(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].AP


def hidden_field(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots[0].F = 2


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def wrong_widths(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    font.DescendantFonts[0].W[1][0] = 333


@pytest.mark.parametrize(
    "spoil",
    [no_output_intent, no_metadata, no_appearance, hidden_field, script, wrong_widths],
    ids=lambda f: f.__name__,
)
def test_a_file_that_breaks_pdf_a(paper: Paper, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    lines = paper.lines(TEXT)
    printed = paper.print(html_of(lines) + seal_place("field-1"), [FieldPlace("field-1", "seal:issuer")])
    document: Document = paper.document(*lines)
    usage: Usage = paper.usage
    assert check(document, spoiled(printed, lambda _pdf: None), usage) == ()
    assert checks(check(document, spoiled(printed, spoil), usage)) == {"pdf-a"}
