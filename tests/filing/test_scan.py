"""The archive read back without a register; what cannot be read is named and never taken for nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.core.durable import TEMPORARY, WRITER
from pipeline.core.filed import digested
from pipeline.core.values import FiledPaper
from pipeline.filing import Trouble, census, records
from pipeline.filing.manifest import NAME
from tests.filing.samples import filed_archive, new_archive


def by_id(paper: FiledPaper) -> str:
    return paper.paper


def test_every_paper_comes_back_whole_from_the_archive_alone(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    found = list(records(archive.root))
    assert [one.problem for one in found] == [None] * len(papers)
    back = [one.paper for one in found if one.paper is not None]
    assert sorted(back, key=by_id) == sorted(papers, key=by_id)
    assert all("三亮" in paper.text for paper in back)


def test_an_empty_archive_is_empty(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    assert list(records(archive.root)) == []
    seen = census(archive.root)
    assert (seen.files, seen.papers, seen.manifests, seen.problems) == ({}, {}, {}, ())


def test_a_census_knows_files_papers_and_manifests(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    seen = census(archive.root)
    files = {file.path: file for paper in papers for file in paper.files.values()}
    assert {path: size for path, size in seen.files.items() if not path.endswith(NAME)} == {
        path: file.size for path, file in files.items()
    }
    assert seen.papers == {paper.files["record"].path: digested(paper) for paper in papers}
    listed = {path: digest for manifest in seen.manifests.values() for path, digest in manifest.items()}
    assert listed == {path: file.sha256 for path, file in files.items()}


def test_an_archive_that_is_not_there_is_no_empty_archive(tmp_path: Path) -> None:
    (problem,) = census(tmp_path / "lost").problems
    assert (problem.trouble, problem.path) == (Trouble.UNREADABLE, ".")
    assert [found.problem for found in records(tmp_path / "lost")] == [problem]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, papers = filed_archive(tmp_path)
    shut = str(Path(papers[0].files["pdf"].path).parent)
    really = os.scandir

    def scandir(path: Path) -> object:
        if str(path).endswith(shut):
            raise PermissionError(13, "Permission denied")
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (problem,) = census(archive.root).problems
    assert (problem.trouble, problem.path) == (Trouble.UNREADABLE, shut)


def test_links_pipes_and_leftovers_are_named_and_not_followed(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    (archive.root / "link").symlink_to(archive.root / "2020", target_is_directory=True)
    (archive.root / "link.json").symlink_to(archive.root / papers[0].files["record"].path)
    os.mkfifo(archive.root / "2020" / "pipe.json")
    (archive.root / "2020" / f"{TEMPORARY}1.tmp").write_bytes(b"half")
    seen = census(archive.root)
    assert {(one.path, one.trouble) for one in seen.problems} == {
        ("link", Trouble.ODD),
        ("link.json", Trouble.ODD),
        ("2020/pipe.json", Trouble.ODD),
        (f"2020/{TEMPORARY}1.tmp", Trouble.LEFTOVER),
    }
    assert len(seen.papers) == len(papers)


def test_a_name_that_is_no_text_is_named_all_the_same(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)
    Path(os.fsdecode(os.fsencode(archive.root) + b"/\xd6\xd0.pdf")).write_bytes(b"gbk")
    (problem,) = census(archive.root).problems
    assert (problem.trouble, problem.path) == (Trouble.ODD, "\\xd6\\xd0.pdf")


def test_a_damaged_record_is_named_with_the_place_within(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    path = papers[0].files["record"].path
    content = (archive.root / path).read_bytes()
    (archive.root / path).write_bytes(content.replace(b'"year": 2020', b'"year": "2020"'))
    (problem,) = census(archive.root).problems
    assert (problem.trouble, problem.path) == (Trouble.RECORD, path)
    assert "paper.year" in problem.sentence


def test_a_copied_record_is_not_a_second_paper(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    path = papers[0].files["record"].path
    (archive.root / "2020" / "copy.json").write_bytes((archive.root / path).read_bytes())
    seen = census(archive.root)
    (problem,) = seen.problems
    assert problem.path == "2020/copy.json"
    assert path in problem.sentence
    assert len(seen.papers) == len(papers)


def test_a_senders_json_is_no_record(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    source = (archive.root / papers[0].files["source"].path).parent
    (source / "3fa1c0de x.json").write_bytes(b"{}")
    assert census(archive.root).problems == ()


def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    folder = Path(papers[0].files["pdf"].path).parent
    (archive.root / folder / NAME).write_bytes(b"nonsense\n")
    (problem,) = census(archive.root).problems
    assert (problem.trouble, problem.path) == (Trouble.MANIFEST, f"{folder}/{NAME}")


def test_the_plate_of_the_writing_office_is_neither_paper_nor_problem(tmp_path: Path) -> None:
    (tmp_path / WRITER).write_bytes(b"{}")
    found = census(tmp_path)
    assert (found.files, found.problems) == ({}, ())
