"""For all tests: no example of hypothesis is held to a time, for the clock of a busy machine says nothing of us."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
