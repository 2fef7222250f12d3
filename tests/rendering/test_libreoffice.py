"""The second engine: a real LibreOffice where one is installed, and pretended ones that hang, die or lose words."""

from __future__ import annotations

import shutil
import stat
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from pipeline.core.errors import CannotRender, ConfigurationError
from pipeline.rendering import AssociatedFile, FontBook, Metadata, render
from pipeline.rendering.libreoffice import LibreOffice, print_by, supervised
from tests.rendering.test_refusals import CASES
from tests.rendering.word import Word, paragraph

EQUATION = paragraph("甲") + CASES["an equation"][0]
FULL = Metadata("题名", "机关", number="铜王组发〔2020〕50号", archival_code="D001-WS·2020-Y-ZZB-0001")
Pretend = Callable[..., LibreOffice]


@pytest.fixture
def pretend(tmp_path: Path) -> Pretend:
    """A LibreOffice that is a shell script; in it, $out is where the PDF is expected."""

    def make(script: str, seconds: float = 20.0) -> LibreOffice:
        program = tmp_path / "soffice"
        find = 'while [ $# -gt 0 ]; do [ "$1" = --outdir ] && out="$2/paper.pdf"; shift; done\n'
        program.write_text(f"#!/bin/sh\n{find}{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return LibreOffice(str(program), seconds=seconds)

    return make


def blank(folder: Path, pages: int) -> Path:
    path = folder / f"{pages}.pdf"
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page()
        pdf.save(path)
    return path


def real_word_file() -> bytes:
    """A formula after 三号仿宋, whole enough for other programs."""
    document = Document()
    run = document.add_paragraph().add_run("按下面的公式计算：")
    run.font.size = Pt(16)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    document.add_paragraph()._p.append(
        etree.fromstring(f'<m:oMath xmlns:m="{space}"><m:r><m:t>a+b</m:t></m:r></m:oMath>')
    )
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# --------------------------------------------------------------------------- the real one


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_prints_what_our_own_engine_refuses(book: FontBook) -> None:
    docx = real_word_file()
    with pytest.raises(CannotRender, match="公式"):
        render(docx, book=book, metadata=FULL)
    files = (AssociatedFile("甲.docx", docx, "application/zip", "Source"),)
    metadata = Metadata("题名", "机关", number=FULL.number, archival_code=FULL.archival_code, files=files)
    printed = print_by(LibreOffice.installed(), docx, book=book, metadata=metadata)
    assert printed.report.engine.startswith("LibreOffice")
    assert printed.report.pages == 1
    assert printed.report.boxes == ()
    assert any("FandolFang" in name for name in printed.fonts), printed.fonts  # 仿宋_GB2312, not whatever is near
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        xmp = pdf.open_metadata()
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "U")
        assert xmp["{urn:gongwen:da-t-46:2009:}archivalCode"] == FULL.archival_code
        assert str(pdf.docinfo["/Title"]) == xmp["dc:title"] == "题名"
        assert "/CreationDate" not in pdf.docinfo
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.attachments["甲.docx"].get_file().read_bytes() == docx


# --------------------------------------------------------------------------- what may go wrong


def test_one_that_hangs_is_ended_with_its_children(pretend: Pretend, book: FontBook, tmp_path: Path) -> None:
    sign = tmp_path / "still-alive"
    engine = pretend(f"(sleep 3; touch {sign}) & sleep 60", seconds=0.5)
    began = time.monotonic()
    with pytest.raises(CannotRender, match="没有印完"):
        print_by(engine, Word(EQUATION).bytes(), book=book, metadata=FULL)
    assert time.monotonic() - began < 30
    time.sleep(max(0.0, 4 - (time.monotonic() - began)))
    assert not sign.exists()


def test_one_that_writes_nothing_is_told(pretend: Pretend, book: FontBook) -> None:
    with pytest.raises(CannotRender, match="没有印出"):
        print_by(pretend("exit 1"), Word(EQUATION).bytes(), book=book, metadata=FULL)


def test_what_is_no_pdf_and_what_has_no_page_is_told(pretend: Pretend, book: FontBook, tmp_path: Path) -> None:
    docx = Word(EQUATION).bytes()
    with pytest.raises(CannotRender, match="打不开"):
        print_by(pretend('echo no > "$out"'), docx, book=book, metadata=FULL)
    with pytest.raises(CannotRender, match="没有一页"):
        print_by(pretend(f'cp {blank(tmp_path, 0)} "$out"'), docx, book=book, metadata=FULL)


def test_lost_words_and_broken_rules_are_told_together(pretend: Pretend, book: FontBook, tmp_path: Path) -> None:
    engine = pretend(f'cp {blank(tmp_path, 1)} "$out"')
    with pytest.raises(CannotRender) as caught:
        print_by(engine, Word(EQUATION).bytes(), book=book, metadata=FULL)
    assert "纸面上少了这些字" in caught.value.what and "甲" in caught.value.what
    assert "不符合 PDF/A" in caught.value.what


def test_a_profile_is_thrown_away_after_a_failure(pretend: Pretend, book: FontBook) -> None:
    engine = pretend("exit 1")
    for _time in range(2):
        with pytest.raises(CannotRender):
            engine.convert(b"", "", "3u")
        assert not list(Path(engine._home.name).iterdir())


@pytest.mark.parametrize("name", ["a change of formatting", "a comment"])
def test_what_nobody_settled_is_refused_all_the_same(pretend: Pretend, book: FontBook, name: str) -> None:
    with pytest.raises(CannotRender, match=r"修订|批注"):
        print_by(pretend("exit 1"), Word(CASES[name][0]).bytes(), book=book, metadata=FULL)


def test_a_file_that_fetches_from_elsewhere_is_refused(pretend: Pretend, book: FontBook) -> None:
    ties = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="file:///etc/hostname" TargetMode="External"/></Relationships>'
    )
    word = Word(paragraph("甲"), parts={"word/_rels/header9.xml.rels": ties, "word/header9.xml": "<x/>"})
    with pytest.raises(CannotRender, match="/etc/hostname"):
        print_by(pretend("exit 1"), word.bytes(), book=book, metadata=FULL)


def test_none_installed_is_a_fault_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervised.shutil, "which", lambda _name: None)
    with pytest.raises(ConfigurationError) as caught:
        LibreOffice.installed()
    assert "libreoffice-writer" in caught.value.remedy
