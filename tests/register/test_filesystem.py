"""The register accepts no place on a share."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core import filesystem
from pipeline.core.errors import ConfigurationError
from pipeline.register import Register


def test_the_register_refuses_a_share_before_it_makes_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    place = tmp_path / "office" / ".gongwen" / "register.db"
    with pytest.raises(ConfigurationError, match="nfs4") as caught:
        Register.open(place)
    assert caught.value.where == str(place)
    assert "本机硬盘" in caught.value.remedy
    assert not (tmp_path / "office").exists()


def test_a_link_to_a_share_is_seen_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "office").symlink_to(share)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {share} cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(filesystem, "MOUNTS", mounts)
    with pytest.raises(ConfigurationError, match="cifs"):
        Register.open(tmp_path / "office" / "register.db")


def test_without_a_mount_table_the_register_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystem, "MOUNTS", tmp_path / "none")
    Register.open(tmp_path / "register.db").close()
