"""What verify says of the register's history, in words; and the whole way from a run to a forged row."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from pipeline.core.history import Chain, Witness
from pipeline.retrieval.damage import Damage, Note
from pipeline.retrieval.history import check_history
from pipeline.rounds import run_once
from tests.offices import NOTICE, drop, make_office, verified

FIRST, LAST = "a" * 64, "b" * 64
MONDAY = Witness(date(2026, 11, 16), 5, "c" * 64, FIRST)
TUESDAY = Witness(date(2026, 11, 17), 9, LAST, FIRST)
DAYS = {"登记校验/2026/2026-11-16.txt": MONDAY, "登记校验/2026/2026-11-17.txt": TUESDAY}


def test_a_whole_chain_is_not_mentioned() -> None:
    assert list(check_history(Chain(FIRST, 9, LAST), DAYS)) == []


def test_broken_links_are_counted_not_listed_for_ever() -> None:
    remarks = list(check_history(Chain(FIRST, 9, LAST, tuple(f"第{n}条" for n in range(10))), DAYS))
    assert [remark.what for remark in remarks] == [Damage.HISTORY] * 4
    assert "7" in remarks[-1].sentence


def test_a_day_that_says_otherwise_is_named() -> None:
    (remark,) = check_history(Chain(FIRST, 9, LAST, contradicted=(MONDAY,)), DAYS)
    assert remark.path.endswith("2026-11-16.txt")
    assert "改写" in remark.sentence


def test_an_old_backup_is_told_from_a_rewritten_history() -> None:
    (remark,) = check_history(Chain(FIRST, 7, LAST, contradicted=(TUESDAY,)), DAYS)
    assert "只有 7 条" in remark.sentence


def test_a_register_built_anew_is_a_note() -> None:
    _none, remark = check_history(Chain("d" * 64, 2, "e" * 64), DAYS)
    assert remark.what is Note.NEW_HISTORY
    assert remark.path.endswith("2026-11-17.txt")


def test_a_history_without_any_witness_is_a_note() -> None:
    (remark,) = check_history(Chain(FIRST, 9, LAST), {})
    assert remark.what is Note.NO_WITNESS
    assert list(check_history(Chain("", 0, ""), {})) == []


def worked(root: Path) -> Path:
    with make_office(root) as office, office.writing("run"):
        drop(office, NOTICE)
        assert [outcome.state for outcome in run_once(office, lambda *_counts: None)] == ["filed"]
    return root


def test_a_forged_row_a_forged_witness_and_an_old_register_are_found(tmp_path: Path) -> None:
    root = worked(tmp_path)
    database = root / ".gongwen" / "register.db"
    (witness,) = (root / "archive" / "登记校验").glob("*/*.txt")
    with make_office(root) as office:
        assert verified(office).is_sound
    shutil.copytree(root / ".gongwen", tmp_path / "before")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DROP TRIGGER event_is_kept")
        connection.execute("UPDATE event SET actor = 'nobody' WHERE action = 'filed'")
        connection.commit()
    with make_office(root) as office:
        assert [remark.what for remark in verified(office).damages] == [Damage.HISTORY]
    shutil.rmtree(root / ".gongwen")
    shutil.copytree(tmp_path / "before", root / ".gongwen")
    witness.write_text(witness.read_text().replace("events=", "events=9"))
    with make_office(root) as office:
        assert [remark.path for remark in verified(office).damages] == [str(witness.relative_to(root / "archive"))]
    witness.write_text("2026")
    with make_office(root) as office:
        assert [remark.what for remark in verified(office).damages] == [Damage.HISTORY]


def test_no_witness_is_written_into_a_bare_mount_point(tmp_path: Path) -> None:
    root = worked(tmp_path)
    (root / "archive").rename(tmp_path / "away")
    (root / "archive").mkdir()
    with make_office(root) as office, office.writing("verify"):
        assert office.register.next_act() == 1
    assert list((root / "archive").iterdir()) == []
