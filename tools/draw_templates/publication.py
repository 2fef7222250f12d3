"""公示 of people, agreements, lists or decisions: no red head (事务文书), but the page and the signed end of 公文.

People with a term have been appointed, people without one are candidates.
"""

from __future__ import annotations

from tools.draw_templates.furniture import signed, text
from tools.draw_templates.listing import NUMBERED, Column, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import HALF_LINE
from tools.draw_templates.xml import command, paragraph, run

_GAP = '<w:spacing w:before="120"/>'

_CANDIDATES = (
    Column(1080, "姓名", ("person",)),
    Column(600, "性别", ("sex",)),
    Column(1560, "出生年月", ("birth",)),
    Column(3084, "工作单位及职务", ("post",)),
    Column(2520, "拟任职务", ("community_post",)),
)
_APPOINTED = (
    Column(1080, "姓名", ("person",)),
    Column(600, "性别", ("sex",)),
    Column(3240, "工作单位及职务", ("post",)),
    Column(2064, "兼任职务", ("community_post",)),
    Column(1860, "任期起止", ("term_from", "term_to")),
)
_DECISIONS = (
    Column(600, "序号", (NUMBERED,)),
    Column(1984, "议题", ("topic",), left=True),
    Column(3180, "议定事项", ("decision",), left=True),
    Column(1400, "责任单位", ("owner",)),
    Column(1680, "完成时限", ("deadline",)),
)
_PROJECTS = (
    Column(600, "序号", ("sequence",)),
    Column(1560, "项目名称", ("item",)),
    Column(2180, "实施内容", ("details",), left=True),
    Column(1560, "牵头单位", ("source",)),
    Column(1264, "认领单位", ("claimed_by",)),
    Column(1680, "完成时限", ("deadline",)),
)
_AGREEMENTS = (
    Column(600, "序号", (NUMBERED,)),
    Column(2904, "驻区单位党组织", ("unit_party",), left=True),
    Column(1980, "共建项目", ("projects",), left=True),
    Column(1680, "完成时限", ("deadline",)),
    Column(1680, "签订日期", ("signed_on",)),
)


def _list_columns(what: str, source: str) -> tuple[Column, ...]:
    return (
        Column(600, "序号", ("sequence",)),
        Column(2120, what, ("item",)),
        Column(3824, "具体内容", ("details",), left=True),
        Column(2300, source, ("source",)),
    )


def _list(name: str, columns: tuple[Column, ...]) -> tuple[str, ...]:
    chosen = f'items|selectattr("list", "equalto", "{name}")'
    return (
        command(f"if {chosen}|list"),
        paragraph("TableCaption", name),
        listing(columns, f"item in {chosen}"),
        command("endif"),
    )


def _table(condition: str, columns: tuple[Column, ...], loop: str) -> tuple[str, ...]:
    """A table where there is something to stand in it."""
    return (
        command(f"if {condition}"),
        paragraph("ColophonAnchor", extra=_GAP),
        listing(columns, loop),
        command("endif"),
    )


def _contact(label: str, words: str, extra: str = "") -> str:
    """One way to be reached; all of them stay with the signature, which so never stands on a page alone."""
    return paragraph("Contact", run(f"{label}：", "LabelCharacters"), words, extra=f"<w:keepNext/>{extra}")


def draw() -> bytes:
    """templates/publication/template.docx."""
    return document(
        paragraph("Title", "{{ title }}", extra=f'<w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        *text("matter"),
        *_table("candidates|rejectattr('term_from')|list", _CANDIDATES, "each in candidates|rejectattr('term_from')"),
        *_table("candidates|selectattr('term_from')|list", _APPOINTED, "each in candidates|selectattr('term_from')"),
        *_table("agreements", _AGREEMENTS, "each in agreements"),
        *_table("topics", _DECISIONS, "each in topics"),
        *_list("需求清单", _list_columns("需求名称", "提出单位")),
        *_list("资源清单", _list_columns("资源名称", "提供单位")),
        *_list("项目清单", _PROJECTS),
        _contact("公示时间", "{{ from_day }}至{{ until_day }}", _GAP),
        _contact("受理电话", "{{ telephone }}"),
        _contact("受理地址", "{{ address }}"),
        *signed("organisation", "date", "issuer"),
        title="公示",
    )
