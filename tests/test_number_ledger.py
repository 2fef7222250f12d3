"""Whatever is done to numbers, in any order, killed anywhere, rebuilt at any time: the ledger is what it must be.

The model is a dict. Each rule says what it must change; afterwards the ledger of the real office (register, archive,
number book) must be the model with exactly that change, or, when the rule was killed, with that change or without it.
From that follows what the office cares for: no number twice, none reused, no gap of our making.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pipeline.books import Why
from pipeline.core.acts import ActLine
from pipeline.core.errors import AnswerIsNo
from pipeline.core.values import Batch, Number, Record, Row
from pipeline.filing import Archive, Staging
from pipeline.flow import file, number
from pipeline.intake.claim import claim
from pipeline.kinds import Catalogue
from pipeline.numberbook import OldSheet, enter_old_register, release, reserve, void
from pipeline.numbering import NumberRefused, OldRegister
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.register import Register
from pipeline.restoring import rebuild_register
from pipeline.supplied import shipped
from tests.offices import make_office, verified

SERIES = "铜王组发"
START = {2020: 50, 2021: 1}
WHY = Why("年终表彰", "王秘书")

KINDS = Catalogue.load([shipped("templates")])

Key = tuple[int, int]
"""Year and n."""
Held = tuple[str, str]
"""State, and the paper that has it."""

YEARS = st.sampled_from(sorted(START))
NEAR = st.integers(0, 6)
"""How far above the start of its year a number that is named lies; they are to meet."""

STEPS = [
    (Staging, "complete"),
    (Register, "enter"),
    (Register, "enter_act"),
    (Archive, "place_files"),
    (Register, "finish"),
    (Register, "finish_act"),
]
KILLS = st.none() | st.tuples(st.sampled_from(STEPS), st.sampled_from(["before", "after"]))
Kill = tuple[tuple[type, str], str] | None


class Killed(BaseException):
    """The process ends here."""


@contextmanager
def killed_at(kill: Kill) -> Iterator[None]:
    """The block, ended before or after one of its steps."""
    if kill is None:
        yield
        return
    (place, name), when = kill
    real = getattr(place, name)

    def step(*args: Any, **kwargs: Any) -> Any:
        if when == "after":
            real(*args, **kwargs)
        raise Killed

    with patch.object(place, name, step):
        yield


class NumberLedger(RuleBasedStateMachine):
    """An office, and what its ledger must say."""

    @initialize()
    def open_an_office(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.office = self._open()
        self.model: dict[Key, Held] = {}
        self.papers = 0

    def teardown(self) -> None:
        self.office.__exit__(None, None, None)
        shutil.rmtree(self.root)

    # ------------------------------------------------------------------ what is done

    @rule(year=YEARS, count=st.integers(1, 3), kill=KILLS)
    def papers_take_the_next_numbers(self, year: int, count: int, kill: Kill) -> None:
        records = [self._record(year) for _paper in range(count)]
        taken, change = set(self._taken(year)), {}
        for record in records:
            n = self._next(year, taken)
            taken.add(n)
            change[year, n] = ("allocated", record.identity[:16])
        self._do(lambda: self._issue(records), change, kill)

    @rule(year=YEARS, ahead=NEAR, kill=KILLS)
    def a_paper_brings_its_number(self, year: int, ahead: int, kill: Kill) -> None:
        n = START[year] + ahead
        record = self._record(year, self._text(year, n))
        allowed = self._state(year, n) in ("free", "reserved")
        change: Mapping[Key, Held] = {(year, n): ("allocated", record.identity[:16])}
        self._do(lambda: self._issue([record]), change if allowed else None, kill)

    @rule(year=YEARS, ahead=st.none() | NEAR, kill=KILLS)
    def somebody_reserves(self, year: int, ahead: int | None, kill: Kill) -> None:
        n = self._next(year, set(self._taken(year))) if ahead is None else START[year] + ahead
        change = {(year, n): ("reserved", "")} if self._state(year, n) == "free" else None
        named = None if ahead is None else n
        self._do(lambda: reserve(self.office, SERIES, year, named, WHY), change, kill)

    @rule(year=YEARS, ahead=NEAR, kill=KILLS)
    def somebody_voids(self, year: int, ahead: int, kill: Kill) -> None:
        n = START[year] + ahead
        change = {(year, n): ("void", "")} if self._state(year, n) in ("free", "reserved") else None
        self._do(lambda: void(self.office, self._text(year, n), year, WHY), change, kill)

    @rule(year=YEARS, ahead=NEAR, kill=KILLS)
    def somebody_releases(self, year: int, ahead: int, kill: Kill) -> None:
        n = START[year] + ahead
        change = {(year, n): ("free", "")} if self._state(year, n) == "reserved" else None
        self._do(lambda: release(self.office, self._text(year, n), year, WHY), change, kill)

    @rule(year=YEARS, numbers=st.sets(st.integers(-3, 4), min_size=1, max_size=3), kill=KILLS)
    def the_paper_register_is_entered(self, year: int, numbers: set[int], kill: Kill) -> None:
        """Only free ones: that the others are findings is tested where they are judged."""
        wanted = sorted(START[year] + n for n in numbers if START[year] + n > 0)
        free = [n for n in wanted if self._state(year, n) == "free"]
        if not free:
            return
        lines = tuple(ActLine(Number(SERIES, year, n, self._text(year, n)), f"旧文件{n}") for n in free)
        sheet = OldSheet("旧.csv", f"{year}{free}".encode(), OldRegister(lines, 0, ()))
        change = {(year, n): ("imported", "") for n in free}
        self._do(lambda: enter_old_register(self.office, sheet, "王秘书"), change, kill)

    @precondition(lambda self: self.model)
    @rule(register_is=st.sampled_from(["healthy", "lost", "damaged"]))
    def the_register_is_made_anew(self, register_is: str) -> None:
        pieces = self._pieces()
        if register_is != "healthy":
            self._close()
            for path in self.office.settings.private.glob("register.db*"):
                path.unlink()
        if register_is == "damaged":
            self.office.register_path.write_bytes(b"no database" * 1000)
        rebuild_register(self.office)
        assert self._pieces() == pieces

    # ------------------------------------------------------------------ what must hold

    @invariant()
    def the_ledger_is_what_it_must_be(self) -> None:
        if hasattr(self, "office"):
            assert self._ledger() == self.model

    @invariant()
    def archive_and_register_agree(self) -> None:
        if hasattr(self, "office"):
            report = verified(self.office)
            assert report.is_sound, [remark.sentence for remark in report.damages]

    # ------------------------------------------------------------------

    def _do(self, work: Callable[[], object], change: Mapping[Key, Held] | None, kill: Kill) -> None:
        """Do it, perhaps not to its end; ``change`` None says that it must be refused."""
        wanted = self._with(change or {})
        try:
            with killed_at(kill):
                work()
            assert change is not None, "it should have been refused"
            self.model = wanted
        except (AnswerIsNo, NumberRefused):
            assert change is None, "it should have been done"
        except Killed:
            self._close()
            self.office = self._open()
            recover(self.office)
            found = self._ledger()
            assert found in (self.model, wanted), "it was done by halves"
            self.model = found

    def _with(self, change: Mapping[Key, Held]) -> dict[Key, Held]:
        return {key: held for key, held in {**self.model, **change}.items() if held[0] != "free"}

    def _record(self, year: int, given: str = "") -> Record:
        self.papers += 1
        kind = KINDS.get("notice")
        day, identity = date(year, 4, 16), f"{self.papers:064x}"[::-1]
        values = {field.id: None for field in kind.head.fields}
        head = Row("通知", 2, {**values, "title": f"关于第{self.papers}件事的通知", "date": day}, {})
        return Record(kind, head, {}, self.office.settings.issuer, day, identity, given)

    def _issue(self, records: list[Record]) -> None:
        """Number, print and file, as ``flow.issue`` does with a batch."""
        origin = self.office.settings.inbox / f"{self.papers}.xlsx"
        openpyxl.Workbook().save(origin)
        batch = Batch(claim(origin, self.office.spool, now=self.office.now()), records[0].kind, tuple(records))
        try:
            numbered = number(batch, self.office)
            printed = list(self.office.workers.print_papers(numbered))
            file(batch, tuple(printed), self.office)  # type: ignore[arg-type]
        finally:
            origin.unlink(missing_ok=True)

    def _open(self) -> Office:
        office = make_office(self.root)
        vars(office)["kinds"] = KINDS  # read once for all offices
        return office

    def _close(self) -> None:
        self.office.register.close()
        vars(self.office).pop("register")

    def _ledger(self) -> dict[Key, Held]:
        lines = self.office.register.ledger(SERIES)
        papers = {paper.paper for paper in self.office.register.papers()}
        assert {line.paper for line in lines if line.state == "allocated"} == papers
        return {(line.year, line.n): (line.state, line.paper) for line in lines}

    def _pieces(self) -> list[int]:
        return [self.office.register.last_piece(f"D001-WS·{year}-D30-ZZB") for year in START]

    def _taken(self, year: int) -> Iterator[int]:
        return (n for when, n in self.model if when == year)

    def _next(self, year: int, taken: set[int]) -> int:
        return next(n for n in range(START[year], START[year] + 1000) if n not in taken)

    def _state(self, year: int, n: int) -> str:
        return self.model.get((year, n), ("free", ""))[0]

    @staticmethod
    def _text(year: int, n: int) -> str:
        return f"{SERIES}〔{year}〕{n}号"


NumberLedger.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
TestNumberLedger = NumberLedger.TestCase
