"""Merged papers say what the record says, in the words of the record, and nothing else."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import Field, FieldType
from pipeline.core.values import Value
from tests.merge.papers import (
    AGREEMENT,
    FULL,
    KINDS,
    MEETING,
    MEMBER,
    MINIMUM,
    NOTICE,
    OPINION,
    PEOPLE,
    ROOT,
    TOPICS,
    merger,
    notice,
    paper,
    paper_of,
    photo,
    text_of,
)
from tests.merge.samples import kind_with, write_template


def merged_text(folder: Path, value: Value, type_: FieldType, *paragraphs: str) -> list[str]:
    """The text of a one-field paper made with a small template."""
    write_template(folder, *paragraphs)
    kind = kind_with(folder, Field("value", "内容", type_))
    return text_of(merger().merge(paper_of(kind, {"date": date(2020, 4, 16), "value": value})).docx)


def test_the_notice_is_the_source_paragraph_by_paragraph() -> None:
    text = text_of(merger().merge(notice()).docx)
    assert text[:6] == [
        "中共铜川市王益区委组织部文件",
        "铜王组发〔2020〕50号",
        "中共铜川市王益区委组织部\n关于印发《在全区实行社区“兼职委员制”的\n意见》的通知",
        "黄堡镇、各街道党委：",
        "现将《在全区实行社区“兼职委员制”的意见》印发给你们，请结合工作实际，认真贯彻落实。",
        "中共铜川市王益区委员会组织部",
    ]
    assert text[6:8] == ["2020年4月16日", "在全区实行社区“兼职委员制”的实施意见"]
    opinion = OPINION.split("\n")
    assert text[8 : 8 + len(opinion)] == opinion
    rest = text[8 + len(opinion) :]
    assert rest[:3] == ["附件：社区“兼职委员”人员情况登记表", "附件", "社区“兼职委员”人员情况登记表"]
    assert rest[-2:] == ["抄送：各有关单位党组织。", "中共铜川市王益区委组织部\t2020年4月16日印发"]


def test_the_attached_form_has_the_boxes_of_the_source() -> None:
    text = "".join("".join(text_of(merger().merge(notice()).docx)).split())
    form = text[text.rindex("社区“兼职委员”人员情况登记表") :]
    labels = (
        "姓名 性别 出生年月（岁） 民族 籍贯 入党时间 健康状况 出生地 参加工作时间 学历 毕业院校及专业 学位或职称 "
        "工作单位及职务 现任社区职务 工作简历 主要表现 推荐单位意见 盖章年月日 "
        "社区党组织意见 盖章年月日 街道党委意见 盖章年月日"
    )
    assert "".join(labels.split()) in form


def test_heading_levels_of_the_issued_text_are_real_styles() -> None:
    document = Document(io.BytesIO(merger().merge(notice()).docx))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["一、目的意义"] == "一级标题"
    assert next(name for text, name in styles.items() if text.startswith("（一）兼职委员的产生")) == "二级标题"
    assert next(name for text, name in styles.items() if text.startswith("1. 推动所在单位")) == "Normal"
    run_in = next(each for each in document.paragraphs if each.text.startswith("（一）兼职委员的产生"))
    assert next(run.text for run in run_in.runs) == "（一）兼职委员的产生。"


@pytest.mark.parametrize("name", FULL)
def test_every_value_of_a_full_record_is_on_paper(name: str) -> None:
    record = FULL[name].record
    text = "".join("".join(text_of(merger().merge(FULL[name]).docx)).split())
    tables = [
        (record.kind.head, [record.head]),
        *((each, record.details.get(each.id, ())) for each in record.kind.details),
    ]
    for table, rows in tables:
        for field in table.fields:
            for row in rows:
                value = row.values.get(field.id)
                if (
                    field.printed
                    and isinstance(value, str)
                    and field.type is not FieldType.FORM
                    and field.id not in UNSAID
                ):
                    assert "".join(value.split()) in text, field.id


UNSAID = {"list"}
"""A choice that decides in which table a row stands; its words are the table's caption."""


@pytest.mark.parametrize("name", MINIMUM)
def test_empty_fields_leave_no_words_and_no_empty_table(name: str) -> None:
    document = Document(io.BytesIO(merger().merge(MINIMUM[name]).docx))
    text = "".join("".join(text_of(merger().merge(MINIMUM[name]).docx)).split())
    for word in (
        "None",
        "nan",
        "undefined",
        "{{",
        "{%",
        "（）",
        "附件",
        "抄送",
        "分送",
        "表决",
        "责任单位：",
        "公示人选",
    ):
        assert word not in text, word
    for table in document.tables:
        assert len(table.rows) > 0
    blocks = [block for block in document.iter_inner_content() if not isinstance(block, Table)]
    holes = [block for block in blocks if not block.text.strip() and block.style.name not in ("Normal", "版记锚")]
    assert holes == []
    neighbours = list(document.iter_inner_content())
    for before, after in itertools.pairwise(neighbours):
        assert not all(isinstance(each, Paragraph) and not each.text.strip() for each in (before, after))


@pytest.mark.parametrize("name", [*FULL])
def test_nothing_of_the_template_language_reaches_paper(name: str) -> None:
    text = "\n".join(text_of(merger().merge(FULL[name]).docx))
    assert not any(mark in text for mark in ("{{", "}}", "{%", "%}", "None", "nan"))


def test_what_looks_like_markup_or_like_a_placeholder_is_text() -> None:
    awkward = "甲&乙<丙>丁 {{ number }} {% if %} {_{ ]]> &amp;"
    text = text_of(merger().merge(notice({**NOTICE, "addressees": awkward})).docx)
    assert f"{awkward}：" in text


@pytest.mark.parametrize("name", ["𬱖龑䶮", "阿卜杜热西提·买买提明", "欧阳〇", "王喆堃"])
def test_rare_and_long_names_are_whole(name: str) -> None:
    assert name in text_of(merger().merge(paper("member-form", {**MEMBER, "person": name})).docx)


def test_very_many_addressees_stand_in_the_imprint_so_that_page_one_has_text() -> None:
    """GB/T 9704-2012 clause 7.3.2."""
    many = "，".join(f"第{number}街道党工委" for number in range(30))
    text = text_of(merger().merge(notice({**NOTICE, "addressees": many})).docx)
    assert f"{many}：" not in text
    assert text[-3:] == [f"主送：{many}。", "抄送：各有关单位党组织。", "中共铜川市王益区委组织部\t2020年4月16日印发"]


def test_who_does_it_is_never_parted_from_until_when() -> None:
    def kept(owner: str, deadline: date | None) -> bool:
        topics = [{**TOPICS[0], "owner": owner, "deadline": deadline}]
        docx = merger().merge(paper("minutes", MEETING, number="第1期", people=PEOPLE, topics=topics)).docx
        line = next(each for each in Document(io.BytesIO(docx)).paragraphs if each.text.startswith("责任单位："))
        return bool(line.paragraph_format.keep_with_next)

    assert kept("桃园社区党委", date(2020, 8, 31))
    assert not kept("桃园社区党委", None)


def test_age_is_counted_to_the_day_of_the_paper() -> None:
    text = text_of(merger().merge(paper("member-form", {**MEMBER, "birth": date(1978, 6, 1)})).docx)
    assert "1978年6月（41岁）" in text


def test_a_photograph_keeps_its_proportion_within_two_inches() -> None:
    docx = merger().merge(paper("member-form", {**MEMBER, "photo": photo(600, 600)})).docx
    (shape,) = Document(io.BytesIO(docx)).inline_shapes
    assert (round(shape.width.mm, 1), round(shape.height.mm, 1)) == (35.0, 35.0)


@pytest.mark.parametrize(
    ("value", "type_", "printed"),
    [
        (date(2020, 4, 6), FieldType.DATE, "2020年4月6日"),
        (date(1975, 3, 1), FieldType.MONTH, "1975年3月"),
        (0, FieldType.INTEGER, "0"),
        (Decimal("1234567.5"), FieldType.MONEY, "1,234,567.50"),
        ("610202197803159969", FieldType.ID_CARD, "610202197803159969"),
        ("一行\n二行", FieldType.TEXT, "一行\n二行"),
        ("一段\n\n二段", FieldType.LONG_TEXT, "一段\n二段"),
        (None, FieldType.TEXT, ""),
        (None, FieldType.INTEGER, ""),
        (None, FieldType.DATE, ""),
        (None, FieldType.IMAGE, ""),
    ],
)
def test_values_are_written_as_paper_writes_them(tmp_path: Path, value: Value, type_: FieldType, printed: str) -> None:
    assert merged_text(tmp_path, value, type_, "〔{{ value }}〕") == [f"〔{printed}〕"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("{{ titel }}", "titel"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{{ value }", "不完整"),
        ("{{ value|safe }}", "safe"),
        ("{%p for p in value %}", "endfor"),
        ("{{ 1/0 }}", "算不出"),
    ],
)
def test_a_wrong_template_is_told_with_file_and_place(tmp_path: Path, wrong: str, words: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        merged_text(tmp_path, "甲", FieldType.TEXT, "好的一段", wrong)
    told = str(raised.value)
    assert words in told
    assert str(tmp_path) in told
    assert raised.value.remedy


def test_a_row_command_outside_a_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        merged_text(tmp_path, "甲", FieldType.TEXT, "{%tr for x in value %}", "{{ x }}", "{%tr endfor %}")


def test_a_photograph_in_a_header_is_told(tmp_path: Path) -> None:
    template = write_template(tmp_path, "正文")
    document = Document(str(template))
    document.sections[0].header.paragraphs[0].text = "{{ value }}"
    document.save(str(template))
    kind = kind_with(tmp_path, Field("value", "照片", FieldType.IMAGE))
    with pytest.raises(ConfigurationError, match="页眉"):
        merger().merge(paper_of(kind, {"date": date(2020, 4, 16), "value": photo()}))


def test_words_in_a_header_are_merged(tmp_path: Path) -> None:
    template = write_template(tmp_path, "正文")
    document = Document(str(template))
    document.sections[0].header.paragraphs[0].text = "{{ value }}"
    document.save(str(template))
    kind = kind_with(tmp_path, Field("value", "名称"))
    docx = merger().merge(paper_of(kind, {"date": date(2020, 4, 16), "value": "甲&乙"})).docx
    assert Document(io.BytesIO(docx)).sections[0].header.paragraphs[0].text == "甲&乙"


def test_a_template_edited_in_word_is_read_anew(tmp_path: Path) -> None:
    assert merged_text(tmp_path, "甲", FieldType.TEXT, "旧：{{ value }}") == ["旧：甲"]
    assert merged_text(tmp_path, "甲", FieldType.TEXT, "新：{{ value }}") == ["新：甲"]


def test_an_unknown_form_is_told() -> None:
    with pytest.raises(ConfigurationError, match="no-such-form"):
        merger().merge(notice({**NOTICE, "attachment_form": "no-such-form"}))


def test_a_blank_form_has_no_words_but_its_own_and_no_seal() -> None:
    docx = merger().blank_form(KINDS["member-form"])
    text = "".join(text_of(docx))
    assert text.startswith("社区“兼职委员”人员情况登记表姓名性别")
    assert "岁）民族籍贯" in text
    assert b"seal:" not in docx
    assert not Document(io.BytesIO(docx)).element.xpath(".//w:drawing")


def test_properties_are_those_of_the_paper() -> None:
    properties = Document(io.BytesIO(merger().merge(notice()).docx)).core_properties
    assert properties.title == "中共铜川市王益区委组织部关于印发《在全区实行社区“兼职委员制”的意见》的通知"
    assert properties.author == "中共铜川市王益区委组织部"
    assert properties.subject == "铜王组发〔2020〕50号"
    assert (properties.created.year, properties.created.month) == (2020, 4)


def test_another_process_makes_the_same_bytes() -> None:
    script = (
        "import hashlib; from tests.merge.papers import FULL, merger\n"
        "m = merger()\n"
        "print([hashlib.sha256(m.merge(each).docx).hexdigest() for each in FULL.values()])"
    )
    here = [hashlib.sha256(merger().merge(each).docx).hexdigest() for each in FULL.values()]
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": str(ROOT)}
    there = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    assert there.stdout.strip() == str(here)


def test_both_parties_and_all_eight_articles_are_in_the_agreement() -> None:
    text = text_of(merger().merge(paper("agreement", AGREEMENT, number="桃社党共建〔2020〕1号")).docx)
    articles = [paragraph for paragraph in text if paragraph[:2] in {f"{number}." for number in range(1, 9)}]
    assert len(articles) == 8
    assert articles[-1] == "8.本协议一式两份，共驻共建双方各执一份，经双方签字后生效。"
    assert text.count("负责人（签字）：") == 2


def test_a_line_that_the_sender_left_too_long_is_broken_by_meaning_too() -> None:
    """It ran over the margin and left a single 知 on the next line."""
    title = "中共铜川市王益区桃园街道委员会\n关于召开2021年第二季度党建联席会议的通知"
    texts = text_of(merger().merge(notice({**NOTICE, "title": title})).docx)
    assert "中共铜川市王益区桃园街道委员会\n关于召开2021年第二季度\n党建联席会议的通知" in texts


def rewritten(template: Path, changed: dict[str, bytes]) -> None:
    """The file with some of its parts written anew; an empty part is left out."""
    with zipfile.ZipFile(template) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | changed
    with zipfile.ZipFile(template, "w") as archive:
        for name, data in parts.items():
            if data:
                archive.writestr(name, data)


def test_words_in_a_footnote_are_merged(tmp_path: Path) -> None:
    template = write_template(tmp_path, "正文")
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = f"<w:footnotes {w}><w:footnote><w:p><w:r><w:t>{{{{ value }}}}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    rewritten(template, {"word/footnotes.xml": notes.encode()})
    kind = kind_with(tmp_path, Field("value", "名称"))
    docx = merger().merge(paper_of(kind, {"date": date(2020, 4, 16), "value": "甲&乙"})).docx
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert ">甲&amp;乙</w:t>" in archive.read("word/footnotes.xml").decode()


@pytest.mark.parametrize("saved", ["strict", "without styles"])
def test_a_word_file_of_another_make_is_told(tmp_path: Path, saved: str) -> None:
    """Word offers “严格 Open XML 文档” when saving, which ends in .docx too."""
    template = write_template(tmp_path, "正文")
    with zipfile.ZipFile(template) as archive:
        document = archive.read("word/document.xml")
    usual, strict = (
        b"schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"purl.oclc.org/ooxml/wordprocessingml/main",
    )
    changed = {"word/document.xml": document.replace(usual, strict)} if saved == "strict" else {"word/styles.xml": b""}
    rewritten(template, changed)
    with pytest.raises(ConfigurationError, match="不是能用的 Word 文件") as told:
        merger().merge(paper_of(kind_with(tmp_path), {"date": date(2020, 4, 16)}))
    assert "Word 文档（*.docx）" in told.value.remedy
