"""公示 of candidates, or of the three lists: no red head (事务文书), but the page and the signed end of 公文."""

from __future__ import annotations

from tools.draw_templates.furniture import signed, text
from tools.draw_templates.package import document
from tools.draw_templates.page import HALF_LINE
from tools.draw_templates.xml import ALL_LINES, cell, command, command_row, paragraph, row, run, table

_ROW = 440  # twips
_GAP = '<w:spacing w:before="120"/>'
_LEFT = '<w:jc w:val="left"/>'

_Column = tuple[int, str, str]
"""Width in twips, heading, field."""

_CANDIDATES = (
    (1080, "姓名", "person"),
    (600, "性别", "sex"),
    (1560, "出生年月", "birth"),
    (3084, "工作单位及职务", "post"),
    (2520, "拟任职务", "community_post"),
)
_PROJECTS = (
    (600, "序号", "sequence"),
    (1560, "项目名称", "item"),
    (2180, "实施内容", "details"),
    (1560, "牵头单位", "source"),
    (1264, "认领单位", "claimed_by"),
    (1680, "完成时限", "deadline"),
)


def _list_columns(what: str, source: str) -> tuple[_Column, ...]:
    return ((600, "序号", "sequence"), (2120, what, "item"), (3824, "具体内容", "details"), (2300, source, "source"))


def _filled(columns: tuple[_Column, ...], loop: str) -> str:
    """A table with a row for each turn of the loop; the heading row repeats on every page.

    Rows are low and cells wide: a 公示 hangs on a board, where one page is read and the second is not.
    """
    name = loop.split(" ", 1)[0]
    widths = tuple(width for width, _heading, _field in columns)
    heads = (cell(width, paragraph("TableHead", heading)) for width, heading, _field in columns)
    values = (
        cell(
            width,
            paragraph("TableText", f"{{{{ {name}.{field} }}}}", extra=_LEFT if field == "details" else ""),
        )
        for width, _heading, field in columns
    )
    return table(
        widths,
        row(*heads, height=_ROW, header=True),
        command_row(f"for {loop}", widths),
        row(*values, height=_ROW),
        command_row("endfor", widths),
        borders=ALL_LINES,
        margin=57,
        air=30,
    )


def _list(name: str, columns: tuple[_Column, ...]) -> tuple[str, ...]:
    chosen = f'items|selectattr("list", "equalto", "{name}")'
    return (
        command(f"if {chosen}|list"),
        paragraph("TableCaption", name),
        _filled(columns, f"item in {chosen}"),
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
        command("if candidates"),
        paragraph("ColophonAnchor", extra=_GAP),
        _filled(_CANDIDATES, "candidate in candidates"),
        command("endif"),
        *_list("需求清单", _list_columns("需求名称", "提出单位")),
        *_list("资源清单", _list_columns("资源名称", "提供单位")),
        *_list("项目清单", _PROJECTS),
        _contact("公示时间", "{{ from_day }}至{{ until_day }}", _GAP),
        _contact("受理电话", "{{ telephone }}"),
        _contact("受理地址", "{{ address }}"),
        *signed("organisation", "date", "issuer"),
        title="公示",
    )
