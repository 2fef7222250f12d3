"""``run --dry-run``: the whole way of what lies in the inbox, on a stage that is torn down afterwards.

It is the real flow, with the real kinds, templates and presses, in an office of its own in a temporary folder: a copy
of the register, copies of the workbooks, an archive that begins empty. So what it shows is what would happen, numbers
that follow one another across workbooks and the gate's refusals included; and of the real office it only ever reads.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.core.errors import OfficeBusy
from pipeline.core.messages import _
from pipeline.flow import Outcome, Progress
from pipeline.intake.inbox import Arrival, why_waiting
from pipeline.intake.remaining import Remaining
from pipeline.intake.settle import container_opens
from pipeline.office import Office
from pipeline.rounds import carry, look, name_of
from pipeline.shares import refuse_another_inbox

_TRIES = 20


def rehearse(office: Office, progress: Progress) -> Iterator[Outcome]:
    """What ``run`` would do with each workbook. Nothing in the workspace is changed; paths in the outcomes are gone
    when the iterator ends. Raises what ``run`` would raise for the whole office.
    """
    refuse_another_inbox(office.settings.inbox, office.settings.private)
    office.archive.check(office.settings.inbox)
    listed = look(office)
    with on_stage(office) as stage:
        seen = Office(office.settings)
        vars(seen)["register"] = stage.register
        seen.refuse_forgotten_archive()
        for arrival in listed:
            yield _rehearsed(arrival, office, stage, progress)


@contextmanager
def on_stage(office: Office) -> Iterator[Office]:
    """An office like this one in a temporary folder; its register is a copy, its workers are the real ones."""
    with tempfile.TemporaryDirectory(prefix="gongwen-") as folder, _stage(office, Path(folder)) as stage:
        try:
            yield stage
        finally:
            vars(stage).pop("workers", None)  # the real office will end them


def _rehearsed(arrival: Arrival, office: Office, stage: Office, progress: Progress) -> Outcome:
    name = name_of(arrival, office)
    stays = Remaining(office.settings.private / "remaining.json").why(arrival)
    if stays or arrival.held_open or not container_opens(arrival.path):
        return Outcome(name, "waiting", why=stays or why_waiting(arrival))
    copy = stage.settings.inbox / os.path.relpath(arrival.path, office.settings.inbox)
    copy.parent.mkdir(exist_ok=True)
    shutil.copyfile(arrival.path, copy)
    status = copy.stat()
    copied = Arrival(copy, status.st_size, status.st_mtime_ns, status.st_ino)
    outcome = carry(copied, stage, Remaining(stage.settings.private / "remaining.json"), progress).outcome
    return replace(outcome, name=name, delivered=None)


def _stage(office: Office, folder: Path) -> Office:
    """An office like this one, with everything it may write under ``folder``."""
    settings = office.settings
    inside = settings.office.model_copy(update={"inbox": "inbox", "archive": "archive"})
    fonts = settings.fonts.model_copy(update={"folders": tuple(str(path) for path in settings.font_folders)})
    stage = Office(settings.model_copy(update={"root": folder, "office": inside, "fonts": fonts}))
    for place in (stage.settings.inbox, stage.settings.archive, stage.settings.private):
        place.mkdir()
    _copy_register(office.register_path, stage.register_path)
    vars(stage).update(kinds=office.kinds, press=office.press, workers=office.workers, filed=office.filed)
    return stage


def _copy_register(source: Path, target: Path) -> None:
    """The register with its write-ahead log, as they were at one moment: a watcher may be writing.

    SQLite itself could not open it without making files beside it.
    """
    for _again in range(_TRIES):
        before = _looks(source)
        for suffix in ("", "-wal"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
            if Path(f"{source}{suffix}").exists():
                shutil.copyfile(f"{source}{suffix}", f"{target}{suffix}")
        if _looks(source) == before:
            return
    raise OfficeBusy(_("登记簿正在改动，看不到一个完整的样子"), where=str(source), remedy=_("等它做完，再试一次"))


def _looks(source: Path) -> list[tuple[int, int]]:
    looks = []
    for path in (source, Path(f"{source}-wal")):
        try:
            looks.append((path.stat().st_size, path.stat().st_mtime_ns))
        except FileNotFoundError:
            looks.append((-1, -1))
    return looks
