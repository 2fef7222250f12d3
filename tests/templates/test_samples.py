"""Every kind's sample goes the whole way: read, judged, numbered, merged, printed, measured, filed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.conformance import Verdict, audit, measure
from pipeline.core.errors import GongwenError
from pipeline.core.findings import Code
from pipeline.core.kind import FieldType, Kind
from pipeline.core.values import FiledPaper, NumberedRecord, RenderedDocument
from pipeline.kinds import Catalogue, disagreements
from pipeline.merge.placeholders import placeholders
from pipeline.office import Office
from pipeline.rendering import FontBook, Metadata, render
from pipeline.rounds import run_once
from pipeline.sheets import Limits, blank_workbook, interpret, marks_of_secrecy, read_workbook
from tests.merge.papers import COMMUNITY, merger, paper_of
from tests.offices import CalmWorkers, make_office
from tests.templates.samples import judged

TEMPLATES = Path(__file__).parents[2] / "templates"
NEW_OFFICE = ("登记簿里没有他这一天在任的聘书", "归档的批复里没有这个号")
"""What is doubtful only because nothing, or another sample's reply alone, was filed before the sample."""
CATALOGUE = Catalogue.load([TEMPLATES])
KINDS = CATALOGUE.kinds
MEASURED = [kind.id for kind in KINDS if kind.format in ("red-header", "letter", "minutes")]


class OwnPress(CalmWorkers):
    """Prints papers in this process, as strictly as for filing; lists of the archive stay blank."""

    def __init__(self, office: Office) -> None:
        self._press = office.press()

    def print_papers(self, papers: Sequence[NumberedRecord]) -> Iterator[RenderedDocument | GongwenError]:
        if all(paper.archival_code.text for paper in papers):
            yield from map(self._press.print, papers)
        else:
            yield from super().print_papers(papers)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The example office, which files each sample once for all tests here."""
    with make_office(tmp_path_factory.mktemp("office")) as made:
        vars(made)["workers"] = OwnPress(made)
        yield made


@pytest.fixture(scope="module")
def filed(office: Office) -> dict[str, tuple[FiledPaper, ...]]:
    """The papers of each sample, by kind, made when first asked for."""
    return {}


def papers_of(kind: str, office: Office, filed: dict[str, tuple[FiledPaper, ...]]) -> tuple[FiledPaper, ...]:
    if kind not in filed:
        shutil.copyfile(TEMPLATES / kind / "sample.xlsx", office.settings.inbox / f"{kind}.xlsx")
        [outcome] = run_once(office, lambda *_counts: None)
        assert outcome.state == "filed"
        assert [one.sentence() for one in outcome.findings if not one.hint.startswith(NEW_OFFICE)] == []
        filed[kind] = outcome.papers
    return filed[kind]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_template_and_fields_agree(kind: Kind) -> None:
    assert disagreements(kind, placeholders(kind.template)) == ()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_sample_becomes_a_filed_paper(kind: Kind, office: Office, filed: dict[str, tuple[FiledPaper, ...]]) -> None:
    papers = papers_of(kind.id, office, filed)
    assert papers
    for paper in papers:
        assert (office.settings.archive / paper.files["pdf"].path).is_file()
        assert bool(paper.number) == (kind.numbering is not None)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_blank_workbook_has_every_heading_and_is_empty(kind: Kind, office: Office, tmp_path: Path) -> None:
    path = tmp_path / f"{kind.name}.xlsx"
    path.write_bytes(blank_workbook(kind, office.settings.organisations))
    workbook = read_workbook(path, Limits())
    written = {value for sheet in workbook.sheets for line in sheet.grid for value in line if isinstance(value, str)}
    assert {field.heading for table in kind.tables for field in table.fields} <= written
    draft, findings = interpret(workbook, KINDS, path.name)
    assert draft is None or not any(draft.rows.values())
    assert [each.code for each in findings] == [Code.EMPTY]
    assert marks_of_secrecy(workbook, path.name) == ()


@pytest.mark.parametrize("kind", MEASURED)
def test_an_official_paper_keeps_every_clause(
    kind: str, office: Office, filed: dict[str, tuple[FiledPaper, ...]]
) -> None:
    for paper in papers_of(kind, office, filed):
        clauses = audit(measure(office.settings.archive / paper.files["pdf"].path), CATALOGUE.get(kind).format)
        failed = [f"{each.id} {each.title}：{each.found}" for each in clauses if each.verdict is Verdict.FAIL]
        assert failed == [], paper.title


def test_nothing_private_is_printed(office: Office, filed: dict[str, tuple[FiledPaper, ...]]) -> None:
    """An identity number is checked and kept in the record; it stands on no paper."""
    checked = 0
    for kind in KINDS:
        secret = {field.id for table in kind.tables for field in table.fields if field.id in ("id_card", "phone")}
        printed = {field.id for table in kind.tables for field in table.fields if field.printed}
        assert not secret & printed, kind.id
        checked += bool(secret)
    assert checked >= 3
    for paper in papers_of("reply", office, filed):
        assert "61020219780315998X" not in paper.text


def test_the_longest_certificate_takes_one_sheet() -> None:
    kind = CATALOGUE.get("appointment")
    longest = {field.id: "国" * (field.max_length or 4) for field in kind.head.fields if field.printed}
    days = {field.id: date(2020, 12, 28) for field in kind.head.fields if field.type is FieldType.DATE}
    certificate = merger().merge(paper_of(kind, {**longest, **days, "organisation": COMMUNITY.name}, number="号" * 20))
    printed = render(certificate.docx, book=FontBook.open(), metadata=Metadata(title="聘书"))
    assert printed.report.pages == 1
    assert [box.name for box in printed.report.boxes] == ["seal:issuer"]


def test_one_day_s_letters_of_one_title_to_several_units_are_several_papers(tmp_path: Path) -> None:
    workbook = load_workbook(TEMPLATES / "letter" / "sample.xlsx")
    sheet = workbook["函"]
    row = [cell.value for cell in sheet[sheet.max_row]]
    place, day = (
        next(cell.column for cell in sheet[1] if str(cell.value).startswith(heading))
        for heading in ("主送机关", "成文日期")
    )
    for unit in ("王益区第一中学党支部", "王益区供电分公司党支部"):
        sheet.append([unit if column == place else value for column, value in enumerate(row, start=1)])
        sheet.cell(sheet.max_row, day).number_format = "yyyy-mm-dd"
    workbook.save(tmp_path / "a.xlsx")
    batch, findings = judged(tmp_path / "a.xlsx")
    assert batch is not None, findings
    assert len({record.identity for record in batch.records}) == 4
