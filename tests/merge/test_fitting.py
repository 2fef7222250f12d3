"""Names too long for their place are narrowed, set smaller or broken; none sticks out, none loses a character."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.text.paragraph import Paragraph

from tests.merge.papers import AGREEMENT, MEMBER, NOTICE, merger, notice, paper


def test_a_name_too_long_for_its_box_is_set_smaller() -> None:
    def size(name: str) -> float:
        document = Document(io.BytesIO(merger().merge(paper("member-form", {**MEMBER, "person": name})).docx))
        run = document.tables[0].cell(0, 1).paragraphs[0].runs[0]
        return (run.font.size or document.styles["填表文字"].base_style.font.size).pt

    assert size("刘珺") == 12
    assert size("阿卜杜热西提·买买提明") < 12


def red_mark(name: str) -> Paragraph:
    """The red mark of a notice of this organisation."""
    document = Document(io.BytesIO(merger().merge(notice({**NOTICE, "organisation": name})).docx))
    return next(each for each in document.paragraphs if each.style.name == "发文机关标志")


def test_a_long_red_mark_is_narrowed_to_the_text_area() -> None:
    def scale(name: str) -> list[str]:
        return red_mark(name)._p.xpath("./w:r/w:rPr/w:w/@w:val")

    assert scale("中共王益区委") == []
    (narrow,) = scale("中共铜川市王益区委组织部")
    assert 60 <= int(narrow) < 100


def test_a_longer_red_mark_is_smaller_and_still_begins_35_mm_below_the_margin() -> None:
    mark = red_mark("中共铜川市王益区委社区党建工作领导小组办公室")
    size = mark.runs[0].font.size.pt
    assert 28 <= size < 42
    assert mark.paragraph_format.line_spacing.pt == pytest.approx(50 * size / 42, abs=0.6)


def test_a_red_mark_that_would_be_too_small_takes_two_lines() -> None:
    mark = red_mark("中共铜川市王益区委社区党建工作领导小组办公室（中共铜川市王益区委组织部）")
    assert mark.text == "中共铜川市王益区委社区党建工作领导小组办公室\n（中共铜川市王益区委组织部）文件"
    assert mark.runs[0].font.size.pt >= 28


def test_a_party_is_named_on_one_line_as_long_as_that_can_be_read() -> None:
    def named(party: str) -> Paragraph:
        docx = merger().merge(paper("agreement", {**AGREEMENT, "unit_party": party}, number="一")).docx
        cell = Document(io.BytesIO(docx)).tables[-1].rows[0].cells[0]
        return cell.paragraphs[1]

    assert named("中共王益区第一小学支部委员会")._p.xpath("./w:r/w:rPr/w:w") == []
    (scale,) = named("中共铜川市王益区第一小学幼儿园支部委员会")._p.xpath("./w:r/w:rPr/w:w/@w:val")
    assert 75 <= int(scale) < 100
    longest = named("中共铜川市王益区住房和城乡建设局机关物业管理服务中心联合支部委员会")
    assert longest.text.count("\n") == 1
    assert longest._p.xpath("./w:r/w:rPr/w:w") == []


@pytest.mark.parametrize(("lines", "size"), [(5, 12), (13, 12), (14, 10.5), (17, 9), (40, 12)])
def test_a_career_is_set_smaller_where_that_keeps_it_in_its_box(lines: int, size: float) -> None:
    career = "\n".join(f"{1960 + year}.07—{1961 + year}.06　铜川市王益区第一小学教师" for year in range(lines))
    docx = merger().merge(paper("member-form", {**MEMBER, "career": career})).docx
    cell = Document(io.BytesIO(docx)).tables[0].rows[7].cells[-1]
    words = [each for each in cell.paragraphs if each.text]
    assert len(words) == lines
    assert {run.font.size.pt if run.font.size else 12 for each in words for run in each.runs} == {size}
