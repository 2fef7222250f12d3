"""Reading JSON that we wrote ourselves, years ago, and that must be exactly so or be refused.

``json.loads`` is lenient where an archive must not be: a key twice keeps the last, ``NaN`` passes, ``true`` is an
``int``. Every reader here names the place of what is wrong (``files.pdf.size``) in an ``ArchiveDamaged``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.values import FiledFile
from pipeline.filing.layout import is_inside

_DIGEST = re.compile("[0-9a-f]{64}")
_HALF_A_CHARACTER = re.compile(rb"\\u[dD]")
"""JSON can escape half of a surrogate pair, which is no character and cannot be written again."""


@dataclass(frozen=True, slots=True)
class Strict:
    """A JSON object and its place in the whole; each method reads the value of one key or raises."""

    value: Mapping[str, object]
    place: str = ""

    def only(self, keys: Set[str]) -> None:
        """Exactly these keys."""
        for key in sorted(keys ^ self.value.keys()):
            self._refuse(key, _("缺少这一项") if key in keys else _("有不认识的一项"))

    def part(self, key: str) -> Strict:
        """An object within this one."""
        found = self._get(key)
        if not isinstance(found, dict):
            self._refuse(key)
        return Strict(found, self._where(key))

    def rows(self, key: str) -> tuple[Mapping[str, object], ...]:
        """A list of objects."""
        found = self._get(key)
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self._refuse(key)
        return tuple(found)

    def text(self, key: str) -> str:
        """A string."""
        found = self._get(key)
        if not isinstance(found, str):
            self._refuse(key)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        found = self._get(key)
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            self._refuse(key)
        return tuple(found)

    def count(self, key: str) -> int:
        """A whole number from 0."""
        found = self._get(key)
        if type(found) is not int or found < 0:
            self._refuse(key)
        return found

    def path(self, key: str) -> str:
        """A path that stays below the archive."""
        found = self.text(key)
        if not is_inside(found):
            self._refuse(key)
        return found

    def name(self, key: str) -> str:
        """An id that is also a folder's name: not empty, and no way to another folder."""
        found = self.path(key)
        if "/" in found:
            self._refuse(key)
        return found

    def digest(self, key: str) -> str:
        """A SHA-256, hexadecimal."""
        found = self.text(key)
        if not _DIGEST.fullmatch(found):
            self._refuse(key)
        return found

    def file(self, key: str) -> FiledFile:
        """A file of the archive: path, digest and size."""
        found = self.part(key)
        found.only({"path", "sha256", "size"})
        return FiledFile(found.path("path"), found.digest("sha256"), found.count("size"))

    def files(self, key: str) -> dict[str, FiledFile]:
        """Files of the archive by role."""
        found = self.part(key)
        return {role: found.file(role) for role in found.value}

    def words(self, key: str) -> dict[str, str]:
        """Strings by name."""
        found = self.part(key)
        return {name: found.text(name) for name in found.value}

    def day(self, key: str) -> date:
        """An ISO date."""
        written = self.text(key)
        try:
            found = date.fromisoformat(written)
        except ValueError:
            self._refuse(key)
        if found.isoformat() != written:  # the parser knows more forms than the one we write
            self._refuse(key)
        return found

    def moment(self, key: str) -> datetime:
        """An ISO date and time, with its zone: one without cannot be put in order with the others."""
        written = self.text(key)
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            self._refuse(key)
        if found.tzinfo is None or found.isoformat() != written:  # the parser knows more forms than the one we write
            self._refuse(key)
        return found

    def _get(self, key: str) -> object:
        if key not in self.value:
            self._refuse(key, _("缺少这一项"))
        return self.value[key]

    def _where(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _refuse(self, key: str, why: str = "") -> NoReturn:
        raise ArchiveDamaged(
            _("归档记录不完整：{why}").format(why=why or _("这一项的内容不对")), where=self._where(key)
        )


def strict_json(content: bytes) -> Strict:
    """The JSON object in ``content``. Raises ``ArchiveDamaged`` for anything else, a key twice included."""
    try:
        value = json.loads(content.decode(), object_pairs_hook=_without_doubles, parse_constant=_no_constant)
        if _HALF_A_CHARACTER.search(content):
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ArchiveDamaged(_("归档记录读不出来：{error}").format(error=error)) from error
    if not isinstance(value, dict):
        raise ArchiveDamaged(_("归档记录读不出来：{error}").format(error=_("不是一份记录")))
    return Strict(value)


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
