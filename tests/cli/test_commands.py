"""The commands as a person types them, on an office with a notice and six forms in its archive."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

import pipeline.office
from pipeline.register import Register
from pipeline.rounds import run_once
from tests.cli.terminal import Said, gongwen
from tests.offices import EXAMPLES, FORMS, MISTAKES, NOTICE, CalmWorkers, drop, make_office, tree
from tests.rendering.word import Word, paragraph

Type = Callable[..., Said]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office")
    with make_office(root) as office:
        drop(office, NOTICE)
        drop(office, FORMS)
        list(run_once(office, lambda *_counts: None))
    return root


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Type:
    monkeypatch.setattr(pipeline.office.Office, "workers", CalmWorkers())
    return lambda *words: gongwen(capsys, monkeypatch, *words)


def test_find_by_a_word_of_two_characters(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "find", "印发")
    assert said.code == 0
    assert "铜王组发〔2020〕50号" in said.out


def test_find_nothing_is_an_answer(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "find", "没有这个词")
    assert (said.code, said.out) == (1, "没有找到\n")


def test_find_for_a_program(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "--json", "find", "--kind", "通知")
    [row] = json.loads(said.out)
    assert row["number"] == "铜王组发〔2020〕50号"
    assert Path(row["path"]).is_file()


@pytest.mark.parametrize("number", ["铜王组发〔2020〕50号", "铜王组发[2020]50号"])
def test_show_a_paper_by_its_number_however_typed(typed: Type, filed: Path, number: str) -> None:
    said = typed("-w", filed, "show", number)
    assert said.code == 0
    assert "D001-WS·2020-D30-ZZB-0001" in said.out
    assert "来稿" in said.out


def test_show_what_is_not_there(typed: Type, filed: Path) -> None:
    assert typed("-w", filed, "show", "铜王组发〔2020〕51号").code == 1


def test_an_organisation_nobody_knows_is_answered_with_the_nearest(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "find", "--org", "桃圆社区")
    assert said.code == 1
    assert "桃园社区" in said.err


def test_found_words_are_marked_for_programs(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "--json", "find", "印发", "--sort", "relevance")
    (row, *_others) = json.loads(said.out)
    assert {row["title"][start:end] for start, end in row["title_marks"]} == {"印发"}
    assert {row["snippet"][start:end] for start, end in row["marks"]} == {"印发"}


def test_a_number_without_a_paper_tells_what_the_number_book_knows(typed: Type, filed: Path) -> None:
    assert typed("-w", filed, "number", "reserve", "铜王组发", "--year", "2019", "--purpose", "表彰").code == 0
    said = typed("-w", filed, "show", "铜王组发[2019]1号")
    assert said.code == 0 and "预留" in said.out and "表彰" in said.out
    assert typed("-w", filed, "number", "void", "铜王组发〔2019〕1号", "--reason", "不发了").code == 0
    told = json.loads(typed("-w", filed, "--json", "show", "铜王组发〔2019〕1号").out)
    assert [(one["state"], one["reason"]) for one in told] == [("void", "不发了")]


def test_verify_an_archive_that_is_whole(typed: Type, filed: Path) -> None:
    said = typed("-w", filed, "verify")
    assert said.code == 0
    assert "全部完好" in said.out


def test_verify_one_share_and_print_the_report(typed: Type, filed: Path, tmp_path: Path) -> None:
    said = typed("-w", filed, "verify", "--subset", "2/3", "--stage", "transfer", "-o", tmp_path / "四性检测.pdf")
    assert "第 2 份，共 3 份" in said.out
    printed = "".join(page.extract_text() for page in PdfReader(tmp_path / "四性检测.pdf").pages)
    assert "第2份，共3份" in "".join(printed.split())
    alone = json.loads(typed("-w", filed, "--json", "verify", "--org", "组织部", "--year", "2020").out)
    assert (alone["papers"], alone["registered"]) == (1, 7)
    assert typed("-w", filed, "verify", "--subset", "4/3").code == 2


def test_verify_names_the_file_that_was_changed(typed: Type, filed: Path) -> None:
    victim = next(filed.glob("archive/2020/*/*.pdf"))
    whole = victim.read_bytes()
    victim.write_bytes(whole + b"!")
    try:
        said = typed("-w", filed, "--json", "verify")
    finally:
        victim.write_bytes(whole)
    assert said.code == 4
    assert [remark["code"] for remark in json.loads(said.out)["damages"]] == ["changed"]
    assert victim.name in said.out


def test_number_list_and_continuity(typed: Type, filed: Path) -> None:
    assert "铜王组发〔2020〕50号" in typed("-w", filed, "number", "list").out
    assert typed("-w", filed, "number", "continuity").code == 0


def test_reindex_brings_search_back(typed: Type, filed: Path) -> None:
    (filed / ".gongwen" / "register.db").unlink()
    assert typed("-w", filed, "reindex").code == 0
    assert typed("-w", filed, "find", "印发").code == 0


def test_check_says_what_is_wrong_and_writes_nothing(typed: Type, tmp_path: Path) -> None:
    make_office(tmp_path / "office").__exit__(None, None, None)
    before = tree(tmp_path)
    said = typed("-w", tmp_path / "office", "check", EXAMPLES / "inbox" / MISTAKES)
    assert said.code == 3
    assert "1979年13月" in said.out
    assert tree(tmp_path) == before
    assert typed("-w", tmp_path / "office", "check", EXAMPLES / "inbox" / NOTICE).code == 0
    assert tree(tmp_path) == before


def test_init_makes_an_office_that_opens(typed: Type, tmp_path: Path) -> None:
    assert typed("init", tmp_path / "新办公室").code == 0
    assert {path.name for path in (tmp_path / "新办公室").iterdir()} == {
        "gongwen.toml",
        "inbox",
        "archive",
        "templates",
    }
    listed = typed("-w", tmp_path / "新办公室", "--json", "kinds")
    assert {"notice", "member-form", "agreement", "minutes", "publication"} <= {
        kind["id"] for kind in json.loads(listed.out)
    }


def test_init_replaces_nothing(typed: Type, filed: Path) -> None:
    settings = (filed / "gongwen.toml").read_bytes()
    assert typed("init", filed).code == 1
    assert (filed / "gongwen.toml").read_bytes() == settings


def test_kinds_lists_the_sets_and_checks_them(typed: Type, filed: Path) -> None:
    listed = {kind["id"]: kind for kind in json.loads(typed("-w", filed, "--json", "kinds").out)}
    assert listed["meeting-set"]["papers"] == ["meeting-notice", "sign-in", "minutes", "publication"]
    assert "兼职委员聘任全套" in typed("-w", filed, "kinds").out
    assert {"appointment-set", "meeting-set"} <= json.loads(typed("-w", filed, "--json", "kinds", "check").out).keys()


def test_kinds_check_agrees(typed: Type, filed: Path) -> None:
    assert typed("-w", filed, "kinds", "check").code == 0


def test_kinds_check_names_a_field_that_no_template_prints(typed: Type, tmp_path: Path) -> None:
    typed("init", tmp_path)
    kind = tmp_path / "templates" / "notice" / "kind.toml"
    with kind.open("a", encoding="utf-8") as stream:
        stream.write('\n[[table.field]]\nid = "extra"\nheading = "多出来的"\nexample = "一"\nhelp = "没有用处"\n')
    said = typed("-w", tmp_path, "kinds", "check")
    assert said.code == 1
    assert "extra" in said.out


def test_a_blank_sheet_of_every_kind(typed: Type, filed: Path, tmp_path: Path) -> None:
    for kind in json.loads(typed("-w", filed, "--json", "kinds").out):
        path = tmp_path / f"{kind['id']}.xlsx"
        assert typed("-w", filed, "sheet", kind["id"], "-o", path).code == 0
        assert set(kind["sheets"]) <= set(openpyxl.load_workbook(path).sheetnames)


def test_a_blank_sheet_never_replaces_a_file(typed: Type, filed: Path, tmp_path: Path) -> None:
    path = tmp_path / "有了.xlsx"
    path.write_bytes(b"mine")
    assert typed("-w", filed, "sheet", "notice", "-o", path).code == 1
    assert path.read_bytes() == b"mine"


def test_an_unknown_kind_names_the_known_ones(typed: Type, filed: Path, tmp_path: Path) -> None:
    said = typed("-w", filed, "sheet", "没有", "-o", tmp_path / "x.xlsx")
    assert said.code == 1
    assert "通知" in said.err


def test_no_office_is_a_configuration_error(typed: Type, tmp_path: Path) -> None:
    said = typed("-w", tmp_path, "status")
    assert said.code == 6
    assert "gongwen init" in said.err


def test_a_wrong_option_is_a_usage_error(typed: Type) -> None:
    assert typed("find", "--no-such-option").code == 2


def test_a_second_writer_is_told_who_the_first_is(typed: Type, filed: Path) -> None:
    with make_office(filed) as office, office.writing("run"):
        said = typed("-w", filed, "run")
    assert said.code == 7
    assert "run" in said.err


def test_render_refuses_what_it_cannot_print(typed: Type, tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK not really")
    said = typed("render", broken, "-o", tmp_path / "out.pdf")
    assert said.code == 5
    assert not (tmp_path / "out.pdf").exists()


def test_render_tells_a_program_what_it_did(typed: Type, tmp_path: Path) -> None:
    sound = tmp_path / "通知.docx"
    sound.write_bytes(Word(paragraph("王益区玥堃")).bytes())
    said = typed("render", sound, "-o", tmp_path / "out.pdf", "--json")
    assert said.code == 0
    told = json.loads(said.out)
    assert (told["written"], told["engine"], told["pages"], told["findings"]) == (True, "gongwen", 1, [])
    assert "FandolFang R" in told["fonts"]
    assert {"wanted": "仿宋_GB2312", "used": "FandolFang R"} in told["substitutions"]
    assert {one["character"] for one in told["fallbacks"]} == {"玥", "堃"}
    assert told["milliseconds"].keys() == {"read", "layout", "fonts", "print", "gate"}


def test_render_writes_nothing_or_boxes_what_it_cannot_print(typed: Type, tmp_path: Path) -> None:
    source, out = tmp_path / "公式.docx", tmp_path / "out.pdf"
    source.write_bytes(Word(paragraph("甲") + "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>").bytes())
    said = typed("render", source, "-o", out, "--json")
    assert said.code == 5
    told = json.loads(said.out)
    assert not told["written"] and "公式" in told["findings"][0]["message"]
    assert not out.exists()

    said = typed("render", source, "-o", out, "--no-strict", "--json")
    assert said.code == 0
    [finding] = json.loads(said.out)["findings"]
    assert (finding["message"], finding["part"]) == ("公式", "word/document.xml")
    contents = PdfReader(out).pages[0].get_contents()
    assert contents is not None and b"1 0 0 RG" in contents.get_data()  # a red box in its place


def test_render_refuses_a_file_inside_pdf_a_2(typed: Type, tmp_path: Path) -> None:
    source = tmp_path / "甲.docx"
    source.write_bytes(Word(paragraph("甲")).bytes())
    assert typed("render", source, "-o", tmp_path / "o.pdf", "--embed", "--level", "2u").code == 2
    assert typed("render", source, "-o", tmp_path / "o.pdf", "--embed").code == 0
    assert PdfReader(tmp_path / "o.pdf").attachments.keys() == {"甲.docx"}


def test_a_bug_is_code_70_with_a_trace(typed: Type, filed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.retrieval.find", lambda *_args: 1 / 0)
    said = typed("-w", filed, "find", "x")
    assert said.code == 70
    assert "ZeroDivisionError" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "--org", "组织部", "-o"),
        ("checklist", "--org", "组织部", "--year", "2020", "-o"),
        ("report", "--year", "2020", "-o"),
        ("stamp", "list", "-o"),
        ("sheet", "notice", "-o"),
    ],
)
def test_a_list_is_saved_neither_over_a_filed_paper_nor_where_no_folder_is(
    typed: Type, filed: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ending = ".pdf" if words[0] in ("verify", "checklist", "report") else ".xlsx"
    paper = next(path for path in (filed / "archive").rglob(f"*{ending}"))
    before = paper.read_bytes()
    said = typed("-w", filed, *words, paper)
    assert (said.code, "办公室自己的文件夹" in said.err) == (1, True), said
    assert paper.read_bytes() == before
    said = typed("-w", filed, *words, tmp_path / "没有接上的盘" / f"x{ending}")
    assert (said.code, "没有这个文件夹" in said.err) == (2, True), said
    assert not (tmp_path / "没有接上的盘").exists()


def test_copies_of_the_lists_go_into_a_folder_whose_drive_is_there(typed: Type, filed: Path, tmp_path: Path) -> None:
    said = typed("-w", filed, "catalogue", "-o", tmp_path / "没有接上的盘" / "目录")
    assert (said.code, "先接上" in said.err) == (1, True)
    assert not (tmp_path / "没有接上的盘").exists()
    assert "办公室自己的文件夹" in typed("-w", filed, "catalogue", "-o", filed / "archive").err


def test_a_blank_workbook_is_called_what_it_is(typed: Type, filed: Path, tmp_path: Path) -> None:
    said = typed("-w", filed, "sheet", "notice", "-o", tmp_path / "通知.docx")
    assert (said.code, ".xlsx" in said.err) == (2, True)


def test_what_is_looked_for_and_not_known_is_told_with_what_is(typed: Type, filed: Path) -> None:
    assert "notice（通知）" in typed("-w", filed, "find", "--kind", "notise").err
    assert "现有：" in typed("-w", filed, "members", "--org", "不存在的社区").err
    assert typed("-w", filed, "number", "list", "--series", "某发").out == "没有找到\n"


@pytest.mark.parametrize("mount_point", [False, True], ids=["gone", "empty"])
@pytest.mark.parametrize(
    "words",
    ["reindex", "catalogue", "export --year 2020 -o out", "backup -o out", "number reserve 铜王组发 --purpose 表彰"],
)
def test_of_a_share_that_is_away_nothing_is_made_anew(
    typed: Type, filed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, mount_point: bool
) -> None:
    """reindex made an empty register of it and catalogue the folder itself, which then looked like the archive."""
    monkeypatch.chdir(tmp_path)
    root = shutil.copytree(filed, tmp_path / "office")
    (root / "archive").rename(root / "away")
    if mount_point:
        (root / "archive").mkdir()
    said = typed("-w", root, *words.split())
    assert (said.code, "档案库读不到" in said.err, "共享盘" in said.err) == (6, True, True), said
    assert [*root.glob("archive/*"), *tmp_path.glob("out")] == []
    assert (root / "archive").is_dir() == mount_point
    with Register.open(root / ".gongwen" / "register.db") as register:
        assert len(list(register.papers())) == 7
    assert "档案库读不到" in typed("-w", root, "status").out
    assert "index.html" not in typed("-w", root, "verify").out, "there is worse to tell than pages"


def test_a_terminal_gets_no_line_of_the_log(filed: Path, tmp_path: Path) -> None:
    """Without a log of its own a command let Python print its warnings, in English."""
    root = shutil.copytree(filed, tmp_path / "office")
    (root / "archive").rename(root / "away")
    command = [sys.executable, "-m", "pipeline", "-w", str(root), "verify"]
    assert subprocess.run(command, capture_output=True, check=False).stderr == b""
