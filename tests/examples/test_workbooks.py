"""The example workbooks are complete, true to their source, and the same each time they are made."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from pipeline.core.kind import Kind, Role, Table
from pipeline.core.text import folded_heading
from pipeline.kinds import Catalogue
from pipeline.kinds.load import load_kind
from tools.make_examples import content
from tools.make_examples.__main__ import ROOT
from tools.make_examples.books import saved
from tools.make_examples.workbooks import INBOX, SAMPLES, SETS

KIND_OF = {
    "铜王组发50号通知.xlsx": "notice",
    "兼职委员登记表（六人）.xlsx": "member-form",
    "登记表（赵瑄）.xlsx": "member-form",
    "2020年共驻共建协议.xlsx": "agreement",
    "二季度联席会议纪要.xlsx": "minutes",
    "兼职委员人选公示.xlsx": "publication",
    "三个清单公示.xlsx": "publication",
}
ON_A_FORM = "登记表（赵瑄）.xlsx"
NOT_A_FIELD = {"序号"}


@pytest.fixture(scope="module")
def kinds() -> Catalogue:
    return Catalogue.load([ROOT / "templates"])


def grids(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def table_named(kind: Kind, sheet: str) -> Table:
    return next(table for table in kind.tables if folded_heading(sheet) in map(folded_heading, table.sheets))


def headings_in(rows: list[tuple[object, ...]], table: Table) -> set[str]:
    """The headings of the row with the most headings that the table knows."""
    known = {folded_heading(word) for field in table.fields for word in field.headings}
    lines = [{folded_heading(str(cell)) for cell in row if cell is not None} for row in rows]
    return max(lines, key=lambda line: len(line & known))


@pytest.mark.parametrize("name", INBOX)
def test_made_twice_is_the_same_file(name: str) -> None:
    assert saved(INBOX[name]()) == saved(INBOX[name]())


COMMITTED = {
    **{ROOT / "examples" / "inbox" / name: make for name, make in INBOX.items()},
    **{ROOT / "templates" / kind / "sample.xlsx": make for kind, make in {**SAMPLES, **SETS}.items()},
}


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_committed_file_is_what_the_generator_makes(path: Path) -> None:
    """Part by part, since another machine's zlib packs the same content into other bytes."""
    assert parts(path.read_bytes()) == parts(saved(COMMITTED[path]()))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: picture_or(name, archive.read(name)) for name in archive.namelist()}


def picture_or(name: str, data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes() if name.endswith(".png") else data


TABLES = [path for path in COMMITTED if path.name in {*KIND_OF, "sample.xlsx"} - {ON_A_FORM}]


@pytest.mark.parametrize("path", TABLES, ids=str)
def test_every_heading_is_one_the_kind_knows_and_none_it_needs_is_missing(path: Path, kinds: Catalogue) -> None:
    kind = kinds.get(KIND_OF[path.name]) if path.name in KIND_OF else load_kind(path.parent)
    for sheet, rows in grids(path.read_bytes()).items():
        table = table_named(kind, sheet)
        written = headings_in(rows, table)
        for field in table.fields:
            words = {folded_heading(word) for word in field.headings}
            assert words & written or not field.required, f"{sheet}: {field.heading}"
            written -= words
        assert written <= NOT_A_FIELD, f"{sheet}: {written}"


def test_the_form_sheet_has_a_label_for_every_required_box(kinds: Catalogue) -> None:
    data = (ROOT / "examples" / "inbox" / ON_A_FORM).read_bytes()
    (rows,) = grids(data).values()
    labels = {folded_heading(str(cell)) for row in rows for cell in row if cell is not None}
    for field in kinds.get("member-form").head.fields:
        assert {folded_heading(word) for word in field.headings} & labels or not field.required, field.heading
    assert any(name.endswith(".png") for name in parts(data)), "the photo"


def test_every_kind_has_its_workbook_and_its_sample(kinds: Catalogue) -> None:
    ids = {kind.id for kind in kinds}
    assert ids == set(SAMPLES)
    assert set(KIND_OF.values()) <= ids
    for name, kind_id in KIND_OF.items():
        kind = kinds.get(kind_id)
        needed = [table for table in kind.tables if table.role is Role.HEAD or table.minimum_rows]
        sheets = set(grids((ROOT / "examples" / "inbox" / name).read_bytes()))
        assert all(any(sheet in table.sheets for sheet in sheets) for table in needed)


def test_the_issued_opinion_is_whole() -> None:
    """The 28 paragraphs of the source, character for character; the digest is of the text with blanks taken out."""
    paragraphs = content.notice()["issued_text"].split("\n")
    assert len(paragraphs) == 28
    assert [text for text in paragraphs if text[1] == "、"] == [
        "一、目的意义",
        "二、兼职委员的产生及任职条件",
        "三、组织实施",
        "四、主要职责",
        "五、保障机制",
        "六、工作要求",
    ]
    text = "".join(paragraphs)
    assert len(text) == 2655
    assert hashlib.sha256(text.encode()).hexdigest() == ISSUED
    assert "".join(text.split()) == text


ISSUED = "bbb6840f88dd0881b282a4533d5d036096125051e2a3deb503659634a9f64934"


def test_people_have_names_that_the_common_free_fangsong_lacks() -> None:
    names = "".join(member["person"] for member in [*content.members(), content.member_on_a_form()])
    assert {"珺", "堃", "玥", "喆", "瑄"} <= set(names)
    assert len(content.members()) == 6


@pytest.mark.parametrize(
    "member", [*content.members(), content.member_on_a_form()], ids=lambda member: member["person"]
)
def test_identity_numbers_are_right_and_belong_to_nobody(member: dict[str, object]) -> None:
    number, born = str(member["id_card"]), member["birth"]
    assert number[6:14] == f"{born:%Y%m%d}"
    assert (int(number[16]) % 2 == 1) == (member["sex"] == "男")
    assert number[14:17] >= "996", "the orders that were kept for people of a hundred years"
    # ISO 7064 MOD 11-2: the whole number, X counting ten, leaves one.
    assert (
        sum((10 if digit == "X" else int(digit)) * 2**place for place, digit in enumerate(reversed(number))) % 11 == 1
    )


def test_the_meetings_votes_are_those_of_the_people_present() -> None:
    _meetings, people, topics = content.minutes()
    for topic in topics:
        if "ballots" in topic:
            present = [
                one for one in people if one["meeting_no"] == topic["meeting_no"] and one["attendance"] == "出席"
            ]
            votes = topic["votes_for"] + topic["votes_against"] + topic["abstained"]
            assert topic["ballots"] == votes == len(present)
