"""The 8105 characters of the 通用规范汉字表 (2013): names of people and places use all of them, so each must print."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.rendering import FontBook, Metadata, render
from pipeline.rendering.model import TextStyle
from pipeline.rendering.roles import CHINESE, ROLES
from tests.rendering.word import Word

ALL = (Path(__file__).parent / "tgh8105.txt").read_text(encoding="utf-8").strip()


def test_the_list_is_whole() -> None:
    assert len(ALL) == len(set(ALL)) == 8105


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True)])
def test_every_character_has_a_glyph_in_every_role(book: FontBook, role: str, bold: bool, italic: bool) -> None:
    """In Latin roles too: a name in a run of Times New Roman prints in the run's Chinese face."""
    name = ROLES[role].office[0]
    east_asian = role in CHINESE
    style = TextStyle(name if east_asian else "仿宋_GB2312", "Arial" if east_asian else name, 16, bold, italic)
    missing = [each for each in ALL if book.glyph(style, each, east_asian=east_asian).missing]
    assert missing == []


@pytest.mark.parametrize("role", sorted(CHINESE))
def test_all_of_them_print(book: FontBook, role: str) -> None:
    """Through the gate, which counts every character on the finished pages."""
    face = ROLES[role].office[0]
    properties = f'<w:rFonts w:ascii="{face}" w:eastAsia="{face}" w:hAnsi="{face}"/><w:sz w:val="24"/>'
    printed = render(
        Word(f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{ALL}</w:t></w:r></w:p>").bytes(),
        book=book,
        metadata=Metadata(role),
    )
    assert printed.report.text.replace("\n", "") == ALL
    borrowed = {letter.character for letter in printed.report.fallbacks}
    assert len(borrowed) < 2000  # FandolFang and FandolKai have 6638; what they lack is told, glyph by glyph
