"""One number with what the number book (号簿) knows of it, where no paper of the archive carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pipeline.core.acts import in_full
from pipeline.core.calendar import written
from pipeline.core.messages import _
from pipeline.core.text import on_one_line


class Line(Protocol):
    """One line of the ledger; the register's entry fits. ``state`` is "reserved", "void", "imported" or "allocated"."""

    @property
    def series(self) -> str:
        """The series it belongs to."""

    @property
    def text(self) -> str:
        """The number as written."""

    @property
    def state(self) -> str:
        """What became of it."""

    @property
    def paper(self) -> str:
        """The id of the paper that bears it; "" when none of the archive does."""

    @property
    def title(self) -> str:
        """Of the paper that is not in the archive."""

    @property
    def by(self) -> str:
        """Who took it."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def reason(self) -> str:
        """What it is kept for, why it is void, what the paper register notes."""

    @property
    def dated(self) -> date | None:
        """The day of that paper."""

    @property
    def until(self) -> date | None:
        """The last day of a reservation."""


class Ledger(Protocol):
    """What knows the numbers; the register fits."""

    def named(self, text: str) -> Sequence[Line]:
        """The numbers written so."""


@dataclass(frozen=True, slots=True)
class NumberView:
    """A number without a paper in the archive, for the terminal and for programs."""

    line: Line

    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is known, as label and value; nothing that is empty."""
        line = self.line
        told = (_("用途"), line.reason) if line.state == "reserved" else (_("原因或备注"), line.reason)
        every = (
            (_("号"), in_full(line.series, line.text)),
            (_("状态"), _state(line.state)),
            (_("题名"), on_one_line(line.title)),
            (_("日期"), written(line.dated) if line.dated else ""),
            told,
            (_("留到"), written(line.until) if line.until else ""),
            (_("来自"), line.by),
            (_("登记时间"), line.at.strftime("%Y-%m-%d %H:%M:%S")),
        )
        return tuple((label, value) for label, value in every if value)

    def as_json(self) -> dict[str, object]:
        """Keys in English, for ``--json``."""
        line = self.line
        return {
            "number": line.text,
            "series": line.series,
            "state": line.state,
            "title": line.title,
            "date": line.dated.isoformat() if line.dated else None,
            "reason": line.reason,
            "until": line.until.isoformat() if line.until else None,
            "by": line.by,
            "at": line.at.isoformat(),
        }


def paperless(text: str, ledger: Ledger) -> tuple[NumberView, ...]:
    """The numbers written so that the number book knows, and no paper of the archive bears."""
    return tuple(NumberView(line) for line in ledger.named(text) if not line.paper)


def _state(state: str) -> str:
    return {
        "reserved": _("预留，还没有文件"),
        "void": _("作废，不会再用"),
        "imported": _("手工登记簿补登，文件不在档案里"),
        "allocated": _("已用，文件不在档案里"),
    }[state]
