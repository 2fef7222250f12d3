"""Which places the register accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.errors import ConfigurationError
from pipeline.register import Register, filesystem, network_filesystem

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
def test_the_innermost_mount_decides(place, kind):
    assert network_filesystem(Path(place), MOUNTS) == kind


def test_an_unknown_mount_table_refuses_nothing():
    assert network_filesystem(Path("/mnt/share"), "") == ""


def test_the_register_refuses_a_share_before_it_makes_anything(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    place = tmp_path / "office" / ".gongwen" / "register.db"
    with pytest.raises(ConfigurationError, match="nfs4") as caught:
        Register.open(place)
    assert caught.value.where == str(place)
    assert "本机硬盘" in caught.value.remedy
    assert not (tmp_path / "office").exists()


def test_a_link_to_a_share_is_seen_through(tmp_path, monkeypatch):
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "office").symlink_to(share)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {share} cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    with pytest.raises(ConfigurationError, match="cifs"):
        Register.open(tmp_path / "office" / "register.db")


def test_without_a_mount_table_the_register_opens(tmp_path, monkeypatch):
    monkeypatch.setattr(filesystem, "MOUNTS", tmp_path / "none")
    Register.open(tmp_path / "register.db").close()
