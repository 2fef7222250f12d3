"""When something that failed is tried again: after 10 s, 20 s, 40 s … at most an hour, and never not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

_FIRST, _LONGEST = 10.0, 3600.0


@dataclass(slots=True)
class Later:
    """What failed, with its growing delay in seconds. A file that changed is another ``Arrival``, and may be tried."""

    clock: Callable[[], float] = time.monotonic
    _due: dict[Hashable, tuple[float, float]] = field(default_factory=dict)

    def has_come(self, what: Hashable) -> bool:
        """Whether it may be tried now."""
        return self.clock() >= self._due.get(what, (0.0, 0.0))[0]

    def postpone(self, what: Hashable) -> None:
        """Wait twice as long as the last time."""
        wait = min(_LONGEST, 2 * self._due[what][1] if what in self._due else _FIRST)
        self._due[what] = (self.clock() + wait, wait)

    def keep_only(self, listed: Iterable[Hashable]) -> None:
        """Forget all but these."""
        there = set(listed)
        self._due = {what: due for what, due in self._due.items() if what in there}
