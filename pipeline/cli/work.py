"""The daily work: ``run``, ``watch``, ``check``, ``status``."""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.messages import _

SENT_BACK = 3
_SILENT_AFTER = 120.0
"""Seconds without a scan after which a watcher counts as dead."""


@click.command(help=_("把收件夹里现有的表格处理一遍"))
@click.pass_obj
def run(terminal: Terminal) -> int:
    """Everything now in the inbox, once. Exit 3 when something was sent back."""
    from pipeline.cli.words import outcome_json, say_outcome, say_summary
    from pipeline.logs import log_to
    from pipeline.office import Office
    from pipeline.rounds import run_once

    outcomes = []
    with Office.open(terminal.workspace) as office, office.writing("run"):
        log_to(office.settings.private / "logs")
        with terminal.progress() as bar:
            for outcome in run_once(office, bar):
                outcomes.append(outcome)
                say_outcome(terminal, outcome, office.settings.root)
        say_summary(terminal, outcomes)
        terminal.data([outcome_json(outcome, office.settings.root) for outcome in outcomes])
    return SENT_BACK if any(outcome.state == "returned" for outcome in outcomes) else 0


@click.command(help=_("一直守着收件夹，来一份处理一份"))
@click.pass_obj
def watch(terminal: Terminal) -> int:
    """The same, for ever; SIGTERM or Ctrl-C ends it after the workbook at hand."""
    from pipeline.cli.words import say_outcome
    from pipeline.intake.watch import Alarm
    from pipeline.logs import log_to
    from pipeline.office import Office
    from pipeline.rounds import keep_watching

    alarm = Alarm()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_frame: alarm.stop())
    with Office.open(terminal.workspace) as office, office.writing("watch"):
        log_to(office.settings.private / "logs")
        terminal.say(_("正在守着 {inbox}，按 Ctrl-C 停止").format(inbox=office.settings.inbox))
        keep_watching(office, alarm, lambda outcome: say_outcome(terminal, outcome, office.settings.root))
    terminal.say(_("已停止"))
    return 0


@click.command(help=_("只检查一个表格，不编号、不归档"))
@click.argument("workbook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def check(terminal: Terminal, workbook: Path) -> int:
    """Validate only; writes nothing in the workspace. Exit 3 when there are findings."""
    import tempfile

    from pipeline.core.findings import errors
    from pipeline.flow import understand
    from pipeline.intake.claim import claim
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office, tempfile.TemporaryDirectory() as folder:
        claimed = claim(workbook.resolve(), Path(folder), now=office.now())
        batch, findings = understand(claimed, office)
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


@click.command(help=_("守着的程序是否活着、有什么在等、今天编了哪些号"))
@click.pass_obj
def status(terminal: Terminal) -> int:
    """Exit 0 when a watcher is alive, 1 when none is."""
    from pipeline.intake.inbox import arrivals
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        sign = _sign_of_life(office.settings.private / "watch.json", office.now())
        waiting = [arrival.path.name for arrival in arrivals(office.settings.inbox)]
        returned = sorted(path.name for path in office.returned.glob("*.xlsx")) if office.returned.is_dir() else []
        numbers = list(office.register.numbers_of(office.now().date()))
    alive = bool(sign.get("alive"))
    if alive:
        terminal.say(_("正在守着（{host} 上的进程 {pid}，上次查看 {last_scan}）").format(**sign))
    elif sign:
        terminal.say(_("守着的程序没有动静了（上次查看 {last_scan}）").format(**sign))
    else:
        terminal.say(_("没有程序在守着收件夹；用 gongwen watch 启动"))
    terminal.say(_("等着处理：{names}").format(names="、".join(waiting) or _("没有")))
    terminal.say(_("退回未取走：{names}").format(names="、".join(returned) or _("没有")))
    terminal.say(_("今天编的号：{names}").format(names="、".join(numbers) or _("没有")))
    terminal.data({"watcher": sign, "waiting": waiting, "returned": returned, "numbers_today": numbers})
    return 0 if alive else 1


def _sign_of_life(path: Path, now: datetime) -> dict[str, Any]:
    """What the watcher last wrote, with ``alive``; empty when there is no watcher."""
    try:
        sign: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    silent = (now - datetime.fromisoformat(sign["last_scan"])).total_seconds()
    here = sign.get("host") == os.uname().nodename if sys.platform != "win32" else False
    sign["alive"] = silent < _SILENT_AFTER and (not here or _runs(sign["pid"]))
    return sign


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
