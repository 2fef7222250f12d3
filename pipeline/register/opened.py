"""The register's file, opened: what every part of the register reads and writes through."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from pipeline.register.database import copy_database, open_database, sound, worded_errors


class Opened:
    """An open register file; a context manager."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, path: Path) -> Self:
        """The register at ``path``, made when missing, brought up to date when old.

        Raises ``ConfigurationError`` on a network file system or when a later version made the file.
        """
        return cls(open_database(path))

    def copy_to(self, target: Path) -> None:
        """The whole register as one state, into a new file; nobody is held up by it."""
        path = Path(self._engine.url.database or "")
        with worded_errors(path):
            copy_database(path, target)

    def is_sound(self) -> bool:
        """Whether SQLite finds nothing wrong with the file."""
        return sound(self._engine)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
