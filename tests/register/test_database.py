"""The file: made, brought up to date, opened fast, refused when it is not ours."""

from __future__ import annotations

import dataclasses
import errno
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert

from pipeline.core.errors import ArchiveDamaged, ConfigurationError, OfficeBusy
from pipeline.register import Register, database, entering, rows, tables
from pipeline.register.database import CURRENT, open_database, reading, writing
from pipeline.register.tables import metadata
from tests.register.office import NOON, paper, submission
from tests.register.old_steps import migrations, register_of_step


def test_an_empty_file_becomes_a_register(path):
    path.parent.mkdir()
    path.touch()
    with Register.open(path) as register:
        assert list(register.papers()) == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(CURRENT,)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_step_named_current_is_the_last_one():
    assert ScriptDirectory.from_config(migrations()).get_current_head() == CURRENT


def test_the_steps_lead_to_the_tables_of_the_code(path):
    engine = open_database(path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _not_of_the_index})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_register_of_the_first_step_keeps_its_numbers(path):
    """The ledger is copied into a new table by the second step, with its rows, keys and refusals."""
    with register_of_step(path, "0001"):
        pass
    one = paper(50)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO submission VALUES ('s1', 'a.xlsx', 'x', 'notice', 'finished', ?, NULL, 0)", (NOON.isoformat(),)
        )
        connection.execute(
            "INSERT INTO number (series, year, n, text, names_issuer, state, submission, actor, at, reason)"
            " VALUES ('铜王组发', 2020, 50, '铜王组发〔2020〕50号', 1, 'void', 's1', '王秘书', ?, '打错')",
            (NOON.isoformat(),),
        )
    with Register.open(path) as register:
        (kept,) = register.ledger()
        assert (kept.n, kept.state, kept.by, kept.reason, kept.at) == (50, "void", "a.xlsx", "打错", NOON)
        with pytest.raises(OfficeBusy):
            register.enter(submission([one], identifier="s2"), [dataclasses.replace(one, submission="s2")])
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM number")


def _not_of_the_index(_thing, name, kind, _reflected, _other):
    return not (kind == "table" and name.startswith("paper_text"))


def test_every_connection_is_durable_and_holds_to_its_references(path):
    engine = open_database(path)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == database.BUSY_SECONDS * 1000
    engine.dispose()


def test_a_current_register_opens_without_alembic(path):
    Register.open(path).close()
    script = (
        "import sys; from pathlib import Path; from pipeline.register import Register;"
        f"Register.open(Path({str(path)!r})).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_what_was_entered_is_there_after_opening_again(path):
    papers = [paper(50)]
    with Register.open(path) as register:
        register.enter(submission(papers), papers)
    with Register.open(path) as register:
        assert list(register.papers()) == papers


def test_a_register_of_a_later_version_is_left_alone(path):
    Register.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ConfigurationError, match="更新版本") as caught:
        Register.open(path)
    assert caught.value.where == str(path)


@pytest.mark.parametrize("content", [b"not a database, but long enough to look at" * 100, b"PK\x03\x04" * 2000])
def test_what_is_no_database_is_said_to_be_damaged_and_not_touched(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(ArchiveDamaged, match="已损坏") as caught:
        Register.open(path)
    assert "reindex" in caught.value.remedy
    assert path.read_bytes() == content


def test_a_writer_who_waits_too_long_says_so(path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    papers = [paper(1)]
    with Register.open(path) as register, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OfficeBusy):
            register.enter(submission(papers), papers)
        assert list(register.papers()) == [], "reading goes on while somebody writes"
        other.execute("ROLLBACK")
        register.enter(submission(papers), papers)
        assert list(register.papers()) == papers


def test_a_folder_with_odd_characters_is_no_obstacle(tmp_path):
    place = tmp_path / "办公室 100% #1?x" / "register.db"
    with Register.open(place) as register:
        assert register.series() == ()
    assert place.exists()


def test_a_full_disk_is_an_error_of_the_disk_and_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    engine = open_database(path)
    with pytest.raises(OSError, match="full") as caught, writing(engine) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.exec_driver_sql("CREATE TABLE much (words TEXT)")
        connection.exec_driver_sql("INSERT INTO much VALUES (hex(zeroblob(1000000)))")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(path))
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'much'").scalar() is None
    engine.dispose()


def test_a_register_of_the_step_before_takes_papers_that_wait_for_their_pieces(path):
    """Its unique indexes allowed one paper without 档号; the tenth step keeps what is in it and lets in many."""
    with register_of_step(path, "0009") as connection:
        kept = paper(1)
        connection.execute(insert(tables.submission), rows.submission_row(submission([kept], state="finished")))
        entering.add_papers(connection, [(0, kept)], frozenset())
    waiting = [dataclasses.replace(paper(n, piece=0, submission="s2"), archival_code="") for n in (2, 3)]
    with Register.open(path) as register:
        register.enter(submission(waiting, identifier="s2"), waiting)
        assert list(register.papers()) == [kept, *waiting]
        again = dataclasses.replace(paper(4, piece=1), submission="s3")
        with pytest.raises(OfficeBusy):
            register.enter(submission([again], identifier="s3"), [again])
