"""The archive: find a paper, show it, prove the archive unaltered, rebuild the register from it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.terminal import YEAR, Terminal
from pipeline.core.messages import _

DAMAGED = 4


@click.command(help=_("查找：题名、文号、全文里的词，多长都行"))
@click.argument("words", nargs=-1)
@click.option("--year", type=int, default=None, help=_("年度"))
@click.option("--org", "organisation", default="", help=_("组织：全称、简称或代码"))
@click.option("--kind", default="", help=_("文种"))
@click.option("--number", default="", help=_("文号"))
@click.option("--from", "since", default="", help=_("从哪天起（2020、2020-04 或 2020-04-16）"))
@click.option("--to", "until", default="", help=_("到哪天止"))
@click.option("--limit", type=int, default=20, help=_("最多几条"))
@click.pass_obj
def find(
    terminal: Terminal,
    words: tuple[str, ...],
    year: int | None,
    organisation: str,
    kind: str,
    number: str,
    since: str,
    until: str,
    limit: int,
) -> int:
    """The papers that fit, newest first. Exit 1 when there is none."""
    from pipeline.office import Office
    from pipeline.retrieval import Filters, find, parse

    filters = Filters(year, organisation, kind, number, since, until, limit)
    with Office.open(terminal.workspace) as office:
        names = {one.id: one.name for one in office.kinds}
        query = parse(words, filters, office.settings.organisations, names)
        rows = find(query, office.register, office.settings.archive)
    for row in rows:
        heading = " ".join(part for part in (row.number, row.title.replace("\n", "")) if part)
        terminal.say(f"{row.date.isoformat()}  {heading}")
        terminal.say(f"    {row.organisation} · {row.kind} · {row.archival_code}")
        if row.snippet:
            terminal.say(f"    {row.snippet}")
        terminal.say(f"    {row.path}")
    if not rows:
        terminal.say(_("没有找到"))
    terminal.data([row.as_json() for row in rows])
    return 0 if rows else 1


@click.command(help=_("一份文件的来龙去脉"))
@click.argument("paper")
@click.pass_obj
def show(terminal: Terminal, paper: str) -> int:
    """One paper by number, 档号 or id, with its files and its history."""
    from pipeline.office import Office
    from pipeline.retrieval import show

    with Office.open(terminal.workspace) as office:
        view = show(paper, office.register, office.settings.archive)
    for label, value in view.lines():
        terminal.say(f"{label}{_('：')}{value}")
    for file in view.files:
        state = "" if file.is_there else _("（不见了）")
        terminal.say(f"{file.name}{_('：')}{file.path}{state}")
    for at, what in view.history():
        terminal.say(f"{at}  {what}")
    terminal.data(view.as_json())
    return 0


@click.command(help=_("核对档案库和登记簿，两边都查"))
@click.pass_obj
def verify(terminal: Terminal) -> int:
    """Exit 4, and the paths, when anything is missing, changed, unknown or not in the register."""
    from pipeline.office import Office
    from pipeline.proving import proved

    with Office.open(terminal.workspace) as office, office.writing("verify"):
        report = proved(office)
    for remark in (*report.damages, *report.notes):
        terminal.say(f"{remark.title}{_('：')}{remark.path}")
        terminal.say(f"    {remark.sentence}")
    terminal.say(report.summary())
    terminal.data(report.as_json())
    return 0 if report.is_sound else DAMAGED


@click.command(help=_("登记簿坏了或丢了：从档案库重新建起来"))
@click.pass_obj
def reindex(terminal: Terminal) -> int:
    """Register and index rebuilt from the archive alone. Exit 4 when a record could not be read."""
    from pipeline.office import Office
    from pipeline.restoring import rebuild_register

    with Office.open(terminal.workspace) as office, office.writing("reindex"):
        restored = rebuild_register(office)
    for problem in restored.problems:
        terminal.say(f"{problem.path}{_('：')}{problem.sentence}")
    terminal.say(
        _("登记簿重建完毕：{papers} 份文件，{acts} 条号簿记录，{deeds} 条办理簿记录").format(
            papers=restored.papers, acts=restored.acts, deeds=restored.deeds
        )
    )
    terminal.data(
        {
            "papers": restored.papers,
            "acts": restored.acts,
            "deeds": restored.deeds,
            "problems": [asdict(problem) for problem in restored.problems],
        }
    )
    return DAMAGED if restored.problems else 0


@click.command(help=_("归档文件目录、目录索引、备考表和盒脊标签：重新做一遍，或另做一份来打印"))
@click.option("--year", type=YEAR, default=None, help=_("年度"))
@click.option("--org", "organisation", default="", help=_("组织：全称、简称或代码"))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help=_("另做一份放进这个文件夹，不动档案库")
)
@click.pass_obj
def catalogue(terminal: Terminal, year: int | None, organisation: str, output: Path | None) -> int:
    """Every page and list made anew from the register, or copies of them. They are kept current by themselves."""
    from pipeline.catalogues import renew_all, write_copies
    from pipeline.office import Office
    from pipeline.retrieval import organisation_meant

    with Office.open(terminal.workspace) as office:
        chosen = organisation_meant(organisation, office.settings.organisations).name if organisation else ""
        if output is None:
            with office.writing("catalogue"):
                written = renew_all(office, year or 0, chosen)
        else:
            written = write_copies(office, output.absolute(), year or 0, chosen)
    for path in written:
        terminal.say(str(path))
    if not written:
        terminal.say(_("没有找到"))
    terminal.data([str(path) for path in written])
    return 0 if written else 1
