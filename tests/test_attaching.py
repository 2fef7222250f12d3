"""组件: draft, slip and the paper received lie beside their paper as one 件, in its order, and are known everywhere."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from PIL import Image

from pipeline import deedbook
from pipeline.attaching import attach
from pipeline.cli import commands
from pipeline.core.composition import Part
from pipeline.core.deeds import RECEIVER, Action
from pipeline.core.errors import AnswerIsNo
from pipeline.deedbook import On, Why
from pipeline.handover import Order, export
from pipeline.handover.order import Form
from pipeline.office import Office
from pipeline.restoring import rebuild_register
from pipeline.retrieval import show
from tests.filed import KINDS, filled, notice
from tests.offices import BLANK, make_office, tree, verified
from tests.test_deedbook import SCAN
from tests.test_numberbook import lose_register

WHY = Why("组件", "王秘书")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def office(kept: Path, tmp_path: Path) -> Iterator[Office]:
    root = shutil.copytree(kept, tmp_path / "office")
    with make_office(root) as made:
        vars(made)["kinds"] = KINDS
        yield made


def word(path: Path, *paragraphs: str) -> Path:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    document.save(str(path))
    return path


def picture(path: Path) -> Path:
    Image.new("L", (40, 40), 200).save(path, "JPEG")
    return path


def pdf(path: Path) -> Path:
    path.write_bytes(BLANK)
    return path


def put_together(office: Office, folder: Path) -> None:
    """Everything that an office keeps of a notice, in no order."""
    for part, path in (
        (Part.INCOMING, pdf(folder / "区委来文.pdf")),
        (Part.DRAFT, word(folder / "定稿（领导改）.docx", "同意印发。")),
        (Part.SLIP, picture(folder / "稿纸 照片.JPEG")),
        (Part.ATTACHMENT, word(folder / "附件.docx", "名单")),
    ):
        attach(office, notice(office), path, part, WHY)
    deedbook.do(office, Action.SEALED, [On(notice(office), files={"sealed": SCAN})], WHY)


ORDER = ["盖章件", "附件", "发文稿纸", "定稿", "来文"]


def test_the_parts_of_a_piece_are_shown_in_the_order_of_the_rule(office: Office, tmp_path: Path) -> None:
    put_together(office, tmp_path)
    view = show(notice(office).paper, office.register, office.settings.archive)
    assert [file.name for file in view.files] == ["PDF", "Word 文件", "元数据", "归档记录", "来稿", *ORDER]
    assert all(file.is_there for file in view.files)
    stem = Path(notice(office).files["pdf"].path).stem
    assert [file.path.name for file in view.files[-3:]] == [
        f"{stem}（发文稿纸）.jpg",
        f"{stem}（定稿）.docx",
        f"{stem}（来文）.pdf",
    ]
    page = (view.files[0].path.parent / "index.html").read_text(encoding="utf-8")
    places = [page.index(f">{name}</a>") for name in ORDER]
    assert places == sorted(places)
    assert verified(office).is_sound


def test_a_register_made_anew_knows_them_and_one_that_is_gone_is_missed(office: Office, tmp_path: Path) -> None:
    put_together(office, tmp_path)
    root = office.settings.root
    lose_register(office)
    with make_office(root) as again:
        rebuild_register(again)
        view = show(notice(again).paper, again.register, again.settings.archive)
        assert [file.name for file in view.files][-5:] == ORDER
        assert verified(again).is_sound
        view.files[-2].path.unlink()
        assert not verified(again).is_sound


def test_a_set_that_is_handed_on_holds_them(office: Office, tmp_path: Path) -> None:
    put_together(office, tmp_path)
    forms: tuple[Form, ...] = ("bagit", "eep")
    for form in forms:
        export(office, [notice(office)], Order(tmp_path / form, form))
    names = {Path(path).name for path in tree(tmp_path / "bagit")}
    assert {name for name in names if "（来文）.pdf" in name or "（定稿）.docx" in name}
    (page,) = (tmp_path / "bagit").glob("data/archive/*/*/index.html")
    assert ">定稿</a>" in page.read_text(encoding="utf-8")
    (package,) = (tmp_path / "eep").glob("*WS*.xml")
    told = package.read_text(encoding="utf-8")
    places = [told.index(f"<题名>{name}</题名>") for name in ORDER]
    assert places == sorted(places)


# --------------------------------------------------------------------------- what is refused


def refused(office: Office, path: Path, part: Part = Part.DRAFT) -> str:
    before = tree(office.settings.archive)
    with pytest.raises(AnswerIsNo) as error:
        attach(office, notice(office), path, part, WHY)
    assert tree(office.settings.archive) == before
    return str(error.value)


def test_what_is_marked_secret_is_refused_wherever_it_can_be_read(office: Office, tmp_path: Path) -> None:
    assert "密级" in refused(office, word(tmp_path / "a.docx", "机密★1年", "正文"))
    assert "密级" in refused(office, pdf(tmp_path / "谈话记录（秘密）.pdf"))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    old += "WordDocument".encode("utf-16-le") + bytes(8) + "绝密★\r正文".encode("utf-16-le") + bytes(8)
    (tmp_path / "旧稿.doc").write_bytes(old)
    assert "密级" in refused(office, tmp_path / "旧稿.doc")


def test_a_text_about_secrecy_and_an_internal_paper_are_taken(office: Office, tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", "内部", "要严守党的秘密，采用无记名（秘密）投票。")
    assert attach(office, notice(office), path, Part.DRAFT, WHY).entry.lines[0].details["file_name"] == "a.docx"


def test_other_files_and_broken_ones_are_refused(office: Office, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
    for name, content in (
        ("表.docx", made.getvalue()),
        ("页.pdf", b"<html></html>"),
        ("空.pdf", b""),
        ("断.docx", word(tmp_path / "整.docx", "一").read_bytes()[:-300]),
        ("断.jpg", picture(tmp_path / "整.jpg").read_bytes()[:300]),
        ("断.pdf", b"%PDF-1.7\nnothing"),
    ):
        (tmp_path / name).write_bytes(content)
        refused(office, tmp_path / name)


def test_macros_are_refused(office: Office, tmp_path: Path) -> None:
    path = word(tmp_path / "宏.docx", "一")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"x")
    assert "宏" in refused(office, path)


def test_the_same_file_twice_and_a_paper_that_was_handed_over_are_refused(office: Office, tmp_path: Path) -> None:
    path = pdf(tmp_path / "来文.pdf")
    attach(office, notice(office), path, Part.INCOMING, WHY)
    assert "已经在公文旁边" in refused(office, path, Part.INCOMING)
    deedbook.do(office, Action.TRANSFER, [On(notice(office))], WHY, details={RECEIVER: "区档案馆"})
    assert "已经移交" in refused(office, picture(tmp_path / "稿纸.jpg"), Part.SLIP)


def test_as_it_is_typed(office: Office, tmp_path: Path) -> None:
    path, paper, root = picture(tmp_path / "稿纸.jpg"), notice(office), office.settings.root
    office.register.close()
    arguments = ["-w", str(root), "attach", paper.paper, str(path), "--as", "slip", "--by", "王秘书"]
    result = CliRunner().invoke(commands, arguments, standalone_mode=False, catch_exceptions=False)
    assert result.return_value == 0 and "（发文稿纸）.jpg" in result.output
