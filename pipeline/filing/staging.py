"""Where the printed papers of one submission wait until their numbers are committed.

Files are kept by digest, so that printing again after a kill changes nothing, and what comes out is proved to be what
went in. A file that is cut off while it is written has a name that promises more than it holds: so only a folder with
its mark (``complete``) may be registered, and one without is thrown away.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from pipeline.core import durable
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _

_MARK = "complete"
_RECEIPT = "receipt"
_DIGEST_LENGTH = 64


class Staging:
    """The staging folder of one submission: ``.gongwen/staging/<submission>/``. Made when something is put into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Keep ``content``, synced; returns its SHA-256, its name here. Only ``complete`` makes the name durable."""
        digest = hashlib.sha256(content).hexdigest()
        durable.make_folder(self.folder)
        with durable.said_of(self.folder, self.folder), (self.folder / digest).open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        return digest

    def get(self, digest: str) -> bytes:
        """What was put under this digest. Raises ``ArchiveDamaged`` when it is missing or no longer that."""
        path = self.folder / digest
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            content = b""
        if hashlib.sha256(content).hexdigest() != digest:
            raise ArchiveDamaged(
                _("等待归档的文件丢失或被改动"),
                where=str(path),
                remedy=_("请从备份恢复这个文件夹后再运行；不要删除它，其中的文号已经登记"),
            )
        return content

    def put_receipt(self, content: bytes) -> None:
        """Keep the receipt (回执) that goes to the sender when the papers are in their places."""
        durable.replace(self.folder / _RECEIPT, content)

    def receipt(self) -> bytes | None:
        """The receipt that was put, or None."""
        try:
            return (self.folder / _RECEIPT).read_bytes()
        except FileNotFoundError:
            return None

    def contents(self) -> tuple[str, ...]:
        """The digests of what was put here, sorted."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(entry.name for entry in self.folder.iterdir() if len(entry.name) == _DIGEST_LENGTH))

    def complete(self) -> None:
        """Make the names put here durable, then mark it so. After this the papers may be registered."""
        durable.make_folder(self.folder)
        durable.fsync_folder(self.folder)
        durable.replace(self.folder / _MARK, "".join(f"{digest}\n" for digest in self.contents()).encode())
        durable.fsync_folder(self.folder.parent)

    @property
    def is_complete(self) -> bool:
        """Whether ``complete`` came to its end and what it marked is still there."""
        try:
            marked = (self.folder / _MARK).read_text(encoding="ascii").split()
        except FileNotFoundError:
            return False
        return set(marked) <= set(self.contents())

    def discard(self) -> None:
        """Throw everything away; the mark goes first, so that half of it is never taken for the whole."""
        if self.folder.is_symlink() or not self.folder.is_dir():
            return
        durable.remove(self.folder / _MARK)
        shutil.rmtree(self.folder)
        durable.fsync_folder(self.folder.parent)
