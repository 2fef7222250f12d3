"""联合行文: one seal for each organ under its own name, the lead's number, text on page one."""

from __future__ import annotations

from functools import lru_cache

import pytest

from pipeline.conformance import Verdict, audit, measure
from pipeline.conformance.geometry import Page
from pipeline.rendering import FontBook, Metadata, render
from pipeline.rendering.render import Printed
from tests.merge.papers import NOTICE, merger, notice, text_of
from tests.templates.samples import numbered, sample, with_values

MARKS = (
    "中共铜川市王益区委宣传部",
    "铜川市王益区民政局",
    "铜川市王益区住房和城乡建设局",
    "铜川市王益区财政局",
    "铜川市王益区教育局",
)
NAMES = ("中共铜川市王益区委员会宣传部", *MARKS[1:])


def joint(organs: int) -> dict[str, object]:
    """The notice as one of so many organs, with two attachments."""
    return {
        **NOTICE,
        "body": "现将2020年社区“兼职委员”年终评议工作有关事项通知如下，请结合实际认真贯彻落实，按时报送评议结果。",
        "issued_title": None,
        "issued_text": None,
        "attachment_form": None,
        "joint_organs": "\n".join(MARKS[: organs - 1]),
        "joint_signed_by": "\n".join(NAMES[: organs - 1]),
        "attachment_title": "社区“兼职委员”年终评议办法",
        "attachment_text": "一、评议内容\n参加党建联席会议的情况，为社区和群众办理实事的情况。",
        "attachment_title_2": "社区“兼职委员”人员情况登记表",
        "attachment_form_2": "member-form",
        "secrecy": "内部",
    }


@lru_cache(maxsize=8)
def docx(organs: int) -> bytes:
    return merger().merge(notice(joint(organs))).docx  # type: ignore[arg-type]


@lru_cache(maxsize=8)
def printed(organs: int) -> Printed:
    return render(docx(organs), book=FontBook.open(), metadata=Metadata(title="联合通知"))


@pytest.mark.parametrize("organs", [2, 3, 4, 5, 6])
def test_every_clause_is_kept(organs: int) -> None:
    clauses = {each.check: each for each in audit(measure(printed(organs).pdf), "red-header")}
    assert [f"{each.id} {each.title}：{each.found}" for each in clauses.values() if each.verdict is Verdict.FAIL] == []
    for check in ("joint-seals", "mark-top", "mark-centred", "first-page-body", "annex-names", "annex-note-form"):
        assert clauses[check].verdict is Verdict.PASS, check


@pytest.mark.parametrize("organs", [2, 3, 4, 5, 6])
def test_each_organ_has_its_seal_and_the_last_one_the_date(organs: int) -> None:
    boxes = printed(organs).report.boxes
    assert [box.name for box in boxes] == ["seal:issuer", *(f"seal:联合机关{place}" for place in range(1, organs))]
    assert len({box.page for box in boxes}) == 1
    texts = text_of(docx(organs))
    date = texts.index("2020年4月16日")
    assert texts[date - 1].replace("\n", "") == NAMES[organs - 2]


def test_the_number_is_the_leads_and_stands_once() -> None:
    assert text_of(docx(3)).count("铜王组发〔2020〕50号") == 1


def test_one_organ_alone_has_no_trace_of_a_joint_head() -> None:
    texts = text_of(merger().merge(notice()).docx)
    assert "中共铜川市王益区委组织部文件" in texts
    assert "文件" not in texts


def test_the_attachments_are_those_that_the_note_names() -> None:
    texts = text_of(docx(2))
    assert "附件：1.社区“兼职委员”年终评议办法" in texts
    assert "2.社区“兼职委员”人员情况登记表" in texts
    for label, title in (("附件1", "社区“兼职委员”年终评议办法"), ("附件2", "社区“兼职委员”人员情况登记表")):
        assert texts[texts.index(label) + 1].replace("\n", "") == title


# --------------------------------------------------------------------------- the other kinds that several organs send

SIGNERS = ("李　伟", "欧阳志强", "陈玥", "王堃", "高飞")


@lru_cache(maxsize=16)
def jointly(kind: str, organs: int) -> Printed:
    """The sample of a kind as one of so many organs; papers to superiors are signed for by each."""
    record = with_values(
        sample(kind),
        joint_organs="\n".join(MARKS[: organs - 1]),
        joint_signed_by="\n".join(NAMES[: organs - 1]),
        joint_signers="\n".join(SIGNERS[: organs - 1]),
    )
    merged = merger().merge(numbered(record))
    return render(merged.docx, book=FontBook.open(), metadata=Metadata(title="联合行文"))


@pytest.mark.parametrize("organs", [2, 3, 4])
@pytest.mark.parametrize(
    ("kind", "layout"), [("filing-report", "red-header"), ("meeting-notice", "red-header"), ("letter", "letter")]
)
def test_every_clause_is_kept_by_every_joint_kind(kind: str, layout: str, organs: int) -> None:
    printed = jointly(kind, organs)
    clauses = audit(measure(printed.pdf), layout)
    assert [f"{each.id} {each.title}：{each.found}" for each in clauses if each.verdict is Verdict.FAIL] == []
    assert len([box for box in printed.report.boxes if box.name.startswith("seal:")]) == organs


@pytest.mark.parametrize("organs", [2, 3, 4, 5, 6])
def test_signers_stand_two_to_a_line_and_the_number_beside_the_last(organs: int) -> None:
    """GB/T 9704-2012 7.2.6: names wrap under the first name of the line above."""
    page = measure(jointly("filing-report", organs).pdf).pages[0]
    names = [(name, _where(page, name)) for name in ("赵建民", *SIGNERS[: organs - 1])]
    left = [place for _name, place in names[::2]]
    assert max(x for x, _y in left) - min(x for x, _y in left) < 0.5, "mm"
    for (_first, one), (_second, two) in zip(names[::2], names[1::2], strict=False):
        assert abs(one[1] - two[1]) < 0.5
    assert abs(_where(page, "样〔2020〕1号")[1] - names[-1][1][1]) < 0.8
    assert len({round(y) for _x, y in left}) == (organs + 1) // 2


def _where(page: Page, words: str) -> tuple[float, float]:
    """Left edge of its cell and baseline (mm) of the first glyph of ``words``."""
    text = "".join(glyph.char for glyph in page.glyphs)
    glyph = page.glyphs[text.index(words.replace("　", ""))]
    return glyph.left, glyph.baseline
