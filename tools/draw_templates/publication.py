"""公示 of candidates, or of the three lists: no red head (事务文书), but the page and the signed end of 公文."""

from __future__ import annotations

from tools.draw_templates.furniture import signed, text
from tools.draw_templates.package import document
from tools.draw_templates.xml import ALL_LINES, cell, command, command_row, paragraph, row, run, table

_CANDIDATES = (1200, 750, 1594, 3200, 2100)
_NEEDS = (750, 2200, 3694, 2200)
_PROJECTS = (700, 1650, 2294, 1400, 1400, 1400)


def _filled(columns: tuple[int, ...], headings: tuple[str, ...], fields: tuple[str, ...], loop: str) -> str:
    """A table with a row for each turn of the loop; the heading row repeats on every page."""
    name = loop.split(" ", 1)[0]
    heads = (cell(width, paragraph("TableHead", heading)) for width, heading in zip(columns, headings, strict=True))
    values = (
        cell(width, paragraph("TableText", f"{{{{ {name}.{field} }}}}"))
        for width, field in zip(columns, fields, strict=True)
    )
    return table(
        columns,
        row(*heads, height=600, header=True),
        command_row(f"for {loop}", columns),
        row(*values, height=600),
        command_row("endfor", columns),
        borders=ALL_LINES,
        air=60,
    )


def _list(name: str, columns: tuple[int, ...], headings: tuple[str, ...], fields: tuple[str, ...]) -> tuple[str, ...]:
    chosen = f'items|selectattr("list", "equalto", "{name}")'
    return (
        command(f"if {chosen}|list"),
        paragraph("TableCaption", name),
        _filled(columns, headings, fields, f"item in {chosen}"),
        command("endif"),
    )


def draw() -> bytes:
    """templates/publication/template.docx."""
    plain = ("sequence", "item", "details", "source")
    return document(
        paragraph("Title", "{{ title }}", extra='<w:spacing w:before="0" w:after="579"/>'),
        *text("matter"),
        command("if candidates"),
        paragraph("TableCaption", "公示人选"),
        _filled(
            _CANDIDATES,
            ("姓名", "性别", "出生年月", "工作单位及职务", "拟任职务"),
            ("name", "sex", "birth", "post", "proposed_post"),
            "candidate in candidates",
        ),
        command("endif"),
        *_list("需求清单", _NEEDS, ("序号", "需求名称", "具体内容", "提出单位"), plain),
        *_list("资源清单", _NEEDS, ("序号", "资源名称", "具体内容", "提供单位"), plain),
        *_list(
            "项目清单",
            _PROJECTS,
            ("序号", "项目名称", "实施内容", "牵头单位", "认领单位", "完成时限"),
            (*plain, "claimed_by", "deadline"),
        ),
        paragraph(
            "Contact",
            run("公示时间：", "LabelCharacters"),
            "{{ from_day }}至{{ until_day }}",
            extra='<w:spacing w:before="579"/>',
        ),
        paragraph("Contact", run("受理电话：", "LabelCharacters"), "{{ telephone }}"),
        paragraph("Contact", run("受理地址：", "LabelCharacters"), "{{ address }}"),
        *signed("organisation", "date", "issuer"),
        title="公示",
    )
