"""The text of the printed code: what is written is what is read, and other people's codes are not ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.papercode import PaperCode, paper_code, read_code

HEX = "0123456789abcdef"


def test_the_text_is_the_one_on_the_papers_in_the_drawer() -> None:
    code = paper_code("85cade1c98612888", "1f00aa32" + "0" * 56, 9)
    assert str(code) == "GW1 85cade1c98612888 1f00aa32 9"
    assert read_code("GW1 85cade1c98612888 1f00aa32 9") == PaperCode("85cade1c98612888", "1f00aa32", 9)


@given(st.text(HEX, min_size=16, max_size=16), st.text(HEX, min_size=64, max_size=64), st.integers(1, 999_999))
def test_what_is_written_is_read_back(paper: str, digest: str, pages: int) -> None:
    code = paper_code(paper, digest, pages)
    assert str(code).isascii()
    assert read_code(str(code)) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "GW1 85cade1c98612888 1f00aa32",
        "GW1 85cade1c98612888 1f00aa32 0",
        "GW1 85cade1c98612888 1f00aa32 09",
        "GW1 85cade1c98612888 1f00aa32 9\n",
        "GW1  85cade1c98612888 1f00aa32 9",
        "GW1 85CADE1C98612888 1f00aa32 9",
        "GW1 85cade1c98612888 1f00aa32 ９",
        "GW1 85cade1c9861288 1f00aa32 9",
        "GW2 85cade1c98612888 1f00aa32 9",
        "https://example.org/85cade1c98612888",
    ],
)
def test_any_other_text_is_no_code_of_ours(text: str) -> None:
    assert read_code(text) is None


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    code = read_code(text)
    assert code is None or str(code) == text


@pytest.mark.parametrize(("paper", "pages"), [("85cade1c98612888", 0), ("85cade1c 8612888", 1), ("", 1)])
def test_a_code_nobody_could_read_is_not_made(paper: str, pages: int) -> None:
    with pytest.raises(ValueError, match="no printed code"):
        paper_code(paper, "1f00aa32" + "0" * 56, pages)
