"""The real fonts of this machine, opened once for all tests of the renderer."""

from __future__ import annotations

import pytest

from pipeline.rendering.fonts import FontBook


@pytest.fixture(scope="session")
def book() -> FontBook:
    return FontBook.open()
