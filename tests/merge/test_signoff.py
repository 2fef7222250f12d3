"""Name, date and seal of merged papers stand where GB/T 9704-2012 clause 7.3.5 puts them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.text.paragraph import Paragraph

from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import Field
from pipeline.merge.merger import Merger
from pipeline.sealing import places
from tests.merge.papers import FULL, KINDS, MEMBER, NOTICE, merger, notice, paper, paper_of
from tests.merge.samples import kind_with, write_template

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
AREA = 442.2
POINT = 12700
CHARACTER = 15.75


def opened(docx: bytes) -> DocumentType:
    """A merged paper."""
    return Document(io.BytesIO(docx))


def seals(document: DocumentType) -> Iterator[tuple[str, float, float, float]]:
    """Name, left, top and diameter of every seal place, in points."""
    for anchor in document.element.iter(f"{WP}anchor"):
        left, top = (float(offset.text) / POINT for offset in anchor.iter(f"{WP}posOffset"))
        diameter = int(anchor.find(f"{WP}extent").get("cx")) / POINT
        yield anchor.find(f"{WP}docPr").get("name"), left, top, diameter


def styled(document: DocumentType, style: str) -> Paragraph:
    """The first paragraph of a style."""
    return next(paragraph for paragraph in document.paragraphs if paragraph.style.name == style)


@pytest.mark.parametrize("millimetres", [38.0, 42.0, 45.0])
def test_the_seal_is_true_to_size_and_centred_on_name_and_date(millimetres: float) -> None:
    document = opened(Merger(KINDS, places, millimetres).merge(notice()).docx)
    ((name, left, _top, diameter),) = seals(document)
    assert name == "seal:issuer"
    assert diameter == pytest.approx(millimetres * 72 / 25.4, abs=0.01)
    centre = left + diameter / 2
    for style, width in (("署名", 14 * CHARACTER), ("成文日期", 6.5 * 16 - 10 * 0.25)):
        right = styled(document, style).paragraph_format.right_indent.pt
        assert AREA - right - width / 2 == pytest.approx(centre, abs=0.3), style


def test_the_date_stands_four_characters_in_and_has_no_space_above() -> None:
    date = styled(opened(merger().merge(notice()).docx), "成文日期")
    assert date.paragraph_format.right_indent.pt == pytest.approx(4 * CHARACTER, abs=0.05)
    assert date.paragraph_format.space_before.pt == 0


def test_a_very_long_name_stays_within_the_page() -> None:
    document = opened(
        merger().merge(notice({**NOTICE, "signed_by": "中共铜川市王益区桃园街道桃园社区委员会和共建理事会"})).docx
    )
    assert styled(document, "署名").paragraph_format.right_indent.pt == pytest.approx(0, abs=0.1)
    ((_name, left, _top, diameter),) = seals(document)
    assert 0 <= left <= AREA - diameter


def test_a_name_too_long_for_one_line_is_broken_by_meaning_and_centred_under_its_seal() -> None:
    signer = "中共铜川市王益区委社区党建工作领导小组办公室（中共铜川市王益区委组织部）"
    document = opened(merger().merge(notice({**NOTICE, "signed_by": signer})).docx)
    name = styled(document, "署名")
    assert name.text == signer.replace("（", "\n（")
    assert name.alignment == WD_ALIGN_PARAGRAPH.CENTER
    ((_name, left, _top, diameter),) = seals(document)
    sides = name.paragraph_format
    centre = (sides.left_indent.pt + AREA - sides.right_indent.pt) / 2
    assert centre == pytest.approx(left + diameter / 2, abs=2.5)


def test_each_opinion_of_the_form_has_its_seal_inside_its_own_box() -> None:
    document = opened(merger().merge(FULL["member-form"]).docx)
    found = list(seals(document))
    assert [name for name, *_ in found] == ["seal:推荐单位", "seal:社区党组织", "seal:街道党委"]
    box = sum((1150, 800, 1260, 1160, 1354, 760, 1400)) / 20 - 14
    assert all(0 <= left <= box - diameter for _name, left, _top, diameter in found)


def test_a_long_opinion_pushes_the_seal_down_rather_than_being_covered() -> None:
    def space_above(opinion: str) -> float:
        document = opened(merger().merge(paper("member-form", {**MEMBER, "recommendation": opinion})).docx)
        cell = document.tables[0].rows[9].cells[-1]
        return next(each for each in cell.paragraphs if each.style.name == "盖章").paragraph_format.space_before.pt

    assert space_above("同意推荐。") >= space_above("同意推荐。\n" * 5) > 45


def test_an_agreement_has_both_seals_on_one_level_and_two_lines_to_sign() -> None:
    document = opened(merger().merge(FULL["agreement"]).docx)
    found = list(seals(document))
    assert {name for name, *_ in found} == {"seal:甲方", "seal:乙方"}
    assert len({(left, top) for _name, left, top, _diameter in found}) == 1
    names = [each.get("name") for each in document.element.iter(f"{WP}docPr")]
    assert {"signature:甲方负责人", "signature:乙方负责人"} <= set(names)
    identifiers = [each.get("id") for each in document.element.iter(f"{WP}docPr")]
    assert len(set(identifiers)) == len(identifiers)


def test_a_seal_in_any_other_paragraph_is_a_fault_of_the_template(tmp_path: Path) -> None:
    write_template(tmp_path, '在这里盖章：{{ seal("甲方") }}')
    with pytest.raises(ConfigurationError, match="甲方"):
        merger().merge(paper_of(kind_with(tmp_path), {"date": notice().record.date}))


def test_a_template_without_a_seal_is_set_by_the_rule_for_unsealed_papers(tmp_path: Path) -> None:
    template = write_template(tmp_path)
    document = Document(str(template))
    for style, words in (("署名", "{{ name }}"), ("成文日期", "{{ date }}")):
        document.styles.add_style(style, 1)
        document.add_paragraph(words, style=style)
    document.save(str(template))
    kind = kind_with(tmp_path, Field("name", "署名"))
    merged = opened(merger().merge(paper_of(kind, {"date": notice().record.date, "name": "桃园社区党委"})).docx)
    name, date = styled(merged, "署名").paragraph_format, styled(merged, "成文日期").paragraph_format
    assert min(name.right_indent.pt, date.right_indent.pt) == pytest.approx(2 * CHARACTER, abs=0.05)


def test_a_name_of_two_lines_is_not_torn_from_its_date_and_seal() -> None:
    long = "中共铜川市王益区桃园街道桃园社区区域化党建联席会议\n兼职委员联络工作领导小组"
    name = styled(opened(merger().merge(notice({**NOTICE, "signed_by": long})).docx), "署名")
    assert "\n" in name.text
    assert name.paragraph_format.keep_together
    assert name.paragraph_format.keep_with_next
