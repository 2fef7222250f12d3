"""An inspector gets the sealed copy, and never a number that was to be blacked out: the whole packet is attacked."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy
import openpyxl
import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from pipeline import deedbook, signing
from pipeline.books import Why
from pipeline.core.deeds import Action
from pipeline.core.errors import AnswerIsNo
from pipeline.core.values import FiledPaper, IndexQuery
from pipeline.office import Office
from pipeline.packet import Order, make, pieces
from pipeline.packet.pieces import Form, Left, chosen, personal_in, pieces_of
from pipeline.retrieval import organisation_meant
from pipeline.rounds import run_once
from pipeline.sealing.signing import signatures
from tests.offices import make_office
from tests.scanning.distorting import rendered, scan_pdf, with_seal
from tests.test_bindery import OwnPress
from tests.test_signing import key

TEMPLATES = Path(__file__).parents[2] / "templates"
WHY = Why("归档", "王秘书")

MOBILE, DESK, ID = "13891902345", "0919-2180001", "610203197205124019"

_BODY = f"""联系人李卫东，电话{MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}，办公电话{DESK}。
身份证号６１０２０３１９７２０５１２４０１９，核对人身份证号610203 19720512 4019，落款前换行的手机号13891
902345。
为了把号码挤到行末，这一段的字数恰好使它断在两行之间，请核对以后办理，身份证号码是{ID}，请予支持。"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with a letter full of numbers and one without, a survey, and agreements."""
    folder = tmp_path_factory.mktemp("office")
    with make_office(folder) as made:
        vars(made)["workers"] = OwnPress(made)
        book = openpyxl.load_workbook(TEMPLATES / "letter" / "sample.xlsx")
        sheet = book.worksheets[0]
        headings = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(2, headings["正文"]).value = _BODY
        sheet.cell(2, headings["标题"]).value = f"关于推荐社区党委兼职委员人选（电话{MOBILE}）的函"
        book.save(made.settings.inbox / "letter.xlsx")
        for kind in ("unit-survey", "agreement"):
            shutil.copyfile(TEMPLATES / kind / "sample.xlsx", made.settings.inbox / f"{kind}.xlsx")
        with made.writing("run"):
            assert {one.state for one in run_once(made, lambda *_counts: None)} == {"filed"}
        yield made


def of_kind(office: Office, kind: str, place: int = 0) -> FiledPaper:
    return [paper for paper in office.register.papers() if paper.kind == kind][place]


@pytest.fixture(scope="module")
def sealed(office: Office) -> FiledPaper:
    """A letter without a number in it; on the scan of its sealed copy somebody wrote one by hand."""
    paper = of_kind(office, "letter", 1)
    pages = rendered((office.archive.root / paper.files["pdf"].path).read_bytes(), 100)
    stream = BytesIO()
    with_seal(pages[0], dpi=100).save(stream, "JPEG")
    copy = deedbook.NewFile("盖章件", ".pdf", scan_pdf([stream.getvalue()], 100))
    draft = deedbook.NewFile("定稿", ".docx", b"PK draft")
    with office.writing("test"):
        deedbook.do(office, Action.SEALED, [deedbook.On(paper, {}, {"scan": copy})], WHY)
        deedbook.do(office, Action.ATTACH, [deedbook.On(paper, {"part": "draft"}, {"draft": draft})], WHY)
    return paper


@pytest.fixture(scope="module")
def signed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> FiledPaper:
    """An agreement that one side signed electronically."""
    paper = of_kind(office, "agreement")
    with office.writing("test"):
        signing.seal(office, paper, key(tmp_path_factory.mktemp("keys"), "甲方"), _fields(office, paper)[0], WHY)
    return paper


def _fields(office: Office, paper: FiledPaper) -> list[str]:
    reader = PdfReader(office.archive.root / paper.files["pdf"].path)
    return list(reader.get_fields() or {})


@pytest.fixture
def order(office: Office, sealed: FiledPaper, signed: FiledPaper, tmp_path: Path) -> Order:
    organisation = organisation_meant(sealed.organisation, office.settings.organisations)
    assert signed.organisation == sealed.organisation == of_kind(office, "unit-survey").organisation
    return Order(organisation, IndexQuery(), date(2018, 1, 1), date(2022, 12, 31), tmp_path / "迎检.pdf", by="王秘书")


def told(pdf: PdfReader, page: int) -> str:
    return re.sub(r"\s", "", pdf.pages[page].extract_text())


def contents(pdf: PdfReader) -> str:
    first = list(pdf.page_labels).index("1")
    return "".join(told(pdf, page) for page in range(first))


def made_by(office: Office, order: Order) -> Path:
    with office.writing("packet"):
        return make(office, order).target


def pages_of(target: Path, title: str) -> tuple[int, int]:
    """From which page to which a bookmark goes, counted from 0."""
    with pikepdf.open(target) as document, document.open_outline() as outline:
        numbers = {page.obj.objgen: place for place, page in enumerate(document.pages)}
        starts = [(str(item.title), numbers[item.destination[0].objgen]) for item in outline.root]  # type: ignore[index,union-attr]
        end = len(document.pages)
    at = next(place for place, (name, _page) in enumerate(starts) if title in name)
    return starts[at][1], starts[at + 1][1] if at + 1 < len(starts) else end


def red(page: Image.Image) -> int:
    """How many pixels of a picture are red as the ink of a seal is."""
    r, g, b = numpy.moveaxis(numpy.asarray(page.convert("RGB")), 2, 0)
    return int(((r > 150) & (g < 90) & (b < 90)).sum())


def test_the_sealed_scan_and_the_signed_copy_take_the_place_of_the_print(
    office: Office, order: Order, sealed: FiledPaper, signed: FiledPaper
) -> None:
    target = made_by(office, order)
    listed = contents(PdfReader(target))
    assert listed.count("盖章件") == 1 and listed.count("签章件") == 1
    assert re.search(r"第\d+件：另有定稿在档案里，没有收入。", listed)
    shown = rendered(target.read_bytes(), 50)
    start, end = pages_of(target, sealed.title.split("\n")[-1])
    assert end - start == 1 and red(shown[start]) > 200
    start, end = pages_of(target, signed.title.split("\n")[-1])
    assert sum(red(shown[page]) for page in range(start, end)) > 50, "the picture of the electronic seal is gone"
    with pikepdf.open(target) as document:
        assert "/AcroForm" not in document.Root


def test_in_a_folder_they_are_the_very_files_of_the_archive(
    office: Office, order: Order, signed: FiledPaper, tmp_path: Path
) -> None:
    target = made_by(office, replace(order, target=tmp_path / "迎检"))
    by_name = {path.name: path.read_bytes() for path in target.iterdir()}
    (scan,) = (data for name, data in by_name.items() if name.endswith("（盖章件）.pdf"))
    (copy,) = (data for name, data in by_name.items() if name.endswith("（签章件）.pdf"))
    filed = {path.read_bytes() for path in office.archive.root.rglob("*.pdf")}
    assert scan in filed and copy in filed and all(state.holds for state in signatures(copy))
    prints = [data for name, data in by_name.items() if re.match(r"\d{4} ", name)]
    assert all(data in filed for data in prints)
    sheet = openpyxl.load_workbook(target / "目录.xlsx").active
    assert sheet is not None
    remarks = [str(row[5] or "") for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert sum("盖章件" in one for one in remarks) == 1 and any("另有定稿" in one for one in remarks)


def test_only_what_holds_something_personal_is_printed_anew(
    office: Office, order: Order, sealed: FiledPaper, signed: FiledPaper
) -> None:
    papers = chosen(office, order)
    made = {one.paper.paper: one for one in pieces_of(papers, office, set(), personal_in(papers))}
    blacked = {id for id, one in made.items() if one.form is Form.BLACKED}
    assert of_kind(office, "letter").paper in blacked and of_kind(office, "unit-survey").paper in blacked
    assert made[sealed.paper].form is Form.PRINT and Left.SCAN in made[sealed.paper].notes
    for id in made.keys() - blacked:
        assert made[id].pdf == (office.archive.root / made[id].file.path).read_bytes()


def test_a_number_that_a_page_ends_within_is_blacked_out(
    office: Office, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page nobody finds it; the text of the paper has it whole."""
    monkeypatch.setattr(pieces, "leaks", lambda *_asked: ())
    papers = chosen(office, order)
    made = {one.paper.kind: one.form for one in pieces_of(papers, office, set(), personal_in(papers))}
    assert made["unit-survey"] is Form.BLACKED


def test_what_still_holds_a_number_is_left_out_and_the_packet_made(
    office: Office, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = of_kind(office, "letter")
    render = pieces.render

    def careless(_docx: bytes, **how: Any) -> object:
        return render((office.archive.root / wanted.files["docx"].path).read_bytes(), **how)

    monkeypatch.setattr(pieces, "render", careless)
    target = made_by(office, replace(order, redact=True))
    assert Left.REMAINS in contents(PdfReader(target))
    for where, words in _every_word(target):
        assert MOBILE not in (words if where == "bytes" else figures(words)), where


def test_the_words_around_a_number_are_those_that_were_filed(office: Office, order: Order) -> None:
    """The eighth clause of an agreement lost its 8, which stood below a telephone."""
    papers = [paper for paper in chosen(office, order) if paper.kind == "agreement"]
    every = personal_in(papers)
    blacked = [one for one in pieces_of(papers, office, set(), every) if one.form is Form.BLACKED]
    for one in blacked:
        filed = re.sub(r"\s", "", _text((office.archive.root / one.paper.files["pdf"].path).read_bytes()))
        for value in every.values:
            filed = filed.replace(value, "")
        assert re.sub(r"[\s█]", "", _text(one.pdf)) == filed
    assert blacked and "8.本协议" in filed


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_scan_whose_handwriting_nobody_reads_is_left_out_with_the_reason(
    office: Office, order: Order, sealed: FiledPaper
) -> None:
    target = made_by(office, replace(order, redact=True))
    listed = contents(PdfReader(target))
    assert Left.SCAN in listed
    start, _end = pages_of(target, sealed.title.split("\n")[-1])
    assert not PdfReader(target).pages[start].images


def test_what_was_asked_with_a_number_is_printed_without_it(office: Office, order: Order) -> None:
    asked = replace(order, redact=True, chosen=f"含“{DESK}”", reader=f"王检查 {MOBILE}", purpose=f"核实{ID}")
    words = "".join(page.extract_text() for page in PdfReader(made_by(office, asked)).pages)
    assert "王检查" in words and not any(one in figures(words) for one in (figures(DESK), MOBILE, ID))
    assert office.register.deeds()[-1].reason == asked.purpose, "the book has what was said"


def test_a_packet_is_not_called_by_a_number(office: Office, order: Order, tmp_path: Path) -> None:
    with pytest.raises(AnswerIsNo, match="名称"):
        made_by(office, replace(order, redact=True, target=tmp_path / f"{MOBILE}.pdf"))


def _every_word(target: Path) -> Iterator[tuple[str, str]]:
    """Everything that can be read in a packet, by where, as other programs than ours read it."""
    if target.is_dir():
        for path in target.iterdir():
            yield f"name of {path.name}", path.name
            yield from _every_word(path)
    elif target.suffix == ".zip":
        with zipfile.ZipFile(target) as packed:
            inside = target.with_suffix(".unpacked")
            packed.extractall(inside)
        (folder,) = inside.iterdir()
        yield from _every_word(folder)
    elif target.suffix == ".xlsx":
        with zipfile.ZipFile(target) as packed:
            yield from ((f"{target.name}/{name}", packed.read(name).decode()) for name in packed.namelist())
    elif target.suffix == ".pdf":
        for how in ((), ("-layout",), ("-raw",)):
            yield (
                f"pdftotext {how}",
                subprocess.run(["pdftotext", *how, target, "-"], capture_output=True).stdout.decode(),
            )
        yield "pdfinfo", subprocess.run(["pdfinfo", "-meta", target], capture_output=True).stdout.decode()
        yield "pdfinfo -url", subprocess.run(["pdfinfo", "-url", target], capture_output=True).stdout.decode()
        reader = PdfReader(target)
        yield "pypdf", "\n".join(page.extract_text() for page in reader.pages)
        yield "outline", str(reader.outline)
        yield "fields", str(reader.get_fields())
        assert not reader.attachments
        with pikepdf.open(target) as document:
            plain = BytesIO()
            document.save(plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        yield "bytes", plain.getvalue().decode("latin-1")
    else:
        yield target.name, target.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["迎检.pdf", "迎检", "迎检.zip"])
def test_no_number_is_anywhere(office: Office, order: Order, tmp_path: Path, name: str) -> None:
    wanted = {figures(one) for paper in chosen(office, order) for one in personal_in([paper]).values} | {ID, MOBILE}
    if name.endswith(".pdf"):
        plain = made_by(office, replace(order, target=tmp_path / "原样.pdf"))
        assert any(one in figures(words) for _where, words in _every_word(plain) for one in wanted)
    target = made_by(office, replace(order, target=tmp_path / name, redact=True))
    for where, words in _every_word(target):
        if where != "manifest-sha256.txt":
            for one in wanted:
                assert one not in (words if where == "bytes" else figures(words)), f"{one} in {where}"
    shown = target if target.suffix == ".pdf" else next(iter(sorted(target.parent.rglob("0001 *.pdf"))))
    assert "█" in PdfReader(shown).pages[0].extract_text() or target.suffix == ".pdf"


def figures(words: str) -> str:
    """The words without what people and lines put between figures, all of them narrow."""
    narrow = words.translate(str.maketrans("０１２３４５６７８９Ｘ", "0123456789X"))
    return re.sub(r"[\s\-—]", "", narrow)
