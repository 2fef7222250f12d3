"""One paper with its files and history, named in any of the ways people name it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.core.errors import AnswerIsNo
from pipeline.core.standing import Standing
from pipeline.core.values import Event, FiledPaper, Hit, IndexQuery
from pipeline.retrieval import show
from tests.filing.samples import filed_archive


class Papers:
    """A register of these papers."""

    def __init__(self, papers: tuple[FiledPaper, ...]) -> None:
        self.papers = papers

    def paper(self, paper: str) -> FiledPaper | None:
        return next((one for one in self.papers if one.paper == paper), None)

    def search(self, query: IndexQuery) -> list[Hit]:
        return [Hit(one, "") for one in self.papers if query.number in one.number + " " + one.archival_code]

    def standing(self, _papers: object) -> dict[str, Standing]:
        return {}

    def events(self, paper: str) -> list[Event]:
        return [
            Event(datetime(2020, 4, 17, 9, 30), paper, "entered", "S-1", '{"number": "1号"}'),
            Event(datetime(2020, 4, 17, 9, 31), paper, "filed", "S-1", "{}"),
        ]


@pytest.mark.parametrize("wanted", ["铜王组发〔2020〕2号", "铜王组发[2020]2号", "D001-WS·2020-D10-ZZB-0002", "id"])
def test_a_paper_has_several_names(tmp_path: Path, wanted: str) -> None:
    archive, papers = filed_archive(tmp_path)
    wanted = papers[1].paper if wanted == "id" else wanted
    assert show(wanted, Papers(papers), archive.root).paper == papers[1]


def test_part_of_a_number_is_not_the_number(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path, 12)
    assert show("铜王组发〔2020〕1号", Papers(papers), archive.root).paper == papers[0]
    with pytest.raises(AnswerIsNo):
        show("铜王组发〔2020〕", Papers(papers), archive.root)


@pytest.mark.parametrize("wanted", ["铜王组发〔2020〕99号", "没有", "", " "])
def test_no_such_paper_is_said(tmp_path: Path, wanted: str) -> None:
    archive, papers = filed_archive(tmp_path)
    with pytest.raises(AnswerIsNo) as error:
        show(wanted, Papers(papers), archive.root)
    assert error.value.remedy


def test_a_number_that_several_papers_carry_is_asked_back(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    issues = tuple(replace(paper, number="第3期") for paper in papers[2:])
    with pytest.raises(AnswerIsNo) as error:
        show("第3期", Papers(issues), archive.root)
    for paper in issues:
        assert paper.paper in error.value.remedy
        assert paper.organisation in error.value.remedy


def test_the_terminal_shows_what_is_known_and_nothing_empty(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    view = show(papers[0].paper, Papers((replace(papers[0], number=""),)), archive.root)
    lines = dict(view.lines())
    assert lines["题名"] == "关于开好联席会议的通知"
    assert lines["保管期限"] == "10年"
    assert lines["人名"] == "张三、李四"
    assert lines["状态"] == "有效"
    assert lines["归档时间"] == "2020-04-17 09:30:00"
    assert "文号" not in lines
    assert view.history() == (("2020-04-17 09:30:00", "登记编号"), ("2020-04-17 09:31:00", "归档"))


def test_a_file_that_is_gone_or_cut_is_not_called_there(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    (archive.root / papers[0].files["pdf"].path).unlink()
    (archive.root / papers[0].files["docx"].path).write_bytes(b"cut")
    view = show(papers[0].paper, Papers(papers), archive.root)
    assert [(file.role, file.is_there) for file in view.files] == [
        ("pdf", False),
        ("docx", False),
        ("metadata", True),
        ("record", True),
        ("source", True),
    ]
    assert [file.name for file in view.files] == ["PDF", "Word 文件", "元数据", "归档记录", "来稿"]


def test_json_has_everything(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    told = json.loads(json.dumps(show(papers[0].paper, Papers(papers), archive.root).as_json(), ensure_ascii=False))
    assert told["number"] == "铜王组发〔2020〕1号"
    assert told["files"]["pdf"] == {
        "path": str(archive.root / papers[0].files["pdf"].path),
        "sha256": papers[0].files["pdf"].sha256,
        "size": papers[0].files["pdf"].size,
        "is_there": True,
    }
    assert [event["action"] for event in told["history"]] == ["entered", "filed"]
