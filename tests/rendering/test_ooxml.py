"""A Word file is a stranger's zip: what is opened, and what is refused with a sentence that helps."""

from __future__ import annotations

import pytest

from pipeline.core.errors import CannotRender
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.ooxml import Package
from pipeline.rendering.units import emu, half_points, twips
from tests.rendering.word import NAMESPACES, Word, lines, paragraph, zipped


def contents(docx: bytes) -> dict[str, str | bytes]:
    return dict(Package.open(docx).parts)


def test_parts_and_relationships() -> None:
    package = Package.open(Word(paragraph("正文"), parts={"header1.xml": paragraph("页眉")}).bytes())
    assert package.main == "word/document.xml"
    assert package.related_part(package.main, "header") == "word/header1.xml"
    assert package.related_part(package.main, "numbering") == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "损坏"),
        (b"PK\x03\x04 half a zip", "损坏"),
        (b"%PDF-1.7", "损坏"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", "旧格式"),
        (zipped({"hello.txt": "hello"}), "不是 Word 文件"),
    ],
    ids=["empty", "cut off", "a PDF", "with a password", "old .doc", "another zip"],
)
def test_what_is_no_word_file_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(CannotRender, match=words) as refused:
        Package.open(data)
    assert refused.value.remedy


def test_a_workbook_is_no_word_file() -> None:
    parts = contents(Word(paragraph("字")).bytes())
    parts["word/document.xml"] = "<workbook/>"
    with pytest.raises(CannotRender, match="不是 Word 文件"):
        Package.open(zipped(parts))


def test_a_zip_that_swells_is_refused() -> None:
    parts = contents(Word(paragraph("字")).bytes())
    parts["word/media/image1.bmp"] = b"\0" * (8 << 20)
    with pytest.raises(CannotRender, match="太大"):
        Package.open(zipped(parts))


def test_a_zip_with_thousands_of_entries_is_refused() -> None:
    parts = contents(Word(paragraph("字")).bytes()) | {f"word/media/{number}": "x" for number in range(2_100)}
    with pytest.raises(CannotRender, match="太大"):
        Package.open(zipped(parts))


@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE d SYSTEM "http://example.invalid/d.dtd">'],
)
def test_a_dtd_is_refused_and_nothing_is_fetched(declaration: str) -> None:
    parts = contents(Word(paragraph("字")).bytes())
    parts["word/document.xml"] = f"{declaration}<w:document {NAMESPACES}><w:body/></w:document>"
    with pytest.raises(CannotRender, match=r"DTD|损坏"):
        Package.open(zipped(parts))


def test_strict_files_read_like_transitional_ones(book: FontBook) -> None:
    parts = contents(Word(paragraph("严格格式")).bytes())
    document = parts["word/document.xml"]
    assert isinstance(document, bytes)
    strict = document.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    ).replace(b'w:w="11906"', b'w:w="210mm"')
    from pipeline.rendering.layout import lay_out
    from pipeline.rendering.source import read_source
    from pipeline.rendering.usage import Usage

    document_model = lay_out(read_source(zipped(parts | {"word/document.xml": strict})), book, Usage())
    assert lines(document_model) == ["严格格式"]
    assert document_model.sections[0].width == pytest.approx(595.28, abs=0.01)


def test_an_alternative_we_understand_is_taken_else_the_fallback(book: FontBook) -> None:
    def alternative(requires: str) -> str:
        run = "<w:r><w:t>{}</w:t></w:r>"
        return (
            f'<w:p><mc:AlternateContent><mc:Choice Requires="{requires}">{run.format("新")}</mc:Choice>'
            f"<mc:Fallback>{run.format('旧')}</mc:Fallback></mc:AlternateContent></w:p>"
        )

    assert lines(Word(alternative("wps") + alternative("future")).layout(book)) == ["新", "旧"]


def test_lengths() -> None:
    assert twips("579") == 28.95
    assert twips("12.95pt") == 12.95
    assert twips("25.4mm") == pytest.approx(72)
    assert half_points("32") == 16
    assert emu("1512000") == pytest.approx(119.055, abs=0.001)


@pytest.mark.parametrize("value", ["31681", "-99999", "3225800000", "abc", "", "nan", "1e9"])
def test_lengths_no_page_can_hold_are_refused(value: str) -> None:
    with pytest.raises(CannotRender, match="不合理"):
        twips(value)


def test_a_garbage_spacing_refuses_the_file(book: FontBook) -> None:
    with pytest.raises(CannotRender, match="3225800000"):
        Word(paragraph("字", '<w:spacing w:before="3225800000"/>')).layout(book)
