"""``gongwen lint``: a table for people, JSON for programs, and an exit code that tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.lint import lint
from pipeline.cli.terminal import Terminal
from tests.conformance.papers import minutes
from tests.conformance.press import change, printed


def run(*arguments: str) -> Result:
    return CliRunner().invoke(lint, arguments, obj=Terminal(Path()), standalone_mode=False)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lint") / "纪要.pdf"
    path.write_bytes(printed(minutes()))
    return path


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lint") / "纪要.pdf"
    path.write_bytes(printed(change(minutes(), "mark", dy=3.0)))
    return path


def test_a_good_paper_ends_with_0(good: Path) -> None:
    result = run(str(good))
    assert result.return_value == 0
    assert "0 项不合格" in result.output


def test_a_bad_one_ends_with_1_and_names_the_clause(bad: Path) -> None:
    result = run(str(bad))
    assert result.return_value == 1
    (line,) = [line for line in result.output.splitlines() if "不合格" in line and "10.3" in line]
    assert "38.0 mm" in line
    assert "35.0 mm" in line


def test_programs_get_every_clause(bad: Path) -> None:
    result = run(str(bad), "--json", "--format", "minutes")
    answer = json.loads(result.output)
    assert answer["kept"] is False
    failed = [clause for clause in answer["clauses"] if clause["verdict"] == "fail"]
    assert [clause["check"] for clause in failed] == ["mark-top"]
    assert set(failed[0]) == {"id", "check", "title", "found", "expected", "tolerance", "verdict"}


def test_general_rules_alone_are_kept_by_the_same_paper(bad: Path) -> None:
    assert run(str(bad), "--format", "general").return_value == 0
