"""Drives that misbehave, for tests: a folder in which nothing can be written, whoever asks (root is asked too)."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_WRITES = ("hardlink_to", "replace", "rename", "unlink", "mkdir", "rmdir")


@contextmanager
def read_only(place: Path, *, code: int = errno.EROFS) -> Iterator[None]:
    """While in the block, nothing at or below ``place`` can be made, named or removed."""

    def refuse(real: Any) -> Any:
        def write(path: Path, *args: Any, **kwargs: Any) -> Any:
            if path.is_relative_to(place):
                raise OSError(code, os.strerror(code), str(path))
            return real(path, *args, **kwargs)

        return write

    with pytest.MonkeyPatch.context() as patch:
        for name in _WRITES:
            patch.setattr(Path, name, refuse(getattr(Path, name)))
        yield
