"""A finished paper of the office: what its PDF says of itself, what it carries, and what is not let through."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from pypdf import PdfReader

from pipeline import __version__
from pipeline.conformance import refuse_misplaced
from pipeline.core.errors import CannotRender, ConfigurationError
from pipeline.core.values import ArchivalCode, ClaimedFile, NumberedRecord, RenderedDocument
from pipeline.filing import Archive, Filing, Provenance, Staging, assemble
from pipeline.press import Press
from pipeline.rendering.libreoffice import LibreOffice
from pipeline.rendering.metadata import DESCRIPTIONS
from tests.merge.papers import FULL, KINDS, NOTICE, notice

SHORT = {**NOTICE, "issued_text": "一、目的意义\n（一）基本原则\n坚持共驻共建。\n二、主要任务\n抓好落实。"}
NUMBER, CODE = "铜王组发〔2020〕50号", "D001-WS·2020-Y-ZZB-0001"
AFTER_PRINTING = {"submission", "source_name", "filed_at", "status", "pages"}
NAME = "{urn:gongwen:da-t-46:2009:}"


@lru_cache(maxsize=4)
def press(**wanted: Any) -> Press:
    return Press(KINDS, 42.0, {}, (), dict.fromkeys(KINDS, "Y"), **wanted)


@lru_cache(maxsize=4)
def printed(**wanted: Any) -> RenderedDocument:
    return press(**wanted).print(notice(SHORT))


def opened(paper: RenderedDocument) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(paper.pdf))


# --------------------------------------------------------------------------- what it says of itself


def test_number_and_archival_code_stand_in_the_schema_of_their_own() -> None:
    with opened(printed()) as pdf:
        xmp = pdf.open_metadata()
        assert xmp[NAME + "documentNumber"] == NUMBER
        assert xmp[NAME + "archivalCode"] == CODE


def test_title_organ_subject_and_keywords_agree_in_info_and_xmp() -> None:
    with opened(printed()) as pdf:
        info, xmp = pdf.docinfo, pdf.open_metadata()
        assert str(info["/Title"]) == xmp["dc:title"] == notice().title
        assert [str(info["/Author"])] == list(xmp["dc:creator"]) == ["中共铜川市王益区委组织部"]
        assert str(info["/Subject"]) == xmp["dc:description"] == KINDS["notice"].name
        assert str(info["/Keywords"]) == xmp["pdf:Keywords"] == f"{KINDS['notice'].name}, {NUMBER}, {CODE}"
        assert str(info["/Producer"]) == xmp["pdf:Producer"]
        assert not {"/CreationDate", "/ModDate"} & set(info.keys())


def test_the_xmp_describes_the_paper_as_its_metadata_file_does() -> None:
    with opened(printed()) as pdf:
        xmp = pdf.open_metadata()
        packet = pdf.Root.Metadata.read_bytes().decode()
        wanted = {"fonds": "D001", "year": "2020", "date": "2020-04-16", "documentType": KINDS["notice"].name}
        assert {name: xmp[NAME + name] for name in wanted} == wanted
        for name in DESCRIPTIONS:
            assert (NAME + name in xmp) == (f"<pdfaProperty:name>{name}</pdfaProperty:name>" in packet), name


def test_a_paper_without_number_declares_none() -> None:
    paper = press().print(FULL["member-form"])
    with opened(paper) as pdf:
        xmp = pdf.open_metadata()
        assert NAME + "documentNumber" not in xmp
        assert xmp[NAME + "archivalCode"] == CODE


def test_language_and_page_labels() -> None:
    with opened(printed()) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert [page.label for page in pdf.pages] == [str(number) for number in range(1, len(pdf.pages) + 1)]


def test_the_outline_leads_to_headings_and_attachments() -> None:
    with opened(printed()) as pdf, pdf.open_outline() as outline:
        titles = list(_titles(outline.root))
    issued, form = "在全区实行社区“兼职委员制”的实施意见", "社区“兼职委员”人员情况登记表"
    assert titles == [notice().title, issued, "一、目的意义", "（一）基本原则", "二、主要任务", form]


def _titles(items: Sequence[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


# --------------------------------------------------------------------------- what it carries


def test_a_paper_carries_nothing_unless_asked() -> None:
    with opened(printed()) as pdf:
        assert not pdf.attachments
        assert "/AF" not in pdf.Root


def test_the_word_file_and_the_record_ride_inside() -> None:
    paper = printed(embed=True)
    with opened(paper) as pdf:
        inside = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
        relations = {str(each.UF): str(each.AFRelationship) for each in pdf.Root.AF}
        assert pdf.open_metadata()["pdfaid:part"] == "3"
    assert inside.keys() == {f"{CODE}.docx", f"{CODE}.json"}
    assert relations == {f"{CODE}.docx": "/Source", f"{CODE}.json": "/Data"}
    assert inside[f"{CODE}.docx"] == paper.merged.docx == printed().merged.docx
    record = json.loads(inside[f"{CODE}.json"])
    assert record["files"]["docx"]["sha256"] == hashlib.sha256(paper.merged.docx).hexdigest()


def test_the_record_inside_says_what_the_filed_record_says(tmp_path: Path) -> None:
    """Everything it holds stands in the record beside the paper with the same value."""
    paper = printed(embed=True)
    beside = json.loads(_beside(paper, tmp_path))
    with opened(paper) as pdf:
        inside = json.loads(pdf.attachments[f"{CODE}.json"].get_file().read_bytes())
    assert inside["data"] == beside["data"]
    assert inside["program"] == beside["program"]
    assert inside["paper"] == {name: beside["paper"][name] for name in inside["paper"]}
    assert inside["paper"].keys() >= beside["paper"].keys() - AFTER_PRINTING
    docx = beside["files"]["docx"]
    assert inside["files"] == {"docx": {"sha256": docx["sha256"], "size": docx["size"]}}


def _beside(paper: RenderedDocument, folder: Path) -> bytes:
    """The record that would lie beside a paper."""
    source = folder / "x.xlsx"
    source.write_bytes(b"PK")
    claimed = ClaimedFile("s1", source, "x.xlsx", hashlib.sha256(b"PK").hexdigest(), source, datetime(2020, 4, 16))
    origin = Provenance("D001", "区委组织部", "区委组织部")
    filing = Filing(claimed, lambda kind: "Y", datetime(2020, 4, 16).astimezone(), __version__, origin)
    staging = Staging(folder / "staging")
    (filed,) = assemble([(paper, "一份通知")], filing, staging, Archive(folder).occupied())
    return staging.get(filed.files["record"].sha256)


def test_a_paper_with_files_inside_has_the_same_bytes_every_time() -> None:
    again = Press(KINDS, 42.0, {}, (), dict.fromkeys(KINDS, "Y"), embed=True)
    assert again.print(notice(SHORT)).pdf == printed(embed=True).pdf


def test_level_2u_on_request() -> None:
    with opened(printed(level="2u")) as pdf:
        assert pdf.open_metadata()["pdfaid:part"] == "2"
        assert pdf.open_metadata()["pdfaid:conformance"] == "U"


# --------------------------------------------------------------------------- what is printed besides


def test_the_record_beside_tells_where_it_was_printed(tmp_path: Path) -> None:
    """In mm, and what found no place."""
    rendering = json.loads(_beside(printed(stamp=True, paging=True), tmp_path))["rendering"]
    places = {(each["name"], each["page"]): each for each in rendering["overprint"]}
    assert places["code", 1].items() >= {"left_mm": 27.99, "width_mm": 11.6, "height_mm": 11.6}.items()
    assert places["archive-stamp", 1].items() >= {"width_mm": 45.0, "height_mm": 16.0}.items()
    assert {page for name, page in places if name == "page-number"} == set(range(1, rendering["pages"] + 1))
    assert rendering["left_out"] == []


def test_the_stamp_says_what_the_archival_code_says() -> None:
    texts = PdfReader(BytesIO(printed(stamp=True).pdf)).pages[0].extract_text().split()
    pages = printed(stamp=True).report.pages
    assert texts[-6:] == ["D001", "2020", "0001", "王益区委组织部", "永久", str(pages)]


def test_nothing_is_printed_besides_when_the_office_wants_nothing() -> None:
    assert printed(code=False).report.overprint == ()
    with opened(printed(code=False)) as pdf:
        assert b"/Overprint" not in pdf.pages[0].Contents.read_bytes()


# --------------------------------------------------------------------------- what is not let through


def test_a_first_page_without_text_is_refused() -> None:
    """A title that fills the page pushes the text to the next one."""
    title = "\n".join(["中共铜川市王益区委组织部关于认真做好"] * 8) + "的通知"
    with pytest.raises(CannotRender, match="首页没有正文") as caught:
        press().print(notice({**SHORT, "title": title}))
    assert "标题" in caught.value.remedy


def test_an_imprint_that_left_the_last_page_is_refused() -> None:
    """The notice with a sheet behind its 版记: what a template does whose 版记 is not held to the foot of the end."""
    buffer = BytesIO()
    with opened(printed()) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(buffer)
    with pytest.raises(CannotRender, match="版记（抄送、印发）没有全在最后一页"):
        refuse_misplaced(buffer.getvalue(), "red-header")
    refuse_misplaced(buffer.getvalue(), "agreement")  # no 公文
    refuse_misplaced(printed().pdf, "red-header")


def test_a_paper_that_is_no_official_document_needs_neither() -> None:
    assert press().print(FULL["member-form"]).report.pages == 2


def test_no_paper_goes_out_without_what_was_filled_in(tmp_path: Path) -> None:
    """Somebody deletes a placeholder in Word, or the line with it and leaves the instruction above."""
    folder = tmp_path / "notice"
    shutil.copytree(KINDS["notice"].folder, folder)
    kind = replace(KINDS["notice"], folder=folder)
    document = Document(str(kind.template))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("{{ title }}", "").replace("{{ note }}", "")
    document.save(str(kind.template))
    with_note, without = notice({**SHORT, "note": "此件公开发布"}), notice({**SHORT, "title": ""})
    with pytest.raises(ConfigurationError) as told:
        press().print(replace(with_note, record=replace(with_note.record, kind=kind)))
    assert "字段 title（标题）填了也印不出来" in told.value.what
    assert "字段 note（附注）填了也印不出来" in told.value.what
    assert str(kind.template) in str(told.value)
    assert press().print(replace(without, record=replace(without.record, kind=kind))).report.pages


# --------------------------------------------------------------------------- who prints


def test_a_kind_or_the_office_names_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind before the office; and where it is not installed, nothing is printed by another."""
    monkeypatch.setattr(LibreOffice, "installed", classmethod(_none_installed))
    own = notice(SHORT)
    other = replace(own, record=replace(own.record, kind=replace(own.record.kind, engine="libreoffice")))
    with pytest.raises(ConfigurationError):
        press().print(other)
    with pytest.raises(ConfigurationError):
        press(engine="libreoffice").print(own)
    kept = replace(own, record=replace(own.record, kind=replace(own.record.kind, engine="own")))
    assert press(engine="libreoffice").print(kept).report.engine == ""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_fields_that_the_second_engine_cannot_make_are_named() -> None:
    own, other = press().print(notice(SHORT)).report, press(engine="libreoffice").print(notice(SHORT)).report
    assert {box.name for box in own.boxes} == {"seal:issuer"}
    assert (other.boxes, other.left_out) == ((), ("seal:issuer", "code"))


def _none_installed(_class: type[LibreOffice]) -> LibreOffice:
    raise ConfigurationError("none")


# --------------------------------------------------------------------------- before the arrangement


def waiting() -> NumberedRecord:
    """The notice of an office that gives 档号 at the yearly arrangement."""
    numbered = notice(SHORT)
    return replace(numbered, archival_code=ArchivalCode("D001-WS·2020-Y-ZZB", 0, ""))


def test_a_paper_that_waits_for_its_code_says_all_the_rest_of_itself() -> None:
    with opened(press().print(waiting())) as pdf:
        xmp = pdf.open_metadata()
        said = {name: xmp.get(NAME + name) for name in ("fonds", "year", "retentionPeriod", "organisation")}
        assert said == {"fonds": "D001", "year": "2020", "retentionPeriod": "永久", "organisation": "ZZB"}
        assert NAME + "archivalCode" not in xmp and NAME + "itemNumber" not in xmp
        assert str(pdf.docinfo["/Keywords"]) == f"{KINDS['notice'].name}, {NUMBER}"


def test_it_carries_its_files_by_its_id() -> None:
    with opened(press(embed=True).print(waiting())) as pdf:
        assert set(pdf.attachments.keys()) == {f"{waiting().paper}.docx", f"{waiting().paper}.json"}


def test_a_print_out_says_nothing_of_an_archive_and_carries_nothing() -> None:
    printout = replace(notice(SHORT), paper="", archival_code=ArchivalCode("", 0, ""))
    assert printout.is_printout
    with opened(press(embed=True).print(printout)) as pdf:
        assert NAME + "fonds" not in pdf.open_metadata()
        assert not pdf.attachments
