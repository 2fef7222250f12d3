"""问题台账 and 问题交办单 (source 002, 问题交办机制): the problems of a year on lying pages, one handed over."""

from __future__ import annotations

from tools.draw_templates.boxes import SEALED, Box, Grid, field, label, text, value
from tools.draw_templates.furniture import signed
from tools.draw_templates.listing import DENSE, Column, closing, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import LANDSCAPE
from tools.draw_templates.xml import indent, paragraph

_COLUMNS = (
    Column(560, "序号", ("sequence",)),
    Column(2700, "问题", ("problem",), left=True),
    Column(1200, "来源", ("source",)),
    Column(1600, "发现日期", ("found_on",)),
    Column(1696, "交办对象", ("assigned_to",)),
    Column(1600, "交办日期\n办结时限", ("assigned_on", "deadline")),
    Column(1800, "处理结果", ("result",), left=True),
    Column(1600, "办结日期", ("solved_on",)),
)


_ROW = 600
_RECEIVER = '{{ signature("承办人") }}'


def draw_ledger() -> bytes:
    """templates/issue-ledger/template.docx."""
    return document(
        paragraph("FormTitle", "{{ year }}年问题台账", extra='<w:spacing w:before="0"/>'),
        listing(_COLUMNS, "one in issues", DENSE, signed=True),
        closing("以上共{{ issues|length }}个问题，已办结{{ issues|selectattr('solved_on')|list|length }}个。"),
        *signed("organisation", "date", "issuer"),
        title="问题台账",
        page=LANDSCAPE,
    )


def draw_order() -> bytes:
    """templates/issue-order/template.docx."""
    form = Grid((1160, 640, 2622, 1500, 2922))
    return document(
        paragraph("FormTitle", "问题交办单", extra='<w:spacing w:before="0"/>'),
        form.table(
            form.row(label("台账序号", 2), field("issue_no"), label("发现日期"), field("found_on"), height=_ROW),
            form.row(label("问题来源", 2), field("source", 3), height=_ROW),
            form.row(label("承办对象", 2), field("assigned_to", 3), height=_ROW),
            form.row(label("承办人", 2), field("owner"), label("办结时限"), field("deadline"), height=_ROW),
            form.row(label("问题内容"), text("problem", 4), height=1800),
            form.row(label("办理要求"), text("requirement", 4), height=1300),
            form.row(label("交办单位"), _sealed(), height=SEALED),
            form.row(
                label("承办人\n签收", 1),
                Box(
                    (paragraph("Signing", '{{ signature("承办人") }}　　　年　　月　　日', extra=indent(left=300)),), 4
                ),
                height=800,
            ),
            form.row(label("办理结果"), text("result", 4), height=1800),
            form.row(label("办结日期", 2), value('{{ solved_on or "年　　月　　日" }}', 3), height=_ROW),
        ),
        paragraph("ColophonAnchor"),
        title="问题交办单",
        page_numbers=False,
    )


def _sealed() -> Box:
    blocks = (
        paragraph("Seal", "{{ organisation }}"),
        paragraph("SealDate", '{{ date }}{{ seal("issuer") }}'),
    )
    return Box(blocks, 4, long=True)
