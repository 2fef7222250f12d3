"""Read the archive's files, each once, and compare their digests with the registered ones."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.core.messages import _
from pipeline.core.text import folded_name
from pipeline.core.values import FiledFile
from pipeline.retrieval.damage import Damage, Forms, Note, Remark

_READERS = 4
"""Threads that digest files: enough to keep a disk or a share busy; digests run outside the interpreter's lock."""

_CHUNK = 1 << 20

_SM3 = "sm3"

_ARCHIVAL, _LOCKED = b"pdfaid:part", b"/Encrypt"
"""What a PDF/A says of itself (ISO 19005: its metadata are never compressed), and the key of an encrypted file."""

_BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {".pdf": (b"%PDF-",), ".docx": (b"PK\x03\x04",)}
"""How a file of this sort begins. A Word file with a password begins otherwise."""


class Listed(Protocol):
    """What lies in the archive, with its size, and the SHA-256 of what was read already; ``verify``'s census fits."""

    @property
    def files(self) -> Mapping[str, int]: ...
    @property
    def digests(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Read:
    """What one reading of a file gave. ``sm3`` is "" where it was not asked for."""

    sha256: str
    sm3: str = ""
    is_archival: bool = False
    is_locked: bool = False


def read(path: Path, *, sm3: bool = False) -> Read:
    """Read a file once. Raises ``OSError``."""
    digests = [hashlib.sha256(), *([hashlib.new(_SM3)] if sm3 else [])]
    is_archival = is_locked = False
    tail = b""
    begins = _BEGINNINGS.get(path.suffix.lower(), ())
    looked_into = path.suffix.lower() == ".pdf"
    with path.open("rb", buffering=0) as stream:
        while chunk := stream.read(_CHUNK):
            for digest in digests:
                digest.update(chunk)
            if begins and not tail:
                is_locked = not chunk.startswith(begins)
            if looked_into:
                seam = tail + chunk
                is_archival = is_archival or _ARCHIVAL in seam
                is_locked = is_locked or _LOCKED in seam
            tail = chunk[-len(_ARCHIVAL) :]
    return Read(digests[0].hexdigest(), digests[1].hexdigest() if sm3 else "", is_archival, is_locked)


def has_sm3() -> bool:
    """Whether this machine's OpenSSL knows SM3 (GB/T 32905)."""
    return _SM3 in hashlib.algorithms_available


def changed(
    root: Path,
    files: Mapping[str, FiledFile],
    census: Listed,
    sm3: Mapping[str, str],
    renditions: Collection[str],
) -> tuple[list[Remark], Forms]:
    """The files whose content is not the registered one, and of what form the others are. Size first: it needs no
    reading; and what the census read is not read again. ``sm3`` are the digests that the metadata give, by path;
    ``renditions`` the PDFs and Word files filed."""
    remarks = []
    sizes = census.files
    for path, file in files.items():
        if sizes[path] != file.size:
            sentence = _("文件大小是 {found} 字节，归档时是 {size} 字节").format(found=sizes[path], size=file.size)
            remarks.append(Remark(Damage.CHANGED, path, sentence))
    known = sm3 if has_sm3() else {}
    if sm3 and not known:
        sentence = _("这台机器的 OpenSSL 没有 SM3，这一次只核对了 SHA-256")
        remarks.append(Remark(Note.NO_SM3, ".", sentence))
    same_size = [file for path, file in files.items() if sizes[path] == file.size]
    sound: list[tuple[str, Read]] = []
    unread = [file.path for file in same_size if file.path not in census.digests]
    reading = _read_all(root, unread, known)
    for file in same_size:
        digest = census.digests.get(file.path)
        seen = next(reading) if digest is None else Read(digest)
        if isinstance(seen, OSError):
            remarks.append(Remark(Damage.UNREADABLE, file.path, _("读不了：{error}").format(error=seen.strerror)))
        elif seen.sha256 != file.sha256:
            remarks.append(Remark(Damage.CHANGED, file.path, _("文件内容与归档时不同（SHA-256 不符）")))
        elif seen.sm3 != known.get(file.path, ""):
            remarks.append(Remark(Damage.CHANGED, file.path, _("文件内容与元数据里的摘要值不同（SM3 不符）")))
        elif file.path in renditions:
            sound.append((file.path, seen))
    return remarks, _forms(sound)


def _forms(seen: Sequence[tuple[str, Read]]) -> Forms:
    pdfs = [(path, one) for path, one in seen if path.endswith(".pdf")]
    return Forms(
        archival=sum(one.is_archival for _path, one in pdfs),
        others=tuple(path for path, one in pdfs if not one.is_archival),
        locked=tuple(path for path, one in seen if one.is_locked),
    )


def moved(
    root: Path, files: Mapping[str, FiledFile], missing: Set[str], strangers: Set[str], sizes: Mapping[str, int]
) -> tuple[list[Remark], set[str]]:
    """Missing files found again under another name, and the strangers that are left.

    Only strangers of the right size are digested. A stranger that stays unread is left a stranger.
    """
    wanted = defaultdict(list)
    for path in sorted(missing):
        wanted[files[path].sha256].append(path)
    wanted_sizes = {files[path].size for path in missing}
    candidates = sorted(path for path in strangers if sizes[path] in wanted_sizes)
    found, left = [], set(strangers)
    for stranger, seen in zip(candidates, _read_all(root, candidates, ()), strict=True):
        if isinstance(seen, Read) and wanted[seen.sha256]:
            path = _nearest(wanted[seen.sha256], stranger)
            wanted[seen.sha256].remove(path)
            left.discard(stranger)
            sentence = _("这个文件被移动或改名，现在在 {path}").format(path=stranger)
            found.append(Remark(Damage.MOVED, path, sentence))
    return found, left


def _nearest(paths: Sequence[str], stranger: str) -> str:
    """The path that is most like the stranger's: alike but for case or composition, else the first."""
    return next((path for path in paths if folded_name(path) == folded_name(stranger)), paths[0])


def _read_all(root: Path, paths: Sequence[str], with_sm3: Collection[str]) -> Iterator[Read | OSError]:
    """What reading each file gave, or why it could not be read."""

    def one(path: str) -> Read | OSError:
        try:
            return read(root / path, sm3=path in with_sm3)
        except OSError as error:
            return error

    with ThreadPoolExecutor(_READERS) as readers:
        yield from readers.map(one, paths)
