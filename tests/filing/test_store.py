"""The archive's tree: papers get into it once, stay as they are, and ``sha256sum -c`` proves it."""

from __future__ import annotations

import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.errors import ArchiveDamaged, ConfigurationError
from pipeline.core.values import FiledFile
from pipeline.filing import Archive
from pipeline.filing.manifest import NAME
from pipeline.filing.manifest import read as read_manifest
from tests.filing.samples import COMMUNITY, OFFICE, filed_archive, new_archive, rendered, staged, tree


def proved(folder: Path) -> str:
    """What ``sha256sum -c`` says of a folder; it must find every file right."""
    check = subprocess.run(
        ["sha256sum", "--check", "--strict", NAME], cwd=folder, capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stdout + check.stderr
    return check.stdout


def test_papers_lie_where_they_say_with_the_content_they_say(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    lying = tree(archive.root)
    for paper in papers:
        for file in paper.files.values():
            assert len(lying[file.path]) == file.size
    known = {file.path for paper in papers for file in paper.files.values()}
    assert set(lying) - known == {f"2020/{OFFICE.name}/{NAME}", f"2020/{COMMUNITY.name}/{NAME}"}


def test_every_folder_can_be_proved_without_the_program(tmp_path: Path) -> None:
    archive, _ = filed_archive(tmp_path)
    office = proved(archive.root / "2020" / OFFICE.name)
    assert office.count(": OK") == 3 * 4 + 1
    assert "来稿/" in office
    assert proved(archive.root / "2020" / COMMUNITY.name).count(": OK") == 5


def test_the_next_workbook_adds_to_the_manifest(tmp_path: Path) -> None:
    archive, _ = filed_archive(tmp_path)
    archive.place(*staged(tmp_path / "next", archive, rendered(9)))
    assert proved(archive.root / "2020" / OFFICE.name).count(": OK") == 4 * 4 + 1


def test_placing_again_changes_nothing(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, rendered(1), rendered(2))
    assert len(archive.place(staging, papers)) == 2 * 4 + 1
    before = tree(archive.root)
    assert archive.place(staging, papers) == ()
    assert tree(archive.root) == before


def test_what_is_placed_needs_no_staging_folder_any_more(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, rendered(1))
    archive.place(staging, papers)
    staging.discard()
    assert archive.place(staging, papers) == ()


@pytest.mark.parametrize("role", ["pdf", "docx", "metadata", "record", "source"])
def test_another_file_in_the_place_is_never_overwritten(tmp_path: Path, role: str) -> None:
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, rendered(1))
    path = archive.root / papers[0].files[role].path
    path.parent.mkdir(parents=True)
    path.write_bytes(b"somebody else's")
    with pytest.raises(ArchiveDamaged) as error:
        archive.place(staging, papers)
    assert error.value.where == papers[0].files[role].path
    assert error.value.remedy
    assert tree(archive.root) == {papers[0].files[role].path: b"somebody else's"}, "nothing else was written either"
    path.unlink()
    assert len(archive.place(staging, papers)) == 5


def test_a_file_of_the_same_size_is_another_file_too(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    staging, _ = staged(tmp_path / "again", Archive(archive.root), rendered(1))
    path = archive.root / papers[0].files["pdf"].path
    path.write_bytes(bytes(reversed(path.read_bytes())))
    with pytest.raises(ArchiveDamaged):
        archive.place(staging, papers[:1])


def test_a_link_in_the_place_is_not_followed(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, rendered(1))
    path = archive.root / papers[0].files["pdf"].path
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "outside.pdf")
    with pytest.raises(ArchiveDamaged):
        archive.place(staging, papers)
    assert not (tmp_path / "outside.pdf").exists()


def test_a_folder_that_is_a_link_does_not_lead_out_of_the_archive(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, rendered(1))
    (tmp_path / "outside").mkdir()
    (archive.root / "2020").symlink_to(tmp_path / "outside")
    with pytest.raises(ArchiveDamaged) as error:
        archive.place(staging, papers)
    assert error.value.where == "2020"
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_content_lost_from_staging_is_said(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, rendered(1))
    (staging.folder / papers[0].files["pdf"].sha256).unlink()
    with pytest.raises(ArchiveDamaged):
        archive.place(staging, papers)


@pytest.mark.parametrize("path", ["../outside.pdf", "/tmp/outside.pdf", "2020/../../outside.pdf"])
def test_a_path_out_of_the_archive_is_refused(tmp_path: Path, path: str) -> None:
    archive = new_archive(tmp_path)
    staging, (paper,) = staged(tmp_path, archive, rendered(1))
    bad = replace(paper, files={"pdf": replace(paper.files["pdf"], path=path)})
    with pytest.raises(ArchiveDamaged):
        archive.place(staging, [bad])
    assert tree(archive.root) == {}


def test_two_papers_registered_in_one_place_are_refused(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    staging, (first, second) = staged(tmp_path, archive, rendered(1), rendered(2))
    second = replace(second, files={"pdf": replace(second.files["pdf"], path=first.files["pdf"].path)})
    with pytest.raises(ArchiveDamaged):
        archive.place(staging, [first, second])
    assert tree(archive.root) == {}


@pytest.mark.parametrize("broken", [None, b"nonsense"], ids=["missing", "unreadable"])
def test_a_manifest_is_never_made_from_files_that_may_be_altered(tmp_path: Path, broken: bytes | None) -> None:
    """Digesting a changed file anew would bless the change; the records say what it was."""
    archive, papers = filed_archive(tmp_path)
    folder = archive.root / "2020" / OFFICE.name
    altered = archive.root / papers[0].files["pdf"].path
    altered.write_bytes(b"altered")
    before = read_manifest((folder / NAME).read_bytes())
    if broken is None:
        (folder / NAME).unlink()
    else:
        (folder / NAME).write_bytes(broken)
    archive.place(*staged(tmp_path / "next", archive, rendered(9)))
    after = read_manifest((folder / NAME).read_bytes())
    assert before.items() <= after.items()
    assert after[altered.name] == papers[0].files["pdf"].sha256


def test_an_archive_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A share that is not mounted leaves an empty place; papers written there would vanish behind the mount."""
    archive = new_archive(tmp_path)
    staging, papers = staged(tmp_path, archive, rendered(1))
    archive.root.rmdir()
    with pytest.raises(ConfigurationError):
        archive.place(staging, papers)
    with pytest.raises(ConfigurationError):
        archive.occupied()
    assert not archive.root.exists()


def test_an_archive_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "inbox").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(ConfigurationError):
        Archive(tmp_path / "link").check(tmp_path / "inbox")


@pytest.mark.parametrize(
    ("archive", "inbox"), [("inbox/archive", "inbox"), ("archive", "archive/inbox"), ("one", "one")]
)
def test_an_archive_within_the_inbox_or_round_it_is_refused(tmp_path: Path, archive: str, inbox: str) -> None:
    (tmp_path / inbox).mkdir(parents=True)
    (tmp_path / archive).mkdir(parents=True, exist_ok=True)
    with pytest.raises(ConfigurationError):
        Archive(tmp_path / archive).check(tmp_path / inbox)


def test_folders_side_by_side_are_fine(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    new_archive(tmp_path).check(tmp_path / "inbox")


def test_occupied_sees_through_case_and_composition(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    (archive.root / "2020").mkdir()
    (archive.root / "2020" / unicodedata.normalize("NFD", "Été.PDF")).write_bytes(b"x")
    (archive.root / "2020" / "folder.pdf").mkdir()
    occupied = archive.occupied()
    assert occupied.digest("2020/été.pdf") == occupied.digest("2020/ÉTÉ.pdf") is not None
    assert occupied.digest("2020/folder.pdf") == ""
    assert occupied.digest("2020/free.pdf") is None
    assert occupied.digest("1999/free.pdf") is None


def test_a_paper_of_the_same_name_lies_beside_the_first(tmp_path: Path) -> None:
    archive, _ = filed_archive(tmp_path, 1)
    staging, (second,) = staged(tmp_path / "next", archive, rendered(1))
    assert second.files["pdf"].path.endswith("的通知 0001.pdf")
    archive.place(staging, [second])
    assert proved(archive.root / "2020" / OFFICE.name).count(": OK") == 2 * 4 + 1


def test_a_role_added_later_is_placed_and_listed_like_the_others(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path, 1)
    staging, _ = staged(tmp_path / "scan", archive, rendered(1))
    pdf = papers[0].files["pdf"]
    sealed = FiledFile(pdf.path.replace(".pdf", "（盖章件）.pdf"), staging.put(b"scan"), 4)
    archive.place(staging, [replace(papers[0], files={**papers[0].files, "sealed": sealed})])
    assert "（盖章件）.pdf: OK" in proved(archive.root / "2020" / OFFICE.name)
