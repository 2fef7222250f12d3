"""How an office's settings set up its press and its workers. What they need is loaded when they are set up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from pipeline.core.kind import Kind
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.press import Press
    from pipeline.workers import Workers

_MEGABYTE = 1_000_000
"""The bytes of a megabyte, and the pixels of a megapixel."""


def press_of(settings: Settings, kinds: Iterable[Kind], retention: Mapping[str, str]) -> partial[Press]:
    """How to make a press: in this process, or in a worker. ``retention``: 保管期限 of each kind (its id)."""
    from pipeline.tasks import PressSettings, make_press

    of = PressSettings(
        {kind.id: kind for kind in kinds},
        settings.office.seal_diameter_mm,
        dict(settings.fonts.roles),
        settings.font_folders,
        dict(retention),
        settings.printing.level,
        settings.printing.embed,
        settings.printing.engine,
        settings.printing.code,
        settings.archive_prints.stamp,
        settings.archive_prints.paging,
    )
    return partial(make_press, of)


def workers_of(settings: Settings, press: Callable[[], Press]) -> Workers:
    """The processes that read and print, within the office's limits."""
    from pipeline.scanning import ScanLimits
    from pipeline.sheets import Limits
    from pipeline.workers import Allowance, Scanning, Workers, press_count

    limits, scans = settings.limits, settings.scans
    return Workers(
        press,
        press_count(settings.printing.workers),
        limits=Limits(
            file_bytes=limits.file_megabytes * _MEGABYTE,
            unpacked_bytes=limits.unpacked_megabytes * _MEGABYTE,
            sheets=limits.sheets,
            cells=limits.cells,
        ),
        reading=Allowance(limits.read_seconds, limits.memory_megabytes),
        printing=Allowance(limits.print_seconds, limits.memory_megabytes),
        scanning=Scanning(
            ScanLimits(scans.file_megabytes * _MEGABYTE, scans.pages, scans.megapixels * _MEGABYTE), scans.seconds
        ),
    )
