"""Risky work in processes that can be killed: reading a stranger's workbook, setting and printing a paper.

Both can run away inside one C or Rust call, where no signal of Python's arrives, and a broken .xls can end the process.
So each task has a time limit that kills its process and a memory limit the system enforces; the parent gets an answer
either way. Workers are started afresh (spawn), keep their fonts and templates for their life, and know no register.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessFuture, ProcessPool

from pipeline import tasks
from pipeline.core.errors import CannotRender, GongwenError
from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.core.values import NumberedRecord, RenderedDocument, Workbook
from pipeline.scanning import Attached, Made, ScanLimits, ScannedPage, UnreadableScan
from pipeline.sheets.unreadable import Limits, Unreadable

if TYPE_CHECKING:
    from pipeline.press import Press
    from pipeline.readable import Readable
    from pipeline.rendering import Metadata

Answer = TypeVar("Answer")

CONSTS.term_timeout = 0.1  # seconds before pebble kills a worker it has asked to end; ours never listen

_READS_BEFORE_RENEWAL = 100
_PRINTS_BEFORE_RENEWAL = 2000
"""A press does not grow (3,200 papers in one process: 82 MiB after 200, 84 after 2,200 and at the end). A new one now
and then costs a second in a minute of printing, and saves an office from the leak of a library to come."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one task may cost: seconds of wall clock, and memory of its process in MiB."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Scanning:
    """What one scan may hold, and the seconds it may take to be read or to be made a sealed copy of."""

    limits: ScanLimits = field(default_factory=ScanLimits)
    seconds: float = 900.0


_SCANNING = Scanning()


class _Pool(ProcessPool):
    """A pool that ends its workers before it takes away the semaphores they share.

    pebble does it the other way round. A worker that is still starting then (the second press of a run that needed
    one, on a busy machine) finds its semaphores gone, and tells of it with a traceback on the terminal.
    """

    def _stop_pool(self) -> None:
        if self._pool_manager_loop is not None:
            self._pool_manager_loop.join()  # it makes no new workers any more
        self._pool_manager.worker_manager.force_stop_workers()
        super()._stop_pool()  # type: ignore[no-untyped-call]

    def stop(self) -> None:
        """Stop without doing what is left to do. ``join`` waits for the end."""
        super().stop()  # type: ignore[no-untyped-call]


class Workers:
    """The two pools, opened together and closed together. ``count`` presses print at the same time."""

    def __init__(
        self,
        make_press: Callable[[], Press],
        count: int,
        *,
        limits: Limits,
        reading: Allowance,
        printing: Allowance,
        scanning: Scanning = _SCANNING,
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._limits = limits
        self._reading = reading
        self._printing = printing
        self._scanning = scanning
        self._readers = _Pool(
            1,
            max_tasks=_READS_BEFORE_RENEWAL,
            initializer=tasks.begin_reading,
            initargs=[reading.memory],
            context=context,
        )
        self._presses = _Pool(
            count,
            max_tasks=_PRINTS_BEFORE_RENEWAL,
            initializer=tasks.begin_printing,
            initargs=[make_press, printing.memory],
            context=context,
        )
        self.count = count

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self._readers, self._presses):
            pool.stop()  # nothing is under way any more, unless something failed: then it is not wanted
        for pool in (self._readers, self._presses):
            pool.join()

    def warm_up(self) -> None:
        """Start the processes now, so that they load their fonts while the inbox settles."""
        with _signals_held():
            self._readers.schedule(tasks.nothing)
            for _press in range(self.count):
                self._presses.schedule(tasks.nothing)

    def read(self, path: Path) -> Workbook:
        """Read a workbook in a child. Raises ``Unreadable``, also when the child had to be killed."""
        seconds = self._reading.seconds
        return _answer(
            _asked(self._readers, seconds, tasks.read_workbook, path, self._limits),
            slow=Unreadable(
                Finding(
                    Code.TOO_LARGE,
                    expected=_("{seconds:.0f} 秒内能读完的表格").format(seconds=seconds),
                    hint=_("删去多余的工作表、空行和图片后再放一次"),
                )
            ),
            gone=Unreadable(
                Finding(
                    Code.NOT_A_WORKBOOK,
                    hint=_("读取程序被这个文件弄垮了；用 Excel 打开后另存为新的 .xlsx 再放一次"),
                )
            ),
        )

    def read_scan(self, path: Path) -> tuple[ScannedPage, ...]:
        """Read a scan in a child. Raises ``UnreadableScan``, also when the child had to be killed."""
        return self._scanned(tasks.read_scan, path, self._scanning.limits)

    def sealed_copy(self, scan: Path, pages: Sequence[int], original: Path) -> Made:
        """Make the sealed copy of one paper of a scan in a child. Raises ``UnreadableScan`` and ``ArchiveDamaged``."""
        return self._scanned(tasks.sealed_copy, scan, tuple(pages), original, self._scanning.limits)

    def remaining_pages(self, scan: Path, pages: Sequence[int]) -> bytes:
        """These pages of a scan as a PDF, made in a child. Raises ``UnreadableScan``."""
        return self._scanned(tasks.remaining_pages, scan, tuple(pages), self._scanning.limits)

    def read_attached(self, path: Path) -> Attached:
        """Read what is to be put beside a paper in a child. Raises ``UnreadableScan`` and ``AnswerIsNo``."""
        return self._scanned(tasks.read_attached, path, self._scanning.limits)

    def pictures_readable(self, paths: Sequence[Path], metadata: Metadata) -> Readable:
        """An old paper's pictures as PDF/A, made in a child. Raises ``UnreadableScan`` and ``CannotRender``."""
        return self._scanned(tasks.pictures_readable, tuple(paths), metadata, self._scanning.limits)

    def pdf_readable(self, path: Path) -> Readable:
        """Pages and text of an old paper's PDF, read in a child. Raises ``UnreadableScan``."""
        return self._scanned(tasks.pdf_readable, path, self._scanning.limits)

    def word_readable(self, docx: bytes, metadata: Metadata) -> Readable:
        """An old paper's Word file, printed in a child. Raises ``CannotRender``."""
        return self._printed(_asked(self._presses, self._printing.seconds, tasks.print_old, docx, metadata))

    def print_papers(self, papers: Sequence[NumberedRecord]) -> Iterator[RenderedDocument | GongwenError]:
        """Set and print every paper; yields in order, an error in the place of a paper that cannot be printed."""
        asked = [_asked(self._presses, self._printing.seconds, tasks.print_paper, paper) for paper in papers]
        for future in asked:
            try:
                yield self._printed(future)
            except GongwenError as error:
                yield error

    def _scanned(self, task: Callable[..., Answer], *arguments: object) -> Answer:
        seconds = self._scanning.seconds
        return _answer(
            _asked(self._readers, seconds, task, *arguments),
            slow=UnreadableScan(
                Finding(
                    Code.TOO_LARGE,
                    expected=_("{seconds:.0f} 秒内能读完的扫描件").format(seconds=seconds),
                    hint=_("分成几个文件再放一次"),
                )
            ),
            gone=UnreadableScan(
                Finding(Code.NOT_A_SCAN, hint=_("读取程序被这个文件弄垮了；用 200 到 300 dpi 重新扫描，分成几个文件"))
            ),
        )

    def _printed(self, future: ProcessFuture[Answer]) -> Answer:
        seconds = self._printing.seconds
        return _answer(
            future,
            slow=CannotRender(_("印制超过 {seconds:.0f} 秒").format(seconds=seconds)),
            gone=CannotRender(_("印制程序中途退出（内存不足或内部错误）")),
        )


def _asked(pool: ProcessPool, seconds: float, task: Callable[..., Answer], *arguments: object) -> ProcessFuture[Answer]:
    with _signals_held():
        return pool.schedule(task, args=arguments, timeout=seconds)


def _answer(future: ProcessFuture[Answer], *, slow: Exception, gone: Exception) -> Answer:
    """What a worker answers. Raises ``slow`` for one that took too long, ``gone`` for one that is no more."""
    try:
        return future.result()
    except TookTooLong:
        raise slow from None
    except (ProcessExpired, MemoryError):
        raise gone from None


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """What is started in the block is born deaf to the signals that it will ignore once it has loaded its modules.

    A pool starts its threads with its first task, and its threads start the workers; each inherits the mask of the one
    before. The parent itself is deaf for the moment of the block only. Python's keeper of semaphores must be running
    before: whoever starts it has both signals unblocked afterwards, and the workers behind it would hear them.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def press_count(wanted: int) -> int:
    """How many presses: as the office says, or one for each processor, at most four."""
    return wanted or min(4, os.cpu_count() or 1)
