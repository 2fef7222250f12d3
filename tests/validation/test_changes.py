"""A filed row that comes again otherwise: what is otherwise is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pipeline.core.filed import kept
from pipeline.core.findings import Code, Finding
from pipeline.core.values import Draft, FiledPaper, Picture, Value
from pipeline.validation import judge
from tests.validation.examples import CLAIMED, MEMBER, Office, filed, members


def filed_with_values(values: Mapping[str, Value] = MEMBER) -> FiledPaper:
    """The good member, filed, with what the register keeps of its row."""
    cells = [
        (name, "date" if isinstance(value, date) else "", value.isoformat() if isinstance(value, date) else str(value))
        for name, value in values.items()
        if value is not None
    ]
    return replace(filed(members({})), data=kept([("member", cells)]))


def found_in(draft: Draft, paper: FiledPaper) -> tuple[Finding, ...]:
    batch, findings = judge(draft, CLAIMED, Office([paper]))
    assert batch is None
    return tuple(one for one in findings if one.code is Code.ALREADY_FILED)


def test_the_field_that_differs_is_named_with_what_was_filed() -> None:
    (found,) = found_in(members({"phone": "13900000009"}), filed_with_values())
    assert (found.heading, found.found) == ("联系电话", "13900000009")
    assert "13900000001" in found.expected
    assert "与它不一样的有：联系电话；" in found.hint


def test_every_field_that_differs_is_named() -> None:
    (found,) = found_in(members({"phone": "13900000009", "health": None, "career": "别的。"}), filed_with_values())
    assert "联系电话、" in found.hint and "健康状况" in found.hint and "简历" in found.hint


def test_another_photo_is_said_in_words() -> None:
    before = filed_with_values({**MEMBER, "photo": "image/png sha256:00"})
    (found,) = found_in(members({"photo": Picture(2, 9, b"jpeg", "image/jpeg")}), before)
    assert "另一张图片" in found.expected and "sha256" not in found.sentence()


def test_a_field_that_could_not_be_read_is_no_change() -> None:
    draft = members({})
    (row,) = draft.rows["member"]
    torn = replace(row, values={name: value for name, value in row.values.items() if name != "phone"})
    assert found_in(replace(draft, rows={"member": (torn,)}), filed_with_values()) == ()


def test_a_register_without_values_still_says_that_it_differs() -> None:
    (found,) = found_in(members({"phone": "13900000009"}), filed(members({})))
    assert "这一行的内容与它不一样" in found.hint
