"""What is done to papers after filing: withdraw, repeal, appraise, hold, unhold, dispose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.number_acts import Day, Words, signed, tell_trouble, writing
from pipeline.cli.terminal import Terminal
from pipeline.core.acts import number_in_full
from pipeline.core.archival import UNARRANGED
from pipeline.core.calendar import written
from pipeline.core.deeds import RETENTION_WORDS, WORDS, Action, Deed
from pipeline.core.messages import _
from pipeline.core.text import on_one_line

if TYPE_CHECKING:
    from pipeline.books import Done
    from pipeline.core.values import FiledPaper
    from pipeline.disposal import Due
    from pipeline.office import Office

_PAPER = click.argument("paper", type=Words())
_PAPERS = click.argument("papers", type=Words(), nargs=-1)
_BY_DAY = click.option("--by-date", "day", type=Day(), default=None, help=_("到哪一天为止期满的（默认今天）"))


def _reason(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--reason", type=Words(), required=True, help=_("原因"))(command)


@click.command(help=_("撤销一份文件：自始无效；文号和文件都留着"))
@_PAPER
@_reason
@signed
@click.pass_obj
def withdraw(terminal: Terminal, paper: str, reason: str, by: str) -> int:
    """Void from the start. Exit 1 when it cannot be done."""
    return _do(terminal, Action.WITHDRAW, [paper], reason, by)


@click.command(help=_("废止一份文件：从某一天起失效"))
@_PAPER
@click.option("--from", "since", type=Day(), required=True, help=_("从哪天起废止，如 2020-12-31"))
@click.option("--replaced-by", "instead", type=Words(), default=None, help=_("由哪一份文件代替（文号、档号或编号）"))
@_reason
@signed
@click.pass_obj
def repeal(terminal: Terminal, paper: str, since: date, instead: str | None, reason: str, by: str) -> int:
    """Void from a day on. Exit 1 when it cannot be done."""
    from pipeline import deedbook

    with writing(terminal, "repeal") as office:
        (meant,) = _named(office, [paper])
        other = _named(office, [instead])[0] if instead is not None else None
        done = deedbook.repeal(office, meant, since, deedbook.Why(reason, by), other)
    return _tell(terminal, done)


@click.command(help=_("冻结文件：在解除以前不能销毁（诉讼、审计、巡察）"))
@click.argument("papers", type=Words(), nargs=-1, required=True)
@_reason
@signed
@click.pass_obj
def hold(terminal: Terminal, papers: tuple[str, ...], reason: str, by: str) -> int:
    """A legal hold. Exit 1 when it cannot be done."""
    return _do(terminal, Action.HOLD, papers, reason, by)


@click.command(help=_("解除冻结"))
@click.argument("papers", type=Words(), nargs=-1, required=True)
@_reason
@signed
@click.pass_obj
def unhold(terminal: Terminal, papers: tuple[str, ...], reason: str, by: str) -> int:
    """The hold is lifted. Exit 1 when it cannot be done."""
    return _do(terminal, Action.UNHOLD, papers, reason, by)


@click.command(help=_("到期鉴定：列出保管期限已满的文件；写了文件并加 --extend 就延长它们的保管期限"))
@_PAPERS
@_BY_DAY
@click.option("--extend", type=click.Choice(["Y", "D30"]), default=None, help=_("延长为永久（Y）或30年（D30）"))
@click.option("--reason", type=Words(), default=None, help=_("原因"))
@signed
@click.pass_obj
def appraise(
    terminal: Terminal, papers: tuple[str, ...], day: date | None, extend: str | None, reason: str | None, by: str
) -> int:
    """The list, or a longer retention for some papers. Exit 1 when it cannot be done."""
    from pipeline import disposal
    from pipeline.books import Why

    if extend is None:
        if papers:
            raise click.UsageError(_("要延长保管期限，请加 --extend Y 或 --extend D30；只看清单不用写文件"))
        return _list(terminal, day)
    if not papers or reason is None:
        raise click.UsageError(_("延长保管期限要写明是哪些文件和原因（--reason）"))
    with writing(terminal, "appraise") as office:
        done = disposal.extend(office, _named(office, papers), extend, Why(reason, by))
    return _tell(terminal, done)


@click.command(help=_("销毁：列出保管期限已满、可以销毁的文件；加 --apply 才销毁，要两个人"))
@_PAPERS
@_BY_DAY
@click.option("--apply", is_flag=True, help=_("真的销毁：写销毁清册，删去文件内容，文号、题名和日期留着"))
@click.option("--by", type=Words(), default=None, help=_("销毁人"))
@click.option("--and", "watched", type=Words(), default=None, help=_("监销人"))
@click.option("--reason", type=Words(), default=None, help=_("原因：鉴定意见、批准文件"))
@click.pass_obj
def dispose(
    terminal: Terminal,
    papers: tuple[str, ...],
    day: date | None,
    apply: bool,
    by: str | None,
    watched: str | None,
    reason: str | None,
) -> int:
    """The list, or the destruction of what it lists (of the papers that are named). Exit 1 when it cannot be done."""
    from pipeline import disposal
    from pipeline.books import Why

    if not apply:
        return _list(terminal, day)
    if by is None or watched is None or reason is None:
        raise click.UsageError(_("销毁要写明销毁人（--by）、监销人（--and）和原因（--reason）"))
    with writing(terminal, "dispose") as office:
        until = day or office.now().date()
        if until > office.now().date():
            raise click.BadParameter(_("不能销毁将来才到期的文件"), param_hint="--by-date")
        every = [one.paper for one in disposal.due(office, until) if not one.is_held]
        chosen = _named(office, papers) if papers else every
        done = disposal.destroy(office, chosen, Why(reason, by, (watched,)), until) if chosen else None
    if done is None:
        terminal.say(_("没有可以销毁的文件"))
        return 1
    code = _tell(terminal, done)
    terminal.say(_("销毁清册：{path}").format(path=done.entry.files["list"].path))
    return code


def _do(terminal: Terminal, action: Action, papers: Sequence[str], reason: str, by: str) -> int:
    from pipeline import deedbook
    from pipeline.deedbook import On, Why

    with writing(terminal, action.value) as office:
        done = deedbook.do(office, action, [On(paper) for paper in _named(office, papers)], Why(reason, by))
    return _tell(terminal, done)


def _named(office: Office, papers: Sequence[str]) -> list[FiledPaper]:
    """The papers that were named, each once. Raises ``AnswerIsNo`` for one that is not known."""
    from pipeline.retrieval import show

    found = [show(paper, office.register, office.settings.archive).paper for paper in papers]
    return list({paper.paper: paper for paper in found}.values())


def _tell(terminal: Terminal, done: Done[Deed]) -> int:
    deed = done.entry
    for line in deed.lines:
        terminal.say(f"{_(WORDS[deed.action])}{_('：')}{' '.join(part for part in (line.number, line.title) if part)}")
    terminal.say(_("记入 {path}").format(path=deed.files["deed"].path))
    tell_trouble(done)
    terminal.data(
        {
            "deed": deed.seq,
            "action": deed.action.value,
            "papers": [line.paper for line in deed.lines],
            "by": deed.by,
            "also": list(deed.also),
            "reason": deed.reason,
            "details": dict(deed.details),
            "record": deed.files["deed"].path,
            "files": [file.path for role, file in deed.files.items() if role != "deed"],
            "filed": not done.trouble,
        }
    )
    return 0


def _list(terminal: Terminal, day: date | None) -> int:
    """What is due by a day. Exit 0, whether there is something or nothing."""
    from pipeline.disposal import due
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        until = day or office.now().date()
        found = due(office, until)
    if not found:
        terminal.say(_("到{day}为止，没有保管期限已满的文件").format(day=written(until)))
    headings = (_("档号"), _("文号"), _("题名"), _("保管期限"), _("期满"), _("状态"))
    terminal.table(headings, [_row(one) for one in found])
    if found:
        held = sum(one.is_held for one in found)
        terminal.say(
            _("共 {count} 件，其中冻结 {held} 件不能销毁；要留的先用 appraise --extend 延长").format(
                count=len(found), held=held
            )
        )
    terminal.data([_as_json(one) for one in found])
    return 0


def _row(one: Due) -> tuple[str, ...]:
    state = _("冻结") if one.is_held else ""
    told = (one.paper.archival_code or _(UNARRANGED), number_in_full(one.paper), on_one_line(one.paper.title))
    return (*told, _(RETENTION_WORDS[one.retention]), written(one.until), state)


def _as_json(one: Due) -> dict[str, object]:
    return {
        "paper": one.paper.paper,
        "archival_code": one.paper.archival_code,
        "number": one.paper.number,
        "title": on_one_line(one.paper.title),
        "retention": one.retention,
        "until": one.until.isoformat(),
        "held": one.is_held,
        "status": one.paper.status,
    }
