"""Deeds in the archive: written so that a person can read them, read back strictly, their files beside the papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.deeds import Action, Deed, DeedLine
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.text import NAME_BYTES
from pipeline.core.values import FiledFile
from pipeline.filing import (
    DEED_BOOK,
    Archive,
    NewFile,
    Staging,
    Trouble,
    census,
    deeds,
    last_entry,
    records,
    stage_deed,
)
from pipeline.filing.deed_record import read, write
from pipeline.filing.layout import beside
from pipeline.filing.manifest import NAME
from tests.filing.samples import FILED_AT, filed_archive

SCAN = NewFile("盖章件", ".pdf", b"%PDF scanned")


def filed(folder: Path, archive: Archive, deed: Deed, **files: Any) -> Deed:
    staging = Staging(folder / "staging" / deed.id)
    staged = stage_deed(deed, staging, archive.occupied(), **files)
    archive.place_files(staging, staged.all_files)
    return staged


@pytest.fixture
def archived(tmp_path: Path) -> tuple[Archive, Deed, Deed]:
    """An archive with papers, one of them withdrawn, then sealed."""
    archive, papers = filed_archive(tmp_path)
    one = papers[0]
    withdrawn = Deed(1, Action.WITHDRAW, (DeedLine.of(one, Action.WITHDRAW),), "王秘书", FILED_AT, "重复发文")
    sealed = Deed(2, Action.SEALED, (DeedLine.of(one, Action.SEALED),), "王秘书", FILED_AT)
    first = filed(tmp_path, archive, withdrawn)
    return archive, first, filed(tmp_path, archive, sealed, beside_papers=[(one, {"scan": SCAN})])


def test_every_deed_comes_back_whole_from_the_archive_alone(archived: tuple[Archive, Deed, Deed]) -> None:
    archive, *done = archived
    assert [found.entry for found in deeds(archive.root)] == done
    assert last_entry(archive.root, DEED_BOOK) == 2
    seen = census(archive.root)
    assert seen.problems == ()
    assert list(seen.deeds.values()) == done
    assert len(seen.papers) == len(list(records(archive.root))), "deeds are no papers"
    assert (archive.root / done[1].lines[0].files["scan"].path).read_bytes() == SCAN.content


def test_a_lost_manifest_is_made_again_from_papers_and_deeds(
    archived: tuple[Archive, Deed, Deed], tmp_path: Path
) -> None:
    archive, _first, sealed = archived
    folder = archive.root / Path(sealed.lines[0].files["scan"].path).parent
    before = (folder / NAME).read_text(encoding="utf-8")
    (folder / NAME).unlink()
    archive.place_files(Staging(tmp_path / "staging" / sealed.id), sealed.all_files)
    assert (folder / NAME).read_text(encoding="utf-8") == before


Mangle = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "mangle",
    [
        lambda deed: deed.update(format="gongwen-deed/2"),
        lambda deed: deed.update(action="forget"),
        lambda deed: deed.update(action="repeal"),  # without its day
        lambda deed: deed.update(seq="1"),
        lambda deed: deed.update(papers=[]),
        lambda deed: deed.update(details={"a": 1}),
        lambda deed: deed.pop("also"),
        lambda deed: deed.update(more=1),
        lambda deed: deed["papers"][0].pop("title"),
        lambda deed: deed["papers"][0].update(remains=[{}]),
        lambda deed: deed.update(path="../out.json"),
    ],
)
def test_a_deed_that_is_not_exactly_right_is_named_and_not_guessed(
    archived: tuple[Archive, Deed, Deed], mangle: Mangle
) -> None:
    archive, first, second = archived
    path = first.files["deed"].path
    told = json.loads((archive.root / path).read_bytes())
    mangle(told)
    (archive.root / path).write_text(json.dumps(told), encoding="utf-8")
    found, other = deeds(archive.root)
    assert found.problem is not None and other.entry == second
    assert (found.problem.trouble, found.problem.path) == (Trouble.RECORD, path)
    assert census(archive.root).problems == (found.problem,)


class Nothing:
    def digest(self, path: str) -> None:
        return None


@pytest.mark.parametrize(
    ("called", "suffix"), [("盖章件", ".json"), ("盖/章", ".pdf"), ("一个长得没有地方放的名称名称名称", ".pdf")]
)
def test_a_file_beside_a_paper_has_a_name_that_fits_and_is_no_record(called: str, suffix: str) -> None:
    with pytest.raises(ValueError, match="beside a paper"):
        beside("2020/甲/通知", called, suffix, Nothing())


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)
FILES = st.dictionaries(TEXT, st.builds(FiledFile, st.just("2020/x/y.pdf"), DIGEST, st.integers(0)), max_size=2)
WORDS = st.dictionaries(TEXT, TEXT, max_size=3)
LINES = st.lists(
    st.builds(DeedLine, TEXT, TEXT, TEXT, TEXT, WORDS, FILES), min_size=1, max_size=4, unique_by=lambda line: line.paper
)
FREE = st.sampled_from([Action.WITHDRAW, Action.HOLD, Action.SEALED, Action.SIGNED])
DEEDS = st.builds(
    Deed,
    st.integers(1, 99_999),
    FREE,
    LINES.map(tuple),
    TEXT,
    st.just(FILED_AT),
    TEXT,
    st.lists(TEXT).map(tuple),
    WORDS,
)


@given(DEEDS)
def test_whatever_is_written_is_read_back(deed: Deed) -> None:
    content = write(deed, "办理簿/2020/x.json")
    back = read(content)
    assert write(back, "办理簿/2020/x.json") == content
    assert (back.lines, back.also, back.details) == (deed.lines, deed.also, deed.details)


@given(DEEDS)
def test_every_deed_has_a_name_that_fits(deed: Deed) -> None:
    class Nowhere(Staging):
        def put(self, content: bytes) -> str:
            return "0" * 64

        def complete(self) -> None:
            pass

    try:
        staged = stage_deed(deed, Nowhere(Path()), Nothing(), own={"list": NewFile("销毁清册", ".xlsx", b"")})
    except ValueError as error:
        assert "no usable file name" in str(error)
        return
    for file in staged.files.values():
        assert len(Path(file.path).name.encode()) <= NAME_BYTES


def test_a_destroyed_paper_comes_back_as_what_remains_of_it(tmp_path: Path) -> None:
    archive, papers = filed_archive(tmp_path)
    gone = Deed(1, Action.DESTROY, (DeedLine.of(papers[0], Action.DESTROY),), "王秘书", FILED_AT, "", ("李",))
    done = filed(tmp_path, archive, gone, own={"list": NewFile("销毁清册", ".xlsx", b"PK")})
    archive.remove_files(papers[0].files.values())
    (found,) = deeds(archive.root)
    assert found.entry == done
    remains = done.lines[0].remains
    assert remains is not None
    assert (remains.title, remains.files, remains.text, remains.people) == (
        papers[0].title,
        papers[0].files,
        "",
        (),
    )
    with pytest.raises(ArchiveDamaged):
        archive.refuse_changed(papers[0].files.values())
