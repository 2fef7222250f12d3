"""What the doctor says about where the folders lie and who may write in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import health
from pipeline.core.errors import ConfigurationError
from pipeline.health import Examined
from pipeline.office import Office
from pipeline.rounds import run_once
from tests.offices import NOTICE, drop, make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path) as made:
        made.settings.private.mkdir()
        yield made


def arrangements(office: Office) -> list[Examined]:
    return list(health._examined("文件夹的安排", health._arrangements, office))


def complaints(office: Office) -> list[str]:
    return [one.words for one in arrangements(office) if not one.well]


def test_a_good_arrangement_is_said_to_be_good(office: Office) -> None:
    assert complaints(office) == []
    assert len(arrangements(office)) == 1


@pytest.mark.parametrize("name", [".gongwen", "templates", "gongwen.toml"])
def test_what_everybody_may_change_is_named_with_the_way_to_mend_it(office: Office, name: str) -> None:
    path = office.settings.root / name
    if not path.exists():
        path.mkdir()
    path.chmod(0o777)
    [complaint] = [one for one in arrangements(office) if not one.well]
    assert complaint.words == f"{path} 任何人都能改"
    assert complaint.remedy == f"收回其他人的写权限：chmod o-w {path}"


def test_a_link_by_the_name_of_the_folder_for_returns_is_named(office: Office, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (office.settings.inbox / "退回").symlink_to(tmp_path / "elsewhere")
    assert complaints(office) == [f"{office.settings.inbox / '退回'} 是链接"]


def test_an_inbox_behind_a_link_is_named(office: Office, tmp_path: Path) -> None:
    office.settings.inbox.rename(tmp_path / "real")
    office.settings.inbox.symlink_to(tmp_path / "real")
    assert any("不能是链接" in words for words in complaints(office))


def test_an_archive_inside_the_inbox_is_named(office: Office) -> None:
    (office.settings.inbox / "archive").mkdir()
    inside = office.settings.office.model_copy(update={"archive": "inbox/archive"})
    with Office(office.settings.model_copy(update={"office": inside})) as nested:
        assert any("套着" in words for words in complaints(nested))


def test_an_inbox_on_a_share_is_looked_at_by_the_clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "network_kind", lambda _path: "cifs")
    assert "收件夹在共享盘上（cifs），每 10 秒看一遍" in [one.words for one in arrangements(office)]


def test_the_senders_own_folders_are_listed(office: Office) -> None:
    (office.settings.inbox / "桃园社区").mkdir()
    (office.settings.inbox / "别的").mkdir()
    watch = office.settings.watch.model_copy(update={"subfolders": True})
    with Office(office.settings.model_copy(update={"watch": watch})) as with_folders:
        assert "各单位自己的收件夹：桃园社区" in [one.words for one in arrangements(with_folders)]


def test_names_that_nobody_filled_in_are_named(office: Office, tmp_path: Path) -> None:
    starter = Path(health.__file__).parent / "starter" / "gongwen.toml"
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "gongwen.toml").write_bytes(starter.read_bytes())
    with Office.open(tmp_path / "new") as fresh:
        first = next(health.examine(fresh))
    assert not first.well
    assert "××" in first.words
    assert next(health.examine(office)).what != "gongwen.toml"


def test_a_clock_behind_what_was_already_filed_is_named(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose battery is flat wakes up years ago; the drive is its own, and so has the same clock."""
    drop(office, NOTICE)
    list(run_once(office, lambda *_counts: None))
    assert [one.well for one in health._examined("时钟", health._clock, office)] == [True]
    filed = office.now()
    monkeypatch.setattr(Office, "now", lambda _office: filed.replace(year=filed.year - 2))
    told = list(health._examined("时钟", health._clock, office))
    assert [one.well for one in told] == [True, False]
    assert f"{filed:%Y-%m-%d}" in told[1].words and told[1].remedy == "把这台机器的时间对准"


def with_lines(office: Office, before: str, after: str) -> Office:
    """The same office after a line of its gongwen.toml was changed."""
    path = office.settings.root / "gongwen.toml"
    words = path.read_text(encoding="utf-8")
    assert before in words
    path.write_text(words.replace(before, after, 1), encoding="utf-8")
    return Office.open(office.settings.root)


def kinds(office: Office) -> list[Examined]:
    return [one for one in health._examined("文种和模板", health._kinds, office) if not one.well]


def test_a_retention_for_no_kind_is_an_error_that_offers_the_nearest(office: Office) -> None:
    changed = with_lines(office, 'notice = "D30"', 'notise = "D30"')
    with pytest.raises(ConfigurationError, match="notise") as caught:
        assert changed.kinds
    assert "notice（通知）" in caught.value.remedy
    (told,) = kinds(changed)
    assert "notise" in told.words


def test_a_start_of_a_misspelt_series_is_named_before_numbers_begin_at_one(office: Office) -> None:
    assert kinds(office) == []
    (told,) = kinds(with_lines(office, 'series = "铜王组发"', 'series = "铜王组法"'))
    assert "铜王组法" in told.words and "铜王组发" in told.remedy


def test_a_word_for_two_organisations_is_named_and_no_folder_of_that_name_is_either_ones(office: Office) -> None:
    with with_lines(office, 'short_name = "河滨社区"', 'short_name = "桃园社区"') as changed:
        (told,) = kinds(changed)
        assert "“桃园社区”可以是几个组织" in told.words
        watch = changed.settings.watch.model_copy(update={"subfolders": True})
        with_folders = Office(changed.settings.model_copy(update={"watch": watch}))
        assert with_folders.sender("桃园社区") is None
        assert with_folders.sender("康乐社区") is not None


def test_a_policy_nobody_knows_and_a_folder_of_fonts_that_is_not_there_are_named(office: Office) -> None:
    changed = with_lines(office, "[watch]", '[policies.termm]\nseverity = "off"\n[fonts]\nfolders = ["/none"]\n[watch]')
    (told,) = health._examined("制度", health._rules, changed)
    assert not told.well and "termm" in told.words
    first = next(health._examined("字体", health._fonts, changed))
    assert not first.well and "/none" in first.words


def test_a_file_where_our_folder_should_be_is_told_in_words(office: Office) -> None:
    office.settings.private.rmdir()
    office.settings.private.write_bytes(b"")
    (told,) = health._examined("登记簿", health._register, office)
    assert (told.well, told.words) == (False, f"{office.settings.private}：找不到")
