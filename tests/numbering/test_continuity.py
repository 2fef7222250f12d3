"""The report an inspector asks for first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.numbering import Gap, SeriesReport, continuity

TODAY = date(2020, 6, 1)


@dataclass(frozen=True)
class Line:
    series: str
    year: int
    n: int
    by: str = "四月.xlsx"
    state: str = "allocated"
    until: date | None = None


def reported(*lines: Line, starts: Mapping[tuple[str, int], int] | None = None) -> tuple[SeriesReport, ...]:
    return continuity(lines, starts or {}, TODAY)


def test_a_whole_series_has_no_gaps():
    (report,) = reported(*(Line("铜王组发", 2020, n) for n in (3, 1, 2)))
    assert (report.first, report.last, report.count, report.next) == (1, 3, 3, 4)
    assert report.whole


def test_gaps_are_ranges():
    (report,) = reported(*(Line("铜王组发", 2020, n) for n in (1, 2, 6, 8)))
    assert report.gaps == (Gap(3, 5), Gap(7, 7))
    assert [gap.count for gap in report.gaps] == [3, 1]
    assert report.next == 3
    assert not report.whole


def test_what_the_paper_register_holds_is_no_gap_but_what_follows_it_is():
    (report,) = reported(*(Line("铜王组发", 2020, n) for n in (12, 52)), starts={("铜王组发", 2020): 50})
    assert report.gaps == (Gap(50, 51),)
    assert (report.start, report.first, report.last, report.next) == (50, 12, 52, 50)


def test_once_the_paper_register_is_entered_its_own_holes_show():
    lines = [Line("铜王组发", 2020, n, "王秘书", "imported") for n in (1, 2, 4)]
    (report,) = reported(*lines, Line("铜王组发", 2020, 50), starts={("铜王组发", 2020): 50})
    assert report.gaps == (Gap(3, 3), Gap(5, 49))
    assert report.imported == (1, 2, 4)
    assert report.next == 51


def test_reserved_and_void_numbers_are_no_gaps_and_late_ones_are_told():
    (report,) = reported(
        Line("铜王组发", 2020, 1),
        Line("铜王组发", 2020, 2, "王秘书", "reserved", date(2020, 5, 31)),
        Line("铜王组发", 2020, 3, "王秘书", "reserved", TODAY),
        Line("铜王组发", 2020, 4, "李秘书", "reserved"),
        Line("铜王组发", 2020, 5, "李秘书", "void"),
    )
    assert report.whole
    assert (report.reserved, report.expired, report.void) == ((2, 3, 4), (2,), (5,))
    assert report.by == (("王秘书", 2), ("李秘书", 2), ("四月.xlsx", 1))


def test_each_series_and_year_stands_alone_with_who_took_the_numbers():
    lines = [Line("乙", 2020, 1), Line("甲", 2021, 1), Line("甲", 2020, 1), Line("甲", 2020, 2, "五月.xlsx")]
    reports = reported(*lines, Line("甲", 2020, 3, "五月.xlsx"))
    assert [(report.series, report.year) for report in reports] == [("乙", 2020), ("甲", 2020), ("甲", 2021)]
    assert reports[1].by == (("五月.xlsx", 2), ("四月.xlsx", 1))


def test_an_empty_ledger_has_nothing_to_report():
    assert reported() == ()
