"""The daily work: ``run``, ``watch``, ``check``, ``status``."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.acts import in_full
from pipeline.core.calendar import on_the_clock
from pipeline.core.messages import _

if TYPE_CHECKING:
    from pipeline.flow import Outcome
    from pipeline.office import Office
    from pipeline.standing import Standing

SENT_BACK = 3


@click.command(help=_("把收件夹里现有的表格处理一遍"))
@click.option("--dry-run", is_flag=True, help=_("只预演：会编什么号、归档什么、退回什么；什么都不改动"))
@click.pass_obj
def run(terminal: Terminal, dry_run: bool) -> int:
    """Everything now in the inbox, once. Exit 3 when something was, or would be, sent back."""
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        outcomes = _rehearse(terminal, office) if dry_run else _run(terminal, office)
    return SENT_BACK if any(outcome.state == "returned" for outcome in outcomes) else 0


def _run(terminal: Terminal, office: Office) -> list[Outcome]:
    from pipeline.cli.words import outcome_json, say_outcome, say_summary
    from pipeline.logs import log_to
    from pipeline.rounds import run_once

    outcomes: list[Outcome] = []
    with office.writing("run"):
        log_to(office.settings.private / "logs")
        try:
            with terminal.progress() as bar:
                for outcome in run_once(office, bar):
                    outcomes.append(outcome)
                    say_outcome(terminal, outcome, office.settings.root)
        finally:  # an error of one workbook comes at the end: what became of the others is told first
            if outcomes:
                say_summary(terminal, outcomes)
                terminal.data([outcome_json(outcome, office.settings.root) for outcome in outcomes])
    if not outcomes:
        say_summary(terminal, outcomes)
        terminal.data([])
    return outcomes


def _rehearse(terminal: Terminal, office: Office) -> list[Outcome]:
    from pipeline.cli.words import outcome_json, say_planned
    from pipeline.logs import log_nowhere
    from pipeline.rehearsal import rehearse

    log_nowhere()
    outcomes: list[Outcome] = []
    with terminal.progress() as bar:
        for outcome in rehearse(office, bar):
            outcomes.append(outcome)
            say_planned(terminal, outcome)
    terminal.say(_("以上只是预演，没有编号，没有改动任何文件"))
    terminal.data({"dry_run": True, "workbooks": [outcome_json(one, office.settings.root) for one in outcomes]})
    return outcomes


@click.command(help=_("一直守着收件夹，来一份处理一份"))
@click.pass_obj
def watch(terminal: Terminal) -> int:
    """The same, for ever; SIGTERM or Ctrl-C ends it after the workbook at hand, a second Ctrl-C at once."""
    from pipeline.cli.words import say_outcome
    from pipeline.intake.watch import Alarm
    from pipeline.logs import log_to
    from pipeline.office import Office
    from pipeline.watching import keep_watching

    with Alarm() as alarm, Office.open(terminal.workspace) as office, office.watching():
        _stop_on_signals(alarm.stop, lambda: alarm.stopped)
        log_to(office.settings.private / "logs")
        terminal.say(_("正在守着 {inbox}，按 Ctrl-C 停止").format(inbox=office.settings.inbox))
        keep_watching(office, alarm, lambda outcome: say_outcome(terminal, outcome, office.settings.root))
    terminal.say(_("已停止"))
    return 0


def _stop_on_signals(stop: Callable[[], None], is_stopping: Callable[[], bool]) -> None:
    """The first signal asks; a second Ctrl-C from an impatient person ends it where it is: nothing is lost by that."""

    def handle(number: int, _frame: FrameType | None) -> None:
        if is_stopping() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)


@click.command(help=_("只检查一个表格，不编号、不归档"))
@click.argument("workbook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def check(terminal: Terminal, workbook: Path) -> int:
    """Validate only; writes nothing in the workspace. Exit 3 when there are findings."""
    from pipeline.core.findings import errors
    from pipeline.flow import understand
    from pipeline.intake.claim import claim
    from pipeline.office import Office
    from pipeline.rehearsal import on_stage

    with Office.open(terminal.workspace) as office, on_stage(office) as stage:
        claimed = claim(workbook.resolve(), stage.spool, now=office.now())
        batch, findings = understand(claimed, stage)
    for finding in findings:
        terminal.say(f"{finding.sentence()}")
    if batch is not None:
        terminal.say(
            _("可以受理：{kind}，新文件 {new} 份，已归档过 {known} 份").format(
                kind=batch.kind.name, new=len(batch.records), known=len(batch.known)
            )
        )
    else:
        terminal.say(_("共 {count} 处要改").format(count=len(errors(findings))))
    terminal.data({"accepted": batch is not None, "findings": [finding.as_json() for finding in findings]})
    return 0 if batch is not None else SENT_BACK


@click.command(help=_("守着的程序是否活着、什么在等谁、今天编了哪些号"))
@click.pass_obj
def status(terminal: Terminal) -> int:
    """Exit 0 when a watcher is alive and nothing is out of reach, 1 otherwise."""
    from pipeline.office import Office
    from pipeline.standing import standing_of

    with Office.open(terminal.workspace) as office:
        standing = standing_of(office)
    _say_standing(terminal, standing)
    numbers = [in_full(number.series, number.text) for number in standing.numbers_today]
    terminal.data({**asdict(standing), "numbers_today": numbers})
    return 0 if standing.is_well else 1


def _say_standing(terminal: Terminal, standing: Standing) -> None:
    from pipeline.cli.words import spans

    watcher = standing.watcher
    moments = {key: on_the_clock(str(watcher[key])) for key in ("since", "last_scan", "alive_at") if watcher.get(key)}
    if watcher.get("alive"):
        how = _("有变化就看") if watcher["mode"] == "events" else _("按时间看")
        terminal.say(
            _("正在守着（{host} 上的进程 {pid}，{since} 开始，{how}，上次查看 {last_scan}）").format(
                **{**watcher, **moments, "how": how}
            )
        )
    elif watcher:
        terminal.say(_("守着的程序没有动静了（上次 {alive_at}）；用 gongwen watch 重新启动").format(**moments))
    else:
        terminal.say(_("没有程序在守着收件夹；用 gongwen watch 启动"))
    for what in standing.lost.values():
        terminal.say(_("够不着：{what}").format(what=what))
    if standing.working_on:
        terminal.say(_("正在处理：{name}（{done}/{total}）").format(**standing.working_on))
    terminal.say(_("等着处理：{count}").format(count=_counted(standing.waiting)))
    for name, why in standing.waiting.items():
        terminal.say(f"    {name}{_('：')}{why}")
    if standing.scans:
        terminal.say(_("其中扫描件：{count} 个").format(count=standing.scans))
    if standing.unfinished:
        terminal.say(_("已编号、还没办完：{names}").format(names=_("、").join(standing.unfinished)))
    terminal.say(_("退回未取走：{names}").format(names=_("、").join(standing.returned) or _("没有")))
    if standing.answered:
        terminal.say(_("退回里已经改好办成、可以删掉的：{names}").format(names=_("、").join(standing.answered)))
    terminal.say(_("今天编的号：{names}").format(names=spans(standing.numbers_today) or _("没有")))
    terminal.say(_("今年已盖章的：{count} 件").format(count=standing.sealed))


def _counted(waiting: Mapping[str, str]) -> str:
    return _("{count} 个").format(count=len(waiting)) if waiting else _("没有")
