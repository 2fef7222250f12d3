"""A packet, really printed: what an inspector reads in it, where its lines lead, and what must not be in it."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from pypdf import PdfReader

from pipeline.core import durable
from pipeline.core.errors import AnswerIsNo
from pipeline.core.four_properties import NAMES
from pipeline.core.values import FiledPaper, IndexQuery
from pipeline.four_properties import four_properties
from pipeline.office import Office
from pipeline.packet import Order, make
from pipeline.proving import proved
from pipeline.retrieval import Part, organisation_meant
from pipeline.rounds import run_once
from tests.offices import make_office
from tests.test_bindery import OwnPress

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that filed the samples of a survey (with telephones) and of a form (with an ID number)."""
    with make_office(tmp_path_factory.mktemp("office")) as made:
        vars(made)["workers"] = OwnPress(made)
        for kind in ("unit-survey", "agreement"):
            shutil.copyfile(TEMPLATES / kind / "sample.xlsx", made.settings.inbox / f"{kind}.xlsx")
        with made.writing("run"):
            assert [one.state for one in run_once(made, lambda *_counts: None)] == ["filed", "filed"]
        yield made


@pytest.fixture
def order(office: Office, tmp_path: Path) -> Order:
    papers = list(office.register.papers())
    name = next(paper.organisation for paper in papers if paper.kind == "unit-survey")
    organisation = organisation_meant(name, office.settings.organisations)
    return Order(organisation, IndexQuery(), date(2018, 1, 1), date(2022, 12, 31), tmp_path / "迎检.pdf", by="王秘书")


def papers_of(office: Office, order: Order) -> list[FiledPaper]:
    return [paper for paper in office.register.papers() if paper.organisation == order.organisation.name]


def made_by(office: Office, order: Order) -> Path:
    with office.writing("packet"):
        return make(office, order).target


def told(pdf: PdfReader, page: int) -> str:
    return re.sub(r"\s", "", pdf.pages[page].extract_text())


def test_one_pdf_leads_from_its_contents_to_each_paper(office: Office, order: Order) -> None:
    target = made_by(office, order)
    pdf = PdfReader(target)
    papers = papers_of(office, order)
    assert "迎检材料" in told(pdf, 0) and order.organisation.name in told(pdf, 0)
    contents = told(pdf, 1)
    with pikepdf.open(target) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
        links = [one["/A"]["/D"][0] for one in document.pages[1].obj.Annots]
        pages = [page.obj.objgen for page in document.pages]
        starts = {pages.index(link.objgen) for link in links}
    assert titles[0] == "封面和目录" and titles[-2:] == ["四性检测报告", "逐件核对和利用登记"]
    for paper in papers:
        assert re.sub(r"\s", "", paper.title) in contents
        (title,) = (one for one in titles if one.endswith(paper.title))
        assert title.startswith(paper.date.isoformat())
    assert min(starts) == 2 and len(starts) == len(titles) - 1
    assert pdf.page_labels[:3] == ["i", "ii", "1"]
    assert "全部完好" in told(pdf, -2) and "没有登记" in told(pdf, -1)


def test_the_check_is_that_of_verify_item_by_item(office: Office, order: Order) -> None:
    papers = papers_of(office, order)
    pdf = PdfReader(made_by(office, order))
    (page,) = (place for place in range(len(pdf.pages)) if "电子档案四性检测报告" in told(pdf, place))
    text = "".join(told(pdf, place) for place in range(page, len(pdf.pages)))
    assert f"选出的{len(papers)}件" in text and "检测结论通过" in text and order.organisation.name in text
    with office.writing("verify"):
        report = proved(office, Part(papers=frozenset(paper.paper for paper in papers)))
        items = four_properties(office.settings.archive, report)
    assert len(items) > 20
    for item in items:
        assert item.item.value in text and re.sub(r"\s", "", NAMES[item.item]) in text
    for paper in papers:
        assert paper.files["pdf"].sha256[:16] in text


def test_what_verify_finds_stands_in_the_packet_and_nothing_personal_with_it(
    office: Office, order: Order, tmp_path: Path
) -> None:
    folder = office.archive.root / Path(papers_of(office, order)[0].files["pdf"].path).parent
    stranger = folder / "13891902345 的便条.txt"
    stranger.write_text("谁放的")
    try:
        with office.writing("packet"):
            made = make(office, replace(order, redact=True))
    finally:
        stranger.unlink()
    assert made.faults == (str(stranger.relative_to(office.archive.root)),)
    text = "".join(told(PdfReader(made.target), place) for place in range(len(PdfReader(made.target).pages)))
    assert "的便条.txt" in text and "GD-4-3" in text and "检测结论未通过" in text
    assert "13891902345" not in text


def test_the_same_papers_make_the_same_packet(office: Office, order: Order, tmp_path: Path) -> None:
    first = made_by(office, order).read_bytes()
    second = made_by(office, replace(order, target=tmp_path / "又一册.pdf")).read_bytes()
    assert abs(len(first) - len(second)) < 100  # the minute may have passed between them


def test_a_folder_can_be_checked_and_opened_without_this_program(office: Office, order: Order, tmp_path: Path) -> None:
    target = made_by(office, replace(order, target=tmp_path / "迎检"))
    lines = (target / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert {path.name for path in target.iterdir()} == {*listed, "manifest-sha256.txt"}
    for name, digest in listed.items():
        assert hashlib.sha256((target / name).read_bytes()).hexdigest() == digest
    sheet = openpyxl.load_workbook(target / "目录.xlsx").active
    assert sheet is not None
    names = [row[-1] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert len(names) == len(papers_of(office, order)) and all((target / str(name)).is_file() for name in names)
    with pikepdf.open(target / "封面和目录.pdf") as front:
        ways = [str(one["/A"].F.UF) for page in front.pages for one in page.obj.get("/Annots", ())]
    assert ways and all((target / way).is_file() for way in ways)


def test_who_took_it_is_entered_in_the_book_of_deeds(office: Office, order: Order, tmp_path: Path) -> None:
    before = len(office.register.deeds())
    pdf = PdfReader(made_by(office, replace(order, reader="市委检查组", purpose="年度检查")))
    assert "市委检查组" in told(pdf, -1) and "年度检查" in told(pdf, -1)
    (deed,) = office.register.deeds()[before:]
    assert (deed.action, deed.by, deed.reason) == ("consult", "王秘书", "年度检查")
    assert {line.paper for line in deed.lines} == {paper.paper for paper in papers_of(office, order)}


@pytest.mark.parametrize("name", ["迎检", "迎检.zip"])
def test_a_full_disk_leaves_no_half_of_a_packet_and_notes_nobody(
    office: Office, order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    out, room = tmp_path / "移动盘", [5]
    out.mkdir()
    really = durable._write_temporary

    def full(folder: Path, data: bytes) -> Path:
        if folder.is_relative_to(out):
            room[0] -= 1 if folder != out else 9
            if room[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        return really(folder, data)

    monkeypatch.setattr(durable, "_write_temporary", full)
    before = len(office.register.deeds())
    with pytest.raises(OSError) as refusal:
        made_by(office, replace(order, target=out / name, reader="市委检查组", purpose="年度检查"))
    assert refusal.value.filename in (str(out), str(out / name))
    assert not list(out.iterdir()) and len(office.register.deeds()) == before


def test_a_changed_paper_is_not_handed_over(office: Office, order: Order) -> None:
    path = office.archive.root / papers_of(office, order)[0].files["pdf"].path
    whole = path.read_bytes()
    path.write_bytes(whole + b" ")
    try:
        with pytest.raises(AnswerIsNo):
            made_by(office, order)
    finally:
        path.write_bytes(whole)
    assert not order.target.exists()


def test_a_destroyed_paper_is_left_out(office: Office, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    gone, *_others = papers_of(office, order)
    monkeypatch.setattr(type(office.register), "destroyed", lambda _self: frozenset({gone.paper}))
    if len(papers_of(office, order)) == 1:
        with pytest.raises(AnswerIsNo):
            made_by(office, order)
    else:
        listed = told(PdfReader(made_by(office, order)), 1)
        assert re.sub(r"\s", "", gone.title) not in listed
        assert (
            f"另有1件保管期满已经销毁，不在本册，销毁清册在档案的办理簿里：{gone.number or gone.archival_code}"
            in listed
        )


def test_where_all_are_destroyed_that_is_the_answer(
    office: Office, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = frozenset(paper.paper for paper in office.register.papers())
    monkeypatch.setattr(type(office.register), "destroyed", lambda _self: every)
    with pytest.raises(AnswerIsNo, match="都已经销毁"):
        made_by(office, order)


def test_nothing_is_replaced(office: Office, order: Order) -> None:
    order.target.write_text("别人的")
    with pytest.raises(AnswerIsNo):
        made_by(office, order)
    assert order.target.read_text() == "别人的"
