"""四性检测: each damage fails its item, nothing else does, and what was not looked at is never passed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.core.four_properties import Item, Stage
from pipeline.four_properties import Outcome, four_properties
from pipeline.retrieval import Damage, Remark, Report
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
    assert set(outcomes.values()) == {Outcome.PASSED}
    assert len(outcomes) > 15


@pytest.mark.parametrize("damage", list(Damage))
def test_each_damage_fails_its_item_and_names_the_record(damage: Damage) -> None:
    report = Report(1, 4, 100, (Remark(damage, "2020/甲.pdf", "坏了"),), ())
    items = checked(report, {}, UNSEEN)
    assert failed(items) == {_OF_DAMAGE[damage]}
    (wrong,) = (item for item in items if item.outcome is Outcome.FAILED)
    assert wrong.words == "2020/甲.pdf：坏了"


def test_metadata_that_do_not_pass_fail_the_very_item(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    path = archive.root / papers[0].files["metadata"].path
    path.write_text(path.read_text(encoding="utf-8").replace("<页数>2", "<页数>两页"), encoding="utf-8")
    report = Report(4, 20, 100, (Remark(Damage.METADATA, papers[0].files["metadata"].path, "坏了"),), ())
    assert failed(four_properties(archive.root, report)) == {Item.FORM}


def test_no_number_is_invented_for_other_stages() -> None:
    (first, *_others) = checked(Report(0, 0, 0, (), ()), {}, UNSEEN)
    assert first.code(Stage.FILING) == "GD-1-1"
    assert first.code(Stage.TRANSFER) == "YJ（参照 GD-1-1）"
