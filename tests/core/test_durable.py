"""Writing that survives: whole or not at all, synced before it is named, never over another file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from pipeline.core import durable


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def failing(code: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    durable.write_new(tmp_path / "2020" / "甲" / "件.pdf", b"one")
    assert tree(tmp_path) == {"2020/甲/件.pdf": b"one"}


def test_an_existing_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "件.pdf"
    durable.write_new(path, b"one")
    with pytest.raises(FileExistsError):
        durable.write_new(path, b"two")
    with pytest.raises(FileExistsError):
        durable.write_once(path, b"two")
    assert tree(tmp_path) == {"件.pdf": b"one"}


def test_writing_the_same_once_more_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "件.pdf"
    assert durable.write_once(path, b"one") is True
    assert durable.write_once(path, b"one") is False


def test_a_link_with_the_right_content_is_still_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"one")
    (tmp_path / "件.pdf").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        durable.write_once(tmp_path / "件.pdf", b"one")


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "件.pdf").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        durable.write_new(tmp_path / "件.pdf", b"one")
    assert not (tmp_path / "nowhere").exists()


def test_many_files_of_a_folder_are_synced_each_and_the_folder_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = []
    really = os.fsync

    def watch(descriptor: int) -> None:
        synced.append(is_folder(descriptor))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    written = durable.write_all_once(tmp_path, [("甲", b"1"), ("乙", b"2"), ("丙", b"3")])
    assert written == ("甲", "乙", "丙")
    assert synced == [False, False, False, True]
    assert durable.write_all_once(tmp_path, [("甲", b"1"), ("丁", b"4")]) == ("丁",)


def is_folder(descriptor: int) -> bool:
    return Path(f"/proc/self/fd/{descriptor}").resolve().is_dir()


@pytest.mark.parametrize("step", ["fsync", "link", "unlink"])
def test_a_failure_at_any_step_leaves_a_whole_file_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(os, step, failing(errno.ENOSPC))
        with pytest.raises(OSError, match="No space"):
            durable.write_new(tmp_path / "件.pdf", b"one")
    durable.sweep(tmp_path)
    assert tree(tmp_path) in ({}, {"件.pdf": b"one"})


def test_a_share_without_hard_links_works_too_and_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    durable.write_new(tmp_path / "甲", b"one")
    with pytest.raises(FileExistsError):
        durable.write_new(tmp_path / "甲", b"two")
    assert tree(tmp_path) == {"甲": b"one"}


def test_a_reservation_whose_rename_fails_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(os, "replace", failing(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        durable.write_new(tmp_path / "甲", b"one")
    assert tree(tmp_path) == {}


def test_the_empty_reservation_of_a_killed_run_is_healed(tmp_path: Path) -> None:
    (tmp_path / "甲").touch()
    assert durable.write_once(tmp_path / "甲", b"one") is True
    assert tree(tmp_path) == {"甲": b"one"}


def test_derived_files_are_replaced_in_one_step(tmp_path: Path) -> None:
    durable.replace(tmp_path / "清单", b"one")
    durable.replace(tmp_path / "清单", b"two")
    assert tree(tmp_path) == {"清单": b"two"}


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """Root may rename a file over a device such as /dev/null; everything that writes there fails from then on."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileExistsError):
        durable.replace(tmp_path / "pipe", b"one")
    assert (tmp_path / "pipe").is_fifo()


def test_a_failed_replacement_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    durable.replace(tmp_path / "清单", b"one")
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with pytest.raises(OSError, match="No space"):
        durable.replace(tmp_path / "清单", b"two")
    assert tree(tmp_path) == {"清单": b"one"}


def test_removing_twice_is_fine(tmp_path: Path) -> None:
    (tmp_path / "甲").write_bytes(b"one")
    durable.remove(tmp_path / "甲")
    durable.remove(tmp_path / "甲")
    durable.remove(tmp_path / "没有" / "甲")
    assert tree(tmp_path) == {}


def test_only_our_own_leftovers_are_swept(tmp_path: Path) -> None:
    leftover = tmp_path / f"{durable.TEMPORARY}1234.tmp"
    leftover.write_bytes(b"half")
    (tmp_path / "件.pdf").write_bytes(b"one")
    (tmp_path / f"{durable.TEMPORARY}folder").mkdir()
    assert durable.sweep(tmp_path) == (leftover,)
    assert tree(tmp_path) == {"件.pdf": b"one"}
    assert durable.sweep(tmp_path / "没有") == ()


def test_a_file_in_the_way_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "2020").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        durable.make_folder(tmp_path / "2020" / "甲")
    with pytest.raises(NotADirectoryError):
        durable.make_folder(tmp_path / "2020")


def test_a_file_system_that_cannot_sync_folders_is_borne(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.EINVAL))
    durable.fsync_folder(tmp_path)
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        durable.fsync_folder(tmp_path)


def test_the_plate_of_the_writing_office_is_no_left_over(tmp_path: Path) -> None:
    (tmp_path / durable.WRITER).write_bytes(b"{}")
    (tmp_path / f"{durable.TEMPORARY}1.tmp").write_bytes(b"half")
    assert [path.name for path in durable.sweep(tmp_path)] == [f"{durable.TEMPORARY}1.tmp"]
    assert (tmp_path / durable.WRITER).exists()


def test_a_full_disk_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system names no file when a write finds no room."""
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with pytest.raises(OSError) as refusal:
        durable.write_new(tmp_path / "件.pdf", b"one")
    assert refusal.value.filename == str(tmp_path)
    with pytest.raises(OSError) as refusal, durable.new_folder(tmp_path / "包") as part:
        durable.write_new(part / "件.pdf", b"one")
    assert refusal.value.filename == str(tmp_path / "包")
    assert tree(tmp_path) == {}


def test_an_error_elsewhere_keeps_its_place(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as refusal, durable.new_folder(tmp_path / "包"):
        (tmp_path / "别处").read_bytes()
    assert refusal.value.filename == str(tmp_path / "别处")


def test_a_folder_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    (tmp_path / "包").mkdir()
    with durable.new_folder(tmp_path / "包") as part:
        durable.write_new(part / "件.pdf", b"one")
        assert not any((tmp_path / "包").iterdir())
    assert tree(tmp_path) == {"包/件.pdf": b"one"}
    with pytest.raises(OSError), durable.new_folder(tmp_path / "包") as part:
        durable.write_new(part / "件.pdf", b"two")
    assert tree(tmp_path) == {"包/件.pdf": b"one"}


def test_a_file_has_its_name_after_what_is_done_meanwhile(tmp_path: Path) -> None:
    with durable.new_file(tmp_path / "册.pdf", b"one"):
        assert not (tmp_path / "册.pdf").exists()
    with pytest.raises(ValueError, match="no"), durable.new_file(tmp_path / "又.pdf", b"one"):
        raise ValueError("no")
    with pytest.raises(FileExistsError), durable.new_file(tmp_path / "册.pdf", b"two"):
        pass
    assert tree(tmp_path) == {"册.pdf": b"one"}
