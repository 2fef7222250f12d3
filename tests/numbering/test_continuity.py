"""The report an inspector asks for first."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.numbering import Gap, continuity


@dataclass(frozen=True)
class Line:
    series: str
    year: int
    n: int
    by: str = "四月.xlsx"


def test_a_whole_series_has_no_gaps():
    (report,) = continuity([Line("铜王组发", 2020, n) for n in (3, 1, 2)], {})
    assert (report.first, report.last, report.count) == (1, 3, 3)
    assert report.whole


def test_gaps_are_ranges():
    (report,) = continuity([Line("铜王组发", 2020, n) for n in (1, 2, 6, 8)], {})
    assert report.gaps == (Gap(3, 5), Gap(7, 7))
    assert [gap.count for gap in report.gaps] == [3, 1]
    assert not report.whole


def test_what_the_paper_register_holds_is_no_gap_but_what_follows_it_is():
    (report,) = continuity([Line("铜王组发", 2020, n) for n in (12, 52)], {("铜王组发", 2020): 50})
    assert report.gaps == (Gap(50, 51),)
    assert (report.start, report.first, report.last) == (50, 12, 52)


def test_each_series_and_year_stands_alone_with_who_took_the_numbers():
    lines = [Line("乙", 2020, 1), Line("甲", 2021, 1), Line("甲", 2020, 1), Line("甲", 2020, 2, "五月.xlsx")]
    reports = continuity([*lines, Line("甲", 2020, 3, "五月.xlsx")], {})
    assert [(report.series, report.year) for report in reports] == [("乙", 2020), ("甲", 2020), ("甲", 2021)]
    assert reports[1].by == (("五月.xlsx", 2), ("四月.xlsx", 1))


def test_an_empty_ledger_has_nothing_to_report():
    assert continuity([], {}) == ()
