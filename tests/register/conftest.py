"""A register in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.register import Register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".gongwen" / "register.db"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with Register.open(path) as opened:
        yield opened
