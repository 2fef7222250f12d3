"""What belongs together at the arrangement (事由): sets and versions; and offices that change when they give 档号."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from pipeline.arranging import planned, put_in_order
from pipeline.books import Why
from pipeline.cataloguing import folder_page, notes_of, shelf
from pipeline.cataloguing.boxes import Room
from pipeline.core.deeds import CODE, Status
from pipeline.office import Office
from pipeline.restoring import rebuild_register
from pipeline.retrieval import Damage, Note
from pipeline.rounds import run_once
from tests.filed import opened
from tests.offices import FORMS, NOTICE, drop, verified
from tests.test_meeting_set import FOLDER
from tests.test_numberbook import lose_register
from tests.test_versions import corrected

WHY = Why("", "王秘书", ("李档案员",))


def run(office: Office) -> None:
    assert {outcome.state for outcome in run_once(office, lambda *_counts: None)} == {"filed"}


def meeting(office: Office, name: str, changes: Mapping[str, str]) -> None:
    """The sample of a meeting's set, called otherwise, in a workbook of its own."""
    book = openpyxl.load_workbook(FOLDER / "sample.xlsx")
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for heading, value in changes.items():
        sheet.cell(2, columns[heading], value)
    book.save(office.settings.inbox / name)


def test_the_papers_of_a_meeting_are_not_parted_by_those_of_another_on_the_same_days(tmp_path: Path) -> None:
    with opened(tmp_path, "arrangement") as office:
        meeting(office, "一.xlsx", {})
        meeting(office, "二.xlsx", {"会议名称": "2020年秋季安全生产会议", "会议简称": "秋季安全生产会议"})
        run(office)
        order = [one for one in planned(office, 2020) if "-D10-" in one.code.text]
        assert [one.paper.kind for one in order] == ["meeting-notice", "sign-in", "publication"] * 2
        assert [len({one.paper.submission for one in part}) for part in (order[:3], order[3:])] == [1, 1]
        before = [(one.paper.paper, one.code) for one in planned(office, 2020)]
        lose_register(office)
        rebuild_register(office)
        assert [(one.paper.paper, one.code) for one in planned(office, 2020)] == before, "the archive alone knows sets"


def test_versions_of_a_paper_are_pieces_side_by_side(tmp_path: Path) -> None:
    with opened(tmp_path, "arrangement") as office:
        drop(office, NOTICE)
        run(office)
        corrected(office.settings.inbox)
        run(office)
        put_in_order(office, 2020, planned(office, 2020), WHY)
        first, second = sorted(office.register.papers(), key=lambda paper: paper.version)
        assert (first.status, second.status) == (Status.REPLACED, Status.VALID)
        assert (first.piece, second.piece) == (1, 2)
        assert verified(office).is_sound


def test_an_office_may_change_when_it_gives_codes_both_ways(tmp_path: Path) -> None:
    """What has a 档号 keeps it; what waits goes on behind it, whatever is set on the day it is arranged."""
    with opened(tmp_path, "filing") as office:
        drop(office, NOTICE)
        run(office)
        assert [paper.piece for paper in office.register.papers()] == [1]
    with opened(tmp_path, "arrangement") as office:
        corrected(office.settings.inbox)
        drop(office, FORMS)
        run(office)
        assert sorted(paper.piece for paper in office.register.papers()) == [0] * 7 + [1]
        (note,) = (note for note in verified(office).notes if note.what is Note.UNARRANGED)
        assert "有 7 件还没有档号" in note.sentence
    with opened(tmp_path, "filing") as office:
        put_in_order(office, 2020, planned(office, 2020), WHY)
        of_notice = sorted(paper.archival_code for paper in office.register.papers() if paper.number)
        assert of_notice == ["D001-WS·2020-D30-ZZB-0001", "D001-WS·2020-D30-ZZB-0002"]
        report = verified(office)
        assert report.is_sound and not [note for note in report.notes if note.what is Note.UNARRANGED]
        before = {paper.paper: paper for paper in office.register.papers()}
        lose_register(office)
        rebuild_register(office)
        assert {paper.paper: paper for paper in office.register.papers()} == before


def test_a_forged_arrangement_of_a_paper_with_a_code_changes_nothing_and_is_named(tmp_path: Path) -> None:
    with opened(tmp_path, "filing") as office:
        drop(office, NOTICE)
        run(office)
    with opened(tmp_path, "arrangement") as office:
        drop(office, FORMS)
        run(office)
        put_in_order(office, 2020, planned(office, 2020), WHY)
        (paper,) = (paper for paper in office.register.papers() if paper.number)
        deed = office.settings.archive / office.register.deeds()[0].files["deed"].path
        told = json.loads(deed.read_bytes())
        line = dict(told["papers"][0])
        line.update(paper=paper.paper, details={CODE: "D001-WS·2020-D30-ZZB-0099"}, files={})
        told["papers"].append(line)
        deed.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        lose_register(office)
        rebuild_register(office)
        assert office.register.paper(paper.paper) == paper
        damages = verified(office).damages
        assert any(one.what is Damage.DISAGREES and "已经有档号" in one.sentence for one in damages)


def test_the_page_of_a_folder_opens_the_metadata_that_have_the_code(tmp_path: Path) -> None:
    with opened(tmp_path, "arrangement") as office:
        drop(office, NOTICE)
        run(office)
        put_in_order(office, 2020, planned(office, 2020), WHY)
        (paper,) = office.register.papers()
        folder = paper.files["pdf"].path.rpartition("/")[0]
        page = folder_page(shelf(folder, [paper], office.register.standing([paper.paper]))).decode()
        assert page.count(">元数据</a>") == 1
        assert "%E6%95%B4%E7%90%86%E5%90%8E%E5%85%83%E6%95%B0%E6%8D%AE%EF%BC%89.xml" in page, "（整理后元数据）.xml"
        assert page == (office.settings.archive / folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("coding", ["filing", "arrangement"])
def test_the_note_sheet_names_who_arranged(tmp_path: Path, coding: str) -> None:
    with opened(tmp_path, coding) as office:
        drop(office, NOTICE)
        run(office)
        room = Room(**dict(office.settings.boxes))
        (paper,) = office.register.papers()
        folder = paper.files["pdf"].path.rpartition("/")[0]
        before = notes_of(shelf(folder, [paper]), room).details["boxes"]
        if coding == "filing":
            (box,) = before
            assert (box["arranged_by"], box["arranged_on"], box["checked_by"]) == ("", "", ""), "written by hand"
            return
        assert before == [], "nothing is in a box before"
        put_in_order(office, 2020, planned(office, 2020), WHY)
        (paper,) = office.register.papers()
        (box,) = notes_of(shelf(folder, [paper], office.register.standing([paper.paper])), room).details["boxes"]
        today = office.now().date()
        written = f"{today.year}年{today.month}月{today.day}日"
        assert (box["arranged_by"], box["arranged_on"], box["checked_by"]) == ("王秘书", written, "李档案员")
        assert (box["first"], box["last"]) == ("0001", "0001")
