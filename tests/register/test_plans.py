"""What is asked of every workbook and every folder is looked up: no table is read from end to end for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from pipeline.register import Register
from tests.register.office import DEPARTMENT, NOON, paper, submission

MORE = paper(9, submission="s2")
GROWING = ("paper", "file", "person", "event", "number", "submission")


@contextmanager
def plans(register: Register) -> Iterator[list[str]]:
    """The steps by which SQLite finds what is asked of the register in the block."""
    steps: list[str] = []
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            asked.append((statement, parameters))

    event.listen(register._engine, "before_cursor_execute", note)
    try:
        yield steps
    finally:
        event.remove(register._engine, "before_cursor_execute", note)
    with register._engine.connect() as connection:
        for statement, parameters in asked:
            if "LIMIT" in statement and "WHERE" not in statement:
                continue  # the last link of the chain: called a scan, and ended at the first row
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps.extend(row[3] for row in found)


ASKED: dict[str, Callable[[Register], object]] = {
    "by identity": lambda register: register.by_identities([paper(1).identity, "x"]),
    "of a kind": lambda register: list(register.filed_records("letter")),
    "last piece": lambda register: register.last_piece("D001-WS·2020-D10-ZZB"),
    "taken numbers": lambda register: register.taken("铜王组发", 2020),
    "in a folder": lambda register: register.lying_in(f"2020/{DEPARTMENT}"),
    "of a submission": lambda register: register.papers_of("s1"),
    "unfinished": lambda register: register.unfinished(),
    "seen before": lambda register: register.submission_by_digest("x"),
    "standing": lambda register: register.standing([paper(1).paper]),
    "finishing": lambda register: register.finish("s1", NOON),
    "entering more": lambda register: register.enter(submission([MORE], identifier="s2"), [MORE]),
}


@pytest.mark.parametrize("question", ASKED)
def test_no_table_is_read_from_end_to_end(register: Register, question: str) -> None:
    papers = [paper(1), paper(2)]
    register.enter(submission(papers), papers)
    with plans(register) as steps:
        ASKED[question](register)
    assert steps
    scanned = [step for step in steps for table in GROWING if step == f"SCAN {table}"]
    assert not scanned, steps


def test_a_folder_is_listed_without_what_is_long(register: Register) -> None:
    papers = [paper(1, text="各社区党委：", people=("张三",)), paper(2), paper(3, organisation=("TYJ", "桃园街道"))]
    register.enter(submission(papers), papers)
    listed = register.lying_in(f"2020/{DEPARTMENT}")
    assert [one.paper for one in listed] == [papers[0].paper, papers[1].paper]
    assert [(one.text, one.data) for one in listed] == [("", ""), ("", "")]
    assert listed[0].people == ("张三",) and listed[0].files == papers[0].files
    assert register.folders() == (f"2020/{DEPARTMENT}", "2020/桃园街道")
    assert register.folders(2020, "桃园街道") == ("2020/桃园街道",)
    assert register.folders(2021) == ()
