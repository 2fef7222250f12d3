"""Nothing that is handed out may land in the office's own folders, whatever way leads there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import AnswerIsNo
from pipeline.outside import refuse_inside
from tests.offices import make_office


@pytest.mark.parametrize(
    "place", ["archive", "archive/2020/甲", "inbox/导出", ".gongwen/x", "templates/x", "x/../inbox"]
)
def test_the_offices_own_folders_are_refused(tmp_path: Path, place: str) -> None:
    with make_office(tmp_path) as office, pytest.raises(AnswerIsNo, match="办公室自己的文件夹"):
        refuse_inside(office, tmp_path / place)


def test_a_link_into_the_archive_is_refused_and_a_neighbour_is_not(tmp_path: Path) -> None:
    with make_office(tmp_path / "office") as office:
        link = tmp_path / "link"
        link.symlink_to(office.settings.archive)
        with pytest.raises(AnswerIsNo):
            refuse_inside(office, link / "导出")
        refuse_inside(office, tmp_path / "导出")
        refuse_inside(office, office.settings.root / "导出")
