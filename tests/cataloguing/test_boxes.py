"""Papers go into boxes in their order, none twice, none left out, and no box is fuller than it may be."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.cataloguing import Volume, notes_of, shelf, volumes
from pipeline.cataloguing.boxes import PER_SHEET, Room, boxes, label_sheets
from pipeline.core.deeds import Action, Deed, DeedLine
from pipeline.core.standing import Standing
from tests.register.office import paper

ROOM = Room((20, 30, 40, 50), sheets_per_mm=2, pages_per_sheet=2)


def volume(*pages: int) -> Volume:
    (made,) = volumes(replace(paper(n), pages=count) for n, count in enumerate(pages, start=1))
    return made


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_boxes_are_the_volume_cut_in_stretches(pages: list[int]) -> None:
    whole = volume(*pages)
    filled = boxes(whole, ROOM)
    assert [entry for box in filled for entry in box.entries] == list(whole.entries)
    assert [box.number for box in filled] == list(range(1, len(filled) + 1))
    for box in filled:
        assert len(box.entries) == 1 or box.sheets <= ROOM.capacity(box.width)
    for box, following in itertools.pairwise(filled):
        assert box.sheets + ROOM.sheets(following.entries[0]) > ROOM.capacity(50)


def test_the_last_box_is_as_narrow_as_it_may_be() -> None:
    first, last = boxes(volume(150, 50, 81), ROOM)  # 75, 25, 41 sheets; the widest holds 100
    assert (first.width, first.sheets, first.first, first.last) == (50, 100, "0001", "0002")
    assert (last.width, last.sheets, last.pages, last.first) == (30, 41, 81, "0003")


def test_a_paper_thicker_than_every_box_has_one_of_its_own() -> None:
    assert [(box.width, box.sheets) for box in boxes(volume(2, 900, 2), ROOM)] == [(20, 1), (50, 450), (20, 1)]


def test_labels_of_one_width_share_a_sheet() -> None:
    filled = [box for _ in range(7) for box in boxes(volume(100, 30), ROOM)]  # 65 sheets: a spine of 40 mm
    sheets = label_sheets(filled)
    assert [(width, len(own)) for width, own in sheets] == [(40, PER_SHEET[40]), (40, 3)]


def test_a_box_from_which_papers_were_destroyed_says_what_is_left() -> None:
    papers = [replace(paper(n), pages=n) for n in (1, 2, 3)]
    gone = Deed(1, Action.DESTROY, (DeedLine.of(papers[0], Action.DESTROY),), "李档案员", datetime(2031, 3, 1, 9, 0))
    notes = notes_of(shelf("2020/中共铜川市王益区委组织部", papers, {papers[0].paper: Standing(destroyed=gone)}), ROOM)
    (box,) = notes.details["boxes"]
    assert box["remarks"] == "其中1件已销毁，现存2件5页。\n0001号件已销毁（2031年3月1日）。"
