"""Where papers lie and what they are called: readable, unique, within every file system's limits, the number whole."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.text import NAME_BYTES, folded_name, nfc
from pipeline.filing.layout import PATH_UNITS, Place, Wish, assign_places, folder_name, is_inside, may_lie

DIGEST = "3fa1c0de" + "0" * 56
OFFICE = "中共铜川市王益区委组织部"
TITLE = "关于印发《关于推行“兼职委员”制度的意见（试行）》的通知"
NUMBER = "铜王组发〔2020〕50号"


class Lying:
    """Files that lie in the archive already, path to digest."""

    def __init__(self, files: dict[str, str] | None = None) -> None:
        self.files = {folded_name(path): digest for path, digest in (files or {}).items()}

    def digest(self, path: str) -> str | None:
        return self.files.get(folded_name(path))


def place(wish: Wish, lying: Lying | None = None, source: str = "四月通知.xlsx") -> Place:
    return assign_places([wish], source, DIGEST, lying or Lying())[0]


def wish(name: str = TITLE, number: str = NUMBER, piece: int = 7, paper: str = "p1") -> Wish:
    return Wish(paper, 2020, OFFICE, "ZZB", name, number, piece)


def test_a_paper_lies_by_year_and_organisation_under_number_and_title() -> None:
    given_place = place(wish())
    assert given_place.path("pdf") == f"2020/{OFFICE}/{NUMBER} {TITLE}.pdf"
    assert given_place.path("docx") == f"2020/{OFFICE}/{NUMBER} {TITLE}.docx"
    assert given_place.path("record") == f"2020/{OFFICE}/{NUMBER} {TITLE}.json"
    assert given_place.path("source") == f"2020/{OFFICE}/来稿/3fa1c0de 四月通知.xlsx"


def test_a_name_that_carries_the_number_already_does_not_get_it_twice() -> None:
    assert place(wish(f"{NUMBER} {TITLE}")).stem == f"{NUMBER} {TITLE}"
    assert place(wish(f"{TITLE} {NUMBER}")).stem == f"{NUMBER} {TITLE}"


def test_a_paper_without_number_has_its_kinds_file_name() -> None:
    assert place(wish("人员情况登记表 张三", number="")).stem == "人员情况登记表 张三"


def test_a_title_in_two_lines_is_one_name() -> None:
    assert place(wish("关于印发\n《办法》的通知")).stem == f"{NUMBER} 关于印发《办法》的通知"


def test_a_long_title_gives_way_and_the_number_stays() -> None:
    stem = place(wish("很" * 200)).stem
    assert stem.startswith(f"{NUMBER} 很很")
    assert NAME_BYTES - 50 < len(stem.encode()) <= NAME_BYTES - len(".docx")


def test_two_papers_of_one_title_are_told_apart_by_their_piece_number() -> None:
    papers = [wish("会议签到表", "", piece, f"p{piece}") for piece in (3, 4)]
    first, second = assign_places(papers, "a.xlsx", DIGEST, Lying())
    assert (first.stem, second.stem) == ("会议签到表", "会议签到表 0004")


def test_papers_that_share_the_piece_number_too_are_told_apart_by_their_id() -> None:
    papers = [wish("签到表", "", 3, paper) for paper in ("a", "b", "c")]
    stems = [one.stem for one in assign_places(papers, "a.xlsx", DIGEST, Lying())]
    assert stems[:2] == ["签到表", "签到表 0003"]
    assert stems[2].startswith("签到表 0003 ")
    assert len(set(stems)) == 3


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".json"])
def test_no_file_of_a_paper_takes_the_place_of_one_that_lies_there(suffix: str) -> None:
    lying = Lying({f"2020/{OFFICE}/登记表 ABC{suffix.upper()}": "1" * 64})
    assert place(wish("登记表 abc", ""), lying).stem == "登记表 abc 0007"


def test_a_folder_of_that_name_is_in_the_way_too() -> None:
    assert place(wish("登记表", ""), Lying({f"2020/{OFFICE}/登记表.pdf": ""})).stem == "登记表 0007"


def test_a_tree_where_nothing_is_free_is_refused() -> None:
    class Full:
        def digest(self, path: str) -> str | None:
            return path

    with pytest.raises(ArchiveDamaged):
        assign_places([wish()], "a.xlsx", DIGEST, Full())


def test_the_same_original_keeps_its_place_and_another_one_gets_its_own() -> None:
    path = f"2020/{OFFICE}/来稿/3fa1c0de 四月通知.xlsx"
    assert place(wish(), Lying({path: DIGEST})).source == path
    assert place(wish(), Lying({path: "1" * 64})).source == f"2020/{OFFICE}/来稿/3fa1c0de00000000 四月通知.xlsx"


def test_an_original_keeps_its_suffix_however_long_its_name() -> None:
    name = PurePosixPath(place(wish(), source="报" * 90 + ".xlsx").source).name
    assert name.endswith("报.xlsx")
    assert len(name.encode()) <= NAME_BYTES


def test_organisations_whose_long_names_are_cut_alike_keep_apart() -> None:
    long = "很长的组织名称" * 20
    assert folder_name(long, "AAA") != folder_name(long, "BBB")
    assert folder_name(long, "AAA").endswith(" AAA")
    assert folder_name(OFFICE, "ZZB") == OFFICE


TEXT = st.text(max_size=120)
NUMBERS = st.builds(
    "{}〔{}〕{}号".format,
    st.text("铜王组发社区", min_size=1, max_size=8),
    st.integers(1949, 2199),
    st.integers(1, 99999),
) | st.just("")
WISHES = st.lists(
    st.builds(
        Wish,
        paper=st.text("0123456789abcdef", min_size=1, max_size=16),
        year=st.integers(1949, 2199),
        organisation=TEXT,
        organisation_code=st.text("ABC012", min_size=3, max_size=3),
        name=TEXT | st.sampled_from(["签到表", "签到表 0001", "QIANDAO", "qiandao", "con", "é", "e\u0301"]),
        number=NUMBERS,
        piece=st.integers(0, 9999),
    ),
    max_size=12,
    unique_by=lambda wish: wish.paper,
)


@given(WISHES, TEXT)
def test_any_papers_get_valid_names_of_their_own(wishes: list[Wish], source: str) -> None:
    places = assign_places(wishes, source, DIGEST, Lying())
    own = [one.path(role) for one in places for role in ("pdf", "docx", "record")]
    assert len({folded_name(path) for path in own}) == len(own)
    for one, asked in zip(places, wishes, strict=True):
        assert one.paper == asked.paper
        assert one.stem.startswith(asked.number)
        for path in (one.path("pdf"), one.path("docx"), one.path("record"), one.source):
            assert is_inside(path)
            assert path == nfc(path)
            assert len(path.encode("utf-16-le")) // 2 <= PATH_UNITS
            for part in path.split("/"):
                assert 0 < len(part.encode()) <= NAME_BYTES
                assert not part.endswith((" ", "."))


@given(WISHES)
def test_the_same_wishes_get_the_same_places(wishes: list[Wish]) -> None:
    assert assign_places(wishes, "a.xlsx", DIGEST, Lying()) == assign_places(wishes, "a.xlsx", DIGEST, Lying())


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x", "a/../b", "a//b", "./a", "a\\b", "a/", "a\0b"])
def test_paths_that_leave_the_archive_or_are_oddly_written_are_known(path: str) -> None:
    assert not is_inside(path)


RECORD = "2020/组织部/铜王组发〔2020〕50号 通知.json"


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("pdf", "2020/组织部/铜王组发〔2020〕50号 通知.pdf"),
        ("record", RECORD),
        ("metadata", "2020/组织部/铜王组发〔2020〕50号 通知.xml"),
        ("original", "2020/组织部/铜王组发〔2020〕50号 通知（原件）.jpg"),
        ("source", "2020/组织部/来稿/3fa1c0de 通知.xlsx"),
    ],
)
def test_a_file_may_lie_where_it_is_put(role: str, path: str) -> None:
    assert may_lie(role, path, RECORD)


@pytest.mark.parametrize(
    ("role", "path", "record"),
    [
        ("pdf", "2020/组织部/铜王组发〔2020〕51号 通知.pdf", RECORD),
        ("pdf", "2020/区委办/铜王组发〔2020〕50号 通知.pdf", RECORD),
        ("pdf", "2020/组织部/铜王组发〔2020〕50号 通知.docx", RECORD),
        ("source", "2020/组织部/3fa1c0de 通知.xlsx", RECORD),
        ("source", "2020/组织部/来稿/再/通知.xlsx", RECORD),
        ("original", "2020/组织部/来稿/通知.jpg", RECORD),
        ("original", "2020/组织部/铜王组发〔2020〕50号 通知（原件）/x.jpg", RECORD),
        ("original", "2020/组织部/铜王组发〔2020〕50号 通知（原:件）.jpg", RECORD),
        ("record", "办理簿/2020/00001 撤销.json", "办理簿/2020/00001 撤销.json"),
        ("record", "2020/通知.json", "2020/通知.json"),
        ("record", "2020/组织部/来稿/通知.json", "2020/组织部/来稿/通知.json"),
    ],
)
def test_a_file_may_not_lie_where_another_belongs(role: str, path: str, record: str) -> None:
    assert not may_lie(role, path, record)
