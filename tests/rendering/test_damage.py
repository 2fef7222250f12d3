"""Damaged Word files printed whole: a PDF or our own refusal, within ten seconds of processor time and a limit of
memory, whatever is in them.

Each file is printed in a child with limits the system enforces. A seed names a file as long as the templates stay:
``case(seed)`` makes it again. The short version is part of ``make test``; ``make faults`` goes on for thousands.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import resource
import signal
import time
import traceback
from collections.abc import Iterator
from types import FrameType

import pytest
from pebble import ProcessExpired, ProcessPool

from pipeline.core.errors import GongwenError
from pipeline.rendering import FontBook, Metadata, render
from tests.rendering.damage import damaged, sources
from tests.rendering.rich import RICH

SECONDS, MEMORY = 10, 3 << 30
SHORT, LONG = 80, int(os.environ.get("GONGWEN_DAMAGED", "4000"))
BATCH = 20
SOURCES = sources()

_books: list[FontBook] = []


class TooLong(BaseException):
    """The time is over; no clause of the code under test catches it."""


def case(seed: int) -> bytes:
    """The damaged file of a seed."""
    dice = random.Random(seed)
    return damaged(SOURCES[dice.choice(sorted(SOURCES))], dice)


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _over)
    _books.append(FontBook.open())


def _over(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def printed(seeds: range) -> list[str]:
    """What went wrong with the files of these seeds: a line each, with the end of the traceback. Runs in the child."""
    wrong = []
    for seed in seeds:
        docx = case(seed)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            with contextlib.suppress(GongwenError):
                result = render(docx, book=_books[0], metadata=Metadata(title="x"), strict=False)
                assert result.pdf.startswith(b"%PDF")
        except (Exception, TooLong):
            wrong.append(f"seed {seed}: " + "".join(traceback.format_exc(limit=-6)))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return wrong


@pytest.fixture(scope="module")
def child() -> Iterator[ProcessPool]:
    with ProcessPool(1, initializer=limited, context=multiprocessing.get_context("spawn")) as pool:
        yield pool


def run(child: ProcessPool, seeds: range) -> list[str]:
    try:
        wrong: list[str] = child.schedule(printed, args=[seeds]).result()
    except ProcessExpired as error:
        return [f"seeds {seeds}: the process ended ({error})"]
    return wrong


def test_the_file_with_every_construct_is_printed_whole(book: FontBook) -> None:
    """Undamaged, a table in its footer included; only where shapes lie on words may the gate object."""
    whole = render(RICH.bytes(), book=book, metadata=Metadata(title="x"), strict=False)
    assert whole.report.pages == 7
    assert not [each.message for each in whole.objections if each.check != "geometry"]


def test_damaged_files_are_printed_or_refused(child: ProcessPool) -> None:
    wrong = [line for start in range(0, SHORT, BATCH) for line in run(child, range(start, start + BATCH))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.faults_long
def test_thousands_of_damaged_files(child: ProcessPool) -> None:
    began = time.monotonic()
    wrong = []
    for start in range(SHORT, LONG, BATCH):
        wrong += run(child, range(start, start + BATCH))
    print(
        f"\n{LONG - SHORT} damaged files in {time.monotonic() - began:.0f} s, {len(wrong)} neither printed nor refused"
    )
    assert not wrong, "\n".join(wrong[:20])
