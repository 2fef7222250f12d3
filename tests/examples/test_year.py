"""The year of one street is as large as it says, is taken in whole, and lacks exactly what was planted."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from pipeline.completeness import checklist_of
from pipeline.core.findings import Severity
from pipeline.core.values import Organisation
from pipeline.office import Office
from pipeline.retrieval.counted import Measure
from pipeline.rounds import run_once
from pipeline.yearly import yearly_of
from tests.examples.test_workbooks import parts
from tests.offices import make_office
from tools.make_examples.__main__ import ROOT
from tools.make_examples.books import saved
from tools.make_examples.year import YEAR, facts, planted

EXPECTED = tomllib.loads((ROOT / "examples" / "expected.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office in which the year was filed, printed by calm presses."""
    office = make_office(tmp_path_factory.mktemp("year"))
    for name in YEAR:
        shutil.copyfile(ROOT / "examples" / "year" / name, office.settings.inbox / name)
    with office:
        outcomes = list(run_once(office, lambda *_counts: None))
        assert [outcome.name for outcome in outcomes if outcome.state != "filed"] == []
        assert sum(len(outcome.papers) for outcome in outcomes) == 145
        told = [finding for outcome in outcomes for finding in outcome.findings]
        assert [(finding.heading, finding.found, finding.severity) for finding in told] == [
            ("成文日期", "2021年6月21日", Severity.WARNING)
        ], "the late notice"
    return Office.open(office.settings.root)


def street(office: Office) -> Organisation:
    return next(one for one in office.settings.organisations if one.code == "TYJ")


@pytest.mark.parametrize("name", YEAR)
def test_the_committed_file_is_what_the_generator_makes(name: str) -> None:
    assert parts((ROOT / "examples" / "year" / name).read_bytes()) == parts(saved(YEAR[name]()))


def test_nothing_else_lies_in_the_folder() -> None:
    assert {path.name for path in Path(ROOT / "examples" / "year").iterdir()} == set(YEAR)


def test_the_street_is_as_large_as_it_says() -> None:
    content = facts.content()
    sizes = {name: len(content[name]) for name in ("community", "unit", "joint_meeting", "committee_meeting")}
    assert sizes == {"community": 3, "unit": 15, "joint_meeting": 4, "committee_meeting": 12}
    assert len({member.name for member in facts.members()}) == 30


def test_the_checklist_finds_exactly_what_was_planted(filed: Office) -> None:
    with filed:
        found = checklist_of(filed, street(filed), 2021)
    gaps = [(gap.subject, gap.paper, gap.state.value) for gap in found.gaps]
    assert gaps == [(gap.subject, gap.paper, gap.state) for gap in planted.PLANTED]
    assert gaps == [(gap["subject"], gap["paper"], gap["state"]) for gap in EXPECTED["gap"]]


def test_the_report_counts_what_was_done(filed: Office) -> None:
    with filed:
        yearly = yearly_of(filed, street(filed), 2021, date(2022, 1, 10))
    assert {measure.value: yearly.total(measure) for measure in Measure} == planted.FIGURES == EXPECTED["figures"]
    meetings, content = 4, facts.content()
    away = sum(name != planted.NO_CERTIFICATE for one in content["joint_meeting"] for name in one["absent"])
    assert planted.FIGURES["attended"] == planted.FIGURES["appointed"] * meetings - away
    assert planted.FIGURES["held"] == sum(len(group["at"]) for group in content["activity"])
    assert planted.FIGURES["solved"] == sum(len(row) == 7 for group in content["issue"] for row in group["rows"])
