"""What is typed for the yearly arrangement, and what is answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline.office
from tests.cli.terminal import Said, gongwen
from tests.offices import FORMS, NOTICE, CalmWorkers, drop, make_office, tree

Type = Callable[..., Said]
FIFTY = "铜王组发〔2020〕50号"


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Type:
    """``gongwen -w OFFICE …`` in an office that gives 档号 at the arrangement, with the notice and the forms filed."""
    with make_office(tmp_path / "office", coding="arrangement") as office:
        for name in (NOTICE, FORMS):
            drop(office, name)
    monkeypatch.setattr(pipeline.office.Office, "workers", CalmWorkers())
    typed = lambda *words: gongwen(capsys, monkeypatch, "-w", tmp_path / "office", *words)  # noqa: E731
    assert typed("run").code == 0
    return typed


def test_what_waits_says_so_until_it_is_arranged(typed: Type) -> None:
    assert "通知 · 待整理" in typed("find", "兼职委员制").out
    assert "档号：待整理" in typed("show", FIFTY).out
    said = typed("arrange", "2020", "--by", "王秘书", "--checked-by", "李档案员")
    assert (said.code, said.err) == (0, "")
    assert "D001-WS·2020-D30-ZZB：1 件，件号 0001—0001" in said.out
    assert "编了 7 件的档号" in said.out and "00001 整理 7件.json" in said.out
    assert "待整理" not in typed("find", "兼职委员制").out
    shown = typed("show", "D001-WS·2020-D30-ZZB-0001").out
    assert FIFTY in shown and "整理：2020年度整理（王秘书、李档案员）" in shown
    assert [one["number"] for one in json.loads(typed("--json", "find", "--code", "D001-WS·2020-D30").out)] == [FIFTY]
    assert typed("verify").code == 0


def test_a_rehearsal_lists_every_paper_and_changes_nothing(typed: Type, tmp_path: Path) -> None:
    before = tree(tmp_path / "office" / "archive")
    said = typed("arrange", "2020", "--dry-run")
    assert said.code == 0
    assert f"D001-WS·2020-D30-ZZB-0001  2020-04-16  {FIFTY}" in said.out
    assert "这只是预演" in said.out
    told = json.loads(typed("--json", "arrange", "2020", "--dry-run").out)
    assert (told["applied"], told["deed"], len(told["papers"])) == (False, None, 7)
    assert tree(tmp_path / "office" / "archive") == before
    done = json.loads(typed("--json", "arrange", "2020").out)
    assert done["applied"] and done["papers"] == told["papers"], "what was shown is what is done"


def test_one_organisation_at_a_time(typed: Type) -> None:
    assert "共 1 件" in typed("arrange", "2020", "--org", "ZZB", "--dry-run").out
    assert typed("arrange", "2020", "--org", "ZZB").code == 0
    again = typed("arrange", "2020", "--org", "ZZB")
    assert again.code == 1 and "没有待整理的文件" in again.err
    assert "共 6 件" in typed("arrange", "2020", "--dry-run").out
    assert typed("arrange", "2019").code == 1


def test_nothing_that_waits_is_exported(typed: Type, tmp_path: Path) -> None:
    said = typed("export", "--year", "2020", "-o", str(tmp_path / "set"))
    assert said.code == 1 and "有 7 件还没有档号" in said.err and "gongwen arrange 2020" in said.err
    assert not (tmp_path / "set").exists()
    assert typed("arrange", "2020").code == 0
    assert typed("export", "--year", "2020", "-o", str(tmp_path / "set")).code == 0
