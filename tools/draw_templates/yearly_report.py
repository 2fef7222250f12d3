"""年度工作报告: the figures of a year in words, in two tables and in charts, all of them from the same rows."""

from __future__ import annotations

from tools.draw_templates.furniture import signed, text
from tools.draw_templates.package import document
from tools.draw_templates.page import HALF_LINE
from tools.draw_templates.xml import ALL_LINES, cell, command_row, paragraph, row, table

_MEASURES = (
    ("选聘兼职委员（名）", "appointed"),
    ("参加联席会议（人次）", "attended"),
    ("解决问题（个）", "solved"),
    ("开展共建活动（场次）", "held"),
)
_COLUMNS = (2044, 1700, 1700, 1700, 1700)  # twips
_ROW = 440
_KEEP = "<w:keepNext/>"
_QUARTERS = '["第一季度", "第二季度", "第三季度", "第四季度"]'


def _sum(field: str, by: str = "", name: str = "") -> str:
    chosen = f'figures|selectattr("{by}", "equalto", {name})' if by else "figures"
    return f'{{{{ {chosen}|sum(attribute="{field}") }}}}'


def _table(heading: str, loop: str, by: str, name: str) -> str:
    """A row for each turn of the loop, with its sums, and a last one with the sums of all; it stays on one page."""
    heads = (heading, *(words for words, _field in _MEASURES))

    def line(first: str, sums: tuple[str, ...], keep: str = "") -> str:
        words = zip(_COLUMNS, (first, *sums), strict=True)
        return row(*(cell(width, paragraph("TableText", each, extra=keep)) for width, each in words), height=_ROW)

    return table(
        _COLUMNS,
        row(
            *(cell(width, paragraph("TableHead", words)) for width, words in zip(_COLUMNS, heads, strict=True)),
            header=True,
        ),
        command_row(f"for {loop}", _COLUMNS),
        line(f"{{{{ {name} }}}}", tuple(_sum(field, by, name) for _words, field in _MEASURES), _KEEP),
        command_row("endfor", _COLUMNS),
        line("合计", tuple(_sum(field) for _words, field in _MEASURES)),
        borders=ALL_LINES,
        margin=57,
        air=30,
    )


def _chart(number: int, words: str, field: str) -> tuple[str, str]:
    """A chart stays with the words under it."""
    chart = f'{{{{ figures|bars("period", "{field}", "organ") }}}}'
    return (
        paragraph("Chart", chart, extra=_KEEP),
        paragraph("ChartCaption", f"图{number}　各季度{words}"),
    )


def draw() -> bytes:
    """templates/yearly-report/template.docx."""
    return document(
        paragraph("Title", "{{ organisation }}", extra='<w:spacing w:before="0"/>'),
        paragraph(
            "Title", "{{ year }}年党建共驻共建工作报告", extra=f'<w:spacing w:before="0" w:after="{HALF_LINE}"/>'
        ),
        paragraph("Level1", "一、总体情况"),
        paragraph(
            "Normal",
            f"{{{{ year }}}}年，共选聘兼职委员{_sum('appointed')}名，兼职委员参加党建联席会议{_sum('attended')}人次，"
            f"为社区解决问题{_sum('solved')}个，驻区单位与社区开展共驻共建活动{_sum('held')}场次。"
            "以上数字统计自{{ year }}年度归档的{{ papers }}件文件。",
        ),
        *text("remarks"),
        paragraph("Level1", "二、分单位情况"),
        _table("党组织", 'one in figures|selectattr("period", "equalto", "第一季度")', "organ", "one.organ"),
        paragraph("Level1", "三、分季度情况", extra=f'<w:spacing w:before="{HALF_LINE}"/>'),
        _table("季度", f"quarter in {_QUARTERS}", "period", "quarter"),
        paragraph("Level1", "四、图示", extra=f'<w:spacing w:before="{HALF_LINE}"/>'),
        *(block for number, (words, field) in enumerate(_MEASURES, start=1) for block in _chart(number, words, field)),
        *signed("organisation", "date", "issuer"),
        title="年度工作报告",
    )
