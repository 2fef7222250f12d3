"""Sealed copies and what else was done to papers go with them; a kill leaves all of it or nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import deedbook
from pipeline.arranging import planned, put_in_order
from pipeline.core.deeds import COPIES, PART, READER, RECEIVER, RETENTION, Action, Status
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.standing import Standing
from pipeline.core.values import FiledPaper
from pipeline.deedbook import NewFile, On, Why, standing_of
from pipeline.handover import Order, export, incoming, take_in
from pipeline.handover.order import Form
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.restoring import rebuild_register
from pipeline.retrieval import show
from pipeline.rounds import run_once
from tests.cutting import KILLED, cut_off
from tests.handover.test_import import by_id, receive, versions_of
from tests.offices import FORMS, NOTICE, drop, make_office, tree, verified

WHY = Why("归档", "王秘书")
SCAN = NewFile("盖章件", ".pdf", b"%PDF with a seal")
SIGNED = NewFile("电子签章件", ".pdf", b"%PDF with a signature")
DRAFT = NewFile("定稿", ".docx", b"PK the draft")
EVERY = ("sealed", "signed", "attach", "appraise", "hold", "repeal")


def do(office: Office, action: Action, papers: list[On], details: dict[str, str] | None = None) -> None:
    with office.writing("test"):
        assert deedbook.do(office, action, papers, WHY, details=details).trouble == ""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path / "one") as office:
        with office.writing("run"):
            for name in (NOTICE, FORMS):
                drop(office, name)
            list(run_once(office, lambda *_: None))
        yield office


@pytest.fixture
def notice(office: Office) -> FiledPaper:
    """The notice, to which everything was done."""
    (paper,) = (paper for paper in office.register.papers() if paper.number)
    forms = [one for one in office.register.papers() if not one.number]
    do(office, Action.STAMPED, [On(paper, {COPIES: "3"})])
    do(office, Action.SEALED, [On(paper, {"pages": "1-2"}, {"scan": SCAN}), On(forms[0], {}, {"scan": SCAN})])
    do(office, Action.SIGNED, [On(paper, {}, {"signed": SIGNED})])
    do(office, Action.ATTACH, [On(paper, {PART: "draft"}, {"draft": DRAFT})])
    do(office, Action.CONSULT, [On(paper)], {READER: "李四"})
    do(office, Action.APPRAISE, [On(paper, {RETENTION: "Y"})])
    do(office, Action.HOLD, [On(forms[0])])
    do(office, Action.UNHOLD, [On(forms[0])])
    do(office, Action.HOLD, [On(paper)])
    with office.writing("test"):
        deedbook.repeal(office, paper, date(2021, 5, 1), WHY)
    do(office, Action.TRANSFER, [On(paper)], {RECEIVER: "王益区档案馆"})
    found = office.register.paper(paper.paper)
    assert found is not None
    return found


def told(stands: Standing) -> list[tuple[object, ...]]:
    """What was done and by whom, the deeds' numbers apart, which are another in each office."""
    return [(deed.action.value, deed.at, deed.by, deed.reason) for deed in stands.deeds]


def is_as_there(other: Office, office: Office, paper: FiledPaper) -> None:
    """The paper stands here as it does there, and its copies are the same files."""
    here, there = standing_of(other, paper), standing_of(office, paper)
    assert (here.status, here.since, here.retention) == (there.status, there.since, there.retention)
    assert (here.held is None) == (there.held is None)
    assert [(copy.role, copy.file) for copy in here.composed] == [(copy.role, copy.file) for copy in there.composed]
    for copy in here.copies:
        place = copy.file.path
        assert (other.settings.archive / place).read_bytes() == (office.settings.archive / place).read_bytes()


def is_sound_and_comes_back(other: Office) -> None:
    assert verified(other).is_sound, verified(other).damages
    before = by_id(other.register.papers()), other.register.deeds()
    with other.writing("reindex"):
        rebuild_register(other)
    assert (by_id(other.register.papers()), other.register.deeds()) == before
    assert verified(other).is_sound


@pytest.mark.parametrize("form", ["bagit", "eep"])
def test_what_was_done_to_a_paper_comes_with_it(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path, form: Form
) -> None:
    papers = list(office.register.papers())
    export(office, papers, Order(tmp_path / "set.zip", form))
    assert receive(other, tmp_path / "set.zip") == len(papers)
    for paper in papers:
        is_as_there(other, office, paper)
    assert [what for what, *_ in told(standing_of(other, notice))] == list(EVERY)
    assert standing_of(other, notice).transferred is None, "nobody has handed it on from here"
    assert [deed.seq for deed in other.register.deeds()] == list(range(1, len(other.register.deeds()) + 1))
    view = show(notice.number, other.register, other.settings.archive)
    names = [file.name for file in view.files]
    assert "盖章件" in names and "签章件" in names and "定稿" in names and all(file.is_there for file in view.files)
    assert any("盖章件：归档（王秘书；随“set.zip”接收）" in what for _at, what in view.history())
    page = (other.settings.archive / notice.files["pdf"].path).parent / "index.html"
    assert "盖章件" in page.read_text(encoding="utf-8")
    is_sound_and_comes_back(other)
    assert receive(other, tmp_path / "set.zip") == 0, "once more takes nothing"
    assert len(told(standing_of(other, notice))) == len(EVERY)


def test_a_deed_leaves_with_the_papers_of_the_set_alone(office: Office, notice: FiledPaper, tmp_path: Path) -> None:
    export(office, [notice], Order(tmp_path / "some", "bagit"))
    export(office, list(office.register.papers()), Order(tmp_path / "all", "bagit"))
    (one,) = (tmp_path / "some/data/archive/办理簿").rglob("*盖章件*.json")
    assert [line["paper"] for line in json.loads(one.read_bytes())["papers"]] == [notice.paper]
    for path in (tmp_path / "all/data/archive/办理簿").rglob("*.json"):
        place = path.relative_to(tmp_path / "all/data/archive")
        assert path.read_bytes() == (office.settings.archive / place).read_bytes()


def test_a_copy_that_was_made_later_comes_later(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    forms = [one for one in office.register.papers() if not one.number]
    export(office, forms, Order(tmp_path / "before", "bagit"))
    receive(other, tmp_path / "before")
    do(office, Action.SEALED, [On(forms[1], {}, {"scan": SCAN})])
    do(office, Action.WITHDRAW, [On(forms[2])])
    export(office, forms, Order(tmp_path / "after", "bagit"))
    with incoming(tmp_path / "after", other) as found:
        assert [deed.action for deed in found.deeds] == [Action.SEALED]
        assert ["撤销" in what for _name, what in found.remarks] == [True]
    assert receive(other, tmp_path / "after") == 0
    is_as_there(other, office, forms[1])
    assert standing_of(other, forms[2]).status is Status.VALID, "what is here is not withdrawn by a set"
    is_sound_and_comes_back(other)


def test_a_hold_on_an_old_version_comes_with_the_new_one(office: Office, other: Office, tmp_path: Path) -> None:
    chain = versions_of(office)
    do(office, Action.HOLD, [On(chain[0])])
    export(office, chain[1:], Order(tmp_path / "new", "bagit"))
    receive(other, tmp_path / "new")
    assert all(standing_of(other, paper).held for paper in chain[1:])
    is_sound_and_comes_back(other)
    export(office, chain, Order(tmp_path / "all", "bagit"))
    receive(other, tmp_path / "all")
    assert all(standing_of(other, paper).held for paper in chain)
    is_sound_and_comes_back(other)


# ----------------------------------------------------------------- sets that lie


def forged(folder: Path, change: Callable[[dict[str, object]], None], kind: str = "盖章件") -> None:
    """Let the record of the sealing in a bag say something else, and make the bag whole again."""
    import bagit

    (path,) = (folder / "data/archive/办理簿").rglob(f"*{kind}*.json")
    record = json.loads(path.read_bytes())
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    bagit.Bag(str(folder)).save(manifests=True)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("2020/别的单位/通知（盖章件）.pdf", "这不是公文文件该放的位置"),
        ("办理簿/2020/x（盖章件）.pdf", "这不是公文文件该放的位置"),
        (None, "这不是公文文件该放的位置"),
    ],
)
def test_a_copy_lies_beside_its_paper_or_is_refused(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path, path: str | None, said: str
) -> None:
    export(office, [notice], Order(tmp_path / "bag", "bagit"))
    own = notice.files["pdf"].path if path is None else path

    def change(record: dict[str, object]) -> None:
        papers = record["papers"]
        assert isinstance(papers, list)
        papers[0]["files"]["scan"]["path"] = own

    forged(tmp_path / "bag", change)
    with incoming(tmp_path / "bag", other) as found:
        assert any(said in why for _name, why in found.findings)


def test_a_deed_about_a_paper_that_is_not_in_the_set_is_refused(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    with other.writing("run"):
        drop(other, FORMS)
        list(run_once(other, lambda *_: None))
    (mine, *_rest) = other.register.papers()
    export(office, [notice], Order(tmp_path / "bag", "bagit"))

    def change(record: dict[str, object]) -> None:
        papers = record["papers"]
        assert isinstance(papers, list)
        papers[0]["paper"], papers[0]["files"], record["action"] = mine.paper, {}, "withdraw"

    forged(tmp_path / "bag", change)
    with incoming(tmp_path / "bag", other) as found:
        assert any("不在包里" in why for _name, why in found.findings)


def test_a_deed_that_cannot_have_been_done_is_refused(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    export(office, [notice], Order(tmp_path / "bag", "bagit"))
    forged(tmp_path / "bag", lambda record: record.update(action="withdraw"), "签章件")
    with incoming(tmp_path / "bag", other) as found:
        assert any("办不成" in why for _name, why in found.findings)


def test_a_copy_that_changes_while_it_is_taken_is_noticed(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    export(office, [notice], Order(tmp_path / "bag", "bagit"))
    before = tree(other.settings.root)
    with other.writing("import"), incoming(tmp_path / "bag", other) as found:
        next((tmp_path / "bag/data/archive").rglob("*盖章件）.pdf")).write_bytes(b"%PDF another seal")
        with pytest.raises(ArchiveDamaged, match="刚被改动"):
            take_in(other, found)
    assert not list(other.register.papers()) and not other.register.deeds()
    assert {path for path in tree(other.settings.root) if "staging" in path} == {
        path for path in before if "staging" in path
    }


# ----------------------------------------------------------------- kills


def every_cut(root: Path, source: Path, stride: int) -> Iterator[Office]:
    """The office at ``root`` after an import that was cut off, once for every ``stride`` steps; then the whole one."""
    before = shutil.copytree(root, root.with_name("before"))

    def work() -> None:
        with make_office(root) as office:
            receive(office, source)

    steps = 0
    while (code := cut_off(steps, work)) == KILLED:
        with make_office(root) as office:
            yield office
        shutil.rmtree(root)
        shutil.copytree(before, root)
        steps += stride
    assert code == 0


def test_killed_anywhere_all_of_it_is_in_or_nothing(office: Office, notice: FiledPaper, tmp_path: Path) -> None:
    papers = [notice]
    export(office, papers, Order(tmp_path / "bag", "bagit"))
    with make_office(tmp_path / "other"):
        pass
    seen = set()
    for other in every_cut(tmp_path / "other", tmp_path / "bag", 37):
        with other.writing("run"):
            recover(other)
        found = list(other.register.papers())
        seen.add(len(found))
        assert len(found) in {0, 1}
        if found:
            is_as_there(other, office, notice)
        assert not other.register.unfinished() and not other.register.unfinished_deeds()
        assert not list((other.settings.private / "staging").glob("*"))
        is_sound_and_comes_back(other)
        receive(other, tmp_path / "bag")
        is_as_there(other, office, notice)
    assert seen == {0, 1}


def test_killed_while_a_gap_of_versions_is_closed_the_register_can_be_made_anew(office: Office, tmp_path: Path) -> None:
    chain = versions_of(office)
    export(office, chain[2:], Order(tmp_path / "third", "bagit"))
    export(office, chain[:2], Order(tmp_path / "first", "bagit"))
    with make_office(tmp_path / "other") as other:
        receive(other, tmp_path / "third")
    for other in every_cut(tmp_path / "other", tmp_path / "first", 31):
        with other.writing("reindex"):
            recover(other)
            rebuild_register(other)
        here = sorted(other.register.papers(), key=lambda paper: paper.version)
        assert [paper.version for paper in here] in ([3], [1, 2, 3])
        assert [paper.status for paper in here] == ["replaced", "replaced", "valid"][-len(here) :]
        assert other.register.taken("铜王组发", 2020) == {50} and verified(other).is_sound
        receive(other, tmp_path / "first")
        assert len(list(other.register.papers())) == 3 and verified(other).is_sound


# ----------------------------------------------------------------- 档号 that the arrangement gave


@pytest.mark.parametrize("form", ["bagit", "eep"])
def test_codes_that_the_arrangement_gave_come_with_their_deed(tmp_path: Path, other: Office, form: Form) -> None:
    with make_office(tmp_path / "waiting", coding="arrangement") as office:
        with office.writing("run"):
            for name in (NOTICE, FORMS):
                drop(office, name)
            list(run_once(office, lambda *_: None))
            put_in_order(office, 2020, planned(office, 2020), WHY)
        papers = list(office.register.papers())
        assert all(paper.archival_code for paper in papers)
        export(office, papers, Order(tmp_path / "set", form))
        assert receive(other, tmp_path / "set") == len(papers)
        assert by_id(other.register.papers()) == by_id(papers)
    is_sound_and_comes_back(other)
