"""The metadata beside each paper: DA/T 46-2009, checked before filing, read back, and no false word in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.findings import Code
from pipeline.core.four_properties import NAMES, Item
from pipeline.core.text import on_one_line
from pipeline.core.values import ArchivalCode, RenderedDocument
from pipeline.filing import MetadataRefused, assemble, census, records
from pipeline.filing.metadata import LOOKED_AT, faults, read
from pipeline.filing.metadata.checks import _SCHEME
from pipeline.filing.metadata.elements import ENTITIES, NAMESPACE, NUMBERS, ROOT, SUPPLEMENTS
from pipeline.filing.staging import Staging
from tests.filing.samples import COMMUNITY, filed_archive, filing, new_archive, rendered, staged

SPACE = {"m": NAMESPACE}


def written(folder: Path, paper: RenderedDocument | None = None) -> bytes:
    """The metadata of one assembled paper."""
    staging, (filed,) = staged(folder, new_archive(folder), paper or rendered(1))
    return staging.get(filed.files["metadata"].sha256)


def with_title(title: str) -> RenderedDocument:
    paper = rendered(1)
    return replace(paper, merged=replace(paper.merged, numbered=replace(paper.merged.numbered, title=title)))


def value(content: bytes, path: str) -> str:
    return etree.fromstring(content).findtext("/".join(f"m:{name}" for name in path.split("/")), "", SPACE)


def altered(content: bytes, old: str, new: str) -> bytes:
    assert old in content.decode(), old
    return content.decode().replace(old, new, 1).encode()


# --------------------------------------------------------------------------- what stands in it


def test_the_standard_has_88_elements() -> None:
    assert len(NUMBERS) == 88
    numbered = {"聚合层次": 1, "档号": 8, "题名": 22, "责任者": 32, "日期": 33, "文种": 34, "页数": 43, "关系描述": 88}
    assert {name: NUMBERS[name] for name in numbered} == numbered


def test_every_element_is_one_of_the_standard_or_declared_a_supplement() -> None:
    named = set(re.findall(r'<xs:element name="([^"]+)"', _SCHEME.read_text(encoding="utf-8")))
    assert named - NUMBERS.keys() - set(ENTITIES) - {ROOT} == SUPPLEMENTS


def test_the_scheme_names_each_element_by_its_number() -> None:
    lines = _SCHEME.read_text(encoding="utf-8").splitlines()
    told = [re.search(r'name="([^"]+)".*<!-- M(\d+)', line) for line in lines]
    numbers = {match[1]: int(match[2]) for match in told if match}
    assert len(numbers) > 40
    assert {name: NUMBERS[name] for name in numbers} == numbers


def test_it_says_what_the_paper_says(tmp_path: Path) -> None:
    content = written(tmp_path, rendered(50))
    assert {path: value(content, f"文件实体/{path}") for path in (
        "聚合层次", "来源/档案馆名称", "来源/立档单位名称", "档号/全宗号", "档号/保管期限", "档号/机构或问题",
        "档号/室编件号",
        "内容描述/题名", "内容描述/文件编号", "内容描述/责任者", "内容描述/日期", "内容描述/文种", "形式特征/页数",
    )} == {
        "聚合层次": "文件",
        "来源/档案馆名称": "铜川市王益区档案馆",
        "来源/立档单位名称": "中共铜川市王益区委组织部",
        "档号/全宗号": "D001",
        "档号/保管期限": "10年",
        "档号/机构或问题": "ZZB",
        "档号/室编件号": "0050",
        "内容描述/题名": "关于开好联席会议的通知",
        "内容描述/文件编号": "铜王组发〔2020〕50号",
        "内容描述/责任者": "中共铜川市王益区委组织部",
        "内容描述/日期": "2020-04-16",
        "内容描述/文种": "通知",
        "形式特征/页数": "2",
    }  # fmt: skip
    assert "密级" not in content.decode(), "nobody said anything about it"


def test_each_file_has_its_name_size_and_both_digests(tmp_path: Path) -> None:
    paper = rendered(1)
    said = read(written(tmp_path, paper)).files
    assert said.keys() == {"pdf", "docx", "source"}
    assert said["pdf"].path.endswith("/铜王组发〔2020〕1号 关于开好联席会议的通知.pdf")
    assert said["source"].path.endswith("/来稿/37d8bc64 四月通知.xlsx")
    assert said["docx"].size == len(paper.merged.docx)
    for role, content in (("pdf", paper.pdf), ("docx", paper.merged.docx)):
        assert said[role].sha256 == hashlib.sha256(content).hexdigest()
        assert said[role].sm3 == hashlib.new("sm3", content).hexdigest()


def test_who_did_what_when(tmp_path: Path) -> None:
    root = etree.fromstring(written(tmp_path, rendered(1, organisation=COMMUNITY)))
    acts = [one.findtext("m:业务行为", "", SPACE) for one in root.iterfind("m:业务实体", SPACE)]
    assert acts == ["成文", "编号", "归档", "归档检测"]
    assert [one.findtext("m:机构人员名称", "", SPACE) for one in root.iterfind("m:机构人员实体", SPACE)] == [
        "中共铜川市王益区委组织部",
        "中共红旗社区委员会",
    ]
    relations = [one.findtext("m:关系", "", SPACE) for one in root.iterfind("m:实体关系", SPACE)]
    assert relations == ["立档单位", "责任者", *["经过"] * 4, *["办理者"] * 4]


def test_it_says_which_items_of_the_check_were_passed_at_filing(tmp_path: Path) -> None:
    content = written(tmp_path, rendered(1))
    passed = read(content).checked
    assert {Item.FIXITY, Item.PACKAGE, Item.CONTENT, Item.FORMAT, *LOOKED_AT} == set(passed)
    assert list(passed) == [item for item in Item if item in passed]
    forged = content.replace("GD-1-14、".encode(), "GD-9-9、".encode())
    assert [fault.item for fault in faults(forged)] == [Item.DOMAIN]


def test_a_paper_without_number_has_no_number_and_was_not_numbered(tmp_path: Path) -> None:
    content = written(tmp_path, rendered(1, numbered=False)).decode()
    assert "文件编号" not in content
    assert "<业务行为>编号" not in content


def test_equal_papers_have_equal_metadata(tmp_path: Path) -> None:
    assert written(tmp_path / "a") == written(tmp_path / "b")
    assert written(tmp_path / "c").startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n")


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60).filter(lambda text: text.strip()))
def test_any_title_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    content = written(tmp_path_factory.mktemp("title"), with_title(title))
    assert read(content).title == on_one_line(title)


# --------------------------------------------------------------------------- the check before filing


def test_what_is_filed_passes_every_check(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    found = census(archive.root)
    assert len(found.described) == len(papers)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "item"),
    [
        ("<责任者>中共铜川市王益区委组织部", f"<责任者>{'长' * 201}", Item.LENGTH),
        ("<题名>关于开好联席会议的通知", "<题名>", Item.LENGTH),
        ("<日期>2020-04-16", "<日期>2020.4.16", Item.FORM),
        ("<日期>2020-04-16", "<日期>2020-02-30", Item.FORM),
        ("<页数>2", "<页数>两页", Item.FORM),
        ("<页数>2", "<页数>0", Item.DOMAIN),
        ("<保管期限>10年", "<保管期限>五年", Item.DOMAIN),
        ("<年度>2020", "<年度>1020", Item.DOMAIN),
        ("<日期>2020-04-16", "<日期>2019-04-16", Item.REASON),
        ("<题名>关于", "<题名>\ufffd关于", Item.CHARACTERS),
        ('值="D001-WS·2020-D10-ZZB-0001"', '值="D001-WS.2020-D10-ZZB-0001"', Item.ARCHIVAL_CODE),
        ('值="D001-WS·2020-D10-ZZB-0001"', '值="D001-WS·2020-D10-ZZB-0002"', Item.ARCHIVAL_CODE),
        ("<保管期限>10年", "<保管期限>永久", Item.ARCHIVAL_CODE),
        ('用途="Word 文件"', '用途="版式文件"', Item.REPETITION),
        ('标识符="业务2"', '标识符="业务1"', Item.REPETITION),
        ("<实体标识符>文件1", "<实体标识符>文件7", Item.REPETITION),
        ("<当前位置>2020/", "<当前位置>../2020/", Item.LINKS),
        ("<责任者>中共铜川市王益区委组织部</责任者>", "", Item.ELEMENTS),
        ("<文件编号>", "<发明的>1</发明的><文件编号>", Item.ELEMENTS),
        ('算法="SM3"', '算法="SHA-256"', Item.FIXITY),
        ("</文件实体>", "", Item.READABLE_METADATA),
        ("<文书类电子文件元数据 ", "<!DOCTYPE a [<!ENTITY b 'c'>]><文书类电子文件元数据 ", Item.READABLE_METADATA),
    ],
)  # fmt: skip
def test_each_fault_has_the_number_of_its_item(tmp_path: Path, old: str, new: str, item: Item) -> None:
    content = altered(written(tmp_path), old, new)
    found = faults(content)
    assert item in {fault.item for fault in found}
    assert all(fault.sentence for fault in found)
    with pytest.raises(ArchiveDamaged):
        read(content)


def test_every_item_has_a_name() -> None:
    assert NAMES.keys() == set(Item)


@pytest.mark.parametrize("title", ["甲\ufffd乙", "甲\x01乙", "长" * 2001])
def test_what_cannot_be_filed_goes_back_to_its_row(tmp_path: Path, title: str) -> None:
    archive = new_archive(tmp_path)
    with pytest.raises(MetadataRefused) as refused:
        assemble([(with_title(title), "通知")], filing(tmp_path), Staging(tmp_path / "S"), archive.occupied())
    (finding,) = refused.value.findings
    assert (finding.code, finding.sheet, finding.cell) == (Code.METADATA, "通知", "A2")
    assert finding.hint


def test_nothing_outside_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim", encoding="utf-8")
    entity = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]><文书类电子文件元数据 '
    content = altered(altered(written(tmp_path / "x"), "<文书类电子文件元数据 ", entity), "<题名>", "<题名>&b;")
    (fault,) = faults(content)
    assert fault.item is Item.READABLE_METADATA


@given(st.data())
def test_a_spoilt_file_is_a_fault_or_reads_well_and_never_breaks(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(_sample(tmp_path_factory))
    for _time in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if not faults(bytes(content)):
        assert read(bytes(content)).pages > 0


_samples: list[bytes] = []


def _sample(factory: pytest.TempPathFactory) -> bytes:
    if not _samples:
        _samples.append(written(factory.mktemp("sample")))
    return _samples[0]


# --------------------------------------------------------------------------- in the archive


def test_the_record_lists_it_and_reindex_reads_past_it(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    found = list(records(archive.root))
    assert [one.problem for one in found] == [None] * len(papers)
    assert {one.paper.paper for one in found if one.paper} == {paper.paper for paper in papers}
    assert all("metadata" in paper.files for paper in papers)


# --------------------------------------------------------------------------- before the arrangement


def waiting() -> RenderedDocument:
    """A paper that has its class and no 档号 yet."""
    paper = rendered(1)
    numbered = paper.merged.numbered
    code = ArchivalCode(numbered.archival_code.lowest_class, 0, "")
    return replace(paper, merged=replace(paper.merged, numbered=replace(numbered, archival_code=code)))


def test_before_the_arrangement_there_is_neither_code_nor_piece(tmp_path: Path) -> None:
    content = written(tmp_path, waiting())
    assert faults(content) == ()
    assert "室编件号" not in content.decode() and "值=" not in content.decode()
    said = read(content)
    assert (said.archival_code, said.piece, said.retention, said.year) == ("", 0, "D10", 2020)
    assert value(content, "文件实体/档号/全宗号") == "D001", "what is known stands in it"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<档号>", '<档号 值="D001-WS·2020-D10-ZZB-0001">'),
        ("<类别号>WS</类别号>", "<类别号>WS</类别号><室编件号>0001</室编件号>"),
    ],
    ids=["code", "piece"],
)
def test_one_of_the_two_alone_is_a_fault(tmp_path: Path, old: str, new: str) -> None:
    (fault,) = faults(altered(written(tmp_path, waiting()), old, new))
    assert fault.item is Item.ARCHIVAL_CODE
