"""What the papers were made of, asked of the register: by kind, organisation and year, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.core.filed import kept
from pipeline.core.values import FiledPaper
from pipeline.register import Register
from tests.register.office import later, paper, submission

COMMUNITY = ("TYS", "中共桃园社区委员会")


def with_rows(filed: FiledPaper) -> FiledPaper:
    return replace(filed, data=kept([("head", [("n", "integer", str(filed.n)), ("date", "date", str(filed.date))])]))


PAPERS = tuple(
    with_rows(one)
    for one in (
        paper(3, day=date(2021, 3, 1)),
        paper(1, day=date(2020, 4, 16)),
        paper(2, day=date(2020, 1, 5), kind=("minutes", "会议纪要"), organisation=COMMUNITY, series="桃社纪"),
        paper(4, day=date(2020, 2, 1), organisation=COMMUNITY, series="桃社"),
    )
)


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with Register.open(path) as opened:
        opened.enter(submission(PAPERS), PAPERS)
        yield opened


def asked(register: Register, **wanted: object) -> list[object]:
    return [record.head["n"] for record in register.filed_records(**wanted)]  # type: ignore[arg-type]


def test_papers_come_with_their_values_oldest_first(register: Register) -> None:
    records = list(register.filed_records())
    assert [record.head["n"] for record in records] == [2, 4, 1, 3]
    assert all(record.head["date"] == record.paper.date for record in records)
    assert records[0].paper == PAPERS[2]


def test_they_are_asked_by_kind_organisation_and_year(register: Register) -> None:
    assert asked(register, kind="minutes") == [2]
    assert asked(register, organisation=COMMUNITY[1]) == [2, 4]
    assert asked(register, year=2020) == [2, 4, 1]
    assert asked(register, kind="notice", organisation=COMMUNITY[1], year=2020) == [4]
    assert asked(register, year=2019) == []


def test_more_than_a_page_of_papers_keep_their_order(path: Path) -> None:
    many = [with_rows(paper(n, day=date(2020, 1, 1 + n % 28))) for n in range(1, 700)]
    with Register.open(path) as opened:
        opened.enter(submission(many), many)
        records = list(opened.filed_records())
    assert len(records) == len(many)
    days = [record.paper.date for record in records]
    assert days == sorted(days)


def test_the_values_are_there_again_after_a_rebuild(path: Path) -> None:
    done = replace(submission(PAPERS), state="finished")
    Register.rebuild(path, PAPERS, [done], at=later(9))
    with Register.open(path) as opened:
        assert asked(opened) == [2, 4, 1, 3]


def test_a_register_of_an_older_version_says_what_to_do(path: Path) -> None:
    old = paper(1)
    with Register.open(path) as opened:
        opened.enter(submission([old]), [old])
        with pytest.raises(ConfigurationError, match="旧版本") as refusal:
            list(opened.filed_records())
    assert "reindex" in refusal.value.remedy
