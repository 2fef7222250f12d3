"""One workbook makes the whole set of an appointment: all papers or none, each with the numbers of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.core.findings import Code
from pipeline.core.values import FiledRecord
from pipeline.flow import Outcome
from pipeline.kinds.bundle import load_bundles
from pipeline.office import Office
from pipeline.rounds import run_once
from tests.offices import make_office, verified
from tests.policies.papers import ROOT

HEAD: Mapping[str, object] = {
    "套号": "2021-08", "街道党组织": "桃园街道党委", "社区党组织": "桃园社区", "社区党组织简称": "桃园社区党委",
    "请示标题": "关于聘任两名同志为桃园社区党委兼职委员的请示",
    "推荐日期": date(2021, 8, 2), "初审日期": date(2021, 8, 4),
    "研究单位": "桃园街道党委会议", "研究日期": date(2021, 8, 9),
    "批复日期": date(2021, 8, 10), "聘任日期": date(2021, 8, 11),
    "公示开始日期": date(2021, 8, 12), "公示截止日期": date(2021, 8, 18), "受理电话": "0919-2180001",
    "受理地址": "桃园社区党群服务中心", "公示结果": "公示期间没有收到异议", "备案日期": date(2021, 8, 20),
    "备案机关": "中共铜川市王益区委组织部", "签发人": "赵建民", "依据": "铜王组发〔2020〕50号",
    "任期起": date(2021, 8, 11), "任期止": date(2024, 8, 10),
}  # fmt: skip
PERSON: Mapping[str, object] = {
    "套号": "2021-08", "姓名": "刘珺", "工作单位": "铜川市王益区第一小学", "性别": "女", "出生年月": "1978年3月",
    "民族": "汉族",
    "籍贯": "陕西省富平县", "入党时间": "2001年6月", "健康状况": "健康", "出生地": "陕西省铜川市王益区",
    "参加工作时间": "1999年7月", "学历": "大学本科", "工作单位及职务": "第一小学党支部书记、校长",
    "拟任职务": "兼职委员", "工作简历": "1999年7月起在第一小学工作", "主要表现": "热心社区公益事业",
}  # fmt: skip
PEOPLE = (PERSON, {**PERSON, "姓名": "王堃", "性别": "男", "出生年月": "1972年11月", "工作单位": "区供电分公司"})


def workbook(path: Path, head: Mapping[str, object] = HEAD, people: Sequence[Mapping[str, object]] = PEOPLE) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (("聘任全套", [head]), ("聘任人员", people)):
        sheet = book.create_sheet(title)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(path)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path)


def sent(office: Office, name: str = "八月聘任.xlsx", **changes: object) -> Outcome:
    workbook(office.settings.inbox / name, {**HEAD, **changes})
    [outcome] = run_once(office, lambda *_counts: None)
    return outcome


def of_kind(office: Office, kind: str) -> list[FiledRecord]:
    return list(office.register.filed_records(kind))


def test_one_workbook_makes_every_paper_in_one_submission_with_one_receipt(office: Office) -> None:
    with office:
        outcome = sent(office)
        assert (outcome.state, outcome.findings) == ("filed", ())
        made = Counter(paper.kind for paper in outcome.papers)
        assert made == {"member-form": 2, "reply": 1, "appointment": 2, "publication": 1, "filing-report": 1}
        assert len({paper.submission for paper in outcome.papers}) == 1
        assert outcome.delivered is not None
        receipt = openpyxl.load_workbook(outcome.delivered)
        told = {str(cell) for row in receipt.worksheets[0].iter_rows(values_only=True) for cell in row}
        assert all(any(paper.archival_code in line for line in told) for paper in outcome.papers)
        assert verified(office).is_sound


def test_the_papers_carry_one_anothers_numbers_and_their_days_in_order(office: Office) -> None:
    with office:
        sent(office)
        [reply], [report] = of_kind(office, "reply"), of_kind(office, "filing-report")
        [publication] = of_kind(office, "publication")
        number = reply.paper.number
        assert number
        assert number != report.paper.number
        assert [one.head["refers_to"] for one in of_kind(office, "appointment")] == [number, number]
        assert report.head["refers_to"] == number
        assert f"（{number}）" in str(publication.head["matter"])
        days = [
            max(one.paper.date for one in of_kind(office, kind))
            for kind in ("member-form", "reply", "appointment", "publication", "filing-report")
        ]
        assert days == sorted(days)
        assert len(set(days)) == len(days)
        names = [row["person"] for row in reply.details["people"]]
        assert names == [one.head["person"] for one in of_kind(office, "appointment")] == ["刘珺", "王堃"]
        assert not [one for one in office.register.filed_records() if "{" in one.paper.data.replace('{"', "")]


def test_one_wrong_day_and_nothing_of_the_set_is_made(office: Office) -> None:
    with office:
        outcome = sent(office, 聘任日期=date(2021, 8, 9))
        assert outcome.state == "returned"
        [finding] = outcome.findings
        assert (finding.sheet, finding.heading) == ("聘任全套", "聘任日期")
        assert "铜王组发〔2020〕50号" in finding.hint
        assert list(office.register.papers()) == []
        assert office.register.ledger() == ()


def test_a_slip_in_one_persons_row_is_told_at_that_row(office: Office) -> None:
    with office:
        workbook(office.settings.inbox / "八月聘任.xlsx", people=(PERSON, {**PEOPLE[1], "性别": "无"}))
        [outcome] = run_once(office, lambda *_counts: None)
        assert outcome.state == "returned"
        assert {(one.sheet, one.cell) for one in outcome.findings} == {("聘任人员", "D3")}
        assert list(office.register.papers()) == []


def test_the_same_set_sent_again_is_known(office: Office) -> None:
    with office:
        first = sent(office)
        again = sent(office, "八月聘任（再发）.xlsx")
        assert again.state == "known"
        assert {paper.paper for paper in again.papers} == {paper.paper for paper in first.papers}
        assert len(list(office.register.papers())) == 7


def test_two_sets_in_one_workbook_keep_their_numbers_apart(office: Office) -> None:
    with office:
        other = {**HEAD, "套号": "2021-09", "社区党组织": "红旗社区", "社区党组织简称": "红旗社区党委"}
        book = office.settings.inbox / "两套.xlsx"
        workbook(book, people=(PERSON, {**PEOPLE[1], "套号": "2021-09"}))
        opened = openpyxl.load_workbook(book)
        opened["聘任全套"].append(list(other.values()))
        opened.save(book)
        [outcome] = run_once(office, lambda *_counts: None)
        assert (outcome.state, outcome.findings) == ("filed", ())
        numbers = {one.head["community"]: one.paper.number for one in of_kind(office, "reply")}
        assert len(set(numbers.values())) == 2
        for certificate in of_kind(office, "appointment"):
            assert certificate.head["refers_to"] == numbers[certificate.paper.organisation]


def test_two_sets_that_would_make_one_paper_twice_are_refused(office: Office) -> None:
    with office:
        book = office.settings.inbox / "两套.xlsx"
        workbook(book, people=(PERSON, {**PEOPLE[1], "套号": "2021-09"}))
        opened = openpyxl.load_workbook(book)
        opened["聘任全套"].append(list({**HEAD, "套号": "2021-09"}.values()))
        opened.save(book)
        [outcome] = run_once(office, lambda *_counts: None)
        assert outcome.state == "returned"
        assert {(one.code, one.sheet) for one in outcome.findings} == {(Code.DUPLICATE, "聘任全套")}
        assert list(office.register.papers()) == []


def test_what_a_sender_writes_is_never_a_pattern(office: Office) -> None:
    with office:
        outcome = sent(office, 公示结果="没有{signer}{number:reply}{number:reply@x}异议")
        assert outcome.state == "filed"
        [report] = of_kind(office, "filing-report")
        assert report.head["objections"] == "没有{signer}{number:reply}{number:reply@x}异议"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('signer = "{signer}"', 'signer = "{singer}"', "singer"),
        ('signer = "{signer}"', "", "signer"),
        ('signer = "{signer}"', 'signer = "{signer}"\nsignr = "{signer}"', "signr"),
        ('kind = "reply"', 'kind = "replay"', "replay"),
        ("{number:reply}", "{number:appointment}", "number:appointment"),
        ('source = "people"', 'source = "peopel"', "peopel"),
    ],
)
def test_a_set_that_names_what_is_not_there_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    folder = tmp_path / "_bundles" / "appointment-set"
    folder.mkdir(parents=True)
    source = ROOT / "templates" / "_bundles" / "appointment-set"
    (folder / "kind.toml").write_bytes((source / "kind.toml").read_bytes())
    text = (source / "bundle.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "bundle.toml").write_text(text.replace(old, new), encoding="utf-8")
    with Office.open(ROOT / "examples") as office, pytest.raises(ConfigurationError, match=told):
        load_bundles([tmp_path], office.kinds)
