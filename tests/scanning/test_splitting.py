"""A scan is split by its codes; what is in doubt goes back, and no page is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.findings import Code
from pipeline.core.papercode import PaperCode
from pipeline.scanning import CodeSeen, ScannedPage, split

ONE = PaperCode("1111111111111111", "aaaaaaaa", 2)
TWO = PaperCode("2222222222222222", "bbbbbbbb", 3)


def scan(*pages: PaperCode | str) -> tuple[ScannedPage, ...]:
    """Pages by what is on them: a code, "text", "blank", "broken" code."""
    made = []
    for number, what in enumerate(pages, start=1):
        codes = (CodeSeen(what),) if isinstance(what, PaperCode) else (CodeSeen(None),) if what == "broken" else ()
        made.append(ScannedPage(number, 1654, 2339, 200.0, codes, what == "blank"))
    return tuple(made)


def test_a_page_with_a_code_begins_a_paper() -> None:
    found = split(scan(ONE, "text", TWO, "text", "text"))
    assert [(one.code, one.pages) for one in found.bundles] == [(ONE, (1, 2)), (TWO, (3, 4, 5))]
    assert not found.doubts


def test_blank_back_sides_are_dropped_and_counted() -> None:
    found = split(scan(ONE, "blank", "text", "blank"))
    assert [one.pages for one in found.bundles] == [(1, 3)]
    assert found.blank == (2, 4)


def test_a_blank_page_that_belongs_to_the_paper_stays() -> None:
    assert split(scan(TWO, "blank", "text")).bundles[0].pages == (1, 2, 3)
    assert split(scan(TWO, "blank", "blank", "blank", "text", "blank")).bundles[0].pages == (1, 3, 5)


def test_too_few_and_too_many_pages_go_back_and_the_papers_around_them_go_on() -> None:
    found = split(scan(TWO, "text", ONE, "text", PaperCode("3" * 16, "c" * 8, 1), "text"))
    assert [one.code for one in found.bundles] == [ONE]
    assert [(doubt.finding.code, doubt.pages) for doubt in found.doubts] == [
        (Code.SCAN_PAGES, (1, 2)),
        (Code.SCAN_PAGES, (5, 6)),
    ]
    assert "3页，扫到2页" in found.doubts[0].finding.sentence()


def test_pages_before_any_code_go_back_on_their_own() -> None:
    found = split(scan("blank", "text", "text", ONE, "text"))
    assert [one.pages for one in found.bundles] == [(4, 5)]
    assert [doubt.pages for doubt in found.doubts] == [(2, 3)]
    assert found.blank == (1,)


def test_a_broken_code_is_never_the_second_page_of_the_paper_before_it() -> None:
    found = split(scan(ONE, "broken"))
    assert not found.bundles
    assert [doubt.finding.code for doubt in found.doubts] == [Code.SCAN_PAGES, Code.SCAN_CODE]


def test_two_codes_on_one_page_are_a_doubt() -> None:
    page = ScannedPage(1, 1654, 2339, 200.0, (CodeSeen(ONE), CodeSeen(TWO)))
    assert [doubt.finding.code for doubt in split((page,)).doubts] == [Code.SCAN_CODE]


def test_the_same_paper_twice_is_taken_once() -> None:
    found = split(scan(ONE, "text", ONE, "text"))
    assert [one.pages for one in found.bundles] == [(1, 2)]
    assert [(doubt.finding.code, doubt.pages) for doubt in found.doubts] == [(Code.SCAN_TWICE, (3, 4))]


@given(st.lists(st.sampled_from([ONE, TWO, "text", "blank", "broken"]), min_size=1, max_size=14))
def test_every_page_is_in_a_paper_in_doubt_or_blank_and_in_one_of_them_only(pages: list[PaperCode | str]) -> None:
    found = split(scan(*pages))
    told = [number for one in (*found.bundles, *found.doubts) for number in one.pages] + list(found.blank)
    assert sorted(told) == list(range(1, len(pages) + 1))
    assert all(len(one.pages) == one.code.pages for one in found.bundles)
