"""社区“兼职委员”人员情况登记表, box for box the form attached to 铜王组发〔2020〕50号.

Two pages, as the source prints it: the person on the first, the opinions with their seals on the second. Boxes grow
with their content. The photograph is a two-inch one (35 x 49 mm).
"""

from __future__ import annotations

from tools.draw_templates.boxes import SEALED, Grid, field, label, opinion, picture, text, upright, value
from tools.draw_templates.package import document
from tools.draw_templates.xml import paragraph

COLUMNS = (960, 1150, 720, 1340, 1160, 1354, 760, 1400)
"""Twips. The photograph stands in the last two columns, under 民族."""

_ROW = 720


def grid() -> str:
    """The form's table."""
    form = Grid(COLUMNS)
    birth = "{{ birth }}{% if birth %}（{{ birth|age }}岁）{% endif %}"
    beside = picture("", 2, "continue")
    return form.table(
        form.row(
            label("姓名"),
            field("person"),
            label("性别"),
            field("sex"),
            label("出生年月\n（岁）"),
            value(birth),
            label("民族"),
            field("ethnicity"),
            height=800,
        ),
        form.row(
            label("籍贯"),
            field("native_place"),
            label("入党\n时间"),
            field("joined_party"),
            label("健康状况"),
            field("health"),
            picture("{{ photo }}", 2, "restart"),
            height=_ROW,
        ),
        form.row(
            label("出生地"),
            field("birthplace", 2),
            label("参加工作\n时间"),
            field("joined_work", 2),
            beside,
            height=_ROW,
        ),
        form.row(
            label("学历"),
            field("education", 2),
            label("毕业院校\n及专业"),
            field("school", 2),
            beside,
            height=_ROW,
        ),
        form.row(label("学位或\n职称"), field("degree", 5), beside, height=_ROW),
        form.row(label("工作单位及职务", 2), field("post", 6), height=_ROW),
        form.row(label("现任社区职务", 2), field("community_post", 6), height=_ROW),
        form.row(upright("工作简历"), text("career", 7), height=5300, may_split=True),
        form.row(upright("主要表现"), text("performance", 7), height=2700),
        *(
            form.row(upright(f"{party}意见"), opinion(name, day, party, 7), height=SEALED)
            for party, name, day in (
                ("推荐单位", "recommendation", "recommended_on"),
                ("社区党组织", "community_opinion", "community_opinion_on"),
                ("街道党委", "street_opinion", "street_opinion_on"),
            )
        ),
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
