"""The kinds of an office: its own folders lie over those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import AnswerIsNo, ConfigurationError
from pipeline.kinds import Catalogue
from tests.kinds.writing import LETTER, write_kind

BRIEF = LETTER.replace('id = "letter"\nname = "函"', 'id = "brief"\nname = "简函"')


def test_kinds_are_found_by_id_and_by_name(tmp_path: Path) -> None:
    write_kind(tmp_path)
    write_kind(tmp_path, BRIEF, "brief")
    catalogue = Catalogue.load([tmp_path])
    assert [kind.id for kind in catalogue] == ["brief", "letter"]
    assert catalogue.get("letter") is catalogue.get("函") is catalogue.find("函")
    assert catalogue.find("命令") is None


def test_asking_for_a_kind_nobody_has_lists_those_there_are(tmp_path: Path) -> None:
    write_kind(tmp_path)
    with pytest.raises(AnswerIsNo) as caught:
        Catalogue.load([tmp_path]).get("命令")
    assert "命令" in caught.value.what and "letter（函）" in caught.value.remedy


def test_an_office_changes_a_kind_and_adds_one(tmp_path: Path) -> None:
    write_kind(tmp_path / "shipped")
    write_kind(tmp_path / "own", LETTER.replace("写全称", "写规范化简称"))
    write_kind(tmp_path / "own", BRIEF, "brief")
    catalogue = Catalogue.load([tmp_path / "shipped", tmp_path / "own"])
    assert [kind.id for kind in catalogue] == ["brief", "letter"]
    assert catalogue.get("letter").folder == tmp_path / "own" / "letter"


def test_a_folder_that_cannot_be_understood_stops_everything(tmp_path: Path) -> None:
    write_kind(tmp_path)
    (tmp_path / "certificate").mkdir()
    with pytest.raises(ConfigurationError, match=r"文件夹里没有 kind\.toml"):
        Catalogue.load([tmp_path])
    with pytest.raises(ConfigurationError, match="没有这个模板文件夹"):
        Catalogue.load([tmp_path / "nowhere"])


def test_folders_of_tools_are_passed_over(tmp_path: Path) -> None:
    write_kind(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "__pycache__").mkdir()
    assert len(Catalogue.load([tmp_path])) == 1


def test_two_kinds_of_one_name(tmp_path: Path) -> None:
    write_kind(tmp_path)
    write_kind(tmp_path, BRIEF.replace("简函", "函"), "brief")
    with pytest.raises(ConfigurationError, match="name：“函”已经是文种 brief 的名称"):
        Catalogue.load([tmp_path])


def test_two_kinds_of_one_series_write_it_alike(tmp_path: Path) -> None:
    write_kind(tmp_path / "shipped")
    write_kind(tmp_path / "shipped", BRIEF, "brief")
    assert len(Catalogue.load([tmp_path / "shipped"])) == 2
    write_kind(tmp_path / "own", BRIEF.replace("函〔{year}〕{n}号", "函〔{year}〕第{n}号"), "brief")
    with pytest.raises(ConfigurationError, match=r"brief 用同一种号（\{code\}函），写法却不同"):
        Catalogue.load([tmp_path / "shipped", tmp_path / "own"])


def test_an_attached_form_is_a_kind_that_is_a_form(tmp_path: Path) -> None:
    form = '\n[[table.field]]\nid = "form"\nheading = "附件表样"\ntype = "form"\nexample = "简函"\nhelp = "表样"\n'
    write_kind(tmp_path, LETTER + form)
    write_kind(tmp_path, BRIEF, "brief")
    with pytest.raises(ConfigurationError, match=r"field\[form\].example：“简函”不是一种表样"):
        Catalogue.load([tmp_path])
    write_kind(tmp_path, BRIEF.replace('sheets = ["函"]', 'sheets = ["函"]\nform = true'), "brief")
    assert len(Catalogue.load([tmp_path])) == 2
