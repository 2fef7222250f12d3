"""An office that gives 档号 at the yearly arrangement, with the papers of two workbooks that wait for theirs."""

from __future__ import annotations

from pathlib import Path

from pipeline.kinds import Catalogue
from pipeline.office import Office
from pipeline.rounds import run_once
from pipeline.supplied import shipped
from tests.offices import FORMS, NOTICE, drop, make_office

KINDS = Catalogue.load([shipped("templates")])
"""Read once: every office of these tests has the same."""


def opened(root: Path) -> Office:
    """The office in ``root``, made when it is not there yet."""
    office = make_office(root, coding="arrangement")
    vars(office)["kinds"] = KINDS
    return office


def filed_without_codes(root: Path) -> Path:
    """Such an office in ``root`` after its first run: a notice and six forms are filed."""
    with opened(root) as office:
        for name in (NOTICE, FORMS):
            drop(office, name)
        list(run_once(office, lambda *_counts: None))
    return root
