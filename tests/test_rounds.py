"""A round through the inbox when something is in the way of one file, and of none of the others."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from pipeline.core.errors import ArchiveDamaged, CannotRender, ConfigurationError, OutOfReach
from pipeline.flow import Outcome
from pipeline.office import Office
from pipeline.rounds import run_once
from tests.drives import read_only
from tests.offices import EXAMPLES, FORMS, MISTAKES, NOTICE, CalmWorkers, drop, make_office, tree, verified


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path) as made:
        yield made


def run(office: Office) -> list[Outcome]:
    return list(run_once(office, lambda *_counts: None))


def states(office: Office) -> list[str]:
    return [outcome.state for outcome in run(office)]


def receipts(office: Office) -> list[str]:
    return sorted(path.name for path in office.receipts.glob("*.xlsx"))


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


# ------------------------------------------------------------------ an inbox in which we may not write


def test_papers_are_filed_once_although_the_inbox_is_read_only(office: Office) -> None:
    drop(office, NOTICE)
    with read_only(office.settings.inbox):
        [first] = run(office)
        assert (first.state, first.delivered) == ("filed", None)
        assert "回执写不进收件夹（磁盘是只读的）" in first.why
        filed = tree(office.settings.archive)
        assert len(first.papers) == 1 and verified(office).is_sound
        for _again in range(2):
            outcomes = run(office)
            assert {outcome.name for outcome in outcomes} == {NOTICE}
            assert all("已归档" in outcome.why for outcome in outcomes)
        assert tree(office.settings.archive) == filed
        assert left_in(office.settings.inbox) == [NOTICE]


def test_the_receipt_follows_when_the_inbox_can_be_written_again(office: Office) -> None:
    drop(office, NOTICE)
    with read_only(office.settings.inbox):
        run(office)
    [late] = run(office)
    assert (late.state, late.delivered) == ("filed", office.receipts / "铜王组发50号通知（回执）.xlsx")
    assert "接着办完" in late.why
    assert run(office) == []
    assert left_in(office.settings.inbox) == []
    assert office.register.unfinished() == ()


@pytest.mark.parametrize("workbook", [NOTICE, MISTAKES])
def test_an_original_that_cannot_be_removed_is_not_answered_again(office: Office, workbook: str) -> None:
    with read_only(drop(office, workbook), code=errno.EACCES):
        [first] = run(office)
        assert first.state in ("filed", "returned")
        assert "原件删不掉（没有权限）" in first.why
        answers = tree(office.settings.inbox)
        for _again in range(3):
            [again] = run(office)
            assert again.state == "waiting" and "原件删不掉" in again.why
        assert tree(office.settings.inbox) == answers
        assert office.register.unfinished() == ()
    run(office)
    assert left_in(office.settings.inbox) == []


def test_an_original_saved_anew_is_a_new_arrival_even_where_nothing_can_be_removed(office: Office) -> None:
    dropped = drop(office, NOTICE)
    with read_only(dropped, code=errno.EACCES):
        run(office)
        dropped.write_bytes((EXAMPLES / "inbox" / FORMS).read_bytes())
        [again] = run(office)
    assert (again.state, len(again.papers)) == ("filed", 6)


def test_a_workbook_that_cannot_be_sent_back_is_not_numbered_and_not_forgotten(office: Office) -> None:
    drop(office, MISTAKES)
    with read_only(office.settings.inbox):
        with pytest.raises(OSError):
            run(office)
        assert list(office.register.papers()) == []
    assert states(office) == ["returned"]


# ------------------------------------------------------------------ one file in trouble, and the others


def test_a_wrong_template_stops_its_own_workbook_only(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    real = CalmWorkers.print_papers

    def broken(self: CalmWorkers, papers: object) -> Iterator[object]:
        [*numbered] = papers  # type: ignore[misc]
        if numbered[0].record.kind.id == "notice":
            yield ConfigurationError("占位符写错了", where="template.docx")
        else:
            yield from real(self, numbered)

    monkeypatch.setattr(CalmWorkers, "print_papers", broken)
    for name in (NOTICE, FORMS, MISTAKES):
        drop(office, name)
    seen: list[Outcome] = []
    with pytest.raises(ConfigurationError, match="占位符"):
        seen.extend(run_once(office, lambda *_counts: None))
    office_run = {path.name for path in office.settings.inbox.iterdir() if path.is_file()}
    assert office_run == {NOTICE}
    assert len(list(office.register.papers())) == 6


class Panic(BaseException):
    """What a broken file makes a library of Rust raise: no ``Exception``."""


@pytest.mark.parametrize(
    "trouble", [Panic("index out of bounds"), MemoryError(), RuntimeError("a bug"), OSError(5, "IO")]
)
def test_whatever_a_file_makes_a_library_raise_the_others_go_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, trouble: BaseException
) -> None:
    real = CalmWorkers.read
    renewed = []

    def read(self: CalmWorkers, path: Path) -> object:
        if "坏" in path.name:
            raise trouble
        return real(self, path)

    monkeypatch.setattr(CalmWorkers, "read", read)
    monkeypatch.setattr(Office, "renew_workers", lambda _office: renewed.append(1))
    drop(office, NOTICE, under="一个坏文件.xlsx")
    drop(office, FORMS, under="好的.xlsx")
    with pytest.raises(type(trouble)):
        run(office)
    assert left_in(office.settings.inbox) == ["一个坏文件.xlsx"]
    assert len(list(office.register.papers())) == 6
    assert bool(renewed) == (not isinstance(trouble, OSError))


def test_ctrl_c_is_not_a_file_in_trouble(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_self: CalmWorkers, _path: Path) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(CalmWorkers, "read", read)
    drop(office, NOTICE)
    with pytest.raises(KeyboardInterrupt):
        run(office)


def test_a_submission_whose_place_is_taken_does_not_hold_up_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(office, NOTICE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.flow.finish", _cut_off)
        with pytest.raises(SystemExit):
            run(office)
    [paper] = office.register.papers()
    strange = office.settings.archive / paper.files["pdf"].path
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"somebody put another file there")
    drop(office, FORMS)
    with pytest.raises(ArchiveDamaged, match="没有覆盖"):
        run(office)
    assert len(list(office.register.papers())) == 7
    assert left_in(office.settings.inbox) == [NOTICE]
    assert strange.read_bytes() == b"somebody put another file there"
    strange.unlink()
    run(office)
    assert verified(office).is_sound
    assert len(receipts(office)) == 2
    assert left_in(office.settings.inbox) == []


def _cut_off(*_args: object) -> None:
    raise SystemExit


def test_a_lost_archive_stops_the_round_before_anything_is_claimed(office: Office, tmp_path: Path) -> None:
    drop(office, NOTICE)
    run(office)
    drop(office, FORMS)
    office.settings.archive.rename(tmp_path / "away")
    with office.writing("run"):
        with pytest.raises(OutOfReach, match="档案库读不到"):
            run(office)
        office.settings.archive.mkdir()  # a bare mount point
        with pytest.raises(OutOfReach, match="里面是空的"):
            run(office)
        assert list(office.settings.archive.iterdir()) == []
        assert not list(office.spool.glob("*"))
        office.settings.archive.rmdir()
        (tmp_path / "away").rename(office.settings.archive)
        assert states(office) == ["filed"]
    assert verified(office).is_sound


# ------------------------------------------------------------------ names

NAMES = [
    unicodedata.normalize("NFD", "café 五月.xlsx"),
    "长" * 83 + ".xlsx",
    " 前后有空格 .xlsx",
    "换\n行\t.xlsx",
    "???.xlsx",
    "CON.xlsx",
    "名.单.2020.xlsx",
    "《五月》“通知”＆<附件>|1.xlsx",
    "𠮷野家的表.xlsx",
    "-rf.xlsx",
    "=1+1.xlsx",
    os.fsdecode("五月通知.xlsx".encode("gb18030")),
    os.fsdecode(b"\xff\xfe\xff.xlsx"),
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_workbook_of_any_name_is_taken_in_filed_and_receipted(office: Office, name: str) -> None:
    drop(office, NOTICE, under=name)
    [outcome] = run(office)
    assert outcome.state == "filed", outcome.why
    outcome.name.encode()
    assert left_in(office.settings.inbox) == []
    assert len(receipts(office)) == 1
    assert verified(office).is_sound
    [paper] = office.register.papers()
    assert "\n" not in paper.source_name


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_faulty_workbook_of_any_name_comes_back(office: Office, name: str) -> None:
    sent = drop(office, MISTAKES, under=name).read_bytes()
    assert states(office) == ["returned"]
    assert left_in(office.settings.inbox) == []
    [returned] = office.returned.glob("*.xlsx")
    [original] = office.originals.iterdir()
    assert original.read_bytes() == sent
    assert len(returned.name.encode()) <= 255


def test_two_names_alike_but_for_case_are_two_workbooks(office: Office) -> None:
    drop(office, NOTICE, under="May.xlsx")
    drop(office, FORMS, under="may.xlsx")
    assert sorted(states(office)) == ["filed", "filed"]
    assert len(receipts(office)) == 2


def test_two_names_alike_but_for_composition_are_two_workbooks(office: Office) -> None:
    composed, decomposed = (unicodedata.normalize(form, "é.xlsx") for form in ("NFC", "NFD"))
    drop(office, NOTICE, under=composed)
    drop(office, NOTICE, under=decomposed)
    assert sorted(states(office)) == ["filed", "known"]
    assert left_in(office.settings.inbox) == []
    assert len(list(office.register.papers())) == 1


# ------------------------------------------------------------------ senders' own folders


def with_subfolders(root: Path) -> Office:
    office = make_office(root)
    settings = root / "gongwen.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "subfolders = true\n", encoding="utf-8")
    opened = Office.open(root)
    vars(opened)["workers"] = vars(office)["workers"]
    return opened


def test_a_sender_finds_the_answer_in_her_own_folder(tmp_path: Path) -> None:
    with with_subfolders(tmp_path) as office:
        own = office.settings.inbox / "桃园社区"
        own.mkdir()
        for name in (NOTICE, MISTAKES):
            (own / name).write_bytes((EXAMPLES / "inbox" / name).read_bytes())
        outcomes = run(office)
        assert {outcome.name: outcome.state for outcome in outcomes} == {
            f"桃园社区/{NOTICE}": "filed",
            f"桃园社区/{MISTAKES}": "returned",
        }
        assert left_in(own) == []
        assert [path.name for path in (own / "退回").glob("*.xlsx")] == [MISTAKES]
        [receipt] = (own / "回执").glob("*.xlsx")
        sheet = openpyxl.load_workbook(receipt).worksheets[0]
        [link] = [
            cell.hyperlink.target
            for row in sheet.iter_rows()
            for cell in row
            if cell.hyperlink and cell.hyperlink.target
        ]
        assert (receipt.parent / link).resolve().is_file()
        assert not office.receipts.exists()


def test_the_folder_of_nobody_we_know_is_left_alone(tmp_path: Path) -> None:
    with with_subfolders(tmp_path) as office:
        other = office.settings.inbox / "别的文件夹"
        other.mkdir()
        (other / NOTICE).write_bytes((EXAMPLES / "inbox" / NOTICE).read_bytes())
        assert run(office) == []


def test_without_the_setting_folders_are_left_alone(office: Office) -> None:
    own = office.settings.inbox / "桃园社区"
    own.mkdir()
    (own / NOTICE).write_bytes((EXAMPLES / "inbox" / NOTICE).read_bytes())
    assert run(office) == []


def test_the_same_workbook_from_two_senders_is_two_submissions(tmp_path: Path) -> None:
    with with_subfolders(tmp_path) as office:
        for name in ("桃园社区", "红旗社区"):
            (office.settings.inbox / name).mkdir()
            (office.settings.inbox / name / FORMS).write_bytes((EXAMPLES / "inbox" / FORMS).read_bytes())
        assert sorted(states(office)) == ["filed", "known"]


def test_papers_refused_by_the_gate_say_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def jam(_self: CalmWorkers, papers: object) -> Iterator[object]:
        for _paper in papers:  # type: ignore[attr-defined]
            yield CannotRender("第1页的文字超出了纸边")

    monkeypatch.setattr(CalmWorkers, "print_papers", jam)
    drop(office, NOTICE)
    assert states(office) == ["returned"]


def test_what_was_cut_off_half_way_is_finished_and_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a person who runs it again the workbook is gone from the inbox: it must not be the log alone that knows."""

    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    drop(office, NOTICE)
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.flow.finish", killed)
        with pytest.raises(KeyboardInterrupt):
            list(run_once(office, lambda *_: None))
    (outcome,) = run_once(office, lambda *_: None)
    assert (outcome.state, outcome.name, [one.number for one in outcome.papers]) == (
        "filed",
        NOTICE,
        ["铜王组发〔2020〕50号"],
    )
    assert outcome.delivered is not None and outcome.delivered.is_file() and "接着办完" in outcome.why
    assert list(run_once(office, lambda *_: None)) == []
