"""What counts as an arrival."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.intake.inbox import arrivals, is_ours


@pytest.mark.parametrize(
    "name",
    [
        "~$五月.xlsx",
        ".~lock.五月.xlsx#",
        "~WRL0001.tmp",
        "五月.xlsx.part",
        "五月.crdownload",
        "Thumbs.db",
        "desktop.ini",
        "@eaDir",
        ".@__thumb",
        ".DS_Store",
        "五月.xlsx~",
        "快捷方式.lnk",
    ],
)
def test_what_office_programs_and_shares_leave_behind_is_not_ours(name: str) -> None:
    assert not is_ours(name)


@pytest.mark.parametrize("name", ["五月.xlsx", "名单.XLS", "数据.csv", "没有后缀", "扫描件.pdf", "a~b.xlsx"])
def test_what_people_send_is_ours(name: str) -> None:
    assert is_ours(name)


def test_links_pipes_and_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "真.xlsx").write_bytes(b"x")
    (tmp_path / "链接.xlsx").symlink_to(tmp_path / "真.xlsx")
    (tmp_path / "退回").mkdir()
    os.mkfifo(tmp_path / "管道.xlsx")
    assert [arrival.path.name for arrival in arrivals(tmp_path)] == ["真.xlsx"]


@pytest.mark.parametrize("owner", ["~$五月通知.xlsx", ".~lock.五月通知.xlsx#", "~$通知.xlsx"])
def test_a_workbook_that_somebody_has_open_is_marked(tmp_path: Path, owner: str) -> None:
    (tmp_path / "五月通知.xlsx").write_bytes(b"x")
    (tmp_path / owner).write_bytes(b"owner")
    assert [arrival.held_open for arrival in arrivals(tmp_path)] == [True]


def test_an_inbox_that_is_gone_is_an_error_and_not_an_empty_inbox(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="收件夹"):
        arrivals(tmp_path / "没有")
