"""社区“兼职委员”人员情况登记表, box for box the form attached to 铜王组发〔2020〕50号.

Two pages, as the source prints it: the person on the first, the opinions with their seals on the second. Boxes grow
with their content. The photograph is a two-inch one (35 x 49 mm).
"""

from __future__ import annotations

from tools.draw_templates.package import document
from tools.draw_templates.xml import ALL_LINES, cell, command, indent, paragraph, row, table

COLUMNS = (960, 1150, 720, 1340, 1160, 1354, 760, 1400)
"""Twips. The photograph stands in the last two columns, under 民族."""

_ROW = 720
_OPINION = 2840
"""Twips: a seal of 42 mm, a line of text and air."""


def _label(words: str, width: int, span: int = 1) -> str:
    return cell(width, *(paragraph("TableText", line) for line in words.split("\n")), span=span)


def _value(words: str, width: int, span: int = 1) -> str:
    return cell(width, paragraph("FormText", words), span=span)


def _width(first: int, last: int) -> int:
    return sum(COLUMNS[first : last + 1])


def _photograph(words: str, merge: str) -> str:
    return cell(_width(6, 7), paragraph("Photograph", words), span=2, merge=merge)


def _upright(words: str) -> str:
    """A label written downwards: its lines are too narrow for a second character, so the words stay one word."""
    return cell(COLUMNS[0], paragraph("TableText", words, extra=indent(left=230, right=230)))


def _long(words: str, field: str, height: int, may_split: bool = False) -> str:
    body = (command(f"for p in {field}.paragraphs"), paragraph("TableTextLeft", "{{ p.text }}"), command("endfor"))
    return row(
        _upright(words),
        cell(_width(1, 7), *body, paragraph("ColophonAnchor"), span=7, align="top", margins=_PADDING),
        height=height,
        may_split=may_split,
    )


def _opinion(words: str, field: str, day: str, seal: str) -> str:
    content = (
        command(f"for p in {field}.paragraphs"),
        paragraph("TableTextLeft", "{{ p.text }}"),
        command("else"),
        paragraph("TableTextLeft", ""),
        command("endfor"),
        paragraph("Seal", "盖章"),
        paragraph("SealDate", f'{{{{ {day} or "年　　月　　日" }}}}{{{{ seal("{seal}") }}}}'),
    )
    return row(_upright(words), cell(_width(1, 7), *content, span=7, align="top", margins=_PADDING), height=_OPINION)


_PADDING = '<w:top w:w="60" w:type="dxa"/><w:left w:w="140" w:type="dxa"/><w:right w:w="140" w:type="dxa"/>'


def grid() -> str:
    """The form's table."""
    birth = "{{ birth }}{% if birth %}（{{ birth|age }}岁）{% endif %}"
    return table(
        COLUMNS,
        row(
            _label("姓名", COLUMNS[0]),
            _value("{{ person }}", COLUMNS[1]),
            _label("性别", COLUMNS[2]),
            _value("{{ sex }}", COLUMNS[3]),
            _label("出生年月\n（岁）", COLUMNS[4]),
            _value(birth, COLUMNS[5]),
            _label("民族", COLUMNS[6]),
            _value("{{ ethnicity }}", COLUMNS[7]),
            height=800,
        ),
        row(
            _label("籍贯", COLUMNS[0]),
            _value("{{ native_place }}", COLUMNS[1]),
            _label("入党\n时间", COLUMNS[2]),
            _value("{{ joined_party }}", COLUMNS[3]),
            _label("健康状况", COLUMNS[4]),
            _value("{{ health }}", COLUMNS[5]),
            _photograph("{{ photo }}", "restart"),
            height=_ROW,
        ),
        row(
            _label("出生地", COLUMNS[0]),
            _value("{{ birthplace }}", _width(1, 2), span=2),
            _label("参加工作\n时间", COLUMNS[3]),
            _value("{{ joined_work }}", _width(4, 5), span=2),
            _photograph("", "continue"),
            height=_ROW,
        ),
        row(
            _label("学历", COLUMNS[0]),
            _value("{{ education }}", _width(1, 2), span=2),
            _label("毕业院校\n及专业", COLUMNS[3]),
            _value("{{ school }}", _width(4, 5), span=2),
            _photograph("", "continue"),
            height=_ROW,
        ),
        row(
            _label("学位或\n职称", COLUMNS[0]),
            _value("{{ degree }}", _width(1, 5), span=5),
            _photograph("", "continue"),
            height=_ROW,
        ),
        row(_label("工作单位及职务", _width(0, 1), span=2), _value("{{ post }}", _width(2, 7), span=6), height=_ROW),
        row(
            _label("现任社区职务", _width(0, 1), span=2),
            _value("{{ community_post }}", _width(2, 7), span=6),
            height=_ROW,
        ),
        _long("工作简历", "career", 5300, may_split=True),
        _long("主要表现", "performance", 2700),
        _opinion("推荐单位意见", "recommendation", "recommended_on", "推荐单位"),
        _opinion("社区党组织意见", "community_opinion", "community_opinion_on", "社区党组织"),
        _opinion("街道党委意见", "street_opinion", "street_opinion_on", "街道党委"),
        borders=ALL_LINES,
        margin=57,
    )


def draw() -> bytes:
    """templates/member-form/template.docx."""
    return document(
        paragraph("FormTitle", "社区“兼职委员”人员情况登记表", extra='<w:spacing w:before="0"/>'),
        grid(),
        paragraph("ColophonAnchor"),
        title="社区“兼职委员”人员情况登记表",
        page_numbers=False,
    )
