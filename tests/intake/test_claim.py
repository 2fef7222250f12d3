"""Claiming, letting go, and what a kill in between leaves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.core import durable
from pipeline.intake.claim import StillChanging, claim, forget, reclaim, release
from pipeline.intake.deliver import deliver

NOW = datetime(2020, 4, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    path = tmp_path / "inbox" / "五月.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"content")
    return path


def test_a_claim_leaves_the_original_and_keeps_a_copy(origin: Path, tmp_path: Path) -> None:
    claimed = claim(origin, tmp_path / "spool", now=NOW)
    assert origin.read_bytes() == claimed.path.read_bytes() == b"content"
    assert claimed.sha256 == durable.sha256_of(origin)
    assert claimed.path.name == "五月.xlsx"


def test_claiming_again_is_the_same_claim(origin: Path, tmp_path: Path) -> None:
    assert claim(origin, tmp_path / "spool", now=NOW) == claim(origin, tmp_path / "spool", now=NOW)


def test_the_same_content_under_two_names_is_two_submissions(origin: Path, tmp_path: Path) -> None:
    other = origin.with_name("六月.xlsx")
    other.write_bytes(b"content")
    first, second = (claim(path, tmp_path / "spool", now=NOW) for path in (origin, other))
    assert first.submission != second.submission
    assert first.sha256 == second.sha256


def test_a_claim_is_found_again_after_a_kill(origin: Path, tmp_path: Path) -> None:
    claimed = claim(origin, tmp_path / "spool", now=NOW)
    assert reclaim(tmp_path / "spool", claimed.submission) == claimed
    assert reclaim(tmp_path / "spool", "0" * 16) is None


def test_letting_go_takes_the_original_away(origin: Path, tmp_path: Path) -> None:
    claimed = claim(origin, tmp_path / "spool", now=NOW)
    assert release(claimed) == ""
    assert not origin.exists()
    assert release(claimed) == ""
    forget(claimed)
    assert not claimed.path.parent.exists()


def test_a_file_saved_anew_meanwhile_stays_in_the_inbox(origin: Path, tmp_path: Path) -> None:
    claimed = claim(origin, tmp_path / "spool", now=NOW)
    origin.write_bytes(b"the secretary saved it again")
    assert release(claimed) == ""
    assert origin.exists()


def test_links_are_refused(origin: Path, tmp_path: Path) -> None:
    link = origin.with_name("链接.xlsx")
    link.symlink_to(origin)
    with pytest.raises(StillChanging):
        claim(link, tmp_path / "spool", now=NOW)


def test_delivery_never_replaces_and_never_doubles(tmp_path: Path) -> None:
    first = deliver(tmp_path, "五月.xlsx", b"one")
    again = deliver(tmp_path, "五月.xlsx", b"one")
    second = deliver(tmp_path, "五月.xlsx", b"two")
    assert (first.name, again.name, second.name) == ("五月.xlsx", "五月.xlsx", "五月（2）.xlsx")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")


def test_delivery_of_a_very_long_name_keeps_its_ending(tmp_path: Path) -> None:
    paths = {deliver(tmp_path, "长" * 200 + ".xlsx", bytes([n])) for n in range(3)}
    assert len(paths) == 3
    assert all(path.suffix == ".xlsx" and len(path.name.encode()) <= 255 for path in paths)
