"""The number commands as a person types them, and what they answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.office
from pipeline.filing import Archive
from tests.cli.terminal import Said, gongwen
from tests.offices import NOTICE, CalmWorkers, drop, make_office, tree
from tests.test_numberbook import LINES, sheet

Type = Callable[..., Said]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Type:
    """``gongwen -w OFFICE …`` in an office of its own."""
    make_office(tmp_path / "office").__exit__(None, None, None)
    monkeypatch.setattr(pipeline.office.Office, "workers", CalmWorkers())
    return lambda *words: gongwen(capsys, monkeypatch, "-w", tmp_path / "office", *words)


def reserve(typed: Type, *more: object) -> Said:
    words = ("number", "reserve", "铜王组发", "--year", 2020, "--purpose", "年终表彰", "--by", "王秘书")
    return typed(*words, *more)


def file_notice(typed: Type, tmp_path: Path) -> None:
    with make_office(tmp_path / "office") as office:
        drop(office, NOTICE)
    assert typed("run").code == 0


def test_a_number_is_reserved_listed_and_released(typed: Type) -> None:
    said = reserve(typed, "--until", "2099-12-31")
    assert said.code == 0
    assert "预留了 铜王组发〔2020〕50号，用途：年终表彰，留到2099年12月31日" in said.out
    listed = typed("number", "list").out
    assert "铜王组发〔2020〕50号" in listed and "预留至2099年12月31日" in listed and "王秘书" in listed
    assert typed("number", "release", "铜王组发[2020]50号").code == 0
    assert typed("number", "list").code == 1


def test_a_number_is_voided_with_its_reason(typed: Type) -> None:
    said = typed("number", "void", "铜王组发〔2020〕50号", "--reason", "打印错误", "--by", "李秘书")
    assert (said.code, said.out) == (0, "作废了 铜王组发〔2020〕50号，原因：打印错误\n")
    assert "作废 50：打印错误（李秘书）" in typed("number", "continuity").out
    again = typed("number", "void", "铜王组发〔2020〕50号", "--reason", "再一次")
    assert again.code == 1
    assert "已作废：打印错误" in again.err


def test_the_number_of_a_filed_paper_is_not_voided_and_it_is_said_what_to_do(typed: Type, tmp_path: Path) -> None:
    file_notice(typed, tmp_path)
    said = typed("number", "void", "铜王组发〔2020〕50号", "--reason", "错了")
    assert said.code == 1
    assert "档号 D001-WS·2020-D30-ZZB-0001" in said.err
    assert "gongwen withdraw" in said.err and "更正说明" in said.err


def test_an_expired_reservation_is_told_and_stays(typed: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    reserve(typed, "--until", "2026-12-31")
    now = pipeline.office.Office.now
    monkeypatch.setattr(pipeline.office.Office, "now", lambda office: now(office).replace(year=2098))
    assert "已过期" in typed("number", "list").out
    said = typed("number", "continuity")
    assert said.code == 1
    assert "预留 50：年终表彰（王秘书，至2026年12月31日，已过期，请用掉或释放）" in said.out
    [entry] = json.loads(typed("--json", "number", "list").out)
    assert (entry["state"], entry["expired"]) == ("reserved", True)


@pytest.mark.parametrize(
    "words",
    [
        ("reserve", "铜王组发"),
        ("reserve", "铜王组发", "--purpose", "  "),
        ("reserve", "铜王组发", "--purpose", "表彰", "--until", "明年"),
        ("reserve", "铜王组发", "--purpose", "表彰", "--until", "2020-01-01"),
        ("reserve", "铜王组发", "--purpose", "表彰", "-n", "0"),
        ("reserve", "铜王组发", "--purpose", "表彰", "--year", "20"),
        ("list", "--year", "99999999999999999999"),
        ("void", "铜王组发〔2020〕50号"),
        ("import", "no-such-file.xlsx"),
    ],
)
def test_what_is_typed_wrongly_is_usage_and_does_nothing(typed: Type, words: tuple[str, ...]) -> None:
    assert typed("number", *words).code == 2
    assert typed("number", "list").code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reserve", "没有这种号", "--purpose", "表彰"), "铜王组发"),
        (("reserve", "铜王组发", "--year", "2020", "-n", "49", "--purpose", "表彰"), "number import"),
        (("reserve", "铜王组发", "--year", "2190", "--purpose", "表彰"), "年份太远"),
        (("void", "别的机关〔2020〕1号", "--reason", "错"), "不是本办公室的号"),
        (("release", "铜王组发〔2020〕50号"), "没有预留"),
        (("void", "〔2020〕第3期", "--reason", "错"), "请写全"),
    ],
)
def test_the_answer_is_no_and_says_why(typed: Type, words: tuple[str, ...], said: str) -> None:
    answer = typed("number", *words)
    assert answer.code == 1
    assert said in answer.err


def test_a_program_hears_what_was_done_and_where_it_is_kept(typed: Type, tmp_path: Path) -> None:
    words = ("number", "reserve", "铜王组发", "--year", 2020, "--purpose", "表彰", "-n", 52)
    done = json.loads(typed("--json", *words).out)
    assert (done["number"], done["n"], done["action"], done["filed"]) == ("铜王组发〔2020〕52号", 52, "reserve", True)
    assert (tmp_path / "office" / "archive" / done["record"]).is_file()


def test_done_is_said_to_be_done_when_the_archive_fails(typed: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Archive, "place_files", full)
        said = reserve(typed)
    assert said.code == 0
    assert "已经登记，不用再做一次" in said.err
    assert typed("verify").code == 0
    assert "铜王组发〔2020〕51号" in reserve(typed).out
    assert typed("verify").code == 0


def test_the_paper_register_is_checked_first_and_entered_with_apply(typed: Type, tmp_path: Path) -> None:
    path = sheet(tmp_path, *LINES)
    before = tree(tmp_path / "office" / "archive")
    checked = typed("number", "import", path)
    assert checked.code == 0
    assert "新的号 2 个" in checked.out and "--apply" in checked.out
    assert "铜王组发 2020年：接下来编 50 号\n" in checked.out
    assert tree(tmp_path / "office" / "archive") == before
    applied = typed("number", "import", path, "--apply", "--by", "王秘书")
    assert (applied.code, "登记好了 2 个号" in applied.out) == (0, True)
    assert "关于乙的通知（机密）" in typed("number", "list").out
    assert "手工登记：48–49" in typed("number", "continuity").out
    again = typed("number", "import", path, "--apply")
    assert (again.code, "以前登记过的 2 个" in again.out) == (0, True)
    assert typed("verify").code == 0


def test_a_wrong_line_is_told_at_its_cell_and_nothing_is_entered(typed: Type, tmp_path: Path) -> None:
    path = sheet(tmp_path, *LINES, ("别的机关〔2020〕1号", "关于丁的通知", None, None))
    said = typed("number", "import", path, "--apply")
    assert said.code == 3
    assert "B5（文号）" in said.out and "一个号也没有登记" in said.out
    assert typed("number", "list").code == 1
    told = json.loads(typed("--json", "number", "import", path).out)
    assert (told["accepted"], told["applied"]) == (False, False)


def test_a_hole_of_the_paper_register_is_told_before_it_is_filled(typed: Type, tmp_path: Path) -> None:
    rows = [(f"红社党〔2020〕{n}号", f"第{n}件", None, None) for n in (1, 2, 4)]
    said = typed("number", "import", sheet(tmp_path, *rows))
    assert "红社党 2020年：接下来编 3 号，登记簿里缺这个号" in said.out


def test_gaps_are_told(typed: Type, tmp_path: Path) -> None:
    reserve(typed, "-n", 53)
    said = typed("number", "continuity")
    assert said.code == 1
    assert "铜王组发 2020年：53–53，共 1 个，断号 50–52，接下来编 50" in said.out
    [report] = json.loads(typed("--json", "number", "continuity").out)
    assert (report["gaps"], report["reserved"], report["next"]) == ([{"first": 50, "last": 52}], [53], 50)


def test_reindex_brings_the_number_book_back(typed: Type, tmp_path: Path) -> None:
    reserve(typed)
    (tmp_path / "office" / ".gongwen" / "register.db").unlink()
    lost = typed("number", "reserve", "铜王组发", "--purpose", "表彰")
    assert (lost.code, "reindex" in lost.err) == (6, True)
    assert "0 份文件，1 条号簿记录" in typed("reindex").out
    assert "预留" in typed("number", "list").out
    assert typed("verify").code == 0
