"""Every name of a Word file prints, in every role, and nothing is substituted in silence."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pipeline.core.errors import ConfigurationError
from pipeline.core.values import Fallback, Substitution
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.installed import read_faces, scan
from pipeline.rendering.model import TextStyle
from pipeline.rendering.roles import ROLES, role_of
from pipeline.rendering.subset import BOX_ASCENT, BOX_DESCENT
from pipeline.rendering.usage import Usage

FANG = TextStyle("仿宋_GB2312", "Times New Roman", 16)


def used(book: FontBook, style: TextStyle, text: str, *, east_asian: bool = True) -> Usage:
    usage = Usage()
    for character in text:
        usage.add(book.glyph(style, character, east_asian=east_asian), character)
    return usage


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("仿宋_GB2312", "fangsong"),
        ("FangSong", "fangsong"),
        ("方正仿宋_GBK", "fangsong"),
        ("方正小标宋简体", "xiaobiaosong"),
        ("方正小标宋_GBK", "xiaobiaosong"),
        ("楷体_GB2312", "kai"),
        ("KaiTi", "kai"),
        ("黑体", "hei"),
        ("SimHei", "hei"),
        ("等线", "hei"),
        ("微软雅黑", "hei"),
        ("宋体", "song"),
        ("SimSun", "song"),
        ("新宋体", "song"),
        ("一种没人听说过的字体", "song"),
        ("Times New Roman", "serif-latin"),
        ("Arial", "sans-latin"),
        ("Calibri", "sans-latin"),
        ("Courier New", "mono-latin"),
    ],
)
def test_the_role_of_a_name(name: str, role: str) -> None:
    assert role_of(name, east_asian=not name.isascii()).id == role


def name_characters() -> str:
    """The 6763 characters of GB 2312, and some of the 1467 others of the 通用规范汉字表 that names are made of."""
    in_gb2312 = "".join(c for c in map(chr, range(0x4E00, 0x9FA6)) if len(c.encode("gb2312", "ignore")) == 2)
    assert len(in_gb2312) == 6763
    return in_gb2312 + "堃喆珺玥瑄祎旸翀昇珮犇烜玚玙晞昉垚頔韡䶮㛃㙦邨芃姮婳赟璟玘彧琤炘镕瑨叡濬暐龑骎𬭎𫖯𬱖𫍯𫘜"


@pytest.mark.parametrize("name", ["仿宋_GB2312", "方正小标宋_GBK", "楷体_GB2312", "黑体", "宋体"])
def test_every_common_character_and_rare_names_print_in_every_role(book: FontBook, name: str) -> None:
    usage = used(book, TextStyle(name, "Times New Roman", 16), name_characters())
    assert usage.missing == ""


def test_stand_ins_and_fallbacks_are_on_record(book: FontBook) -> None:
    usage = used(book, FANG, "国玥")
    assert usage.substitutions == (Substitution("仿宋_GB2312", "FandolFang R"),)
    assert usage.fallbacks == (Fallback("玥", "FandolFang R", "LXGW WenKai Light"),)
    assert usage.characters == {"FandolFang-Regular": "国", "LXGWWenKai-Light": "玥"}


@pytest.mark.parametrize("name", ["仿宋_GB2312", "楷体_GB2312"])
def test_a_rare_name_is_not_printed_as_if_it_were_bold(book: FontBook, name: str) -> None:
    plain, rare = (used(book, TextStyle(name, "Times New Roman", 16), character) for character in "王玥")
    (own,), (other,) = plain.characters, rare.characters
    assert (own.startswith("Fandol"), other) == (True, "LXGWWenKai-Light")


def test_a_latin_face_without_the_character_yields_to_the_run_s_chinese_face(book: FontBook) -> None:
    usage = used(book, FANG, "①", east_asian=False)
    assert usage.characters == {"FandolFang-Regular": "①"}
    assert usage.fallbacks == ()


def test_the_simplified_face_of_a_collection_is_taken(book: FontBook) -> None:
    assert book.glyph(TextStyle("黑体", "Arial", 16), "国", east_asian=True).face == "NotoSansCJKsc-Regular"


def test_a_character_no_face_has_is_reported_missing(book: FontBook) -> None:
    usage = used(book, FANG, "国\U000e0041")
    assert usage.missing == "\U000e0041"


def test_boxes_are_drawn_where_no_face_has_them(book: FontBook) -> None:
    usage = used(book, FANG, "☐☑☒□√■")
    assert usage.missing == ""
    assert usage.characters["GongwenSymbols"] == "☐☑☒"


def test_a_bold_that_is_not_there_is_drawn_and_keeps_its_width(book: FontBook) -> None:
    bold = TextStyle("仿宋_GB2312", "Times New Roman", 16, bold=True)
    glyph = book.glyph(bold, "国", east_asian=True)
    assert glyph.face == "FandolFang-Regular-DrawnBold"
    assert glyph.advance == 1.0
    assert book.glyph(bold, "A", east_asian=False).face == "LiberationSerif-Bold"


def test_widths_are_those_of_the_face(book: FontBook) -> None:
    assert book.glyph(FANG, "国", east_asian=True).advance == 1.0
    assert book.glyph(FANG, "0", east_asian=False).advance == 0.5
    assert book.glyph(TextStyle("宋体", "Courier New", 10), "i", east_asian=False).advance == pytest.approx(
        0.6, abs=0.01
    )


@pytest.mark.parametrize("name", ["仿宋_GB2312", "楷体", "黑体", "宋体"])
def test_a_figure_takes_half_a_character_as_in_the_named_face(book: FontBook, name: str) -> None:
    for figure in "0123456789":
        glyph = book.glyph(TextStyle(name, name, 16), figure, east_asian=False)
        assert glyph.advance + glyph.pull == pytest.approx(0.5, abs=0.03)
    yahei = book.glyph(TextStyle("微软雅黑", "微软雅黑", 16), "0", east_asian=False)
    assert yahei.pull == 0


def test_line_metrics_are_word_s_and_not_those_of_the_stand_in(book: FontBook) -> None:
    for name in ("仿宋_GB2312", "宋体", "楷体", "黑体"):
        metrics = book.line_metrics(TextStyle(name, "Times New Roman", 10))
        assert metrics.height == pytest.approx(11.4)


# --------------------------------------------------------------------------- subsets


def fonts_of(book: FontBook, style: TextStyle, text: str) -> dict[str, TTFont]:
    return {file.family: TTFont(BytesIO(file.data)) for file in book.subset(used(book, style, text))}


@pytest.mark.parametrize("bold", [False, True])
def test_a_subset_holds_just_the_characters_used(book: FontBook, bold: bool) -> None:
    style = TextStyle("仿宋_GB2312", "Times New Roman", 16, bold=bold)
    fonts = fonts_of(book, style, "中华人民共和国☐")
    assert sorted("".join(chr(code) for font in fonts.values() for code in font.getBestCmap())) == sorted(
        "中华人民共和国☐"
    )


def test_code_and_glyph_number_agree_in_a_cid_keyed_subset(book: FontBook) -> None:
    """WeasyPrint writes glyph numbers where a CID-keyed font expects CIDs (PDF/A 6.2.11.4.1)."""
    font = fonts_of(book, FANG, "中华人民共和国")["FandolFang-Regular"]
    top = font["CFF "].cff[0]
    assert hasattr(top, "ROS")
    assert top.charset[1:] == [f"cid{number:05}" for number in range(1, len(top.charset))]


def test_all_subsets_share_one_em_box_and_carry_no_layout_tables(book: FontBook) -> None:
    for font in fonts_of(book, TextStyle("楷体", "Arial", 16, bold=True), "国玥A☐").values():
        units = font["head"].unitsPerEm
        assert font["hhea"].ascent == round(BOX_ASCENT * units)
        assert font["OS/2"].sTypoDescender == -round(BOX_DESCENT * units)
        assert not {"GSUB", "GPOS", "kern"} & set(font.keys())


def test_checksums_are_right(book: FontBook) -> None:
    for file in book.subset(used(book, FANG, "国玥A☐")):
        TTFont(BytesIO(file.data), checkChecksums=2)


def test_equal_use_gives_equal_bytes(book: FontBook) -> None:
    other = FontBook.open()
    bold = TextStyle("仿宋_GB2312", "Times New Roman", 16, bold=True, italic=True)
    assert book.subset(used(book, bold, "国玥A☐")) == other.subset(used(other, bold, "☐A玥国"))


# --------------------------------------------------------------------------- the office's own fonts


@pytest.fixture
def own_font(tmp_path: Path, book: FontBook) -> Path:
    """A licensed face as an office may own it: its name is the official one."""
    [file] = [file for file in book.subset(used(book, FANG, "国")) if file.family == "FandolFang-Regular"]
    font = TTFont(BytesIO(file.data))
    font["name"].names = []
    font["name"].setName("FZXiaoBiaoSong-B05S", 1, 3, 1, 0x409)
    font["name"].setName("方正小标宋简体", 1, 3, 1, 0x804)
    font["name"].setName("FZXiaoBiaoSong-B05S", 4, 3, 1, 0x409)
    font["name"].setName("FZXBSJW--GB1-0", 6, 3, 1, 0x409)
    font.save(tmp_path / "FZXBSJW.TTF")
    return tmp_path / "FZXBSJW.TTF"


def test_the_office_s_own_face_prints_first_under_its_chinese_name(own_font: Path) -> None:
    own = FontBook.open(folders=[own_font.parent])
    usage = used(own, TextStyle("方正小标宋简体", "Times New Roman", 22), "国家")
    assert usage.characters == {"FZXBSJW--GB1-0": "国", "NotoSerifCJKsc-Bold": "家"}
    assert usage.substitutions == ()
    assert usage.fallbacks == (Fallback("家", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC Bold"),)


def test_a_face_may_be_preferred_for_a_role_by_name_or_by_file(own_font: Path) -> None:
    for preferred in ("FZXiaoBiaoSong-B05S", own_font.name):
        own = FontBook.open({"kai": (preferred,)}, [own_font.parent])
        assert own.glyph(TextStyle("楷体_GB2312", "Arial", 16), "国", east_asian=True).face == "FZXBSJW--GB1-0"


@pytest.mark.parametrize("roles", [{"宋": ("宋体",)}, {"song": ("没有.ttf",)}])
def test_a_wrong_font_setting_is_an_error_with_its_key(roles: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        FontBook.open(roles)
    assert "[fonts]" in caught.value.where


def test_a_machine_without_fonts_is_told_what_to_install() -> None:
    with pytest.raises(ConfigurationError) as caught:
        FontBook((), {}).glyph(FANG, "国", east_asian=True)
    assert "texlive-lang-chinese" in caught.value.remedy
    assert "仿宋" in caught.value.what


def test_the_report_for_doctor_names_the_file_of_every_role(book: FontBook) -> None:
    reports = {report.role: report for report in book.roles_report()}
    assert set(reports) == set(ROLES)
    assert reports["fangsong"].faces[0][1].name == "FandolFang-Regular.otf"
    assert not reports["fangsong"].own
    assert FontBook((), {}).roles_report()[0].missing == ROLES["fangsong"].stand_ins


def test_files_that_are_no_fonts_are_listed_and_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"\x00\x01\x00\x00 nothing")
    (tmp_path / "empty.otf").write_bytes(b"")
    (tmp_path / "readme.txt").write_text("no font")
    faces, unreadable = scan([tmp_path])
    assert faces == ()
    assert [path.name for path in unreadable] == ["broken.ttf", "empty.otf"]


def test_old_faces_that_name_themselves_in_gbk_are_understood(own_font: Path) -> None:
    font = TTFont(own_font)
    font["name"].names = []
    font["name"].setName("SimHei", 4, 3, 1, 0x409)
    font["name"].setName("SimHei", 6, 3, 1, 0x409)
    font["name"].setName("黑体", 1, 3, 3, 0x804)
    font.save(own_font)
    [face] = read_faces(own_font)
    assert unicodedata.normalize("NFC", "黑体") in face.names
