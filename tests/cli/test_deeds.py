"""What an archivist types about papers after filing, and what is answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import pipeline.office
from pipeline.core.deeds import kept_until
from tests.cli.terminal import Said, gongwen
from tests.offices import FORMS, NOTICE, CalmWorkers, drop, make_office, tree, verified

Type = Callable[..., Said]
FIFTY = "铜王组发〔2020〕50号"
WHY = ("--reason", "重复发文", "--by", "王秘书")


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Type:
    """``gongwen -w OFFICE …`` in an office with the notice and the forms filed; forms are kept for ten years."""
    with make_office(tmp_path / "office") as office:
        for name in (NOTICE, FORMS):
            drop(office, name)
    settings = tmp_path / "office" / "gongwen.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[retention]", '[retention]\nmember-form = "D10"'), encoding="utf-8")
    monkeypatch.setattr(pipeline.office.Office, "workers", CalmWorkers())
    typed = lambda *words: gongwen(capsys, monkeypatch, "-w", tmp_path / "office", *words)  # noqa: E731
    assert typed("run").code == 0
    return typed


def test_a_withdrawn_paper_is_found_and_shown_as_such(typed: Type) -> None:
    said = typed("withdraw", FIFTY, *WHY)
    assert (said.code, said.err) == (0, "")
    assert f"撤销：{FIFTY}" in said.out and f"00001 撤销 {FIFTY}.json" in said.out
    assert f"【已撤销】{FIFTY}" in typed("find", "兼职委员制").out
    shown = typed("show", FIFTY).out
    assert "状态：已撤销" in shown
    assert "撤销：重复发文（王秘书）" in shown
    again = typed("withdraw", FIFTY, *WHY)
    assert again.code == 1 and "已经撤销" in again.err


def test_a_repealed_paper_says_from_when(typed: Type) -> None:
    assert typed("repeal", FIFTY, "--from", "2026-12-31", *WHY).code == 0
    assert "状态：已废止（自2026年12月31日起）" in typed("show", FIFTY).out
    told = json.loads(typed("--json", "show", FIFTY).out)
    assert (told["status"], told["since"]) == ("repealed", "2026-12-31")


def test_a_repeal_before_the_papers_own_day_or_for_itself_is_refused(typed: Type) -> None:
    early = typed("repeal", FIFTY, "--from", "2020-04-15", *WHY)
    assert early.code == 1 and "早于这份文件的成文日期（2020年4月16日）" in early.err
    itself = typed("repeal", FIFTY, "--from", "2026-12-31", "--replaced-by", FIFTY, *WHY)
    assert itself.code == 1 and "不能代替它自己" in itself.err
    assert "状态：有效" in typed("show", FIFTY).out


def test_a_paper_that_does_not_hold_takes_no_ones_place(typed: Type) -> None:
    form = json.loads(typed("--json", "find", "--kind", "member-form").out)[0]["paper"]
    assert typed("withdraw", form, *WHY).code == 0
    said = typed("repeal", FIFTY, "--from", "2026-12-31", "--replaced-by", form, *WHY)
    assert said.code == 1 and "自己已不再有效" in said.err


def test_no_seal_for_a_paper_that_does_not_hold(typed: Type) -> None:
    assert typed("repeal", FIFTY, "--from", "2099-12-31", *WHY).code == 0
    assert typed("stamp", FIFTY, "--copies", "1", "--by", "王秘书").code == 0, "it holds until that day"
    assert typed("withdraw", FIFTY, *WHY).code == 0
    said = typed("stamp", FIFTY, "--copies", "3", "--by", "王秘书")
    assert said.code == 1 and "已撤销，不能再盖章" in said.err
    assert "用印 1 次，共 1 份" in typed("stamp", "list").out


def test_who_is_not_there_cannot_be_withdrawn(typed: Type) -> None:
    assert typed("withdraw", "铜王组发〔2020〕99号", *WHY).code == 1


@pytest.mark.parametrize(
    ("retention", "until"), [("D10", date(2030, 12, 31)), ("D30", date(2050, 12, 31)), ("Y", None)]
)
def test_retention_is_counted_from_the_end_of_the_year(retention: str, until: date | None) -> None:
    assert kept_until(2020, retention) == until


def test_what_is_due_is_appraised_held_and_destroyed(typed: Type, tmp_path: Path) -> None:
    assert "没有保管期限已满的文件" in typed("dispose").out
    due = json.loads(typed("--json", "dispose", "--by-date", "2031-01-01").out)
    assert [one["until"] for one in due] == ["2030-12-31"] * 6
    codes = [one["archival_code"] for one in due]
    assert typed("appraise", codes[0], "--extend", "Y", *WHY).code == 0
    assert typed("appraise", codes[0], "--extend", "D30", *WHY).code == 1
    assert typed("hold", codes[1], *WHY).code == 0
    listed = json.loads(typed("--json", "appraise", "--by-date", "2031-01-01").out)
    assert [one["archival_code"] for one in listed] == codes[1:]
    assert [one["held"] for one in listed] == [True, False, False, False, False]
    assert "保管期限：永久（归档时 10年，经鉴定改）" in typed("show", codes[0]).out
    people = ("--by", "李档案员", "--and", "王秘书", "--reason", "鉴定意见")
    early = typed("dispose", codes[2], "--apply", *people)
    assert early.code == 1 and "还没有满" in early.err
    assert "将来" in typed("dispose", "--apply", "--by-date", "2031-01-01", *people).err

    class In2031(pipeline.office.datetime):  # type: ignore[name-defined,misc]
        @classmethod
        def now(cls, tz: object = None) -> object:
            return super().now().replace(year=2031, month=3, day=1)

    with pytest.MonkeyPatch.context() as later:
        later.setattr(pipeline.office, "datetime", In2031)
        alone = typed("dispose", "--apply", "--by", "王秘书", "--and", "王秘书", "--reason", "鉴定意见")
        assert alone.code == 1 and "两个人" in alone.err
        held = typed("dispose", codes[1], "--apply", *people)
        assert held.code == 1 and "已冻结" in held.err
        before = tree(tmp_path / "office" / "archive")
        done = json.loads(typed("--json", "dispose", "--apply", *people).out)
    after = tree(tmp_path / "office" / "archive")
    assert len(done["papers"]) == 4
    assert len([path for path in before.keys() - after.keys() if path.endswith(".pdf")]) >= 4
    (listed_path,) = done["files"]
    rows = list(openpyxl.load_workbook(BytesIO(after[listed_path])).worksheets[0].iter_rows(values_only=True))
    assert rows[0][0] == "档案销毁清册"
    assert "监销人：王秘书" in str(rows[1][0]) and "销毁人：李档案员" in str(rows[1][0])
    assert [row[1] for row in rows[3:7]] == codes[2:]
    assert rows[2][7:9] == ("应保管期限", "已保管年限") and rows[3][7:9] == ("10年", "11年")
    assert [row[1] for row in rows[7:11]] == [f"{who}（签字）：" for who in ("鉴定人", "批准人", "销毁人", "监销人")]
    found = typed("find", "--code", codes[2]).out
    assert "【已销毁】" in found and ".pdf" not in found
    shown = typed("show", codes[2]).out
    assert "状态：已销毁（2031年3月1日）" in shown and "有效" not in shown
    assert "（已销毁）" in shown and codes[2] in shown
    with make_office(tmp_path / "office") as office:
        assert verified(office).is_sound
        assert [paper.archival_code for paper in office.register.papers() if not paper.number] == codes
    proved = typed("verify", "--stage", "keeping")
    there = len(json.loads(typed("--json", "find", "--limit", "1000").out)) - 4
    assert proved.code == 0 and f"核对了 {there} 件公文" in proved.out and "另有 4 件已销毁" in proved.out
    assert (
        f"登记 {there + 4} 件：{there} 件都在，4 件已销毁" in proved.out and f"{there + 4} 件，都在" not in proved.out
    )
    assert typed("reindex").code == 0
    assert typed("verify").code == 0
    assert "已销毁" in typed("show", codes[2]).out
