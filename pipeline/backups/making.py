"""Make a backup of an office while it works, and believe it only when it was read back.

Only for the copy of the register and of what may change does the backup take the writer's turn; papers are copied
afterwards, and what is filed meanwhile is in the next backup. The register is copied by SQLite's own online backup, so
it is one state of it, and the manifests are read in the same turn: what that state knows is what is copied.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import chain, count
from pathlib import Path

from pipeline import __version__
from pipeline.backups.contents import contents_of, refuse_archive_away
from pipeline.backups.description import (
    ARCHIVE,
    CALLED,
    LIST,
    NAME,
    REGISTER,
    SEAL,
    Description,
    Kept,
    write_list,
    write_seal,
)
from pipeline.backups.reading import Backup, latest_in
from pipeline.backups.vessel import ENDINGS, Vessel, digest_of, new_file, new_folder
from pipeline.core import durable
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.filed import digested
from pipeline.core.messages import _
from pipeline.core.standing import kept
from pipeline.lock import OfficeLock
from pipeline.office import Office
from pipeline.outside import refuse_place
from pipeline.register import Register

Progress = Callable[[str, int, int], None]
"""Told (what, files copied, files in all)."""

PATIENCE = 600.0
"""Seconds to wait for a writer's turn: a clock starts backups, and a watcher may be at a long workbook just then."""

_SCRATCH = f"{durable.TEMPORARY}backup-"
README = "怎样恢复.txt"
_HOW = """这是 gongwen 办公室的备份。

用程序恢复：        gongwen -w 新文件夹 restore 这个文件夹
核对有没有坏：      在某一次备份的文件夹里运行 sha256sum -c manifest-sha256.txt

没有程序也能恢复：每个子文件夹是一次备份，只存上一次以来新增和改动的文件。
按名称（时间）从旧到新，把各子文件夹里的内容依次覆盖复制到一个新文件夹，就是最后那一次备份时的办公室；
archive 是档案库，.gongwen/register.db 是登记簿（没有它时，运行 gongwen reindex 从档案库重建）。
各次备份互相依靠：不要删掉旧的，要清理就另换一个空文件夹重新备份。
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was read back: ``at`` is its folder or file, ``digest`` the SHA-256 of its ``backup.json``.

    ``new`` of its ``files`` were copied (``size`` bytes), the others lie in earlier backups beside it. ``unsound`` are
    paths of the archive that were missing or changed already, ``left_out`` links, pipes and what cannot be read,
    ``spoilt`` the names of earlier backups that cannot be believed any more.
    """

    at: Path
    digest: str
    description: Description
    files: int
    new: int
    size: int
    unsound: tuple[str, ...]
    left_out: tuple[str, ...]
    spoilt: tuple[str, ...]
    same_disk: bool


def back_up(office: Office, target: Path, progress: Progress = lambda _what, _done, _all: None) -> Made:
    """Make a backup into the folder ``target`` beside the earlier ones, or into a new ``.zip`` or ``.tar``.

    Raises ``OfficeBusy`` when somebody writes in the office for longer than ``PATIENCE`` or makes a backup of it,
    ``AnswerIsNo`` for a target that is no place for one, ``OSError`` as it comes: nothing that looks like a
    backup is left then.
    """
    target = target.resolve()
    refuse_place(office, target)
    refuse_archive_away(office)
    office.settings.private.mkdir(parents=True, exist_ok=True)
    with (
        OfficeLock(office.settings.private, "backup", "backup"),
        _vessel(target, office) as (vessel, earlier, spoilt),
        _scratch(office.settings.private) as scratch,
    ):
        making = _Making(vessel, earlier, progress)
        copy = scratch / Path(REGISTER).name
        with office.turn("backup", PATIENCE):
            found = contents_of(office)
            making.total = len(found.moving) + len(found.settled) + 1
            office.register.copy_to(copy)
            for path, file in found.moving.items():
                making.keep(path, file)
        for path, file in found.settled.items():
            making.keep(path, file)
        with Register.open(copy) as register:
            description = _described(office, register)
            due = {**found.digests, **_due(register)}
        making.keep(REGISTER, copy)
        unsound = tuple(sorted(path for path in due if making.digest(path) != due[path]))
        digest = making.close(replace(description, unsound=unsound))
    return Made(
        at=vessel.at,
        digest=digest,
        description=description,
        files=len(making.files),
        new=making.new,
        size=making.size,
        unsound=unsound,
        left_out=tuple(found.odd),
        spoilt=spoilt,
        same_disk=vessel.at.stat().st_dev == office.archive.root.stat().st_dev,
    )


@dataclass(slots=True)
class _Making:
    """A backup on its way into its vessel."""

    vessel: Vessel
    earlier: Backup | None
    progress: Progress
    total: int = 0
    files: dict[str, Kept] = field(default_factory=dict)
    new: int = 0
    size: int = 0

    def keep(self, path: str, file: Path) -> None:
        """Have a file in the backup. What an earlier one holds already is named, once it was read there, not copied."""
        if self._is_kept(path, durable.sha256_of(file)):
            return
        with file.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            self._note(path, Kept(self.vessel.put(path, stream, size)))
        self.new += 1
        self.size += size

    def digest(self, path: str) -> str:
        """The digest of a file as it is in the backup; "" when it is not."""
        return self.files[path].sha256 if path in self.files else ""

    def close(self, description: Description) -> str:
        """Write list and description, and read back what was written. Returns the digest of the description."""
        listed = self._put(LIST, write_list(self.files))
        described = self._put(NAME, replace(description, listed=listed).write())
        sealed = self._put(SEAL, write_seal(described))
        written = {path: kept.sha256 for path, kept in self.files.items() if not kept.within}
        with self.vessel.written() as opened:
            for path, digest in {**written, LIST: listed, NAME: described, SEAL: sealed}.items():
                with opened(path) as stream:
                    if digest_of(stream) != digest:
                        raise ArchiveDamaged(
                            _("备份写下去以后读回来不一样，这次备份没有留下"),
                            where=path,
                            remedy=_("放备份的磁盘可能坏了，换一个再做"),
                        )
        return described

    def _is_kept(self, path: str, digest: str) -> bool:
        before = self.earlier.files.get(path) if self.earlier else None
        if self.earlier is None or before is None or before.sha256 != digest or not self.earlier.is_sound(path):
            return False
        self._note(path, Kept(digest, before.within or self.earlier.name))
        return True

    def _put(self, path: str, content: bytes) -> str:
        return self.vessel.put(path, BytesIO(content), len(content))

    def _note(self, path: str, kept: Kept) -> None:
        self.files[path] = kept
        self.progress(_("备份"), len(self.files), self.total)


def _described(office: Office, register: Register) -> Description:
    """What the backup says of itself, by its own copy of the register. Raises ``ArchiveDamaged`` for a spoilt one."""
    if not register.is_sound():
        raise ArchiveDamaged(
            _("登记册文件已损坏，没有备份"),
            where=str(office.register_path),
            remedy=_("先运行 gongwen reindex，从档案库重建登记簿"),
        )
    history = register.history()
    return Description(
        office=office.settings.office.name,
        id=office.id,
        program=__version__,
        made_at=office.now(),
        papers=sum(one.papers for one in register.holdings()),
        acts=len(register.acts()),
        events=history.events,
        link=history.link,
        first=history.first,
        unsound=(),
        listed="",
    )


def _due(register: Register) -> Mapping[str, str]:
    """The files that lie in the archive by the register, with their digests; not those still on their way there."""
    pending = {paper for submission in register.unfinished() for paper in submission.papers}
    papers = [digested(paper) for paper in register.papers()]
    filed = [
        *kept((one for one in papers if one.paper not in pending), register.deeds()).files,
        *(act.files for act in register.acts()),
    ]
    late = {file.path for one in register.unfinished_acts() for file in one.files.values()}
    late |= {file.path for one in register.unfinished_deeds() for file in one.all_files}
    return {f"{ARCHIVE}{one.path}": one.sha256 for files in filed for one in files.values() if one.path not in late}


@contextmanager
def _scratch(private: Path) -> Iterator[Path]:
    """A folder for the copy of the register, gone after the block; what a killed backup left of one is gone first."""
    for left in private.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=private, prefix=_SCRATCH) as folder:
        yield Path(folder)


@contextmanager
def _vessel(target: Path, office: Office) -> Iterator[tuple[Vessel, Backup | None, tuple[str, ...]]]:
    """What the backup goes into, the latest one beside it that can be believed, and the names of those that cannot."""
    if target.suffix.lower() in ENDINGS:
        if target.exists():
            raise AnswerIsNo(_("已经有这个文件，没有覆盖它"), where=str(target), remedy=_("换一个文件名"))
        with new_file(target) as vessel:
            yield vessel, None, ()
        return
    earlier, spoilt = _earlier(target, office)
    name = f"{office.now():%Y%m%d-%H%M%S}"
    names = chain([name], (f"{name}-{again}" for again in count(2)))
    with new_folder(target, next(free for free in names if not (target / free).exists())) as vessel:
        if not (target / README).exists():
            durable.replace(target / README, _HOW.encode())
        yield vessel, earlier, spoilt


def _earlier(target: Path, office: Office) -> tuple[Backup | None, tuple[str, ...]]:
    """The latest backup in ``target`` that can be believed, and the names of those that cannot: one that rotted keeps
    no new one from being made. Raises ``AnswerIsNo`` when it is another office's, or no folder for backups at all."""
    if not target.exists():
        return None, ()
    if not target.is_dir():
        raise AnswerIsNo(_("备份要放进文件夹，或 .zip、.tar 文件"), where=str(target), remedy=_("换一个地方"))
    earlier, spoilt = latest_in(target)
    if earlier is None and any(not _is_ours(entry) for entry in target.iterdir()):
        raise AnswerIsNo(_("这个文件夹里有别的东西，不是放备份的地方"), where=str(target), remedy=_("换一个空文件夹"))
    if earlier is not None and earlier.description.id != office.id:
        raise AnswerIsNo(
            _("这里是另一个办公室的备份：{office}").format(office=earlier.description.office),
            where=str(target),
            remedy=_("每个办公室用自己的备份文件夹"),
        )
    return earlier, spoilt


def _is_ours(entry: Path) -> bool:
    """Whether a backup left this, be it one that came to nothing or one that is spoilt."""
    is_backup = CALLED.fullmatch(entry.name) is not None and entry.is_dir()
    return is_backup or entry.name == README or entry.name.startswith(durable.TEMPORARY)
