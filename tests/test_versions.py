"""Versions of filed papers: a correction comes in by the same door as everything and takes the old one's place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline import deedbook, disposal
from pipeline.catalogues import keep_lists
from pipeline.core.deeds import Action, Status
from pipeline.core.findings import Code, errors
from pipeline.core.values import FiledPaper
from pipeline.deedbook import On, Why
from pipeline.flow import Outcome
from pipeline.kinds import Catalogue
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.restoring import rebuild_register
from pipeline.retrieval import show
from pipeline.rounds import run_once
from pipeline.supplied import shipped
from tests.cutting import KILLED
from tests.faults.test_every_step import run_until
from tests.offices import EXAMPLES, NOTICE, drop, make_office, tree, verified
from tests.test_numberbook import lose_register

FIFTY = "铜王组发〔2020〕50号"
KINDS = Catalogue.load([shipped("templates")])
CHANGED, WHY = "区委组织部干部二科", "联系科室写错了"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with the notice filed."""
    root = tmp_path_factory.mktemp("kept")
    with make_office(root) as office:
        vars(office)["kinds"] = KINDS
        drop(office, NOTICE)
        list(run_once(office, lambda *_counts: None))
    return root


@pytest.fixture
def office(kept: Path, tmp_path: Path) -> Iterator[Office]:
    with make_office(shutil.copytree(kept, tmp_path / "office")) as made:
        vars(made)["kinds"] = KINDS
        yield made


def corrected(folder: Path, *, why: str = WHY, changed: str = CHANGED, name: str = "更正.xlsx") -> None:
    """The notice's workbook again with another 印发机关, and a column 更正说明."""
    workbook = openpyxl.load_workbook(EXAMPLES / "inbox" / NOTICE)
    sheet = workbook.worksheets[0]
    headings = {str(cell.value): cell.column for cell in sheet[2]}
    sheet.cell(3, headings["印发机关"], changed)
    if why:
        sheet.cell(2, sheet.max_column + 1, "更正说明")
        sheet.cell(3, sheet.max_column, why)
    workbook.save(folder / name)


def run(office: Office) -> Outcome:
    (outcome,) = run_once(office, lambda *_counts: None)
    return outcome


def correct(office: Office, **words: str) -> Outcome:
    corrected(office.settings.inbox, **words)
    return run(office)


def papers(office: Office) -> list[FiledPaper]:
    return sorted(office.register.papers(), key=lambda paper: paper.version)


def test_a_changed_row_with_its_reason_is_the_next_version_under_the_same_number(office: Office) -> None:
    before = tree(office.settings.archive)
    assert correct(office).state == "filed"
    old, new = papers(office)
    assert (old.number, new.number, new.version, new.replaces, new.correction) == (FIFTY, FIFTY, 2, old.paper, WHY)
    assert (old.status, new.status) == (Status.REPLACED, Status.VALID)
    assert (old.piece, new.piece) == (1, 2), "each version is a 件 of its own"
    assert new.files["pdf"].path == old.files["pdf"].path.replace(".pdf", "（第2版）.pdf")
    after = tree(office.settings.archive)
    papers_of = [path for path in before if path.endswith((".json", ".docx")) or "50号" in path]
    assert all(after[path] == before[path] for path in papers_of), "the old version is untouched"
    assert [line.n for line in office.register.ledger()] == [50]
    assert [one.paper.paper for one in office.register.filed_records("notice")] == [new.paper]
    view = show(FIFTY, office.register, office.settings.archive)
    assert view.paper == new
    assert ("版次", f"第2版：{WHY}") in view.lines()
    assert "已被更正" in after[f"2020/{old.organisation}/index.html"].decode()
    assert verified(office).is_sound


def test_the_same_correction_again_files_nothing_and_a_third_version_follows_the_second(office: Office) -> None:
    correct(office)
    assert correct(office, name="再来一次.xlsx").state == "known"
    assert correct(office, why="还是写错了", changed="区委组织部").state == "filed"
    assert [(paper.version, paper.status) for paper in papers(office)] == [
        (1, "replaced"),
        (2, "replaced"),
        (3, "valid"),
    ]
    assert verified(office).is_sound


def test_without_a_reason_a_changed_row_comes_back_and_says_what_to_do(office: Office) -> None:
    outcome = correct(office, why="")
    assert outcome.state == "returned"
    (found,) = errors(outcome.findings)
    assert found.code is Code.ALREADY_FILED and "更正说明" in found.hint
    assert len(papers(office)) == 1


def test_a_reason_beside_an_unchanged_row_changes_nothing(office: Office) -> None:
    workbook = openpyxl.load_workbook(EXAMPLES / "inbox" / NOTICE)
    sheet = workbook.worksheets[0]
    sheet.cell(2, sheet.max_column + 1, "更正说明")
    sheet.cell(3, sheet.max_column, WHY)
    workbook.save(office.settings.inbox / "没有改.xlsx")
    assert run(office).state == "known"


def test_a_withdrawn_paper_is_known_and_cannot_be_corrected(office: Office) -> None:
    deedbook.do(office, Action.WITHDRAW, [On(papers(office)[0])], Why("重复", "王秘书"))
    drop(office, NOTICE, under="又来.xlsx")
    assert run(office).state == "known"
    outcome = correct(office)
    assert outcome.state == "returned" and "撤销" in errors(outcome.findings)[0].hint
    assert list(office.register.filed_records()) == []


def test_an_old_version_cannot_be_withdrawn_the_present_one_can(office: Office) -> None:
    correct(office)
    old, new = papers(office)
    with pytest.raises(Exception, match="不能办理"):
        deedbook.do(office, Action.WITHDRAW, [On(old)], Why("重复", "王秘书"))
    deedbook.do(office, Action.WITHDRAW, [On(new)], Why("重复", "王秘书"))
    assert [paper.status for paper in papers(office)] == ["replaced", "withdrawn"]
    assert verified(office).is_sound


def test_versions_come_back_from_the_archive_alone(office: Office) -> None:
    correct(office)
    before = (papers(office), office.register.ledger())
    lose_register(office)
    rebuild_register(office)
    assert (papers(office), office.register.ledger()) == before
    assert verified(office).is_sound


def test_lists_that_are_kept_up_need_no_reason() -> None:
    living = {kind.id for kind in KINDS if kind.living}
    assert living == {"issue-ledger", "lists", "duty-list", "member-roster"}


def test_cut_off_before_any_step_a_correction_is_filed_once(kept: Path, tmp_path: Path) -> None:
    def work(office: Office) -> None:
        vars(office)["kinds"] = KINDS
        list(run_once(office, lambda *_counts: None))

    for steps in range(0, 300, 4):
        root = shutil.copytree(kept, tmp_path / str(steps))
        corrected(root / "inbox")
        code = run_until(root, steps, work)
        assert code in (0, KILLED), code
        with make_office(root) as office:
            recover(office)
            work(office)
            keep_lists(office)
            assert [(one.version, one.status) for one in papers(office)] == [(1, "replaced"), (2, "valid")]
            report = verified(office)
            assert report.is_sound, [remark.sentence for remark in report.damages]
        shutil.rmtree(root)
        if code == 0:
            break
    assert steps > 40


def test_a_hold_covers_every_version_those_to_come_too(office: Office) -> None:
    correct(office)
    why = Why("审计", "王秘书")
    old, new = papers(office)
    deedbook.do(office, Action.HOLD, [On(old), On(new)], why)
    (hold,) = office.register.deeds()
    assert [line.paper for line in hold.lines] == [old.paper], "one line says it for all"
    correct(office, why="还是写错了", changed="区委组织部")
    third = papers(office)[-1]
    stand = office.register.standing([third.paper])[third.paper]
    assert stand.held == hold
    with pytest.raises(Exception, match="不能办理"):
        disposal.destroy(office, [new], Why("期满", "甲", ("乙",)), date(2099, 1, 1))
    assert all(due.is_held for due in disposal.due(office, date(2099, 1, 1)))
    assert verified(office).is_sound
    deedbook.do(office, Action.UNHOLD, [On(third)], why)
    assert not any(due.is_held for due in disposal.due(office, date(2099, 1, 1)))
    lose_register(office)
    rebuild_register(office)
    assert not any(due.is_held for due in disposal.due(office, date(2099, 1, 1)))
    assert verified(office).is_sound


def test_what_happened_to_a_version_is_told_from_the_archive_alone(office: Office) -> None:
    def told() -> list[tuple[str, ...]]:
        lines = []
        for paper in papers(office):
            view = show(paper.paper, office.register, office.settings.archive)
            lines.append((*(value for _label, value in view.lines()), *(what for _at, what in view.history())))
        return lines

    correct(office)
    before = told()
    lose_register(office)
    rebuild_register(office)
    assert told() == [(*lines, "由档案重建登记") for lines in before]
