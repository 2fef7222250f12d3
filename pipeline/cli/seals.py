"""``seal``: sign a paper electronically; ``stamp``: the book of seals used (用印登记)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.number_acts import Words, signed, tell_trouble, writing
from pipeline.cli.terminal import YEAR, OutputFile, Terminal
from pipeline.core.messages import _

if TYPE_CHECKING:
    from pipeline.signing import Key, Signed

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_LIST = "list"


@click.command(help=_("电子签章：签进 PDF 里预留的签章位置，签好的放在归档文件旁边"))
@click.argument("paper", type=Words())
@click.option("--p12", required=True, type=_FILE, help=_("证书文件（.p12 或 .pfx）"))
@click.option("--passphrase-file", type=_FILE, default=None, help=_("证书口令在哪个文件里（不写就现问）"))
@click.option("--field", default="", help=_("签在哪个位置，如 seal:issuer（只有一个空位时不用写）"))
@click.option("--picture", type=_FILE, default=None, help=_("印章图片（PNG，透明背景）；不写就印签章人的姓名"))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help=_("不归档，签好的存到哪里"))
@signed
@click.pass_obj
def seal(
    terminal: Terminal,
    paper: str,
    p12: Path,
    passphrase_file: Path | None,
    field: str,
    picture: Path | None,
    output: Path | None,
    by: str,
) -> int:
    """PAPER is a filed paper (number, 档号, id), or with -o a PDF file. The filed PDF itself is never changed."""
    from pipeline.books import Why
    from pipeline.retrieval import show
    from pipeline.signing import Key
    from pipeline.signing import seal as file_signed

    key = Key(p12, _passphrase(passphrase_file), picture.read_bytes() if picture else None)
    if output is not None:
        return _sign_file(terminal, Path(paper), key, field, output)
    with writing(terminal, "seal") as office:
        found = show(paper, office.register, office.settings.archive).paper
        made, done = file_signed(office, found, key, field, Why(_("电子签章"), by))
        path = next(iter(done.entry.lines[0].files.values())).path
    _say(terminal, made, path)
    tell_trouble(done)
    return 0


@click.command(help=_("用印登记：给一份文件盖了几份章；PAPER 写 list 就列出登记"))
@click.argument("paper", type=Words())
@click.option("--copies", type=click.IntRange(1, 99_999), default=None, help=_("盖了几份"))
@signed
@click.option("--reason", type=Words(), default=None, help=_("事由"))
@click.option("--year", type=YEAR, default=None, help=_("list：哪一年的（默认今年）"))
@click.option("-o", "--output", type=OutputFile((".xlsx",)), default=None, help=_("list：登记簿存成 .xlsx"))
@click.pass_obj
def stamp(
    terminal: Terminal,
    paper: str,
    copies: int | None,
    by: str,
    reason: str | None,
    year: int | None,
    output: Path | None,
) -> int:
    """Who put the seal on how many copies, and when; exit 1 for a paper that does not hold any more."""
    from pipeline.books import Why
    from pipeline.retrieval import show
    from pipeline.signing import stamp as note

    if paper == _LIST:
        return _list(terminal, year, output)
    if output is not None or year is not None:
        raise click.UsageError(_("--year 和 -o 只用于 stamp list"))
    if copies is None:
        raise click.UsageError(_("请用 --copies 写明盖了几份"))
    with writing(terminal, "stamp") as office:
        found = show(paper, office.register, office.settings.archive).paper
        done = note(office, found, copies, Why(reason or _("用印"), by))
    (line,) = done.entry.lines
    what = line.number or line.title
    terminal.say(_("用印登记：{what} {copies} 份（{by}）").format(what=what, copies=copies, by=by))
    tell_trouble(done)
    terminal.data({"deed": done.entry.seq, "paper": line.paper, "copies": copies, "by": by})
    return 0


def _list(terminal: Terminal, year: int | None, output: Path | None) -> int:
    from pipeline.core import durable
    from pipeline.office import Office
    from pipeline.outside import refuse_place
    from pipeline.signing import stampings, stampings_workbook

    with Office.open(terminal.workspace) as office:
        if output is not None:
            refuse_place(office, output)
        listed = tuple(stampings(office, year or office.now().year))
    for one in listed:
        what = " ".join(filter(None, (one.number, one.title)))
        terminal.say(
            _("{at}  {what}  {copies} 份  {by}  {reason}").format(
                at=f"{one.at:%Y-%m-%d %H:%M}", what=what, copies=one.copies, by=one.by, reason=one.reason
            )
        )
    terminal.say(
        _("用印 {times} 次，共 {copies} 份").format(times=len(listed), copies=sum(one.copies for one in listed))
    )
    if output is not None:
        durable.replace(output.absolute(), stampings_workbook(listed))
        terminal.say(_("已存：{path}").format(path=output))
    terminal.data(
        [
            {
                "at": one.at.isoformat(),
                "by": one.by,
                "number": one.number,
                "title": one.title,
                "copies": one.copies,
                "reason": one.reason,
            }
            for one in listed
        ]
    )
    return 0


def _sign_file(terminal: Terminal, source: Path, key: Key, field: str, output: Path) -> int:
    from pipeline.core import durable
    from pipeline.core.errors import AnswerIsNo
    from pipeline.outside import refuse_place_near
    from pipeline.rendering import FontBook
    from pipeline.signing import sign_pdf

    refuse_place_near(terminal.workspace, output)
    if not source.is_file():
        raise AnswerIsNo(_("没有这个文件：{path}").format(path=source), remedy=_("不写 -o，就按文号、档号找归档的文件"))
    made = sign_pdf(source.read_bytes(), key, field, FontBook.open())
    durable.replace(output.resolve(), made.pdf)
    _say(terminal, made, str(output))
    return 0


def _say(terminal: Terminal, made: Signed, path: str) -> None:
    terminal.say(_("{signer} 签在 {field}：{path}").format(signer=made.signer, field=made.field, path=path))
    terminal.data({"signer": made.signer, "field": made.field, "path": path})


def _passphrase(path: Path | None) -> bytes:
    if path is not None:
        return path.read_bytes().rstrip(b"\r\n")
    answer: str = click.prompt(_("证书口令"), hide_input=True, default="", show_default=False, err=True)
    return answer.encode()
