"""What the machine says about its disks: which folders lie on another machine, and what its errors mean.

A share behaves like a disk until it does not: it tells of no change that another machine makes, its locks may not
reach further than this machine, and it goes away. Linux names the kind of each file system in its mount table;
elsewhere nothing is known, and every folder counts as local.
"""

from __future__ import annotations

import errno
import re
from pathlib import Path

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


def network_kind(path: Path) -> str:
    """``network_filesystem`` by the mount table of this machine; links are followed. "" where there is no table."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    return network_filesystem(path.resolve(), mounts)


def explained(error: OSError) -> str:
    """What the system's error means to the person at the desk: ``磁盘满了``, ``没有权限``; the place is not named."""
    words = {
        errno.ENOSPC: _("磁盘满了"),
        errno.EDQUOT: _("磁盘配额用完了"),
        errno.EROFS: _("磁盘是只读的"),
        errno.EACCES: _("没有权限"),
        errno.EPERM: _("没有权限"),
        errno.ENOENT: _("找不到"),
        errno.ENOTDIR: _("找不到"),
        errno.EEXIST: _("这个位置已经有别的文件"),
        errno.EISDIR: _("这里应该是文件，却是文件夹"),
        errno.ENAMETOOLONG: _("名称太长"),
        errno.ESTALE: _("共享盘断开了"),
        errno.EHOSTDOWN: _("共享盘断开了"),
        errno.EHOSTUNREACH: _("共享盘断开了"),
        errno.ENOTCONN: _("共享盘断开了"),
        errno.ENODEV: _("共享盘断开了"),
        errno.ETIMEDOUT: _("共享盘没有回应"),
        errno.EBUSY: _("正被别的程序占用"),
        errno.ETXTBSY: _("正被别的程序占用"),
        errno.EIO: _("读写出错"),
    }
    return words.get(error.errno or 0, error.strerror or str(error))
