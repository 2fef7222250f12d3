"""``arrange``: the papers of a year are put in order and get their 档号."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from pipeline.cli.number_acts import Words, signed, tell_trouble, writing
from pipeline.cli.terminal import YEAR, Terminal
from pipeline.core.acts import number_in_full
from pipeline.core.messages import _
from pipeline.core.text import on_one_line

if TYPE_CHECKING:
    from pipeline.books import Done
    from pipeline.core.deeds import Deed
    from pipeline.numbering import Arranged


@click.command(help=_("年度整理：把一年里还没有档号的文件排好顺序，编上档号"))
@click.argument("year", type=YEAR)
@click.option("--org", "organisation", default="", help=_("组织：全称、简称或代码"))
@click.option("--dry-run", is_flag=True, help=_("只列出会编成什么，什么也不改"))
@click.option("--checked-by", "checker", type=Words(), default=None, help=_("检查人，写进备考表"))
@signed
@click.pass_obj
def arrange(terminal: Terminal, year: int, organisation: str, dry_run: bool, checker: str | None, by: str) -> int:
    """One deed for all of them. Exit 1 when there is nothing to put in order."""
    from pipeline.arranging import planned, put_in_order
    from pipeline.books import Why
    from pipeline.office import Office
    from pipeline.retrieval import organisation_meant

    if dry_run:
        with Office.open(terminal.workspace) as office:
            whose = organisation_meant(organisation, office.settings.organisations) if organisation else None
            order, is_over = planned(office, year, whose), year < office.now().year
        return _tell(terminal, year, order, None, is_over)
    with writing(terminal, "arrange") as office:
        whose = organisation_meant(organisation, office.settings.organisations) if organisation else None
        order, is_over = planned(office, year, whose), year < office.now().year
        done = put_in_order(office, year, order, Why("", by, (checker,) if checker else ()))
    return _tell(terminal, year, order, done, is_over)


def _tell(terminal: Terminal, year: int, order: Sequence[Arranged], done: Done[Deed] | None, is_over: bool) -> int:
    """What was arranged, or would be: each class with its first and last 件号, and every paper of a rehearsal."""
    for lowest_class, papers in groupby(order, key=lambda one: one.code.lowest_class):
        own = list(papers)
        terminal.say(
            _("{lowest_class}：{count} 件，件号 {first:04}—{last:04}").format(
                lowest_class=lowest_class, count=len(own), first=own[0].code.piece, last=own[-1].code.piece
            )
        )
        for one in own if done is None else ():
            words = (one.code.text, one.paper.date.isoformat(), number_in_full(one.paper), on_one_line(one.paper.title))
            terminal.say(f"    {'  '.join(filter(None, words))}")
    if not is_over:
        terminal.say(_("{year}年还没有过完，以后归档的文件会接着往后编").format(year=year))
    if done is None:
        terminal.say(_("共 {count} 件；这只是预演，去掉 --dry-run 再运行一次才编档号").format(count=len(order)))
    else:
        terminal.say(
            _("编了 {count} 件的档号，记入 {path}").format(count=len(order), path=done.entry.files["deed"].path)
        )
        tell_trouble(done)
    terminal.data(
        {
            "year": year,
            "applied": done is not None,
            "papers": [{"paper": one.paper.paper, "archival_code": one.code.text} for one in order],
            "deed": done.entry.seq if done else None,
            "record": done.entry.files["deed"].path if done else None,
            "filed": not done.trouble if done else False,
        }
    )
    return 0
