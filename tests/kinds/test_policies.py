"""Every rule of the source documents is data with its source, its clause and its own words."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "policies"
FILES = sorted(FOLDER.glob("*.toml"))


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_policy_says_where_it_comes_from(path: Path) -> None:
    policy = read(path)
    assert set(policy) - {"papers"} == {"id", "name", "severity", "about", "option"}
    assert policy["id"] == path.stem
    assert policy["severity"] in {"error", "warning"}
    options = [option["id"] for option in policy["option"]]
    assert options and len(set(options)) == len(options)
    for option in policy["option"]:
        assert set(option) == {"id", "source", "clause", "text", "figures"}
        assert all(option.values())


def test_all_rules_of_the_requirements_are_here() -> None:
    assert len(FILES) == 15


def figures(policy: str, option: str) -> dict[str, Any]:
    return next(one["figures"] for one in read(FOLDER / f"{policy}.toml")["option"] if one["id"] == option)


def test_the_figures_that_differ_between_places() -> None:
    assert [figures("term", place)["years"] for place in ("tongchuan-2020", "plan-2023")] == [5, 3]
    assert figures("meeting-notice", "regional-mechanism")["days"] == 7
    assert figures("meeting-notice", "plan-2023")["working_days"] == 2
    assert Fraction(figures("quorum", "plan-2023")["share"]) == Fraction(4, 5)
    assert Fraction(figures("election-delegates", "big-committee-trial")["share_of_members"]) == Fraction(20, 100)
    assert figures("committee-size", "big-committee-trial")["maximum"] == 11
