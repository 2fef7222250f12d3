"""The number ledger: what was given, and whether each series is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from pipeline.cli import number_acts
from pipeline.cli.terminal import YEAR, Terminal
from pipeline.core.acts import in_full
from pipeline.core.calendar import written
from pipeline.core.messages import _
from pipeline.core.text import on_one_line

if TYPE_CHECKING:
    from pipeline.numbering import SeriesReport
    from pipeline.register import LedgerEntry


@click.group(help=_("号簿：已编的号、是否连续，预留、释放、作废，补登手工登记簿"))
def number() -> None:
    """``number list``, ``continuity``, ``reserve``, ``release``, ``void``, ``import``."""


for command in (number_acts.reserve, number_acts.release, number_acts.void, number_acts.import_register):
    number.add_command(command)


@number.command(name="list", help=_("列出编过、预留、作废和补登的号"))
@click.option("--year", type=YEAR, default=None, help=_("只看某一年"))
@click.option("--series", default="", help=_("只看某一种号，如 某委发"))
@click.pass_obj
def list_numbers(terminal: Terminal, year: int | None, series: str) -> int:
    """Every number with what became of it. Exit 1 when there is none."""
    from pipeline.numbering import has_expired
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        entries = office.register.ledger(series, year or 0)
        today = office.now().date()
    terminal.table(
        [_("号"), _("状态"), _("题名、用途或原因"), _("来自")],
        [(in_full(one.series, one.text), _state(one, today), _about(one), one.by) for one in entries],
    )
    if not entries:
        terminal.say(_("没有找到"))
    terminal.data([{**asdict(one), "expired": has_expired(one, today)} for one in entries])
    return 0 if entries else 1


@number.command(name="continuity", help=_("每一种号从几到几，有没有断号，预留过期没有"))
@click.pass_obj
def show_continuity(terminal: Terminal) -> int:
    """Exit 1 when a series has a gap, or a reservation that has expired and was not released."""
    from pipeline.numbering import continuity
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        entries = office.register.ledger()
        reports = continuity(entries, office.settings.starts, office.now().date())
    for report in reports:
        for line in _lines(report, entries):
            terminal.say(line)
    if not reports:
        terminal.say(_("还没有编过号"))
    terminal.data([asdict(report) for report in reports])
    return 0 if all(report.whole and not report.expired for report in reports) else 1


def _state(entry: LedgerEntry, today: date) -> str:
    from pipeline.numbering import has_expired

    if entry.state == "reserved" and entry.until is not None:
        if has_expired(entry, today):
            return _("预留，{day}到期，已过期").format(day=written(entry.until))
        return _("预留至{day}").format(day=written(entry.until))
    names = {"allocated": _("已用"), "reserved": _("预留"), "void": _("作废"), "imported": _("手工登记")}
    if entry.state == "allocated" and not entry.paper:
        return _("已用，文件不在档案里")
    return names[entry.state]


def _about(entry: LedgerEntry) -> str:
    title = on_one_line(entry.title)
    if entry.state != "imported":
        return title or entry.reason
    return (
        _("{title}（{note}）").format(title=title, note=entry.reason)
        if title and entry.reason
        else title + entry.reason
    )


def _lines(report: SeriesReport, entries: Iterable[LedgerEntry]) -> Iterator[str]:
    """A series and year for people: one line, and below it what needs a second look."""
    gaps = [(gap.first, gap.last) for gap in report.gaps]
    yield _("{series} {year}年：{first}–{last}，共 {count} 个，{gaps}，接下来编 {next}").format(
        series=report.series,
        year=report.year,
        first=report.first,
        last=report.last,
        count=report.count,
        gaps=_("断号 {missing}").format(missing=_ranges(gaps)) if gaps else _("没有断号"),
        next=report.next,
    )
    if report.imported:
        yield _("    手工登记：{numbers}").format(numbers=_ranges(_runs(report.imported)))
    own = {one.n: one for one in entries if (one.series, one.year) == (report.series, report.year)}
    for n in report.reserved:
        late = _("，已过期，请用掉或释放") if n in report.expired else ""
        until = own[n].until
        limit = _("，至{day}").format(day=written(until)) if until else ""
        yield _("    预留 {n}：{reason}（{by}{limit}{late}）").format(
            n=n, reason=own[n].reason, by=own[n].by, limit=limit, late=late
        )
    for n in report.void:
        yield _("    作废 {n}：{reason}（{by}）").format(n=n, reason=own[n].reason, by=own[n].by)
    takers = _("、").join(_("{by} {count} 个").format(by=by, count=count) for by, count in report.by)
    yield _("    来自：{takers}").format(takers=takers)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers in order as runs of first and last."""
    runs: list[tuple[int, int]] = []
    for n in numbers:
        if runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs


def _ranges(runs: Iterable[tuple[int, int]]) -> str:
    return _("、").join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
