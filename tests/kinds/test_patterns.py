"""The title and the file name of a paper come from its fields, on one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import Kind
from pipeline.kinds import file_name_of, load_kind, title_of
from tests.kinds.writing import LETTER, write_kind

VALUES = {"title": "关于推荐社区党组织\n兼职委员的函", "date": date(2020, 4, 16), "organisation": "区委组织部"}


def kind_with_title(folder: Path, title: str) -> Kind:
    return load_kind(write_kind(folder, LETTER.replace('title = "{{ title }}"', f"title = '{title}'", 1)))


def test_a_title_broken_by_meaning_is_one_line_in_the_register(tmp_path: Path) -> None:
    assert title_of(load_kind(write_kind(tmp_path)), VALUES) == "关于推荐社区党组织兼职委员的函"


def test_latin_words_keep_their_gap(tmp_path: Path) -> None:
    kind = load_kind(write_kind(tmp_path))
    assert title_of(kind, VALUES | {"title": "关于采购 Office\nWord 的函"}) == "关于采购 Office Word 的函"


def test_a_file_name_begins_with_the_number(tmp_path: Path) -> None:
    kind = load_kind(write_kind(tmp_path))
    assert file_name_of(kind, VALUES, "铜王组函〔2020〕1号") == "铜王组函〔2020〕1号 关于推荐社区党组织兼职委员的函"
    assert file_name_of(kind, VALUES) == "关于推荐社区党组织兼职委员的函"


def test_dates_are_written_as_official_papers_write_them(tmp_path: Path) -> None:
    kind = kind_with_title(tmp_path, "{{ organisation }}{{ date }}的函{% if urgency %}（{{ urgency }}）{% endif %}")
    assert title_of(kind, VALUES) == "区委组织部2020年4月16日的函"
    assert title_of(kind, VALUES | {"urgency": "特急"}) == "区委组织部2020年4月16日的函（特急）"


def test_what_a_cell_holds_is_never_a_pattern(tmp_path: Path) -> None:
    kind = load_kind(write_kind(tmp_path))
    assert title_of(kind, VALUES | {"title": "{{ organisation }}<b>&"}) == "{{ organisation }}<b>&"


def test_no_paper_without_a_title(tmp_path: Path) -> None:
    kind = kind_with_title(tmp_path, "{{ urgency }}")
    with pytest.raises(ConfigurationError, match="用到的字段都是空的"):
        title_of(kind, VALUES)
