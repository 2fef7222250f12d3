"""The register made anew from the archive."""

from __future__ import annotations

import dataclasses
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.core.acts import Action
from pipeline.core.errors import ArchiveDamaged, OfficeBusy
from pipeline.core.findings import Code, Finding
from pipeline.core.values import FiledPaper, IndexQuery, Submission
from pipeline.register import Register
from pipeline.register import rebuild as rebuilding
from tests.register.office import NOON, act, later, paper, submission

PAPERS = [
    paper(1, text="第一批", people=("张三",)),
    paper(2, text="第一批"),
    paper(3, number="", text="登记表"),
]
FINISHED = submission(PAPERS, state="finished")


def filled(path: Path) -> None:
    """A register with everything in the archive, and a workbook that went back."""
    with Register.open(path) as register:
        register.enter(submission(PAPERS), PAPERS)
        register.finish("s1", later(1))
        register.note_returned(submission(identifier="r1", state="returned"), (Finding(Code.REQUIRED),))


def contents(path: Path) -> tuple[object, ...]:
    """What the register tells about its papers."""
    with Register.open(path) as register:
        found = register.search(IndexQuery(words=("第一批",)))
        return (
            list(register.papers()),
            register.submission("s1"),
            [(one.n, one.paper, one.by) for one in register.ledger()],
            [hit.paper.paper for hit in found],
            register.last_piece("D001-WS·2020-D10-ZZB"),
        )


def others(path: Path) -> list[str]:
    """The names beside the register, its own logs left out."""
    own = {path.name, f"{path.name}-wal", f"{path.name}-shm"}
    return sorted(one.name for one in path.parent.iterdir() if one.name not in own)


def test_a_lost_register_comes_back_from_the_archive(path):
    filled(path)
    before = contents(path)
    for one in path.parent.iterdir():
        one.unlink()
    Register.rebuild(path, iter(PAPERS), iter([FINISHED]), at=later(9))
    assert contents(path) == before
    assert others(path) == []
    with Register.open(path) as register:
        assert [one.action for one in register.events(PAPERS[0].paper)] == ["entered", "filed", "reindexed"]


def test_a_healthy_register_keeps_its_history_and_its_predecessor(path):
    filled(path)
    before = contents(path)
    Register.rebuild(path, PAPERS, [FINISHED], at=later(9))
    assert contents(path) == before
    with Register.open(path) as register:
        assert [one.action for one in register.events(PAPERS[0].paper)] == ["entered", "filed", "reindexed"]
        returned = register.submission("r1")
        assert returned is not None and returned.findings == 1
    (old,) = others(path)
    assert old.startswith("register-20200416-")
    assert contents(path.with_name(old)) == before


def test_what_the_register_had_wrong_is_put_right(path):
    filled(path)
    mended = [dataclasses.replace(PAPERS[0], title="改正后的题名"), *PAPERS[1:]]
    Register.rebuild(path, mended, [FINISHED], at=later(9))
    with Register.open(path) as register:
        assert [hit.paper.title for hit in register.search(IndexQuery(words=("改正",)))] == ["改正后的题名"]


def test_the_number_of_a_lost_paper_stays_taken(path):
    filled(path)
    kept = submission(PAPERS[:1], state="finished")
    Register.rebuild(path, PAPERS[:1], [kept], at=later(9))
    with Register.open(path) as register:
        assert register.taken("铜王组发", 2020) == {1, 2}
        lost = register.ledger()[1]
        assert (lost.n, lost.state, lost.paper) == (2, "allocated", "")
        assert "没有这份文件" in lost.reason


def test_the_piece_of_a_lost_paper_is_never_given_again(path):
    """件号 count up; the highest one of a class must be remembered when its paper is gone."""
    filled(path)
    kept = submission(PAPERS[:1], state="finished")
    for minute in (9, 10):  # and remembered for good
        Register.rebuild(path, PAPERS[:1], [kept], at=later(minute))
        with Register.open(path) as register:
            assert register.last_piece("D001-WS·2020-D10-ZZB") == 3
    Register.rebuild(path, PAPERS, [FINISHED], at=later(11))
    with Register.open(path) as register:
        assert register.last_piece("D001-WS·2020-D10-ZZB") == 3
        assert len(list(register.papers())) == 3


RESERVE_9 = act(1, Action.RESERVE, 9)
ACTS = [RESERVE_9, act(2, Action.RESERVE, 8), act(3, Action.RELEASE, 8), act(4, Action.VOID, 7, reason="打错")]


def numbers(path: Path) -> dict[int, str]:
    with Register.open(path) as register:
        return {one.n: one.state for one in register.ledger()}


def test_acts_come_back_from_the_archive_alone(path):
    Register.rebuild(path, PAPERS, [FINISHED], iter(ACTS), at=later(9))
    assert numbers(path) == {1: "allocated", 2: "allocated", 7: "void", 9: "reserved"}
    with Register.open(path) as register:
        assert list(register.acts()) == ACTS
        assert register.unfinished_acts() == ()
        assert register.next_act() == 5
        register.enter_act(act(5, Action.RELEASE, 9))


def test_a_paper_has_the_number_that_was_reserved_for_it(path):
    Register.rebuild(path, PAPERS, [FINISHED], [act(1, Action.RESERVE, 2)], at=later(9))
    with Register.open(path) as register:
        [_first, second] = register.ledger()
        assert (second.state, second.paper) == ("allocated", PAPERS[1].paper)


def test_a_void_number_on_a_paper_is_a_contradiction(path):
    with pytest.raises(ArchiveDamaged):
        Register.rebuild(path, PAPERS, [FINISHED], [act(1, Action.VOID, 2)], at=later(9))
    assert not path.exists()


def test_an_act_whose_file_is_lost_is_carried_over(path):
    Register.rebuild(path, PAPERS, [FINISHED], ACTS, at=later(9))
    Register.rebuild(path, PAPERS, [FINISHED], [RESERVE_9], at=later(10))
    assert numbers(path) == {1: "allocated", 2: "allocated", 7: "void", 9: "reserved"}
    with Register.open(path) as register:
        assert list(register.acts()) == ACTS


def test_a_reserved_number_whose_paper_is_lost_is_not_free_to_be_released(path):
    acts = [act(1, Action.RESERVE, 2)]
    Register.rebuild(path, PAPERS, [FINISHED], acts, at=later(9))
    Register.rebuild(path, PAPERS[:1], [submission(PAPERS[:1], state="finished")], acts, at=later(10))
    with Register.open(path) as register:
        lost = register.ledger()[1]
        assert (lost.n, lost.state, lost.paper, lost.title) == (2, "allocated", "", PAPERS[1].title)
        with pytest.raises(OfficeBusy):
            register.enter_act(act(2, Action.RELEASE, 2))


def test_an_older_register_does_not_bring_a_released_number_back(path):
    Register.rebuild(path, PAPERS, [FINISHED], ACTS[:2], at=later(9))
    Register.rebuild(path, PAPERS, [FINISHED], ACTS, at=later(10))
    assert numbers(path) == {1: "allocated", 2: "allocated", 7: "void", 9: "reserved"}


def test_an_act_on_its_way_into_the_archive_is_not_thrown_away(path):
    with Register.open(path) as register:
        register.enter_act(RESERVE_9)
    with pytest.raises(OfficeBusy, match="1 份"):
        Register.rebuild(path, [], [], at=later(9))


def test_reserved_and_void_numbers_are_carried_over(path):
    filled(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO number (series, year, n, text, names_issuer, state, actor, at, reason)"
            " VALUES ('铜王组发', 2020, 9, '铜王组发〔2020〕9号', 1, 'void', '王秘书', ?, '打印错误')",
            (NOON.isoformat(),),
        )
    Register.rebuild(path, PAPERS, [FINISHED], at=later(9))
    with Register.open(path) as register:
        assert register.taken("铜王组发", 2020) == {1, 2, 9}
        void = register.ledger("铜王组发", 2020)[-1]
        assert (void.state, void.by, void.reason) == ("void", "王秘书", "打印错误")


@pytest.mark.parametrize("damage", ["header", "middle", "empty log"])
def test_a_damaged_register_is_kept_beside_and_replaced(path, damage):
    filled(path)
    before = contents(path)
    content = bytearray(path.read_bytes())
    if damage == "header":
        content[:16] = b"\0" * 16
    elif damage == "middle":
        content[4096:] = b"\xff" * (len(content) - 4096)
    else:
        content = bytearray(b"not a database" * 1000)
        path.with_name(f"{path.name}-wal").write_bytes(b"left behind")
    path.write_bytes(bytes(content))
    Register.rebuild(path, PAPERS, [FINISHED], at=later(9))
    assert contents(path) == before
    aside = others(path)
    assert aside[0].startswith("register-20200416-")
    assert path.with_name(aside[0]).read_bytes() == bytes(content)


def test_a_log_left_by_a_lost_register_is_not_replayed_into_the_new_one(path):
    with Register.open(path):  # held open, so that the log is not folded in
        filled(path)
        log = path.with_name(f"{path.name}-wal")
        assert log.stat().st_size > 0
        kept = log.read_bytes()
    path.unlink()
    log.write_bytes(kept)
    Register.rebuild(path, PAPERS[:1], [submission(PAPERS[:1], state="finished")], at=later(9))
    with Register.open(path) as register:
        assert list(register.papers()) == PAPERS[:1]


def test_contradicting_papers_are_refused_and_the_old_register_stays(path):
    filled(path)
    before = contents(path)
    twin = dataclasses.replace(paper(2, title="另一份", piece=4), submission="s1")
    for papers in ([*PAPERS, twin], [*PAPERS, paper(9, submission="unknown")]):
        with pytest.raises(ArchiveDamaged) as caught:
            Register.rebuild(path, papers, [FINISHED], at=later(9))
        assert "verify" in caught.value.remedy
    assert contents(path) == before
    assert others(path) == []


def test_unfinished_work_is_not_thrown_away(path):
    with Register.open(path) as register:
        register.enter(submission(PAPERS), PAPERS)
    before = contents(path)
    with pytest.raises(OfficeBusy, match="1 份") as caught:
        Register.rebuild(path, [], [], at=later(9))
    assert "gongwen run" in caught.value.remedy
    assert contents(path) == before


def test_a_reader_who_has_the_old_register_open_sees_the_new_one(path):
    filled(path)
    with Register.open(path) as reader:
        assert len(list(reader.papers())) == 3
        Register.rebuild(path, PAPERS[:2], [submission(PAPERS[:2], state="finished")], at=later(9))
        assert list(reader.papers()) == PAPERS[:2]


@pytest.mark.parametrize("step", ["_build", "copy_database", "_set_aside"])
@pytest.mark.parametrize("register_is", ["healthy", "damaged"])
def test_killed_on_the_way_nothing_is_lost_and_a_second_rebuild_succeeds(path, step, register_is):
    """After the kill: the register as it was, or the new one; never an empty one."""
    filled(path)
    before = contents(path)
    if register_is == "damaged":
        path.write_bytes(b"no database" * 1000)
    true = getattr(rebuilding, step)

    def then_die(*arguments):
        true(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        setattr(rebuilding, step, then_die)
        try:
            _rebuild(path, PAPERS, FINISHED)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    if register_is == "healthy":
        assert contents(path) == before
    else:
        assert path.read_bytes().startswith(b"no database") or contents(path) == before
    _rebuild(path, PAPERS, FINISHED)
    assert contents(path) == before


def _rebuild(path: Path, papers: list[FiledPaper], finished: Submission) -> None:
    Register.rebuild(path, papers, [finished], at=later(9))


def test_papers_of_one_day_keep_their_order(path):
    """Rows of three communities in one workbook: the archive does not know which row came first."""
    communities = [("TYS", "桃园社区"), ("HBS", "河滨社区"), ("KLS", "康乐社区")]
    mixed = [
        paper(n, number="", text="第一批", organisation=communities[n % 3], identity=f"mixed{n}", piece=n)
        for n in range(1, 7)
    ]
    with Register.open(path) as register:
        register.enter(submission(mixed), mixed)
        register.finish("s1", later(1))
    before = contents(path)[3]
    for one in path.parent.iterdir():
        one.unlink()
    Register.rebuild(path, reversed(mixed), [submission(mixed, state="finished")], at=later(9))
    assert contents(path)[3] == before
