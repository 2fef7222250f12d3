"""A backup is whole or it is none, and what comes back from it is the office that was."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.backups import Made, Wanted, back_up, making, restore
from pipeline.backups.description import NAME
from pipeline.backups.reading import latest_in
from pipeline.catalogues import is_derived
from pipeline.core.durable import TEMPORARY
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged, GongwenError, OfficeBusy, OutOfReach
from pipeline.core.values import IndexQuery
from pipeline.lock import OfficeLock
from pipeline.office import Office
from pipeline.rounds import run_once
from pipeline.settings import FILE
from tests.cutting import KILLED, cut_off
from tests.filing.faults import failing_at, killed_at, steps_of
from tests.offices import FORMS, NOTICE, CalmWorkers, drop, make_office, tree, verified

PDF = "铜王组发*.pdf"
"""The notice; a folder's catalogue is a PDF too."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path / "office") as office:
        (office.settings.root / "policies").mkdir()
        (office.settings.root / "policies" / "own.txt").write_text("本单位的规定")
        drop(office, NOTICE)
        run(office)
        yield office


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "备份"


def run(office: Office) -> None:
    with office.writing("run"):
        list(run_once(office, lambda *_: None))


def more(office: Office) -> None:
    drop(office, FORMS)
    run(office)


def archived(office: Office) -> dict[str, bytes]:
    """The archive's files but for the plate of whoever writes in it."""
    return {path: content for path, content in tree(office.settings.archive).items() if TEMPORARY not in path}


def answers(office: Office) -> object:
    register = office.register
    return register.search(IndexQuery(words=("兼职委员",), limit=99)), register.ledger(), register.history()


def only_whole_ones(folder: Path, names: set[str]) -> None:
    """Nothing in ``folder`` claims to be a backup but these, and each of them is whole."""
    assert {path.parent.name for path in folder.glob(f"*/{NAME}") if not path.parent.name.startswith(".")} <= names
    latest, spoilt = latest_in(folder) if folder.is_dir() else (None, ())
    assert not spoilt
    assert (latest.name if latest else "") == max(names, default="")
    assert latest is None or all(latest.is_sound(path) for path in latest.files)


@pytest.mark.parametrize("name", ["备份", "备份.zip", "备份.tar"])
def test_what_comes_back_is_the_office_that_was(office: Office, tmp_path: Path, name: str) -> None:
    more(office)
    made = back_up(office, tmp_path / name)
    assert made.unsound == () and made.new == made.files
    restored = restore(Wanted(tmp_path / name), tmp_path / "new")
    assert restored.report.is_sound and restored.same_history and not restored.rebuilt
    with Office.open(tmp_path / "new") as again:
        assert archived(again) == archived(office)
        assert answers(again) == answers(office)
        assert again.id == office.id
        assert (again.settings.root / FILE).read_bytes() == (office.settings.root / FILE).read_bytes()
        assert (again.settings.root / "policies" / "own.txt").is_file()
        assert not list(again.settings.root.glob(f"{TEMPORARY}*"))


def test_the_next_backup_copies_only_what_is_new_and_the_first_can_still_be_had(office: Office, kept: Path) -> None:
    first = back_up(office, kept)
    before = archived(office)
    more(office)
    second = back_up(office, kept)
    new = [path.removeprefix("archive/") for path in tree(second.at) if path.endswith((".pdf", ".docx"))]
    assert len([path for path in new if not is_derived(path)]) == 2 * 6
    assert second.files > first.files
    restore(Wanted(kept, first.at.name), kept.parent / "first")
    restore(Wanted(kept), kept.parent / "second")
    with Office.open(kept.parent / "first") as one, Office.open(kept.parent / "second") as other:
        assert archived(one) == before
        assert archived(other) == archived(office)


def test_nothing_new_is_nothing_copied(office: Office, kept: Path) -> None:
    back_up(office, kept)
    assert back_up(office, kept).new == 0


def test_the_folders_copied_over_one_another_are_the_office(office: Office, kept: Path, tmp_path: Path) -> None:
    back_up(office, kept)
    more(office)
    back_up(office, kept)
    for one in sorted(kept.glob("2*")):
        shutil.copytree(one, tmp_path / "by hand", dirs_exist_ok=True)
    with Office.open(tmp_path / "by hand") as by_hand:
        assert archived(by_hand) == archived(office)
        assert answers(by_hand) == answers(office)


def test_a_watcher_is_no_obstacle_and_a_writer_is_waited_for(
    office: Office, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.watching():
        back_up(office, kept)
    with OfficeLock(office.settings.private, "writer", "run"), monkeypatch.context() as patch:
        patch.setattr(making, "PATIENCE", 0.1)
        with pytest.raises(OfficeBusy):
            back_up(office, kept)
    assert len(list(kept.glob("2*"))) == 1


@pytest.mark.parametrize(
    "hurt", [".gongwen/register.db", "manifest-sha256.txt", NAME, "gongwen.toml", "的通知.pdf", "的通知.json"]
)
def test_a_damaged_backup_names_what_is_damaged_and_makes_no_office(
    office: Office, kept: Path, tmp_path: Path, hurt: str
) -> None:
    made = back_up(office, kept)
    victim = next(path for path in sorted(made.at.rglob("*")) if path.as_posix().endswith(hurt) and path.is_file())
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    with pytest.raises(ArchiveDamaged) as said:
        restore(Wanted(kept), tmp_path / "new")
    assert victim.relative_to(made.at).as_posix() in str(said.value)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_file_gone_from_an_earlier_backup_is_missed_by_the_later(office: Office, kept: Path, tmp_path: Path) -> None:
    first = back_up(office, kept)
    back_up(office, kept)
    next(first.at.rglob(PDF)).unlink()
    with pytest.raises(ArchiveDamaged, match="1 个文件"):
        restore(Wanted(kept), tmp_path / "new")


def test_what_spoiled_in_an_earlier_backup_is_copied_anew(office: Office, kept: Path) -> None:
    first = back_up(office, kept)
    next(first.at.rglob(PDF)).write_bytes(b"rot")
    assert back_up(office, kept).new == 1
    assert restore(Wanted(kept), kept.parent / "new").report.is_sound


@pytest.mark.parametrize("hurt", [NAME, f"{NAME}.sha256", "manifest-sha256.txt"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_backup_that_rotted_keeps_no_new_one_from_being_made(
    office: Office, kept: Path, hurt: str, *, gone: bool
) -> None:
    """Every night's backup would fail from then on."""
    first, second = back_up(office, kept), back_up(office, kept)
    if gone:
        (second.at / hurt).unlink()
    else:
        (second.at / hurt).write_bytes(b"rot")
    with pytest.raises(ArchiveDamaged) as refusal:
        restore(Wanted(kept), kept.parent / "new")
    assert first.at.name in refusal.value.remedy, "it is days older, so nobody gets it unasked"
    third = back_up(office, kept)
    assert (third.spoilt, third.new) == ((second.at.name,), 0)
    assert restore(Wanted(kept), kept.parent / "new").report.is_sound
    for one in (first, third):
        (one.at / hurt).write_bytes(b"rot")
    fourth = back_up(office, kept)
    assert fourth.new == fourth.files and len(fourth.spoilt) == 3


def test_what_is_sound_comes_back_where_there_is_nothing_better(office: Office, kept: Path, tmp_path: Path) -> None:
    made = back_up(office, kept)
    next(made.at.rglob(PDF)).unlink()
    restored = restore(Wanted(kept, what_is_sound=True), tmp_path / "new")
    assert len(restored.left_out) == 1
    assert [remark.path for remark in restored.report.damages] == [restored.left_out[0].removeprefix("archive/")]


def test_a_damaged_register_is_built_anew(office: Office, kept: Path, tmp_path: Path) -> None:
    made = back_up(office, kept)
    (made.at / ".gongwen" / "register.db").write_bytes(b"rot")
    restored = restore(Wanted(kept, without_register=True), tmp_path / "new")
    assert restored.rebuilt and restored.report.is_sound
    with Office.open(tmp_path / "new") as again:
        assert again.register.ledger() and len(list(again.register.papers())) == 1


def test_damage_in_the_archive_is_named_and_does_not_keep_the_rest_from_being_saved(office: Office, kept: Path) -> None:
    one, other = sorted(office.settings.archive.rglob(PDF)), sorted(office.settings.archive.rglob("铜王组发*.docx"))
    one[0].write_bytes(b"rot")
    other[0].unlink()
    made = back_up(office, kept)
    root = office.settings.archive
    assert made.unsound == tuple(sorted(f"archive/{path.relative_to(root)}" for path in (one[0], other[0])))
    assert made.description.unsound == () and '"unsound": [\n' in (made.at / NAME).read_text()


def test_a_share_that_is_gone_is_no_empty_archive(office: Office, kept: Path) -> None:
    shutil.rmtree(office.settings.archive)
    office.settings.archive.mkdir()
    with pytest.raises(OutOfReach):
        back_up(office, kept)
    only_whole_ones(kept, set())


@pytest.mark.parametrize("name", ["备份", "备份.zip", "备份.tar"])
def test_a_full_disk_leaves_nothing_that_claims_to_be_whole(office: Office, tmp_path: Path, name: str) -> None:
    more(office)
    place = tmp_path / name
    (tmp_path / "counted").mkdir()
    for number in range(1, steps_of(lambda: back_up(office, tmp_path / "counted" / name)), 11):
        with failing_at(number, errno.ENOSPC, for_ever=True), pytest.raises((OSError, GongwenError)):
            back_up(office, place)
        assert not place.is_file()
        only_whole_ones(place, set())
    assert restore(Wanted(back_up(office, place).at), tmp_path / "new").report.is_sound


def test_a_kill_leaves_nothing_that_claims_to_be_whole(office: Office, kept: Path, tmp_path: Path) -> None:
    first = back_up(office, kept)
    more(office)
    for number in range(3, steps_of(lambda: back_up(office, tmp_path / "counted")), 23):
        if not killed_at(number, lambda: back_up(office, kept)):
            break
        only_whole_ones(kept, {first.at.name})
    back_up(office, kept)
    assert not list(kept.glob(f"{TEMPORARY}*"))
    assert not list(office.settings.private.glob(f"{TEMPORARY}backup-*"))


def test_a_restore_that_was_killed_is_no_office_and_can_be_done_again(office: Office, kept: Path) -> None:
    back_up(office, kept)
    root = kept.parent / "new"
    for number in (2, 9, 30, 55):
        assert killed_at(number, lambda: restore(Wanted(kept), root))
        assert not (root / FILE).exists()
    assert restore(Wanted(kept), root).report.is_sound


def test_a_workbook_that_has_numbers_and_no_papers_in_place_is_finished_by_the_restored_office(
    office: Office, kept: Path, tmp_path: Path
) -> None:
    drop(office, FORMS)
    steps = 60
    while (
        cut_off(steps, lambda: list(run_once(office, lambda *_: None))) == KILLED and not office.register.unfinished()
    ):
        steps += 5
    assert office.register.unfinished()
    made = back_up(office, kept)
    assert made.unsound == ()
    assert restore(Wanted(kept), tmp_path / "new").report.is_sound
    with Office.open(tmp_path / "new") as again:
        vars(again)["workers"] = CalmWorkers()
        run(again)
        assert not again.register.unfinished()
        assert len(list(again.register.papers())) == 7
        assert verified(again).is_sound


def test_the_archive_alone_is_enough(office: Office, tmp_path: Path) -> None:
    shutil.copytree(office.settings.archive, tmp_path / "saved")
    with pytest.raises(AnswerIsNo, match="toml"):
        restore(Wanted(tmp_path / "saved"), tmp_path / "new")
    restored = restore(Wanted(tmp_path / "saved", settings=office.settings.root / FILE), tmp_path / "new")
    assert restored.rebuilt and restored.report.is_sound
    with Office.open(tmp_path / "new") as again:
        assert [paper.number for paper in again.register.papers()] == ["铜王组发〔2020〕50号"]


def test_an_archive_on_the_share_is_kept_and_knows_more_than_the_backup(tmp_path: Path, kept: Path) -> None:
    with make_office(tmp_path / "office") as office:
        settings = (office.settings.root / FILE).read_text(encoding="utf-8")
    (tmp_path / "share").mkdir()
    settings = settings.replace("[office]\n", f'[office]\narchive = "{tmp_path}/share"\n', 1)
    (tmp_path / "office" / FILE).write_text(settings, encoding="utf-8")
    with Office.open(tmp_path / "office") as office:
        vars(office)["workers"] = CalmWorkers()
        drop(office, NOTICE)
        run(office)
        back_up(office, kept)
        more(office)
    with pytest.raises(AnswerIsNo, match="--keep-archive"):
        restore(Wanted(kept), tmp_path / "new")
    restored = restore(Wanted(kept, keep_archive=True), tmp_path / "new")
    assert restored.rebuilt and restored.report.is_sound
    with Office.open(tmp_path / "new") as again:
        assert len(list(again.register.papers())) == 7


def test_places_that_are_none(office: Office, kept: Path, tmp_path: Path) -> None:
    for place in ("archive/备份", "inbox", ".gongwen/备份"):
        with pytest.raises(AnswerIsNo):
            back_up(office, office.settings.root / place)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    with pytest.raises(AnswerIsNo):
        back_up(office, tmp_path / "full")
    with make_office(tmp_path / "other") as other:
        made: Made = back_up(other, kept)
        with pytest.raises(AnswerIsNo, match="另一个办公室"):
            back_up(office, kept)
    with pytest.raises(AnswerIsNo):
        restore(Wanted(kept), tmp_path / "full")
    with pytest.raises(AnswerIsNo, match=made.at.name):
        restore(Wanted(kept, "20200101-000000"), tmp_path / "new")
