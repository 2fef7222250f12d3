"""A rehearsal shows what a run would do, and leaves not even an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.core.errors import CannotRender, ConfigurationError, OutOfReach
from pipeline.flow import Outcome
from pipeline.office import Office
from pipeline.rehearsal import rehearse
from pipeline.rounds import run_once
from tests.offices import FORMS, MISTAKES, NOTICE, CalmWorkers, drop, make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path / "office") as made:
        yield made


def everything(root: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file and folder with content, mode and time of its last change."""
    return {
        str(path.relative_to(root)): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mode,
            path.stat().st_mtime_ns,
        )
        for path in [root, *sorted(root.rglob("*"))]
    }


def rehearsed(office: Office) -> list[Outcome]:
    return list(rehearse(office, lambda *_counts: None))


def test_a_rehearsal_in_a_new_office_leaves_no_trace(office: Office) -> None:
    for name in (NOTICE, FORMS, MISTAKES):
        drop(office, name)
    before = everything(office.settings.root)
    outcomes = {outcome.name: outcome for outcome in rehearsed(office)}
    assert everything(office.settings.root) == before
    assert [outcomes[name].state for name in (NOTICE, FORMS, MISTAKES)] == ["filed", "filed", "returned"]
    assert outcomes[NOTICE].papers[0].number == "铜王组发〔2020〕50号"
    assert len(outcomes[MISTAKES].findings) >= 12


def test_a_rehearsal_tells_new_papers_from_known_ones(office: Office) -> None:
    drop(office, FORMS)
    list(run_once(office, lambda *_counts: None))
    office.register.close()
    drop(office, FORMS, under="又一份.xlsx")
    drop(office, NOTICE)
    before = everything(office.settings.root)
    outcomes = {outcome.name: outcome for outcome in rehearsed(office)}
    assert everything(office.settings.root) == before
    assert (outcomes["又一份.xlsx"].state, len(outcomes["又一份.xlsx"].papers)) == ("known", 6)
    assert outcomes[NOTICE].state == "filed"


def test_what_was_rehearsed_is_what_happens(office: Office) -> None:
    for name in (NOTICE, FORMS, MISTAKES):
        drop(office, name)
    planned = {(one.name, one.state, tuple(paper.archival_code for paper in one.papers)) for one in rehearsed(office)}
    done = list(run_once(office, lambda *_counts: None))
    assert {(one.name, one.state, tuple(paper.archival_code for paper in one.papers)) for one in done} == planned


def test_the_same_workbook_twice_is_new_once(office: Office) -> None:
    drop(office, NOTICE, under="一.xlsx")
    drop(office, NOTICE, under="二.xlsx")
    assert sorted(outcome.state for outcome in rehearsed(office)) == ["filed", "known"]


def test_while_a_watcher_writes_the_register_is_read_beside_it(office: Office) -> None:
    drop(office, NOTICE)
    list(run_once(office, lambda *_counts: None))  # the register stays open, with its write-ahead log
    drop(office, FORMS)
    drop(office, NOTICE, under="又一份.xlsx")
    assert [outcome.state for outcome in rehearsed(office)] == ["filed", "known"]
    assert [outcome.state for outcome in run_once(office, lambda *_counts: None)] == ["filed", "known"]


def test_what_the_gate_refuses_is_refused_in_rehearsal_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def jam(_self: CalmWorkers, papers: object) -> Iterator[object]:
        for _paper in papers:  # type: ignore[attr-defined]
            yield CannotRender("第1页的文字超出了纸边")

    monkeypatch.setattr(CalmWorkers, "print_papers", jam)
    drop(office, NOTICE)
    assert [outcome.state for outcome in rehearsed(office)] == ["returned"]


def test_an_open_workbook_would_wait(office: Office) -> None:
    drop(office, NOTICE)
    (office.settings.inbox / f"~${NOTICE}").write_bytes(b"owner")
    [outcome] = rehearsed(office)
    assert (outcome.state, "正打开着它" in outcome.why) == ("waiting", True)


def test_what_stands_in_the_way_of_a_run_is_said(office: Office, tmp_path: Path) -> None:
    drop(office, NOTICE)
    list(run_once(office, lambda *_counts: None))
    office.register.close()
    office.register_path.unlink()
    with pytest.raises(ConfigurationError, match="登记簿不知道的文件"):
        rehearsed(office)
    office.settings.inbox.rename(tmp_path / "away")
    with pytest.raises(OutOfReach):
        rehearsed(office)
