"""Where a set is built: a hidden folder beside its place, which gets its name, or becomes the ZIP, when it is whole."""

from __future__ import annotations

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
    if target.suffix.lower() != ".zip":
        with durable.new_folder(target) as part:
            yield part
        return
    part = durable.temporary_in(target.parent)
    try:
        with durable.said_of(target, part):
            part.mkdir()
            yield part
            _pack(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def or_gone(target: Path) -> Iterator[None]:
    """A set that was made is taken away again when anything is raised in the block."""
    try:
        yield
    except Exception:
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        raise


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
