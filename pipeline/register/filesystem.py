"""Is this folder on the local disk of this machine?

SQLite's write-ahead log needs memory shared by every process that has the file open; over NFS or SMB there is none,
and two machines quietly destroy the file (sqlite.org/wal.html; Sonarr#1886, #2797). So the register refuses such a
place.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import ConfigurationError
from pipeline.core.filesystem import network_kind
from pipeline.core.messages import _


def refuse_network(path: Path) -> None:
    """Raise ``ConfigurationError`` when a database at ``path`` would lie on a network file system."""
    kind = network_kind(path)
    if kind:
        raise ConfigurationError(
            _("登记册不能放在网络文件系统（{kind}）上，多台机器同时使用会损坏它").format(kind=kind),
            where=str(path),
            remedy=_(
                "把办公室的文件夹放在本机硬盘上；收件和归档文件夹可以留在共享盘，在 gongwen.toml 里写明它们的位置"
            ),
        )
