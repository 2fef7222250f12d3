"""整理 in an office: the papers of a year get their 档号 by one deed, which outlives kills and a lost register."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from pipeline import deedbook
from pipeline.arranging import planned, put_in_order
from pipeline.catalogues import stale
from pipeline.core.archival import catalogue_order, class_kept
from pipeline.core.deeds import CODE, RETENTION, Action, Status
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged, OfficeBusy
from pipeline.core.values import FiledPaper, IndexQuery
from pipeline.deedbook import On, Why
from pipeline.filing import metadata
from pipeline.office import Office
from pipeline.restoring import rebuild_register
from pipeline.retrieval import Damage, show
from pipeline.rounds import run_once
from tests.filed import FIFTY, forms, healed, notice, opened
from tests.offices import NOTICE, drop, tree, verified
from tests.test_numberbook import lose_register

WHY = Why("", "王秘书", ("李档案员",))
SAMPLE = 12


@pytest.fixture
def office(waiting: Path, tmp_path: Path) -> Iterator[Office]:
    with opened(shutil.copytree(waiting, tmp_path / "office"), "arrangement") as made:
        yield made


def arrange(office: Office, year: int = 2020) -> deedbook.Done[object]:
    return put_in_order(office, year, planned(office, year), WHY)  # type: ignore[return-value]


def by_id(office: Office) -> dict[str, FiledPaper]:
    return {paper.paper: paper for paper in office.register.papers()}


# --------------------------------------------------------------------------- what is done


def test_every_paper_of_the_year_gets_its_code_without_a_gap(office: Office) -> None:
    before = tree(office.settings.archive)
    done = arrange(office)
    assert not done.trouble
    papers = sorted(office.register.papers(), key=catalogue_order)
    assert len({paper.archival_code for paper in papers}) == 7
    for _class, group in groupby(papers, key=lambda paper: paper.lowest_class):
        own = list(group)
        assert [paper.piece for paper in own] == list(range(1, len(own) + 1))
        assert [paper.date for paper in own] == sorted(paper.date for paper in own)
    assert list(office.register.unarranged()) == []
    after = tree(office.settings.archive)
    written = {path for path, content in before.items() if after.get(path) != content}
    derived = {"index.html", "归档文件目录.xlsx", "manifest-sha256.txt", "备考表.pdf", "归档文件目录.pdf"}
    assert {Path(path).name for path in written} <= {*derived, "目录索引.pdf", "盒脊标签.pdf"}, "nothing filed changes"
    report = verified(office)
    assert report.is_sound, [remark.sentence for remark in report.damages]
    assert stale(office) == ()


def test_the_deed_says_who_gave_which_code(office: Office) -> None:
    arrange(office)
    path = f"办理簿/{office.now().year}/00001 整理 7件.json"
    record = json.loads((office.settings.archive / path).read_bytes())
    assert (record["action"], record["by"], record["also"]) == ("arrange", "王秘书", ["李档案员"])
    assert (record["reason"], record["details"]) == ("2020年度整理", {"year": "2020"})
    given = {line["paper"]: line["details"][CODE] for line in record["papers"]}
    assert given == {paper.paper: paper.archival_code for paper in office.register.papers()}
    assert {line["archival_code"] for line in record["papers"]} == {""}, "as it was when it was done"


def test_a_code_is_found_shown_and_told(office: Office) -> None:
    arrange(office)
    paper = notice(office)
    assert paper.archival_code == "D001-WS·2020-D30-ZZB-0001"
    view = show(paper.archival_code, office.register, office.settings.archive)
    assert view.paper == paper
    assert [event.action for event in view.events][-1] == "arrange"
    assert [file.name for file in view.files if "整理" in file.path.name] == ["整理后元数据"]
    hits = office.register.search(IndexQuery(code="D001-WS·2020-D30"))
    assert [hit.paper for hit in hits] == [paper]
    page = (office.settings.archive / "2020" / paper.organisation / "index.html").read_text(encoding="utf-8")
    assert paper.archival_code in page and "待整理" not in page


def test_the_metadata_beside_carry_the_code_and_the_first_ones_stay(office: Office) -> None:
    first = {paper.paper: paper.files["metadata"] for paper in office.register.papers()}
    arrange(office)
    for paper in office.register.papers():
        assert paper.files["metadata"] == first[paper.paper]
        (copy,) = deedbook.standing_of(office, paper).copies
        content = (office.settings.archive / copy.file.path).read_bytes()
        assert metadata.faults(content) == ()
        said = metadata.read(content)
        assert (said.archival_code, said.piece, said.retention) == (paper.archival_code, paper.piece, paper.retention)
        assert content.decode().count("<业务行为>整理</业务行为>") == 1
        before = metadata.read((office.settings.archive / paper.files["metadata"].path).read_bytes())
        assert (said.title, said.files, said.people) == (before.title, before.files, before.people)


def test_what_comes_later_goes_on_after_the_last(office: Office) -> None:
    first, *_others = planned(office, 2020)
    community = next(one for one in office.settings.organisations if one.name == first.paper.organisation)
    own = planned(office, 2020, community)
    assert {one.paper.organisation for one in own} == {community.name}
    put_in_order(office, 2020, own[:1], WHY)
    rest = planned(office, 2020)
    assert len(rest) == 6
    again = [one.code.piece for one in rest if one.code.lowest_class == first.code.lowest_class]
    assert again == list(range(2, 2 + len(again)))
    put_in_order(office, 2020, rest, WHY)
    assert verified(office).is_sound


def test_one_paper_is_known_without_reading_all_the_others_of_its_deed(office: Office) -> None:
    """A deed of thousands of lines would make each ``show`` read them all."""
    arrange(office)
    paper = notice(office)
    alone, among = (office.register.standing(ids)[paper.paper] for ids in ([paper.paper], list(by_id(office))))
    assert alone.arranged is not None and among.arranged is not None
    assert [line.paper for line in alone.arranged.lines] == [paper.paper]
    assert len(among.arranged.lines) == 7
    assert (alone.archival_code, [copy.file for copy in alone.copies]) == (
        among.archival_code,
        [copy.file for copy in among.copies],
    )


# --------------------------------------------------------------------------- what was done before


def test_withdrawn_repealed_and_held_papers_get_theirs_and_a_destroyed_one_none(office: Office) -> None:
    first, second, third, fourth, *_others = forms(office)
    deedbook.do(office, Action.WITHDRAW, [On(first)], WHY)
    deedbook.repeal(office, second, date(2021, 1, 1), WHY)
    deedbook.do(office, Action.HOLD, [On(third)], WHY)
    deedbook.do(office, Action.DESTROY, [On(fourth)], WHY)
    arrange(office)
    now = by_id(office)
    assert all(now[paper.paper].archival_code for paper in (first, second, third))
    assert now[first.paper].status == Status.WITHDRAWN, "the arrangement says nothing of that"
    assert (now[fourth.paper].archival_code, now[fourth.paper].piece) == ("", 0)
    assert verified(office).is_sound
    with pytest.raises(AnswerIsNo, match="没有待整理的文件"):
        planned(office, 2020)
    lose_register(office)
    rebuild_register(office)
    assert by_id(office) == now
    assert verified(office).is_sound


def test_a_paper_that_is_kept_longer_belongs_to_the_class_of_that(office: Office) -> None:
    paper = notice(office)
    deedbook.do(office, Action.APPRAISE, [On(paper)], WHY, details={RETENTION: "Y"})
    arrange(office)
    now = notice(office)
    assert now.lowest_class == class_kept(paper.lowest_class, "Y") == "D001-WS·2020-Y-ZZB"
    assert (now.retention, now.archival_code) == ("Y", "D001-WS·2020-Y-ZZB-0001")
    assert deedbook.standing_of(office, now).retention == "", "the code says it now"
    assert [hit.paper.paper for hit in office.register.search(IndexQuery(retention="Y", number=FIFTY))] == [now.paper]
    assert verified(office).is_sound
    deedbook.do(office, Action.DESTROY, [On(now)], WHY)
    assert verified(office).is_sound, "what remains has its code, and the first record had none"
    before = by_id(office)
    lose_register(office)
    rebuild_register(office)
    assert by_id(office) == before


# --------------------------------------------------------------------------- what is refused


def test_a_code_is_given_once(office: Office) -> None:
    arrange(office)
    paper = notice(office)
    with pytest.raises(AnswerIsNo, match="没有待整理的文件"):
        planned(office, 2020)
    other = {CODE: "D001-WS·2020-D30-ZZB-0002"}
    with pytest.raises(AnswerIsNo, match="不能办理“整理”") as refusal:
        deedbook.do(office, Action.ARRANGE, [On(paper, other)], WHY)
    assert "已经有档号" in refusal.value.remedy
    with pytest.raises(AnswerIsNo, match="没有待整理的文件"):
        planned(office, 2019)


def test_a_paper_that_was_filed_with_its_code_is_not_arranged(waiting: Path, tmp_path: Path) -> None:
    with opened(tmp_path / "coded") as office:
        drop(office, NOTICE)
        list(run_once(office, lambda *_counts: None))
        paper = notice(office)
        with pytest.raises(AnswerIsNo, match="不能办理“整理”"):
            deedbook.do(office, Action.ARRANGE, [On(paper, {CODE: "D001-WS·2020-D30-ZZB-0002"})], WHY)
        assert office.register.deeds() == ()


def test_two_papers_never_get_one_code(office: Office) -> None:
    """Somebody was faster than the plan: nothing is entered."""
    order = planned(office, 2020)
    taken, later = next(
        (one, other) for one, other in pairwise(order) if one.code.lowest_class == other.code.lowest_class
    )
    put_in_order(office, 2020, [taken], WHY)
    with pytest.raises(OfficeBusy, match="已被占用"):
        put_in_order(office, 2020, [replace(later, code=taken.code)], WHY)
    assert len(office.register.deeds()) == 1
    assert verified(office).is_sound


def test_metadata_that_were_touched_stop_it(office: Office) -> None:
    paper = notice(office)
    path = office.settings.archive / paper.files["metadata"].path
    path.write_bytes(path.read_bytes().replace("通知".encode(), "公告".encode()))
    with pytest.raises(ArchiveDamaged, match="没有整理"):
        arrange(office)
    assert office.register.deeds() == ()


# --------------------------------------------------------------------------- what it outlives


def test_a_lost_register_knows_every_code_again(office: Office) -> None:
    arrange(office)
    before, files = by_id(office), tree(office.settings.archive)
    lose_register(office)
    restored = rebuild_register(office)
    assert (restored.papers, restored.deeds, restored.problems) == (7, 1, ())
    assert by_id(office) == before
    assert tree(office.settings.archive) == files
    assert stale(office) == ()
    assert verified(office).is_sound
    rebuild_register(office)
    assert by_id(office) == before, "beside an old register too"


def test_the_order_is_the_same_before_and_after_a_register_was_lost(office: Office) -> None:
    before = [(one.paper.paper, one.code) for one in planned(office, 2020)]
    lose_register(office)
    rebuild_register(office)
    assert [(one.paper.paper, one.code) for one in planned(office, 2020)] == before


def test_a_code_of_a_paper_that_is_lost_is_not_given_again(office: Office) -> None:
    arrange(office)
    paper = notice(office)
    (office.settings.archive / paper.files["record"].path).unlink()
    lose_register(office)
    rebuild_register(office)
    assert office.register.paper(paper.paper) is None
    assert office.register.last_piece(paper.lowest_class) == paper.piece


def test_verify_names_a_code_that_was_changed(office: Office) -> None:
    arrange(office)
    paper = notice(office)
    (copy,) = deedbook.standing_of(office, paper).copies
    deed = office.settings.archive / office.register.deeds()[0].files["deed"].path
    content = deed.read_bytes()
    deed.write_bytes(content.replace(b"D30-ZZB-0001", b"D30-ZZB-0009"))
    assert {remark.what for remark in verified(office).damages} == {Damage.CHANGED, Damage.DISAGREES}
    deed.write_bytes(content)
    beside = office.settings.archive / copy.file.path
    described = beside.read_bytes()
    beside.write_bytes(described.replace(b"0001", b"0009"))
    damages = verified(office).damages
    assert {remark.what for remark in damages} == {Damage.CHANGED, Damage.DISAGREES}
    assert any("件号" in remark.sentence for remark in damages)
    beside.write_bytes(described)
    assert verified(office).is_sound


# --------------------------------------------------------------------------- kills


def cut_off_at(steps: int, waiting: Path, root: Path) -> tuple[bool, bool]:
    """Cut the arrangement off before step ``steps`` + 1 in a copy of the office, and let the next writer heal it.

    Whether it was cut off at all, and whether it is done; done or not, archive and register agree and it can be had.
    """
    with healed(shutil.copytree(waiting, root), steps, arrange, "arrangement") as (office, was_cut_off):
        done = bool(office.register.deeds())
        if not done:
            assert {paper.piece for paper in office.register.papers()} == {0}
            arrange(office)
            assert verified(office).is_sound
        assert len(office.register.deeds()) == 1
        assert list(office.register.unarranged()) == []
        assert stale(office) == ()
    return was_cut_off, done


def cut_off_at_every(stride: int, first: int, waiting: Path, folder: Path) -> list[bool]:
    """Cut off before step ``first`` + 1 and every ``stride``-th after it; which of them were done all the same."""
    outcomes = []
    for steps in itertools.count(first, stride):
        was_cut_off, done = cut_off_at(steps, waiting, folder / str(steps))
        outcomes.append(done)
        if not was_cut_off:
            return outcomes
    raise AssertionError


def test_cut_off_before_some_steps_it_is_done_wholly_or_not_at_all(waiting: Path, tmp_path: Path) -> None:
    """One step in twelve; which ones differs from day to day."""
    outcomes = cut_off_at_every(SAMPLE, date.today().toordinal() % SAMPLE, waiting, tmp_path)
    assert outcomes == sorted(outcomes), "what was committed was lost again"
    assert outcomes.count(False) > 2 and outcomes.count(True) > 2


@pytest.mark.faults_long
def test_cut_off_before_any_step_it_is_done_wholly_or_not_at_all(waiting: Path, tmp_path: Path) -> None:
    outcomes = cut_off_at_every(1, 0, waiting, tmp_path)
    assert outcomes == sorted(outcomes), "what was committed was lost again"
    print(f"\n{len(outcomes) - 1} arrangements cut off, {outcomes.count(True) - 1} of them after the COMMIT")
