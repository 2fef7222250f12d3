"""What a worker does: how its process begins, and each task that it may be given.

The parent names these tasks and never runs them, so whatever a task opens a stranger's file or sets a page with is
imported inside it: the parent of a year-long ``watch`` holds no pictures' library and no typesetter.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import CannotRender
from pipeline.core.kind import Kind
from pipeline.core.messages import _
from pipeline.core.values import NumberedRecord, RenderedDocument, Workbook
from pipeline.scanning import Attached, Made, ScanLimits, ScannedPage

if TYPE_CHECKING:
    from pipeline.press import Press
    from pipeline.readable import Readable
    from pipeline.rendering import Level, Metadata
    from pipeline.sheets import Limits

_MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class PressSettings:
    """``kinds`` by id, with their 保管期限 in ``retention``; ``faces`` are the preferred faces by role,
    ``font_folders`` where the office keeps its own. ``level`` is that of PDF/A; with ``embed`` the merged Word file and
    a record ride inside the PDF. ``engine`` prints the kinds that name none. ``code``, ``stamp`` and ``paging`` say
    what is printed besides the content: 二维码, 归档章, 编页; ``seal_diameter`` is in mm."""

    kinds: Mapping[str, Kind]
    seal_diameter: float
    faces: Mapping[str, tuple[str, ...]]
    font_folders: tuple[Path, ...]
    retention: Mapping[str, str]
    level: Level = "3u"
    embed: bool = False
    engine: str = "own"
    code: bool = True
    stamp: bool = False
    paging: bool = False


def make_press(settings: PressSettings) -> Press:
    """A press of these settings, in this process."""
    from pipeline.press import Press

    return Press(**vars(settings))


_press: Press | None = None


def begin_reading(memory: int) -> None:
    """The start of a process that reads; ``memory`` in MiB. What reads workbooks is loaded at once: most files are."""
    _begin(memory)
    importlib.import_module("pipeline.sheets.reader")


def begin_printing(make_press: Callable[[], Press], memory: int) -> None:
    """The start of a process that prints; ``memory`` in MiB."""
    global _press  # one press for the life of the process: its fonts and templates stay loaded
    _begin(memory)
    _press = make_press()


def _begin(memory: int) -> None:
    _leave_signals_to_the_parent()
    end_with_the_parent()
    _limit_memory(memory)


def nothing() -> None:
    """A task that only starts a worker."""


def read_workbook(path: Path, limits: Limits) -> Workbook:
    """Read a workbook. Raises ``Unreadable``."""
    from pipeline.sheets.reader import read_workbook

    return read_workbook(path, limits)


def read_scan(path: Path, limits: ScanLimits) -> tuple[ScannedPage, ...]:
    """What is on the pages of a scan. Raises ``UnreadableScan``."""
    from pipeline.scanning.reading import read_scan

    return read_scan(path, limits)


def sealed_copy(scan: Path, pages: Sequence[int], original: Path, limits: ScanLimits) -> Made:
    """The sealed copy of one paper of a scan, or why there is none.

    Raises ``UnreadableScan``, ``ArchiveDamaged``, and ``CannotRender`` for one that would break the rules of PDF/A.
    """
    from pipeline.rendering.archival import objections
    from pipeline.scanning.sealed import sealed_copy

    made = sealed_copy(scan, pages, original, limits)
    if against := () if made.findings else objections(made.pdf):
        raise CannotRender(_("盖章件不符合 PDF/A：{why}").format(why=_("；").join(against)))
    return made


def remaining_pages(scan: Path, pages: Sequence[int], limits: ScanLimits) -> bytes:
    """These pages of a scan as a PDF. Raises ``UnreadableScan``."""
    from pipeline.scanning.pictured import remaining_pages

    return remaining_pages(scan, pages, limits)


def read_attached(path: Path, limits: ScanLimits) -> Attached:
    """What is to be put beside a paper. Raises ``UnreadableScan`` and ``AnswerIsNo``."""
    from pipeline.scanning.attached import read_attached

    return read_attached(path, limits)


def pictures_readable(paths: Sequence[Path], metadata: Metadata, limits: ScanLimits) -> Readable:
    """An old paper's pictures as PDF/A. Raises ``UnreadableScan`` and ``CannotRender``."""
    from pipeline.readable import pictures_readable

    return pictures_readable(paths, metadata, limits)


def pdf_readable(path: Path, limits: ScanLimits) -> Readable:
    """Pages and text of an old paper's PDF. Raises ``UnreadableScan``."""
    from pipeline.readable import pdf_readable

    return pdf_readable(path, limits)


def print_paper(paper: NumberedRecord) -> RenderedDocument:
    """Set and print one paper. Raises ``CannotRender`` and ``ConfigurationError``."""
    assert _press is not None
    return _press.print(paper)


def print_old(docx: bytes, metadata: Metadata) -> Readable:
    """Print an old paper's Word file. Raises ``CannotRender``."""
    assert _press is not None
    return _press.print_old(docx, metadata)


def _leave_signals_to_the_parent() -> None:
    """Ctrl-C, and systemd's stop, go to the whole group; the parent decides when its workers end, and then kills them.

    A press that obeyed would leave a paper unprinted, and the workbook would be sent back for it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def end_with_the_parent() -> None:
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
