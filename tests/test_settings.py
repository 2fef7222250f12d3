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


def test_a_folder_that_is_no_office_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert "gongwen init" in caught.value.remedy


def test_a_broken_file_names_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="line 3"):
        load(tmp_path, '[office]\nname = "x"\nfonds = A001\n')


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
