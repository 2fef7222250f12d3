"""Where a set is built: a hidden folder beside its place, which gets its name, or becomes the ZIP, when it is whole."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.backups.vessel import digest_of, new_file
from pipeline.core import durable
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A hidden folder beside ``target`` to fill; after the block it has its name, or lies in the ZIP of that name.

    Raises ``ArchiveDamaged`` when the ZIP reads back otherwise, ``OSError`` as it comes; nothing is left then.
    """
    part = target.parent / f"{durable.TEMPORARY}{secrets.token_hex(8)}.tmp"
    part.mkdir()
    try:
        yield part
        if target.suffix.lower() == ".zip":
            _pack(part, target)
        else:
            part.rename(target)
            try:
                durable.fsync_folder(target.parent)
            except OSError:
                target.rename(part)
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _pack(folder: Path, target: Path) -> None:
    """The folder as a ZIP with one folder in it, read back before it gets its name."""
    digests: dict[str, str] = {}
    with new_file(target) as vessel:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{target.stem}/{path.relative_to(folder).as_posix()}"
            with path.open("rb") as stream:
                digests[name] = vessel.put(name, stream, path.stat().st_size)
        with vessel.written() as opened:
            for name, digest in digests.items():
                with opened(name) as stream:
                    if digest_of(stream) != digest:
                        raise ArchiveDamaged(
                            _("写好的包核对不上：{error}").format(error=name),
                            where=str(target),
                            remedy=_("磁盘可能坏了，换一个地方再导出"),
                        )
