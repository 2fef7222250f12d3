"""Whole files: those of templates, of macros, of WPS, of the strict standard; and those that cannot be read."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.core.errors import CannotRender
from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import printed
from tests.rendering.pages import text_lines
from tests.rendering.word import Word, cell, paragraph, row, table, zipped

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MACROS = "application/vnd.ms-word"


def contents(word: Word) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(word.bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(word: Word, *changes: tuple[str, str]) -> bytes:
    parts = contents(word)
    text = parts["word/document.xml"].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return zipped(parts | {"word/document.xml": text})


def shown(book: FontBook, data: bytes) -> list[str]:
    return [line.text for line in text_lines(printed(book, data).pdf)]


# --------------------------------------------------------------------------- what is printed


@pytest.mark.parametrize(
    "kind",
    [
        f"{_TYPES}.document.main+xml",
        f"{_TYPES}.template.main+xml",
        f"{_MACROS}.document.macroEnabled.main+xml",
        f"{_MACROS}.template.macroEnabledTemplate.main+xml",
    ],
    ids=["docx", "dotx", "docm", "dotm"],
)
def test_documents_and_templates_with_and_without_macros(book: FontBook, kind: str) -> None:
    """They differ in their content type; a macro is a part nobody opens."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    parts = contents(Word(paragraph("通知"))) | {
        "[Content_Types].xml": types.encode(),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 no program is run",
    }
    assert shown(book, zipped(parts)) == ["通知"]


def test_what_wps_writes_besides(book: FontBook) -> None:
    """WPS adds elements and attributes of its own and names them ignorable."""
    own = 'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" mc:Ignorable="w14 wpsCustomData"'
    data = changed(
        Word(paragraph("正文")),
        ("<w:document ", f"<w:document {own} "),
        ("<w:sectPr>", '<wpsCustomData:item wpsCustomData:id="1"/><w:sectPr>'),
    )
    assert shown(book, data) == ["正文"]


def test_a_strict_file_with_a_table(book: FontBook) -> None:
    data = changed(
        Word(table((4000,), row(cell(paragraph("格")))) + paragraph("文")),
        (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    )
    assert shown(book, data) == ["格", "文"]


# --------------------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_a_file_that_was_cut_off(book: FontBook, share: float) -> None:
    data = Word(paragraph("字") * 200).bytes()
    with pytest.raises(CannotRender, match="损坏") as caught:
        printed(book, data[: int(len(data) * share)])
    assert caught.value.remedy


def test_a_file_whose_text_is_broken_off(book: FontBook) -> None:
    parts = contents(Word(paragraph("字")))
    with pytest.raises(CannotRender, match=r"损坏.*document\.xml"):
        printed(book, zipped(parts | {"word/document.xml": parts["word/document.xml"][:-40]}))
