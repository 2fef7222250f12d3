"""Is this folder on the local disk of this machine?

SQLite's write-ahead log needs memory shared by every process that has the file open; over NFS or SMB there is none,
and two machines quietly destroy the file (sqlite.org/wal.html; Sonarr#1886, #2797). So the register refuses such a
place. Linux tells the kind of file system in its mount table; elsewhere nothing is known and nothing is refused.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _

MOUNTS = Path("/proc/self/mounts")

_NETWORK = frozenset(
    {
        "9p",
        "acfs",
        "afs",
        "auristorfs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fhgfs",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "prl_fs",
        "pvfs2",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
    }
)
_NETWORK_FUSE = frozenset(
    {
        "afpfs",
        "ceph",
        "ceph-fuse",
        "cifs",
        "curlftpfs",
        "davfs",
        "davfs2",
        "glusterfs",
        "goofys",
        "gvfsd-fuse",
        "juicefs",
        "moosefs",
        "nfs",
        "portal",
        "rclone",
        "s3fs",
        "seaweedfs",
        "smbnetfs",
        "sshfs",
        "vmhgfs-fuse",
    }
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def network_filesystem(path: Path, mounts: str) -> str:
    """The type (``nfs4``, ``fuse.sshfs`` …) when ``path`` lies on a network file system, else "".

    ``path`` is absolute and without links; it need not exist. ``mounts`` is a mount table as Linux writes it
    (proc(5)): blanks in names as ``\\040``, a later line for the same place hides the earlier one.
    """
    found, depth = "", -1
    for line in mounts.splitlines():
        columns = line.split(" ")
        if len(columns) < 3:
            continue
        place = Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), columns[1]))
        if len(place.parts) >= depth and path.is_relative_to(place):
            found, depth = columns[2], len(place.parts)
    name, _dot, subtype = found.partition(".")
    return found if name in _NETWORK or (name in ("fuse", "fuseblk") and subtype in _NETWORK_FUSE) else ""


def refuse_network(path: Path) -> None:
    """Raise ``ConfigurationError`` when a database at ``path`` would lie on a network file system."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    kind = network_filesystem(path.resolve(), mounts)
    if kind:
        raise ConfigurationError(
            _("登记册不能放在网络文件系统（{kind}）上，多台机器同时使用会损坏它").format(kind=kind),
            where=str(path),
            remedy=_(
                "把办公室的文件夹放在本机硬盘上；收件和归档文件夹可以留在共享盘，在 gongwen.toml 里写明它们的位置"
            ),
        )
