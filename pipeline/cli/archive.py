"""The archive: find a paper, show it, prove the archive unaltered, rebuild the register from it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.inspection import OutputFile
from pipeline.cli.terminal import YEAR, Terminal
from pipeline.core.four_properties import NAMES, Stage
from pipeline.core.messages import _

DAMAGED = 4


@click.command(help=_("核对档案库和登记簿，两边都查"))
@click.option("--stage", type=click.Choice([one.value for one in Stage]), default=None, help=_("按四性检测逐项列出"))
@click.option("-o", "--output", type=OutputFile((".xlsx",)), default=None, help=_("四性检测报告存成 .xlsx"))
@click.pass_obj
def verify(terminal: Terminal, stage: str | None, output: Path | None) -> int:
    """Exit 4, and the paths, when anything is missing, changed, unknown or not in the register."""
    from pipeline.core import durable
    from pipeline.four_properties import OUTCOMES, Checked, as_workbook, four_properties
    from pipeline.office import Office
    from pipeline.proving import proved

    asked = Stage(stage) if stage else Stage.KEEPING
    items: tuple[Checked, ...] = ()
    with Office.open(terminal.workspace) as office, office.writing("verify"):
        report = proved(office)
        if stage or output:
            items = four_properties(office.settings.archive, report)
        if output:
            durable.replace(output.absolute(), as_workbook(items, asked, report, office.now().date()))
    for remark in (*report.damages, *report.notes):
        terminal.say(f"{remark.title}{_('：')}{remark.path}")
        terminal.say(f"    {remark.sentence}")
    if items:
        rows = [(one.code(asked), _(NAMES[one.item]), _(OUTCOMES[one.outcome]), one.words) for one in items]
        terminal.table((_("编号"), _("检测项目"), _("结果"), _("说明")), rows)
    terminal.say(report.summary())
    if output:
        terminal.say(_("已存：{path}").format(path=output))
    terminal.data({**report.as_json(), **({"items": [one.as_json(asked) for one in items]} if items else {})})
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
