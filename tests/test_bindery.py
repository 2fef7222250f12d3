"""What is printed of a folder, really printed: read back as words, links and bookmarks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from pipeline import bindery
from pipeline.cataloguing import Shelf, Volume, shelf
from pipeline.cataloguing.boxes import PER_SHEET
from pipeline.core.errors import GongwenError
from pipeline.core.values import NumberedRecord, RenderedDocument
from pipeline.office import Office
from pipeline.rendering.archival import faults
from tests.offices import BLANK, CalmWorkers, make_office
from tests.register.office import DEPARTMENT, paper
from tests.rendering.pages import characters

FOLDER = f"2020/{DEPARTMENT}"


class OwnPress(CalmWorkers):
    def __init__(self, office: Office) -> None:
        self._press = office.press()

    def print_papers(self, papers: Sequence[NumberedRecord]) -> Iterator[RenderedDocument | GongwenError]:
        yield from map(self._press.print, papers)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with make_office(tmp_path_factory.mktemp("office")) as made:
        vars(made)["workers"] = OwnPress(made)
        yield made


def held() -> Shelf:
    """Forty papers for ten years, of which one was withdrawn, and one kept for ever."""
    short = [replace(paper(n, people=("刘珺",)), pages=30) for n in range(1, 41)]
    short[4] = replace(short[4], status="withdrawn")
    forever = replace(
        paper(90, title="关于聘任的决定", kind=("decision", "决定")),
        retention="Y",
        archival_code="D001-WS·2020-Y-ZZB-0001",
        piece=1,
        pages=3,
    )
    return shelf(FOLDER, [*short, forever])


def bound(shelf: Shelf, office: Office, folder: Path) -> Mapping[str, bytes]:
    """All lists of a shelf, printed."""
    return bindery.printed(bindery.lists_of(shelf, office), shelf, office, folder)


@pytest.fixture(scope="module")
def files(office: Office) -> dict[str, bytes]:
    return dict(bound(held(), office, office.settings.archive / FOLDER))


def words(page: object) -> str:
    return re.sub(r"\s", "", page.extract_text())  # type: ignore[attr-defined]


def test_the_catalogue_has_a_cover_for_each_retention_and_its_heads_on_every_page(files: dict[str, bytes]) -> None:
    pages = PdfReader(BytesIO(files[bindery.CATALOGUE])).pages
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {(842, 595)}
    covers = [words(page) for page in pages if "全宗名称" in words(page)]
    assert [re.search("保管期限(永久|30年|10年)", cover)[1] for cover in covers] == ["永久", "10年"]  # type: ignore[index]
    lists = [words(page) for page in pages if "全宗名称" not in words(page)]
    assert len(lists) > 3
    for told in lists:
        for heading in ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"):
            assert heading in told
    assert "D001-WS·2020-Y-ZZB-0001" in lists[0]
    assert sum(told.count("已撤销") for told in lists) == 1


def test_each_line_and_each_bookmark_opens_its_paper(office: Office) -> None:
    made = bound(held(), office, office.settings.archive.parent / "抽屉")
    papers = [entry for volume in held().volumes for entry in volume.entries]
    ways = {f"../archive/{entry.pdf}" for entry in papers}
    for name in (bindery.CATALOGUE, bindery.INDEX):
        with pikepdf.open(BytesIO(made[name])) as document:
            actions = [link["/A"] for page in document.pages for link in page.obj.get("/Annots", ())]
            assert {str(action.F.UF) for action in actions} == ways
            if name == bindery.INDEX:
                with document.open_outline() as outline:
                    title = outline.root[0]
                    below = {group.title: [one.title for one in group.children] for group in title.children}
                assert len(below["1．通知（40件）"]) == 40
                assert below["2．决定（1件）"] == ["20200416 铜王组发〔2020〕90号 关于聘任的决定"]


def test_the_notes_tell_of_each_box_and_leave_room_to_sign(files: dict[str, bytes]) -> None:
    pages = [words(page) for page in PdfReader(BytesIO(files[bindery.NOTES])).pages]
    assert len(pages) == 3  # one page for ever; 600 sheets for ten years are more than a box of 50 mm holds
    for told in pages:
        for label in ("盒内文件情况说明", "整理人", "整理日期", "检查人", "检查日期"):
            assert label in told
    assert "0005号件已撤销。" in pages[1]
    assert "已撤销" not in pages[2]


def test_a_label_is_as_wide_as_the_spine(files: dict[str, bytes]) -> None:
    sheets = PdfReader(BytesIO(files[bindery.SPINES])).pages
    for sheet, ends in zip(sheets, ("0001—0001", "0027—0040", "0001—0026"), strict=True):
        assert ends in words(sheet)
    for page, width in enumerate((20, 30, 50), start=1):
        places = [one.x for one in characters(files[bindery.SPINES], page) if one.text == "宗"]
        steps = {round(right - left) for left, right in itertools.pairwise(places)}
        assert steps == {width} and len(places) == PER_SHEET[width]


@pytest.mark.parametrize("length", [4, 19, 20, 27, 28, 54])
def test_a_name_of_any_length_stands_on_the_spine(office: Office, length: int) -> None:
    name = "中共铜川市王益区七一路街道育才社区总支部委员会"
    long = replace(held(), organisation=(name * 3)[:length])
    made = bound(long, office, office.settings.archive / FOLDER)
    assert long.organisation in words(PdfReader(BytesIO(made[bindery.SPINES])).pages[0]).replace("—", "")


def test_the_same_papers_give_the_same_bytes(office: Office, files: dict[str, bytes]) -> None:
    assert dict(bound(held(), office, office.settings.archive / FOLDER)) == files


def test_what_is_printed_is_still_an_archival_pdf(files: dict[str, bytes]) -> None:
    for content in files.values():
        with pikepdf.open(BytesIO(content)) as document:
            told = set(faults(document, content))
        passed_over = ("not supported", "/PieceInfo are not checked")  # remote go-tos, and what a program keeps
        assert {one for one in told if not any(words in one for words in passed_over)} == set()


@pytest.mark.parametrize("length", [18, 23, 37, 54])
def test_the_longest_name_stays_on_the_spine_of_its_box(office: Office, length: int) -> None:
    name = "中共铜川市王益区" + "长" * (length - 8)
    made = bound(replace(held(), organisation=name), office, office.settings.archive / FOLDER)
    long = [one.text for one in characters(made[bindery.SPINES])].count("长")
    assert long and long % (length - 8) == 0


def test_a_printed_list_tells_what_it_was_made_of(office: Office, files: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert all(one.is_printed(tmp_path) and not one.is_contradicted(tmp_path) for one in lists(held(), office))
    withdrawn = replace(held(), volumes=tuple(_with_a_remark(volume) for volume in held().volumes))
    changed = [one.name for one in lists(withdrawn, office) if not one.is_printed(tmp_path)]
    assert changed == [bindery.CATALOGUE, bindery.INDEX, bindery.NOTES]
    assert [one.name for one in lists(withdrawn, office) if one.is_contradicted(tmp_path)] == changed
    (tmp_path / bindery.SPINES).write_bytes(BLANK)  # of an older version: it does not tell
    spines = lists(held(), office)[-1]
    assert not spines.is_printed(tmp_path) and not spines.is_contradicted(tmp_path)


def lists(shelf: Shelf, office: Office) -> Sequence[bindery.ToPrint]:
    return bindery.lists_of(shelf, office)


def _with_a_remark(volume: Volume) -> Volume:
    return replace(volume, entries=(replace(volume.entries[0], remark="已废止"), *volume.entries[1:]))
