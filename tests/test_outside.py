"""Nothing that is handed out may land in the office's own folders, nor where nobody looks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import AnswerIsNo
from pipeline.outside import refuse_place, refuse_place_near
from tests.offices import make_office


@pytest.mark.parametrize(
    "place", ["archive", "archive/2020/甲", "inbox/导出", ".gongwen/x", "templates/x", "x/../inbox"]
)
def test_the_offices_own_folders_are_refused(tmp_path: Path, place: str) -> None:
    with make_office(tmp_path) as office, pytest.raises(AnswerIsNo, match="办公室自己的文件夹"):
        refuse_place(office, tmp_path / place)


def test_a_link_into_the_archive_is_refused_and_a_neighbour_is_not(tmp_path: Path) -> None:
    with make_office(tmp_path / "office") as office:
        link = tmp_path / "link"
        link.symlink_to(office.settings.archive)
        with pytest.raises(AnswerIsNo):
            refuse_place(office, link / "导出")
        refuse_place(office, tmp_path / "导出")
        refuse_place(office, office.settings.root / "导出")


@pytest.mark.parametrize("parent", ["没有接上的盘", "没有接上的盘/2020", "文件.txt"])
def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, parent: str) -> None:
    """A share not mounted: the set would lie on the machine's own disk, and everybody believe it handed over."""
    (tmp_path / "文件.txt").write_text("")
    with make_office(tmp_path / "office") as office:
        for name in ("导出", "导出.zip"):
            with pytest.raises(AnswerIsNo, match="文件夹不在") as refused:
                refuse_place(office, tmp_path / parent / name)
            assert "先接上" in refused.value.remedy and str(tmp_path / parent) in refused.value.where
    assert not (tmp_path / "没有接上的盘").exists()


def test_a_command_that_needs_no_office_leaves_the_one_it_is_in_alone(tmp_path: Path) -> None:
    """``render -o archive/…/铜王组发〔2020〕50号.pdf`` would put another PDF in the place of the filed one."""
    with make_office(tmp_path / "office") as office:
        filed = office.settings.archive / "2020" / "一.pdf"
    with pytest.raises(AnswerIsNo, match="办公室自己的文件夹"):
        refuse_place_near(tmp_path / "office", filed)
    refuse_place_near(tmp_path / "office", tmp_path / "一.pdf")
    refuse_place_near(tmp_path, tmp_path / "没有接上的盘" / "一.pdf")
