"""Old papers come in with their own numbers, byte for byte, once; and everything wrong in folder or titles is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pipeline.core.findings import Code, Severity
from pipeline.core.values import FiledPaper, IndexQuery, Number
from pipeline.filing.metadata import read
from pipeline.handover import Order, export, file_old, incoming, judge_old, look_through, take_in
from pipeline.numberbook import Why, void
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.rendering import FontBook, Metadata, render
from pipeline.rendering.archival import objections
from pipeline.restoring import rebuild_register
from tests.cli.terminal import gongwen
from tests.filing.faults import killed_at
from tests.offices import BLANK, make_office, tree, verified

HEADINGS = ("序号", "标题", "发文字号", "发文机关", "成文日期", "保管期限", "密级", "文件名", "备注")
PRAISE = ("关于表彰先进基层党组织的通报", "铜王组发[2015]3号", "区委组织部", "2015年3月12日", "30年", "", "praise", "")
TERM = ("关于做好换届工作的通知", "铜王组发〔2015〕4号", "组织部", date(2015, 5, 6), "永久", "", "0002.docx", "")
RULES = ("关于印发旧办法的通知", "铜组字〔2009〕17号", "组织部", "2009.11.2", "10年", "内部", "0003", "")
YEAR = ("桃园社区工作总结", "", "桃园社区", "2016-12-30", "10年", "", "0004-1.jpg；0004-2.tif", "两页")


def write_titles(folder: Path, rows: Sequence[Sequence[object]], name: str = "题名表.xlsx") -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "题名表"
    sheet.append(HEADINGS)
    for number, row in enumerate(rows, start=1):
        sheet.append((number, *row))
    workbook.save(folder / name)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of papers as they lie in a cupboard: PDF with text, Word, an old .doc with its PDF, two pictures."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "扫描").mkdir()
    docx = (Path(__file__).parent.parent.parent / "templates" / "notice" / "template.docx").read_bytes()
    printed = render(docx, book=FontBook.open({}, ()), metadata=Metadata(title="旧"), strict=False).pdf
    (folder / "扫描" / "praise.pdf").write_bytes(printed)
    (folder / "0002.docx").write_bytes(docx)
    (folder / "0003.doc").write_bytes(b"\xd0\xcf\x11\xe0 an old Word file")
    (folder / "0003.pdf").write_bytes(BLANK)
    page = Image.new("RGB", (827, 1169), "white")
    ImageDraw.Draw(page).ellipse((450, 750, 650, 950), outline="red", width=8)
    page.save(folder / "0004-1.jpg", dpi=(100, 100))
    page.convert("1").save(folder / "0004-2.tif", dpi=(100, 100), compression="group4")
    (folder / "Thumbs.db").write_bytes(b"nobody's")
    return folder


@pytest.fixture
def folder(files: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "papers"
    shutil.copytree(files, copy)
    write_titles(copy, (PRAISE, TERM, RULES, YEAR))
    return copy


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path / "office") as office:
        yield office


def receive(office: Office, folder: Path) -> tuple[FiledPaper, ...]:
    """``gongwen import FOLDER --apply``."""
    with office.writing("import"):
        recover(office)
        found = judge_old(folder, office)
        return file_old(found, office)[1] if found.is_good else ()


def told(office: Office, folder: Path) -> list[tuple[Code, str]]:
    """The errors: code and cell."""
    found = look_through(judge_old(folder, office), office)
    return [(one.code, one.cell) for one in found.findings if one.severity is Severity.ERROR]


def by_title(papers: Sequence[FiledPaper]) -> Mapping[str, FiledPaper]:
    return {paper.title: paper for paper in papers}


def test_old_papers_are_filed_under_their_own_numbers(office: Office, folder: Path) -> None:
    papers = by_title(receive(office, folder))
    assert {paper.number: paper.archival_code for paper in papers.values()} == {
        "铜王组发〔2015〕3号": "D001-WS·2015-D30-ZZB-0001",
        "铜王组发〔2015〕4号": "D001-WS·2015-Y-ZZB-0001",
        "铜组字〔2009〕17号": "D001-WS·2009-D10-ZZB-0001",
        "": "D001-WS·2016-D10-TYS-0001",
    }
    entry = office.register.entry(Number("铜王组发", 2015, 3, "铜王组发〔2015〕3号"))
    assert entry is not None and entry.state == "allocated" and entry.paper == papers[PRAISE[0]].paper
    assert office.register.taken("铜组字", 2009) == {17}
    assert verified(office).is_sound
    before = {paper.paper: paper for paper in office.register.papers()}
    with office.writing("reindex"):
        rebuild_register(office)
    assert {paper.paper: paper for paper in office.register.papers()} == before and verified(office).is_sound


def test_every_original_is_kept_byte_for_byte(office: Office, folder: Path) -> None:
    papers = by_title(receive(office, folder))

    def content(title: object, role: str) -> bytes:
        return (office.settings.archive / papers[str(title)].files[role].path).read_bytes()

    assert content(PRAISE[0], "pdf") == (folder / "扫描" / "praise.pdf").read_bytes()
    assert content(TERM[0], "docx") == (folder / "0002.docx").read_bytes()
    assert content(RULES[0], "original") == (folder / "0003.doc").read_bytes()
    assert content(RULES[0], "pdf") == (folder / "0003.pdf").read_bytes()
    assert content(YEAR[0], "original") == (folder / "0004-1.jpg").read_bytes()
    assert content(YEAR[0], "original2") == (folder / "0004-2.tif").read_bytes()
    assert content(YEAR[0], "source") == (folder / "题名表.xlsx").read_bytes()
    made = content(YEAR[0], "pdf")
    assert objections(made) == ()
    with pikepdf.open(BytesIO(made)) as pdf:
        assert len(pdf.pages) == papers[YEAR[0]].pages == 2
        assert pdf.docinfo["/Title"] == YEAR[0]
        assert [round(float(each)) for each in pdf.pages[0].mediabox] == [0, 0, 595, 842]
        assert bytes(pdf.pages[0].Resources.XObject["/Scan"].read_raw_bytes()) == (folder / "0004-1.jpg").read_bytes()


def test_metadata_tell_of_the_scan_and_text_is_found(office: Office, folder: Path) -> None:
    papers = by_title(receive(office, folder))
    said = (office.settings.archive / papers[YEAR[0]].files["metadata"].path).read_bytes()
    assert set(read(said).files) == {"pdf", "original", "original2", "source"}
    text = said.decode()
    assert "<扫描分辨率>100dpi</扫描分辨率>" in text and "<扫描色彩模式>彩色</扫描色彩模式>" in text
    assert "<业务行为>编号</业务行为>" not in text and "第5行整理" in text
    word = (office.settings.archive / papers[TERM[0]].files["metadata"].path).read_text(encoding="utf-8")
    assert "数字化属性" not in word and "<稿本>定稿</稿本>" in word
    praise = papers[PRAISE[0]]
    assert praise.text  # the text layer of the PDF
    line = max(praise.text.splitlines(), key=len)[:12]
    hits = office.register.search(IndexQuery(words=(line,)))
    assert praise.paper in {hit.paper.paper for hit in hits}
    assert papers[TERM[0]].kind_name == "通知" and papers[YEAR[0]].kind_name == "总结"


def test_the_same_folder_again_files_nothing_and_a_longer_one_the_rest(office: Office, folder: Path) -> None:
    assert len(receive(office, folder)) == 4
    assert receive(office, folder) == ()
    shutil.copyfile(folder / "0003.pdf", folder / "0005.pdf")
    more = ("关于补充事项的函", "铜王组发〔2015〕9号", "组织部", "2015-8-1", "10年", "", "0005", "")
    write_titles(folder, (PRAISE, TERM, RULES, YEAR, more))
    assert [paper.title for paper in receive(office, folder)] == [more[0]]
    assert len(list(office.register.papers())) == 5 and verified(office).is_sound


def test_what_comes_of_them_leaves_and_comes_in_elsewhere(office: Office, folder: Path, tmp_path: Path) -> None:
    papers = receive(office, folder)
    for form in ("bagit", "eep"):
        export(office, papers, Order(tmp_path / form, "eep" if form == "eep" else "bagit"))
        with make_office(tmp_path / f"other-{form}") as other, other.writing("import"):
            with incoming(tmp_path / form, other) as found:
                assert take_in(other, found) == 4
            assert verified(other).is_sound


def test_everything_wrong_is_named_at_its_cell(office: Office, folder: Path) -> None:
    with office.writing("void"):
        void(office, "铜王组发〔2015〕4号", 2015, Why("没有发出", "王"))
    (folder / "扫描" / "unlisted.pdf").write_bytes(BLANK)
    rows = (
        ("关于甲的通知", "铜王组发〔2015〕4号", "组织部", "2015-5-6", "永久", "", "0002.docx", ""),
        ("关于乙的通知", "铜王组发〔2015〕5号", "区委组织", "2015-5-6", "永久", "", "praise", ""),
        ("关于丙的通知", "铜王组发〔2015〕6号", "组织部", "2015年13月", "永久", "", "nothing.pdf", ""),
        ("关于丁的通知", "桃社党〔2015〕7号", "组织部", "2015-5-6", "短期", "", "0003.doc", ""),
        ("", "没有号", "组织部", f"{date.today().year + 1}-5-6", "10年", "", "0002", ""),
    )
    write_titles(folder, rows)
    found = told(office, folder)
    assert {
        (Code.NOT_AN_ORGANISATION, "D3"),
        (Code.FILE_MISSING, "H4"),
        (Code.NOT_A_DATE, "E4"),
        (Code.NOT_A_CHOICE, "F5"),
        (Code.FILE_UNFIT, "H5"),
        (Code.REQUIRED, "B6"),
        (Code.DATE_AHEAD, "E6"),
        (Code.NUMBER_FORM, "C6"),
        (Code.DUPLICATE, "H6"),
        (Code.FILE_UNLISTED, ""),
        (Code.NUMBER_TAKEN, "C2"),
    } <= set(found)
    sentences = " ".join(one.sentence() for one in judge_old(folder, office).findings)
    assert "中共铜川市王益区委组织部" in sentences and "扫描/unlisted.pdf" in sentences and "没有发出" in sentences
    assert receive(office, folder) == () and list(office.register.papers()) == []


@pytest.mark.parametrize("where", ["cell", "name", "text"])
def test_secrets_are_refused(office: Office, folder: Path, where: str) -> None:
    row = list(RULES)
    if where == "cell":
        row[5] = "秘密★5年"
    elif where == "name":
        (folder / "0003.pdf").rename(folder / "0003【机密】.pdf")
        row[6] = "0003【机密】.pdf；0003.doc"
    else:
        words = pikepdf.new()
        words.add_blank_page()
        picture = folder / "扫描" / "praise.pdf"
        docx = (folder / "0002.docx").read_bytes()
        from docx import Document

        document = Document(BytesIO(docx))
        document.element.body.insert(0, document.add_paragraph("秘密★1年")._p)
        secret = BytesIO()
        document.save(secret)
        printed = render(secret.getvalue(), book=FontBook.open({}, ()), metadata=Metadata(title="旧"), strict=False)
        picture.write_bytes(printed.pdf)
    write_titles(folder, (PRAISE, TERM, row, YEAR))
    assert Code.CLASSIFIED in {code for code, _cell in told(office, folder)}
    assert receive(office, folder) == () and not list(office.settings.archive.rglob("*.pdf"))


def test_an_unreadable_file_keeps_all_out(office: Office, folder: Path) -> None:
    (folder / "0004-2.tif").write_bytes(b"II*\x00 cut off")
    assert told(office, folder) == [(Code.NOT_A_SCAN, "H5")]
    assert receive(office, folder) == () and list(office.register.papers()) == []
    assert not list(office.staging("x").folder.parent.glob("*/*"))


def test_another_scan_under_a_known_title_is_told(office: Office, folder: Path) -> None:
    receive(office, folder)
    (folder / "0003.pdf").write_bytes(BLANK + b"\n")
    assert told(office, folder) == [(Code.ALREADY_FILED, "B4")]


def test_killed_anywhere_they_are_filed_once(folder: Path, tmp_path: Path) -> None:
    before = tree(folder)
    with make_office(tmp_path / "calm") as calm:
        wanted = {paper.archival_code: paper.number for paper in receive(calm, folder)}
    for number in range(3, 6000, 211):
        root = tmp_path / f"office-{number}"
        with make_office(root):
            pass

        def at_the_office(root: Path = root) -> None:
            with make_office(root) as office:
                receive(office, folder)

        was_killed = killed_at(number, at_the_office)
        with make_office(root) as office:
            receive(office, folder)
            assert {paper.archival_code: paper.number for paper in office.register.papers()} == wanted
            assert not office.register.unfinished() and verified(office).is_sound
        shutil.rmtree(root)
        if not was_killed:
            break
    else:
        pytest.fail("it never came to its end")
    assert tree(folder) == before  # the folder is only read


WORDS = st.text(st.sampled_from("关于做好换届工作的通知〔《2015 3号\n"), max_size=12)


@given(rows=st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_no_row_is_dropped_in_silence(rows: list[tuple[str, ...]]) -> None:
    """Whatever stands in the rows: nothing is filed while a row is wrong, and each file is a paper's or is told of."""
    with TemporaryDirectory() as scratch, make_office(Path(scratch) / "office") as office:
        folder = Path(scratch) / "papers"
        folder.mkdir()
        (folder / "1.pdf").write_bytes(BLANK)
        written = [
            (title, number, organ, day, "10年", "", name, note) for title, number, organ, day, name, note in rows
        ]
        write_titles(folder, written)
        found = judge_old(folder, office)
        listed = {path for _numbered, files in found.papers for path in files}
        assert not found.is_good or listed == {"1.pdf"}


def test_the_command_checks_first_and_the_blank_workbook_shows_the_columns(
    office: Office, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = office.settings.root
    said = gongwen(capsys, monkeypatch, "-w", root, "sheet", "old-papers", "-o", tmp_path / "blank.xlsx")
    assert said.code == 0
    sheet = openpyxl.load_workbook(tmp_path / "blank.xlsx")["题名表"]
    assert [str(cell.value).rstrip("*") for cell in sheet[1]] == [
        "序号",
        "题名",
        "文号",
        "责任者",
        "日期",
        "保管期限",
        "密级",
        "文件名",
        "备注",
    ]
    (folder / "0004-2.tif").unlink()
    said = gongwen(capsys, monkeypatch, "-w", root, "import", folder)
    assert said.code == 3 and "H5" in said.out and "一件也没有收" in said.out
    assert list(office.register.papers()) == []
