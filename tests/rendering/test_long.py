"""Word files that are long in one way or another: printed whole, with every word, on as many pages as they take."""

from __future__ import annotations

import pytest

from pipeline.rendering import FontBook, Metadata, Printed, render
from tests.rendering.word import Word, cell, paragraph, row, table

SENTENCE = "各单位要高度重视，认真组织实施，确保各项任务（包括报表、台账）按时完成；逾期未报的，予以通报。"


def printed(book: FontBook, body: str) -> Printed:
    """Strictly: refused nothing, and the gate has no objection."""
    return render(Word(body).bytes(), book=book, metadata=Metadata("题名", "机关"))


def test_a_paragraph_of_twelve_thousand_characters(book: FontBook) -> None:
    words = (SENTENCE * 300)[:12_000]
    whole = printed(book, paragraph(words))
    assert whole.report.text.replace("\n", "") == words
    assert whole.report.pages >= 12_000 / (22 * 28)


def test_a_line_with_a_hundred_thousand_blanks_at_its_end(book: FontBook) -> None:
    assert printed(book, paragraph("甲" + " " * 100_000)).report.pages == 1


def test_a_cell_merged_over_thirty_pages(book: FontBook) -> None:
    first = [cell(paragraph("并"), properties='<w:vMerge w:val="restart"/>')]
    merged = first + [cell(properties="<w:vMerge/>")] * 719
    rows = [row(each, cell(paragraph(f"{index}行"))) for index, each in enumerate(merged)]
    whole = printed(book, table((2000, 4000), *rows))
    assert 33 <= whole.report.pages <= 36
    assert "719行" in whole.report.text


@pytest.mark.parametrize("depth", [1, 20])
def test_tables_within_tables(book: FontBook, depth: int) -> None:
    inner = paragraph("芯")
    for level in range(depth):
        inner = table((8000 - 200 * level,), row(cell(inner + paragraph(), width=8000 - 200 * level)))
    assert "芯" in printed(book, inner + paragraph()).report.text


def test_rows_that_lack_cells(book: FontBook) -> None:
    """Each row begins a column further in. A row is 29.95 pt high with its border: 21 on a page."""
    rows = [row(cell(paragraph(f"{index}")), properties=f'<w:gridBefore w:val="{index % 3}"/>') for index in range(150)]
    assert printed(book, table((1500, 1500, 1500), *rows)).report.pages == 8
