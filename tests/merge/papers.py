"""Papers to merge: one full and one with nothing but the required fields, for each of five kinds.

The full notice is 铜王组发〔2020〕50号 word for word (``opinion.txt`` is the text it issues, one paragraph a line).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from docx import Document
from PIL import Image

from pipeline.core.kind import Kind
from pipeline.core.values import ArchivalCode, Number, NumberedRecord, Organisation, Picture, Record, Row, Value
from pipeline.kinds.load import load_kind
from pipeline.merge.merger import Merger
from pipeline.sealing import places

ROOT = Path(__file__).parents[2]
KINDS: Mapping[str, Kind] = {
    name: load_kind(ROOT / "templates" / name)
    for name in ("notice", "member-form", "agreement", "minutes", "publication")
}
DEPARTMENT = Organisation("ZZB", "中共铜川市王益区委组织部", "王益区委组织部", "铜王组发")
COMMUNITY = Organisation("TYS", "中共铜川市王益区桃园街道桃园社区委员会", "桃园社区", "桃社党")
OPINION = (Path(__file__).parent / "opinion.txt").read_text(encoding="utf-8").rstrip("\n")

NOTICE: Mapping[str, Value] = {
    "organisation": DEPARTMENT.name,
    "title": "中共铜川市王益区委组织部\n关于印发《在全区实行社区“兼职委员制”的\n意见》的通知",
    "addressees": "黄堡镇、各街道党委",
    "body": "现将《在全区实行社区“兼职委员制”的意见》印发给你们，请结合工作实际，认真贯彻落实。",
    "signed_by": "中共铜川市王益区委员会组织部",
    "date": date(2020, 4, 16),
    "issued_title": "在全区实行社区“兼职委员制”的实施意见",
    "issued_text": OPINION,
    "attachment_title": "社区“兼职委员”人员情况登记表",
    "attachment_form": "member-form",
    "cc": "各有关单位党组织",
    "printed_by": "中共铜川市王益区委组织部",
    "printed_on": date(2020, 4, 16),
}
ALL_MARKS: Mapping[str, Value] = {
    **NOTICE,
    "note": "此件公开发布",
    "copy_number": "000001",
    "secrecy": "秘密★1年",
    "urgency": "特急",
    "signer": "王建国",
}

MEMBER: Mapping[str, Value] = {
    "organisation": COMMUNITY.name,
    "date": date(2020, 5, 8),
    "person": "刘珺",
    "sex": "女",
    "birth": date(1978, 3, 1),
    "ethnicity": "汉族",
    "native_place": "陕西省富平县",
    "joined_party": date(2001, 6, 1),
    "health": "健康",
    "birthplace": "陕西省铜川市王益区",
    "joined_work": date(1999, 7, 1),
    "education": "大学本科",
    "school": "西安交通大学行政管理专业",
    "degree": "管理学学士、高级政工师",
    "post": "铜川市王益区第一小学党支部书记、校长",
    "community_post": "桃园社区党委兼职委员",
    "career": "1999.07—2008.08　铜川市王益区第一小学教师\n2008.08—2015.02　铜川市王益区第一小学副校长\n"
    "2015.02至今　铜川市王益区第一小学党支部书记、校长",
    "performance": "热心社区公益事业，每年组织本单位党员到社区开展志愿服务。\n2019年协调开放学校操场，受到居民欢迎。",
    "recommendation": "同意推荐。",
    "recommended_on": date(2020, 5, 8),
    "community_opinion": "经初审，同意上报。",
    "community_opinion_on": date(2020, 5, 12),
    "street_opinion": "同意聘任。",
    "street_opinion_on": date(2020, 5, 18),
}

AGREEMENT: Mapping[str, Value] = {
    "organisation": COMMUNITY.name,
    "unit_party": "中共铜川市王益区第一小学支部委员会",
    "unit": "铜川市王益区第一小学",
    "year": 2020,
    "targets": "实现党组织资源共享、文明共创，全年为居民办实事不少于2件。",
    "tasks": "每季度参加一次党建联席会议。\n组织在职党员到社区认领服务岗位。",
    "projects": "课后“四点半课堂”（2020年9月30日前开课）。\n学校操场周末向居民开放（长期）。",
    "deadline": date(2020, 12, 20),
    "community_head": "张秀梅",
    "community_liaison": "李旭",
    "community_phone": "0919-2180001",
    "unit_head": "刘珺",
    "unit_liaison": "陈亮",
    "unit_phone": "0919-2180002",
    "date": date(2020, 6, 10),
}

MEETING: Mapping[str, Value] = {
    "meeting_no": "2020-02",
    "organisation": COMMUNITY.name,
    "meeting_name": "2020年第二季度党建联席会议",
    "held_on": date(2020, 6, 18),
    "time": "下午3时至4时30分",
    "place": "桃园社区党群服务中心二楼会议室",
    "chair": "张秀梅",
    "recorder": "李旭",
    "summary": "2020年6月18日，桃园社区党委召开第二季度党建联席会议，学习有关文件，研究共驻共建项目。"
    "现将会议议定事项纪要如下：",
    "sent_to": "桃园街道党工委，驻区各单位党组织",
    "date": date(2020, 6, 19),
}
PEOPLE: tuple[Mapping[str, Value], ...] = (
    {"person": "张秀梅", "unit": "桃园社区党委", "attendance": "出席"},
    {"person": "刘珺", "unit": "王益区第一小学", "attendance": "出席"},
    {"person": "王喆", "unit": "王益区供电分公司", "attendance": "出席"},
    {"person": "赵堃", "unit": "桃园派出所", "attendance": "请假"},
    {"person": "李旭", "unit": "桃园社区", "attendance": "列席"},
)
TOPICS: tuple[Mapping[str, Value], ...] = (
    {
        "topic": "关于老旧小区楼道照明改造项目",
        "decision": "王益区供电分公司党支部汇报了摸底情况。\n"
        "会议同意将楼道照明改造列入2020年共建项目清单，先行改造桃园小区1至6号楼。",
        "owner": "王益区供电分公司党支部",
        "deadline": date(2020, 8, 31),
        "ballots": 9,
        "votes_for": 8,
        "votes_against": 0,
        "abstained": 1,
    },
    {"topic": "关于暑期“四点半课堂”", "decision": "会议听取了王益区第一小学的安排，同意按计划开课。"},
)

PUBLICATION: Mapping[str, Value] = {
    "publication_no": "2020-01",
    "organisation": COMMUNITY.name,
    "title": "关于桃园社区党委兼职委员拟聘任人选的公示",
    "matter": "根据《在全区实行社区“兼职委员制”的实施意见》，经驻区单位党组织推荐、社区党组织初审、街道党委批复，"
    "现将桃园社区党委兼职委员拟聘任人选予以公示。",
    "from_day": date(2020, 5, 20),
    "until_day": date(2020, 5, 26),
    "telephone": "0919-2180001",
    "address": "铜川市王益区桃园路18号桃园社区党群服务中心",
    "date": date(2020, 5, 19),
}
CANDIDATES: tuple[Mapping[str, Value], ...] = (
    {
        "person": "刘珺",
        "sex": "女",
        "birth": date(1978, 3, 1),
        "post": "铜川市王益区第一小学党支部书记、校长",
        "community_post": "桃园社区党委兼职委员",
    },
    {
        "person": "阿卜杜热西提·买买提明",
        "sex": "男",
        "birth": date(1981, 11, 1),
        "post": "国网陕西省电力公司铜川供电公司王益区供电分公司党支部书记、经理",
        "community_post": "桃园社区党委兼职委员",
    },
)
ITEMS: tuple[Mapping[str, Value], ...] = tuple(
    {
        "list": name,
        "sequence": number,
        "item": "老旧小区楼道照明",
        "details": "桃园小区1至6号楼楼道灯损坏，老人夜间上下楼不便",
        "source": "桃园小区居民小组",
        "claimed_by": "王益区供电分公司党支部",
        "deadline": date(2020, 8, 31),
    }
    for name in ("需求清单", "资源清单", "项目清单")
    for number in (1, 2)
)


def photo(width: int = 295, height: int = 413) -> Picture:
    """A PNG of these pixels; the usual ones are a two-inch portrait's."""
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#7a9cc6").save(stream, "PNG")
    return Picture(row=1, column=1, data=stream.getvalue(), media_type="image/png")


def paper(
    kind: str,
    values: Mapping[str, Value],
    *,
    number: str = "",
    organisation: Organisation = COMMUNITY,
    **details: Iterable[Mapping[str, Value]],
) -> NumberedRecord:
    """A numbered record of a shipped kind, or of ``kinds[kind]``."""
    return paper_of(KINDS[kind], values, number=number, organisation=organisation, **details)


def paper_of(
    kind: Kind,
    values: Mapping[str, Value],
    *,
    number: str = "",
    organisation: Organisation = COMMUNITY,
    **details: Iterable[Mapping[str, Value]],
) -> NumberedRecord:
    """A numbered record of any kind."""
    day = values[kind.date_field]
    assert isinstance(day, date)
    record = Record(
        kind=kind,
        head=Row("表", 2, values, {}),
        details={name: tuple(Row(name, 2, each, {}) for each in rows) for name, rows in details.items()},
        organisation=organisation,
        date=day,
        identity="i",
    )
    return NumberedRecord(
        record=record,
        paper="85cade1c98612888",
        title=str(values.get("title", kind.name)).replace("\n", ""),
        number=Number("s", day.year, 1, number) if number else None,
        archival_code=ArchivalCode("D001-WS·2020-Y-ZZB", 1, "D001-WS·2020-Y-ZZB-0001"),
        content="c",
    )


def notice(values: Mapping[str, Value] = NOTICE) -> NumberedRecord:
    """铜王组发〔2020〕50号."""
    return paper("notice", values, number="铜王组发〔2020〕50号", organisation=DEPARTMENT)


FULL: Mapping[str, NumberedRecord] = {
    "notice": notice(),
    "notice-marks": notice(ALL_MARKS),
    "member-form": paper("member-form", {**MEMBER, "photo": photo()}),
    "agreement": paper("agreement", AGREEMENT, number="桃社党共建〔2020〕1号"),
    "minutes": paper("minutes", MEETING, number="〔2020〕第1期", people=PEOPLE, topics=TOPICS),
    "publication": paper("publication", PUBLICATION, candidates=CANDIDATES),
    "lists": paper("publication", {**PUBLICATION, "title": "关于桃园社区2020年三个清单的公示"}, items=ITEMS),
}


def _required(full: NumberedRecord) -> NumberedRecord:
    """The same paper with nothing in the fields nobody must fill in."""
    kind, record = full.record.kind, full.record
    head = {field.id: record.head.values.get(field.id) for field in kind.head.fields if field.required}
    details = {
        table.id: [
            {field.id: row.values.get(field.id) for field in table.fields if field.required}
            for row in record.details.get(table.id, ())
        ]
        for table in kind.details
        if table.minimum_rows
    }
    number = full.number.text if full.number else ""
    return paper_of(kind, head, number=number, organisation=record.organisation, **details)


MINIMUM: Mapping[str, NumberedRecord] = {
    name: _required(FULL[name]) for name in ("notice", "member-form", "agreement", "minutes", "publication")
}


def merger() -> Merger:
    """As the office makes it, with the usual seal of 42 mm."""
    return Merger(KINDS, places, 42.0)


def text_of(docx: bytes) -> list[str]:
    """Every paragraph that has words, in reading order, tables included."""
    document = Document(io.BytesIO(docx))
    texts = []
    for paragraph in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        words = "".join(
            "\n" if node.tag.endswith("}br") else "\t" if node.tag.endswith("}tab") else node.text or ""
            for node in paragraph.iter()
            if node.tag.endswith(("}t", "}br")) or (node.tag.endswith("}tab") and node.getparent().tag.endswith("}r"))
        )
        if words.strip():
            texts.append(words)
    return texts
