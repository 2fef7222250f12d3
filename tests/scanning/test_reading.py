"""Scans of every sort are read; what is no scan, or is meant to break us, is refused in words."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pipeline.core.findings import Code
from pipeline.scanning import CodeSeen, ScanLimits, UnreadableScan, codes
from pipeline.scanning.reading import read_scan
from tests.scanning.distorting import PHONE, Distortion, distorted, distortion, scan_pdf, scan_tiff, scanned
from tests.scanning.papers import CODE, pages, with_code, write

LIMITS = ScanLimits()
SEEN = (CodeSeen(CODE),)


def test_a_copiers_pdf(tmp_path: Path) -> None:
    path = write(tmp_path, "扫描.pdf", scan_pdf([scanned(page, Distortion()) for page in pages()]))
    read = read_scan(path, LIMITS)
    assert [page.codes for page in read] == [SEEN, (), ()]
    assert [(page.width, page.height, round(page.dpi)) for page in read] == [(1654, 2339, 200)] * 3


@pytest.mark.parametrize("compression", ["tiff_lzw", "group4", "jpeg"])
def test_many_pages_in_one_tiff(tmp_path: Path, compression: str) -> None:
    shown = [page.convert("1" if compression == "group4" else "L") for page in pages()]
    read = read_scan(write(tmp_path, "0001.tif", scan_tiff(shown, compression=compression)), LIMITS)
    assert [page.codes for page in read] == [SEEN, (), ()]


def test_a_png_and_a_photograph(tmp_path: Path) -> None:
    stream = io.BytesIO()
    pages()[0].save(stream, "PNG")
    assert read_scan(write(tmp_path, "a.png", stream.getvalue()), LIMITS)[0].codes == SEEN
    assert read_scan(write(tmp_path, "b.jpg", scanned(pages()[0], PHONE)), LIMITS)[0].codes == SEEN


@pytest.mark.parametrize("seed", range(6))
def test_codes_are_read_from_middling_scans(tmp_path: Path, seed: int) -> None:
    how = distortion(0.6, seed)
    first = pages(how.dpi)[0]
    assert read_scan(write(tmp_path, "a.jpg", scanned(first, how, seed)), LIMITS)[0].codes == SEEN


def test_blank_pages_are_known_whatever_the_light(tmp_path: Path) -> None:
    blank = Image.new("RGB", (1654, 2339), (250, 248, 244))
    how = Distortion(angle=2, blur=1, noise=9, shade=0.5, quality=60)
    read = read_scan(write(tmp_path, "a.tif", scan_tiff([distorted(blank, how), distorted(pages()[2], how)])), LIMITS)
    assert [page.blank for page in read] == [True, False]


def test_codes_of_other_makers_are_none_of_ours(tmp_path: Path) -> None:
    page = with_code(pages()[1], "https://example.invalid/扫码关注")
    assert read_scan(write(tmp_path, "a.jpg", scanned(page, Distortion())), LIMITS)[0].codes == ()


def test_a_code_that_is_half_covered_is_seen_as_broken(tmp_path: Path) -> None:
    page = pages(300)[0].copy()
    left, top = round(28 / 25.4 * 300), round(268 / 25.4 * 300)
    page.paste((90, 20, 20), (left + 60, top + 60, left + 130, top + 177))
    assert read_scan(write(tmp_path, "a.jpg", scanned(page, Distortion(dpi=300))), LIMITS)[0].codes == (CodeSeen(None),)


def test_a_pdf_with_text_on_top_is_rendered_and_nothing_of_it_lost(tmp_path: Path) -> None:
    from tests.scanning.papers import filed_pdf

    read = read_scan(write(tmp_path, "a.pdf", filed_pdf()), LIMITS)
    assert [(page.dpi, page.blank) for page in read] == [(200.0, False)] * 3


# --------------------------------------------------------------------------- refusals


def refused(path: Path, limits: ScanLimits = LIMITS) -> Code:
    with pytest.raises(UnreadableScan) as caught:
        read_scan(path, limits)
    again = pickle.loads(pickle.dumps(caught.value))  # it comes out of a child process
    assert again.finding == caught.value.finding
    return caught.value.finding.code


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing", b"\xff\xd8\xff\xe0 cut", b"II*\0\x08\0\0\0", b"words"])
def test_what_is_no_scan_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refused(write(tmp_path, "a.pdf", data)) is Code.NOT_A_SCAN


def test_a_scan_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    whole = scanned(pages()[0], Distortion())
    assert refused(write(tmp_path, "a.jpg", whole[: len(whole) // 2])) is Code.NOT_A_SCAN


def test_a_locked_pdf_is_refused_as_locked(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(scan_pdf([scanned(pages()[0], Distortion())]))) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(tmp_path / "a.pdf") is Code.PASSWORD


def test_too_many_pages_and_too_many_pixels_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tif", scan_tiff([page.convert("L") for page in pages()]))
    assert refused(path, ScanLimits(pages=2)) is Code.TOO_LARGE
    assert refused(path, ScanLimits(pixels=1_000_000)) is Code.TOO_LARGE
    assert refused(path, ScanLimits(file_bytes=1000)) is Code.TOO_LARGE
    huge = io.BytesIO()
    Image.new("1", (60_000, 60_000)).save(huge, "TIFF", compression="group4")
    assert refused(write(tmp_path, "b.tif", huge.getvalue())) is Code.TOO_LARGE


def test_a_pdf_page_as_large_as_a_house_is_refused(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 14_000_000, 14_000_000])
        pdf.save(tmp_path / "a.pdf")
    assert refused(tmp_path / "a.pdf") is Code.TOO_LARGE


def test_no_object_of_the_code_reader_outlives_a_scan() -> None:
    """Its library tells on the terminal of every object that is still there when the program ends."""
    assert not [name for name, value in vars(codes).items() if type(value).__module__.startswith("zxingcpp")]
