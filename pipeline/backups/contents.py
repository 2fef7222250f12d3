"""What a backup of an office holds, and which of it may change while it is copied.

The papers of the archive never change once they are filed: the manifest of each folder gives their digests, and they
can be copied while the office works. Everything else (register, settings, templates, pages of the catalogue, manifests
themselves, work under way) is copied while nobody writes; it is small.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline.backups.description import ARCHIVE, SETTINGS
from pipeline.core.durable import TEMPORARY
from pipeline.core.messages import _
from pipeline.filing import manifest
from pipeline.office import Office
from pipeline.outside import OWN

_UNDER_WAY = ("spool", "staging")


@dataclass(slots=True)
class Contents:
    """``moving`` and ``settled`` map the path in an office to the file; ``digests`` is what the manifests say of the
    archive's papers, those that are not there too. ``odd`` are links, pipes and folders that cannot be read: nothing of
    them is in the backup."""

    moving: dict[str, Path] = field(default_factory=dict)
    settled: dict[str, Path] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)


def contents_of(office: Office) -> Contents:
    """Everything of the office but its register, as it lies there now. The caller has the writer's turn.

    Raises ``OutOfReach`` when the archive looks as if nothing had ever been filed, ``OSError`` as it comes.
    """
    found = Contents()
    root, settings = office.settings.root, office.settings
    found.moving[SETTINGS] = root / SETTINGS
    folders = [root / name for name in OWN]
    folders += [folder for folder in settings.font_folders if folder.is_relative_to(root)]
    waiting = [
        *(one.id for one in office.register.unfinished()),
        *(one.id for one in office.register.unfinished_acts()),
        *(one.id for one in office.register.unfinished_deeds()),
    ]
    folders += [settings.private / place / one for one in waiting for place in _UNDER_WAY]
    for folder in folders:
        for path, there in _walk(folder, folder.relative_to(root).as_posix(), found.odd):
            found.moving[path] = there
    identity = settings.private / "office.json"
    if identity.is_file():
        found.moving[".gongwen/office.json"] = identity
    refuse_archive_away(office)
    _add_archive(office.archive.root, found)
    return found


def refuse_archive_away(office: Office) -> None:
    """Raise ``OutOfReach``: before anything is made, and again when the turn has come."""
    office.refuse_missing_archive(_("检查共享盘是否连上，再做备份"))


def _add_archive(root: Path, found: Contents) -> None:
    there = dict(_walk(root, ARCHIVE.rstrip("/"), found.odd))
    for path, file in there.items():
        if file.name == manifest.NAME:
            found.digests |= _listed(PurePosixPath(path).parent, file)
    for path, file in there.items():
        (found.settled if path in found.digests else found.moving)[path] = file


def _listed(folder: PurePosixPath, file: Path) -> dict[str, str]:
    try:
        return {str(folder / name): digest for name, digest in manifest.read(file.read_bytes()).items()}
    except ValueError:  # spoilt; its files are copied with those that may change
        return {}


def _walk(folder: Path, path: str, odd: list[str]) -> Iterator[tuple[str, Path]]:
    """Every plain file below ``folder`` with its path in the backup, in the order of names; links are not followed."""
    if not os.path.lexists(folder):
        return
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        odd.append(path)
        return
    for entry in entries:
        inner = f"{path}/{entry.name}"
        mode = entry.stat(follow_symlinks=False).st_mode
        if entry.name.startswith(TEMPORARY):
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(Path(entry.path), inner, odd)
        elif stat.S_ISREG(mode) and os.fsencode(entry.name) == entry.name.encode(errors="replace"):
            yield inner, Path(entry.path)
        else:
            odd.append(os.fsencode(inner).decode(errors="backslashreplace"))
