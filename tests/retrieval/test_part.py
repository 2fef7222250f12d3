"""A part is the same for ever, all parts together are everything, and nobody takes one for the whole."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.values import FiledPaper
from pipeline.filing import census
from pipeline.retrieval import Damage, Note, Part, Report, digests, left_out, verify
from tests.filing.samples import COMMUNITY, filed_archive


def check(root: Path, papers: tuple[FiledPaper, ...], part: Part) -> Report:
    seen = census(root, left_out(part, papers, (), ()))
    return verify(root, seen, papers, part=part)


@given(st.text(min_size=1), st.integers(1, 30))
def test_each_entry_is_in_one_share(name: str, of: int) -> None:
    assert sum(Part((which, of)).holds_entry(name) for which in range(1, of + 1)) == 1


@pytest.mark.parametrize("share", [(0, 7), (8, 7), (1, 0)])
def test_a_share_that_does_not_exist(share: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="share"):
        Part(share)


def test_whatever_is_changed_is_found_by_one_share_of_all(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path, 6)
    for role in ("pdf", "record", "metadata", "source"):
        path = archive.root / papers[2].files[role].path
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        found = [
            remark
            for which in range(1, 4)
            for remark in check(archive.root, papers, Part((which, 3))).damages
            if remark.what is Damage.CHANGED
        ]
        assert {archive.root / remark.path for remark in found} == {path}
        assert role == "source" or len(found) == 1
        path.write_bytes(content)


def test_the_shares_add_up_and_say_that_they_are_shares(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path, 6)
    reports = [check(archive.root, papers, Part((which, 3))) for which in range(1, 4)]
    assert sum(report.papers for report in reports) == len(papers)
    assert all(report.is_sound and report.due == report.size for report in reports)
    assert all(report.registered == len(papers) for report in reports)
    assert "只查了第 2 份，共 3 份；登记簿里共有 7 件" in reports[1].summary()
    assert reports[1].as_json()["part"] == "第 2 份，共 3 份"


def test_what_needs_no_reading_is_looked_at_in_every_part(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    (archive.root / papers[0].files["pdf"].path).unlink()
    report = check(archive.root, papers, Part(organisation=COMMUNITY.name))
    assert (report.papers, report.files) == (1, 5)
    assert [remark.what for remark in report.damages] == [Damage.MISSING]
    assert report.part == COMMUNITY.name


def test_chosen_papers(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    report = check(archive.root, papers, Part(papers=frozenset({papers[1].paper})))
    assert (report.papers, report.files, report.part) == (1, 5, "选出的 1 件")


def test_whoever_gets_chosen_papers_reads_nothing_of_others(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    chosen, other = papers[-1], papers[0]
    part = Part(papers=frozenset({chosen.paper}))
    theirs = archive.root / other.files["pdf"].path
    assert theirs.parent != (archive.root / chosen.files["pdf"].path).parent
    theirs.unlink()
    (theirs.parent / "谁放的.txt").write_text("")
    (theirs.parent / "manifest-sha256.txt").unlink()
    apart = (papers[0], replace(papers[0], paper="x" * 26, n=other.n + 9, files={}), *papers[1:])
    whole = check(archive.root, apart, Part())
    assert {Damage.MISSING, Damage.UNKNOWN, Damage.MANIFEST} <= {remark.what for remark in whole.damages}
    assert Note.NUMBER_GAP in {remark.what for remark in whole.notes}
    report = check(archive.root, apart, part)
    assert (report.damages, report.notes) == ((), ())
    own = archive.root / chosen.files["pdf"].path
    own.unlink()
    (own.parent / "也是.txt").write_text("")
    found = check(archive.root, apart, part).damages
    assert {remark.what for remark in found} == {Damage.MISSING, Damage.UNKNOWN}
    assert {(archive.root / remark.path).parent for remark in found} == {own.parent}


def test_sm3_of_the_metadata_is_compared_in_the_same_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, papers = filed_archive(tmp_path)
    path = papers[0].files["metadata"].path
    text = (archive.root / path).read_text(encoding="utf-8")
    digest = re.findall(r'算法="SM3">([0-9a-f]{64})', text)[0]
    (archive.root / path).write_text(text.replace(digest, digest[::-1]), encoding="utf-8")
    found = check(archive.root, papers, Part()).damages
    assert [remark.path for remark in found if "SM3" in remark.sentence] == [papers[0].files["pdf"].path]
    monkeypatch.setattr(digests, "has_sm3", lambda: False)
    report = check(archive.root, papers, Part())
    assert Note.NO_SM3 in {remark.what for remark in report.notes}
    assert "SM3" not in "".join(remark.sentence for remark in report.damages)


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, papers = filed_archive(tmp_path)
    opened: Counter[Path] = Counter()
    real = digests.read

    def counted(path: Path, *, sm3: bool = False) -> digests.Read:
        opened.update([path])
        return real(path, sm3=sm3)

    whole = Path.read_bytes

    def counted_whole(path: Path) -> bytes:
        opened.update([path])
        return whole(path)

    monkeypatch.setattr(digests, "read", counted)
    monkeypatch.setattr(Path, "read_bytes", counted_whole)
    check(archive.root, papers, Part())
    assert {path.suffix for path in opened} == {".pdf", ".docx", ".xml", ".json", ".xlsx", ".txt"}
    assert len(opened) == 18 + 2, "and two manifests"
    assert set(opened.values()) == {1}
