"""The chain of events: it holds, and whatever is done to a row with a database editor shows."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pipeline.core.history import Witness
from pipeline.register import Register
from pipeline.register.chain import NOTHING, link
from tests.register.office import NOON, paper, submission
from tests.register.old_steps import register_of_step

DAY = date(2020, 4, 16)


@pytest.fixture
def register(path: Path):
    with Register.open(path) as made:
        for n in range(1, 4):
            one = paper(n, submission=f"s{n}")
            made.enter(submission([one], identifier=f"s{n}"), [one])
            made.finish(f"s{n}", NOON)
        yield made


def edit(path: Path, *statements: str) -> None:
    """What somebody with an editor does: the triggers are dropped first."""
    with closing(sqlite3.connect(path)) as connection:
        for trigger in ("event_is_kept", "event_stays"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_the_chain_holds_and_ends_where_the_witness_says(register: Register) -> None:
    chain = register.history()
    assert (chain.events, chain.broken, chain.contradicted) == (6, (), ())
    assert register.witness(DAY) == Witness(DAY, 6, chain.link, chain.first)
    assert NOTHING not in (chain.link, chain.first)


def test_a_register_without_history_has_no_witness(path: Path) -> None:
    with Register.open(path) as empty:
        assert empty.witness(DAY) is None
        assert empty.history().events == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'nobody' WHERE seq = 3",
        "UPDATE event SET at = '2019-01-01T00:00:00+08:00' WHERE seq = 3",
        """UPDATE event SET details = '{"number": "铜王组发〔2020〕99号"}' WHERE seq = 3""",
        "UPDATE event SET details = 'no JSON' WHERE seq = 3",
        "UPDATE event SET details = x'ff' WHERE seq = 3",
        "UPDATE event SET at = 'yesterday' WHERE seq = 3",
        "UPDATE event SET actor = x'ff' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 3",
        "DELETE FROM event WHERE seq = 1",
        "INSERT INTO event (at, paper, action, actor, details, link)"
        " VALUES ('2020-04-16T12:00:00+08:00', 'x', 'filed', 'x', '{}', 'x')",
    ],
)
def test_whatever_is_done_to_an_event_shows(register: Register, path: Path, statement: str) -> None:
    edit(path, statement)
    assert register.history().broken


def test_the_last_events_cut_off_show_by_the_witness_of_the_day(register: Register, path: Path) -> None:
    day = register.witness(DAY)
    assert day is not None
    edit(path, "DELETE FROM event WHERE seq > 4")
    chain = register.history([day])
    assert chain.broken == ()
    assert chain.contradicted == (day,)


def test_a_chain_computed_anew_contradicts_the_witness_of_the_day(register: Register, path: Path) -> None:
    day = register.witness(DAY)
    assert day is not None
    lines = register.history()
    edit(path, "UPDATE event SET actor = 'nobody' WHERE seq = 5", *_new_links(path))
    chain = register.history([day])
    assert lines.link != chain.link
    assert chain.broken == ()
    assert chain.contradicted == (day,)


def _new_links(path: Path) -> list[str]:
    """The links from event 5 on as a forger would compute them."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute("SELECT * FROM event ORDER BY seq")]
    last, statements = rows[3]["link"], []
    for row in rows[4:]:
        forged = {**row, "details": json.loads(row["details"]), "actor": "nobody" if row["seq"] == 5 else row["actor"]}
        last = link(last, forged)
        statements.append(f"UPDATE event SET link = '{last}' WHERE seq = {row['seq']}")
    return statements


def test_a_witness_of_another_chain_is_no_contradiction(register: Register) -> None:
    other = Witness(DAY, 3, "a" * 64, "b" * 64)
    assert register.history([other]).contradicted == ()


def test_events_of_a_register_of_the_third_step_are_linked(path: Path) -> None:
    with register_of_step(path, "0003") as connection:
        connection.exec_driver_sql(
            "INSERT INTO event (at, paper, action, actor, details)"
            """ VALUES ('2020-04-16T12:00:00+08:00', 'p', 'entered', 's', '{"number": "一"}')"""
        )
    with Register.open(path) as register:
        assert register.history().broken == ()
        assert register.history().events == 1
