"""The number book of an office: what is done to numbers by hand, and that it outlives kills and a lost register."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from pipeline.books import Why
from pipeline.core.acts import Action
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged, ConfigurationError
from pipeline.core.findings import Code, Severity
from pipeline.core.values import Number
from pipeline.filing import Archive
from pipeline.flow import Outcome
from pipeline.numberbook import enter_old_register, read_old_register, release, reserve, void
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.restoring import rebuild_register
from pipeline.rounds import run_once
from tests.filed import healed
from tests.offices import EXAMPLES, NOTICE, make_office, tree, verified

WHY = Why("年终表彰", "王秘书")
SERIES = "铜王组发"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path) as made:
        yield made


def text(n: int, year: int = 2020) -> str:
    return f"铜王组发〔{year}〕{n}号"


def states(office: Office, series: str = SERIES, year: int = 2020) -> dict[int, str]:
    return {line.n: line.state for line in office.register.ledger(series, year)}


def notice(office: Office, number: str = "", title: str = "关于下一项工作的通知", year: int = 2020) -> Outcome:
    """Run the office over the example notice with this number (none: the office gives one), title and year."""
    workbook = openpyxl.load_workbook(EXAMPLES / "inbox" / NOTICE)
    for row in workbook.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "铜王组发〔2020〕50号":
                cell.value = number or None
            elif isinstance(cell.value, str) and "关于印发" in cell.value and len(cell.value) < 100:
                cell.value = title
            elif cell.coordinate in {"H3", "P3"}:  # 成文日期, 印发日期
                cell.value = date(year, 4, 16)
    workbook.save(office.settings.inbox / f"{title}.xlsx")
    (outcome,) = run_once(office, lambda *_counts: None)
    return outcome


def sheet(folder: Path, *rows: tuple[object, ...], name: str = "手工登记簿.xlsx") -> Path:
    """A paper register as an office keeps it in Excel: a title, headings, lines."""
    path = folder / name
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active.append(["2020年发文登记簿"])
    workbook.active.append(["序号", "发文字号", "文件标题", "发文日期", "备注"])
    for place, row in enumerate(rows, start=1):
        workbook.active.append([place, *row])
    workbook.save(path)
    return path


def lose_register(office: Office) -> None:
    office.register.close()
    del vars(office)["register"]
    for path in office.settings.private.glob("register.db*"):
        path.unlink()


# --------------------------------------------------------------------------- what is done


def test_a_reserved_number_is_passed_over_and_taken_by_the_workbook_that_gives_it(office: Office) -> None:
    done = reserve(office, SERIES, 2020, None, WHY, date(2020, 12, 31))
    assert done.entry.lines[0].number.text == text(50)
    assert not done.trouble
    assert [paper.number for paper in notice(office).papers] == [text(51)]
    taking = notice(office, text(50), "关于表彰的通知")
    assert [paper.number for paper in taking.papers] == [text(50)]
    (told,) = taking.findings
    assert (told.code, told.severity) == (Code.NUMBER_RESERVED, Severity.WARNING)
    assert "年终表彰" in told.hint
    assert states(office) == {50: "allocated", 51: "allocated"}
    assert verified(office).is_sound


def test_a_void_number_is_kept_for_ever_with_its_reason(office: Office) -> None:
    reserve(office, SERIES, 2020, 50, WHY)
    void(office, text(50), 2020, Why("打印错误", "李秘书"))
    assert [paper.number for paper in notice(office).papers] == [text(51)]
    outcome = notice(office, text(50), "关于另一件事的通知")
    assert outcome.state == "returned"
    assert [finding.code for finding in outcome.findings if finding.severity is Severity.ERROR] == [Code.NUMBER_TAKEN]
    with pytest.raises(AnswerIsNo):
        release(office, text(50), 2020, WHY)
    assert states(office) == {50: "void", 51: "allocated"}
    assert verified(office).is_sound


def test_a_released_number_is_the_next_one_to_be_given(office: Office) -> None:
    reserve(office, SERIES, 2020, 50, WHY)
    release(office, "铜王组发[2020]50号", 2020, Why("", "王秘书"))
    assert [paper.number for paper in notice(office).papers] == [text(50)]
    assert [act.action for act in office.register.acts()] == [Action.RESERVE, Action.RELEASE]
    assert verified(office).is_sound


def test_the_number_of_a_filed_paper_cannot_be_voided(office: Office) -> None:
    notice(office)
    with pytest.raises(AnswerIsNo, match="关于下一项工作的通知"):
        void(office, text(50), 2020, WHY)


def test_the_year_is_that_of_the_paper_and_the_next_one_starts_at_one(office: Office) -> None:
    assert [paper.number for paper in notice(office).papers] == [text(50)]
    assert reserve(office, SERIES, 2021, None, WHY).entry.lines[0].number.text == text(1, 2021)
    later = notice(office, title="关于次年工作的通知", year=2021)
    assert [paper.number for paper in later.papers] == [text(2, 2021)]
    assert [paper.number for paper in notice(office, title="关于补发的通知").papers] == [text(51)]


# --------------------------------------------------------------------------- the paper register


LINES = (
    (text(48), "关于甲的通知", date(2020, 4, 1), None),
    (text(49), "关于乙的通知", "2020.4.9", "机密"),
)


def test_the_paper_register_is_entered_and_kept(office: Office, tmp_path: Path) -> None:
    path = sheet(tmp_path, *LINES)
    before = tree(office.settings.archive)
    read = read_old_register(office, path)
    assert tree(office.settings.archive) == before, "checking writes nothing"
    assert read.register.is_good
    done = enter_old_register(office, read, "王秘书")
    source = office.settings.archive / done.entry.files["source"].path
    assert source.read_bytes() == path.read_bytes()
    entry = office.register.entry(Number(SERIES, 2020, 49, text(49)))
    assert entry is not None
    assert (entry.state, entry.title, entry.dated, entry.reason) == (
        "imported",
        "关于乙的通知",
        date(2020, 4, 9),
        "机密",
    )
    outcome = notice(office, text(49), "关于丙的通知")
    assert "它是手工登记簿里的文号：《关于乙的通知》，2020年4月9日" in outcome.findings[0].hint
    assert [paper.number for paper in notice(office).papers] == [text(50)]
    assert verified(office).is_sound


def test_the_register_as_text_is_read_too_and_may_come_again_longer(office: Office, tmp_path: Path) -> None:
    enter_old_register(office, read_old_register(office, sheet(tmp_path, *LINES)), "王秘书")
    path = tmp_path / "登记簿.csv"
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows(
            [
                ("文号", "题名", "日期", "备注"),
                (text(47), "关于丙的通知", "2020年3月2日", ""),
                (text(48), "关于甲的通知", "2020年4月1日", ""),
            ]
        )
    read = read_old_register(office, path)
    assert read.register.is_good
    assert ([line.number.n for line in read.register.lines], read.register.known) == ([47], 1)


def test_one_wrong_line_and_none_is_entered(office: Office, tmp_path: Path) -> None:
    notice(office)
    path = sheet(
        tmp_path, *LINES, (text(50), "关于丁的通知", date(2020, 4, 16), None), (text(47), "戊", "4月31日", None)
    )
    register = read_old_register(office, path).register
    assert [(one.code, one.cell) for one in register.findings if one.severity is Severity.ERROR] == [
        (Code.NOT_A_DATE, "D6"),
        (Code.NUMBER_TAKEN, "B5"),
    ]
    with pytest.raises(ValueError, match="nothing to enter"):
        enter_old_register(office, replace(read_old_register(office, path)), "王秘书")
    assert office.register.acts() == ()


def test_a_file_that_is_no_workbook_is_a_finding(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "登记簿.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    register = read_old_register(office, path).register
    assert [one.code for one in register.findings] == [Code.NOT_A_WORKBOOK]


# --------------------------------------------------------------------------- what it outlives


def play(office: Office, folder: Path) -> None:
    """One act of each sort, and two papers between them."""
    reserve(office, SERIES, 2020, None, WHY, date(2020, 12, 31))
    enter_old_register(office, read_old_register(office, sheet(folder, *LINES)), "王秘书")
    notice(office)
    reserve(office, "中共铜川市王益区委组织部联席会议纪要", 2020, 3, WHY)
    void(office, text(55), 2020, WHY)
    reserve(office, SERIES, 2020, 54, WHY)
    notice(office, text(54), "关于表彰的通知")
    release(office, "中共铜川市王益区委组织部联席会议纪要〔2020〕第3期", 2020, WHY)


def book(office: Office) -> tuple[object, ...]:
    lines = [(line.series, line.n, line.state, line.title, line.by, line.until) for line in office.register.ledger()]
    return lines, office.register.acts(), office.register.last_piece("D001-WS·2020-D30-ZZB")


def test_the_number_book_comes_back_from_the_archive_alone(office: Office, tmp_path: Path) -> None:
    play(office, tmp_path)
    before = book(office)
    assert states(office) == {
        48: "imported",
        49: "imported",
        50: "reserved",
        51: "allocated",
        54: "allocated",
        55: "void",
    }
    lose_register(office)
    restored = rebuild_register(office)
    assert (restored.papers, restored.acts, restored.problems) == (2, 6, ())
    assert book(office) == before
    assert verified(office).is_sound
    assert reserve(office, SERIES, 2020, None, WHY).entry.seq == 7


def test_a_register_that_is_lost_or_old_is_not_written_on(office: Office) -> None:
    old = office.register_path.with_name("backup.db")
    reserve(office, SERIES, 2020, None, WHY)
    office.register.close()
    del vars(office)["register"]
    old.write_bytes(office.register_path.read_bytes())
    reserve(office, SERIES, 2020, None, WHY)
    lose_register(office)
    with pytest.raises(ConfigurationError, match="登记簿不知道的文件"):
        recover(office)
    lose_register(office)
    office.register_path.write_bytes(old.read_bytes())
    with pytest.raises(ArchiveDamaged, match="记到第 2 条"):
        reserve(office, SERIES, 2020, None, WHY)
    rebuild_register(office)
    assert reserve(office, SERIES, 2020, None, WHY).entry.lines[0].number.text == text(52)


def test_an_act_that_cannot_be_read_stops_a_rebuild_without_an_old_register(office: Office) -> None:
    reserve(office, SERIES, 2020, None, WHY)
    path = office.settings.archive / office.register.acts()[0].files["act"].path
    path.write_bytes(b"{}")
    assert [one.path for one in rebuild_register(office).problems] == [
        path.relative_to(office.settings.archive).as_posix()
    ]
    assert states(office) == {50: "reserved"}, "the old register remembered it"
    lose_register(office)
    with pytest.raises(ArchiveDamaged, match="1 份归档记录"):
        rebuild_register(office)


def test_an_act_that_is_gone_leaves_a_hole_that_is_told(office: Office) -> None:
    for _again in range(3):
        reserve(office, SERIES, 2020, None, WHY)
    (office.settings.archive / office.register.acts()[1].files["act"].path).unlink()
    lose_register(office)
    (problem,) = rebuild_register(office).problems
    assert "缺第 2 条" in problem.sentence


def test_done_is_done_even_when_the_archive_fails_in_the_middle(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Archive, "place_files", full)
    done = reserve(office, SERIES, 2020, None, WHY)
    assert "No space" in done.trouble
    assert states(office) == {50: "reserved"}
    monkeypatch.undo()
    recover(office)
    assert office.register.unfinished_acts() == ()
    assert verified(office).is_sound


# --------------------------------------------------------------------------- kills


ACTS: dict[str, Callable[[Office, Path], object]] = {
    "reserve": lambda office, folder: reserve(office, SERIES, 2020, 52, WHY),
    "void": lambda office, folder: void(office, text(50), 2020, WHY),
    "release": lambda office, folder: release(office, text(50), 2020, WHY),
    "import": lambda office, folder: enter_old_register(
        office, read_old_register(office, sheet(folder, *LINES)), "王秘书"
    ),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one number reserved, to be copied."""
    root = tmp_path_factory.mktemp("kept")
    with make_office(root) as office:
        reserve(office, SERIES, 2020, 50, WHY)
    return root


@pytest.mark.parametrize("name", ACTS)
def test_cut_off_before_any_step_an_act_is_done_wholly_or_not_at_all(name: str, kept: Path, tmp_path: Path) -> None:
    """After the kill the next writer heals it; then the act can be done, or was; the archive and the ledger agree."""
    outcomes = []
    before = {50: "reserved"}
    for steps in range(200):
        root = shutil.copytree(kept, tmp_path / str(steps))
        act = partial(ACTS[name], folder=root)
        with healed(root, steps, act) as (office, was_cut_off):
            done = len(office.register.acts()) == 2
            assert done == (states(office) != before)
            if not done:
                act(office)
                assert states(office) != before
                assert verified(office).is_sound
        outcomes.append(done)
        if not was_cut_off:
            break
    assert outcomes == sorted(outcomes), "what was committed was lost again"
    assert outcomes.count(False) > 5 and outcomes.count(True) > 5
