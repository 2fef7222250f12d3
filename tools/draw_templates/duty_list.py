"""兼职委员履职清单: the year's duties of one member by the four roles of source 002, signed by the member."""

from __future__ import annotations

from tools.draw_templates.listing import DENSE, NUMBERED, Column, beneath_title, closing, labelled, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import TEXT_WIDTH
from tools.draw_templates.xml import paragraph

_COLUMNS = (
    Column(560, "序号", (NUMBERED,)),
    Column(1200, "职责类别", ("category",)),
    Column(1700, "履职事项", ("duty",), left=True),
    Column(1844, "履职措施", ("measure",), left=True),
    Column(1620, "完成时限", ("deadline",)),
    Column(1920, "完成情况", ("result", "done_on"), left=True),
)


def draw() -> bytes:
    """templates/duty-list/template.docx."""
    return document(
        paragraph("FormTitle", "{{ year }}年兼职委员履职清单", extra='<w:spacing w:before="0"/>'),
        labelled("社区党组织", "{{ organisation }}"),
        labelled("兼职委员", "{{ person }}（{{ post }}，{{ community_post }}）", after=100),
        listing(_COLUMNS, "one in duties", DENSE, signed=True),
        closing("以上共{{ duties|length }}项。"),
        beneath_title('兼职委员（签字）：{{ signature("兼职委员") }}', "{{ date }}", TEXT_WIDTH),
        title="兼职委员履职清单",
    )
