"""Acts on numbers in the register: what they do to the ledger, and what they may never do."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from pipeline.core.acts import Action
from pipeline.core.errors import OfficeBusy
from pipeline.core.values import Number
from tests.register.office import APRIL, NOON, act, paper, submission

LAST = date(2020, 12, 31)


def number(n: int) -> Number:
    return Number("铜王组发", 2020, n, f"铜王组发〔2020〕{n}号")


def states(register) -> dict[int, str]:
    return {line.n: line.state for line in register.ledger("铜王组发", 2020)}


def test_an_act_comes_back_as_the_same_value_until_it_is_finished(register):
    reserve = act(1, Action.RESERVE, 50, until=LAST)
    register.enter_act(reserve)
    assert register.unfinished_acts() == register.acts() == (reserve,)
    register.finish_act(1)
    assert (register.unfinished_acts(), register.acts()) == ((), (reserve,))
    with pytest.raises(ValueError, match="not waiting"):
        register.finish_act(1)
    assert register.next_act() == 2


def test_each_act_does_its_own_to_the_ledger(register):
    register.enter_act(act(1, Action.RESERVE, 50, until=LAST))
    kept = register.entry(number(50))
    assert kept is not None
    assert (kept.state, kept.by, kept.reason, kept.until) == ("reserved", "王秘书", "年终表彰", LAST)
    register.enter_act(act(2, Action.IMPORT, 1, 2, title="关于甲的通知", reason="登记簿.xlsx"))
    register.enter_act(act(3, Action.VOID, 50, reason="打错"))
    register.enter_act(act(4, Action.VOID, 53, reason="跳号"))
    register.enter_act(act(5, Action.RESERVE, 54))
    register.enter_act(act(6, Action.RELEASE, 54))
    assert states(register) == {1: "imported", 2: "imported", 50: "void", 53: "void"}
    assert register.taken("铜王组发", 2020) == {1, 2, 50, 53}
    old, void = register.entry(number(2)), register.entry(number(50))
    assert old is not None and void is not None
    assert (old.title, old.dated, old.reason, old.paper) == ("关于甲的通知", APRIL, "", "")
    assert (void.reason, void.until) == ("打错", None)
    assert register.entry(number(54)) is None
    assert [one.n for one in register.named("铜王组发〔2020〕53号")] == [53]
    assert [one.n for one in register.named("铜王组发铜王组发〔2020〕53号")] == [53]


@pytest.mark.parametrize("state", ["allocated", "reserved", "void", "imported"])
@pytest.mark.parametrize("action", [Action.RESERVE, Action.VOID, Action.RELEASE, Action.IMPORT])
def test_what_is_taken_stays_with_whom_it_is(register, state, action):
    """Only a reserved number is voided or released; any other act on a taken number is refused and changes nothing."""
    if state == "allocated":
        register.enter(submission([paper(50)]), [paper(50)])
    else:
        first = {"reserved": Action.RESERVE, "void": Action.VOID, "imported": Action.IMPORT}[state]
        register.enter_act(act(1, first, 50))
    before = register.entry(number(50))
    second = act(2, action, 50, 51)
    if state == "reserved" and action is Action.VOID:
        register.enter_act(second)
        assert states(register) == {50: "void", 51: "void"}
        return
    with pytest.raises(OfficeBusy):
        register.enter_act(second)
    assert register.entry(number(50)) == before
    assert register.entry(number(51)) is None, "half of an act was done"
    assert 2 not in [one.seq for one in register.acts()]


def test_a_reserved_number_is_taken_only_by_a_paper_to_which_it_was_given(register):
    register.enter_act(act(1, Action.RESERVE, 50, until=LAST))
    one = paper(50)
    with pytest.raises(OfficeBusy, match="已被占用"):
        register.enter(submission([one]), [one])
    register.enter(submission([one]), [one], given={one.paper})
    taken = register.entry(number(50))
    assert taken is not None
    assert (taken.state, taken.paper, taken.by, taken.until, taken.reason) == (
        "allocated",
        one.paper,
        "四月.xlsx",
        None,
        "",
    )
    for action in (Action.RELEASE, Action.VOID):
        with pytest.raises(OfficeBusy):
            register.enter_act(act(2, action, 50))


@pytest.mark.parametrize("state", [Action.VOID, Action.IMPORT])
def test_no_paper_takes_a_void_number_or_one_of_the_paper_register(register, state):
    register.enter_act(act(1, state, 50))
    one = paper(50)
    with pytest.raises(OfficeBusy, match="已被占用"):
        register.enter(submission([one]), [one], given={one.paper})
    assert list(register.papers()) == []


def test_history_is_appended_for_each_act(register, path):
    register.enter_act(act(1, Action.RESERVE, 50, until=LAST))
    register.enter_act(act(2, Action.RELEASE, 50, reason="不用了"))
    with closing(sqlite3.connect(path)) as connection:
        lines = connection.execute("SELECT action, actor, paper, details FROM event ORDER BY seq").fetchall()
    assert [line[:3] for line in lines] == [("reserved", "王秘书", ""), ("released", "王秘书", "")]
    assert json.loads(lines[0][3]) == {
        "act": 1,
        "numbers": ["铜王组发〔2020〕50号"],
        "reason": "年终表彰",
        "until": "2020-12-31",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM number WHERE n = 51",
        "DELETE FROM number WHERE n = 52",
        "UPDATE number SET state = 'reserved' WHERE n = 51",
        "UPDATE number SET state = 'allocated' WHERE n = 51",
        "UPDATE number SET n = 60 WHERE n = 50",
        "UPDATE number SET state = 'imported' WHERE n = 50",
        "DELETE FROM act",
        "UPDATE act SET reason = 'x'",
        "DELETE FROM act_line",
        "UPDATE act_line SET n = 60",
    ],
)
def test_the_file_itself_refuses_to_forget_an_act(register, path, statement):
    register.enter_act(act(1, Action.RESERVE, 50))
    register.enter_act(act(2, Action.VOID, 51))
    register.enter_act(act(3, Action.IMPORT, 52))
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_two_that_number_their_act_alike_do_not_both_do_it(register):
    register.enter_act(act(1, Action.RESERVE, 50))
    with pytest.raises(OfficeBusy, match="第 1 条"):
        register.enter_act(act(1, Action.RESERVE, 51))
    assert len(register.acts()) == 1


def test_only_numbers_of_papers_are_numbers_given_today(register):
    register.enter_act(act(1, Action.IMPORT, 1, 2, 3))
    register.enter(submission([paper(50)]), [paper(50)])
    assert register.numbers_of(NOON.date()) == (Number("铜王组发", 2020, 50, "铜王组发〔2020〕50号"),)


def test_a_large_paper_register_is_one_act(register):
    register.enter_act(act(1, Action.IMPORT, *range(1, 3001), title="旧文件"))
    assert register.taken("铜王组发", 2020) == frozenset(range(1, 3001))
    assert len(register.acts()[0].lines) == 3000
