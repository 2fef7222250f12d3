"""Every kind of damage is found and named, and a sound archive is called sound."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from pipeline.core.durable import TEMPORARY
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.filing import Archive, Staging, census
from pipeline.filing.layout import SOURCES
from pipeline.filing.manifest import NAME
from pipeline.retrieval import Damage, Note, Remark, Report, compare, damage, verify
from tests.filing.samples import COMMUNITY, OFFICE, filed_archive, new_archive, rendered, staged

Filed = tuple[Archive, tuple[FiledPaper, ...]]


@pytest.fixture
def filed(tmp_path: Path) -> Filed:
    return filed_archive(tmp_path)


def check(archive: Archive, papers: Iterable[FiledPaper], pending: frozenset[str] = frozenset()) -> Report:
    return verify(archive.root, census(archive.root), papers, pending)


def found(report: Report) -> list[tuple[Damage | Note, str]]:
    for remark in (*report.damages, *report.notes):
        assert remark.sentence
        assert remark.title
    return [(remark.what, remark.path) for remark in report.damages]


def only(report: Report) -> Remark:
    (remark,) = report.damages
    return remark


def manifest_of(paper: FiledPaper) -> str:
    return f"{Path(paper.files['pdf'].path).parent}/{NAME}"


# --------------------------------------------------------------------------- sound


def test_a_sound_archive_is_sound(filed: Filed) -> None:
    archive, papers = filed
    report = check(archive, papers)
    assert report.is_sound
    assert report.notes == ()
    assert (report.papers, report.files) == (4, 4 * 4 + 2)
    assert report.size == sum(path.stat().st_size for path in archive.root.rglob("*") if path.is_file()) - sum(
        path.stat().st_size for path in archive.root.rglob(NAME)
    )
    assert report.summary() == "核对了 4 件公文、18 个文件，全部完好。"


def test_an_empty_archive_is_sound(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    (archive.root / ".gitkeep").touch()
    (archive.root / "2019" / "空文件夹").mkdir(parents=True)
    assert check(archive, ()).is_sound


# --------------------------------------------------------------------------- damage to files


@pytest.mark.parametrize("role", ["pdf", "docx", "metadata", "record", "source"])
def test_a_missing_file(filed: Filed, role: str) -> None:
    archive, papers = filed
    path = papers[3].files[role].path
    (archive.root / path).unlink()
    assert found(check(archive, papers)) == [(Damage.MISSING, path)]


@pytest.mark.parametrize("role", ["pdf", "docx", "metadata", "record", "source"])
@pytest.mark.parametrize("how", ["longer", "shorter", "one bit"])
def test_a_changed_file(filed: Filed, role: str, how: str) -> None:
    archive, papers = filed
    path = archive.root / papers[3].files[role].path
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(
        {
            "longer": content + b"\n",
            "shorter": content[:-1],
            "one bit": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        }[how]
    )
    remarks = found(check(archive, papers))
    assert (Damage.CHANGED, papers[3].files[role].path) in remarks
    assert {path for _, path in remarks} == {papers[3].files[role].path}


def test_an_emptied_file(filed: Filed) -> None:
    archive, papers = filed
    path = papers[0].files["pdf"].path
    (archive.root / path).write_bytes(b"")
    remark = only(check(archive, papers))
    assert (remark.what, remark.path) == (Damage.CHANGED, path)
    assert "0 字节" in remark.sentence


def test_an_unknown_file(filed: Filed) -> None:
    archive, papers = filed
    (archive.root / "2020" / OFFICE.name / "草稿.docx").write_bytes(b"x")
    (archive.root / "说明.txt").write_bytes(b"x")
    assert found(check(archive, papers)) == [
        (Damage.UNKNOWN, f"2020/{OFFICE.name}/草稿.docx"),
        (Damage.UNKNOWN, "说明.txt"),
    ]


def test_a_manifest_where_none_belongs_is_an_unknown_file(filed: Filed) -> None:
    archive, papers = filed
    (archive.root / "2020" / NAME).write_bytes(b"")
    assert found(check(archive, papers)) == [(Damage.UNKNOWN, f"2020/{NAME}")]


def test_a_renamed_file_is_recognised(filed: Filed) -> None:
    archive, papers = filed
    path = papers[0].files["pdf"].path
    (archive.root / path).rename(archive.root / "2020" / "改名.pdf")
    remark = only(check(archive, papers))
    assert (remark.what, remark.path) == (Damage.MOVED, path)
    assert "2020/改名.pdf" in remark.sentence


def test_a_renamed_folder_is_recognised(filed: Filed) -> None:
    archive, papers = filed
    (archive.root / "2020" / COMMUNITY.name).rename(archive.root / "2020" / "红旗社区")
    report = check(archive, papers)
    moved = {path for what, path in found(report) if what is Damage.MOVED}
    assert moved == {file.path for file in papers[3].files.values()}
    assert (Damage.MANIFEST, manifest_of(papers[3])) in found(report)


def test_links_and_pipes(filed: Filed) -> None:
    archive, papers = filed
    (archive.root / "2020" / "link").symlink_to(archive.root / papers[0].files["pdf"].path)
    os.mkfifo(archive.root / "2020" / "pipe")
    assert found(check(archive, papers)) == [(Damage.ODD, "2020/link"), (Damage.ODD, "2020/pipe")]


def test_a_file_replaced_by_a_link_to_its_like(filed: Filed, tmp_path: Path) -> None:
    archive, papers = filed
    path = archive.root / papers[0].files["pdf"].path
    path.rename(tmp_path / "elsewhere.pdf")
    path.symlink_to(tmp_path / "elsewhere.pdf")
    assert (Damage.ODD, papers[0].files["pdf"].path) in found(check(archive, papers))
    assert (Damage.MISSING, papers[0].files["pdf"].path) in found(check(archive, papers))


# --------------------------------------------------------------------------- what cannot be read


def test_a_folder_that_cannot_be_read_is_damage_and_said_once(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, papers = filed
    really = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == OFFICE.name:
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert found(check(archive, papers)) == [(Damage.UNREADABLE, f"2020/{OFFICE.name}")]


def test_a_lost_share_is_damage_and_said_once(filed: Filed) -> None:
    archive, papers = filed
    archive.root.rename(archive.root.with_name("away"))
    assert found(check(archive, papers)) == [(Damage.UNREADABLE, ".")]
    assert found(check(archive, ())) == [(Damage.UNREADABLE, ".")]


def test_a_share_that_looks_empty_is_said_once(filed: Filed) -> None:
    archive, papers = filed
    archive.root.rename(archive.root.with_name("away"))
    archive.root.mkdir()
    remark = only(check(archive, papers))
    assert (remark.what, remark.path) == (Damage.MISSING, ".")
    assert "4 件" in remark.sentence


def test_a_file_that_cannot_be_read(filed: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, papers = filed
    shut = archive.root / papers[0].files["pdf"].path
    really = Path.open

    def opened(path: Path, *arguments: object, **keywords: object) -> object:
        if path == shut:
            raise OSError(5, "Input/output error")
        return really(path, *arguments, **keywords)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", opened)
    assert found(check(archive, papers)) == [(Damage.UNREADABLE, papers[0].files["pdf"].path)]


# --------------------------------------------------------------------------- the register


def test_a_paper_the_register_does_not_know_is_one_damage(filed: Filed) -> None:
    archive, papers = filed
    remark = only(check(archive, papers[1:]))
    assert (remark.what, remark.path) == (Damage.UNINDEXED, papers[0].files["record"].path)
    assert papers[0].number in remark.sentence


def test_a_lost_register_leaves_every_paper_unindexed(filed: Filed) -> None:
    archive, papers = filed
    assert sorted(found(check(archive, ()))) == sorted(
        (Damage.UNINDEXED, paper.files["record"].path) for paper in papers
    )


def test_the_files_of_an_unindexed_paper_are_proved_by_its_record(filed: Filed) -> None:
    archive, papers = filed
    (archive.root / papers[0].files["pdf"].path).write_bytes(b"altered")
    assert (Damage.CHANGED, papers[0].files["pdf"].path) in found(check(archive, ()))


@pytest.mark.parametrize(
    "altered",
    [
        {"title": "另一个题名"},
        {"number": "铜王组发〔2020〕9号"},
        {"organisation": "别的组织"},
        {"date": date(2020, 4, 1)},
        {"year": 2021},
        {"retention": "Y"},
        {"people": ("王五",)},
        {"archival_code": "D001-WS·2020-Y-ZZB-0001"},
        {"filed_at": datetime(2021, 1, 1)},
        {"identity": "x"},
        {"data": '[["notice",{"title":["text","另一个题名"]}]]'},
        {"data": ""},
    ],
    ids=lambda altered: next(iter(altered)),
)
def test_a_row_that_says_other_than_the_record(filed: Filed, altered: dict[str, object]) -> None:
    archive, papers = filed
    report = check(archive, [replace(papers[0], **altered), *papers[1:]])  # type: ignore[arg-type]
    remark = only(report)
    assert (remark.what, remark.path) == (Damage.DISAGREES, papers[0].files["record"].path)
    assert compare.FIELD_NAMES[next(iter(altered))] in remark.sentence


def test_every_field_is_compared_or_left_out_on_purpose() -> None:
    assert {field.name for field in fields(FiledPaper)} == compare.FIELD_NAMES.keys() | compare.NOT_COMPARED


def test_a_status_that_no_deed_gave(filed: Filed) -> None:
    archive, papers = filed
    remark = only(check(archive, [replace(papers[0], status="withdrawn"), *papers[1:]]))
    assert (remark.what, remark.path) == (Damage.DISAGREES, papers[0].files["record"].path)
    assert "已撤销" in remark.sentence and "有效" in remark.sentence


def test_a_row_with_another_digest(filed: Filed) -> None:
    archive, papers = filed
    wrong = replace(papers[0].files["pdf"], sha256="0" * 64)
    altered = replace(papers[0], files={**papers[0].files, "pdf": wrong})
    assert {what for what, _ in found(check(archive, [altered, *papers[1:]]))} == {
        Damage.CHANGED,
        Damage.DISAGREES,
        Damage.MANIFEST,
    }


def test_two_papers_registered_in_one_place(filed: Filed) -> None:
    archive, papers = filed
    double = replace(papers[1], files={**papers[1].files, "pdf": papers[0].files["pdf"]})
    remarks = found(check(archive, [papers[0], double, *papers[2:]]))
    assert (Damage.DISAGREES, papers[1].files["record"].path) in remarks
    other = replace(papers[0].files["pdf"], sha256="0" * 64)
    double = replace(papers[1], files={**papers[1].files, "pdf": other})
    assert (Damage.PLACE_TWICE, other.path) in found(check(archive, [papers[0], double, *papers[2:]]))


def test_a_file_added_later_in_its_own_role_is_no_damage(filed: Filed, tmp_path: Path) -> None:
    archive, papers = filed
    staging = Staging(tmp_path / "scan")
    place = papers[0].files["pdf"].path.replace(".pdf", "（盖章件）.pdf")
    sealed = FiledFile(place, staging.put(b"scan"), 4)
    paper = replace(papers[0], files={**papers[0].files, "sealed": sealed})
    archive.place(staging, [paper])
    assert check(archive, [paper, *papers[1:]]).is_sound


# --------------------------------------------------------------------------- records and manifests


def test_a_record_that_is_altered_is_a_changed_file(filed: Filed) -> None:
    archive, papers = filed
    path = archive.root / papers[0].files["record"].path
    path.write_bytes(path.read_bytes().replace('"title": "关于'.encode(), '"title": "有关'.encode()))
    remarks = found(check(archive, papers))
    assert (Damage.CHANGED, papers[0].files["record"].path) in remarks
    assert (Damage.DISAGREES, papers[0].files["record"].path) in remarks


def test_a_destroyed_record_of_an_unknown_paper_is_unknown(filed: Filed) -> None:
    archive, papers = filed
    (archive.root / papers[0].files["record"].path).write_bytes(b"{}")
    remarks = found(check(archive, papers[1:]))
    assert {what for what, _ in remarks} == {Damage.UNKNOWN, Damage.MANIFEST}
    assert {path for what, path in remarks if what is Damage.UNKNOWN} == {
        papers[0].files[role].path for role in ("pdf", "docx", "metadata", "record")
    }


def test_a_missing_manifest(filed: Filed) -> None:
    archive, papers = filed
    (archive.root / manifest_of(papers[0])).unlink()
    assert found(check(archive, papers)) == [(Damage.MANIFEST, manifest_of(papers[0]))]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (r"(?m)^.*2号.*pdf\n", "", "没有列入"),
        (r"\A", "0" * 64 + "  别的.pdf\n", "登记簿里没有"),
        (r"\A[0-9a-f]{64}", "0" * 64, "摘要值不对"),
        (r"\A", "nonsense\n", "读不出来"),
    ],
)
def test_a_manifest_that_is_wrong(filed: Filed, old: str, new: str, word: str) -> None:
    archive, papers = filed
    path = archive.root / manifest_of(papers[0])
    path.write_text(re.sub(old, new, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    remark = only(check(archive, papers))
    assert (remark.what, remark.path) == (Damage.MANIFEST, manifest_of(papers[0]))
    assert word in remark.sentence


def test_both_packages_name_manifest_and_originals_alike() -> None:
    assert (compare.MANIFEST, compare.SOURCES) == (NAME, SOURCES)


# --------------------------------------------------------------------------- numbers


def test_a_number_twice_is_damage(filed: Filed) -> None:
    archive, papers = filed
    twin = replace(papers[1], n=papers[0].n, number=papers[0].number)
    remarks = found(check(archive, [papers[0], twin, *papers[2:]]))
    assert (Damage.NUMBER_TWICE, papers[0].number) in remarks
    replaced = replace(twin, status="replaced")
    remarks = found(check(archive, [papers[0], replaced, *papers[2:]]))
    assert Damage.NUMBER_TWICE not in {what for what, _ in remarks}


def test_a_piece_number_twice_is_damage(filed: Filed) -> None:
    archive, papers = filed
    twin = replace(papers[1], piece=papers[0].piece, archival_code=papers[0].archival_code)
    assert (Damage.NUMBER_TWICE, papers[0].archival_code) in found(check(archive, [papers[0], twin, *papers[2:]]))


def test_a_gap_is_named_and_is_no_damage(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, *(rendered(n) for n in (50, 51, 53, 57)))
    archive.place(staging, papers)
    report = check(archive, papers)
    assert report.is_sound
    assert [(note.what, note.path) for note in report.notes] == [
        (Note.NUMBER_GAP, "D001-WS·2020-D10-ZZB"),
        (Note.NUMBER_GAP, "铜王组发（2020年）"),
    ]
    assert report.notes[1].sentence == "50—57之间缺 52、54—56"


# --------------------------------------------------------------------------- notes


def test_papers_on_their_way_are_no_damage(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    _, papers = staged(tmp_path, archive, rendered(1))
    report = check(archive, papers, pending=frozenset({papers[0].paper}))
    assert report.is_sound
    assert {note.what for note in report.notes} == {Note.PENDING}
    assert not check(archive, papers).is_sound


def test_half_placed_papers_on_their_way_are_no_damage(filed: Filed, tmp_path: Path) -> None:
    archive, papers = filed
    staging, (late,) = staged(tmp_path / "late", archive, rendered(4))
    archive.place(staging, [late])
    (archive.root / late.files["docx"].path).unlink()
    assert check(archive, [*papers, late], pending=frozenset({late.paper})).is_sound


def test_what_systems_leave_behind_is_noted(filed: Filed) -> None:
    archive, papers = filed
    names = ["Thumbs.db", "desktop.ini", ".DS_Store", "~$王组发.docx", ".~lock.a.docx#", "._a.pdf", "@eaDir/x.pdf"]
    for name in names:
        path = archive.root / "2020" / OFFICE.name / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (archive.root / "2020" / f"{TEMPORARY}1.tmp").write_bytes(b"half")
    report = check(archive, papers)
    assert report.is_sound
    assert len([note for note in report.notes if note.what is Note.SYSTEM_FILE]) == len(names)
    assert [note.path for note in report.notes if note.what is Note.LEFTOVER] == [f"2020/{TEMPORARY}1.tmp"]


# --------------------------------------------------------------------------- words


def test_every_damage_has_its_words() -> None:
    assert damage.TITLES.keys() == {*Damage, *Note}
    assert len(set(damage.TITLES.values())) == len(damage.TITLES)


def test_the_report_is_json_and_a_sentence(filed: Filed) -> None:
    archive, papers = filed
    (archive.root / papers[0].files["pdf"].path).unlink()
    report = check(archive, papers)
    told = report.as_json()
    assert told["sound"] is False
    assert told["damages"] == [
        {
            "code": "missing",
            "path": papers[0].files["pdf"].path,
            "title": "文件不见了",
            "sentence": "登记簿里有这个文件，档案里找不到",
        }
    ]
    assert report.summary() == "核对了 4 件公文、17 个文件，发现 1 处问题。"
