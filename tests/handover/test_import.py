"""What comes in is what left: number, 档号, dates, records, every byte; and what stands in its way is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from pipeline.arranging import planned, put_in_order
from pipeline.books import Why
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.values import FiledPaper, IndexQuery
from pipeline.handover import Order, export, incoming, take_in
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.restoring import rebuild_register
from pipeline.rounds import run_once
from tests.cli.terminal import gongwen
from tests.filing.faults import killed_at
from tests.offices import FORMS, NOTICE, drop, make_office, verified
from tests.test_versions import corrected


def run(office: Office, *names: str) -> None:
    with office.writing("run"):
        for name in names:
            drop(office, name)
        list(run_once(office, lambda *_: None))


def by_id(papers: Iterable[FiledPaper]) -> dict[str, FiledPaper]:
    return {paper.paper: paper for paper in papers}


def receive(office: Office, source: Path) -> int:
    """``gongwen import SET --apply``."""
    with office.writing("import"):
        recover(office)
        with incoming(source, office) as found:
            return take_in(office, found)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path / "one") as office:
        run(office, NOTICE, FORMS)
        yield office


@pytest.fixture
def papers(office: Office) -> list[FiledPaper]:
    return list(office.register.papers())


@pytest.mark.parametrize(("name", "form"), [("bag", "bagit"), ("bag.zip", "bagit"), ("eep", "eep"), ("eep.zip", "eep")])
def test_what_comes_in_is_what_left(
    office: Office, other: Office, papers: list[FiledPaper], tmp_path: Path, name: str, form: str
) -> None:
    export(office, papers, Order(tmp_path / name, "eep" if form == "eep" else "bagit"))
    assert receive(other, tmp_path / name) == len(papers)
    assert by_id(other.register.papers()) == by_id(papers)
    assert other.register.taken("铜王组发", 2020) == office.register.taken("铜王组发", 2020)
    for paper in papers:
        for file in paper.files.values():
            here, there = other.settings.archive / file.path, office.settings.archive / file.path
            assert here.read_bytes() == there.read_bytes()
    found = other.register.search(IndexQuery(words=("兼职委员",)))
    there = office.register.search(IndexQuery(words=("兼职委员",)))
    assert {(hit.paper.paper, hit.snippet) for hit in found} == {(hit.paper.paper, hit.snippet) for hit in there}
    assert [event.action for event in other.register.events(papers[0].paper)] == ["taken-over", "filed"]
    assert verified(other).is_sound
    with other.writing("reindex"):
        rebuild_register(other)
    assert by_id(other.register.papers()) == by_id(papers) and verified(other).is_sound


def test_once_more_takes_nothing_and_the_rest_of_a_workbook_comes_later(
    office: Office, other: Office, papers: list[FiledPaper], tmp_path: Path
) -> None:
    export(office, papers[:3], Order(tmp_path / "some", "bagit"))
    export(office, papers, Order(tmp_path / "all", "bagit"))
    assert receive(other, tmp_path / "some") == 3
    assert receive(other, tmp_path / "some") == 0
    assert receive(other, tmp_path / "all") == len(papers) - 3
    assert {paper.paper for paper in other.register.papers()} == {paper.paper for paper in papers}
    for paper in papers:
        assert [event.action for event in other.register.events(paper.paper)] == ["taken-over", "filed"]
    assert verified(other).is_sound


def test_the_next_number_knows_of_those_that_came_in(
    office: Office, other: Office, papers: list[FiledPaper], tmp_path: Path
) -> None:
    export(office, papers, Order(tmp_path / "bag", "bagit"))
    receive(other, tmp_path / "bag")
    assert other.register.last_piece(papers[0].lowest_class) == office.register.last_piece(papers[0].lowest_class)
    run(other, NOTICE)
    assert len(list(other.register.papers())) == len(papers)  # the same workbook is known


def test_a_number_somebody_has_is_named_and_nothing_comes_in(
    office: Office, other: Office, papers: list[FiledPaper], tmp_path: Path
) -> None:
    export(office, papers, Order(tmp_path / "bag", "bagit"))
    from pipeline.numberbook import Why, reserve

    with other.writing("number reserve"):
        reserve(other, "铜王组发", 2020, 50, Why("别的文件", "王秘书"))
    with incoming(tmp_path / "bag", other) as found:
        assert [why for _name, why in found.findings] == ["文号已被占用"]
        assert "铜王组发〔2020〕50号" in found.findings[0][0]
    assert list(other.register.papers()) == []


def test_a_code_and_a_place_somebody_has_are_named(office: Office, other: Office, tmp_path: Path) -> None:
    run(other, NOTICE)  # the same paper, filed here at another time
    papers = [paper for paper in office.register.papers() if paper.number]
    export(office, papers, Order(tmp_path / "bag", "bagit"))
    path = other.settings.archive / papers[0].files["record"].path
    path.write_bytes(path.read_bytes() + b" ")
    with incoming(tmp_path / "bag", other) as found:
        said = " ".join(why for _name, why in found.findings)
    if found.findings:  # filed within one second both are the very same
        assert "已被占用" in said and "这个位置已有另一个文件" in said


def test_a_damaged_set_is_refused(office: Office, other: Office, papers: list[FiledPaper], tmp_path: Path) -> None:
    export(office, papers, Order(tmp_path / "bag", "bagit"))
    export(office, papers, Order(tmp_path / "eep", "eep"))
    next((tmp_path / "bag").rglob("铜王组发*.pdf")).write_bytes(b"rot")
    package = next((tmp_path / "eep").glob("*.xml"))
    package.write_bytes(package.read_bytes().replace(b"2020", b"2021", 1))
    for name in ("bag", "eep"):
        with pytest.raises(ArchiveDamaged), incoming(tmp_path / name, other):
            pass
    (tmp_path / "none").mkdir()
    with pytest.raises(AnswerIsNo), incoming(tmp_path / "none", other):
        pass


def test_killed_anywhere_it_is_taken_in_once(office: Office, papers: list[FiledPaper], tmp_path: Path) -> None:
    export(office, papers, Order(tmp_path / "bag", "bagit"))
    for number in range(5, 400, 31):
        root = tmp_path / f"other-{number}"
        with make_office(root):
            pass

        def at_the_other(root: Path = root) -> None:
            with make_office(root) as other:
                receive(other, tmp_path / "bag")

        was_killed = killed_at(number, at_the_other)
        with make_office(root) as other:
            receive(other, tmp_path / "bag")
            assert by_id(other.register.papers()) == by_id(papers)
            assert not other.register.unfinished() and verified(other).is_sound
        shutil.rmtree(root)
        if not was_killed:
            break


def test_without_apply_nothing_changes(
    office: Office,
    other: Office,
    papers: list[FiledPaper],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    export(office, papers, Order(tmp_path / "bag", "bagit"))
    words = ("-w", other.settings.root, "import", tmp_path / "bag")
    said = gongwen(capsys, monkeypatch, *words)
    assert said.code == 0 and f"可以接收 {len(papers)} 件" in said.out
    assert list(other.register.papers()) == [] and not list(other.settings.archive.rglob("*.pdf"))
    said = gongwen(capsys, monkeypatch, *words, "--apply")
    assert said.code == 0 and f"收进了 {len(papers)} 件" in said.out


def versions_of(office: Office) -> list[FiledPaper]:
    """The notice in three versions."""
    for changed in ("区委组织部干部二科", "区委组织部"):
        corrected(office.settings.inbox, changed=changed)
        with office.writing("run"):
            assert [one.state for one in run_once(office, lambda *_: None)] == ["filed"]
    found = [paper for paper in office.register.papers() if paper.number]
    return sorted(found, key=lambda paper: paper.version)


@pytest.mark.parametrize(
    "sets", [[(0, 1, 2)], [(0,), (1,), (2,)], [(2,), (1,), (0,)], [(1,), (0, 2)], [(0, 1), (0, 1, 2)], [(2,), (0, 1)]]
)
def test_versions_come_in_together_or_one_by_one_in_any_order(
    office: Office, other: Office, tmp_path: Path, sets: list[tuple[int, ...]]
) -> None:
    chain = versions_of(office)
    assert [paper.version for paper in chain] == [1, 2, 3]
    arrived: set[int] = set()
    for name, some in enumerate(sets):
        export(office, [chain[place] for place in some], Order(tmp_path / str(name), "bagit"))
        assert receive(other, tmp_path / str(name)) == len(set(some) - arrived)
        arrived |= set(some)
        assert other.register.taken("铜王组发", 2020) == {50}, "no other paper gets the number"
        here = sorted(other.register.papers(), key=lambda paper: paper.version)
        current = [paper.version for paper in here if paper.status == "valid"]
        assert current[-1] == max(arrived) + 1
        assert verified(other).is_sound
        ledger = [(line.n, line.text) for line in other.register.ledger()]
        with other.writing("reindex"):
            rebuild_register(other)
        assert sorted(other.register.papers(), key=lambda paper: paper.version) == here
        assert [(line.n, line.text) for line in other.register.ledger()] == ledger
    assert by_id(other.register.papers()) == by_id(chain)
    with other.writing("run"):
        corrected(other.settings.inbox, changed="区委组织部")
        assert [one.state for one in run_once(other, lambda *_: None)] == ["known"]


@pytest.mark.parametrize("form", ["bagit", "eep"])
def test_a_set_tells_the_code_that_the_arrangement_gave_and_keeps_it(other: Office, tmp_path: Path, form: str) -> None:
    """The record beside such a paper has no 档号; lists, metadata and the deed that goes along do."""
    with make_office(tmp_path / "arranging", coding="arrangement") as office:
        run(office, NOTICE)
        with office.writing("arrange"):
            put_in_order(office, 2020, planned(office, 2020), Why("", "王秘书"))
        (paper,) = office.register.papers()
        exported = export(office, [paper], Order(tmp_path / "set", "eep" if form == "eep" else "bagit"))
        listed = openpyxl.load_workbook(BytesIO(exported.lists))
        cells = {cell.value for sheet in listed for row in sheet.iter_rows() for cell in row}
        assert paper.archival_code in cells, "the set carries the code"
        texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "set").rglob("*.xml")]
        assert any(f'值="{paper.archival_code}"' in text or f">{paper.archival_code}<" in text for text in texts)
        assert any("整理后元数据" in path.name for path in (tmp_path / "set").rglob("*")) == (form == "bagit")
    assert receive(other, tmp_path / "set") == 1
    (here,) = other.register.papers()
    assert here.archival_code == paper.archival_code
    assert [path.name for path in other.settings.archive.rglob("*整理后元数据*")], "the second metadata come in too"
    assert verified(other).is_sound
