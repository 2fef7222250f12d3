"""Scans come through the inbox and end beside their papers; what is in doubt comes back, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from pipeline import deedbook
from pipeline.books import Why
from pipeline.core.deeds import Action
from pipeline.core.findings import Code, Finding
from pipeline.core.papercode import PaperCode, paper_code, read_code
from pipeline.core.values import FiledPaper
from pipeline.deedbook import On
from pipeline.flow import Outcome
from pipeline.office import Office
from pipeline.rehearsal import rehearse
from pipeline.restoring import rebuild_register
from pipeline.rounds import run_once
from pipeline.scanning import CodeSeen, Made, ScannedPage, UnreadableScan
from tests.offices import FORMS, CalmWorkers, drop, make_office, tree, verified


class ScanningWorkers(CalmWorkers):
    """Reads scans that are written in JSON: what is on each page, a code, "text" or "blank"."""

    def read_scan(self, path: Path) -> tuple[ScannedPage, ...]:
        try:
            pages = json.loads(path.read_bytes().removesuffix(b"%%EOF"))
        except ValueError:
            raise UnreadableScan(Finding(Code.NOT_A_SCAN)) from None
        return tuple(_page(number, what) for number, what in enumerate(pages, start=1))

    def sealed_copy(self, scan: Path, pages: Sequence[int], original: Path) -> Made:
        assert original.is_file()
        return Made(b"%PDF sealed " + scan.read_bytes() + str(pages).encode(), (0.97,) * len(pages))

    def remaining_pages(self, scan: Path, pages: Sequence[int]) -> bytes:
        return b"%PDF rest " + str(list(pages)).encode()


def _page(number: int, what: str) -> ScannedPage:
    code = read_code(what)
    return ScannedPage(number, 1654, 2339, 200.0, (CodeSeen(code),) if code else (), what == "blank")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with six papers of one page each."""
    office = make_office(tmp_path)
    vars(office)["workers"] = ScanningWorkers()
    drop(office, FORMS)
    run(office)
    return office


def run(office: Office) -> list[Outcome]:
    with office.writing("test"):
        return list(run_once(office, lambda *_told: None))


def papers(office: Office) -> list[FiledPaper]:
    return list(office.register.papers())


def code_of(paper: FiledPaper) -> PaperCode:
    return paper_code(paper.paper, paper.files["docx"].sha256, paper.pages)


def scan(office: Office, *pages: PaperCode | str, name: str = "扫描0001.pdf") -> Path:
    path = office.settings.inbox / name
    path.write_bytes(json.dumps([str(page) for page in pages], ensure_ascii=False).encode() + b"%%EOF")
    return path


def sealed(office: Office, paper: FiledPaper) -> list[str]:
    return [copy.file.path for copy in deedbook.standing_of(office, paper).copies]


def test_every_paper_of_a_scan_gets_its_sealed_copy_beside_it(office: Office) -> None:
    one, two, *_others = papers(office)
    path = scan(office, code_of(one), "blank", code_of(two), "blank")
    (outcome,) = run(office)
    assert (outcome.state, outcome.papers, outcome.findings) == ("filed", (one, two), ())
    assert not path.exists()
    for paper in (one, two):
        (beside,) = sealed(office, paper)
        assert beside == paper.files["pdf"].path.removesuffix(".pdf") + "（盖章件）.pdf"
        assert (office.settings.archive / beside).read_bytes().startswith(b"%PDF sealed")
    assert verified(office).is_sound


def test_the_receipt_names_papers_pages_and_blanks(office: Office) -> None:
    one, two, *_others = papers(office)
    scan(office, code_of(one), "blank", code_of(two))
    (outcome,) = run(office)
    assert outcome.delivered == office.receipts / "扫描0001（回执）.xlsx"
    sheet = openpyxl.load_workbook(outcome.delivered).active
    assert sheet is not None
    assert sheet["A2"].value == "收到盖章件 2 件，空白页 1 页没有收。"
    assert [sheet[f"B{row}"].value for row in (5, 6)] == ["1", "3"]
    link = sheet["F5"].hyperlink.target
    assert (office.receipts / link).resolve() == (office.settings.archive / sealed(office, one)[0]).resolve()


def test_good_papers_are_filed_and_doubtful_pages_come_back_with_the_reason(office: Office) -> None:
    one, two, *_others = papers(office)
    unknown = PaperCode("f" * 16, "0" * 8, 1)
    path = scan(office, "text", code_of(one), unknown, code_of(two), "text")
    before = path.read_bytes()
    (outcome,) = run(office)
    assert (outcome.state, outcome.papers) == ("returned", (one,))
    assert [finding.code for finding in outcome.findings] == [Code.SCAN_CODE, Code.SCAN_PAGES, Code.SCAN_UNKNOWN]
    assert outcome.findings[1].cell.endswith(f"（{two.title}）"), "the paper whose pages are wanting is named"
    assert tree(office.returned) | {"扫描0001.pdf（退回说明）.xlsx": b""} == {
        "原件/扫描0001.pdf": before,
        "扫描0001（退回页）.pdf": b"%PDF rest [1, 3, 4, 5]",
        "扫描0001.pdf（退回说明）.xlsx": b"",
    }
    assert sealed(office, one)
    assert not sealed(office, two)
    assert not path.exists()


def test_a_print_of_another_draft_is_refused(office: Office) -> None:
    (one, *_others) = papers(office)
    scan(office, PaperCode(one.paper, "0" * 8, 1))
    (outcome,) = run(office)
    assert [finding.code for finding in outcome.findings] == [Code.SCAN_OTHER_PRINT]
    assert not sealed(office, one)


def test_pages_that_are_not_those_of_the_paper_are_refused(office: Office) -> None:
    (one, *_others) = papers(office)
    scan(office, code_of(one))
    vars(office)["workers"].sealed_copy = lambda *_given: Made(b"", (0.1,), (Finding(Code.SCAN_OTHER_PAGE),))
    (outcome,) = run(office)
    assert [finding.code for finding in outcome.findings] == [Code.SCAN_OTHER_PAGE]
    assert not sealed(office, one)


def test_a_withdrawn_paper_gets_no_sealed_copy(office: Office) -> None:
    (one, *_others) = papers(office)
    with office.writing("test"):
        deedbook.do(office, Action.WITHDRAW, [On(one)], Why("发错了", "王秘书"))
    scan(office, code_of(one))
    (outcome,) = run(office)
    assert [finding.code for finding in outcome.findings] == [Code.SCAN_WITHDRAWN]


def test_the_same_scan_again_is_known_and_another_scan_is_a_second_copy(office: Office) -> None:
    (one, *_others) = papers(office)
    scan(office, code_of(one))
    run(office)
    scan(office, code_of(one), name="又一次.pdf")
    (again,) = run(office)
    assert (again.state, len(sealed(office, one))) == ("known", 1)
    scan(office, code_of(one), "blank")
    (better,) = run(office)
    assert (better.state, len(sealed(office, one))) == ("filed", 2)
    assert verified(office).is_sound


def test_what_is_no_scan_comes_back_with_the_original(office: Office) -> None:
    (office.settings.inbox / "坏.pdf").write_bytes(b"nothing %%EOF")
    (outcome,) = run(office)
    assert [finding.code for finding in outcome.findings] == [Code.NOT_A_SCAN]
    assert sorted(tree(office.returned)) == ["原件/坏.pdf", "坏.pdf（退回说明）.xlsx"]


def test_a_rehearsal_tells_and_changes_nothing(office: Office) -> None:
    one, two, *_others = papers(office)
    scan(office, code_of(one), code_of(two), "text")
    before = tree(office.settings.root / "archive"), tree(office.settings.inbox)
    (outcome,) = rehearse(office, lambda *_told: None)
    assert (outcome.state, outcome.papers) == ("returned", (one,))
    assert (tree(office.settings.root / "archive"), tree(office.settings.inbox)) == before
    assert not sealed(office, one)


def test_the_archive_alone_tells_of_sealed_copies(office: Office) -> None:
    (one, *_others) = papers(office)
    scan(office, code_of(one))
    run(office)
    before = sealed(office, one)
    with office.writing("test"):
        rebuild_register(office)
    assert sealed(office, one) == before


@pytest.mark.parametrize("at", ["before the deed", "after the deed", "before the original goes"])
def test_a_kill_loses_nothing_and_doubles_nothing(office: Office, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    one, two, *_others = papers(office)
    path = scan(office, code_of(one), code_of(two), "text", code_of(papers(office)[2]))
    where = {
        "before the deed": "pipeline.scans.deedbook.do",
        "after the deed": "pipeline.books.finish",
        "before the original goes": "pipeline.scans.let_go",
    }[at]

    def killed(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(where, killed)
        with pytest.raises(KeyboardInterrupt):
            run(office)
    assert path.exists()
    run(office)
    assert not path.exists()
    assert [len(sealed(office, paper)) for paper in papers(office)] == [1, 0, 1, 0, 0, 0]
    assert list(office.returned.glob("*（退回页）*"))
    assert verified(office).is_sound
