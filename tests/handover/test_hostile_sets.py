"""A set is believed in nothing: a record that lies, a place that is not a paper's, a ZIP that no export wrote."""

from __future__ import annotations

import errno
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.values import FiledPaper
from pipeline.filing import manifest
from pipeline.handover import Order, export, incoming, take_in
from pipeline.handover.eep import Part, Sender, package
from pipeline.office import Office
from pipeline.rounds import run_once
from tests.offices import NOTICE, drop, make_office, tree


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path / "one") as office:
        with office.writing("run"):
            drop(office, NOTICE)
            list(run_once(office, lambda *_: None))
        yield office


@pytest.fixture
def notice(office: Office) -> FiledPaper:
    (paper,) = (paper for paper in office.register.papers() if paper.number)
    return paper


class Set(NamedTuple):
    """A set of EEP packages with one paper, made by somebody who writes what he likes."""

    folder: Path
    sender: Sender
    paper: FiledPaper
    contents: Mapping[str, bytes]

    def put(self, name: str, record: dict[str, Any], **contents: bytes) -> None:
        """The package of this ``record``, with the files of the paper by role, those that are named changed."""
        written = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
        files = {**self.contents, **contents, "record": written}
        parts = [Part(role, self.paper.files[role].path, content) for role, content in files.items()]
        (self.folder / f"{name}.xml").write_bytes(package(self.paper, parts, (), self.sender))


@pytest.fixture
def forged(office: Office, notice: FiledPaper, tmp_path: Path) -> Set:
    folder = tmp_path / "eep"
    folder.mkdir()
    contents = {role: (office.settings.archive / file.path).read_bytes() for role, file in notice.files.items()}
    return Set(folder, Sender("甲", "D001", "0", office.now()), notice, contents)


@pytest.fixture
def told(forged: Set) -> dict[str, Any]:
    """What the honest record says."""
    record: dict[str, Any] = json.loads(forged.contents["record"])
    return record


def reasons(forged: Set, other: Office) -> str:
    """Why the set is not taken; nothing of it may be in the archive."""
    with incoming(forged.folder, other) as found:
        assert not found.is_good
        with pytest.raises(ValueError, match="findings"):
            take_in(other, found)
    assert not any(other.settings.archive.rglob("*.pdf"))
    return "\n".join(why for _name, why in found.findings)


def test_the_honest_one_is_taken(forged: Set, told: dict[str, Any], other: Office) -> None:
    forged.put("1", told)
    with other.writing("import"), incoming(forged.folder, other) as found:
        assert take_in(other, found) == 1


def test_a_record_that_lies_about_a_files_size_is_found_out(forged: Set, told: dict[str, Any], other: Office) -> None:
    told["files"]["pdf"]["size"] += 1
    forged.put("1", told)
    assert "缺文件" in reasons(forged, other)


@pytest.mark.parametrize("role", ["pdf", "source"])
def test_a_paper_without_what_every_paper_has(forged: Set, told: dict[str, Any], other: Office, role: str) -> None:
    del told["files"][role]
    forged.put("1", told)
    assert f"缺文件：{role}" in reasons(forged, other)


def moved(told: dict[str, Any], stem: str) -> None:
    """Let the record say that the paper's own files lie under another name."""
    told["path"] = f"{stem}.json"
    for role, file in told["files"].items():
        if role != "source":
            file["path"] = stem + Path(file["path"]).suffix
    told["files"]["source"]["path"] = f"{stem.rpartition('/')[0]}/来稿/x.xlsx"


@pytest.mark.parametrize(
    "stem", ["2019/单位/通知", "2020/单位/归档文件目录", "号簿/2020/00001 作废", "2020/单位/下级/通知"]
)
def test_a_place_that_is_no_papers_is_not_given(forged: Set, told: dict[str, Any], other: Office, stem: str) -> None:
    moved(told, stem)
    forged.put("1", told)
    assert "这不是公文文件该放的位置" in reasons(forged, other)


def test_a_file_that_would_lie_as_another_paper_is_not_taken(forged: Set, told: dict[str, Any], other: Office) -> None:
    told["files"]["docx"]["path"] = "2020/别的单位/index.html"
    forged.put("1", told)
    assert "这不是公文文件该放的位置：2020/别的单位/index.html" in reasons(forged, other)


def test_two_papers_of_one_place_are_named(forged: Set, told: dict[str, Any], other: Office) -> None:
    forged.put("1", told)
    told["paper"]["paper"] = "0" * 16
    told["paper"]["archival_code"] = "D001-WS·2020-D30-ZZB-0900"
    forged.put("2", told)
    assert "包里有两份文件要放在同一个位置" in reasons(forged, other)


def test_a_paper_that_is_there_twice_is_named_once(forged: Set, told: dict[str, Any], other: Office) -> None:
    forged.put("1", told)
    forged.put("2", told)
    assert reasons(forged, other) == "同一件在包里有两份"


def test_two_files_of_one_paper_do_not_share_a_place(forged: Set, told: dict[str, Any], other: Office) -> None:
    beside = told["path"].removesuffix(".json") + "（原件）.jpg"
    for role, like in (("original", "pdf"), ("original2", "docx")):
        told["files"][role] = {**told["files"][like], "path": beside}
    forged.put("1", told)
    assert "包里有两份文件要放在同一个位置" in reasons(forged, other)


def test_metadata_that_say_otherwise_are_named(forged: Set, told: dict[str, Any], other: Office) -> None:
    told["paper"]["title"] = "另一个题名"
    forged.put("1", told)
    assert "元数据与登记簿不一致" in reasons(forged, other)


def test_a_number_no_register_can_keep_is_a_finding(forged: Set, told: dict[str, Any], other: Office) -> None:
    told["paper"]["n"] = 2**64
    forged.put("1", told)
    assert "归档记录不完整" in reasons(forged, other)


def test_what_changes_while_it_is_taken_is_noticed(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    export(office, [notice], Order(tmp_path / "bag", "bagit"))
    with other.writing("import"), incoming(tmp_path / "bag", other) as found:
        (tmp_path / "bag/data/archive" / notice.files["pdf"].path).write_bytes(b"%PDF something else")
        with pytest.raises(ArchiveDamaged, match="刚被改动"):
            take_in(other, found)
    assert not list(other.register.papers()) and not any(other.settings.archive.rglob("*.pdf"))


def test_a_package_without_its_parts_is_no_package(forged: Set, told: dict[str, Any], other: Office) -> None:
    forged.put("1", told)
    path = forged.folder / "1.xml"
    path.write_bytes(path.read_bytes().replace("计算机文件大小".encode(), "文件大小".encode()))
    with pytest.raises(ArchiveDamaged, match="封装包"), incoming(forged.folder, other):
        pass


@pytest.mark.parametrize("listed", [b"\xff", b"no manifest\n", manifest.write({"../../one/gongwen.toml": "0" * 64})])
def test_a_list_of_packages_that_is_none(forged: Set, told: dict[str, Any], other: Office, listed: bytes) -> None:
    forged.put("1", told)
    (forged.folder / manifest.NAME).write_bytes(listed)
    with pytest.raises(ArchiveDamaged), incoming(forged.folder, other):
        pass


def test_a_bag_whose_words_are_no_text_is_no_bag(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    export(office, [notice], Order(tmp_path / "bag", "bagit"))
    (tmp_path / "bag/bag-info.txt").write_bytes("全宗号: D001\n".encode("gbk"))
    with pytest.raises(ArchiveDamaged), incoming(tmp_path / "bag", other):
        pass


# ----------------------------------------------------------------- files missing, altered, added, renamed


def _gone(path: Path) -> None:
    path.unlink()


def _altered(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def _renamed(path: Path) -> None:
    path.rename(path.with_name(f"改名{path.suffix}"))


def _joined(path: Path) -> None:
    path.with_name(f"改名{path.suffix}").write_bytes(path.read_bytes())


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_gone, ["缺 {path}"]),
        (_altered, ["被改动 {path}"]),
        (_renamed, ["缺 {path}", "多出 {folder}/改名.docx"]),
        (_joined, ["多出 {folder}/改名.docx"]),
    ],
)
def test_what_is_wrong_with_a_bag_is_named_by_its_files(
    office: Office,
    other: Office,
    notice: FiledPaper,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    told: list[str],
) -> None:
    export(office, [notice], Order(tmp_path / "bag", "bagit"))
    path = f"data/archive/{notice.files['docx'].path}"
    spoil(tmp_path / "bag" / path)
    with pytest.raises(ArchiveDamaged) as refusal, incoming(tmp_path / "bag", other):
        pass
    for words in told:
        assert words.format(path=path, folder=str(Path(path).parent)) in refusal.value.what
    assert capfd.readouterr().err == "", "what the library says besides is English, and said already"


@pytest.mark.parametrize("spoil", [_gone, _altered, _renamed, _joined])
def test_packages_are_those_of_their_list(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    export(office, [notice], Order(tmp_path / "eep", "eep"))
    (package,) = (tmp_path / "eep").glob("*.xml")
    spoil(package)
    named = "改名.xml" if spoil is _joined else package.name
    with pytest.raises(ArchiveDamaged) as refusal, incoming(tmp_path / "eep", other):
        pass
    assert refusal.value.where == named


def test_packages_without_their_list_are_told_to_be_perhaps_not_all(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    export(office, [notice], Order(tmp_path / "eep", "eep"))
    with incoming(tmp_path / "eep", other) as found:
        assert found.is_good and not found.remarks
    (tmp_path / "eep" / "说明.txt").write_text("不在清单里", encoding="utf-8")
    with incoming(tmp_path / "eep", other) as found:
        assert found.is_good and [name for name, _what in found.remarks] == ["说明.txt"]
    (tmp_path / "eep" / manifest.NAME).unlink()
    with incoming(tmp_path / "eep", other) as found:
        assert found.is_good and [name for name, _what in found.remarks] == [manifest.NAME]


def test_an_empty_list_of_packages_lists_none(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    export(office, [notice], Order(tmp_path / "eep", "eep"))
    (tmp_path / "eep" / manifest.NAME).write_bytes(b"")
    with pytest.raises(ArchiveDamaged, match="没有这个封装包"), incoming(tmp_path / "eep", other):
        pass


# ----------------------------------------------------------------- ZIPs


def _packed_by(path: Path, encoding: str, *, beside: str = "") -> None:
    """The ZIP packed again by a program that writes names in this encoding and does not say which."""
    with zipfile.ZipFile(path) as before:
        contents = {entry.filename: before.read(entry) for entry in before.infolist()}

    class Entry(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:
            return self.filename.encode(encoding), 0

    with zipfile.ZipFile(path, "w") as after:
        for name, content in contents.items():
            after.writestr(Entry(name), content)
        if beside:
            after.writestr(beside, b"")


@pytest.mark.parametrize(("encoding", "beside"), [("gbk", ""), ("utf-8", "__MACOSX/x")])
def test_a_zip_that_another_program_packed_again_is_the_same_set(
    packed: Path, other: Office, notice: FiledPaper, encoding: str, beside: str
) -> None:
    _packed_by(packed, encoding, beside=beside)
    with zipfile.ZipFile(packed) as again:
        assert not any("铜川" in name for name in again.namelist()), "the names do not say what they are written in"
    with incoming(packed, other) as found:
        assert [paper.paper for paper in found.papers] == [notice.paper]


def test_a_set_with_a_folder_round_it_is_found(
    office: Office, other: Office, notice: FiledPaper, tmp_path: Path
) -> None:
    export(office, [notice], Order(tmp_path / "bag", "bagit"))
    (tmp_path / "移交" / "移交").mkdir(parents=True)
    (tmp_path / "bag").rename(tmp_path / "移交" / "移交" / "bag")
    with incoming(tmp_path / "移交", other) as found:
        assert found.is_good and len(found.papers) == 1


def test_a_zip_that_was_not_copied_to_its_end_is_told_as_that(packed: Path, other: Office) -> None:
    packed.write_bytes(packed.read_bytes()[:-2000])
    with pytest.raises(ArchiveDamaged) as refusal, incoming(packed, other):
        pass
    assert "后半截" in refusal.value.what and "没有拷完" in refusal.value.remedy


@pytest.fixture
def packed(office: Office, notice: FiledPaper, tmp_path: Path) -> Path:
    export(office, [notice], Order(tmp_path / "bag.zip", "bagit"))
    return tmp_path / "bag.zip"


def _twice(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(packed.namelist()[0].upper(), b"x")


def _outside(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("../../../inbox/x.xlsx", b"x")


def _encrypted(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(mark, place + 4)
    path.write_bytes(content)


def _rotten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as packed:
        start = max(packed.infolist(), key=lambda one: one.compress_size).header_offset
    content[start + 200 : start + 240] = bytes(40)
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [_twice, _outside, _encrypted, _rotten])
def test_a_zip_that_no_export_wrote_is_refused(packed: Path, other: Office, spoil: Callable[[Path], None]) -> None:
    spoil(packed)
    before = tree(other.settings.root)
    with pytest.raises(ArchiveDamaged) as refusal, incoming(packed, other):
        pass
    assert refusal.value.where
    assert tree(other.settings.root) == before


def test_a_zip_that_would_fill_the_disk_is_not_unpacked(
    packed: Path, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(packed.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    monkeypatch.setattr(zipfile.ZipFile, "extractall", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(OSError) as refusal, incoming(packed, other):
        pass
    assert refusal.value.errno == errno.ENOSPC
