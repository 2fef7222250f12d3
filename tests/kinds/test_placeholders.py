"""Fields and template are compared in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pipeline.core.kind import Kind
from pipeline.kinds import disagreements, load_kind
from tests.kinds.writing import LETTER, PEOPLE, write_kind


@dataclass(frozen=True)
class Used:
    variables: frozenset[str] = frozenset({"organisation", "title", "date", "answer_by", "urgency", "copies"})
    tables: Mapping[str, frozenset[str]] = field(default_factory=lambda: {"people": frozenset({"letter_no", "name"})})
    seals: frozenset[str] = frozenset({"issuer"})
    signatures: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()


@pytest.fixture
def kind(tmp_path: Path) -> Kind:
    return load_kind(
        write_kind(tmp_path, (LETTER + PEOPLE).replace('sheets = ["函"]', 'sheets = ["函"]\nkey = "title"'))
    )


def test_they_agree(kind: Kind) -> None:
    assert disagreements(kind, Used()) == ()


def test_a_misspelt_placeholder_is_no_agreement(kind: Kind) -> None:
    assert disagreements(kind, Used(faults=("“｛｛ title ｝｝”用了全角的花括号",))) == (
        "“｛｛ title ｝｝”用了全角的花括号",
    )


def test_a_placeholder_without_a_field(kind: Kind) -> None:
    used = Used(variables=Used().variables | {"titel"}, tables={"people": frozenset({"letter_no", "name", "sex"})})
    assert [line.split(" 没有")[0] for line in disagreements(kind, used)] == ["模板里的 titel", "模板里的 people.sex"]


def test_a_field_that_would_be_filled_in_for_nothing(kind: Kind) -> None:
    used = Used(variables=Used().variables - {"urgency"}, tables={"people": frozenset({"letter_no"})})
    first, second = disagreements(kind, used)
    assert first.startswith("字段 urgency（紧急程度）填了也印不出来")
    assert second.startswith("字段 people.name（姓名）填了也印不出来")


def test_a_field_that_is_only_asked_for(kind: Kind) -> None:
    """The grey line ``{%p if urgency %}`` is still there, the line that printed it is deleted."""
    used = Used(variables=Used().variables - {"urgency"}, asked=frozenset({"urgency", "urgensy", "people.nmae"}))
    unknown, lost, of_people = disagreements(kind, used)
    assert unknown.startswith("模板里的 urgensy 没有对应的字段")
    assert lost.startswith("字段 urgency（紧急程度）填了也印不出来")
    assert of_people.startswith("模板里的 people.nmae 没有对应的字段")


def test_a_field_that_must_not_be_printed(kind: Kind) -> None:
    (line,) = disagreements(kind, Used(variables=Used().variables | {"given_number"}))
    assert line.startswith("字段 given_number（文号）写明不印")


def test_tables(kind: Kind) -> None:
    assert disagreements(kind, Used(tables={})) == ("模板里没有用到明细表 people（人员）",)
    both = {"people": frozenset({"letter_no", "name"}), "guests": frozenset({"name"})}
    assert disagreements(kind, Used(tables=both)) == ("模板里循环的 guests 不是这个文种的明细表",)


def test_seals_and_signatures(kind: Kind) -> None:
    swapped = disagreements(replace(kind, signatures=("负责人",)), Used(seals=frozenset({"甲方"})))
    assert swapped == (
        '模板里的 seal("甲方") 没有写进 kind.toml',
        "kind.toml 里的 seal “issuer” 在模板里没有位置",
        "kind.toml 里的 signature “负责人” 在模板里没有位置",
    )
