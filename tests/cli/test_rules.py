"""Rules and members as a person meets them: the two commands, and a workbook that comes back citing its source."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import pipeline.office
from pipeline.rounds import run_once
from tests.cli.terminal import Said, gongwen
from tests.offices import CalmWorkers, make_office

Type = Callable[..., Said]
CERTIFICATES = Path(__file__).parents[2] / "templates" / "appointment" / "sample.xlsx"
STRICT = '\n[policies.term]\noptions = ["plan-2023"]\nseverity = "error"\n'


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Type:
    monkeypatch.setattr(pipeline.office.Office, "workers", CalmWorkers())
    monkeypatch.setattr(pipeline.office.Office, "now", lambda _office: datetime(2022, 1, 31, 9, tzinfo=UTC))
    return lambda *words: gongwen(capsys, monkeypatch, *words)


def chooses(root: Path, text: str) -> None:
    with (root / "gongwen.toml").open("a", encoding="utf-8") as settings:
        settings.write(text)


def test_the_rules_that_hold_are_listed_with_source_and_clause(typed: Type, tmp_path: Path) -> None:
    with make_office(tmp_path):
        chooses(tmp_path, f'{STRICT}[policies.quorum]\nseverity = "off"\n')
    said = typed("-w", tmp_path, "policies")
    assert said.code == 0
    line = next(line for line in said.out.splitlines() if "兼职委员任期" in line)
    assert "退回" in line
    assert "《关于开展“大党委制”工作的实施方案》（2023年1月9日）三（三）" in line
    assert "到会人数" not in said.out
    rows = json.loads(typed("--json", "-w", tmp_path, "policies").out)
    assert next(row["figures"] for row in rows if row["policy"] == "term") == {"years": 3, "years_in_a_row": 9}


def test_a_choice_that_is_misspelt_names_the_place(typed: Type, tmp_path: Path) -> None:
    with make_office(tmp_path):
        chooses(tmp_path, '\n[policies.terms]\nseverity = "off"\n')
    said = typed("-w", tmp_path, "policies")
    assert said.code == 6
    assert "[policies.terms]" in said.err


def test_members_come_from_the_certificates_that_are_filed(typed: Type, tmp_path: Path) -> None:
    with make_office(tmp_path) as office:
        assert typed("-w", tmp_path, "members").code == 1
        shutil.copyfile(CERTIFICATES, office.settings.inbox / "聘书.xlsx")
        [outcome] = run_once(office, lambda *_counts: None)
        assert outcome.state == "filed"
    rows = json.loads(typed("--json", "-w", tmp_path, "members", "--org", "桃园社区").out)
    assert {row["person"] for row in rows} == {name for paper in outcome.papers for name in paper.people}
    assert {row["number"] for row in rows} == {paper.number for paper in outcome.papers}
    ending = min(row["until"] for row in rows)
    months = (int(ending[:4]) - 2022) * 12 + int(ending[5:7]) - 1
    assert typed("-w", tmp_path, "members", "--ending", months - 1).code == 1
    assert rows[0]["person"] in typed("-w", tmp_path, "members", "--ending", months).out
    assert typed("-w", tmp_path, "members", "--org", "红旗社区").code == 1


@pytest.mark.usefixtures("typed")
def test_a_breach_sends_the_workbook_back_and_numbers_nothing(tmp_path: Path) -> None:
    with make_office(tmp_path):
        chooses(tmp_path, STRICT)
    with pipeline.office.Office.open(tmp_path) as office:
        shutil.copyfile(CERTIFICATES, office.settings.inbox / "聘书.xlsx")
        [outcome] = run_once(office, lambda *_counts: None)
        assert outcome.state == "returned"
        assert {one.heading for one in outcome.findings} == {"任期止"}
        assert all("《关于开展“大党委制”工作的实施方案》" in one.sentence() for one in outcome.findings)
        assert list(office.register.papers()) == []
