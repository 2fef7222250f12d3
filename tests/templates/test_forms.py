"""Forms, lists and ledgers, from their samples to paper: pages, heads repeated, seals beside the words they seal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from pipeline.core.findings import Code, Severity
from pipeline.core.kind import FieldType, Kind
from pipeline.core.values import Record
from pipeline.merge.merger import Merger
from pipeline.office import Office
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.pdf import Metadata
from pipeline.rendering.render import Printed, render
from pipeline.rounds import run_once
from pipeline.sealing import places
from pipeline.sheets import Limits, blank_workbook, interpret, read_workbook
from tests.merge.papers import NOTICE, notice
from tests.offices import make_office, verified
from tests.rendering.pages import TextLine, text_lines
from tests.templates.samples import FORMS, TEMPLATES, catalogue, judged, numbered, sample, with_rows, with_values
from tools.make_examples.books import saved
from tools.make_examples.samples import sample as made

LYING = {"member-roster", "unit-survey", "lists", "issue-ledger"}
LONG_NAME = "阿卜杜热西提·买买提明"
LONG_UNIT = "国网陕西省电力公司铜川供电公司王益区供电分公司客户服务中心党支部"


@pytest.fixture(scope="module")
def book() -> FontBook:
    """The machine's fonts."""
    return FontBook.open()


@cache
def merger() -> Merger:
    """As the office makes it, with the usual seal of 42 mm."""
    return Merger({kind.id: kind for kind in catalogue()}, places, 42.0)


def printed(record: Record, book: FontBook) -> Printed:
    """A paper, printed as strictly as for filing."""
    paper = numbered(record)
    return render(merger().merge(paper).docx, book=book, metadata=Metadata(title=paper.title))


def pages(paper: Printed) -> list[list[TextLine]]:
    """The lines of each page."""
    return [list(text_lines(paper.pdf, page)) for page in range(1, paper.report.pages + 1)]


def words(lines: list[TextLine]) -> str:
    """What stands on a page."""
    return "".join(line.text for line in lines)


@pytest.mark.parametrize("kind", FORMS)
def test_the_page_has_the_margins_of_the_standard_upright_or_turned(kind: str) -> None:
    section = Document(str(TEMPLATES / kind / "template.docx")).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.right_margin)
    measured = [round(side.mm) for side in (*sides, section.bottom_margin, section.left_margin)]
    assert measured == ([297, 210, 28, 37, 26, 35] if kind in LYING else [210, 297, 37, 26, 35, 28])


@pytest.mark.parametrize("kind", FORMS)
def test_a_sample_prints_with_every_place_for_a_seal_or_a_signature(kind: str, book: FontBook) -> None:
    record = sample(kind)
    report = printed(record, book).report
    boxes = sorted(box.name for box in report.boxes)
    assert boxes == sorted(
        [*(f"seal:{name}" for name in record.kind.seals), *(f"signature:{name}" for name in record.kind.signatures)]
    )
    assert report.pages <= 2


@pytest.mark.parametrize("kind", [kind for kind in FORMS if catalogue().get(kind).details])
def test_forty_rows_run_over_pages_with_their_head_repeated_and_the_seal_beside_the_last(
    kind: str, book: FontBook
) -> None:
    record = sample(kind)
    table = record.kind.details[-1]
    paper = printed(with_rows(record, table.id, 40), book)
    each = pages(paper)
    assert len(each) >= 2
    head = "序号"
    begun = next(place for place, lines in enumerate(each) if head in words(lines))
    assert all(head in words(lines) for lines in each[begun:])
    assert [words(lines).count(f"—{number}—") for number, lines in enumerate(each, start=1)] == [1] * len(each)
    for box in paper.report.boxes:
        assert box.page == len(each)
    if paper.report.boxes:
        last = [line.text.strip() for line in each[-1]]
        assert any(text.startswith("40") for text in last) or kind == "issue-ledger"
        assert head in words(each[-1])


@pytest.mark.parametrize("kind", FORMS)
def test_long_names_of_people_and_units_are_printed_whole(kind: str, book: FontBook) -> None:
    record = sample(kind)
    heads = {field.id for field in record.kind.head.fields}
    changes = {
        "unit": LONG_UNIT,
        "unit_party": f"中共{LONG_UNIT}",
        "person": LONG_NAME,
        "owner": LONG_NAME,
    }
    record = with_values(record, **{name: value for name, value in changes.items() if name in heads})
    for table in record.kind.details:
        ids = {field.id for field in table.fields}
        within = {name: value for name, value in changes.items() if name in ids}
        record = with_rows(record, table.id, 3, **within)
    assert printed(record, book).refusals == ()


def test_the_two_seals_of_a_check_in_are_level_and_cover_no_opinion(book: FontBook) -> None:
    paper = printed(with_values(sample("unit-checkin"), unit_opinion="同意到桃园社区党委报到。" * 4), book)
    one, other = paper.report.boxes
    assert (one.page, other.page) == (1, 1)
    assert one.top == pytest.approx(other.top, abs=0.2)
    for seal in (one, other):
        beneath = [
            line.text
            for line in pages(paper)[0]
            if seal.left < line.right and line.x < seal.left + seal.width and line.top > seal.top + 1
        ]
        assert not any("同意" in text for text in beneath)


@pytest.mark.parametrize("kind", [kind for kind in FORMS if catalogue().get(kind).head.form])
def test_a_blank_form_can_be_attached_to_a_notice(kind: str, book: FontBook) -> None:
    name = catalogue().get(kind).name
    values = {**NOTICE, "issued_title": None, "issued_text": None, "attachment_title": name, "attachment_form": kind}
    docx = merger().merge(notice(values)).docx
    report = render(docx, book=book, metadata=Metadata(title="通知")).report
    assert report.text.count(name) >= 2
    assert [box.name for box in report.boxes] == ["seal:issuer"]


def test_a_record_without_photographs_has_no_empty_boxes(book: FontBook) -> None:
    none = dict.fromkeys(("photo_1", "photo_2", "photo_3", "photo_4"))
    bare = merger().merge(numbered(with_values(sample("activity-record"), **none)))
    with_photos = merger().merge(numbered(sample("activity-record")))
    rows = [len(Document(io.BytesIO(docx)).tables[0].rows) for docx in (bare.docx, with_photos.docx)]
    assert rows[1] == rows[0] + 1


def test_a_long_activity_goes_on_on_the_next_page_and_is_signed_once(book: FontBook) -> None:
    lines = [f"第{number}组逐户检查楼道和入户线路。" for number in range(1, 61)]
    paper = printed(with_values(sample("activity-record"), content="\n".join(lines)), book)
    whole = "".join(words(page) for page in pages(paper))
    assert all(line in whole for line in lines)
    assert [box.name for box in paper.report.boxes] == ["signature:记录人"]


@pytest.mark.parametrize(
    ("kind", "table", "row", "changes", "code", "severity"),
    [
        ("lists", "projects", 0, {"answers": "1、9"}, Code.RULE, Severity.ERROR),
        ("lists", "projects", 0, {"claimed_by": "王益区自来水公司"}, Code.RULE, Severity.ERROR),
        ("lists", "projects", 0, {"deadline": "2020年5月31日"}, Code.DATES_BACKWARDS, Severity.ERROR),
        ("assessment", "results", 0, {"score": 96}, Code.RULE, Severity.ERROR),
        ("assessment", "results", 0, {"grade": "基本称职"}, Code.RULE, Severity.WARNING),
        ("unit-survey", "units", 0, {"party_members": 87}, Code.RULE, Severity.ERROR),
        ("unit-survey", "units", 0, {"secretary": None}, Code.REQUIRED, Severity.ERROR),
        ("issue-ledger", "issues", 0, {"deadline": "2020年7月7日"}, Code.DATES_BACKWARDS, Severity.ERROR),
        ("issue-ledger", "issues", 0, {"result": None}, Code.REQUIRED, Severity.ERROR),
        ("issue-ledger", "issues", 1, {"sequence": 1}, Code.DUPLICATE, Severity.ERROR),
        ("issue-order", "order", 0, {"found_on": "2020年7月9日"}, Code.DATES_BACKWARDS, Severity.ERROR),
        ("duty-list", "duties", 0, {"result": None}, Code.REQUIRED, Severity.ERROR),
        ("member-roster", "people", 0, {"term_to": "2020年5月26日"}, Code.DATES_BACKWARDS, Severity.ERROR),
        ("unit-checkin", "checkin", 0, {"community_opinion_on": "2020年5月5日"}, Code.DATES_BACKWARDS, Severity.ERROR),
        ("activity-record", "activity", 0, {"party_members": 27}, Code.RULE, Severity.ERROR),
    ],
)
def test_a_breach_of_a_rule_is_told_at_its_cell(
    kind: str,
    table: str,
    row: int,
    changes: dict[str, object],
    code: Code,
    severity: Severity,
    tmp_path: Path,
) -> None:
    workbook = made(kind)
    target = catalogue().get(kind)
    [asked] = [one for one in target.tables if one.id == table]
    sheet = workbook[asked.sheets[0]]
    headings = {cell.value: cell.column for cell in sheet[1]}
    for name, value in changes.items():
        sheet.cell(2 + row, headings[asked.field(name).heading]).value = value
    path = tmp_path / "broken.xlsx"
    path.write_bytes(saved(workbook))
    batch, findings = judged(path)
    assert (batch is None) is (severity is Severity.ERROR)
    assert {(found.code, found.severity, found.sheet) for found in findings} == {(code, severity, asked.sheets[0])}


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Every form's sample, dropped into the inbox of an office with real presses: outcome and PDF by kind."""
    root = tmp_path_factory.mktemp("office")
    with make_office(root):
        pass
    with Office.open(root) as office:
        for kind in FORMS:
            (office.settings.inbox / f"{kind}.xlsx").write_bytes((TEMPLATES / kind / "sample.xlsx").read_bytes())
        outcomes = list(run_once(office, lambda *_counts: None))
        assert verified(office).is_sound
        yield {paper.kind: paper.files["pdf"].path for outcome in outcomes for paper in outcome.papers}


def test_every_sample_goes_the_whole_way_into_the_archive(filed: dict[str, str]) -> None:
    assert set(filed) == set(FORMS)
    assert filed["sign-in"].endswith("/2020年第二季度党建联席会议签到表.pdf")


@pytest.mark.parametrize("kind", [kind for kind in catalogue() if kind.head.form], ids=lambda kind: kind.id)
def test_the_blank_form_filled_with_its_examples_reads_back_clean(kind: Kind, tmp_path: Path) -> None:
    workbook = load_workbook(io.BytesIO(blank_workbook(kind, ())))
    sheet = workbook["填写用表"]
    examples = {field.heading: field.example for field in kind.head.fields if field.type is not FieldType.IMAGE}
    for cell in [cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.column in (1, 3)]:
        if example := examples.get(str(cell.value).rstrip("*")):
            sheet.cell(cell.row, cell.column + 1).value = example
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    draft, findings = interpret(read_workbook(path, Limits()), tuple(catalogue()), "a.xlsx")
    assert findings == ()
    assert draft is not None and draft.kind.id == kind.id
    assert [row.sheet for row in draft.rows[kind.head.id]] == ["填写用表"]


def test_the_largest_numbers_of_a_survey_are_not_broken_over_two_lines(book: FontBook) -> None:
    record = with_rows(sample("unit-survey"), "units", 2, staff=99999, party_members=99999)
    assert sum(words([line]).count("99999") for line in pages(printed(record, book))[0]) == 4
