"""Placing papers, cut off at every single step and done again: the same tree, nothing lost, nothing overwritten."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.core.durable import TEMPORARY
from pipeline.core.values import FiledPaper
from pipeline.filing import Archive, Staging
from pipeline.filing.manifest import NAME
from tests.filing.faults import failing_at, killed_at, steps_of
from tests.filing.samples import COMMUNITY, new_archive, rendered, staged, tree


class Case:
    """An archive with one paper in it, and two more that wait in their staging folder."""

    def __init__(self, folder: Path) -> None:
        self.archive = new_archive(folder)
        earlier, first = staged(folder / "earlier", self.archive, rendered(1))
        self.archive.place(earlier, first)
        self.staging, self.papers = staged(folder, self.archive, rendered(2), rendered(1, "通知", COMMUNITY))
        self.before = tree(self.archive.root)
        self._kept = shutil.copytree(self.archive.root, folder / "kept")
        self.place()
        self.undisturbed = tree(self.archive.root)
        self.reset()

    def place(self) -> tuple[str, ...]:
        return self.archive.place(self.staging, self.papers)

    def reset(self) -> None:
        shutil.rmtree(self.archive.root)
        shutil.copytree(self._kept, self.archive.root)

    def check_nothing_is_half(self) -> None:
        """What has a name that is not temporary is what it should be, or an empty reservation."""
        for path, content in tree(self.archive.root).items():
            if TEMPORARY not in path and not path.endswith(NAME):
                assert content == self.undisturbed[path] or (content == b"" and path not in self.before)

    def check_replay(self) -> None:
        self.place()
        assert tree(self.archive.root) == self.undisturbed
        assert self.place() == ()
        assert tree(self.archive.root) == self.undisturbed


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


@pytest.fixture(params=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once on a file system with hard links and once on a share without."""
    if request.param == "no links":

        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("links")
def test_killed_at_every_step(case: Case) -> None:
    steps = steps_of(case.place)
    assert steps > 40
    for number in range(1, steps + 1):
        case.reset()
        assert killed_at(number, case.place), number
        case.check_nothing_is_half()
        case.check_replay()
    case.reset()
    assert not killed_at(steps + 1, case.place)


@pytest.mark.usefixtures("links")
def test_killed_again_while_mending(case: Case) -> None:
    steps = steps_of(case.place)
    for number in range(1, steps + 1, 6):
        case.reset()
        killed_at(number, case.place)
        killed_at(steps - number, case.place)
        case.check_replay()


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_step_that_fails_is_said_and_done_again(case: Case, code: int) -> None:
    for number in range(1, steps_of(case.place) + 1):
        case.reset()
        with failing_at(number, code, for_ever=False):
            try:
                case.place()
            except OSError as error:
                assert error.errno == code
        case.check_nothing_is_half()
        case.check_replay()


def test_a_disk_that_stays_full_loses_nothing(case: Case) -> None:
    for number in range(1, steps_of(case.place) + 1):
        case.reset()
        with failing_at(number, errno.ENOSPC, for_ever=True), pytest.raises(OSError, match="No space"):
            case.place()
        case.check_nothing_is_half()
        case.check_replay()


def test_every_file_is_synced_before_it_has_its_name(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: set[int] = set()
    fsync, link = os.fsync, os.link

    def watch_fsync(descriptor: int) -> None:
        fsync(descriptor)
        synced.add(os.fstat(descriptor).st_ino)

    def watch_link(source: Path, target: Path) -> None:
        assert Path(source).stat().st_ino in synced, target
        link(source, target)

    monkeypatch.setattr(os, "fsync", watch_fsync)
    monkeypatch.setattr(os, "link", watch_link)
    assert len(case.place()) == 9


def test_every_folder_is_synced_after_its_last_name_up_to_the_archive_itself(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that a killed run made is there for the next one, and may still not be durable in the one above."""
    unsynced = {path for path in case.archive.root.rglob("*") if path.is_dir()} | {case.archive.root}
    fsync, link = os.fsync, os.link

    def watch_fsync(descriptor: int) -> None:
        fsync(descriptor)
        unsynced.discard(Path(f"/proc/self/fd/{descriptor}").resolve())

    def watch_link(source: Path, target: Path) -> None:
        link(source, target)
        unsynced.add(Path(target).parent)

    monkeypatch.setattr(os, "fsync", watch_fsync)
    monkeypatch.setattr(os, "link", watch_link)
    case.place()
    assert unsynced == set()


@given(lost=st.sets(st.integers(0, 20)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_names_a_power_cut_takes_back_are_placed_anew(case: Case, lost: set[int]) -> None:
    case.reset()
    case.place()
    for number, path in enumerate(sorted(case.undisturbed.keys() - case.before.keys())):
        if number in lost:
            (case.archive.root / path).unlink()
    case.check_replay()


def test_staging_killed_at_every_step_is_whole_or_not_complete(tmp_path: Path) -> None:
    archive = new_archive(tmp_path)

    def stage() -> tuple[Staging, tuple[FiledPaper, ...]]:
        return staged(tmp_path, archive, rendered(1))

    def fresh() -> None:
        shutil.rmtree(tmp_path / "staging", ignore_errors=True)

    attempt(stage, fresh, lambda: check_staging(Staging(tmp_path / "staging" / "S"), archive, stage))


def attempt(work: Callable[[], object], fresh: Callable[[], None], check: Callable[[], None]) -> None:
    """Kill the work at each of its steps, beginning afresh each time, and check what is left."""
    fresh()
    steps = steps_of(work)
    for number in range(1, steps + 1):
        fresh()
        assert killed_at(number, work)
        check()


def check_staging(left: Staging, archive: Archive, stage: Callable[[], object]) -> None:
    """What is marked complete holds every byte; what is not can be thrown away, or simply made again."""
    if left.is_complete:
        for digest in left.contents():
            left.get(digest)
    stage()
    assert left.is_complete
    for digest in left.contents():
        left.get(digest)
    assert tree(archive.root) == {}
