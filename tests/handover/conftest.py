"""The office that a set comes into; each test file has the one it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.office import Office
from tests.offices import make_office


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Office]:
    with make_office(tmp_path / "other") as other:
        yield other
