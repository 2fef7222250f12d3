"""The structure of a printed paper: what a reading machine says aloud, and in which order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

import pikepdf

from pipeline.rendering import FontBook, Metadata, render
from tests.rendering.word import Word, cell, paragraph, row, table

HEADING = '<w:outlineLvl w:val="0"/>'


def printed(book: FontBook, word: Word) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(render(word.bytes(), book=book, metadata=Metadata("题名")).pdf))


def marks_of(pdf: pikepdf.Pdf) -> list[Counter[str]]:
    """How often each mark stands on each page: a number of the structure, or "artifact"."""
    pages = []
    for page in pdf.pages:
        found: Counter[str] = Counter()
        marks = re.findall(rb"(/\w+ BMC|/\w+ <</MCID \d+>> BDC|EMC)", page.Contents.read_bytes())
        assert marks[1::2] == [b"EMC"] * (len(marks) // 2)  # one after another, none within another
        for mark in marks[::2]:
            number = re.search(rb"MCID (\d+)", mark)
            found[number[1].decode() if number else "artifact"] += 1
        pages.append(found)
    return pages


def kinds(element: pikepdf.Object) -> object:
    """The structure as nested lists: ["Table", ["TR", …]]; numbers are left out."""
    kids = [kinds(kid) for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    name = str(element.S)[1:]
    return [name, *kids] if kids else name


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def test_headings_paragraphs_and_tables_in_reading_order(book: FontBook) -> None:
    body = (
        paragraph("一、总则", HEADING)
        + paragraph("现将有关事项通知如下。" * 8)
        + table(
            (2000, 2000),
            row(cell(paragraph("姓名")), cell(paragraph("职务")), properties="<w:tblHeader/>"),
            row(cell(paragraph("刘珺")), cell(paragraph("校长"), paragraph("书记"))),
        )
        + paragraph("特此通知。")
    )
    with printed(book, Word(body)) as pdf:
        assert kinds(pdf.Root.StructTreeRoot.K) == [
            "Document",
            "H1",
            "P",
            ["Table", ["TR", ["TH", "P"], ["TH", "P"]], ["TR", ["TD", "P"], ["TD", "P", "P"]]],
            "P",
        ]
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "zh-CN"


def test_a_paragraph_over_two_pages_is_one(book: FontBook) -> None:
    with printed(book, Word(paragraph("现将有关事项通知如下。" * 120))) as pdf:
        assert len(pdf.pages) == 3
        assert kinds(pdf.Root.StructTreeRoot.K) == ["Document", "P"]
        [whole] = list(elements(pdf.Root.StructTreeRoot.K))[1:]
        pages = {kid.Pg.objgen for kid in whole.K if isinstance(kid, pikepdf.Dictionary)} | {whole.Pg.objgen}
        assert pages == {page.obj.objgen for page in pdf.pages}


def test_every_number_on_a_page_leads_to_its_element_and_back(book: FontBook) -> None:
    body = "".join(paragraph(f"第{number}段的文字。" * 9) for number in range(40))
    with printed(book, Word(body)) as pdf:
        tree = pdf.Root.StructTreeRoot
        parents = dict(zip(list(tree.ParentTree.Nums)[::2], list(tree.ParentTree.Nums)[1::2], strict=True))
        seen: Counter[tuple[int, int]] = Counter()
        for element in elements(tree.K):
            for kid in element.K:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    assert kid.P.objgen == element.objgen
                    continue
                page, number = (
                    (kid.Pg, int(kid.MCID)) if isinstance(kid, pikepdf.Dictionary) else (element.Pg, int(kid))
                )
                assert parents[page.StructParents][number].objgen == element.objgen
                seen[page.StructParents, number] += 1
        for index, marks in enumerate(marks_of(pdf)):
            assert {int(number) for number in marks if number != "artifact"} == {n for page, n in seen if page == index}
        assert set(seen.values()) == {1}


def test_what_pages_repeat_is_furniture(book: FontBook) -> None:
    head = row(cell(paragraph("表头")), properties="<w:tblHeader/>")
    rows = "".join(row(cell(paragraph(f"第{number}行"))) for number in range(40))
    word = Word(
        table((4000,), head, rows),
        references='<w:footerReference w:type="default" r:id="rId10"/>',
        parts={"footer1.xml": paragraph("页脚")},
    )
    with printed(book, word) as pdf:
        assert len(pdf.pages) == 2
        first, second = marks_of(pdf)
        assert (first["artifact"], second["artifact"]) == (1, 2)  # the footer; and the table's head again
        counted = Counter(str(element.S) for element in elements(pdf.Root.StructTreeRoot.K))
        assert (counted["/Table"], counted["/TR"], counted["/TH"], counted["/TD"]) == (1, 41, 1, 40)
