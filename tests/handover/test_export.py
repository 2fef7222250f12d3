"""What leaves the office is whole, judged by those who made the rules of its form, and exactly what was filed."""

from __future__ import annotations

import errno
import hashlib
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import bagit
import openpyxl
import pytest
from lxml import etree
from pypdf import PdfReader

from pipeline import deedbook
from pipeline.core.deeds import Action
from pipeline.core.durable import TEMPORARY
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.values import FiledPaper
from pipeline.deedbook import On, Why
from pipeline.filing import census
from pipeline.handover import Order, export, exporting
from pipeline.handover.eep import unpacked
from pipeline.handover.exporting import REPORT, hand_over
from pipeline.handover.lists import NAME as LISTS
from pipeline.handover.order import Form
from pipeline.office import Office
from pipeline.rounds import run_once
from tests.cli.terminal import gongwen
from tests.filing.faults import failing_at, killed_at, steps_of
from tests.handover.schema import schema
from tests.offices import FORMS, NOTICE, drop, make_office, tree, verified


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path / "office") as office:
        for name in (NOTICE, FORMS):
            drop(office, name)
        with office.writing("run"):
            list(run_once(office, lambda *_: None))
        yield office


@pytest.fixture
def papers(office: Office) -> list[FiledPaper]:
    return list(office.register.papers())


def rows(workbook: bytes, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(BytesIO(workbook))[sheet].iter_rows(values_only=True)]


def files_of(papers: list[FiledPaper]) -> dict[str, str]:
    return {file.path: file.sha256 for paper in papers for file in paper.files.values()}


def test_a_bag_holds_the_tree_of_the_archive_with_these_papers_alone(
    office: Office, papers: list[FiledPaper], tmp_path: Path
) -> None:
    some = papers[:3]
    export(office, some, Order(tmp_path / "bag", "bagit"))
    bag = bagit.Bag(str(tmp_path / "bag"))
    assert bag.validate()
    assert bag.info["总件数"] == "3" and bag.info["全宗号"] == "D001"
    archive = tmp_path / "bag" / "data" / "archive"
    for path, digest in files_of(some).items():
        assert hashlib.sha256((archive / path).read_bytes()).hexdigest() == digest
    assert {paper.paper for paper in census(archive).papers.values()} == {paper.paper for paper in some}
    for folder in {(archive / paper.files["pdf"].path).parent for paper in some}:
        subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=folder, check=True)
        page = (folder / "index.html").read_text(encoding="utf-8")
        for paper in papers:
            is_here = (archive / paper.files["pdf"].path).parent == folder
            assert (paper.archival_code in page) == (paper in some and is_here)


def test_the_lists_count_what_is_in_the_set(office: Office, papers: list[FiledPaper], tmp_path: Path) -> None:
    export(office, papers, Order(tmp_path / "bag", "bagit", to="王益区档案馆", by="王秘书"))
    lists = (tmp_path / "bag" / "data" / LISTS).read_bytes()
    form = {row[0]: row[1] for row in rows(lists, "登记表")}
    there = files_of(papers)
    sizes = [(office.settings.archive / path).stat().st_size for path in there]
    assert form["总件数"] == len(papers) and form["总文件数"] == len(there) and form["总字节数"] == sum(sizes)
    assert form["接收单位"] == "王益区档案馆" and form["移交经手人"] == "王秘书"
    listed = [row[1] for row in rows(lists, "清单")]
    assert all(paper.archival_code in listed for paper in papers)


def test_a_package_is_what_the_standard_says_and_gives_back_every_file(
    office: Office, papers: list[FiledPaper], tmp_path: Path
) -> None:
    export(office, papers, Order(tmp_path / "eep", "eep"))
    judge = schema()
    packages = sorted((tmp_path / "eep").glob("*.xml"))
    assert [path.stem for path in packages] == sorted(paper.archival_code for paper in papers)
    for path in packages:
        judge.assertValid(etree.parse(path, etree.XMLParser(huge_tree=True)))
    for paper in papers:
        documents = unpacked((tmp_path / "eep" / f"{paper.archival_code}.xml").read_bytes(), "")
        back = {name: content for document in documents for name, content in document.items()}
        for file in paper.files.values():
            assert back[Path(file.path).name] == (office.settings.archive / file.path).read_bytes()
        assert sorted(Path(name).suffix for name in documents[0]) == [".docx", ".pdf"]
    subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=tmp_path / "eep", check=True)


def test_a_package_tells_what_was_done_to_a_paper_in_the_words_of_the_office(
    office: Office, papers: list[FiledPaper], tmp_path: Path
) -> None:
    notice = next(paper for paper in papers if paper.number)
    with office.writing("test"):
        deedbook.do(office, Action.HOLD, [On(notice)], Why("案件未结", "王秘书"))
        deedbook.do(office, Action.REPEAL, [On(notice)], Why("新规定", "王秘书"), details={"from": "2024-05-01"})
    export(office, [notice], Order(tmp_path / "eep", "eep"))
    (package,) = (tmp_path / "eep").glob("*.xml")
    done = [one.text for one in etree.parse(package, etree.XMLParser(huge_tree=True)).iter("{*}业务行为")]
    assert done == ["登记", "归档", "冻结", "废止"]


@pytest.mark.parametrize("spoilt", [b"<a/>", b"no xml", b""])
def test_what_is_no_package_is_refused(spoilt: bytes) -> None:
    with pytest.raises(ArchiveDamaged):
        unpacked(spoilt, "x.xml")


def test_a_package_cut_short_or_altered_is_refused(office: Office, papers: list[FiledPaper], tmp_path: Path) -> None:
    export(office, papers[:1], Order(tmp_path / "eep", "eep"))
    whole = next((tmp_path / "eep").glob("*.xml")).read_bytes()
    begin = whole.index("<编码数据".encode())
    for spoilt in (whole[: len(whole) // 2], whole[: begin + 200] + whole[begin + 300 :]):
        with pytest.raises(ArchiveDamaged):
            unpacked(spoilt, "x.xml")


def test_a_zip_holds_the_same_set(office: Office, papers: list[FiledPaper], tmp_path: Path) -> None:
    export(office, papers, Order(tmp_path / "移交.zip", "bagit"))
    with zipfile.ZipFile(tmp_path / "移交.zip") as packed:
        assert packed.testzip() is None
        packed.extractall(tmp_path / "out")
    assert bagit.Bag(str(tmp_path / "out" / "移交")).validate()


def test_a_damaged_paper_is_not_handed_over(office: Office, papers: list[FiledPaper], tmp_path: Path) -> None:
    victim = office.settings.archive / papers[2].files["docx"].path
    victim.write_bytes(b"PK rot")
    with pytest.raises(ArchiveDamaged) as said:
        export(office, papers, Order(tmp_path / "bag", "bagit"))
    assert papers[2].files["docx"].path in str(said.value)
    assert not [path for path in tmp_path.iterdir() if path.name != "office"]


def test_nothing_is_overwritten_and_nothing_is_no_set(office: Office, papers: list[FiledPaper], tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(AnswerIsNo):
        export(office, papers, Order(tmp_path / "there", "eep"))
    with pytest.raises(AnswerIsNo):
        export(office, [], Order(tmp_path / "none", "eep"))


@pytest.mark.parametrize("form", ["bagit", "eep"])
def test_a_kill_or_a_full_disk_leaves_no_set(
    office: Office, papers: list[FiledPaper], tmp_path: Path, form: str
) -> None:
    order = Order(tmp_path / "out" / "set", "eep" if form == "eep" else "bagit")
    order.target.parent.mkdir()
    steps = steps_of(lambda: export(office, papers[:2], order))
    before = tree(order.target)
    shutil.rmtree(order.target)
    for number in range(2, steps, 9):
        with failing_at(number, errno.ENOSPC, for_ever=True), pytest.raises((OSError, ArchiveDamaged, bagit.BagError)):
            export(office, papers[:2], order)
        assert not order.target.exists()
        killed_at(number, lambda: export(office, papers[:2], order))
        assert not order.target.exists() or tree(order.target).keys() == before.keys()
        shutil.rmtree(order.target, ignore_errors=True)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(TEMPORARY)]


def test_a_copy_changes_nothing_in_the_office(
    office: Office,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, history = tree(office.settings.archive), office.register.history()
    said = gongwen(
        capsys, monkeypatch, "-w", office.settings.root, "export", "通知", "--year", 2020, "-o", tmp_path / "out"
    )
    assert said.code == 0 and "导出了 1 件" in said.out
    assert tree(office.settings.archive) == before and office.register.history() == history
    said = gongwen(capsys, monkeypatch, "-w", office.settings.root, "export", "没有的词", "-o", tmp_path / "none")
    assert said.code == 1 and not (tmp_path / "none").exists()


def test_a_hand_over_stands_in_the_book_of_deeds_and_is_done_once(
    office: Office,
    papers: list[FiledPaper],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ("-w", office.settings.root, "export", "通知", "--year", 2020, "--transfer")
    assert gongwen(capsys, monkeypatch, *words, "-o", tmp_path / "no receiver").code == 2
    to = ("--to", "王益区档案馆", "--by", "王秘书")
    assert gongwen(capsys, monkeypatch, *words, *to, "-o", tmp_path / "移交").code == 0
    notice = papers[0].paper
    transferred = office.register.standing([notice])[notice].transferred
    assert transferred is not None and transferred.by == "王秘书" and transferred.details["receiver"] == "王益区档案馆"
    for role, name in (("list", LISTS), ("check", REPORT)):
        kept = (office.settings.archive / transferred.files[role].path).read_bytes()
        assert kept == (tmp_path / "移交" / "data" / name).read_bytes()
    assert verified(office).is_sound
    said = gongwen(capsys, monkeypatch, *words, *to, "-o", tmp_path / "again")
    assert (said.code, (tmp_path / "again").exists()) == (1, False)


@pytest.mark.parametrize("name", ["移交", "移交.zip"])
def test_a_set_whose_hand_over_cannot_be_entered_is_taken_away(
    office: Office, papers: list[FiledPaper], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It would lie there with a signed form, and no book know of it."""

    def full(*_asked: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(exporting, "do", lambda *asked, **_told: full(*asked))
    with office.writing("test"), pytest.raises(OSError, match="full"):
        hand_over(office, papers[:1], Order(tmp_path / name, "bagit", to="甲馆", by="王秘书"))
    assert [path.name for path in tmp_path.iterdir()] == ["office"]


@pytest.mark.parametrize("form", ["bagit", "eep"])
def test_the_form_of_a_hand_over_says_what_the_check_found(
    office: Office, papers: list[FiledPaper], tmp_path: Path, form: Form
) -> None:
    notice = papers[0]
    with office.writing("test"):
        sound, _done = hand_over(office, [notice], Order(tmp_path / "sound", form, to="甲馆", by="王秘书"))
        (office.settings.archive / notice.files["pdf"].path).with_name("私放.txt").write_text("?", encoding="utf-8")
        doubted, _done = hand_over(office, [notice], Order(tmp_path / "doubted", form, to="乙馆", by="王秘书"))
    assert [check.item for check in sound.checks] == ["真实性", "完整性", "可用性", "安全性"]
    assert [check.result for check in sound.checks[:3]] == ["通过", "通过", "未通过"], "the calm press prints no PDF/A"
    assert "未通过" not in sound.checks[3].result
    safe = doubted.checks[3]
    assert safe.result == "未通过" and "载体中多余文件" in safe.found and "私放.txt" in safe.found
    form_of = {row[0]: row[1] for row in rows(doubted.lists, "登记表")}
    assert form_of["检验：安全性"] == f"未通过　{safe.found}"
    (report,) = (tmp_path / "doubted").rglob(REPORT)
    said = "".join("".join(page.extract_text().split()) for page in PdfReader(report).pages)
    assert "移交与接收" in said and "未通过" in said and "私放.txt" in said


def test_a_copy_says_that_it_was_not_checked_item_by_item(
    office: Office, papers: list[FiledPaper], tmp_path: Path
) -> None:
    made = export(office, papers[:1], Order(tmp_path / "copy", "bagit"))
    assert {check.item: check.result for check in made.checks} == {"摘要值": "通过", "四性检测": "没有做"}
    assert not list((tmp_path / "copy").rglob(REPORT))


def test_of_papers_that_are_all_destroyed_there_is_no_set(
    office: Office, papers: list[FiledPaper], tmp_path: Path
) -> None:
    with office.writing("test"):
        deedbook.do(office, Action.DESTROY, [On(papers[0])], Why("期满", "王秘书"))
    with pytest.raises(AnswerIsNo, match="已经销毁"):
        export(office, papers[:1], Order(tmp_path / "none", "bagit"))
    assert not (tmp_path / "none").exists()
