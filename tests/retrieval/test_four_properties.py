"""四性检测: each damage fails its item, nothing else does, and what was not looked at is never passed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.core.four_properties import Item, Stage
from pipeline.four_properties import Outcome, four_properties
from pipeline.retrieval import Damage, Note, Remark, Report
from pipeline.retrieval.four_properties import _OF_DAMAGE, checked
from tests.filing.samples import filed_archive
from tests.retrieval.test_verify import check

UNSEEN = (Outcome.NOT_APPLICABLE, "没有查")


def failed(items: tuple[object, ...]) -> set[Item]:
    return {item.item for item in items if item.outcome is Outcome.FAILED}  # type: ignore[attr-defined]


def test_a_sound_archive_passes_all_but_what_nobody_could_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    archive, papers = filed_archive(tmp_path)
    items = four_properties(archive.root, check(archive, papers))
    outcomes = {item.item: item.outcome for item in items}
    assert outcomes.pop(Item.VIRUSES) is Outcome.NOT_APPLICABLE
    wrong = {item for item, outcome in outcomes.items() if outcome is not Outcome.PASSED}
    assert wrong == {Item.FORMAT, Item.FORMAT_OF_PACKAGE}, (
        "the stand-ins of this archive are neither PDF/A nor Word files"
    )
    assert len(outcomes) > 20


@pytest.mark.parametrize("damage", list(Damage))
def test_each_damage_fails_its_item_and_names_the_record(damage: Damage) -> None:
    report = Report(1, 4, 100, (Remark(damage, "2020/甲", "坏了"),), (), due=100)
    items = checked(report, {}, UNSEEN)
    assert failed(items) == set(_OF_DAMAGE[damage])
    own, *others = _OF_DAMAGE[damage]
    words = {item.item: item.words for item in items}
    assert words[own] == "2020/甲：坏了"
    assert all(own.value in words[item] for item in others)


@pytest.mark.parametrize(
    ("path", "spoilt"),
    [
        ("2020/甲/乙.xml", {Item.LENGTH, Item.REQUIRED, Item.READABLE_METADATA}),
        ("2020/甲/乙.pdf", {Item.FORMAT, Item.FORMAT_OF_PACKAGE}),
        ("2020/甲/乙.json", {Item.REGISTER}),
        ("2020/甲/来稿/乙.xml", set()),
    ],
)
def test_an_item_whose_objects_are_damaged_is_not_passed(path: str, spoilt: set[Item]) -> None:
    report = Report(1, 4, 100, (Remark(Damage.CHANGED, path, "坏了"),), (), due=100)
    wrong = failed(checked(report, {}, UNSEEN))
    assert spoilt <= wrong
    assert bool(wrong & {Item.LENGTH, Item.FORMAT, Item.REGISTER}) == bool(spoilt)


def test_a_gap_in_the_numbers_fails_the_item_and_is_no_damage() -> None:
    report = Report(1, 4, 100, (), (Remark(Note.NUMBER_GAP, "铜王组发（2020年）", "缺 3"),), due=100)
    assert report.is_sound
    assert failed(checked(report, {}, UNSEEN)) == {Item.CONTINUITY}


def test_bytes_that_are_not_there_are_counted() -> None:
    items = checked(Report(1, 4, 100, (), (), due=120), {}, UNSEEN)
    (wrong,) = (item for item in items if item.outcome is Outcome.FAILED)
    assert (wrong.item, wrong.words) == (Item.BYTES, "登记 120 字节，实有 100 字节")


def test_metadata_that_do_not_pass_fail_the_very_item(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    path = archive.root / papers[0].files["metadata"].path
    path.write_text(path.read_text(encoding="utf-8").replace("<页数>2", "<页数>两页"), encoding="utf-8")
    report = Report(4, 20, 100, (Remark(Damage.METADATA, papers[0].files["metadata"].path, "坏了"),), (), due=100)
    assert failed(four_properties(archive.root, report)) == {Item.FORM}


def test_no_number_is_invented_for_other_stages() -> None:
    (first, *_others) = checked(Report(0, 0, 0, (), ()), {}, UNSEEN)
    assert first.code(Stage.FILING) == "GD-1-1"
    assert first.code(Stage.TRANSFER) == "YJ（参照 GD-1-1）"
