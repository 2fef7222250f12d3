"""For all tests: no example of hypothesis is held to a time, for the clock of a busy machine says nothing of us.

And what several modules copy, made once.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that gives 档号 at the yearly arrangement, with seven papers that wait for theirs; to be copied."""
    from tests.filed import filled  # here: most tests need no office

    return filled(tmp_path_factory.mktemp("waiting"), "arrangement")
