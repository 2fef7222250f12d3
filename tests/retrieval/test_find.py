"""What people type becomes the query they mean, or is refused with the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.values import Hit, IndexQuery, Organisation
from pipeline.retrieval import (
    Filters,
    NoSuchOrganisation,
    NotUnderstood,
    find,
    number_as_written,
    organisation_meant,
    parse,
)
from tests.filing.samples import COMMUNITY, OFFICE, filed_archive

ORGANISATIONS = (OFFICE, COMMUNITY)
KINDS = {"notice": "通知", "minutes": "会议纪要"}


def query(*words: str, **filters: object) -> IndexQuery:
    return parse(words, Filters(**filters), ORGANISATIONS, KINDS)  # type: ignore[arg-type]


def test_words_are_phrases() -> None:
    assert query("兼职委员", "三亮 活动").words == ("兼职委员", "三亮 活动")


def test_an_ideographic_space_separates_words() -> None:
    assert query("通知　公示", "　", "").words == ("通知", "公示")


def test_words_are_compared_in_one_composition() -> None:
    assert query("e\u0301").words == ("é",)


@pytest.mark.parametrize("typed", ["ZZB", "区委组织部", "组织部", "中共铜川市王益区委组织部", " 组织部 "])
def test_an_organisation_has_many_names(typed: str) -> None:
    assert query(organisation=typed).organisation == OFFICE.name


def test_an_organisation_of_former_times_is_looked_for_as_typed() -> None:
    assert query(organisation="红旗居委会").organisation == "红旗居委会"
    assert query().organisation == ""


def test_a_name_that_two_organisations_bear_is_refused() -> None:
    twin = Organisation("XXX", "中共黄堡镇委组织部", "镇组织部", "黄组发", ("组织部",))
    with pytest.raises(NotUnderstood) as error:
        parse((), Filters(organisation="组织部"), (OFFICE, twin), KINDS)
    assert OFFICE.name in error.value.what
    assert twin.name in error.value.what


def test_a_kind_has_an_id_and_a_name() -> None:
    assert query(kind="会议纪要").kind == query(kind="minutes").kind == "minutes"
    assert query(kind="旧文种").kind == "旧文种"


@pytest.mark.parametrize(
    "typed",
    [
        "铜王组发〔2020〕50号",
        "铜王组发[2020]50号",
        "铜王组发（2020）50号",
        "铜王组发(2020)第50号",
        "铜王组发【2020】050号",
        "铜王组发 〔２０２０〕 ５０ 号",
    ],
)
def test_a_number_is_found_however_its_brackets_are_typed(typed: str) -> None:
    assert query(number=typed).number.translate(str.maketrans("０２５", "025")) == "铜王组发〔2020〕50号"


@given(st.text("铜王组发", min_size=1), st.integers(1949, 2199), st.integers(1, 9999))
def test_a_number_rightly_written_stays(code: str, year: int, n: int) -> None:
    assert number_as_written(f"{code}〔{year}〕{n}号") == f"{code}〔{year}〕{n}号"


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020年", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020年4月", date(2020, 4, 1), date(2020, 4, 30)),
        ("2020-4-6", date(2020, 4, 6), date(2020, 4, 6)),
        ("2020.04.16", date(2020, 4, 16), date(2020, 4, 16)),
        ("2020/4/16", date(2020, 4, 16), date(2020, 4, 16)),
        ("2020年4月16日", date(2020, 4, 16), date(2020, 4, 16)),
        ("20200416", date(2020, 4, 16), date(2020, 4, 16)),
        ("２０２０．４．１６", date(2020, 4, 16), date(2020, 4, 16)),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(typed: str, first: date, last: date) -> None:
    asked = query(since=typed, until=typed)
    assert (asked.since, asked.until) == (first, last)


@pytest.mark.parametrize("typed", ["昨天", "2020-13", "2020-02-30", "20", "2020-4-16-1", "0000", "2020--1"])
@pytest.mark.parametrize("option", ["since", "until"])
def test_a_date_that_is_none_is_refused_and_named(typed: str, option: str) -> None:
    with pytest.raises(NotUnderstood) as error:
        query(**{option: typed})
    assert error.value.where == {"since": "--from", "until": "--to"}[option]
    assert typed in error.value.what
    assert error.value.exit_code == 2


def test_a_range_written_backwards_is_refused() -> None:
    with pytest.raises(NotUnderstood):
        query(since="2021", until="2020")
    assert query(since="2020-04-16", until="2020-04-16").since == date(2020, 4, 16)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_out_of_range_is_refused(limit: int) -> None:
    with pytest.raises(NotUnderstood):
        query(limit=limit)


@given(st.lists(st.text()), st.text(), st.text(), st.text())
def test_anything_typed_is_a_query_or_not_understood(
    words: list[str], number: str, since: str, organisation: str
) -> None:
    try:
        asked = query(*words, number=number, since=since, organisation=organisation)
    except NotUnderstood:
        return
    assert all(asked.words)


def test_results_are_rows_in_the_order_of_the_index(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)

    class Index:
        asked: IndexQuery | None = None

        def search(self, query: IndexQuery) -> list[Hit]:
            self.asked = query
            return [Hit(paper, "…“三亮”活动…") for paper in reversed(papers)]

    index = Index()
    rows = find(query("三亮"), index, archive.root)
    assert index.asked == query("三亮")
    assert [row.paper for row in rows] == [paper.paper for paper in reversed(papers)]
    last = rows[-1]
    assert last.path.read_bytes().startswith(b"%PDF")
    assert last.as_json() == {
        "paper": papers[0].paper,
        "number": "铜王组发〔2020〕1号",
        "title": "关于开好联席会议的通知",
        "kind": "通知",
        "organisation": OFFICE.name,
        "date": "2020-04-16",
        "archival_code": "D001-WS·2020-D10-ZZB-0001",
        "status": "valid",
        "path": str(archive.root / papers[0].files["pdf"].path),
        "snippet": "…“三亮”活动…",
        "marks": [],
        "title_marks": [],
    }


def test_nothing_found_is_no_rows(tmp_path: Path) -> None:
    class Empty:
        def search(self, query: IndexQuery) -> list[Hit]:
            assert query.limit == 5
            return []

    assert find(replace(query("没有"), limit=5), Empty(), tmp_path) == ()


def test_properties_go_by_code_or_word() -> None:
    assert query(retention="30年").retention == query(retention="d30").retention == "D30"
    assert query(status="已撤销").status == query(status="withdrawn").status == "withdrawn"
    with pytest.raises(NotUnderstood) as error:
        query(status="扔了")
    assert "withdrawn=" in error.value.remedy
    assert query(code="d001-ws.2021-y").code == "D001-WS·2021-Y"


def test_an_unknown_organisation_names_those_that_come_near() -> None:
    with pytest.raises(NoSuchOrganisation) as error:
        organisation_meant("组织郎", ORGANISATIONS)
    assert error.value.exit_code == 1
    assert OFFICE.short_name in error.value.remedy
    assert organisation_meant("组织部", ORGANISATIONS) is OFFICE
