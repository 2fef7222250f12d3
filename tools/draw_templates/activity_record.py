"""区域化党建活动记录 (区域化党建工作机制意见, attachment 6): what was done, who signs for it, and photographs.

Photographs stand two to a row, each within 72 x 54 mm; without any there are no empty boxes.
"""

from __future__ import annotations

from tools.draw_templates.boxes import Box, Grid, field, label, picture, text, upright, value
from tools.draw_templates.package import document
from tools.draw_templates.xml import command_row, indent, paragraph

_ROW = 540
_COLUMNS = (960, 640, 2822, 1500, 1100, 1822)
_PHOTOGRAPH = 3260
"""Twips: 54 mm and air."""


def _photographs(form: Grid, left: int) -> tuple[str, ...]:
    """A row with two photographs, if the first of them is there."""
    pair = (picture(f"{{{{ photo_{place}|within(72, 54) }}}}", 3) for place in (left, left + 1))
    present = " or ".join(f"photo_{place}" for place in (left, left + 1))
    return command_row(f"if {present}", _COLUMNS), form.row(*pair, height=_PHOTOGRAPH), command_row("endif", _COLUMNS)


def draw() -> bytes:
    """templates/activity-record/template.docx."""
    form = Grid(_COLUMNS)
    return document(
        paragraph("FormTitle", "区域化党建活动记录", extra='<w:spacing w:before="0"/>'),
        form.table(
            form.row(label("活动主题", 2), field("theme", 4), height=_ROW),
            form.row(label("组织单位", 2), field("organisation", 4), height=_ROW),
            form.row(label("参加单位", 2), field("units", 4), height=_ROW),
            form.row(label("活动时间", 2), value("{{ date }}{{ time }}", 4), height=_ROW),
            form.row(label("活动地点", 2), field("place", 4), height=_ROW),
            form.row(
                label("参加人数", 2),
                value("{{ present }}人{% if party_members %}（党员{{ party_members }}人）{% endif %}"),
                label("主持人"),
                field("chair", 2),
                height=_ROW,
            ),
            form.row(upright("活动内容"), text("content", 5), height=0, may_split=True),
            form.row(upright("活动成效"), text("results", 5), height=1320),
            form.row(
                label("记录人", 2),
                field("recorder"),
                label("记录人签字"),
                Box((paragraph("Signing", '{{ signature("记录人") }}', extra=indent(left=140)),), 2),
                height=700,
            ),
            *_photographs(form, 1),
            *_photographs(form, 3),
        ),
        paragraph("ColophonAnchor"),
        title="区域化党建活动记录",
    )
