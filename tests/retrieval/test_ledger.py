"""The ledger against its witnesses, and the number book against the register, both ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.core.acts import Action, ActLine, NumberAct
from pipeline.core.values import FiledPaper, Number
from pipeline.filing import Archive, Staging, census, stage_act
from pipeline.filing.manifest import NAME
from pipeline.retrieval import Damage, Note, NumberBook, Report, verify
from tests.filing.samples import FILED_AT, filed_archive, new_archive

SERIES = "铜王组发"


def number(n: int) -> Number:
    return Number(SERIES, 2020, n, f"铜王组发〔2020〕{n}号")


@dataclass(frozen=True)
class Line:
    """A ledger line."""

    n: int
    state: str
    paper: str = ""
    title: str = ""
    series: str = SERIES
    year: int = 2020

    @property
    def text(self) -> str:
        return number(self.n).text


@dataclass(frozen=True)
class Office:
    """An archive with papers 1 to 3 and acts on 11 (reserved), 12 (void) and 13, 14 (paper register)."""

    archive: Archive
    papers: tuple[FiledPaper, ...]
    book: NumberBook

    def check(self, book: NumberBook | None = None, pending: frozenset[str] = frozenset()) -> Report:
        archive = self.archive.root
        return verify(archive, census(archive), self.papers, pending, book or self.book)

    def with_ledger(self, *lines: Line) -> NumberBook:
        """The book with these lines instead of its own of the same number."""
        mine = {line.n: line for line in lines}
        kept = [line for line in self.book.ledger if line.n not in mine]
        return replace(self.book, ledger=(*kept, *lines))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    archive, papers = filed_archive(tmp_path)
    acts = [
        NumberAct(1, Action.RESERVE, (ActLine(number(11)),), "王秘书", FILED_AT, "表彰"),
        NumberAct(2, Action.VOID, (ActLine(number(12)),), "王秘书", FILED_AT, "打错"),
        NumberAct(
            3, Action.IMPORT, tuple(ActLine(number(n), f"旧文件{n}") for n in (13, 14)), "王秘书", FILED_AT, "旧.csv"
        ),
    ]
    done = []
    for act in acts:
        staging = Staging(tmp_path / "staging" / act.id)
        source = {"source_name": "旧.csv", "source": b"x"} if act.action is Action.IMPORT else {}
        done.append(stage_act(act, staging, archive.occupied(), **source))  # type: ignore[arg-type]
        archive.place_files(staging, done[-1].files.values())
    carried = [Line(one.n, "allocated", one.paper, series=one.series, year=one.year) for one in papers if one.n]
    by_hand = [Line(11, "reserved"), Line(12, "void"), Line(13, "imported"), Line(14, "imported")]
    return Office(archive, papers, NumberBook(tuple(done), (*carried, *by_hand)))


def damages(report: Report) -> list[tuple[Damage | Note, str]]:
    return [(remark.what, remark.path) for remark in report.damages]


def test_a_sound_number_book_is_sound(office: Office) -> None:
    report = office.check()
    assert damages(report) == []
    assert report.files == 4 * 4 + 2 + 3 + 1


def test_reserved_and_void_numbers_are_no_gap(office: Office) -> None:
    (gap,) = [remark for remark in office.check().notes if remark.what is Note.NUMBER_GAP]
    assert "缺 4—10" in gap.sentence


@pytest.mark.parametrize("role", ["act", "source"])
def test_a_missing_or_changed_file_of_the_number_book(office: Office, role: str) -> None:
    path = office.book.acts[2].files[role].path
    whole = (office.archive.root / path).read_bytes()
    (office.archive.root / path).write_bytes(whole + b" ")
    assert (Damage.CHANGED, path) in damages(office.check())
    (office.archive.root / path).unlink()
    assert damages(office.check()) == [(Damage.MISSING, path)]


def test_an_act_that_the_register_does_not_know(office: Office) -> None:
    known = replace(office.book, acts=office.book.acts[:2], ledger=office.book.ledger[:-2])
    report = office.check(known)
    assert damages(report) == [(Damage.UNINDEXED, office.book.acts[2].files["act"].path)]
    assert "reindex" in report.damages[0].sentence


def test_an_act_of_which_the_register_says_otherwise(office: Office) -> None:
    first, *others = office.book.acts
    told = replace(office.book, acts=(replace(first, reason="别的用途"), *others))
    assert damages(office.check(told)) == [(Damage.DISAGREES, first.files["act"].path)]


def test_a_strange_file_and_a_lost_manifest_in_the_number_book(office: Office) -> None:
    folder = office.archive.root / "号簿" / "2020"
    (folder / "草稿.txt").write_bytes(b"x")
    (folder / NAME).unlink()
    assert damages(office.check()) == [
        (Damage.MANIFEST, f"号簿/2020/{NAME}"),
        (Damage.UNKNOWN, "号簿/2020/草稿.txt"),
    ]


def test_an_act_on_its_way_is_no_damage(office: Office) -> None:
    act = office.book.acts[0]
    (office.archive.root / act.files["act"].path).unlink()
    report = office.check(pending=frozenset({act.id}))
    assert report.is_sound
    assert (Note.PENDING, act.files["act"].path) in [(note.what, note.path) for note in report.notes]


def test_an_archive_of_which_only_the_number_book_was_known_is_gone(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    act = NumberAct(1, Action.RESERVE, (ActLine(number(1)),), "王秘书", FILED_AT, "表彰")
    report = verify(archive.root, census(archive.root), (), book=NumberBook((act,), (Line(1, "reserved"),)))
    (remark,) = report.damages
    assert (remark.what, remark.path) == (Damage.MISSING, ".")
    assert "1 条号簿记录" in remark.sentence


Tamper = Callable[[Office], NumberBook]


@pytest.mark.parametrize(
    ("tamper", "n"),
    [
        (lambda office: office.with_ledger(Line(12, "reserved")), 12),
        (lambda office: office.with_ledger(Line(11, "allocated", "no-such-paper")), 11),
        (lambda office: office.with_ledger(Line(20, "void")), 20),
        (lambda office: office.with_ledger(Line(1, "reserved")), 1),
        (lambda office: replace(office.book, ledger=tuple(one for one in office.book.ledger if one.n != 12)), 12),
    ],
    ids=["void no longer", "somebody else's", "void without an act", "paper without its number", "forgotten"],
)
def test_a_ledger_that_says_other_than_papers_and_acts(office: Office, tamper: Tamper, n: int) -> None:
    assert (Damage.DISAGREES, number(n).text) in damages(office.check(tamper(office)))


def test_a_void_number_on_a_paper_is_damage(office: Office) -> None:
    one = next(paper for paper in office.papers if paper.n == 1)
    act = NumberAct(4, Action.VOID, (ActLine(number(1)),), "王秘书", FILED_AT, "打错")
    report = office.check(replace(office.book, acts=(*office.book.acts, act)), frozenset({act.id}))
    assert one.series == SERIES
    assert (Damage.DISAGREES, number(1).text) in damages(report)


def test_a_number_whose_paper_is_lost_and_an_act_that_is_lost_are_told(office: Office) -> None:
    acts = (office.book.acts[0], *office.book.acts[2:])
    ledger = (*(line for line in office.book.ledger if line.n != 12), Line(9, "allocated", title="关于甲的通知"))
    notes = office.check(NumberBook(acts, ledger)).notes
    said = {note.path: note.sentence for note in notes if note.what is Note.NUMBER_LOST}
    assert "关于甲的通知" in said[number(9).text]
    assert "第 2 条" in said["号簿"]
