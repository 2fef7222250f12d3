"""The sealed copy: the scan as it came, upright over the words of its original, as PDF/A."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pipeline.core.findings import Code
from pipeline.rendering.archival import faults
from pipeline.scanning import Made, ScanLimits
from pipeline.scanning.pictured import remaining_pages
from pipeline.scanning.reading import read_scan
from pipeline.scanning.sealed import sealed_copy
from tests.scanning.distorting import (
    PHONE,
    Distortion,
    distorted,
    rendered,
    scan_pdf,
    scan_tiff,
    scanned,
    with_seal,
)
from tests.scanning.papers import filed_pdf, pages, write

LIMITS = ScanLimits()
WAYS = [Distortion(angle=angle, blur=0.6, noise=4) for angle in (1.5, 92.0, 178.6)]


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return write(tmp_path, "original.pdf", filed_pdf())


def made(scan: Path, original: Path, wanted: Sequence[int] = (1, 2, 3)) -> Made:
    return sealed_copy(scan, wanted, original, LIMITS)


def text(pdf: bytes | Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def objections(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf), inherit_page_attributes=False) as opened:
        return list(faults(opened, pdf))


def test_pages_lie_upright_on_their_original_and_carry_its_words(tmp_path: Path, original: Path) -> None:
    jpegs = [scanned(page, how, seed) for seed, (page, how) in enumerate(zip(pages(), WAYS, strict=True))]
    copy = made(write(tmp_path, "scan.pdf", scan_pdf(jpegs)), original)
    assert not copy.findings
    assert min(copy.likeness) > 0.9
    assert text(copy.pdf) == text(original)
    assert objections(copy.pdf) == []
    for ours, theirs in zip(rendered(copy.pdf, 40), rendered(original, 40), strict=True):
        assert ours.size == theirs.size


def test_the_ink_of_the_scan_covers_the_ink_of_the_print(tmp_path: Path, original: Path) -> None:
    """The red line of the letter-head, in mm from the top: where it is on the filed page."""
    scan = write(tmp_path, "a.jpg", scanned(pages()[0], Distortion(angle=93.0, blur=0.8)))
    with pikepdf.open(original) as whole:
        del whole.pages[1:]
        whole.save(tmp_path / "first.pdf")
    copy = made(scan, tmp_path / "first.pdf", (1,))
    ours, theirs = (_red_line(rendered(pdf, 127)[0]) for pdf in (copy.pdf, original))
    assert abs(ours - theirs) < 1.0


def _red_line(page: Image.Image) -> float:
    """Millimetres from the top to the row with the most red, at 127 dpi (5 pixels a millimetre)."""
    import numpy

    values = numpy.asarray(page).astype(int)
    red = (values[..., 0] - values[..., 1] > 60).sum(axis=1)
    return float(red.argmax()) / 5


def test_a_scanners_jpeg_is_kept_byte_for_byte(tmp_path: Path, original: Path) -> None:
    jpegs = [scanned(page, Distortion()) for page in pages()]
    copy = made(write(tmp_path, "scan.pdf", scan_pdf(jpegs)), original)
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        assert [page.Resources.XObject.Scan.read_raw_bytes() for page in pdf.pages] == jpegs


def test_black_and_white_is_kept_without_loss(tmp_path: Path, original: Path) -> None:
    shown = [page.convert("1", dither=Image.Dither.NONE) for page in pages()]
    copy = made(write(tmp_path, "scan.tif", scan_tiff(shown, compression="group4")), original)
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        for page, before in zip(pdf.pages, shown, strict=True):
            image = pikepdf.PdfImage(page.Resources.XObject.Scan)
            assert image.obj.Filter == "/CCITTFaxDecode"
            assert image.as_pil_image().convert("1").tobytes() == before.tobytes()
    assert objections(copy.pdf) == []


def test_a_red_seal_stays_red_and_a_grey_page_grey(tmp_path: Path, original: Path) -> None:
    shown = [with_seal(pages()[0]), *pages()[1:]]
    copy = made(write(tmp_path, "scan.tif", scan_tiff(shown)), original)
    with pikepdf.open(io.BytesIO(copy.pdf)) as pdf:
        spaces = [str(page.Resources.XObject.Scan.ColorSpace) for page in pdf.pages]
    assert spaces == ["/DeviceRGB", "/DeviceGray", "/DeviceGray"]
    assert not copy.findings
    assert len(copy.pdf) < 3_000_000


def test_equal_scans_are_equal_files(tmp_path: Path, original: Path) -> None:
    scan = write(tmp_path, "scan.pdf", scan_pdf([scanned(page, PHONE) for page in pages()]))
    assert made(scan, original).pdf == made(scan, original).pdf


def test_it_says_of_itself_what_the_original_says(tmp_path: Path, original: Path) -> None:
    copy = made(write(tmp_path, "scan.pdf", scan_pdf([scanned(page, Distortion()) for page in pages()])), original)
    with pikepdf.open(io.BytesIO(copy.pdf)) as ours, pikepdf.open(original) as theirs:
        assert ours.Root.Metadata.read_bytes() == theirs.Root.Metadata.read_bytes()
        assert ours.docinfo.Title == theirs.docinfo.Title


def test_pages_in_the_wrong_order_are_not_taken_for_right(tmp_path: Path, original: Path) -> None:
    first, second, third = (scanned(page, Distortion(angle=1)) for page in pages())
    copy = made(write(tmp_path, "scan.pdf", scan_pdf([first, third, second])), original)
    assert [finding.code for finding in copy.findings] == [Code.SCAN_OTHER_PAGE] * 2
    assert copy.findings[0].place == "第2页"


def test_a_blank_side_is_not_taken_for_a_page_with_words(tmp_path: Path, original: Path) -> None:
    blank = distorted(Image.new("RGB", (1654, 2339), "white"), Distortion(noise=3))
    copy = made(write(tmp_path, "scan.tif", scan_tiff([pages()[0], blank, pages()[2]])), original)
    assert [finding.place for finding in copy.findings] == ["第2页"]


def test_pages_that_go_back_are_the_senders_own(tmp_path: Path) -> None:
    jpegs = [scanned(page, PHONE) for page in pages()]
    scan = write(tmp_path, "scan.pdf", scan_pdf(jpegs))
    back = write(tmp_path, "back.pdf", remaining_pages(scan, (2, 3), LIMITS))
    with pikepdf.open(back) as pdf:
        assert [page.Resources.XObject.Scan.read_raw_bytes() for page in pdf.pages] == jpegs[1:]
    assert [(page.width, page.height) for page in read_scan(back, LIMITS)] == [(2339, 1654)] * 2
