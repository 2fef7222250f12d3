"""Letters (10.1) and minutes (10.3), drawn right and spoilt, and how a format is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.conformance import Verdict, audit
from tests.conformance.papers import BOTTOM, LEFT, LINE, letter, minutes, notice, page_number
from tests.conformance.press import FANG, POINT, Change, Pieces, Rule, Text, change, measured, without


def failed(pieces: Pieces, form: str | None = None) -> set[str]:
    return {clause.check for clause in audit(measured(pieces), form) if clause.verdict is Verdict.FAIL}


@pytest.mark.parametrize("paper", [letter, minutes])
def test_drawn_right_it_keeps_every_clause(paper: Callable[[], Pieces]) -> None:
    assert failed(paper()) == set()


SPOILED: dict[str, tuple[Change, set[str]]] = {
    "mark 1.3 mm low": (
        lambda pieces: change(pieces, "mark", dy=1.3),
        {"mark-top", "upper-rule-place"},
    ),
    "文件 in the mark": (lambda pieces: change(pieces, "mark", text="中共王益区委文件"), {"mark-words"}),
    "a single upper line": (lambda pieces: without(pieces, "upper-2"), {"upper-rule-form", "number-place"}),
    "thin over thick above": (
        lambda pieces: change(change(pieces, "upper-1", thickness=0.4), "upper-2", thickness=1.0),
        {"upper-rule-form"},
    ),
    "thick over thin below": (
        lambda pieces: change(change(pieces, "lower-1", thickness=1.0), "lower-2", thickness=0.4),
        {"lower-rule-form"},
    ),
    "lower lines as wide as the 版心": (
        lambda pieces: change(change(pieces, "lower-1", length=156, dx=8), "lower-2", length=156, dx=8),
        {"lower-rule-form"},
    ),
    "lower lines 3 mm too low": (
        lambda pieces: change(change(pieces, "lower-1", dy=4.0), "lower-2", dy=4.0),
        {"lower-rule-place"},
    ),
    "number centred": (lambda pieces: change(pieces, "number", x=106, anchor="center"), {"number-across"}),
    "a number on page 1": (lambda pieces: pieces | {"page-1": page_number(1)}, {"page-numbers"}),
    "印发 in the 版记": (
        lambda pieces: (
            pieces
            | {
                "rule": Rule(LEFT, BOTTOM - 0.35, 156, 0.35, 2),
                "by": Text("中共王益区委组织部", LEFT + 14 * POINT, BOTTOM - 3, 2, size=14),
                "on": Text("2020年4月16日印发", 184 - 14 * POINT, BOTTOM - 3, 2, size=14, anchor="right"),
            }
        ),
        {"letter-imprint"},
    ),
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_what_is_off_in_a_letter_fails_its_clause(spoil: str) -> None:
    make, expected = SPOILED[spoil]
    assert failed(make(letter())) == expected


def test_a_letter_without_its_lower_lines_says_so() -> None:
    assert failed(without(letter(), "lower-1", "lower-2"), "letter") == {"lower-rule-place", "lower-rule-form"}


def test_present_in_minutes_is_set_in_hei() -> None:
    assert failed(change(minutes(), "present", font=FANG)) == {"present"}
    assert failed(change(minutes(), "mark", dy=1.3)) == {"mark-top"}


@pytest.mark.parametrize(
    ("pieces", "check"),
    [
        (notice(), "rule-place"),
        (letter(), "upper-rule-place"),
        (minutes(), "present"),
        ({name: piece for name, piece in minutes().items() if name != "mark"}, "paper-size"),
    ],
)
def test_the_format_is_told_by_the_first_page(pieces: Pieces, check: str) -> None:
    checks = {clause.check for clause in audit(measured(pieces))}
    assert check in checks
    assert ("mark-top" in checks) is ("mark" in pieces)


def test_a_general_paper_is_asked_for_page_and_text_only() -> None:
    """A 公示 keeps margins, faces and dates; it has neither mark nor 版记 and need not."""
    pieces = {
        "title": Text("公示", 106, 50, size=22, anchor="center"),
        "close": Text("（二）公示时间", LEFT, 70 + LINE),
        "date": Text("2020年04月16日", 160, 120, anchor="right"),
    }
    assert failed(pieces) == {"heading-2-face", "date-form"}


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="telegram"):
        audit(measured(minutes()), "telegram")


@pytest.mark.parametrize("form", ["form", "agreement", "certificate"])
def test_of_papers_the_standard_does_not_know_only_the_paper_is_judged(form: str) -> None:
    """Whatever an agreement does with margins and faces, it breaks no clause."""
    crooked = change(minutes(), "page-1", dx=-20.0, size=9)
    clauses = audit(measured(crooked), form)
    assert {clause.check for clause in clauses if clause.verdict is not Verdict.NOT_APPLICABLE} == {"paper-size"}
    assert all("不受本标准约束" in clause.found for clause in clauses if clause.check != "paper-size")


@pytest.mark.parametrize("title", ["共驻共建协议书", "兼职委员登记表", "兼职委员名册（2020年）", "聘书"])
def test_a_paper_the_standard_does_not_know_is_told_by_its_title(title: str) -> None:
    pieces = {
        "title": Text(title, 106, 50, size=22, anchor="center"),
        "text": Text("经双方商定，自愿结成共驻共建单位。", 20, 70, size=12),
    }
    assert failed(pieces) == set()
