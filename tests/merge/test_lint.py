"""Placeholders that people misspell in Word are told in words, and well-spelt ones are left alone."""

from __future__ import annotations

import pytest

from pipeline.merge.lint import faults

_DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def _document(*paragraphs: str | list[str]) -> bytes:
    """Each paragraph is a text, or the texts of its runs."""
    drawn = ""
    for paragraph in paragraphs:
        runs = [paragraph] if isinstance(paragraph, str) else paragraph
        drawn += "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"
    return _DOCUMENT.format(drawn).encode()


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (["｛｛ title ｝｝"], "全角"),
        (["{{ title ｝｝"], "全角"),
        (["{％p if note ％}"], "全角"),
        (["{{ ti", "tle }}"], "同一段"),
        (["{{ title }"], "不完整"),
        (["{ { title } }"], "空格"),
        (["{{ ti tle }}"], "空格"),
        (["{{ 姓 名 }}"], "空格"),
    ],
)
def test_each_mistake_is_named(paragraphs: list[str], words: str) -> None:
    found = faults(_document(*paragraphs))
    assert found
    assert all(words in sentence for sentence in found)


@pytest.mark.parametrize(
    "paragraph",
    [
        "{{ title }}",
        ["{", "{ ti", "tle", " }", "}"],
        "{{ day or “年　月　日” }}",
        "{{p attachment_form }}",
        "{%p if note and not issued_text %}",
        "{{ a if b else c }}",
        "{{ cc|full_stop }}",
        "按 {甲} 与 {乙} 办理，占 50%",
        "正文",
    ],
)
def test_what_is_right_is_left_alone(paragraph: str | list[str]) -> None:
    assert faults(_document(paragraph)) == ()


@pytest.mark.parametrize(
    "changed",
    [
        '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>{{ title }}</w:t></w:r></w:ins></w:p>',
        '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>{{ title }}</w:delText></w:r></w:del></w:p>',
        "<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:r><w:t>{{ title }}</w:t></w:r></w:p>",
        "<w:p><w:r><w:rPr><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>{{ title }}</w:t></w:r></w:p>",
    ],
)
def test_a_tracked_change_is_told_once(changed: str) -> None:
    """Before a paper is made: it would be refused when it is printed, and then nobody knows that it is the template."""
    assert faults(_DOCUMENT.format(changed + changed).encode()) == ("“{{ title }}”里有修订痕迹，先接受或拒绝修订",)


@pytest.mark.parametrize(
    "field",
    [
        '<w:fldSimple w:instr=" DATE \\@ yyyy "><w:r><w:t>2019年</w:t></w:r></w:fldSimple>',
        "<w:r><w:instrText>DA</w:instrText></w:r><w:r><w:instrText>TE </w:instrText></w:r><w:r><w:t>2019年</w:t></w:r>",
    ],
)
def test_a_date_that_moves_is_told(field: str) -> None:
    """“插入日期和时间” with “自动更新”: the Word file says today's date, the PDF that of the day it was printed."""
    (told,) = faults(_DOCUMENT.format(f"<w:p>{field}</w:p>").encode())
    assert told.startswith("“2019年”里有自动更新的日期")


def test_a_page_number_is_no_date_that_moves() -> None:
    assert faults(_DOCUMENT.format('<w:p><w:fldSimple w:instr=" PAGE "/></w:p>').encode()) == ()
