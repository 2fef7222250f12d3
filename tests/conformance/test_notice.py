"""A red-header notice: drawn right it keeps every clause; a little more than the tolerance off, it fails that one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from pipeline.conformance import Clause, Verdict, audit, measure
from tests.conformance.papers import CHARACTER, LEFT, LINE, TOP, lines_from, notice
from tests.conformance.press import FANG, HEI, KAI, SONG, Change, Pieces, Rule, Text, change, measured, printed, without


def verdicts(clauses: Iterable[Clause], verdict: Verdict) -> set[str]:
    return {clause.check for clause in clauses if clause.verdict is verdict}


def by_check(pieces: Pieces) -> dict[str, Clause]:
    return {clause.check: clause for clause in audit(measured(pieces))}


def test_a_notice_drawn_right_keeps_every_clause() -> None:
    clauses = audit(measure(printed(notice())))
    assert verdicts(clauses, Verdict.FAIL) == set()
    assert verdicts(clauses, Verdict.NOT_APPLICABLE) == {
        "copy-number",
        "secrecy",
        "urgency",
        "signer",
        "signer-face",
        "copies-wrap",
        "joint-seals",
    }


def moved(name: str, **values: object) -> Change:
    return lambda pieces: change(pieces, name, **values)


def all_moved(prefix: str, **values: object) -> Change:
    def make(pieces: Pieces) -> Pieces:
        for name in [name for name in pieces if name.startswith(prefix)]:
            pieces = change(pieces, name, **values)
        return pieces

    return make


def lost(*names: str) -> Change:
    return lambda pieces: without(pieces, *names)


SPOILED: dict[str, tuple[Change, set[str]]] = {
    # 7.2 head
    "mark 1.3 mm low": (moved("mark", dy=1.3), {"mark-top"}),
    "mark 1.3 mm high": (moved("mark", dy=-1.3), {"mark-top"}),
    "mark 1.3 mm to the left": (moved("mark", dx=-1.3), {"mark-centred"}),
    "mark black": (moved("mark", colour="#000000"), {"mark-red"}),
    "mark in 宋体": (moved("mark", font=SONG), {"mark-face"}),
    "the wrong brackets": (moved("number", text="铜王组发【2020】50号"), {"number-form"}),
    "leading zero": (moved("number", text="铜王组发〔2020〕050号"), {"number-form"}),
    "a 第": (moved("number", text="铜王组发〔2020〕第50号"), {"number-form"}),
    "number off the middle": (moved("number", dx=1.3), {"number-across"}),
    "number in 四号": (moved("number", size=14), {"number-size"}),
    "no number": (lost("number"), {"number-form", "rule-place"}),
    "red line 5.3 mm below the number": (moved("rule", dy=1.3), {"rule-place"}),
    "red line 154 mm": (moved("rule", length=154, dx=1.0), {"rule-length"}),
    "red line off the middle": (moved("rule", dx=1.3), {"rule-centred"}),
    # 7.3 title, addressees, body
    "title in 三号": (all_moved("title", size=18.5), {"title-size"}),
    "title in 黑体": (all_moved("title", font=HEI), {"title-face"}),
    "title off the middle": (moved("title-1", dx=-1.4), {"title-centred"}),
    "addressees in two characters": (moved("addressees", dx=2 * CHARACTER), {"addressees-flush"}),
    "addressees with a half-width colon": (moved("addressees", text="黄堡镇、各街道党委:"), {"addressees-colon"}),
    "一、 in 仿宋": (moved("heading-1", font=FANG), {"heading-1-face"}),
    "（一） in 黑体": (moved("heading-2", font=HEI), {"heading-2-face"}),
    "a paragraph three characters in": (moved("close-1", dx=CHARACTER), {"paragraph-indent", "text-inside"}),
    "a line of the body in 楷体": (moved("purpose-3", font=KAI), {"body-face"}),
    "a line of the body in 四号": (moved("purpose-3", size=14), {"body-size"}),
    "a red line of text": (moved("purpose-3", colour="#ff0000"), {"text-colour"}),
    "body 1.3 mm to the left": (all_moved("purpose", dx=-1.3), {"left-margin", "text-inside", "paragraph-indent"}),
    # 7.3.4 to 7.3.7 ending
    "附件说明 in three characters": (moved("note", dx=CHARACTER), {"annex-note-indent"}),
    "附件说明 with a full stop": (
        moved("note", text="附件：社区兼职委员人员情况登记表。"),
        {"annex-note-form", "annex-names"},
    ),
    "one attachment, numbered": (moved("note", text="附件：1.社区兼职委员人员情况登记表"), {"annex-note-form"}),
    "附件说明 names another paper": (moved("note", text="附件：社区专职委员人员情况登记表"), {"annex-names"}),
    "date with a leading zero": (moved("date", text="2020年04月16日"), {"date-form", "name-place"}),
    "date three characters in": (
        lambda pieces: all_moved("seal", dx=CHARACTER)(
            all_moved("name", dx=CHARACTER)(all_moved("date", dx=CHARACTER)(pieces))
        ),
        {"date-place"},
    ),
    "name off the date's middle": (moved("name", dx=-1.3), {"name-place"}),
    "seal off the middle": (moved("seal", left=110.0), {"seal-centred"}),
    "seal more than a line below the text": (moved("seal", dy=4.0), {"seal-top"}),
    "seal too high for the date": (moved("seal", dy=-12.0), {"seal-covers", "seal-top"}),
    "附件 not flush": (moved("annex", dx=1.3), {"annex-head"}),
    "附件 with a colon": (moved("annex", text="附件："), {"annex-head"}),
    "附件1 with its title behind it": (
        lambda pieces: without(change(pieces, "annex", text="附件1：社区兼职委员人员情况登记表"), "annex-title"),
        {"annex-head"},
    ),
    "附件 in 仿宋": (moved("annex", font=FANG), {"annex-head"}),
    # 7.4 版记
    "a line of 版记 153 mm": (moved("imprint-rule-2", length=153), {"imprint-rule-lengths"}),
    "all lines of 版记 thin": (all_moved("imprint-rule", thickness=0.25), {"imprint-rule-strengths"}),
    "last line 1.3 mm too high": (moved("imprint-rule-3", dy=-1.3), {"imprint-bottom"}),
    "抄送 in 三号": (moved("copies", size=16), {"imprint-face"}),
    "抄送 flush": (moved("copies", dx=-4.94), {"copies-place"}),
    "抄送 without a full stop": (moved("copies", text="抄送：各有关单位党组织"), {"copies-stop"}),
    "印发 date with a leading zero": (moved("printed-on", text="2020年4月06日印发"), {"printed-form"}),
    "印发机关 flush": (moved("printed-by", dx=-4.94), {"printed-left"}),
    "印发日期 two characters in": (moved("printed-on", dx=-4.94), {"printed-right"}),
    # 7.5 page numbers
    "a page number in 仿宋": (moved("page-2", font=FANG), {"page-number-face"}),
    "page numbers 1.3 mm low": (all_moved("page-", dy=1.3), {"page-number-height"}),
    "an even page's number on the right": (moved("page-2", dx=130.0), {"page-number-sides"}),
    "a page without number": (lost("page-3"), {"page-numbers"}),
    "a page with another's number": (moved("page-3", text="— 2 —"), {"page-numbers"}),
    "bare figures": (moved("page-3", text="3"), {"page-numbers"}),
}


@pytest.mark.parametrize("spoil", SPOILED)
def test_what_is_off_fails_its_clause_and_no_other(spoil: str) -> None:
    make, expected = SPOILED[spoil]
    assert verdicts(audit(measured(make(notice()))), Verdict.FAIL) == expected


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("mark", {"dy": 0.9}),
        ("mark", {"dx": -0.9}),
        ("rule", {"dy": 0.9}),
        ("number", {"dx": 0.9}),
        ("name", {"dx": 0.9}),
        ("imprint-rule-3", {"dy": 0.9}),
        ("page-2", {"dy": 0.9}),
        ("copies", {"dx": 0.9}),
    ],
)
def test_what_is_a_little_off_is_let_through(name: str, values: dict[str, object]) -> None:
    assert verdicts(audit(measured(change(notice(), name, **values))), Verdict.FAIL) == set()


def test_the_clause_says_what_was_measured_and_what_was_expected() -> None:
    clause = by_check(change(notice(), "mark", dy=2.4))["mark-top"]
    assert (clause.id, clause.found, clause.expected, clause.tolerance) == ("7.2.4", "37.4 mm", "35.0 mm", "±1.0 mm")


def test_27_characters_a_line_are_counted() -> None:
    pieces = notice()
    for name, piece in pieces.items():
        if isinstance(piece, Text) and len(piece.text) == 28:
            pieces = change(pieces, name, text=piece.text[:27], pitch=156 / 27)
    assert by_check(pieces)["characters-per-line"].found == "满行 27 字（24 行中 24 行）"
    assert by_check(pieces)["characters-per-line"].verdict is Verdict.FAIL


def test_20_lines_a_page_are_found_by_their_distance() -> None:
    pieces = without(notice(), *(name for name in notice() if name.startswith(("purpose", "making", "heading"))))
    for place in range(20):
        step = 225 / 20
        pieces[f"loose-{place}"] = Text("党" * 28, LEFT, TOP + (place + 0.8) * step, 2, pitch=CHARACTER)
    clause = by_check(pieces)["lines-per-page"]
    assert clause.verdict is Verdict.FAIL
    assert clause.found.startswith("行距 31.89 磅")


def test_a_23rd_line_is_found_outside() -> None:
    pieces = notice() | {"late": Text("党" * 10, LEFT, TOP + 22.8 * LINE, 2, pitch=CHARACTER)}
    failed = verdicts(audit(measured(pieces)), Verdict.FAIL)
    assert {"lines-per-page", "text-inside"} <= failed


def test_a_first_page_without_body_is_refused() -> None:
    pieces = without(notice(), *(name for name in notice() if name.startswith("opening")))
    assert by_check(pieces)["first-page-body"].verdict is Verdict.FAIL


def test_an_imprint_that_left_the_last_page_is_refused() -> None:
    pieces = notice() | lines_from("more", 5, TOP + 0.8 * LINE, 3)
    assert by_check(pieces)["imprint-page"].found == "第 4 页"
    assert by_check(pieces)["imprint-page"].verdict is Verdict.FAIL


def test_a_paper_without_imprint_is_told_so() -> None:
    pieces = without(notice(), *(name for name in notice() if name.startswith(("imprint", "copies", "printed"))))
    clause = by_check(pieces)["imprint-page"]
    assert (clause.verdict, clause.found) == (Verdict.FAIL, "没有找到版记")


def test_an_attachment_in_the_middle_of_a_page_is_refused() -> None:
    pieces = notice()
    piece = pieces["annex"]
    assert isinstance(piece, Text)
    pieces["before"] = Text("上一页的末行", LEFT, piece.baseline, 4, pitch=CHARACTER)
    for name in ("annex", "annex-title", *(f"annexed-{place}" for place in range(1, 5))):
        pieces = change(pieces, name, dy=2 * LINE)
    assert "不在页首" in by_check(pieces)["annex-head"].found


def test_two_attachments_are_compared_by_name() -> None:
    pieces = notice()
    note = pieces["note"]
    assert isinstance(note, Text)
    hang = note.x + 3 * 16 * 25.4 / 72
    pieces = change(pieces, "note", text="附件：1.社区兼职委员人员情况登记表")
    pieces["note-2"] = Text("2.共驻共建协议书", hang, note.baseline + LINE, 3)
    clause = by_check(pieces)["annex-names"]
    assert (clause.verdict, clause.found) == (Verdict.FAIL, "说明 2 件，附件 1 件")


def test_a_long_name_takes_the_date_further_in() -> None:
    """7.3.5.1 with a name of 24 characters: centred on a date four characters in it would leave the 版心."""
    name = "中共铜川市王益区委员会组织部社区党建工作领导小组"
    pieces = change(notice(), "name", text=name)
    date = pieces["date"]
    assert isinstance(date, Text)
    assert by_check(pieces)["date-place"].verdict is Verdict.FAIL
    shift = (LEFT + 156 - 24 * 16 * 25.4 / 72 / 2) - (date.left + date.advance / 2)
    for piece in ("name", "date", "seal"):
        pieces = change(pieces, piece, dx=shift)
    assert by_check(pieces)["date-place"].verdict is Verdict.PASS


def test_without_a_seal_the_name_leads_and_the_date_follows_it() -> None:
    """7.3.5.2: name two characters from the right, date beginning two characters after the name."""
    pieces = without(notice(), "seal")
    right = LEFT + 156 - 2 * CHARACTER
    pieces = change(pieces, "name", x=right, anchor="right")
    name = pieces["name"]
    assert isinstance(name, Text)
    pieces = change(pieces, "date", x=name.left + 2 * CHARACTER, anchor="left")
    found = by_check(pieces)
    assert (found["date-place"].id, found["date-place"].verdict) == ("7.3.5.2", Verdict.PASS)
    assert (found["name-place"].id, found["name-place"].verdict) == ("7.3.5.2", Verdict.PASS)
    assert found["seal-top"].verdict is Verdict.NOT_APPLICABLE


def test_a_signer_shares_the_line_of_the_number() -> None:
    """7.2.6: 发文字号 one character in from the left, 签发人 one from the right."""
    pieces = change(notice(), "number", x=LEFT + CHARACTER, anchor="left")
    number = pieces["number"]
    assert isinstance(number, Text)
    name = Text("王建国", LEFT + 156 - CHARACTER, number.baseline, font=KAI, anchor="right")
    pieces["signer"] = Text("签发人：", name.left, number.baseline, anchor="right")
    pieces["signer-name"] = name
    found = by_check(pieces)
    assert found["signer"].verdict is Verdict.PASS
    assert found["signer-face"].verdict is Verdict.PASS
    assert by_check(change(pieces, "signer-name", font=FANG))["signer-face"].found == "仿宋"
    assert found["number-across"].verdict is Verdict.PASS
    assert found["number-form"].found == "“铜王组发〔2020〕50号”"


def test_lines_above_the_mark_are_known() -> None:
    pieces = notice() | {
        "copy": Text("000001", LEFT, TOP + 0.8 * LINE),
        "secrecy": Text("秘密★1年", LEFT, TOP + 1.8 * LINE, font=HEI),
        "urgency": Text("特急", LEFT + 10, TOP + 2.8 * LINE, font=HEI),
    }
    found = by_check(pieces)
    assert found["copy-number"].verdict is Verdict.PASS
    assert found["secrecy"].verdict is Verdict.PASS
    assert found["urgency"].verdict is Verdict.FAIL


def test_a_borrowed_character_is_named_but_let_through() -> None:
    """A person's name with a character 仿宋 lacks is no fault of form; a sentence in another face is."""
    pieces = notice() | {"borrowed": Text("仁", LEFT + 60, TOP + 3.8 * LINE, 3, font=KAI)}
    pieces = change(pieces, "close-4", text="为加强城市基层党建")
    clause = by_check(pieces)["body-face"]
    assert clause.verdict is Verdict.PASS
    assert "楷体 1 字（FandolKai-Regular：“仁”）" in clause.found


def test_a_table_is_no_body() -> None:
    """Small type in a ruled form keeps neither 三号 nor two characters of indent, and need not."""
    pieces = notice()
    for place in range(4):
        pieces[f"v{place}"] = Rule(40 + 30 * place, 170, 0.3, 40, 4)
        pieces[f"h{place}"] = Rule(40, 170 + 13.2 * place, 90, 0.3, 4)
    pieces["cell"] = Text("姓名", 45, 178, 4, font=SONG, size=12)
    assert verdicts(audit(measured(pieces)), Verdict.FAIL) == set()


def test_a_closing_mark_may_hang_in_the_margin() -> None:
    pieces = change(notice(), "purpose-3", text="党" * 28 + "，")
    assert verdicts(audit(measured(pieces)), Verdict.FAIL) == set()
    late = change(notice(), "purpose-3", text="党" * 29)
    assert verdicts(audit(measured(late)), Verdict.FAIL) == {"text-inside", "right-margin"}


def test_names_hang_under_their_label() -> None:
    """Wrapped names stand under the first of them (10.3) and are no paragraph of their own."""
    pieces = notice()
    for place, name in enumerate(("close-2", "close-3", "close-4")):
        pieces = change(pieces, name, dx=5 * CHARACTER, text="党" * (23 if place < 2 else 9))
    assert by_check(pieces)["paragraph-indent"].verdict is Verdict.PASS


def test_a_table_that_ends_just_above_is_no_part_of_the_imprint() -> None:
    pieces = notice() | {"table": Rule(LEFT, 262 - 20 - 6, 156, 0.18, 4)}
    assert by_check(pieces)["imprint-rule-strengths"].found == "0.35 / 0.25 / 0.35 mm"


@pytest.mark.parametrize("opening", ["现将有关事项通知如下：", "时间：五月八日"])
def test_a_first_paragraph_with_a_colon_is_no_addressee(opening: str) -> None:
    pieces = change(notice(), "addressees", text=opening, dx=2 * CHARACTER)
    assert by_check(pieces)["addressees-flush"].verdict is Verdict.NOT_APPLICABLE


def test_many_addressees_wrap_flush() -> None:
    pieces = change(notice(), "addressees", text="各镇党委、各街道党工委、区委各部门、区级国家机关各部门党")
    first = pieces["addressees"]
    assert isinstance(first, Text)
    for place in range(1, 7):
        pieces = change(pieces, f"opening-{place}", dy=LINE)
    pieces["addressees-2"] = Text("组、党委，各人民团体：", LEFT, first.baseline + LINE, pitch=CHARACTER)
    assert verdicts(audit(measured(pieces)), Verdict.FAIL) == set()
    assert verdicts(audit(measured(change(pieces, "addressees-2", dx=2.0))), Verdict.FAIL) == {"addressees-flush"}


def test_a_body_that_begins_too_low_on_every_page_has_the_wrong_margin() -> None:
    pieces = {name: piece for name, piece in notice().items() if piece.page == 3}
    for name in pieces:
        pieces = change(pieces, name, page=1, **({"top": 150.0} if name == "seal" else {"dy": 10.0}))
    assert by_check(pieces)["top-margin"].verdict is Verdict.FAIL
