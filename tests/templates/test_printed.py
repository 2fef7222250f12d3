"""The shipped templates come out of our own renderer whole: no refusal, no objection of the gate, seals in place."""

from __future__ import annotations

import pytest

from pipeline.core.values import FieldBox, NumberedRecord
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.pdf import Metadata
from pipeline.rendering.render import Printed, render
from tests.merge.papers import AGREEMENT, CANDIDATES, FULL, MEMBER, PUBLICATION, merger, paper, photo
from tests.rendering.pages import TextLine, text_lines

BODY_BOTTOM = 297 - 35


@pytest.fixture(scope="module")
def book() -> FontBook:
    """The machine's fonts."""
    return FontBook.open()


def printed(numbered: NumberedRecord, book: FontBook) -> Printed:
    """A paper, printed as strictly as for filing."""
    return render(merger().merge(numbered).docx, book=book, metadata=Metadata(title=numbered.title))


def lines(paper: Printed, page: int) -> list[TextLine]:
    """The lines of a page without its number."""
    return [line for line in text_lines(paper.pdf, page) if line.top < BODY_BOTTOM]


def words(paper: Printed, page: int) -> str:
    """What stands on a page, line after line."""
    return "".join(line.text for line in lines(paper, page))


@pytest.mark.parametrize(
    ("name", "pages"),
    [("notice", 9), ("notice-marks", 10), ("member-form", 2), ("agreement", 3), ("minutes", 2), ("publication", 1)],
)
def test_a_full_paper_prints_without_refusal_on_the_pages_it_should_take(name: str, pages: int, book: FontBook) -> None:
    assert printed(FULL[name], book).report.pages == pages


def test_the_notices_seal_is_centred_on_its_date_with_name_and_date_a_little_below_its_centre(book: FontBook) -> None:
    (seal,) = printed(FULL["notice"], book).report.boxes
    assert isinstance(seal, FieldBox)
    assert (seal.name, seal.page) == ("seal:issuer", 1)
    assert (seal.width, seal.height) == pytest.approx((42, 42), abs=0.4)
    date_centre = 210 - 26 - (4 * 15.75 + (6.5 * 16 - 10 * 0.25) / 2) * 25.4 / 72
    assert seal.left + seal.width / 2 == pytest.approx(date_centre, abs=0.5)


@pytest.mark.parametrize("tasks", [1, 9, 13, 40])
def test_nobody_signs_a_page_without_the_agreement(tasks: int, book: FontBook) -> None:
    values = {**AGREEMENT, "tasks": "\n".join(["组织在职党员到社区认领服务岗位。"] * tasks)}
    agreement = printed(paper("agreement", values, number="桃社党共建〔2020〕1号"), book)
    last = words(agreement, agreement.report.pages)
    assert "8.本协议一式两份" in last
    assert last.count("负责人（签字）") == last.count("2020年6月10日") == 2
    assert {box.page for box in agreement.report.boxes} == {agreement.report.pages}


def test_both_parties_sign_on_one_level_below_their_seals(book: FontBook) -> None:
    long = "中共铜川市王益区住房和城乡建设局机关物业管理服务中心联合支部委员会"
    agreement = printed(paper("agreement", {**AGREEMENT, "unit_party": long}, number="桃社党共建〔2020〕1号"), book)
    boxes = {box.name: box for box in agreement.report.boxes}
    for kind in ("seal:{}方", "signature:{}方负责人"):
        ours, theirs = (boxes[kind.format(side)] for side in "甲乙")
        assert ours.top == pytest.approx(theirs.top, abs=0.1)
    signing = next(line for line in lines(agreement, agreement.report.pages) if "（签字）" in line.text)
    assert boxes["seal:甲方"].top + boxes["seal:甲方"].height <= signing.top


def test_the_year_of_an_agreement_begins_below_its_articles_and_not_on_a_page_of_its_own(book: FontBook) -> None:
    second = words(printed(FULL["agreement"], book), 2)
    assert "7.共建双方" in second
    assert "共建目标" in second


@pytest.mark.parametrize("count", [2, 5, 8, 11, 14])
def test_a_publication_is_never_sealed_on_a_page_without_its_words(count: int, book: FontBook) -> None:
    candidates = [{**CANDIDATES[0], "person": name} for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯"[:count]]
    publication = printed(paper("publication", PUBLICATION, candidates=candidates), book)
    (seal,) = publication.report.boxes
    page = words(publication, seal.page)
    assert all(label in page for label in ("公示时间", "受理电话", "受理地址", "2020年5月19日"))


def test_a_long_career_makes_its_box_higher_and_is_printed_whole(book: FontBook) -> None:
    career = [f"{1970 + year}.07—{1971 + year}.06　铜川市王益区第一小学教师" for year in range(40)]
    form = printed(paper("member-form", {**MEMBER, "photo": photo(), "career": "\n".join(career)}), book)
    text = "".join(words(form, page) for page in range(1, form.report.pages + 1))
    assert all(line.replace("　", "") in text for line in career)


def test_a_seal_never_covers_an_opinion(book: FontBook) -> None:
    opinion = "经支部委员会2020年5月7日研究，同意推荐刘珺同志为桃园社区党委兼职委员人选。" * 6
    form = printed(paper("member-form", {**MEMBER, "recommendation": opinion}), book)
    seal = next(box for box in form.report.boxes if box.name == "seal:推荐单位")
    inside = [
        line.text
        for line in lines(form, seal.page)
        if line.right > seal.left and seal.top < line.bottom and line.top < seal.top + seal.height
    ]
    assert "".join(inside).endswith("盖章2020年5月8日")
    assert not any("人选" in line for line in inside)
