"""Bring an office back from a backup, or from an archive alone, into a folder in which nothing lies yet.

Everything is written into a hidden folder inside the target first, each file compared with its digest on the way;
gongwen.toml, which makes a folder an office, comes to its place last. So a restore that was cut off is no office, and
the next one sweeps it away. Then the register is opened and all of it is verified.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.backups.description import ARCHIVE, REGISTER, SETTINGS, Description
from pipeline.backups.reading import Backup, opened_backup
from pipeline.backups.vessel import digest_of, opened_afresh
from pipeline.core import durable
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.messages import _
from pipeline.filing import census
from pipeline.office import Office
from pipeline.proving import proved
from pipeline.register import Register
from pipeline.restoring import rebuild_register
from pipeline.retrieval import Report
from pipeline.settings import load_settings

Progress = Callable[[str, int, int], None]

_PART = f"{durable.TEMPORARY}restore-"
_NAMED = 20
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to bring back: ``source``, of several backups the one called ``name``; ``settings`` is the gongwen.toml of
    an archive that comes without one.

    ``without_register`` builds the register anew from the archive; ``what_is_sound`` leaves out what is damaged.
    ``keep_archive`` leaves the archive that lies where the settings have it, and builds the register anew from it.
    """

    source: Path
    name: str = ""
    settings: Path | None = None
    without_register: bool = False
    what_is_sound: bool = False
    keep_archive: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """An office that was brought back, and what verifying it said. ``description`` is None for a bare archive;
    ``left_out`` are damaged files that were not brought back, ``rebuilt`` says that its register is new."""

    root: Path
    files: int
    report: Report
    rebuilt: bool
    description: Description | None = None
    left_out: tuple[str, ...] = ()
    same_history: bool = True


def restore(wanted: Wanted, root: Path, progress: Progress = lambda _what, _done, _all: None) -> Restored:
    """Bring the office back into ``root``, which is missing or empty.

    Raises ``AnswerIsNo`` when it is not, ``ArchiveDamaged`` naming what in the backup is damaged, ``OSError`` as it
    comes; nothing that looks like an office is left then.
    """
    root = root.resolve()
    source = wanted.source.resolve()
    if root.is_relative_to(source) and source.is_dir():
        raise AnswerIsNo(_("不能恢复到备份自己的文件夹里"), where=str(root), remedy=_("换一个空文件夹"))
    part = _part_in(root)
    try:
        with durable.said_of(root, part), opened_backup(source, wanted.name) as backup:
            if backup is not None:
                left_out = _unpack(backup, part, wanted, progress)
            else:
                left_out = ()
                _copy_archive(wanted, source, part)
        _move_into_place(part, root, wanted)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return _opened(root, backup, left_out, wanted)


def _opened(root: Path, backup: Backup | None, left_out: tuple[str, ...], wanted: Wanted) -> Restored:
    with Office.open(root) as office:
        office.settings.inbox.mkdir(parents=True, exist_ok=True)
        if wanted.keep_archive:
            _set_aside_if_older(office)
        rebuilt = wanted.keep_archive or not office.register_path.exists()
        with office.writing("restore"):
            if rebuilt:
                rebuild_register(office)
            report = proved(office)
            history = office.register.history()
    described = backup.description if backup else None
    ends = (described.events, described.link, described.first) if described else ()
    return Restored(
        root=root,
        files=len(backup.files) - len(left_out) if backup else report.files,
        report=report,
        rebuilt=rebuilt,
        description=described,
        left_out=left_out,
        same_history=rebuilt or described is None or ends == (history.events, history.link, history.first),
    )


def _set_aside_if_older(office: Office) -> None:
    """A register whose history ended before the archive's last witness would contradict it for ever: it stays under
    another name beside the new one."""
    path = office.register_path
    if path.exists():
        with Register.open(path) as register:
            is_older = bool(register.history(census(office.settings.archive).days.values()).contradicted)
        if is_older:
            path.rename(path.with_name(f"{path.stem}-{office.now():%Y%m%d-%H%M%S}{path.suffix}"))


def _part_in(root: Path) -> Path:
    """A hidden folder in ``root`` to build in. Raises ``AnswerIsNo`` unless ``root`` is missing or empty."""
    durable.make_folder(root)
    for entry in root.iterdir():
        if not entry.name.startswith(_PART):
            raise AnswerIsNo(
                _("这个文件夹不是空的，没有往里恢复"), where=str(root), remedy=_("用 -w 指一个新的或空的文件夹")
            )
    for entry in root.iterdir():
        shutil.rmtree(entry)
    part = root / f"{_PART}{secrets.token_hex(4)}"
    part.mkdir(mode=0o700)
    return part


def _unpack(backup: Backup, part: Path, wanted: Wanted, progress: Progress) -> tuple[str, ...]:
    """Every file of the backup into ``part``, compared on the way; returns those that are damaged and were left out."""
    bad = []
    for done, path in enumerate(backup.files, start=1):
        if not _is_left_out(path, wanted):
            try:
                with backup.open(path) as stream:
                    _write(part / path, stream, backup.files[path].sha256)
            except (ArchiveDamaged, OSError) as error:
                if isinstance(error, OSError) and _is_ours(error, part):
                    raise
                (part / path).unlink(missing_ok=True)
                bad.append(path)
        progress(_("恢复"), done, len(backup.files))
    if SETTINGS in bad or (bad and not wanted.what_is_sound):
        raise _damaged(bad)
    return tuple(bad)


def _is_left_out(path: str, wanted: Wanted) -> bool:
    return (path == REGISTER and wanted.without_register) or (path.startswith(ARCHIVE) and wanted.keep_archive)


def _damaged(bad: list[str]) -> ArchiveDamaged:
    shown = "\n".join(bad[:_NAMED])
    more = "\n" + _("……还有 {count} 个").format(count=len(bad) - _NAMED) if len(bad) > _NAMED else ""
    remedy = _("换另一次备份（--of）；只有这一份时，加 --what-is-sound 恢复其余完好的文件")
    if bad == [REGISTER]:
        remedy = _("换另一次备份（--of）；只有这一份时，加 --without-register，登记簿会从档案库重建")
    return ArchiveDamaged(
        _("备份里有 {count} 个文件丢失或被改动，没有恢复").format(count=len(bad)),
        where=f"{shown}{more}",
        remedy=remedy,
    )


def _write(target: Path, source: BinaryIO, digest: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as stream:
        while chunk := source.read(_CHUNK):
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    with opened_afresh(target) as written:
        if digest_of(written) != digest:
            raise ArchiveDamaged(_("备份里的文件丢失或被改动"), where=str(target))


def _is_ours(error: OSError, part: Path) -> bool:
    """Whether it is our own disk that failed, not the backup's."""
    return error.filename is None or Path(str(error.filename)).is_relative_to(part)


def _copy_archive(wanted: Wanted, source: Path, part: Path) -> None:
    """An archive without a backup round it: of an office whose register is gone, or the tree alone."""
    archive, settings = _bare(wanted, source)
    shutil.copytree(archive, part / ARCHIVE, symlinks=True, ignore=shutil.ignore_patterns(f"{durable.TEMPORARY}*"))
    shutil.copyfile(settings, part / SETTINGS)
    for name in ("templates", "policies"):
        if (settings.parent / name).is_dir():
            shutil.copytree(settings.parent / name, part / name, symlinks=True)


def _bare(wanted: Wanted, source: Path) -> tuple[Path, Path]:
    """The archive and the gongwen.toml to go with it."""
    settings = wanted.settings or next(
        (path for path in (source / SETTINGS, source.parent / SETTINGS) if path.is_file()), None
    )
    if settings is None:
        raise AnswerIsNo(
            _("这里没有备份；如果它是档案库，还需要这个办公室的 {file}").format(file=SETTINGS),
            where=str(source),
            remedy=_("加 --settings 指明 {file}（没有了，就用 gongwen init 新建一个，照原来的填好）").format(
                file=SETTINGS
            ),
        )
    archive = load_settings(source).archive if (source / SETTINGS).is_file() else source
    if not any(archive.glob("*/*/manifest-sha256.txt")):
        raise AnswerIsNo(
            _("这里既没有备份，也没有档案"),
            where=str(archive),
            remedy=_("指向备份的文件夹、.zip、.tar，或档案库文件夹"),
        )
    return archive, settings


def _move_into_place(part: Path, root: Path, wanted: Wanted) -> None:
    """What was built into its places, the settings last; the archive to where the settings have it."""
    archive = root / load_settings(part).office.archive
    if not wanted.keep_archive:
        _refuse_full(archive)
        archive.parent.mkdir(parents=True, exist_ok=True)
        (part / ARCHIVE).mkdir(exist_ok=True)
        if archive.is_dir():
            archive.rmdir()
        shutil.move(part / ARCHIVE, archive)
        durable.fsync_folder(archive.parent)
    for entry in sorted(part.iterdir(), key=lambda one: one.name == SETTINGS):
        entry.rename(root / entry.name)
    part.rmdir()
    for folder, _folders, _files in os.walk(root, topdown=False):
        durable.fsync_folder(Path(folder))


def _refuse_full(archive: Path) -> None:
    """Raise ``AnswerIsNo`` when something lies where the archive belongs."""
    if archive.exists() and (not archive.is_dir() or any(archive.iterdir())):
        raise AnswerIsNo(
            _("{file} 里写的档案库文件夹不是空的，没有往里恢复").format(file=SETTINGS),
            where=str(archive),
            remedy=_("如果那里就是完好的档案库，加 --keep-archive 只恢复登记簿和设置；不是的话先把它移走"),
        )
