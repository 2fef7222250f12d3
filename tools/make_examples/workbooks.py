"""The workbooks one by one: which columns, in which words, and what stands above the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tools.make_examples import content, mistakes, samples
from tools.make_examples.books import Column, add_picture, add_table, new_workbook
from tools.make_examples.form_sheet import add_member_form
from tools.make_examples.portrait import portrait

MEMBER_COLUMNS = (
    Column("sequence", "序号", 6),
    Column("organisation", "社区", 12),
    Column("person", "姓名", 10),
    Column("sex", "性别", 6),
    Column("birth", "出生年月", 12),
    Column("ethnicity", "民族", 8),
    Column("native_place", "籍贯", 14),
    Column("joined_party", "入党时间", 12),
    Column("health", "健康\n状况", 8),
    Column("birthplace", "出生地", 16),
    Column("joined_work", "参加工作\n时间", 12),
    Column("education", "学历", 10),
    Column("school", "毕业院校\n及专业", 22),
    Column("degree", "学位或\n职称", 16),
    Column("post", "工作单位及职务", 26),
    Column("community_post", "现任社区职务", 18),
    Column("term", "任期（年）", 8),
    Column("career", "工作简历", 44),
    Column("performance", "主要表现", 44),
    Column("recommendation", "推荐单位意见", 22),
    Column("recommended_on", "推荐日期", 14),
    Column("community_opinion", "社区党组织意见", 22),
    Column("community_opinion_on", "社区意见日期", 14),
    Column("street_opinion", "街道党委意见", 18),
    Column("street_opinion_on", "街道意见日期", 14),
    Column("id_card", "身份证号", 21),
    Column("phone", "联系电话", 14),
    Column("date", "填表日期", 14),
)
_NOTICE_COLUMNS = (
    Column("sequence", "序号", 6),
    Column("given_number", "文号", 20),
    Column("organisation", "发文机关", 24),
    Column("title", "标题", 36),
    Column("addressees", "主送机关", 20),
    Column("body", "正文", 50),
    Column("signed_by", "发文机关署名", 26),
    Column("date", "成文日期", 16),
    Column("issued_title", "印发文件标题", 30),
    Column("issued_text", "印发文件正文", 80),
    Column("attachment_title", "附件名称", 26),
    Column("attachment_form", "附件表样", 26),
    Column("note", "附注", 14),
    Column("cc", "抄送", 20),
    Column("printed_by", "印发机关", 24),
    Column("printed_on", "印发日期", 16),
)
_AGREEMENT_COLUMNS = (
    Column("sequence", "序号", 6),
    Column("organisation", "社区党组织（甲方）", 30),
    Column("unit_party", "驻区单位党组织（乙方）", 30),
    Column("unit", "驻区单位名称", 26),
    Column("credit_code", "统一社会信用代码", 22),
    Column("year", "年度", 8),
    Column("targets", "共建目标", 36),
    Column("tasks", "共建任务", 40),
    Column("projects", "共建项目", 40),
    Column("deadline", "完成时限", 16),
    Column("community_head", "甲方负责人", 12),
    Column("community_liaison", "甲方联络员", 12),
    Column("community_phone", "甲方联系电话", 15),
    Column("unit_head", "乙方负责人", 12),
    Column("unit_liaison", "乙方联络员", 12),
    Column("unit_phone", "乙方联系电话", 15),
    Column("date", "签订日期", 16),
)
_MEETING_COLUMNS = (
    Column("meeting_no", "会议编号", 14),
    Column("organisation", "召集单位", 14),
    Column("meeting_name", "会议名称", 30),
    Column("held_on", "会议日期", 16),
    Column("time", "开会时段", 20),
    Column("place", "地点", 30),
    Column("chair", "主持", 10),
    Column("recorder", "记录", 10),
    Column("summary", "会议概况", 60),
    Column("sent_to", "发送", 34),
    Column("date", "成文日期", 16),
)
_PEOPLE_COLUMNS = (
    Column("sequence", "序号", 6),
    Column("meeting_no", "会议编号", 14),
    Column("person", "姓名", 10),
    Column("unit", "单位", 34),
    Column("post", "职务", 18),
    Column("attendance", "到会情况", 10),
)
_TOPIC_COLUMNS = (
    Column("meeting_no", "会议编号", 14),
    Column("sequence", "序号", 6),
    Column("topic", "议题", 34),
    Column("decision", "议定事项", 60),
    Column("owner", "责任单位", 28),
    Column("deadline", "完成时限", 16),
    Column("ballots", "表决票数", 9),
    Column("votes_for", "赞成", 7),
    Column("votes_against", "反对", 7),
    Column("abstained", "弃权", 7),
)
_PUBLICATION_COLUMNS = (
    Column("publication_no", "公示编号", 12),
    Column("organisation", "公示单位", 34),
    Column("title", "标题", 36),
    Column("matter", "公示内容", 60),
    Column("from_day", "公示开始日期", 16),
    Column("until_day", "公示截止日期", 16),
    Column("telephone", "受理电话", 15),
    Column("address", "受理地址", 34),
    Column("date", "成文日期", 16),
)
_CANDIDATE_COLUMNS = (
    Column("publication_no", "公示编号", 12),
    Column("sequence", "序号", 6),
    Column("person", "姓名", 10),
    Column("sex", "性别", 6),
    Column("birth", "出生年月", 12),
    Column("post", "工作单位及职务", 38),
    Column("community_post", "拟任职务", 24),
)
_ITEM_COLUMNS = (
    Column("publication_no", "公示编号", 12),
    Column("list", "清单类别", 12),
    Column("sequence", "序号", 6),
    Column("item", "名称", 24),
    Column("details", "具体内容", 44),
    Column("source", "提出（提供）单位", 26),
    Column("claimed_by", "认领单位", 26),
    Column("deadline", "完成时限", 16),
)


def notice() -> Workbook:
    """The notice: one row under a merged title."""
    workbook = new_workbook()
    add_table(workbook, "通知", _NOTICE_COLUMNS, [content.notice()], title="发文登记表", row_height=240)
    return workbook


def members() -> Workbook:
    """Six members, one a row: a merged title, a line of remarks, months typed as 1978.03, photos in the last column."""
    workbook = new_workbook()
    sheet = add_table(
        workbook,
        "登记表",
        (*MEMBER_COLUMNS, Column("photo", "照片", 14)),
        [months_as_typed(row) for row in content.members()],
        title="社区“兼职委员”人员情况登记表",
        remark="填报单位：中共铜川市王益区委组织部　　　　填报时间：2020年5月",
        row_height=150,
    )
    last = get_column_letter(len(MEMBER_COLUMNS) + 1)
    for row, member in enumerate(content.members(), start=4):
        picture = portrait(long_hair=member["sex"] == "女")
        add_picture(sheet, f"{last}{row}", picture, width=96, height=134)
    return workbook


def member_form() -> Workbook:
    """One member on a form sheet, with a photo."""
    workbook = new_workbook()
    add_member_form(workbook, months_as_typed(content.member_on_a_form()), portrait(long_hair=False))
    return workbook


def agreements() -> Workbook:
    """Four agreements; the title stands in A1, not merged."""
    workbook = new_workbook()
    add_table(workbook, "共建协议", _AGREEMENT_COLUMNS, content.agreements(), row_height=90)
    return workbook


def minutes() -> Workbook:
    """Two meetings on three sheets."""
    return _minutes(*content.minutes())


def candidates() -> Workbook:
    """A publication of candidates: two sheets, none for the lists."""
    return _candidates(content.publication(0), content.candidates())


def lists() -> Workbook:
    """A publication of the three lists: two sheets, none for candidates."""
    workbook = new_workbook()
    head = content.publication(1)
    items = [{"publication_no": head["publication_no"]} | item for item in content.list_items()]
    add_table(workbook, "公示", _PUBLICATION_COLUMNS, [head], row_height=120)
    add_table(workbook, "清单", _ITEM_COLUMNS, items, title="桃园社区2020年“三个清单”")
    return workbook


def _minutes(meetings: content.Rows, people: content.Rows, topics: content.Rows) -> Workbook:
    workbook = new_workbook()
    add_table(workbook, "会议", _MEETING_COLUMNS, meetings, row_height=120)
    add_table(workbook, "参会人员", _PEOPLE_COLUMNS, people, title="参会人员名单")
    add_table(workbook, "议题", _TOPIC_COLUMNS, topics, row_height=75)
    return workbook


def _candidates(head: dict[str, Any], people: content.Rows) -> Workbook:
    workbook = new_workbook()
    rows = [{"publication_no": head["publication_no"]} | months_as_typed(row) for row in people]
    add_table(workbook, "公示", _PUBLICATION_COLUMNS, [head], row_height=120)
    add_table(workbook, "拟聘任人选", _CANDIDATE_COLUMNS, rows)
    return workbook


def sample_member_form() -> Workbook:
    """The first member alone."""
    workbook = new_workbook()
    rows = [months_as_typed(row) for row in content.members()[:1]]
    add_table(workbook, "兼职委员登记表", MEMBER_COLUMNS, rows, row_height=150)
    return workbook


def sample_agreement() -> Workbook:
    """The first agreement alone."""
    workbook = new_workbook()
    add_table(workbook, "共建协议", _AGREEMENT_COLUMNS, content.agreements()[:1], row_height=90)
    return workbook


def sample_minutes() -> Workbook:
    """The smaller meeting alone."""
    meetings, people, topics = content.minutes()
    number = meetings[1]["meeting_no"]
    return _minutes(meetings[1:], *([row for row in rows if row["meeting_no"] == number] for rows in (people, topics)))


INBOX: Mapping[str, Callable[[], Workbook]] = {
    "铜王组发50号通知.xlsx": notice,
    "兼职委员登记表（六人）.xlsx": members,
    "登记表（赵瑄）.xlsx": member_form,
    "2020年共驻共建协议.xlsx": agreements,
    "二季度联席会议纪要.xlsx": minutes,
    "兼职委员人选公示.xlsx": candidates,
    "三个清单公示.xlsx": lists,
    mistakes.FILE: mistakes.workbook,
}
"""The example workbooks by file name, in the order in which a secretary would drop them."""

SAMPLES: Mapping[str, Callable[[], Workbook]] = {
    **{kind: partial(samples.sample, kind) for kind in samples.kinds_with_content()},
    "member-form": sample_member_form,
    "agreement": sample_agreement,
    "minutes": sample_minutes,
}
"""The small workbook beside each kind, by the kind's id."""

SETS: Mapping[str, Callable[[], Workbook]] = {
    name: partial(samples.sample, name) for name in samples.sets_with_content()
}
"""The small workbook beside each set of papers, by the set's folder among the templates."""


def months_as_typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Months the way people type them: ``1978.03``, as text."""
    months = {"birth", "joined_party", "joined_work"}
    return {
        key: value.strftime("%Y.%m") if key in months and isinstance(value, date) else value
        for key, value in row.items()
    }
