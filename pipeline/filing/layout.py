"""Where a paper lies in the archive and under what name. Decides only; touches no disk.

    2020/中共铜川市王益区委组织部/铜王组发〔2020〕50号 关于印发….pdf   .docx   .xml   .json
    2020/中共铜川市王益区委组织部/来稿/3fa1c0de 通知.xlsx            the sender's original
    2020/…/铜王组发〔2020〕50号 关于印发…（盖章件）.pdf              what a deed put beside a paper
    号簿/2020/00017 作废 铜王组发〔2020〕51号.json                   an act on numbers (act_record.py)
    办理簿/2020/00003 撤销 铜王组发〔2020〕50号.json                 a deed (deed_record.py)

Hard because names must serve people and every file system at once: 255 bytes a name on Linux (85 Han characters),
260 characters a path on Windows, twins that differ in case or composition only, and two papers of one title. The
number always stays whole; the title gives way. Nothing is transliterated. Every path is relative to the archive, with
"/" between folders.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath
from typing import Protocol

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.text import NAME_BYTES, cut_to_bytes, folded_name, on_one_line, safe_name

SOURCES = "来稿"
"""Folder of the senders' originals, beside the papers made of them."""

NUMBER_BOOK = "号簿"
"""Folder of the acts on numbers. No year is called so, and papers lie in years."""

DEED_BOOK = "办理簿"
"""Folder of the deeds: what was done to papers after filing."""

BOOKS = (NUMBER_BOOK, DEED_BOOK)

SUFFIXES = {"pdf": ".pdf", "docx": ".docx", "metadata": ".xml", "record": ".json"}
"""The files of a paper that bear its name, by role."""

PATH_UNITS = 200
"""Longest path below the archive in UTF-16 units. Windows allows 260 with drive, share and office before it."""

_FOLDER_BYTES, _FOLDER_UNITS = 180, 60
_NUMBER_BYTES = 120
_SPARE_BYTES = 40
"""Kept free behind a stem: for its suffix, and for names derived from it later (``（盖章件）.pdf``)."""
_SPARE_UNITS = 16
_DIGEST = 8
_PAPERS_FOLDER = re.compile(r"[0-9]{4}/[^/]+")


class Occupied(Protocol):
    """What lies in the archive already; ``store.Archive.occupied()`` fits it."""

    def digest(self, path: str) -> str | None:
        """SHA-256 of the file that has this path, or one alike but for case or composition; None when it is free.

        Empty for what has the name but is no plain file.
        """


@dataclass(frozen=True, slots=True)
class Wish:
    """A paper that wants a place.

    ``name`` is the kind's ``file_name`` filled in; ``number`` is empty for kinds without one; ``piece`` is the 件号,
    0 when there is none yet; ``organisation_code`` tells two organisations apart whose long names are cut alike. A
    ``version`` after the first stands in the name.
    """

    paper: str
    year: int
    organisation: str
    organisation_code: str
    name: str
    number: str = ""
    piece: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one paper: ``folder`` and ``stem`` for its own files, ``source`` the path of the original."""

    paper: str
    folder: str
    stem: str
    source: str

    def path(self, role: str) -> str:
        """The path of the file with this role: a key of ``SUFFIXES``, or ``source``."""
        return self.source if role == "source" else f"{self.folder}/{self.stem}{SUFFIXES[role]}"


@dataclass(frozen=True, slots=True)
class BookPlace:
    """The place of an entry of a book: an act on numbers, or a deed."""

    folder: str
    stem: str

    @property
    def record(self) -> str:
        """The path of the entry's record."""
        return f"{self.folder}/{self.stem}{SUFFIXES['record']}"

    def source(self, name: str, sha256: str, occupied: Occupied) -> str:
        """The path of the file that it was read from."""
        return _source(self.folder, name, sha256, occupied)


def assign_places(
    wishes: Sequence[Wish], source_name: str, source_sha256: str, occupied: Occupied
) -> tuple[Place, ...]:
    """Give each paper of one workbook its place, none the place of another or of a file that is there already.

    The same wishes and the same archive always give the same places. Raises ``ArchiveDamaged`` when even the name
    that only this paper can have is taken.
    """
    given: set[str] = set()
    places = []
    for wish in wishes:
        folder = f"{wish.year:04d}/{folder_name(wish.organisation, wish.organisation_code)}"
        for stem in _stems(wish, folder):
            place = Place(wish.paper, folder, stem, _source(folder, source_name, source_sha256, occupied))
            paths = {folded_name(place.path(role)) for role in SUFFIXES}
            if given.isdisjoint(paths) and all(occupied.digest(place.path(role)) is None for role in SUFFIXES):
                break
        else:
            raise ArchiveDamaged(
                _("归档文件夹里已有同名文件，排不出新的文件名"),
                where=f"{folder}/{wish.name}",
                remedy=_("请运行 gongwen verify 查看，把不属于档案的文件移走后再试"),
            )
        given |= paths
        places.append(place)
    return tuple(places)


def book_place(book: str, seq: int, year: int, called: str) -> BookPlace:
    """The place of the entry ``seq`` of ``book``, done in ``year`` and called ``作废 铜王组发〔2020〕51号``.

    A name that is too long is cut.
    """
    folder = f"{book}/{year:04d}"
    head = f"{seq:05} "
    name = _cut(
        _usable(called),
        NAME_BYTES - _SPARE_BYTES - len(head),
        PATH_UNITS - _SPARE_UNITS - _units(f"{folder}/{head}"),
    )
    return BookPlace(folder, safe_name(head + name))


def beside(stem: str, called: str, suffix: str, occupied: Occupied, given: Collection[str] = ()) -> str:
    """The path of a file that comes beside others later: ``<stem>（盖章件）.pdf``, the second one ``（盖章件2）``.

    ``stem`` is a path without its suffix; ``given`` are paths that are promised already, as ``folded_name`` has them.
    Raises ``ValueError`` for what
    would not fit the room that is kept behind every stem, or would be taken for a paper's record.
    """
    if suffix == SUFFIXES["record"]:
        raise ValueError("a .json beside a paper is its record")
    for again in count(1):
        ending = f"（{called}{again if again > 1 else ''}）{suffix}"
        if len(ending.encode()) > _SPARE_BYTES or _units(ending) > _SPARE_UNITS or safe_name(ending) != ending:
            raise ValueError(f"no name for a file beside a paper: {ending}")
        path = stem + ending
        if folded_name(path) not in given and occupied.digest(path) is None:
            break
    return path


def entry_of_name(name: str) -> int:
    """The number of the act or deed whose record has this file name, 0 for any other file."""
    head, suffix = name.split(" ", 1)[0], SUFFIXES["record"]
    return int(head) if name.endswith(suffix) and head.isascii() and head.isdecimal() else 0


def book_of(path: str) -> str:
    """The book (号簿, 办理簿) that a relative path is or lies in, "" for none."""
    first = path.split("/", 1)[0]
    return first if first in BOOKS else ""


def folder_name(organisation: str, code: str) -> str:
    """The organisation's full name as a folder name; one too long is cut and ends with its code."""
    whole = _usable(organisation) or code
    if len(whole.encode()) <= _FOLDER_BYTES and _units(whole) <= _FOLDER_UNITS:
        return whole
    ending = f" {code}"
    return safe_name(_cut(whole, _FOLDER_BYTES - len(ending.encode()), _FOLDER_UNITS - _units(ending)).strip() + ending)


def is_inside(path: str) -> bool:
    """Whether a relative path is written the one way we write it, and so stays below the archive."""
    return not any(part in {"", ".", ".."} or "\\" in part or "\0" in part for part in path.split("/"))


def may_lie(role: str, path: str, record: str) -> bool:
    """Whether the file of this role may lie at ``path`` beside a paper's ``record``, as ``assign_places`` has it.

    What was filed elsewhere says where it lies; it must not say a catalogue, a book or another paper's name.
    """
    folder, _slash, name = record.rpartition("/")
    stem = name.removesuffix(SUFFIXES["record"])
    if not _PAPERS_FOLDER.fullmatch(folder) or any(safe_name(part) != part for part in path.split("/")):
        return False
    if role == "source":
        return path.startswith(f"{folder}/{SOURCES}/") and path.count("/") == folder.count("/") + 2
    if role in SUFFIXES:
        return path == f"{folder}/{stem}{SUFFIXES[role]}"
    if path.endswith(SUFFIXES["record"]):  # would be read as a paper's record
        return False
    return path.startswith(f"{folder}/{stem}（") and "/" not in path.removeprefix(f"{folder}/")


def _stems(wish: Wish, folder: str) -> Iterator[str]:
    """The names for a paper, from the one it would like to the one that is certainly its own."""
    own = hashlib.sha256(wish.paper.encode()).hexdigest()
    piece = f" {wish.piece:04d}" if wish.piece else ""
    version = f"（第{wish.version}版）" if wish.version > 1 else ""
    for ending in ("", *([piece] if piece else []), f"{piece} {own[:_DIGEST]}", f"{piece} {own}"):
        yield _stem(wish, folder, version + ending)


def _stem(wish: Wish, folder: str, ending: str) -> str:
    """``<number> <title><ending>``, the title cut so that the whole fits a name and a path."""
    number = cut_to_bytes(_usable(wish.number), _NUMBER_BYTES)
    title = _usable(on_one_line(wish.name))
    if number:
        title = f"{number} {title.replace(number, '', 1).strip()}"
    title = _cut(
        title or wish.paper,
        NAME_BYTES - _SPARE_BYTES - len(ending.encode()),
        PATH_UNITS - _SPARE_UNITS - _units(f"{folder}/{ending}"),
    )
    return safe_name(title) + ending


def _source(folder: str, name: str, sha256: str, occupied: Occupied) -> str:
    """``<folder>/来稿/<digest> <name>``; more of the digest in the rare case that its beginning is another file's."""
    whole = PurePosixPath(_usable(name) or SOURCES)
    suffix = whole.suffix if len(whole.suffix.encode()) <= _SPARE_BYTES else ""
    for length in (_DIGEST, 2 * _DIGEST, len(sha256)):
        head = f"{folder}/{SOURCES}/{sha256[:length]} "
        stem = _cut(
            whole.name.removesuffix(suffix),
            NAME_BYTES - length - 1 - len(suffix.encode()),
            PATH_UNITS - _units(head + suffix),
        )
        path = f"{head}{stem.rstrip('. ')}{suffix}"
        if occupied.digest(path) in {None, sha256}:
            break
    return path


def _usable(text: str) -> str:
    """The text as a name of any length, or nothing when nothing of it can stand in a name."""
    try:
        return safe_name(text, limit=len(text.encode(errors="replace")) * 3 + 1)
    except ValueError:
        return ""


def _cut(text: str, most_bytes: int, most_units: int) -> str:
    """The longest beginning that fits both limits."""
    cut = cut_to_bytes(text, most_bytes)
    while _units(cut) > most_units:
        cut = cut_to_bytes(cut, len(cut.encode()) - 1)
    return cut


def _units(text: str) -> int:
    """Length as Windows counts it."""
    return len(text.encode("utf-16-le")) // 2
