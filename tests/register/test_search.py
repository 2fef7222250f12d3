"""Finding papers: words of any length, filters, newest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.core.values import IndexQuery
from pipeline.register import Register
from tests.register.office import paper, submission

COMMUNITY = ("HQS", "中共铜川市王益区红旗街道红旗社区委员会")

NOTICE = paper(
    50,
    title="关于推荐社区“兼职委员”的通知",
    text="各街道党工委：\n现将推荐社区“兼职委\n员”有关事项通知如下。联系电话：0919-2183011。",
    people=("王䶮", "阿里木·买买提", "张三"),
)
PUBLICATION = paper(
    2,
    title="社区兼职委员拟任人选公示",
    text="经推荐，现将拟任人选予以公示。公示期为2020年4月17日至23日。",
    people=("李𬱖",),
    day=date(2020, 4, 17),
    kind=("publication", "公示"),
    number="",
    organisation=COMMUNITY,
)
MINUTES = paper(
    1,
    title="第一次联席会议纪要",
    text="会议讨论了PDF/A归档格式与共建项目，张　三主持。",
    day=date(2021, 1, 8),
    kind=("joint-minutes", "会议纪要"),
    series="红旗社区纪要",
    number="〔2021〕第1期",
    organisation=COMMUNITY,
)
PAPERS = [NOTICE, PUBLICATION, MINUTES]


@pytest.fixture
def filled(register):
    register.enter(submission(PAPERS), PAPERS)
    return register


def found(register: Register, *words: str, **filters: object) -> list[str]:
    """The titles found."""
    return [hit.paper.title for hit in register.search(IndexQuery(words=words, **filters))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "papers"),
    [
        (["通知"], [NOTICE]),
        (["公示"], [PUBLICATION]),
        (["兼职委员"], [PUBLICATION, NOTICE]),
        (["推荐"], [PUBLICATION, NOTICE]),
        (["推荐", "公示"], [PUBLICATION]),
        (["推荐", "联席会议"], []),
        (["铜王组发〔2020〕50号"], [NOTICE]),
        (["铜王组发[2020]50号"], [NOTICE]),
        (["铜王组发（２０２０）５０号"], [NOTICE]),
        (["50号"], [NOTICE]),
        (["5号"], []),
        (["0号"], []),
        (["荐"], [PUBLICATION, NOTICE]),
        (["示"], [PUBLICATION]),
        (["䶮"], [NOTICE]),
        (["王䶮"], [NOTICE]),
        (["李𬱖"], [PUBLICATION]),
        (["𬱖"], [PUBLICATION]),
        (["买买提"], [NOTICE]),
        (["阿里木•买买提"], [NOTICE]),
        (["张三"], [MINUTES, NOTICE]),
        (["三王"], []),
        (["组织部"], [NOTICE]),
        (["红旗社区"], [MINUTES, PUBLICATION]),
        (["pdf"], [MINUTES]),
        (["PDF/A归档"], [MINUTES]),
        (["D001-WS·2020-D10-ZZB-0050"], [NOTICE]),
        (["0919-2183011"], [NOTICE]),
        (["不存在"], []),
        (["year·2020"], []),
        (["kind·joint·minutes"], []),
        (["《"], []),
        (["《", "公示"], [PUBLICATION]),
        ([""], [MINUTES, PUBLICATION, NOTICE]),
        ([], [MINUTES, PUBLICATION, NOTICE]),
    ],
    ids=lambda value: "+".join(value) if value and isinstance(value[0], str) else "",
)
def test_golden_words(filled, words, papers):
    assert found(filled, *words) == [one.title for one in papers]


@pytest.mark.parametrize(
    ("filters", "papers"),
    [
        ({"year": 2020}, [PUBLICATION, NOTICE]),
        ({"year": 1999}, []),
        ({"kind": "joint-minutes"}, [MINUTES]),
        ({"kind": "joint"}, []),
        ({"kind": "会议纪要"}, [MINUTES]),
        ({"kind": "纪要"}, []),
        ({"kind": "公示"}, [PUBLICATION]),
        ({"kind": "通"}, []),
        ({"organisation": "ZZB"}, [NOTICE]),
        ({"organisation": "区委组织部"}, [NOTICE]),
        ({"organisation": COMMUNITY[1]}, [MINUTES, PUBLICATION]),
        ({"organisation": "王益区"}, [MINUTES, PUBLICATION, NOTICE]),
        ({"organisation": "新华社区"}, []),
        ({"organisation": "…"}, []),
        ({"number": "铜王组发〔2020〕50号"}, [NOTICE]),
        ({"number": "[2020]50"}, [NOTICE]),
        ({"number": "50"}, [NOTICE]),
        ({"number": "第1期"}, [MINUTES]),
        ({"number": "2183011"}, []),
        ({"number": "〔〕"}, []),
        ({"since": date(2020, 4, 17)}, [MINUTES, PUBLICATION]),
        ({"until": date(2020, 4, 17)}, [PUBLICATION, NOTICE]),
        ({"since": date(2020, 4, 17), "until": date(2020, 4, 17)}, [PUBLICATION]),
        ({"since": date(2021, 2, 1)}, []),
        ({"limit": 1}, [MINUTES]),
        ({"limit": 0}, []),
        ({"limit": -1}, []),
        ({"limit": 100_000}, [MINUTES, PUBLICATION, NOTICE]),
    ],
    ids=str,
)
def test_filters_alone(filled, filters, papers):
    assert found(filled, **filters) == [one.title for one in papers]


def test_words_and_filters_together(filled):
    assert found(filled, "兼职委员", organisation="红旗社区") == [PUBLICATION.title]
    assert found(filled, "兼职委员", year=2021) == []
    assert found(filled, "兼职委员", kind="通知") == [NOTICE.title]
    assert found(filled, "兼职委员", until=date(2020, 4, 16)) == [NOTICE.title]
    assert found(filled, "兼职委员", since=date(2020, 4, 17), limit=5) == [PUBLICATION.title]
    assert found(filled, "兼职委员", number="50号") == [NOTICE.title]


def test_a_hit_is_the_paper_whole_with_a_stretch_of_its_text(filled):
    (hit,) = filled.search(IndexQuery(words=("共建项目",)))
    assert hit.paper == MINUTES
    assert "共建项目" in hit.snippet
    (hit,) = filled.search(IndexQuery(words=("李𬱖",)))
    assert hit.snippet == "李𬱖"


@pytest.mark.parametrize(
    "word", ['"', "公示 OR 通知", "公示*", "title : 通知", "NOT 公示", "公示\x00", "\udcff", "a" * 5000]
)
def test_odd_queries_are_harmless(filled, word):
    filled.search(IndexQuery(words=(word,), number=word, organisation=word, kind=word))
    assert found(filled, "公示") == [PUBLICATION.title]


WORDS = ["公示", "通知", "推荐", "批复", "纪要", "协议", "聘任", "选举", "评议", "备案"]
SUBJECTS = ["兼职委员", "共驻共建", "联席会议", "三项清单", "区域化党建", "活动记录", "问题台账"]


def test_two_character_words_among_thousands_of_papers(register):
    """Every paper with the word and no other, newest day first, on the same day the last entered first."""
    papers = []
    for n in range(1, 3001):
        word, subject = WORDS[n % len(WORDS)], SUBJECTS[n % len(SUBJECTS)]
        day = date(2020, 1, 1) + timedelta(days=n * 37 % 366)
        text = f"关于{subject}的{word}。" + "根据区委安排，现将有关事项说明如下。" * (n % 7)
        papers.append(paper(n, title=f"关于{subject}工作的{word}之{n}", text=text, day=day))
    for batch in range(0, 3000, 500):
        some = [replace_submission(one, f"s{batch}") for one in papers[batch : batch + 500]]
        register.enter(submission(some, identifier=f"s{batch}"), some)
    for word in (*WORDS, *SUBJECTS, "区委"):
        expected = [one for one in papers if word in one.title + one.text + one.organisation]
        expected.sort(key=lambda one: (one.date, one.n), reverse=True)
        hits = register.search(IndexQuery(words=(word,), limit=5000))
        assert [hit.paper.n for hit in hits] == [one.n for one in expected]
        assert all(word in hit.snippet for hit in hits)
        assert [hit.paper.n for hit in register.search(IndexQuery(words=(word,)))] == [one.n for one in expected[:20]]


def replace_submission(one, identifier):
    """The same paper, made by another workbook."""
    return replace(one, submission=identifier)


def test_a_code_is_found_by_its_beginning(filled):
    assert found(filled, code=NOTICE.archival_code[:-2]) == [NOTICE.title]
    assert found(filled, code="D001-WS·2021") == [MINUTES.title]
    assert found(filled, code="D001-WS·202%") == []


def test_people_and_units_are_looked_for_where_they_stand(filled):
    assert found(filled, person="张三") == [NOTICE.title]  # the minutes name him in their text only
    assert found(filled, unit="各街道党工委") == [NOTICE.title]
    assert found(filled, unit="王䶮") == []


def test_what_may_change_is_asked_of_the_table(register):
    papers = [NOTICE, replace(PUBLICATION, status="withdrawn", retention="Y")]
    register.enter(submission(papers), papers)
    assert found(register, status="withdrawn") == found(register, "公示", retention="Y") == [PUBLICATION.title]
    assert found(register, "公示", status="valid") == []
    assert len(found(register, submission="s1")) == len(found(register, submission=submission(papers).name)) == 2
    assert found(register, submission="别的.xlsx") == []


def test_by_relevance_the_title_goes_before_the_text_and_the_newest_before_the_older(register):
    papers = [
        paper(n, title=title, text=text, day=date(2020, 4, n), identity=f"{n}{0:063}", people=people)
        for n, title, text, people in (
            (1, "关于共建的通知", "", ()),
            (2, "名册", "共建", ("共建",)),
            (3, "关于共建的批复", "", ()),
            (4, "会议纪要", "讨论共建项目", ()),
        )
    ]
    register.enter(submission(papers), papers)
    assert found(register, "共建", order="relevance") == ["关于共建的批复", "关于共建的通知", "名册", "会议纪要"]
    assert found(register, "共建", order="relevance", limit=1) == ["关于共建的批复"]
    assert found(register, "共建")[0] == "会议纪要"


def test_a_hit_says_where_its_words_stand(filled):
    (hit,) = filled.search(IndexQuery(words=("兼职委员", "事项")))
    assert ["".join(hit.snippet[start:end].split()) for start, end in hit.marks] == ["兼职委员", "事项"]
    assert [NOTICE.title[start:end] for start, end in hit.title_marks] == ["兼职委员"]
