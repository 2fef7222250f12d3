"""The number ledger: what was given, and whether each series is whole."""

from __future__ import annotations

from dataclasses import asdict

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.messages import _


@click.group(help=_("号簿：已编的号、是否连续"))
def number() -> None:
    """``number list`` and ``number continuity``."""


@number.command(name="list", help=_("列出编过的号"))
@click.option("--year", type=int, default=0, help=_("只看某一年"))
@click.option("--series", default="", help=_("只看某一种号，如 铜王组发"))
@click.pass_obj
def list_numbers(terminal: Terminal, year: int, series: str) -> int:
    """Every number with the paper that carries it. Exit 1 when there is none."""
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        entries = office.register.ledger(series, year)
    states = {"allocated": _("已用"), "reserved": _("预留"), "void": _("作废")}
    terminal.table(
        [_("号"), _("状态"), _("题名"), _("来自")],
        [(entry.text, states.get(entry.state, entry.state), entry.title, entry.by) for entry in entries],
    )
    terminal.data([asdict(entry) for entry in entries])
    return 0 if entries else 1


@number.command(name="continuity", help=_("每一种号从几到几，有没有断号"))
@click.pass_obj
def show_continuity(terminal: Terminal) -> int:
    """Exit 1 when a series has a gap."""
    from pipeline.numbering import continuity
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        reports = continuity(office.register.ledger(), office.settings.starts)
    terminal.table(
        [_("号"), _("年"), _("从"), _("到"), _("个数"), _("断号")],
        [
            (
                report.series,
                str(report.year),
                str(report.first),
                str(report.last),
                str(report.count),
                "、".join(_range(gap.first, gap.last) for gap in report.gaps) or _("无"),
            )
            for report in reports
        ],
    )
    terminal.data([asdict(report) for report in reports])
    return 0 if all(report.whole for report in reports) else 1


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
