"""A further kind made by copying: the computer person gets something that works, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import AnswerIsNo
from pipeline.core.kind import Kind
from pipeline.kinds import Catalogue, disagreements
from pipeline.kinds.copying import copy_kind
from pipeline.merge.placeholders import placeholders

TEMPLATES = Path(__file__).parents[2] / "templates"
CATALOGUE = Catalogue.load([TEMPLATES])


@pytest.mark.parametrize("kind", CATALOGUE.kinds, ids=lambda kind: str(kind.id))
def test_a_copy_of_any_kind_is_a_kind_that_agrees_with_its_template(tmp_path: Path, kind: Kind) -> None:
    made = copy_kind(CATALOGUE, kind, tmp_path, "commendation", "表彰通报")
    assert (made.id, made.name) == ("commendation", "表彰通报")
    assert made.head.sheets == ("表彰通报",)
    assert [table.sheets for table in made.details] == [table.sheets for table in kind.details]
    assert made.numbering == kind.numbering
    assert disagreements(made, placeholders(made.template)) == ()
    assert "表彰通报" in [each.name for each in Catalogue.load([TEMPLATES, tmp_path])]


def test_comments_stay(tmp_path: Path) -> None:
    made = copy_kind(CATALOGUE, CATALOGUE.get("notice"), tmp_path, "commendation", "表彰“先进”通报")
    text = (made.folder / "kind.toml").read_text(encoding="utf-8")
    assert text.startswith("# 通知：红头文件")
    assert made.name == "表彰“先进”通报"


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("Commendation", "表彰通报"),
        ("表彰通报", "表彰通报"),
        ("../evil", "表彰通报"),
        ("notice", "表彰通报"),
        ("x", "通知"),
    ],
)
def test_what_cannot_be_made_leaves_nothing_behind(tmp_path: Path, identifier: str, name: str) -> None:
    with pytest.raises(AnswerIsNo):
        copy_kind(CATALOGUE, CATALOGUE.get("notice"), tmp_path, identifier, name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "commendation").mkdir()
    with pytest.raises(AnswerIsNo, match="文件夹"):
        copy_kind(CATALOGUE, CATALOGUE.get("notice"), tmp_path, "commendation", "表彰通报")
    assert list((tmp_path / "commendation").iterdir()) == []
