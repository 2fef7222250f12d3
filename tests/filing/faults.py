"""Faults at a chosen step: every call by which our code changes the disk is a step, counted from 1."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

STEPS = ("fsync", "link", "unlink", "replace", "mkdir", "open", "rmdir")


@contextmanager
def counted(at_step: Callable[[int, str], None]) -> Iterator[None]:
    """Call ``at_step(count, name)`` before each step while in the block; it may raise, or kill."""
    count = 0

    def watched(name: str, really: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **keywords: Any) -> Any:
            nonlocal count
            count += 1
            at_step(count, name)
            return really(*arguments, **keywords)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, watched(name, getattr(os, name)))
        patch.setattr(io, "open", watched("io.open", io.open))
        yield


def steps_of(work: Callable[[], object]) -> int:
    """How many steps the work has."""
    seen: list[str] = []
    with counted(lambda _count, name: seen.append(name)):
        work()
    return len(seen)


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Do the work in a process of its own that kills itself (SIGKILL) before step ``number``; whether it came to that.

    Nothing is tidied up: no ``finally``, no flush.
    """
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            with counted(lambda count, _name: os.kill(os.getpid(), signal.SIGKILL) if count == number else None):
                work()
            outcome = 0
        finally:
            os._exit(outcome)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the work failed by itself"
    return False


@contextmanager
def failing_at(number: int, code: int, *, for_ever: bool) -> Iterator[None]:
    """Step ``number`` fails with this errno; with ``for_ever`` so does every later step that needs room."""

    def at_step(count: int, name: str) -> None:
        if count == number or (for_ever and count > number and name != "unlink"):
            raise OSError(code, os.strerror(code))

    with counted(at_step):
        yield
