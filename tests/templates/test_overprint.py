"""Code, archival stamp and page numbers on every kind of paper: compared dot by dot with the paper without them."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from pipeline.core.papercode import read_code
from pipeline.core.values import FieldBox, RenderedDocument
from pipeline.press import Press
from tests.templates.samples import catalogue, numbered, sample

KINDS = tuple(kind.id for kind in catalogue())
DPI = 100
WHITE = 240
"""A dot that a line touches with its edge is hardly darker than paper."""
NO_ROOM = {("appointment", "archive-stamp")}
"""The frame of a certificate leaves no blank above its text."""


def press(**wanted: bool) -> Press:
    kinds = {kind.id: kind for kind in catalogue()}
    return Press(kinds, 42.0, {}, (), dict.fromkeys(kinds, "D30"), **wanted)


PLAIN, FULL = press(code=False), press(stamp=True, paging=True)


@cache
def printed(kind: str) -> RenderedDocument:
    return FULL.print(numbered(sample(kind)))


def scans(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()


def dots(box: FieldBox, air: float = 0.0) -> tuple[int, int, int, int]:
    """A place in dots of the scan, with so many mm more round it."""
    left, top = box.left - air, box.top - air
    edges = left, top, left + box.width + 2 * air, top + box.height + 2 * air
    a, b, c, d = (round(edge / 25.4 * DPI) for edge in edges)
    return a, b, c, d


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_paper_is_covered_or_changed(kind: str) -> None:
    """Where a mark is, the paper without marks is white, 1.4 mm round it too; elsewhere the two are equal. (Guides for
    seals are on both.)"""
    full = printed(kind)
    record = numbered(sample(kind))
    bare = PLAIN.print(record)
    before = scans(bare.pdf)
    after = scans(full.pdf)
    assert len(before) == len(after) == full.report.pages
    always = {(box.name, box.page) for box in bare.report.overprint}
    for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        added = [b for b in full.report.overprint if b.page == number and (b.name, b.page) not in always]
        for box in added:
            assert old.crop(dots(box, 1.4)).getextrema()[0] >= WHITE, box
            assert new.crop(dots(box)).getextrema()[0] < 100, box
            old.paste(new.crop(dots(box, 0.5)), dots(box, 0.5)[:2])
        assert ImageChops.difference(old, new).getbbox() is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_is_there(kind: str) -> None:
    report = printed(kind).report
    wanted = {("code", 1), ("archive-stamp", 1), *(("page-number", page) for page in range(1, report.pages + 1))}
    missing = {("archive-stamp", 1)} if (kind, "archive-stamp") in NO_ROOM else set()
    found = {(box.name, box.page) for box in report.overprint if not box.name.startswith("cross-page-seal")}
    assert found == wanted - missing
    assert report.left_out == tuple(name for name, _page in missing)


@pytest.mark.parametrize("kind", KINDS)
def test_the_code_of_every_kind_is_read_from_its_first_page(kind: str) -> None:
    paper = printed(kind)
    document = pypdfium2.PdfDocument(paper.pdf)
    first = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    codes = [read_code(each.text) for each in zxingcpp.read_barcodes(first)]
    assert [(code.paper, code.pages) for code in codes if code] == [("85cade1c98612888", paper.report.pages)]


@pytest.mark.parametrize("kind", KINDS)
def test_fonts_are_embedded_and_marks_are_artifacts(kind: str) -> None:
    """The gate has looked at PDF/A itself; this looks at what a reader for the blind would say."""
    with pikepdf.open(BytesIO(printed(kind).pdf)) as pdf:
        for font in pdf.pages[0].obj.Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
        tail = pdf.pages[0].Contents.read_bytes().rpartition(b"/Artifact BMC\n/Overprint BMC")[2]
        assert b"MCID" not in tail
        assert b" Tj" in tail


def test_an_agreement_has_guides_for_seals_across_its_edges_and_other_kinds_have_none() -> None:
    for kind in KINDS:
        guides = [box for box in printed(kind).report.overprint if box.name.startswith("cross-page-seal")]
        assert bool(guides) == (kind == "agreement")
    pages = printed("agreement").report.pages
    boxes = [box for box in printed("agreement").report.overprint if box.name == "cross-page-seal:乙方"]
    assert [box.page for box in boxes] == list(range(1, pages + 1))
    assert all(one.top == two.top and one.width == two.width for one, two in pairwise(boxes))
    assert sum(box.width for box in boxes) == pytest.approx(42.0, abs=0.05)
