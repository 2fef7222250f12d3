"""Sets of papers leave the office and come in: ``export`` and ``import``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import YEAR, Terminal
from pipeline.core.archival import catalogue_order
from pipeline.core.deeds import WORDS
from pipeline.core.messages import _

if TYPE_CHECKING:
    from pipeline.core.values import FiledPaper
    from pipeline.handover import Exported, Incoming, Order
    from pipeline.office import Office
    from pipeline.retrieval import Filters

_ALL = 10_000_000
"""As many results as there are papers."""

_SHOWN = 8
_MEGABYTE = 1_000_000


@click.command(help=_("导出一批文件：BagIt 包或 DA/T 48 封装包，附移交登记表和清单"))
@click.argument("words", nargs=-1)
@click.option("--year", type=YEAR, default=None, help=_("年度"))
@click.option("--org", "organisation", default="", help=_("组织：全称、简称或代码"))
@click.option("--kind", default="", help=_("文种"))
@click.option("--number", default="", help=_("文号"))
@click.option("--from", "since", default="", help=_("从哪天起（2020、2020-04 或 2020-04-16）"))
@click.option("--to-day", "until", default="", help=_("到哪天止"))
@click.option(
    "-o", "target", type=click.Path(path_type=Path), required=True, help=_("放在哪里：一个新文件夹，或新的 .zip")
)
@click.option("--as", "form", type=click.Choice(["bagit", "eep"]), default="bagit", help=_("包的形式（默认 bagit）"))
@click.option("--transfer", is_flag=True, help=_("正式移交：记入办理簿（不加就只是一份复制件）"))
@click.option("--to", "receiver", default="", help=_("接收单位，如 王益区档案馆"))
@click.option("--by", default="", help=_("经手人（默认是登录名）"))
@click.pass_obj
def export(
    terminal: Terminal,
    words: tuple[str, ...],
    year: int | None,
    organisation: str,
    kind: str,
    number: str,
    since: str,
    until: str,
    target: Path,
    form: str,
    transfer: bool,
    receiver: str,
    by: str,
) -> int:
    """A copy changes nothing in the office. Exit 1 when no paper fits, 4 when one is not as it was filed."""
    from pipeline.cli.number_acts import login
    from pipeline.handover import Order
    from pipeline.office import Office
    from pipeline.retrieval import Filters

    if transfer != bool(receiver):
        raise click.UsageError(_("正式移交要同时写 --transfer 和 --to 接收单位"))
    filters = Filters(year, organisation, kind, number, since, until)
    order = Order(target.resolve(), "eep" if form == "eep" else "bagit", receiver, by or login())
    with Office.open(terminal.workspace) as office:
        made, trouble = _hand_over(terminal, office, words, filters, order)
    terminal.say(
        _("导出了 {papers} 件、{files} 个文件、{size:.1f} MB，在 {target}").format(
            papers=made.papers, files=made.files, size=made.size / _MEGABYTE, target=made.target
        )
    )
    for check in made.checks:
        terminal.say(f"    {check.item}{_('：')}{check.result}  {check.found}")
    if made.left_out:
        terminal.say(_("有 {count} 件已经销毁，不在里面").format(count=made.left_out))
    if transfer:
        terminal.say(_("移交已记入办理簿，接收单位：{receiver}").format(receiver=receiver))
    if trouble:
        click.echo(
            _("移交已登记；档案库里的记录还没有写成（{trouble}），下次运行会接着写").format(trouble=trouble), err=True
        )
    told = {"papers": made.papers, "files": made.files, "bytes": made.size, "checks": made.checks}
    terminal.data({"target": str(made.target), **told, "left_out": made.left_out, "transferred": transfer})
    return 0


def _hand_over(
    terminal: Terminal, office: Office, words: tuple[str, ...], filters: Filters, order: Order
) -> tuple[Exported, str]:
    """The set, made; of a hand-over, what keeps its entry from the archive as yet."""
    from pipeline.handover import export, hand_over
    from pipeline.logs import log_to
    from pipeline.recovery import recover

    with terminal.progress() as bar:
        if not order.to:
            return export(office, _selected(office, words, filters), order, bar), ""
        with office.writing("export"):
            log_to(office.settings.private / "logs")
            recover(office)
            made, done = hand_over(office, _selected(office, words, filters), order, bar)
            return made, done.trouble


@click.command(
    name="import",
    help=_("接收一批文件：export 做的 BagIt 包或封装包，或者一个文件夹的存量文件和题名表；不加 --apply 只检查"),
)
@click.argument("source", metavar="SET", type=click.Path(path_type=Path, exists=True))
@click.option("--apply", is_flag=True, help=_("收进档案库"))
@click.pass_obj
def import_set(terminal: Terminal, source: Path, apply: bool) -> int:
    """Every paper as it was filed elsewhere, or from before there was an archive; all or nothing.

    Exit 1 when something stands in the way, 3 when a row of the titles is wrong, 4 for damage.
    """
    from pipeline.handover import is_old_papers

    if is_old_papers(source.resolve()):
        from pipeline.cli.old_papers import import_old_papers

        return import_old_papers(terminal, source.resolve(), apply=apply)
    return _import_set(terminal, source, apply)


def _import_set(terminal: Terminal, source: Path, apply: bool) -> int:
    from pipeline.handover import incoming, take_in
    from pipeline.logs import log_to
    from pipeline.office import Office
    from pipeline.recovery import recover

    taken = 0
    with Office.open(terminal.workspace) as office:
        if apply:
            with office.writing("import"), terminal.progress() as bar:
                log_to(office.settings.private / "logs")
                recover(office)
                with incoming(source.resolve(), office) as found:
                    taken = take_in(office, found, bar) if found.is_good else 0
        else:
            with incoming(source.resolve(), office) as found:
                pass
    _tell_incoming(terminal, found, taken, apply)
    return 0 if found.is_good else 1


def _tell_incoming(terminal: Terminal, found: Incoming, taken: int, apply: bool) -> None:
    from pipeline.handover import called

    for name, why in found.findings:
        terminal.say(f"{name}{_('：')}{why}")
    if not found.is_good:
        terminal.say(_("共 {count} 处不能接收，一件也没有收").format(count=len(found.findings)))
    elif apply:
        terminal.say(_("收进了 {taken} 件，以前收过的 {known} 件").format(taken=taken, known=found.known))
        _tell_deeds(terminal, found)
    else:
        for paper in found.papers[:_SHOWN]:
            name = called(paper)
            terminal.say(f"    {name if name.startswith(paper.archival_code) else f'{paper.archival_code}  {name}'}")
        if len(found.papers) > _SHOWN:
            terminal.say(_("    ……还有 {count} 个").format(count=len(found.papers) - _SHOWN))
        terminal.say(
            _("可以接收 {new} 件，以前收过的 {known} 件；现在只是检查，加 --apply 再运行一次就收进来").format(
                new=len(found.papers), known=found.known
            )
        )
        _tell_deeds(terminal, found)
    terminal.data(
        {
            "accepted": found.is_good,
            "applied": apply and found.is_good,
            "papers": [paper.archival_code for paper in found.papers],
            "known": found.known,
            "deeds": [{"action": deed.action.value, "papers": len(deed.lines)} for deed in found.deeds],
            "remarks": [{"paper": name, "what": what} for name, what in found.remarks],
            "findings": [{"paper": name, "why": why} for name, why in found.findings],
        }
    )


def _tell_deeds(terminal: Terminal, found: Incoming) -> None:
    """What was done to the papers elsewhere and comes in with them, and what was decided there and is not done here."""
    for action in dict.fromkeys(deed.action for deed in found.deeds):
        papers = sum(len(deed.lines) for deed in found.deeds if deed.action is action)
        terminal.say(_("    随之进办理簿：{action} {papers} 件").format(action=_(WORDS[action]), papers=papers))
    for name, what in found.remarks:
        terminal.say(f"{name}{_('：')}{what}")


def _selected(office: Office, words: tuple[str, ...], filters: Filters) -> list[FiledPaper]:
    """The papers that fit, in the order of their 档号."""
    from pipeline.retrieval import parse

    names = {one.id: one.name for one in office.kinds}
    query = parse(words, filters, office.settings.organisations, names)
    papers = (hit.paper for hit in office.register.search(replace(query, limit=_ALL)))
    return sorted(papers, key=catalogue_order)
