"""Take a file into our own keeping, and let go of the original when its work is durable.

The original stays in the inbox until the very end: a claim is a synced copy in the spool and its digest. What is read,
numbered and filed is that copy, never the file that somebody may still be saving.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
from datetime import datetime
from pathlib import Path

from pipeline.core import durable
from pipeline.core.filesystem import explained
from pipeline.core.messages import _
from pipeline.core.values import ClaimedFile
from pipeline.intake.names import readable, writable_name

_NOTE = "claim.json"


class StillChanging(Exception):
    """The file changed while it was copied, or is gone: it is nobody's yet, look again at the next scan."""


def claim(origin: Path, spool: Path, *, now: datetime, sender: str = "") -> ClaimedFile:
    """Copy ``origin`` into ``spool/<submission>/`` durably and return the claim.

    The submission's id is derived from name and content, so that claiming again after a kill gives the same claim;
    and from ``sender``, where senders have folders of their own. Raises ``StillChanging``, and ``OSError`` as it comes
    (disk full, no permission).
    """
    data = _read_still(origin)
    digest = hashlib.sha256(data).hexdigest()
    name = readable(origin.name)
    key = f"{readable(sender)}/{name}" if sender else name
    submission = hashlib.sha256(f"{key}\0{digest}".encode()).hexdigest()[:16]
    folder = spool / submission
    copy = folder / writable_name(name)
    durable.write_once(copy, data)
    claimed = ClaimedFile(submission, copy, name, digest, origin, now)
    note = {
        "name": name,
        "sha256": digest,
        "origin": os.fsencode(origin).hex(),
        "copy": copy.name,
        "claimed_at": now.isoformat(),
    }
    durable.replace(folder / _NOTE, json.dumps(note, ensure_ascii=False).encode())
    return claimed


def reclaim(spool: Path, submission: str) -> ClaimedFile | None:
    """The claim a killed run left in the spool, or None when there is none or it was never finished."""
    folder = spool / submission
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        copy = folder / note["copy"]
        claimed_at = datetime.fromisoformat(note["claimed_at"])
        return ClaimedFile(
            submission, copy, note["name"], note["sha256"], Path(os.fsdecode(bytes.fromhex(note["origin"]))), claimed_at
        )
    except (FileNotFoundError, ValueError, KeyError):
        return None


def release(claimed: ClaimedFile) -> str:
    """Take the original out of the inbox. Returns "", or why it is still there: ``没有权限``, ``正被别的程序占用``.

    A file that was saved anew since the claim stays, and is no obstacle: it is another submission.
    """
    try:
        if durable.sha256_of(claimed.origin) == claimed.sha256:
            durable.remove(claimed.origin)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return explained(error)
    return ""


def forget(claimed: ClaimedFile) -> None:
    """Remove our copy from the spool; the archive (or the returned workbook) holds its content by now."""
    shutil.rmtree(claimed.path.parent, ignore_errors=True)


def _read_still(origin: Path) -> bytes:
    """The file's content, read twice alike with nothing changed around it. Links and pipes are refused."""
    try:
        descriptor = os.open(origin, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP):
            raise StillChanging(_("已经不在了")) from error
        raise
    with os.fdopen(descriptor, "rb") as stream:
        before = os.fstat(stream.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise StillChanging(_("不是普通文件"))
        data = stream.read()
        stream.seek(0)
        again = hashlib.file_digest(stream, "sha256").hexdigest()
        after = os.fstat(stream.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or len(data) != after.st_size or hashlib.sha256(data).hexdigest() != again:
        raise StillChanging(_("拷贝的时候又变了"))
    return data
