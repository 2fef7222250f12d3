"""兼职委员名册 on lying pages: what 铜王组发〔2020〕50号 has approved, appointed and filed, one person a row."""

from __future__ import annotations

from tools.draw_templates.furniture import signed
from tools.draw_templates.listing import DENSE, NUMBERED, Column, closing, listing
from tools.draw_templates.package import document
from tools.draw_templates.page import LANDSCAPE
from tools.draw_templates.xml import paragraph

_COLUMNS = (
    Column(560, "序号", (NUMBERED,)),
    Column(1300, "所在社区", ("community",)),
    Column(960, "姓名", ("person",)),
    Column(560, "性别", ("sex",)),
    Column(1250, "出生年月", ("birth",)),
    Column(2826, "工作单位及职务", ("post",)),
    Column(2100, "所在党组织", ("unit_party",)),
    Column(1500, "兼任职务", ("community_post",)),
    Column(1700, "任职时间\n任期届满", ("term_from", "term_to")),
)


def draw() -> bytes:
    """templates/member-roster/template.docx."""
    return document(
        paragraph("FormTitle", "{{ title }}", extra='<w:spacing w:before="0"/>'),
        listing(_COLUMNS, "one in people", DENSE, signed=True),
        closing("以上共{{ people|length }}人。"),
        *signed("organisation", "date", "issuer"),
        title="兼职委员名册",
        page=LANDSCAPE,
    )
