"""gongwen.toml: what is read, and that every error names its key and the way to mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.settings import Settings, load_settings

EXAMPLE = Path(__file__).parent.parent / "examples" / "gongwen.toml"
STARTER = Path(__file__).parent.parent / "pipeline" / "starter" / "gongwen.toml"

SMALL = """
[office]
name = "街道党政办公室"
fonds = "A001"
issuer = "DGW"
[[organisation]]
code = "DGW"
name = "中共某街道工作委员会"
short_name = "街道党工委"
number_code = "某街工委"
"""


def load(root: Path, text: str) -> Settings:
    (root / "gongwen.toml").write_text(text, encoding="utf-8")
    return load_settings(root)


def test_the_smallest_office(tmp_path: Path) -> None:
    settings = load(tmp_path, SMALL)
    assert settings.issuer.name == "中共某街道工作委员会"
    assert settings.office.seal_diameter_mm == 42.0
    assert settings.inbox == tmp_path.resolve() / "inbox"
    assert settings.archive == tmp_path.resolve() / "archive"
    assert settings.starts == {}


@pytest.mark.parametrize("path", [EXAMPLE, STARTER], ids=["example", "starter"])
def test_what_we_ship_can_be_read(tmp_path: Path, path: Path) -> None:
    settings = load(tmp_path, path.read_text(encoding="utf-8"))
    assert settings.issuer in settings.organisations


def test_what_the_starter_only_suggests_can_be_switched_on(tmp_path: Path) -> None:
    suggested = re.sub(r"^# (?=\[|[a-z_]+ = )", "", STARTER.read_text(encoding="utf-8"), flags=re.MULTILINE)
    settings = load(tmp_path, suggested.replace("××街工委", "街工委"))
    assert settings.starts == {("街工委", 2026): 38}
    assert settings.organisations[1].above == settings.issuer.code


def test_the_example_goes_on_from_its_paper_register(tmp_path: Path) -> None:
    assert load(tmp_path, EXAMPLE.read_text(encoding="utf-8")).starts == {("铜王组发", 2020): 50}


def test_a_share_may_be_named_by_an_absolute_path(tmp_path: Path) -> None:
    settings = load(tmp_path, SMALL.replace('issuer = "DGW"', 'issuer = "DGW"\ninbox = "/mnt/share/收件"'))
    assert settings.inbox == Path("/mnt/share/收件")


def test_a_file_saved_by_the_windows_editor_is_read(tmp_path: Path) -> None:
    (tmp_path / "gongwen.toml").write_bytes(b"\xef\xbb\xbf" + SMALL.encode())
    assert load_settings(tmp_path).office.fonds == "A001"


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('fonds = "A001"', 'fonds = "1"', "office.fonds"),
        ('fonds = "A001"', "", "office.fonds"),
        ('issuer = "DGW"', 'issuer = "XXX"', "XXX"),
        ('issuer = "DGW"', 'issuer = "DGW"\nseal_diameter = 42', "office.seal_diameter"),
        ('issuer = "DGW"', 'issuer = "DGW"\nseal_diameter_mm = 420', "office.seal_diameter_mm"),
        ('code = "DGW"', 'code = "dgw"', "organisation[1].code"),
        ("[office]", "[retention]\nnotice = 'D20'\n[office]", "retention.notice"),
        ("[office]", "[watch]\ninterval_seconds = 0\n[office]", "watch.interval_seconds"),
        ("[office]", "[[series]]\nseries = 'x'\nyear = 2020\nstart = 0\n[office]", "series[1].start"),
        ("[office]", "[printing]\nlevel = '1b'\n[office]", "printing.level"),
        ("[office]", "[printing]\nembed = 'yes'\n[office]", "printing.embed"),
        ("[office]", "[printing]\nlevel = '2u'\nembed = true\n[office]", "printing：embed"),
        ("[office]", "[printing]\ncode = 'yes'\n[office]", "printing.code"),
        ("[office]", "[archive]\nstamp = 1\n[office]", "archive.stamp"),
        ("[office]", "[archive]\npages = true\n[office]", "archive.pages"),
        ("[office]", "[offize]", "offize"),
        (
            "[office]",
            "[[series]]\nseries = 'x'\nyear = 2020\nstart = 9999999999\n[office]",
            "series[1].start",
        ),
        ("[office]", '[office]\ninbox = ""', "office.inbox"),
        ("[office]", '[office]\ninbox = "a\\u0000b"', "office.inbox"),
        ("[office]", "[office]\narchive = 'Z:\\档案'", "office.archive"),
        ("[office]", "[fonts]\nfolders = ['C:/Windows/Fonts']\n[office]", "fonts.folders[1]"),
        ('short_name = "街道党工委"', 'short_name = " "', "organisation[1].short_name"),
        ('name = "街道党政办公室"', 'name = "街道\\n办公室"', "office.name"),
    ],
)
def test_every_fault_names_its_key(tmp_path: Path, before: str, after: str, named: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, SMALL.replace(before, after, 1))
    assert named in caught.value.what
    assert "gongwen.toml" in caught.value.where
    assert caught.value.remedy


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, SMALL.replace('fonds = "A001"', 'fonds = "1"').replace('code = "DGW"', 'code = "?"'))
    assert "office.fonds" in caught.value.what
    assert "organisation[1].code" in caught.value.what


def test_two_organisations_of_one_code_are_refused(tmp_path: Path) -> None:
    twice = SMALL + SMALL[SMALL.index("[[organisation]]") :]
    with pytest.raises(ConfigurationError, match="DGW"):
        load(tmp_path, twice)


def test_organisations_alike_but_for_case_are_one_folder_on_many_shares(tmp_path: Path) -> None:
    one = SMALL.replace("中共某街道工作委员会", "A区委")
    other = SMALL[SMALL.index("[[organisation]]") :].replace("中共某街道工作委员会", "a区委").replace("DGW", "AAA")
    with pytest.raises(ConfigurationError, match="a区委"):
        load(tmp_path, one + other)


def test_a_series_that_starts_twice_in_a_year_is_refused(tmp_path: Path) -> None:
    start = "[[series]]\nseries = '某街工委'\nyear = 2026\nstart = {}\n"
    with pytest.raises(ConfigurationError, match="2026 “某街工委” 写了两次"):
        load(tmp_path, SMALL + start.format(8) + start.format(80))


def test_a_choice_is_worded_in_chinese_and_shows_no_control_character(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, SMALL + '[retention]\nnotice = "三\\u0007十年"')
    assert caught.value.what == "retention.notice：应为 'Y'、'D30'、'D10' 之一（现在是 “三�十年”）"


def test_a_folder_that_is_no_office_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert "gongwen init" in caught.value.remedy


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("fonds = A001", "英文引号"),
        ("fonds = “A001”", "英文引号"),
        ("fonds ＝ 'A001'", "英文等号"),
        ("fonds　= 'A001'", "英文等号"),
        ("fonds = 'A001", "引号没有成对"),
        ('fonds = "A001', "引号没有成对"),
        ("fonds = 'A001' 全宗号", "多余的字"),
        ("全宗号 = 'A001'", "键是英文字母"),
        ("fonds = 'A001'\nfonds = 'A002'", "只能写一次"),
        ("fonds = 'A001'\n[office]", "只能写一次"),
        ("fonds = 'A001'\n[[organisation]]\n[organisation]", "方括号要双的"),
        ("fonds = 'A001'\n[watch", "方括号没有成对"),
        ('inbox = "C:\\share"', "正斜杠"),
        ('inbox = "C:\\users"', "正斜杠"),
        ("fonds = 'A0\x0001'", "控制字符"),
        ("days = [2027-02-30]", "没有这一天"),
        ("days = [2027-02-28", "缺方括号"),
        ("day = {a = 1, a = 2}", "只能写一次"),
    ],
)
def test_a_broken_file_shows_the_line_and_says_what_is_wrong_with_it(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, f'[office]\nname = "x"\n{line}\n')
    assert words in caught.value.what
    assert "第" in caught.value.what or "文件末尾" in caught.value.what
    assert not re.search("[a-z]+ [a-z]+", caught.value.what), "a reader of Chinese gets no English"


ABOVE = (
    SMALL
    + """
[[organisation]]
code = "AAA"
name = "中共某社区委员会"
short_name = "某社区"
number_code = "某社党"
above = "{above}"
"""
)


def test_a_community_may_belong_under_its_street(tmp_path: Path) -> None:
    assert [one.above for one in load(tmp_path, ABOVE.format(above="DGW")).organisations] == ["", "DGW"]


@pytest.mark.parametrize("above", ["XXX", "AAA"])
def test_nobody_belongs_under_himself_or_a_stranger(tmp_path: Path, above: str) -> None:
    with pytest.raises(ConfigurationError, match=r"organisation\[2\]\.above"):
        load(tmp_path, ABOVE.format(above=above))


def test_when_a_paper_gets_its_archival_code(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).codes_at_filing
    assert not load(tmp_path, SMALL + '[archive]\ncoding = "arrangement"\n').codes_at_filing
    with pytest.raises(ConfigurationError, match=r"archive\.coding"):
        load(tmp_path, SMALL + '[archive]\ncoding = "later"\n')


def test_a_stamp_with_a_piece_number_needs_one(tmp_path: Path) -> None:
    """归档章 is printed in the one write, before the arrangement."""
    with pytest.raises(ConfigurationError, match="归档章上有件号，整理以前还没有编"):
        load(tmp_path, SMALL + '[archive]\ncoding = "arrangement"\nstamp = true\n')
    assert load(tmp_path, SMALL + '[archive]\ncoding = "arrangement"\npaging = true\n').archive_prints.paging
