"""The shipped templates are what the standard asks for, and what a secretary can edit in Word.

These tests read the .docx files that are in the repository, so they also guard what somebody later saves from Word.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

from pipeline.kinds import Catalogue
from pipeline.merge.lint import faults
from pipeline.merge.merger import Merger
from pipeline.sealing import places
from tests.merge.papers import FULL, KINDS, merger
from tests.templates.samples import bare, numbered, sample

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICIAL = {"仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"}


CATALOGUE = Catalogue.load([Path(__file__).parents[2] / "templates"])


@pytest.fixture(params=[kind.id for kind in CATALOGUE])
def template(request: pytest.FixtureRequest) -> Path:
    """Each shipped template."""
    return CATALOGUE.get(request.param).template


@pytest.fixture(params=[kind.id for kind in CATALOGUE if kind.format in ("red-header", "letter", "minutes")])
def official(request: pytest.FixtureRequest) -> Path:
    """Each template of a format that the standard rules."""
    return CATALOGUE.get(request.param).template


def test_page_is_a4_with_the_margins_of_the_standard(official: Path) -> None:
    section = Document(str(official)).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(side.mm) for side in sides] == [210, 297, 37, 35]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin)] == [28, 26]


def test_body_text_is_22_lines_of_28_characters(official: Path) -> None:
    document = Document(str(official))
    section = document.sections[0]
    defaults = document.styles.element.find(f"{W}docDefaults")
    size = int(next(defaults.iter(f"{W}sz")).get(f"{W}val")) / 2
    tracking = int(defaults.find(f"{W}rPrDefault/{W}rPr/{W}spacing").get(f"{W}val")) / 20
    pitch = int(defaults.find(f"{W}pPrDefault/{W}pPr/{W}spacing").get(f"{W}line")) / 20
    width = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    height = section.page_height.pt - section.top_margin.pt - section.bottom_margin.pt
    assert int(width // (size + tracking)) == 28
    assert int(height // pitch) == 22


def test_styles_have_the_names_a_secretary_knows_and_official_faces(template: Path) -> None:
    styles = Document(str(template)).styles
    names = {style.name for style in styles}
    assert {"Normal", "Title", "一级标题", "二级标题", "三级标题", "四级标题", "主送机关", "署名", "成文日期"} <= names
    assert {"附件说明", "附注", "版记", "发文机关标志", "发文字号", "表格文字"} <= names
    faces = {fonts.get(f"{W}eastAsia") for fonts in styles.element.iter(f"{W}rFonts")}
    assert faces <= OFFICIAL
    assert {language.get(f"{W}eastAsia") for language in styles.element.iter(f"{W}lang")} == {"zh-CN"}


def test_every_paragraph_uses_a_style_that_exists(template: Path) -> None:
    document = Document(str(template))
    known = {style.style_id for style in document.styles}
    used = {each.get(f"{W}val") for each in document.element.iter(f"{W}pStyle", f"{W}rStyle")}
    assert used <= known


def test_no_placeholder_hides_in_an_attribute(template: Path) -> None:
    """Word refuses a file whose numbers are no numbers, and then nobody can edit the template."""
    with zipfile.ZipFile(template) as archive:
        for name in archive.namelist():
            root = etree.fromstring(archive.read(name))
            values = [str(value) for element in root.iter() for value in element.attrib.values()]
            assert not any(re.search(r"\{[{%]", value) for value in values)


def test_placeholders_are_well_spelt(template: Path) -> None:
    with zipfile.ZipFile(template) as archive:
        assert faults(archive.read("word/document.xml")) == ()


def test_nobodys_name_is_in_the_properties(template: Path) -> None:
    properties = Document(str(template)).core_properties
    assert properties.author == "公文"
    assert properties.last_modified_by in ("", None)


def test_page_numbers_stand_outside_and_differ_on_odd_and_even_pages() -> None:
    document = Document(str(KINDS["notice"].template))
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = document.sections[0].footer, document.sections[0].even_page_footer
    assert [footer.paragraphs[0].alignment.name for footer in (odd, even)] == ["RIGHT", "LEFT"]
    assert all(footer.paragraphs[0].text == "— 1 —" for footer in (odd, even))


def test_the_rules_of_the_imprint_are_thick_thin_thick() -> None:
    table = Document(str(KINDS["notice"].template)).tables[-1]
    borders = table._tbl.tblPr.find(f"{W}tblBorders")
    sizes = [int(borders.find(f"{W}{side}").get(f"{W}sz")) for side in ("top", "insideH", "bottom")]
    assert sizes == [8, 6, 8]  # eighths of a point: 0.35, 0.25, 0.35 mm
    position = table._tbl.tblPr.find(f"{W}tblpPr")
    assert (position.get(f"{W}vertAnchor"), position.get(f"{W}tblpYSpec")) == ("margin", "bottom")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_merged_papers_open_in_another_office_program(tmp_path: Path) -> None:
    for name, paper in FULL.items():
        (tmp_path / f"{name}.docx").write_bytes(merger().merge(paper).docx)
    files = sorted(str(path) for path in tmp_path.glob("*.docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert len(list(tmp_path.glob("*.pdf"))) == len(files)


_HEADINGS = ("Level1", "Level2", "Level3", "Level4")


@pytest.mark.parametrize("kind", [kind.id for kind in CATALOGUE])
def test_no_heading_stands_over_nothing(kind: str) -> None:
    """A paper of which only the required fields are filled in: what it does not say has no heading either."""
    merged = Merger({one.id: one for one in CATALOGUE}, places).merge(numbered(bare(sample(kind))))
    body = Document(io.BytesIO(merged.docx)).element.body
    blocks = [block for block in body if block.tag in (f"{W}p", f"{W}tbl")]
    looks = [style.get(f"{W}val") if (style := block.find(f"{W}pPr/{W}pStyle")) is not None else "" for block in blocks]
    for place, style in enumerate(looks):
        if style in _HEADINGS:
            below = looks[place + 1]
            assert below not in ("SignedBy", *_HEADINGS[: _HEADINGS.index(style) + 1]), place


def test_a_notice_of_a_meeting_without_requirements_has_no_heading_for_them() -> None:
    kinds = {one.id: one for one in CATALOGUE}
    full, without = numbered(sample("meeting-notice")), numbered(bare(sample("meeting-notice")))
    said = [
        "".join(text.text or "" for text in Document(io.BytesIO(merged.docx)).element.body.iter(f"{W}t"))
        for merged in (Merger(kinds, places).merge(one) for one in (full, without))
    ]
    assert ["五、有关要求" in text for text in said] == [True, False]
    assert all("四、参加人员" in text and "联系人：" in text for text in said)
