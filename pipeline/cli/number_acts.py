"""What is done to numbers by hand: ``number reserve``, ``release``, ``void`` and ``import``."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.cli.terminal import YEAR, Terminal
from pipeline.core.acts import in_full
from pipeline.core.calendar import written
from pipeline.core.messages import _
from pipeline.core.text import collapsed, nfc

if TYPE_CHECKING:
    from pipeline.books import Done
    from pipeline.core.acts import NumberAct
    from pipeline.numberbook import OldSheet
    from pipeline.office import Office

SENT_BACK = 3
_SHOWN = 8
_UNSIGNED = "没有署名"
"""Kept in the archive for ever, so in the office's language and not in that of the terminal."""

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Words(click.ParamType[str]):
    """Words of a person: on one line, not blank."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The words without blanks at the ends."""
        return collapsed(nfc(str(value))) or self.fail(_("不能是空白"), param, ctx)


class Day(click.ParamType[date]):
    """A day, written 2020-12-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(_("“{value}”不是日期，写法如 2020-12-31").format(value=value), param, ctx)


def login() -> str:
    """Who is at the keyboard, as the system knows him."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return _UNSIGNED


def signed(command: _Command) -> _Command:
    """``--by``: whoever does it."""
    return click.option("--by", type=Words(), default=login, help=_("经手人（默认是登录名）"))(command)


def _year(command: _Command) -> _Command:
    return click.option("--year", type=YEAR, default=None, help=_("哪一年的号（默认今年）"))(command)


@click.command(help=_("预留一个号：下一个没有用过的，或 -n 指定的"))
@click.argument("series", type=Words())
@_year
@click.option("-n", "n", type=click.IntRange(1, 999_999), default=None, help=_("指定几号"))
@click.option("--purpose", type=Words(), required=True, help=_("用途"))
@click.option("--until", type=Day(), default=None, help=_("留到哪一天，如 2020-12-31"))
@signed
@click.pass_obj
def reserve(
    terminal: Terminal, series: str, year: int | None, n: int | None, purpose: str, until: date | None, by: str
) -> int:
    """A reserved number is given to nobody but the paper whose sender writes it. Exit 1 when it cannot be had."""
    from pipeline.books import Why
    from pipeline.numberbook import reserve

    with writing(terminal, "number reserve") as office:
        today = office.now().date()
        if until is not None and until < today:
            raise click.BadParameter(_("{day}已经过了").format(day=written(until)), param_hint="--until")
        done = reserve(office, series, year or today.year, n, Why(purpose, by), until)
    limit = _("，留到{day}").format(day=written(until)) if until else ""
    terminal.say(
        _("预留了 {number}，用途：{purpose}{limit}").format(number=_number(done), purpose=purpose, limit=limit)
    )
    terminal.say(_("把它写进表格的文号一栏就会用掉；不用了请运行 gongwen number release"))
    return _tell(terminal, done)


@click.command(help=_("释放一个预留的号，以后照常编给别的文件"))
@click.argument("number", type=Words())
@_year
@click.option("--reason", type=Words(), default=None, help=_("原因"))
@signed
@click.pass_obj
def release(terminal: Terminal, number: str, year: int | None, reason: str | None, by: str) -> int:
    """Exit 1 when the number is not reserved."""
    from pipeline.books import Why
    from pipeline.numberbook import release

    with writing(terminal, "number release") as office:
        done = release(office, number, year or office.now().year, Why(reason or "", by))
    terminal.say(_("释放了 {number}").format(number=_number(done)))
    return _tell(terminal, done)


@click.command(help=_("作废一个预留或没有用过的号，永远不再用"))
@click.argument("number", type=Words())
@_year
@click.option("--reason", type=Words(), required=True, help=_("原因"))
@signed
@click.pass_obj
def void(terminal: Terminal, number: str, year: int | None, reason: str, by: str) -> int:
    """Exit 1 when the number was used; it says what to do then."""
    from pipeline.books import Why
    from pipeline.numberbook import void

    with writing(terminal, "number void") as office:
        done = void(office, number, year or office.now().year, Why(reason, by))
    terminal.say(_("作废了 {number}，原因：{reason}").format(number=_number(done), reason=reason))
    return _tell(terminal, done)


@click.command(name="import", help=_("补登手工登记簿（文号、题名、成文日期、备注）；不加 --apply 只检查、不登记"))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--apply", is_flag=True, help=_("登记下来"))
@signed
@click.pass_obj
def import_register(terminal: Terminal, file: Path, apply: bool, by: str) -> int:
    """The paper register so far, all of it or nothing. Exit 3 when a line is wrong."""
    from pipeline.numberbook import enter_old_register, read_old_register
    from pipeline.office import Office

    if not apply:
        with Office.open(terminal.workspace) as office:
            sheet = read_old_register(office, file)
            _tell_sheet(terminal, office, sheet)
        if sheet.register.is_good and sheet.register.lines:
            terminal.say(_("现在只是检查，还没有登记；核对以后加 --apply 再运行一次"))
        _tell_sheet_as_data(terminal, sheet, None)
        return 0 if sheet.register.is_good else SENT_BACK
    done = None
    with writing(terminal, "number import") as office:
        sheet = read_old_register(office, file)
        _tell_sheet(terminal, office, sheet)
        if sheet.register.is_good and sheet.register.lines:
            done = enter_old_register(office, sheet, by)
    if done is not None:
        terminal.say(_("登记好了 {count} 个号").format(count=len(done.entry.lines)))
        tell_trouble(done)
    _tell_sheet_as_data(terminal, sheet, done)
    return 0 if sheet.register.is_good else SENT_BACK


@contextmanager
def writing(terminal: Terminal, purpose: str) -> Iterator[Office]:
    """The office, with us as its one writer, after what an earlier run left unfinished is done."""
    from pipeline.logs import log_to
    from pipeline.office import Office
    from pipeline.recovery import recover

    with Office.open(terminal.workspace) as office, office.writing(purpose):
        log_to(office.settings.private / "logs")
        recover(office)
        yield office


def _tell(terminal: Terminal, done: Done[NumberAct]) -> int:
    act = done.entry
    number = act.lines[0].number
    tell_trouble(done)
    terminal.data(
        {
            "number": number.text,
            "series": number.series,
            "year": number.year,
            "n": number.n,
            "action": act.action.value,
            "reason": act.reason,
            "by": act.by,
            "until": act.until,
            "record": act.files["act"].path,
            "filed": not done.trouble,
        }
    )
    return 0


def tell_trouble(done: Done[Any]) -> None:
    """It is done; only the archive's copy is late. On the side of errors, so that a program's output stays whole."""
    if done.trouble:
        click.echo(
            _("已经登记，不用再做一次；档案库里的记录还没有写成（{trouble}），下次运行会接着写").format(
                trouble=done.trouble
            ),
            err=True,
        )


def _tell_sheet(terminal: Terminal, office: Office, sheet: OldSheet) -> None:
    """What is wrong in a paper register, what is new in it, and which number would be next."""
    from pipeline.numbering import next_numbers

    register = sheet.register
    for finding in register.findings:
        terminal.say(finding.sentence())
    if not register.is_good:
        terminal.say(_("有错误，一个号也没有登记；改好以后再运行一次"))
        return
    for line in register.lines[:_SHOWN]:
        terminal.say(f"    {in_full(line.number.series, line.number.text)} {line.title or line.note}")
    if len(register.lines) > _SHOWN:
        terminal.say(_("    ……还有 {count} 个").format(count=len(register.lines) - _SHOWN))
    terminal.say(_("新的号 {new} 个，以前登记过的 {known} 个").format(new=len(register.lines), known=register.known))
    pairs = {(line.number.series, line.number.year) for line in register.lines}
    taken = {pair: office.register.taken(*pair) for pair in pairs}
    for series, year, following, last in next_numbers(register.lines, taken, office.settings.starts):
        hole = _("，登记簿里缺这个号；它要是用过或作废过，请先补进表里或 number void") if following < last else ""
        terminal.say(
            _("{series} {year}年：接下来编 {following} 号{hole}").format(
                series=series, year=year, following=following, hole=hole
            )
        )


def _tell_sheet_as_data(terminal: Terminal, sheet: OldSheet, done: Done[NumberAct] | None) -> None:
    register = sheet.register
    terminal.data(
        {
            "accepted": register.is_good,
            "applied": done is not None,
            "numbers": [line.number.text for line in register.lines],
            "known": register.known,
            "findings": [finding.as_json() for finding in register.findings],
            "record": done.entry.files["act"].path if done else None,
        }
    )


def _number(done: Done[NumberAct]) -> str:
    number = done.entry.lines[0].number
    return in_full(number.series, number.text)
