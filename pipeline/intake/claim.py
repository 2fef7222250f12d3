"""Take a file into our own keeping, and let go of the original when its work is durable.

The original stays in the inbox until the very end: a claim is a synced copy in the spool and its digest. What is read,
numbered and filed is that copy, never the file that somebody may still be saving.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from datetime import datetime
from pathlib import Path

from pipeline.core import durable
from pipeline.core.text import nfc, safe_name
from pipeline.core.values import ClaimedFile

_NOTE = "claim.json"


class StillChanging(Exception):
    """The file changed while it was copied, or is gone: it is nobody's yet, look again at the next scan."""


def claim(origin: Path, spool: Path, *, now: datetime) -> ClaimedFile:
    """Copy ``origin`` into ``spool/<submission>/`` durably and return the claim.

    The submission's id is derived from name and content, so that claiming again after a kill gives the same claim.
    Raises ``StillChanging``, and ``OSError`` as it comes (disk full).
    """
    data = _read_still(origin)
    digest = hashlib.sha256(data).hexdigest()
    name = nfc(origin.name)
    submission = hashlib.sha256(f"{name}\0{digest}".encode()).hexdigest()[:16]
    folder = spool / submission
    copy = folder / safe_name(name)
    durable.write_once(copy, data)
    claimed = ClaimedFile(submission, copy, name, digest, origin, now)
    note = {"name": name, "sha256": digest, "origin": str(origin), "copy": copy.name, "claimed_at": now.isoformat()}
    durable.replace(folder / _NOTE, json.dumps(note, ensure_ascii=False).encode())
    return claimed


def reclaim(spool: Path, submission: str) -> ClaimedFile | None:
    """The claim a killed run left in the spool, or None when there is none or it was never finished."""
    folder = spool / submission
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        copy = folder / note["copy"]
        claimed_at = datetime.fromisoformat(note["claimed_at"])
        return ClaimedFile(submission, copy, note["name"], note["sha256"], Path(note["origin"]), claimed_at)
    except (FileNotFoundError, ValueError, KeyError):
        return None


def release(claimed: ClaimedFile) -> bool:
    """Take the original out of the inbox; True when it is gone.

    A file that was saved anew since the claim stays: it is another submission.
    """
    try:
        if durable.sha256_of(claimed.origin) != claimed.sha256:
            return False
    except FileNotFoundError:
        return True
    durable.remove(claimed.origin)
    return True


def forget(claimed: ClaimedFile) -> None:
    """Remove our copy from the spool; the archive (or the returned workbook) holds its content by now."""
    shutil.rmtree(claimed.path.parent, ignore_errors=True)


def _read_still(origin: Path) -> bytes:
    """The file's content, read twice alike with nothing changed around it. Links and pipes are refused."""
    try:
        descriptor = os.open(origin, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise StillChanging(str(error)) from error
    with os.fdopen(descriptor, "rb") as stream:
        before = os.fstat(stream.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise StillChanging(f"{origin} is not a regular file")
        data = stream.read()
        stream.seek(0)
        again = hashlib.file_digest(stream, "sha256").hexdigest()
        after = os.fstat(stream.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or len(data) != after.st_size or hashlib.sha256(data).hexdigest() != again:
        raise StillChanging(f"{origin} changed while it was read")
    return data
