"""Which folders lie on another machine, by the mount table, and what the system's errors mean in words."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from pipeline.core.filesystem import explained, network_filesystem, network_kind

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
fileserver:/office /mnt/share nfs4 rw,vers=4.2 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
//nas/公共 /mnt/公共 cifs rw,vers=3.1.1 0 0
//nas/two /mnt/two\\040words smb3 rw 0 0
me@host: /home/me/remote fuse.sshfs rw 0 0
/dev/sdc1 /media/usb fuseblk rw 0 0
ntfs /media/ntfs fuse.ntfs-3g rw 0 0
hostshare /mnt/vm 9p rw 0 0
/dev/sdd1 /mnt/again ext4 rw 0 0
nas:/again /mnt/again nfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/office/.gongwen/register.db", ""),
        ("/mnt/share/office/.gongwen/register.db", "nfs4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/shared/office", ""),
        ("/mnt/share/local/register.db", ""),
        ("/mnt/公共/办公室/register.db", "cifs"),
        ("/mnt/two words/register.db", "smb3"),
        ("/home/me/remote/register.db", "fuse.sshfs"),
        ("/media/usb/register.db", ""),
        ("/media/ntfs/register.db", ""),
        ("/mnt/vm/register.db", "9p"),
        ("/mnt/again/register.db", "nfs"),
    ],
)
def test_the_innermost_mount_decides(place: str, kind: str) -> None:
    assert network_filesystem(Path(place), MOUNTS) == kind


def test_an_unknown_mount_table_tells_nothing() -> None:
    assert network_filesystem(Path("/mnt/share"), "") == ""


def test_the_tests_run_on_a_local_disk(tmp_path: Path) -> None:
    assert network_kind(tmp_path) == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘满了"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.EACCES, "没有权限"),
        (errno.ESTALE, "共享盘断开了"),
    ],
)
def test_errors_of_the_system_are_told_in_words(code: int, words: str) -> None:
    assert explained(OSError(code, "no such English")) == words


def test_an_error_without_words_of_ours_keeps_its_own() -> None:
    assert explained(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
    assert explained(OSError("odd")) == "odd"
