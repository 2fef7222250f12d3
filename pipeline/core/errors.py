"""The errors this product raises on purpose, and the exit code each one means.

    GongwenError
    +-- AnswerIsNo             1   the question was understood, and the answer is no
    +-- ArchiveDamaged         4   a filed paper is missing or changed
    +-- CannotRender           5   a Word file cannot be printed faithfully
    +-- ConfigurationError     6   gongwen.toml, a kind or a template is wrong
    |   +-- OutOfReach         6   a folder on the share is gone; all goes on when it is back
    +-- OfficeBusy             7   another writer works on this office

A finding in somebody's workbook is no error but a value (``findings.Finding``); it becomes exit code 3.
Everything else that rises is a bug and ends with 70. Code below ``cli`` lets unknown errors rise.
"""

from __future__ import annotations


class GongwenError(Exception):
    """Something a person can mend: what is wrong, where, and the way out.

    ``what`` and ``remedy`` are whole sentences in the language of the user; ``where`` names a file, a key, a cell.
    """

    exit_code = 70

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        first = f"{self.where}: {self.what}" if self.where else self.what
        return f"{first}\n{self.remedy}" if self.remedy else first

    def __reduce__(self) -> tuple[object, ...]:
        """Errors travel back from worker processes whole."""
        return _rebuild, (type(self), self.what, self.where, self.remedy)


def _rebuild(kind: type[GongwenError], what: str, where: str, remedy: str) -> GongwenError:
    return kind(what, where=where, remedy=remedy)


class AnswerIsNo(GongwenError):
    """The command ran and its answer is no: nothing found, a check failed."""

    exit_code = 1


class ArchiveDamaged(GongwenError):
    """The archive does not agree with its register or its digests."""

    exit_code = 4


class CannotRender(GongwenError):
    """A Word file holds what cannot be printed faithfully; the refusals stand in ``what``, one a line."""

    exit_code = 5


class ConfigurationError(GongwenError):
    """gongwen.toml, a kind, a policy or a template is wrong; ``where`` is file and key."""

    exit_code = 6


class OutOfReach(ConfigurationError):
    """Inbox or archive is not there, or is not the folder it was: a share that is lost, never an empty one."""


class OfficeBusy(GongwenError):
    """Another process writes in this office; ``what`` names it."""

    exit_code = 7
