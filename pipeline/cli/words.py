"""Outcomes in words for people and in JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.cli.terminal import Terminal
from pipeline.core.acts import in_full, number_in_full
from pipeline.core.archival import UNARRANGED
from pipeline.core.findings import Severity, errors
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledPaper, Number
from pipeline.flow import Outcome

_SHOWN = 3


def say_outcome(terminal: Terminal, outcome: Outcome, root: Path) -> None:
    """One workbook, one line; what came back with its first findings below."""
    match outcome.state:
        case "filed":
            numbers = spans(Number(one.series, one.year, one.n, one.number) for one in outcome.papers if one.number)
            what = _("收到盖章件 {count} 件") if outcome.is_scan else _("归档 {count} 份")
            words = what.format(count=len(outcome.papers)) + (
                _("（{numbers}）").format(numbers=numbers) if numbers else ""
            )
        case "known":
            words = _("{count} 份以前都归档过，没有重复归档").format(count=len(outcome.papers))
        case "returned":
            words = _("退回，{count} 处要改").format(count=len(errors(outcome.findings)))
            if outcome.papers:
                words = _("收到盖章件 {count} 件").format(count=len(outcome.papers)) + _("；") + words
        case "waiting":
            words = outcome.why
        case "left":
            words = _("没有处理，留在收件夹：{why}").format(why=outcome.why)
    where = f" → {_relative(outcome.delivered, root)}" if outcome.delivered else ""
    terminal.say(f"{outcome.name}{_('：')}{words}{where}")
    if outcome.why and outcome.state not in ("waiting", "left"):
        terminal.say(f"    {outcome.why}")
    if outcome.state == "returned":
        first = sorted(outcome.findings, key=lambda finding: finding.severity is Severity.WARNING)
        for finding in first[:_SHOWN]:
            reminder = f"{_('提醒')}{_('：')}" if finding.severity is Severity.WARNING else ""
            terminal.say(f"    {reminder}{finding.sentence()}")
        if len(first) > _SHOWN:
            terminal.say(_("    ……还有 {count} 处，见退回的表格或说明").format(count=len(first) - _SHOWN))


def say_planned(terminal: Terminal, outcome: Outcome) -> None:
    """What would become of one workbook: every paper with its number, every finding."""
    match outcome.state:
        case "filed":
            what = _("会收下盖章件 {count} 件") if outcome.is_scan else _("会归档 {count} 份")
            words = what.format(count=len(outcome.papers))
        case "known":
            words = _("{count} 份都归档过，不会重复归档").format(count=len(outcome.papers))
        case "returned":
            words = _("会退回，{count} 处要改").format(count=len(errors(outcome.findings)))
            if outcome.papers:
                words = _("会收下盖章件 {count} 件").format(count=len(outcome.papers)) + _("；") + words
        case "waiting":
            words = _("现在不会收：{why}").format(why=outcome.why)
        case "left":
            words = _("现在处理不了：{why}").format(why=outcome.why)
    terminal.say(f"{outcome.name}{_('：')}{words}")
    if outcome.state == "filed":
        for paper in outcome.papers:
            number = number_in_full(paper) or paper.archival_code or _(UNARRANGED)
            terminal.say(f"    {paper.kind_name}  {number}  {on_one_line(paper.title)}")
    for finding in outcome.findings:
        terminal.say(f"    {finding.sentence()}")


def say_summary(terminal: Terminal, outcomes: Sequence[Outcome]) -> None:
    """What a run did, in one line."""
    if not outcomes:
        terminal.say(_("收件夹里没有要处理的表格"))
        return
    filed = sum(len(one.papers) for one in outcomes if one.state == "filed" and not one.is_scan)
    sealed = sum(len(one.papers) for one in outcomes if one.state != "known" and one.is_scan)
    returned = sum(outcome.state == "returned" for outcome in outcomes)
    waiting = sum(outcome.state in ("waiting", "left") for outcome in outcomes)
    terminal.say(
        _("共 {books} 个表格：归档 {filed} 份文件，退回 {returned} 个表格，等待 {waiting} 个").format(
            books=len(outcomes), filed=filed, returned=returned, waiting=waiting
        )
        + (_("；收到盖章件 {count} 件").format(count=sealed) if sealed else "")
    )


def outcome_json(outcome: Outcome, root: Path) -> Mapping[str, object]:
    """One workbook for a program."""
    return {
        "workbook": outcome.name,
        "state": outcome.state,
        "papers": [paper_json(paper) for paper in outcome.papers],
        "findings": [finding.as_json() for finding in outcome.findings],
        "why": outcome.why,
        "delivered": _relative(outcome.delivered, root) if outcome.delivered else None,
    }


def paper_json(paper: FiledPaper) -> Mapping[str, object]:
    """One paper for a program: what a person would ask of it, and where its files lie below the archive."""
    return {
        "paper": paper.paper,
        "kind": paper.kind,
        "number": paper.number,
        "series": paper.series,
        "title": paper.title,
        "organisation": paper.organisation,
        "date": paper.date.isoformat(),
        "archival_code": paper.archival_code,
        "retention": paper.retention,
        "status": paper.status,
        "files": {role: file.path for role, file in paper.files.items()},
    }


def spans(numbers: Iterable[Number]) -> str:
    """Numbers of papers, series by series; what follows without a gap as its first and last."""
    runs: list[list[Number]] = []
    for number in sorted(numbers, key=lambda one: (one.series, one.year, one.n)):
        last = runs[-1][-1] if runs else None
        if last and (last.series, last.year, last.n + 1) == (number.series, number.year, number.n):
            runs[-1].append(number)
        else:
            runs.append([number])
    return _("、").join(_span([in_full(number.series, number.text) for number in run]) for run in runs)


def _span(numbers: Sequence[str]) -> str:
    if len(numbers) <= _SHOWN:
        return _("、").join(numbers)
    return _("{first} 至 {last}").format(first=numbers[0], last=numbers[-1])


def _relative(path: Path | None, root: Path) -> str:
    if path is None:
        return ""
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
