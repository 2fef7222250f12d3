"""What is printed besides the content of a Word file: read back from a scan, on nothing, and no part of the text."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from subprocess import run

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from pypdf import PdfReader

from pipeline.conformance import measure
from pipeline.core.errors import CannotRender
from pipeline.core.papercode import PaperCode, read_code
from pipeline.rendering import ArchiveStamp, FontBook, Metadata, Overprint, Printed, render
from pipeline.rendering.overprint import drafts, printing
from pipeline.rendering.overprint.drawing import modules
from pipeline.rendering.overprint.places import Area, Sheet, of_code, of_shares, of_stamp
from pipeline.rendering.reading import read_pages
from tests.rendering.word import Word, paragraph

PAPER = "85cade1c98612888"
STAMP = ArchiveStamp("D001", "2020", "0007", ("桃园社区", "TYS"), "30年")
EVERYTHING = Overprint(PAPER, STAMP, paging=True, cross_page_seals=("甲方", "乙方"))
THREE_PAGES = Word(paragraph("共驻共建，资源共享。" * 12) * 13).bytes()


@pytest.fixture(scope="module")
def book() -> FontBook:
    return FontBook.open()


def printed(book: FontBook, order: Overprint, word: bytes = THREE_PAGES) -> Printed:
    return render(word, book=book, metadata=Metadata("一份文件"), overprint=order)


def marks(paper: Printed) -> list[tuple[str, int]]:
    return [(box.name, box.page) for box in paper.report.overprint]


# --------------------------------------------------------------------------- the code


@pytest.mark.parametrize("turn", [0.0, 1.5, -3.0, 90.0, 180.0])
def test_a_grey_scan_of_a_copy_tells_the_paper(book: FontBook, tmp_path: Path, turn: float) -> None:
    """200 dpi, grey, a little blurred and pale as a copy of a copy, laid crooked or upside down on the glass."""
    paper = printed(book, Overprint(PAPER))
    path = tmp_path / "paper.pdf"
    path.write_bytes(paper.pdf)
    run(["pdftoppm", "-r", "200", "-gray", "-f", "1", "-l", "1", "-singlefile", path, tmp_path / "scan"], check=True)
    with Image.open(tmp_path / "scan.pgm") as page:
        scan = page.rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    pale = scan.filter(ImageFilter.GaussianBlur(1.0)).point(lambda grey: 60 + grey * 170 // 255)
    [found] = zxingcpp.read_barcodes(pale)
    digest = hashlib.sha256(THREE_PAGES).hexdigest()
    assert read_code(found.text) == PaperCode(PAPER, digest[:8], 3)


def test_the_code_is_of_version_3_up_to_9999_pages() -> None:
    """29 modules of 0.4 mm: 11.6 mm on paper."""
    assert {len(modules(f"GW1 {PAPER} 1f00aa32 {pages}")) for pages in (1, 12, 345, 9999)} == {29}


def test_the_code_stands_below_the_text_on_the_left(book: FontBook) -> None:
    [box] = printed(book, Overprint(PAPER)).report.overprint
    assert (box.name, box.page) == ("code", 1)
    assert (box.left, box.top, box.width, box.height) == pytest.approx((28, 269, 11.6, 11.6), abs=0.1)


# --------------------------------------------------------------------------- all of it


def test_every_mark_is_printed_and_told(book: FontBook) -> None:
    paper = printed(book, EVERYTHING)
    pages = range(1, 4)
    assert marks(paper) == [
        ("code", 1),
        ("archive-stamp", 1),
        *(("page-number", page) for page in pages),
        *(("cross-page-seal:甲方", page) for page in pages),
        *(("cross-page-seal:乙方", page) for page in pages),
    ]
    assert paper.report.left_out == ()


def test_stamp_and_numbers_say_what_they_should(book: FontBook) -> None:
    """As a reader takes it from the file: the words of the Word file first, then the cells, then the number."""
    texts = [page.extract_text().split() for page in PdfReader(BytesIO(printed(book, EVERYTHING).pdf)).pages]
    assert texts[0][-7:] == ["D001", "2020", "0007", "桃园社区", "30年", "3", "1"]
    assert [text[-1] for text in texts] == ["1", "2", "3"]


def test_the_stamp_has_its_size_and_numbers_stand_in_outer_corners(book: FontBook) -> None:
    boxes = {(box.name, box.page): box for box in printed(book, EVERYTHING).report.overprint}
    stamp = boxes["archive-stamp", 1]
    assert (stamp.width, stamp.height) == (45.0, 16.0)
    assert stamp.left + stamp.width / 2 == pytest.approx(105, abs=0.1)
    assert boxes["page-number", 1].left > 150 < boxes["page-number", 3].left
    assert boxes["page-number", 2].left < 60


def test_each_page_has_its_equal_share_of_a_seal_across_the_edges(book: FontBook) -> None:
    shares = [box for box in printed(book, EVERYTHING).report.overprint if box.name == "cross-page-seal:甲方"]
    assert {box.width for box in shares} == {14.0}
    assert {box.height for box in shares} == {42.0}
    assert len({box.top for box in shares}) == 1
    assert {round(box.left + box.width) for box in shares} == {210}


def test_a_paper_of_one_page_has_no_seal_across_edges(book: FontBook) -> None:
    paper = printed(book, Overprint(cross_page_seals=("甲方",)), Word(paragraph("一页")).bytes())
    assert (paper.report.overprint, paper.report.left_out) == ((), ())


def test_the_same_paper_has_the_same_bytes(book: FontBook) -> None:
    assert printed(book, EVERYTHING).pdf == printed(FontBook.open(), EVERYTHING).pdf


def test_words_and_structure_are_those_of_the_word_file(book: FontBook) -> None:
    """The text of the report does not change, and the tags of the pages are as many as before."""
    plain, full = printed(book, Overprint()), printed(book, EVERYTHING)
    assert full.report.text == plain.report.text
    with pikepdf.open(BytesIO(plain.pdf)) as one, pikepdf.open(BytesIO(full.pdf)) as two:
        for before, after in zip(one.pages, two.pages, strict=True):
            content = after.Contents.read_bytes()
            assert content.count(b"/MCID") == before.Contents.read_bytes().count(b"/MCID")
            assert content.rstrip().endswith(b"EMC\nEMC")
            assert b"/Artifact BMC\n/Overprint BMC" in content


def test_the_measure_of_a_paper_does_not_see_it(book: FontBook) -> None:
    plain, full = printed(book, Overprint()), printed(book, EVERYTHING)
    assert measure(full.pdf) == measure(plain.pdf)


# --------------------------------------------------------------------------- the gate


@pytest.mark.parametrize("turned", ["moved onto the text", "another number"])
def test_the_gate_refuses_what_lies_on_text_or_says_something_else(
    book: FontBook, monkeypatch: pytest.MonkeyPatch, turned: str
) -> None:
    put = printing._Work.put

    def wrong(self: printing._Work, page: int, name: str, place: Area, operators: list[str], *rest: object) -> None:
        if turned == "another number":
            put(self, page, name, place, operators, "8", 2.0)
        else:
            put(self, page, name, place.moved(100.0, 100.0), list(operators), "1", 2.0)

    monkeypatch.setattr(printing._Work, "put", wrong)
    with pytest.raises(CannotRender, match="加印"):
        printed(book, Overprint(paging=True))


def test_overprint_is_counted_apart_from_the_words(book: FontBook) -> None:
    with pikepdf.open(BytesIO(printed(book, EVERYTHING).pdf)) as pdf:
        first = read_pages(pdf, {1}).pages[0]
    assert "D001" not in first.text
    assert "".join(piece.text for piece in first.pieces if piece.overprint) == "D00120200007桃园社区30年31"
    assert len(first.overdrawn) > 200


def test_a_page_that_cannot_be_read_is_the_gates_to_judge(book: FontBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator nobody expected: nothing is printed besides, and printing goes on to the gate."""

    def unreadable(*_page: object, **_how: object) -> None:
        raise ValueError("unexpected operator sh")

    monkeypatch.setattr(drafts, "read_page", unreadable)
    paper = printed(book, Overprint(PAPER, STAMP))
    assert marks(paper) == []
    assert paper.report.left_out == ("code", "archive-stamp")


# --------------------------------------------------------------------------- free places

A4 = Sheet.of(210, 297, Area(28, 37, 184, 262), [Area(160, 268, 180, 274)])


def test_what_is_in_the_way_moves_the_code() -> None:
    assert of_code(A4, 11.6, 1.6) == Area(28, 269, 39.6, pytest.approx(280.6))
    line = Area(20, 275, 190, 277)  # 信函: the lower double line
    moved = of_code(A4.with_carried([line]), 11.6, 1.6)
    assert moved is not None and not moved.grown(1.6).meets(line) and moved.left == 28
    beside = of_code(A4.with_carried([Area(0, 262, 210, 297)]), 11.6, 1.6)
    assert beside is not None and beside.right < 28


def test_a_page_without_free_margins_gets_nothing() -> None:
    ground = A4.with_carried([Area(0, 0, 210, 297)])
    assert of_code(ground, 11.6, 1.6) is of_stamp(ground, 45, 16, 2) is None
    assert of_shares([A4, ground], 42, 100, 2) is None
    narrow = Sheet.of(210, 297, Area(5, 5, 205, 292), [])
    assert of_code(narrow, 11.6, 1.6) is None


def test_what_finds_no_free_place_is_left_out_and_told(book: FontBook) -> None:
    edges = " ".join(f'w:{side}="280"' for side in ("top", "right", "bottom", "left", "header", "footer"))
    section = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar {edges} w:gutter="0"/></w:sectPr>'
    word = Word(paragraph("边距很窄的一页", section)).bytes()
    paper = printed(book, Overprint(PAPER, STAMP), word)
    assert marks(paper) == []
    assert paper.report.left_out == ("code", "archive-stamp")
