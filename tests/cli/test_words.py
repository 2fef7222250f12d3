"""What became of a workbook, in one line: its numbers series by series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli.terminal import Terminal
from pipeline.cli.words import say_outcome, spans
from pipeline.core.values import FiledPaper, Number, Organisation
from pipeline.flow import Outcome
from tests.retrieval.filed import filed

STREET = Organisation("TYJ", "中共铜川市王益区桃园街道委员会", "桃园街道党委", "王桃党发")


def papers(series: str, *counts: int) -> list[FiledPaper]:
    one = filed("reply", date(2026, 5, 15), STREET).paper
    return [replace(one, series=series, n=n, number=f"{series}〔2026〕{n}号" if n else "") for n in counts]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (
            [*papers("王桃党发", 5), *papers("桃社党聘字", 1, 2), *papers("", 0), *papers("王桃党发", 6)],
            "桃社党聘字〔2026〕1号、桃社党聘字〔2026〕2号、王桃党发〔2026〕5号、王桃党发〔2026〕6号",
        ),
        (papers("王桃党发", 4, 5, 6, 7, 60), "王桃党发〔2026〕4号 至 王桃党发〔2026〕7号、王桃党发〔2026〕60号"),
        (papers("", 0), ""),
    ],
)
def test_numbers_from_first_to_last_are_those_of_one_series_without_a_gap(
    made: list[FiledPaper], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say_outcome(Terminal(Path()), Outcome("表.xlsx", "filed", tuple(made)), Path())
    numbers = f"（{told}）" if told else ""
    assert capsys.readouterr().out == f"表.xlsx：归档 {len(made)} 份{numbers}\n"


def test_the_numbers_of_a_day_are_told_as_first_and_last_with_their_organ() -> None:
    """A street numbers seventy papers on a busy day: one line that can be read, whatever order they came in."""
    day = [Number("桃社党聘字", 2021, n, f"桃社党聘字〔2021〕{n}号") for n in (9, *range(1, 9))]
    day += [Number("桃园社区联席会议纪要", 2021, 1, "〔2021〕第1期")]
    assert spans(day) == "桃园社区联席会议纪要〔2021〕第1期、桃社党聘字〔2021〕1号 至 桃社党聘字〔2021〕9号"
    assert spans([]) == ""
