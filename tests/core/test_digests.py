"""The digests are for ever: these very figures stand in registers. A change here files every old workbook again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.digests import Digester, canonical, contents
from pipeline.core.kind import Field, Kind
from pipeline.core.rows import UNREAD, Rows, Unread
from pipeline.core.values import Organisation, Picture, Record, Row, Value
from tests.sheets.examples import meeting, roster
from tests.validation.examples import MEETING, MEMBER, PERSON, TAOYUAN, TOPIC, rows

DAY = date(2020, 4, 16)


def identity_of(kind: Kind, organisation: Organisation, head: Row) -> str:
    return Digester(kind).identities([organisation], Rows.of([head]))[0]


def content_of(kind: Kind, organisation: Organisation, head: Row, details: Mapping[str, Sequence[Row]]) -> str:
    return contents([record_of(kind, organisation, head, details)])[0]


def record_of(kind: Kind, organisation: Organisation, head: Row, details: Mapping[str, Sequence[Row]]) -> Record:
    return Record(kind, head, {name: tuple(some) for name, some in details.items()}, organisation, DAY, "")


def test_golden_identity() -> None:
    kind = roster()
    (row,) = rows(kind, "member", MEMBER)
    text = '["gongwen/identity/1","roster","TYS",[["name","刘珺"],["birth","1978-03-01"]]]'
    assert identity_of(kind, TAOYUAN, row) == hashlib.sha256(text.encode()).hexdigest()
    assert identity_of(kind, TAOYUAN, row) == "08f389d3f99d4bb3cc2e180ff55a7446414bbb5448ad51f34328a14ad2f3af7e"


def test_golden_content() -> None:
    kind = meeting()
    (head,) = rows(kind, "meeting", {**MEETING, "fee": Decimal("100.50")})
    details = {"people": rows(kind, "people", PERSON), "topics": rows(kind, "topics", TOPIC)}
    text = (
        '["gongwen/content/1","meeting","TYS",'
        '{"fee":"100.5","held_on":"2020-04-16","title":"联席会议"},'
        '{"people":[{"person":"刘珺","unit":"第一小学"}],'
        '"topics":[{"ballots":"9","topic":"照明","votes_against":"1","votes_for":"8"}]}]'
    )
    assert content_of(kind, TAOYUAN, head, details) == hashlib.sha256(text.encode()).hexdigest()
    assert (
        content_of(kind, TAOYUAN, head, details) == "31af4bf3a1c4380faf9be1e24dfc6b908c84388906d707daf519d21efaf03e24"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        ("e\u0301", "é"),
        (14, "14"),
        (Decimal("100.50"), "100.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.00"), "0"),
        (Decimal("-0"), "0"),
        (Decimal("1200"), "1200"),
        (date(2020, 4, 6), "2020-04-06"),
        (UNREAD, None),
        (Picture(3, 4, b"x", "image/png"), f"sha256:{hashlib.sha256(b'x').hexdigest()}"),
    ],
)
def test_canonical_values(value: Value | Unread, text: str | None) -> None:
    assert canonical(value) == text


def test_where_a_picture_lies_does_not_matter() -> None:
    assert canonical(Picture(1, 1, b"x", "image/png")) == canonical(Picture(9, 9, b"x", "image/png"))


def test_a_field_that_a_kind_gains_later_changes_nothing_while_it_is_empty() -> None:
    kind = roster()
    head = kind.head
    wider = replace(kind, tables=(replace(head, fields=(*head.fields, Field("new", "新栏目"))),))
    old = content_of(kind, TAOYUAN, rows(kind, "member", MEMBER)[0], {})
    assert content_of(wider, TAOYUAN, rows(wider, "member", {**MEMBER, "new": None})[0], {}) == old
    assert content_of(wider, TAOYUAN, rows(wider, "member", {**MEMBER, "new": "有"})[0], {}) != old


def test_running_numbers_and_keys_are_no_content_but_the_order_of_details_is() -> None:
    kind = meeting()
    (head,) = rows(kind, "meeting", MEETING)
    first = content_of(kind, TAOYUAN, head, {"people": rows(kind, "people", PERSON)})
    moved = {**PERSON, "sequence": 7, "no": "甲"}
    assert content_of(kind, TAOYUAN, head, {"people": rows(kind, "people", moved)}) == first
    two = rows(kind, "people", PERSON, {**PERSON, "person": "王建国"})
    assert content_of(kind, TAOYUAN, head, {"people": two}) != content_of(kind, TAOYUAN, head, {"people": two[::-1]})


def test_papers_of_several_kinds_keep_their_order() -> None:
    (member,), (held,) = rows(roster(), "member", MEMBER), rows(meeting(), "meeting", MEETING)
    mixed = [record_of(kind, TAOYUAN, row, {}) for kind, row in ((roster(), member), (meeting(), held)) * 2]
    assert contents(mixed) == [content_of(one.kind, TAOYUAN, one.head, {}) for one in mixed]


PICTURES = st.builds(Picture, st.just(1), st.just(1), st.binary(max_size=3), st.just("image/png"))


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.text(max_size=4),
                "birth": st.none() | st.dates(),
                "career": st.none() | st.text(max_size=9),
                "photo": st.none() | PICTURES,
            }
        ),
        max_size=5,
    )
)
def test_many_papers_at_once_have_the_digests_of_the_form_that_is_written_down(papers: list[dict[str, Value]]) -> None:
    """Against the canonical form as the module's first lines put it, written with the plain means of the language."""
    kind = roster()
    heads = rows(kind, "member", *({**MEMBER, **paper} for paper in papers))
    identities = Digester(kind).identities([TAOYUAN] * len(heads), Rows.of(heads))
    said_by = contents([record_of(kind, TAOYUAN, head, {}) for head in heads])
    for head, identity, content in zip(heads, identities, said_by, strict=True):
        texts = {field: canonical(value) for field, value in head.values.items()}
        key = [["name", texts["name"]], ["birth", texts["birth"]]]
        said = {field: text for field, text in texts.items() if text is not None and field != "organisation"}
        assert identity == plain_digest(["gongwen/identity/1", "roster", "TYS", key])
        assert content == plain_digest(["gongwen/content/1", "roster", "TYS", said, {}])


def plain_digest(document: list[object]) -> str:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
