"""Charts are drawn from the rows of the paper: what stands in them is what the rows add up to."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.core.values import NumberedRecord
from pipeline.kinds.load import load_kind
from pipeline.merge.charts import Bars, bars, scale
from pipeline.merge.context import Fields
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.pdf import Metadata
from pipeline.rendering.render import render
from tests.merge.papers import COMMUNITY, ROOT, merger, paper_of

DAY = date(2021, 12, 31)
PERIODS = ("第一季度", "第二季度", "第三季度", "第四季度")
ORGANS = ("桃园社区", "河滨社区", "“老旧”<小区>&社区")


def rows(*values: int) -> list[Fields]:
    """One row for each organ and period, in that order."""
    places = [(organ, period) for organ in ORGANS for period in PERIODS]
    return [Fields({"organ": o, "period": p, "solved": v}) for (o, p), v in zip(places, values, strict=False)]


def texts(drawn: str) -> list[str]:
    """The words of a chart; the drawing must be well-formed."""
    inner = drawn.removeprefix("</w:t></w:r>").removesuffix('<w:r><w:t xml:space="preserve">')
    root = etree.fromstring(
        f'<r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{inner}</r>'.encode()
    )
    return [str(text) for text in root.xpath("//*[local-name()='t']/text()")]


def test_bars_stand_in_the_order_of_the_rows_and_are_sums() -> None:
    chart = Bars.of([*rows(1, 2, 3, 4, 5), *rows(10)], "period", "solved", "organ")
    assert chart.labels == PERIODS
    assert chart.series == ORGANS[:2]
    assert chart.sums["第一季度", "桃园社区"] == 11
    assert chart.sums["第一季度", "河滨社区"] == 5
    assert "第一季度：桃园社区11、河滨社区5" in chart.described


def test_every_label_and_figure_stands_in_the_drawing() -> None:
    words = texts(bars(rows(*range(1, 13)), "period", "solved", "organ"))
    for expected in (*PERIODS, *ORGANS, *map(str, range(1, 13))):
        assert expected in words


def test_without_a_group_there_is_one_bar_for_each_label_and_no_legend() -> None:
    words = texts(bars(rows(*[1] * 12), "period", "solved"))
    assert words.count("3") >= 4
    assert not set(words) & set(ORGANS)


def test_nothing_is_drawn_of_nothing_and_no_negative_is_drawn() -> None:
    assert bars([], "period", "solved") == ""
    with pytest.raises(ValueError, match="-1"):
        bars(rows(-1), "period", "solved")


@given(st.integers(min_value=0, max_value=10**9))
def test_the_axis_is_round_and_reaches_the_highest_bar(largest: int) -> None:
    ticks = scale(largest)
    assert ticks[0] == 0 and ticks[-1] >= largest and 2 <= len(ticks) <= 6
    step = ticks[1]
    assert all(later - earlier == step for earlier, later in pairwise(ticks))
    assert re.fullmatch(r"[125]0*", str(step))
    assert ticks[-1] - step < max(largest, 1)


def report(figures: list[tuple[str, str, int]]) -> NumberedRecord:
    kind = load_kind(ROOT / "templates" / "yearly-report")
    head = {"report_no": "2021", "organisation": COMMUNITY.name, "year": 2021, "papers": 9, "date": DAY}
    details = [
        {"report_no": "2021", "organ": o, "period": p, "appointed": n, "attended": 2 * n, "solved": 0, "held": 1}
        for o, p, n in figures
    ]
    return paper_of(kind, head, figures=details)


@pytest.mark.parametrize("organs", [1, 3, 12])
def test_text_tables_and_charts_of_a_report_agree_on_paper(organs: int) -> None:
    figures = [(f"第{o}社区", period, o + n) for o in range(1, organs + 1) for n, period in enumerate(PERIODS)]
    printed = render(merger().merge(report(figures)).docx, book=FontBook.open(), metadata=Metadata(title="报告"))
    total = sum(n for _organ, _period, n in figures)
    text = "".join(printed.report.text.split())
    assert f"共选聘兼职委员{total}名，兼职委员参加党建联席会议{2 * total}人次" in text
    assert f"为社区解决问题0个，驻区单位与社区开展共驻共建活动{4 * organs}场次" in text
    assert f"合计{total}{2 * total}0{4 * organs}" in text
    first = sum(n for _organ, period, n in figures if period == PERIODS[0])
    assert f"第一季度{first}{2 * first}0{organs}" in text
    assert not printed.refusals and not printed.objections
    assert merger().merge(report(figures)).docx == merger().merge(report(figures)).docx
