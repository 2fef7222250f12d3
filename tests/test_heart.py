"""The sign of life: of a watcher that works, hangs, was killed, or lives before its time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.heart import Heart, read_sign
from tests.drives import read_only

NOON = datetime(2026, 4, 16, 12, 0, tzinfo=UTC)


@pytest.fixture
def heart(tmp_path: Path) -> Heart:
    return Heart(tmp_path / "watch.json", lambda: NOON, "events", 300.0)


def test_a_watcher_that_works_is_alive(heart: Heart) -> None:
    heart.beat([{"name": "五月.xlsx", "why": "还没放完"}], {"archive": "共享盘断开了"})
    sign = read_sign(heart.path, NOON + timedelta(seconds=10))
    assert sign["alive"]
    assert sign["pid"] == os.getpid()
    assert sign["waiting"] == [{"name": "五月.xlsx", "why": "还没放完"}]
    assert sign["lost"] == {"archive": "共享盘断开了"}


def test_one_that_is_silent_for_too_long_hangs(heart: Heart) -> None:
    heart.beat((), {})
    assert not read_sign(heart.path, NOON + timedelta(seconds=301))["alive"]


def test_a_long_workbook_is_a_sign_of_life_too(heart: Heart) -> None:
    heart.beat((), {})
    heart.now = lambda: NOON + timedelta(seconds=280)
    heart.at_work("五月.xlsx", 0, 200)
    sign = read_sign(heart.path, NOON + timedelta(seconds=500))
    assert sign["alive"]
    assert sign["working_on"] == {"name": "五月.xlsx", "done": 0, "total": 200}


def test_a_clock_set_back_kills_nobody(heart: Heart) -> None:
    heart.beat((), {})
    assert read_sign(heart.path, NOON - timedelta(days=400))["alive"]


def test_one_that_was_killed_is_dead_at_once(heart: Heart) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    heart.beat((), {})
    heart.path.write_text(heart.path.read_text().replace(f'"pid": {os.getpid()}', f'"pid": {int(gone.stdout)}'))
    assert not read_sign(heart.path, NOON)["alive"]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"alive_at": "x"}', b"\xff"])
def test_a_damaged_sign_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "watch.json").write_bytes(content)
    assert read_sign(tmp_path / "watch.json", NOON) == {}


def test_a_full_disk_does_not_stop_the_heart(heart: Heart, tmp_path: Path) -> None:
    with read_only(tmp_path):
        heart.beat((), {})
        heart.stop()


def test_after_goodbye_there_is_no_sign(heart: Heart) -> None:
    heart.beat((), {})
    heart.stop()
    assert read_sign(heart.path, NOON) == {}
