"""The staging folder: nothing is taken out but what was put in, and half of it is never taken for the whole."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pipeline.core.errors import ArchiveDamaged
from pipeline.filing import Staging


def test_what_is_put_in_comes_out_by_its_digest(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "staging" / "S")
    digest = staging.put(b"paper")
    assert digest == hashlib.sha256(b"paper").hexdigest()
    assert staging.get(digest) == b"paper"
    assert staging.put(b"paper") == digest
    assert staging.contents() == (digest,)


def test_it_is_complete_only_when_it_was_said_to_be(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "S")
    assert not staging.is_complete
    digest = staging.put(b"paper")
    assert not staging.is_complete
    staging.complete()
    assert staging.is_complete
    (tmp_path / "S" / digest).unlink()
    assert not staging.is_complete


@pytest.mark.parametrize("content", [b"", b"paper, altered"])
def test_a_content_that_is_no_longer_itself_is_refused(tmp_path: Path, content: bytes) -> None:
    staging = Staging(tmp_path)
    digest = staging.put(b"paper")
    (tmp_path / digest).write_bytes(content)
    with pytest.raises(ArchiveDamaged):
        staging.get(digest)


def test_a_lost_content_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged) as error:
        Staging(tmp_path).get("a" * 64)
    assert "a" * 64 in error.value.where


def test_half_a_file_of_a_killed_run_is_written_anew(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"paper").hexdigest()
    (tmp_path / digest).write_bytes(b"pap")
    assert Staging(tmp_path).put(b"paper") == digest
    assert Staging(tmp_path).get(digest) == b"paper"


def test_the_receipt_waits_beside_the_papers(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "S")
    assert staging.receipt() is None
    staging.put_receipt(b"receipt")
    staging.put_receipt(b"receipt, again")
    assert staging.receipt() == b"receipt, again"
    assert staging.contents() == ()


def test_discarding_leaves_nothing_and_may_be_done_twice(tmp_path: Path) -> None:
    staging = Staging(tmp_path / "staging" / "S")
    staging.put(b"paper")
    staging.complete()
    staging.discard()
    staging.discard()
    assert list((tmp_path / "staging").iterdir()) == []
    assert not staging.is_complete
    assert staging.contents() == ()


def test_a_link_is_not_followed_when_discarding(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_bytes(b"x")
    (tmp_path / "S").symlink_to(tmp_path / "real")
    Staging(tmp_path / "S").discard()
    assert (tmp_path / "real" / "file").read_bytes() == b"x"
