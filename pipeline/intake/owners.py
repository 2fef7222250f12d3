"""Who has a workbook open, from the file that office programs lay beside it.

Excel and WPS write ``~$五月.xlsx`` (WPS also ``.~五月.xlsx``), LibreOffice ``.~lock.五月.xlsx#``. None of them is
documented; what is read here was seen in files and in what other programs write for Excel to read. A file that is
neither is no reason to fail: then somebody has the workbook open, and we cannot say who.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.core.text import collapsed, folded_name, without_forbidden

_OFFICE, _LIBRE, _WPS = "~$", ".~lock.", ".~"
_UTF16_AT = (55, 54)
"""Where the user's name stands a second time, in UTF-16: offset 55 in Excel's files (165 bytes), 54 in Word's (162)."""
_LONGEST = 54
_ENOUGH = 4096
_CUT = (1, 2)
"""Word's way with long names: the first one or two characters give way to the prefix. Excel keeps the whole name; which
way WPS goes is not known. So a shortened name is believed too, where no file bears it in full: waiting does less harm
than taking a workbook out of somebody's hands."""
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook is open: by whom ("" when the file does not say), and since when."""

    by: str
    since: datetime


def is_owner_file(name: str) -> bool:
    """Whether a file of this name says that another one is open.

    >>> [is_owner_file(name) for name in ("~$五月.xlsx", ".~lock.五月.xlsx#", ".~五月.xlsx", "五月.xlsx", ".~")]
    [True, True, True, False, False]
    """
    return bool(_owned_name(name))


def opened(names: Iterable[str], owner_files: Iterable[Path]) -> Mapping[str, Opened]:
    """Which of the files named ``names`` are open, by name. Names are compared blind to case and composition."""
    listed = {folded_name(name): name for name in names}
    cut = {folded_name(name[count:]): name for count in _CUT for name in listed.values()}
    found: dict[str, Opened] = {}
    for path in owner_files:
        owned = folded_name(_owned_name(path.name))
        name = listed.get(owned) or cut.get(owned)
        if name is None:
            continue
        try:
            since = datetime.fromtimestamp(path.lstat().st_mtime).astimezone()
        except (OSError, ValueError, OverflowError):  # closed a moment ago
            continue
        found[name] = Opened(_who(path), since)
    return found


def _owned_name(owner_file: str) -> str:
    """The name of the workbook that an owner file speaks of; "" for any other file."""
    if owner_file.startswith(_LIBRE):
        return owner_file.removeprefix(_LIBRE).removesuffix("#")
    if owner_file.startswith(_OFFICE):
        return owner_file.removeprefix(_OFFICE)
    return owner_file.removeprefix(_WPS) if owner_file.startswith(_WPS) else ""


def _who(path: Path) -> str:
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as stream:
            data = stream.read(_ENOUGH)
    except OSError:  # Excel may hold it so that nobody else can read it
        return ""
    name = _libre_office(data) if path.name.startswith(_LIBRE) else _microsoft(data)
    return collapsed(without_forbidden(name))


def _libre_office(data: bytes) -> str:
    """``张三,zhangsan,CAIWU-PC,20.11.2026 17:45,file:///…;``: the name (or else the account), and the machine."""
    fields = [_ESCAPED.sub(r"\1", field) for field in re.split(r"(?<!\\),", data.decode("utf-8", errors="replace"))]
    name, account, host = (field.strip() for field in (*fields, "", "", "")[:3])
    return f"{name or account}（{host}）" if host and (name or account) else name or account or host


def _microsoft(data: bytes) -> str:
    """One byte of length, the name in the code page of that machine, filled up; then length and name in UTF-16."""
    for at in _UTF16_AT:
        length = int.from_bytes(data[at : at + 2], "little")
        name = data[at + 2 : at + 2 + 2 * length]
        if 0 < length <= _LONGEST and len(name) == 2 * length:
            return name.decode("utf-16-le", errors="replace").strip("\0 ")
    length = data[0] if data else 0
    return data[1 : 1 + length].decode("gb18030", errors="replace") if 0 < length <= _LONGEST else ""
