"""ID and telephone numbers are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.packet.personal import BLOCK, Personal

ID, FORMER, MOBILE, DESK = "610203197205124019", "610203720512401", "13891902345", "0919-2180001"
WIDE = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")


@pytest.mark.parametrize(
    "written",
    [
        ID,
        "61020319720512401x",
        "610203 19720512 4019",
        "6102031972\n05124019",
        "6 1 0 2 0 3 1 9 7 2 0 5 1 2 4 0 1 9",
        "6\n1\n0\n2\n0\n3\n1\n9\n7\n2\n0\n5\n1\n2\n4\n0\n1\n9",
        FORMER,
        MOBILE,
        "138 9190 2345",
        "138-9190-2345",
        "138 9190 23\n45",
        "1 3 8 9 1 9 0 2 3 4 5",
        "1389190\u200b2345",
        "138—9190—2345",
        "+86 138 9190 2345",
        "8613891902345",
        DESK,
        "（0919）2180001",
        "0919 218 0001",
        "010-65120001",
        "013891902345",
        "(138)9190-2345",
        "138-91-90-23-45",
        "138.91.90.23.45",
        "138/9190/2345",
        "138_9190_2345",
        "138·9190·2345",
        "138～9190～2345",
        "138            9190            2345",
        "13\u200b89\u200b19\u200b02345",
        "138\u200e9190\u200e2345",
        "1\u03323\u03328\u03329\u03321\u03329\u03320\u03322\u03323\u03324\u03325",
        "1\ufe0f\u20e33\ufe0f\u20e38\ufe0f\u20e391902345",
        "【0919】2180001",
        "0919/2180001",
        "61020319720512401×",
        "61020319720512401Х",
        "610203 720512 401",
        "910203197205124019",
        f"{MOBILE}13991902222",
        f"{ID}{MOBILE}",
    ],
)
@pytest.mark.parametrize("width", [{}, WIDE])
def test_a_number_is_found_however_it_is_written(written: str, width: dict[int, str]) -> None:
    for before, behind in (("", ""), ("电话：", "。"), ("李卫东", "转"), ("第60号 ", " 2021年")):
        words = before + written.translate(width) + behind
        left = Personal().hidden(words)
        assert left.replace(BLOCK, "") == before + behind, left


@pytest.mark.parametrize(
    "written", ["①③⑧⑨①⑨⓪②③④⑤", "¹³⁸⁹¹⁹⁰²³⁴⁵", "一三八九一九〇二三四五", "壹叁捌 玖壹玖零 贰叁肆伍"]
)
def test_figures_of_other_scripts_are_figures(written: str) -> None:
    assert Personal().hidden(f"电话：{written}。").replace(BLOCK, "") == "电话：。"


@pytest.mark.parametrize(("before", "behind"), [("①", ""), ("", "²"), ("共建〇", "一分公司"), ("第六", "二人")])
def test_a_sign_beside_a_number_does_not_hide_it_and_stays(before: str, behind: str) -> None:
    for number in (MOBILE, ID):
        assert Personal().hidden(f"{before}{number}{behind}").replace(BLOCK, "") == f"{before}{behind}"


@pytest.mark.parametrize("behind", ["\n8.本协议一式两份", " 4人", "\n3\n", "\n一分公司", "\n\n\n 8.", "-8号楼"])
@pytest.mark.parametrize("known", [Personal(), Personal(frozenset({DESK}))])
def test_what_stands_behind_a_number_is_not_taken_with_it(behind: str, known: Personal) -> None:
    """The eighth clause of an agreement lost its 8, for it stood under a telephone of seven figures."""
    for number in (DESK, "电话2180001", "联系人：王秘书，2180001"):
        left = known.hidden(f"{number}{behind}")
        assert left.endswith(f"{BLOCK}{behind}"), left


def test_an_id_number_behind_letters_is_no_digest() -> None:
    assert Personal().hidden(f"idcard{ID}").replace(BLOCK, "") == "idcard"


@given(st.integers(1, 17), st.sampled_from(["\n", " ", "　", "\t", "-", "\n      "]))
def test_an_id_number_is_found_wherever_it_is_broken(place: int, gap: str) -> None:
    words = f"身份证号{ID[:place]}{gap}{ID[place:]}，汉族"
    assert Personal().hidden(words).replace(BLOCK, "") == "身份证号，汉族"


@pytest.mark.parametrize(
    "plain",
    [
        "铜王组发〔2020〕50号",
        "20210316",
        "D001-WS·2021-Y-TYS-0001",
        "91610203MA6X12345K",
        "153 2021-03-16",
        "153\n2021-03-16",
        "13\n14\n15\n16\n17\n18\n19",
        "13\n14\n15\n16\n17\n9",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "2132db673ddfd0eb13812345678abcde",
        "共3,742,827字节",
        "3742827",
        "2026-12-01T02:56:13+08:00",
        "139190.5",
        "3\n 3\n\n\n 2 2 2\n 2\n\n 1 1 1 1 1 1 1\n 1\n\n 0\n 0",
        "15/03/2020 12345",
        "联系人：王秘书，3742827元",
        "一三五七九",
        "二〇二一年三月一十六日",
    ],
)
def test_what_is_no_personal_number_stays(plain: str) -> None:
    assert Personal().places(plain) == ()


def test_a_known_value_is_found_though_it_looks_like_none() -> None:
    assert Personal(frozenset({"8001"})).hidden("内线8001转18001、800 1") == f"内线{BLOCK * 2}转18001、800 1"
    known = Personal(frozenset({"2180001"}))
    assert known.hidden("218 0001和21-80001和2１８0001") == f"{BLOCK * 4}和{BLOCK * 4}和{BLOCK * 3}"
    assert known.long == {"2180001"}


def test_an_extension_is_found_as_a_number_of_its_own_and_not_in_a_digest() -> None:
    """Where the figures of a digest fell so, no packet could be handed out."""
    manifest = "0f3c58d8123a97be8123cc01d2e4f6a8b9c0  8123.pdf"
    assert Personal(frozenset({"8123"})).hidden(manifest) == manifest.replace(" 8123.", f" {BLOCK * 2}.")
    known = Personal(frozenset({MOBILE}))
    assert known.places(f"abcdef{MOBILE}abcdef"), "a whole number is found wherever it stands"


def test_the_end_of_a_digest_and_the_name_behind_it_are_no_number() -> None:
    line = "d4f5abeeb8cb37798fb8e7b76521360660bf92d1e515875b9aadb3fcc1566248  0001 推荐函.pdf"
    assert Personal().places(line) == ()
    assert Personal().hidden(line.replace("0001", MOBILE)) == line.replace("0001", BLOCK * 5)
