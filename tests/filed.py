"""An office whose papers are filed: a notice and six forms, to be copied, worked on, cut off and healed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.catalogues import keep_lists
from pipeline.core.values import FiledPaper
from pipeline.kinds import Catalogue
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.rounds import run_once
from pipeline.supplied import shipped
from tests.cutting import KILLED
from tests.faults.test_every_step import run_until
from tests.offices import FORMS, NOTICE, drop, make_office, verified

KINDS = Catalogue.load([shipped("templates")])
"""Read once: every office of these tests has the same."""
FIFTY = "铜王组发〔2020〕50号"
"""The number of the notice."""


def opened(root: Path, coding: str = "") -> Office:
    """The office in ``root``, made when it is not there yet; ``coding`` as ``[archive] coding`` has it."""
    office = make_office(root, coding=coding)
    vars(office)["kinds"] = KINDS
    return office


def filled(root: Path, coding: str = "") -> Path:
    """Such an office in ``root`` after its first run: a notice and six forms are filed."""
    with opened(root, coding) as office:
        for name in (NOTICE, FORMS):
            drop(office, name)
        list(run_once(office, lambda *_counts: None))
    return root


def notice(office: Office) -> FiledPaper:
    """The notice, the one paper with a number."""
    return next(paper for paper in office.register.papers() if paper.number == FIFTY)


def forms(office: Office) -> list[FiledPaper]:
    """The six forms."""
    return [paper for paper in office.register.papers() if not paper.number]


@contextmanager
def healed(root: Path, steps: int, do: Callable[[Office], object], coding: str = "") -> Iterator[tuple[Office, bool]]:
    """The office in ``root`` after ``do`` was cut off before step ``steps`` + 1 and the next writer healed it, and
    whether it was cut off at all. Archive and register agree, and nothing half made lies about. Gone after the block.
    """

    def with_the_kinds(office: Office) -> None:
        vars(office)["kinds"] = KINDS
        do(office)

    code = run_until(root, steps, with_the_kinds)
    assert code in (0, KILLED), code
    with opened(root, coding) as office:
        recover(office)
        keep_lists(office)  # as the end of a turn does
        report = verified(office)
        assert report.is_sound, [remark.sentence for remark in report.damages]
        assert not list(root.rglob(".gongwen-*.tmp"))
        assert not list((office.settings.private / "staging").glob("*"))
        yield office, code == KILLED
    shutil.rmtree(root)
