"""What a backup says of itself: ``backup.json`` and, beside it, the digests of all its files.

    20261130-223000/
      backup.json             who, when, how the register's history ended, the digest of the list
      backup.json.sha256      the digest of that, written last: without it there is no backup
      manifest-sha256.txt     every file with its digest; ``sha256sum -c`` reads it
      gongwen.toml  templates/  policies/  .gongwen/register.db  archive/2020/…

A backup into a folder holds only the files that are new since the one before; of the others its list says where they
lie (``../20261129-223000/archive/…``). So each is whole, none is ever written again, and whoever has no program copies
the folders over one another in the order of their names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.filing import manifest
from pipeline.filing.layout import is_inside
from pipeline.filing.strict import strict_json

FORMAT = "gongwen-backup/1"
"""Name and version of the form. A reader refuses a version it does not know."""

NAME = "backup.json"
SEAL = f"{NAME}.sha256"
LIST = manifest.NAME
SETTINGS = "gongwen.toml"
ARCHIVE = "archive/"
"""Where the archive lies in a backup, wherever the office has it."""
REGISTER = ".gongwen/register.db"

CALLED = re.compile(r"[0-9]{8}-[0-9]{6}(?:-[0-9]+)?")
"""What the folder of a backup is called, for ``fullmatch``: when it was made, and which one of that second."""

_ELSEWHERE = re.compile(rf"\.\./({CALLED.pattern})/(.+)")


@dataclass(frozen=True, slots=True)
class Description:
    """``office`` is its name and ``id`` its lasting id; ``events``, ``link`` and ``first`` say how the register's chain
    ended (0 and empty before the first event); ``listed`` is the SHA-256 of the list of files.

    ``unsound`` names files of the archive that were missing or changed when the backup was made.
    """

    office: str
    id: str
    program: str
    made_at: datetime
    papers: int
    acts: int
    events: int
    link: str
    first: str
    unsound: tuple[str, ...]
    listed: str

    def write(self) -> bytes:
        """As JSON that a person can read too."""
        whole = {
            "format": FORMAT,
            "office": self.office,
            "id": self.id,
            "program": self.program,
            "made_at": self.made_at.isoformat(),
            "papers": self.papers,
            "acts": self.acts,
            "chain": {"events": self.events, "link": self.link, "first": self.first},
            "unsound": list(self.unsound),
            "manifest_sha256": self.listed,
        }
        return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

    @classmethod
    def read(cls, content: bytes) -> Description:
        """The description in ``backup.json``. Raises ``ArchiveDamaged`` with the place."""
        whole = strict_json(content)
        if whole.value.get("format") != FORMAT:
            raise ArchiveDamaged(
                _("不是本程序能读的备份"), where="format", remedy=_("这份备份可能是更新版本的程序做的，请先升级")
            )
        whole.only(
            {
                *("format", "office", "id", "program", "made_at", "papers", "acts"),
                *("chain", "unsound", "manifest_sha256"),
            }
        )
        chain = whole.part("chain")
        chain.only({"events", "link", "first"})
        return cls(
            office=whole.text("office"),
            id=whole.text("id"),
            program=whole.text("program"),
            made_at=whole.moment("made_at"),
            papers=whole.count("papers"),
            acts=whole.count("acts"),
            events=chain.count("events"),
            link=chain.text("link"),
            first=chain.text("first"),
            unsound=whole.texts("unsound"),
            listed=whole.digest("manifest_sha256"),
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a backup: its digest, and the backup beside this one that holds it; "" when it is this one."""

    sha256: str
    within: str = ""

    def written(self, path: str) -> str:
        """How the list names the file of this path."""
        return f"../{self.within}/{path}" if self.within else path


def write_seal(digest: str) -> bytes:
    """The digest of the description as ``sha256sum -c`` reads it."""
    return manifest.write({NAME: digest})


def write_list(files: Mapping[str, Kept]) -> bytes:
    """The list of ``files`` (by their path in an office)."""
    return manifest.write({kept.written(path): kept.sha256 for path, kept in files.items()})


def read_list(content: bytes) -> dict[str, Kept]:
    """The files by their path in an office. Raises ``ValueError`` for what is no such list."""
    files: dict[str, Kept] = {}
    for written, digest in manifest.read(content).items():
        match = _ELSEWHERE.fullmatch(written)
        path, kept = (match[2], Kept(digest, match[1])) if match else (written, Kept(digest))
        if not is_inside(path) or path in files:
            raise ValueError(f"no path of an office: {written!r}")
        files[path] = kept
    return files
