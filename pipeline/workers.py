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
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pebble import CONSTS, ProcessExpired, ProcessFuture, ProcessPool

from pipeline.core.errors import CannotRender, GongwenError
from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.core.values import NumberedRecord, RenderedDocument, Workbook
from pipeline.press import Press
from pipeline.readable import Readable, pdf_readable, pictures_readable
from pipeline.rendering import Metadata
from pipeline.rendering.archival import objections
from pipeline.scanning import (
    Attached,
    Made,
    ScanLimits,
    ScannedPage,
    UnreadableScan,
    read_attached,
    read_scan,
    remaining_pages,
    sealed_copy,
)
from pipeline.sheets import Limits, Unreadable, read_workbook

Answer = TypeVar("Answer")

CONSTS.term_timeout = 0.1  # seconds before pebble kills a worker it has asked to end; ours never listen

_MEBIBYTE = 1 << 20
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
        self._readers = ProcessPool(
            1, max_tasks=_READS_BEFORE_RENEWAL, initializer=_begin_reading, initargs=[reading.memory], context=context
        )
        self._presses = ProcessPool(
            count,
            max_tasks=_PRINTS_BEFORE_RENEWAL,
            initializer=_begin_printing,
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
            self._readers.schedule(_nothing)
            for _press in range(self.count):
                self._presses.schedule(_nothing)

    def read(self, path: Path) -> Workbook:
        """Read a workbook in a child. Raises ``Unreadable``, also when the child had to be killed."""
        with _signals_held():
            future = self._readers.schedule(read_workbook, args=[path, self._limits], timeout=self._reading.seconds)
        try:
            workbook: Workbook = future.result()
        except TookTooLong:
            raise Unreadable(
                Finding(
                    Code.TOO_LARGE,
                    expected=_("{seconds:.0f} 秒内能读完的表格").format(seconds=self._reading.seconds),
                    hint=_("删去多余的工作表、空行和图片后再放一次"),
                )
            ) from None
        except (ProcessExpired, MemoryError):
            raise Unreadable(
                Finding(
                    Code.NOT_A_WORKBOOK,
                    hint=_("读取程序被这个文件弄垮了；用 Excel 打开后另存为新的 .xlsx 再放一次"),
                )
            ) from None
        return workbook

    def read_scan(self, path: Path) -> tuple[ScannedPage, ...]:
        """Read a scan in a child. Raises ``UnreadableScan``, also when the child had to be killed."""
        return self._scanned(read_scan, path, self._scanning.limits)

    def sealed_copy(self, scan: Path, pages: Sequence[int], original: Path) -> Made:
        """Make the sealed copy of one paper of a scan in a child. Raises ``UnreadableScan`` and ``ArchiveDamaged``."""
        return self._scanned(_checked_copy, scan, tuple(pages), original, self._scanning.limits)

    def remaining_pages(self, scan: Path, pages: Sequence[int]) -> bytes:
        """These pages of a scan as a PDF, made in a child. Raises ``UnreadableScan``."""
        return self._scanned(remaining_pages, scan, tuple(pages), self._scanning.limits)

    def read_attached(self, path: Path) -> Attached:
        """Read what is to be put beside a paper in a child. Raises ``UnreadableScan`` and ``AnswerIsNo``."""
        return self._scanned(read_attached, path, self._scanning.limits)

    def pictures_readable(self, paths: Sequence[Path], metadata: Metadata) -> Readable:
        """An old paper's pictures as PDF/A, made in a child. Raises ``UnreadableScan`` and ``CannotRender``."""
        return self._scanned(pictures_readable, tuple(paths), metadata, self._scanning.limits)

    def pdf_readable(self, path: Path) -> Readable:
        """Pages and text of an old paper's PDF, read in a child. Raises ``UnreadableScan``."""
        return self._scanned(pdf_readable, path, self._scanning.limits)

    def word_readable(self, docx: bytes, metadata: Metadata) -> Readable:
        """An old paper's Word file, printed in a child. Raises ``CannotRender``."""
        with _signals_held():
            future = self._presses.schedule(_print_old, args=[docx, metadata], timeout=self._printing.seconds)
        return self._printed(future)

    def _scanned(self, task: Callable[..., Answer], *arguments: object) -> Answer:
        with _signals_held():
            future = self._readers.schedule(task, args=arguments, timeout=self._scanning.seconds)
        try:
            answer: Answer = future.result()
        except TookTooLong:
            raise UnreadableScan(
                Finding(
                    Code.TOO_LARGE,
                    expected=_("{seconds:.0f} 秒内能读完的扫描件").format(seconds=self._scanning.seconds),
                    hint=_("分成几个文件再放一次"),
                )
            ) from None
        except (ProcessExpired, MemoryError):
            raise UnreadableScan(
                Finding(Code.NOT_A_SCAN, hint=_("读取程序被这个文件弄垮了；用 200 到 300 dpi 重新扫描，分成几个文件"))
            ) from None
        return answer

    def print_papers(self, papers: Sequence[NumberedRecord]) -> Iterator[RenderedDocument | GongwenError]:
        """Set and print every paper; yields in order, an error in the place of a paper that cannot be printed."""
        with _signals_held():
            futures = [
                self._presses.schedule(_print_paper, args=[paper], timeout=self._printing.seconds) for paper in papers
            ]
        for future in futures:
            try:
                yield self._printed(future)
            except GongwenError as error:
                yield error

    def _printed(self, future: ProcessFuture[Answer]) -> Answer:
        """What a press answers. Raises ``CannotRender`` for one that took too long or is gone."""
        try:
            return future.result()
        except TookTooLong:
            raise CannotRender(_("印制超过 {seconds:.0f} 秒").format(seconds=self._printing.seconds)) from None
        except (ProcessExpired, MemoryError):
            raise CannotRender(_("印制程序中途退出（内存不足或内部错误）")) from None


def _checked_copy(scan: Path, pages: Sequence[int], original: Path, limits: ScanLimits) -> Made:
    """A sealed copy that keeps the rules of PDF/A. Raises ``CannotRender`` for one that would not."""
    made = sealed_copy(scan, pages, original, limits)
    if against := () if made.findings else objections(made.pdf):
        raise CannotRender(_("盖章件不符合 PDF/A：{why}").format(why=_("；").join(against)))
    return made


_press: Press | None = None


def _begin_reading(memory: int) -> None:
    _leave_signals_to_the_parent()
    _end_with_the_parent()
    _limit_memory(memory)


def _begin_printing(make_press: Callable[[], Press], memory: int) -> None:
    global _press  # one press for the life of the process: its fonts and templates stay loaded
    _leave_signals_to_the_parent()
    _end_with_the_parent()
    _limit_memory(memory)
    _press = make_press()


def _print_paper(paper: NumberedRecord) -> RenderedDocument:
    assert _press is not None
    return _press.print(paper)


def _print_old(docx: bytes, metadata: Metadata) -> Readable:
    assert _press is not None
    return _press.print_old(docx, metadata)


def _nothing() -> None:
    """A task that only starts a worker."""


def _leave_signals_to_the_parent() -> None:
    """Ctrl-C, and systemd's stop, go to the whole group; the parent decides when its workers end, and then kills them.

    A press that obeyed would leave a paper unprinted, and the workbook would be sent back for it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


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


def _end_with_the_parent() -> None:
    """A parent that was killed cannot end a task that runs away; so its worker goes with it, whatever it is at."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, name="parent", daemon=True).start()


def _limit_memory(mebibytes: int) -> None:
    """Let the system refuse memory beyond the limit (POSIX); elsewhere the time limit must do."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (mebibytes * _MEBIBYTE, mebibytes * _MEBIBYTE))


def press_count(wanted: int) -> int:
    """How many presses: as the office says, or one for each processor, at most four."""
    return wanted or min(4, os.cpu_count() or 1)
