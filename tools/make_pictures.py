"""The pictures of README and guide, taken from the played example office: ``python -m tools.make_pictures``.

Nothing in them is drawn by hand: papers are the PDFs of the archive, workbooks are what came back to the inbox, shown
by LibreOffice with the names of rows and columns as a secretary sees them. Needs ``pdftoppm`` and ``soffice``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageChops

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
_COLOURS = 96
_MARGIN = 12
"""Pixels of white kept round a picture of a workbook."""

_LINE = 1.35
"""Height of a row for each point of its largest letters."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page of a filed PDF."""

    image: str
    pdf: str
    page: int = 1
    dpi: int = 80


@dataclass(frozen=True, slots=True)
class View:
    """A part of a workbook's sheet."""

    image: str
    workbook: str
    sheet: str
    cells: str
    dpi: int


PAPERS = (
    Paper("notice.png", "archive/2020/中共铜川市王益区委组织部/铜王组发〔2020〕50号*.pdf"),
    Paper("form.png", "archive/2020/*红旗社区委员会/赵瑄*.pdf", dpi=60),
)
VIEWS = (
    View("returned.png", "inbox/退回/登记表（有错误）.xlsx", "需要修改", "A1:H14", 105),
    View("marked.png", "inbox/退回/登记表（有错误）.xlsx", "登记表", "A3:H9", 85),
    View("receipt.png", "inbox/回执/2020年共驻共建协议（回执）.xlsx", "回执", "A1:H8", 105),
    View("blank.png", "blank.xlsx", "通知", "A1:G3", 105),
)


def main() -> None:
    """Play the example office in a folder of its own and take every picture of it."""
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "office"
        _call(sys.executable, ROOT / "examples" / "play.py", office)
        _call(sys.executable, "-m", "pipeline", "-w", office, "sheet", "notice", "-o", office / "blank.xlsx")
        IMAGES.mkdir(parents=True, exist_ok=True)
        for paper in PAPERS:
            _save(_page(next(office.glob(paper.pdf)), paper.page, paper.dpi), paper.image)
        for view in VIEWS:
            _save(_trimmed(_page(_printed(office, view), 1, view.dpi)), view.image)


def _printed(office: Path, view: View) -> Path:
    """One stretch of one sheet on one page, with the names of its rows and columns."""
    workbook = openpyxl.load_workbook(office / view.workbook)
    for name in workbook.sheetnames:
        if name != view.sheet:
            workbook[name].sheet_state = "hidden"
    sheet = workbook[view.sheet]
    workbook.active = sheet
    for number, line in enumerate(sheet.iter_rows(), 1):  # Excel fits a row without a height to its text by itself
        size = sheet.row_dimensions[number]
        size.height = size.height or _LINE * max(cell.font.sz for cell in line)
    sheet.print_area = view.cells
    sheet.print_title_rows = sheet.print_title_cols = None
    sheet.print_options.headings = True
    sheet.print_options.gridLines = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    folder = Path(tempfile.mkdtemp(dir=office))
    workbook.save(folder / "view.xlsx")
    profile = f"-env:UserInstallation={(office / 'soffice').as_uri()}"
    _call("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, folder / "view.xlsx")
    return folder / "view.pdf"


def _page(pdf: Path, page: int, dpi: int) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        _call("pdftoppm", "-r", dpi, "-png", "-f", page, "-singlefile", pdf, Path(folder) / "page")
        image = Image.open(Path(folder) / "page.png")
        image.load()
    return image


def _trimmed(image: Image.Image) -> Image.Image:
    """The picture without the white round it."""
    left, top, right, bottom = ImageChops.difference(
        image.convert("RGB"), Image.new("RGB", image.size, "white")
    ).getbbox() or (0, 0, *image.size)
    return image.crop((left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN))


def _save(image: Image.Image, name: str) -> None:
    image.convert("RGB").quantize(_COLOURS).save(IMAGES / name, optimize=True)
    print(f"{name}: {(IMAGES / name).stat().st_size // 1024} kB")


def _call(*words: object) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run([str(word) for word in words], check=True, stdout=quiet, stderr=quiet)


if __name__ == "__main__":
    main()
