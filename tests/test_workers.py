"""Workers that hang, die or run out of memory: the parent gets an answer either way, and goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from pebble.pool.channel import ChannelMutex

from pipeline.core.errors import CannotRender, ConfigurationError, GongwenError
from pipeline.core.findings import Code
from pipeline.core.values import (
    ArchivalCode,
    MergedDocument,
    NumberedRecord,
    Organisation,
    Record,
    RenderedDocument,
    RenderReport,
    Row,
)
from pipeline.kinds import Catalogue
from pipeline.press import Press
from pipeline.sheets import Limits, Unreadable
from pipeline.workers import Allowance, Workers

TEMPLATES = Path(__file__).parent.parent / "templates"


class OddPress:
    """Prints a paper by its title, which says what goes wrong."""

    def print(self, paper: NumberedRecord) -> RenderedDocument:
        match paper.title:
            case "hangs":
                time.sleep(60)
            case "dies":
                os._exit(7)
            case "swells":
                bytearray(8 << 30)
            case "cannot":
                raise CannotRender("第1页有公式", where="document.xml", remedy="改成图片")
            case "template":
                raise ConfigurationError("占位符写错了", where="template.docx")
        return RenderedDocument(MergedDocument(paper, b"docx"), b"pdf", RenderReport(pages=1, text=paper.title))


def make_press() -> Press:
    return cast(Press, OddPress())


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    allowance = Allowance(seconds=1.5, memory=4096)
    with Workers(make_press, 2, limits=Limits(), reading=allowance, printing=allowance) as made:
        yield made


def paper(title: str) -> NumberedRecord:
    kind = Catalogue.load([TEMPLATES]).get("notice")
    organisation = Organisation("ZZB", "组织部", "组织部", "组发")
    row = Row("通知", 2, {}, {})
    record = Record(kind, row, {}, organisation, date(2020, 4, 16), "0" * 64)
    return NumberedRecord(record, "0" * 16, title, None, ArchivalCode("D001", 1, "D001-0001"), "0" * 64)


def printed(workers: Workers, *titles: str) -> list[RenderedDocument | GongwenError]:
    return list(workers.print_papers([paper(title) for title in titles]))


def test_papers_come_back_in_order(workers: Workers) -> None:
    titles = [f"paper {n}" for n in range(12)]
    results = cast("list[Any]", printed(workers, *titles))
    assert [result.report.text for result in results] == titles


@pytest.mark.parametrize(("title", "words"), [("hangs", "超过"), ("dies", "中途退出"), ("swells", "中途退出")])
def test_one_bad_paper_costs_only_itself(workers: Workers, title: str, words: str) -> None:
    before, bad, after = cast("list[Any]", printed(workers, "good", title, "good again"))
    assert isinstance(bad, CannotRender)
    assert words in bad.what
    assert (before.report.text, after.report.text) == ("good", "good again")


def test_errors_travel_whole(workers: Workers) -> None:
    cannot, template = cast("list[Any]", printed(workers, "cannot", "template"))
    assert (type(cannot), cannot.what, cannot.where, cannot.remedy) == (
        CannotRender,
        "第1页有公式",
        "document.xml",
        "改成图片",
    )
    assert (type(template), template.exit_code) == (ConfigurationError, 6)


def test_a_workbook_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    endless, small = tmp_path / "endless.xlsx", tmp_path / "small.xlsx"
    for path, rows in ((endless, 8_000), (small, 1)):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in range(rows):
            sheet.append([f"{row}-{column}" for column in range(40)])
        book.save(path)
    patience = Allowance(seconds=0.15, memory=4096)
    with Workers(make_press, 1, limits=Limits(), reading=patience, printing=patience) as hasty:
        with pytest.raises(Unreadable) as caught:
            hasty.read(endless)
        assert caught.value.finding.code is Code.TOO_LARGE
        assert hasty.read(small).sheets


def test_an_unreadable_file_says_why(workers: Workers, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    with pytest.raises(Unreadable) as caught:
        workers.read(broken)
    assert caught.value.finding.code is Code.NOT_A_WORKBOOK


class SlowToStart:
    """A press-maker that a child reads only once ``gone`` is there: until then the child is starting."""

    def __init__(self, gone: Path) -> None:
        self.gone = gone

    def __reduce__(self) -> tuple[Any, ...]:
        return started_late, (self.gone,)


def started_late(gone: Path) -> Any:
    gone.with_name(f"{os.getpid()}.starting").touch()
    while not gone.exists():
        time.sleep(0.01)
    return make_press


def test_a_worker_that_is_still_starting_at_the_end_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    unlink, unlinked = ChannelMutex.unlink, []

    def and_tell(mutex: ChannelMutex) -> None:
        unlink(mutex)
        unlinked.append(mutex)
        if len(unlinked) == 2:  # the reader's, the presses'
            gone.touch()
            time.sleep(1.0)  # as long as a busy machine may take before it ends the worker

    monkeypatch.setattr(ChannelMutex, "unlink", and_tell)
    allowance = Allowance(seconds=30, memory=4096)
    with Workers(cast(Any, SlowToStart(gone)), 2, limits=Limits(), reading=allowance, printing=allowance) as slow:
        slow.warm_up()
        end = time.monotonic() + 60
        while len(list(tmp_path.glob("*.starting"))) < 2:
            assert time.monotonic() < end
            time.sleep(0.02)
    assert gone.exists()
    assert "Traceback" not in capfd.readouterr().err
