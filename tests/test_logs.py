"""The log: readable by a program, turned over, and never the reason why work stops."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.logs import claimed_as, log_nowhere, log_to, one_workbook
from pipeline.rounds import run_once
from tests.offices import FORMS, MISTAKES, NOTICE, CalmWorkers, drop, make_office

log = logging.getLogger("pipeline.tests")


@pytest.fixture(autouse=True)
def _quiet_afterwards() -> Iterator[None]:
    package = logging.getLogger("pipeline")
    before = package.propagate, package.level
    yield
    log_nowhere()
    package.handlers.clear()
    package.propagate, package.level = before


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "gongwen.log").read_text(encoding="utf-8").splitlines()]


def test_a_line_is_an_object_with_what_was_given_beside_the_message(tmp_path: Path) -> None:
    log_to(tmp_path)
    log.info("filed", extra={"papers": 6})
    [line] = lines(tmp_path)
    assert (line["what"], line["level"], line["papers"]) == ("filed", "info", 6)
    assert line["at"].endswith("+00:00")


def test_every_line_about_a_workbook_carries_its_file_and_its_submission(tmp_path: Path) -> None:
    log_to(tmp_path)
    with one_workbook("五月.xlsx"):
        log.info("met")
        claimed_as("a658e195d0ff648b")
        log.info("claimed")
    log.info("after")
    assert [line.get("submission") for line in lines(tmp_path)] == [None, "a658e195d0ff648b", None]
    assert [line.get("file") for line in lines(tmp_path)] == ["五月.xlsx", "五月.xlsx", None]


def test_a_run_can_be_followed_by_submission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_office(tmp_path) as office:
        monkeypatch.setattr(type(office), "renew_workers", lambda _office: None)
        for name in (NOTICE, FORMS, MISTAKES):
            drop(office, name)
        drop(office, NOTICE, under="坏.xlsx")
        real = CalmWorkers.read

        def read(self: CalmWorkers, path: Path) -> object:
            if path.name == "坏.xlsx":
                raise RuntimeError("a bug")
            return real(self, path)

        monkeypatch.setattr(CalmWorkers, "read", read)
        log_to(office.settings.private / "logs")
        with pytest.raises(RuntimeError):
            list(run_once(office, lambda *_counts: None))
        told = lines(office.settings.private / "logs")
    about = {line["file"]: line for line in told if "file" in line}
    assert set(about) == {NOTICE, FORMS, MISTAKES, "坏.xlsx"}
    assert all(len(line["submission"]) == 16 for line in about.values())
    assert "RuntimeError: a bug" in about["坏.xlsx"]["trace"]


def test_the_log_is_turned_over_and_does_not_grow_for_ever(tmp_path: Path) -> None:
    log_to(tmp_path, size=2000)
    for number in range(1000):
        log.info("line %d", number)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 21
    assert all(path.stat().st_size <= 2000 for path in files)
    assert lines(tmp_path)[-1]["what"] == "line 999"


def test_a_name_that_is_no_text_does_not_break_the_log(tmp_path: Path) -> None:
    log_to(tmp_path)
    log.info("met", extra={"file": os.fsdecode("五月.xlsx".encode("gb18030")), "when": Path("a")})
    [line] = lines(tmp_path)
    assert os.fsencode(line["file"]).decode("gb18030") == "五月.xlsx"


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    log_to(tmp_path)
    [handler] = logging.getLogger("pipeline").handlers

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handler, "_open", full)
    log.error("nobody hears this")


def test_a_rehearsal_is_logged_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log_to(tmp_path)
    log_nowhere()
    log.error("nobody hears this")
    assert not list(tmp_path.iterdir())
    assert capfd.readouterr().err == ""
