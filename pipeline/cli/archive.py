"""The archive: find a paper, show it, prove the archive unaltered, rebuild the register from it."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.terminal import YEAR, OutputFile, Terminal
from pipeline.core.four_properties import NAMES, Stage
from pipeline.core.messages import _

DAMAGED = 4


class Subset(click.ParamType[tuple[int, int]]):
    """``3/7``: the third of seven shares."""

    name = "n/m"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Which, and of how many."""
        match = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", str(value))
        if match is None or int(match[1]) > int(match[2]):
            self.fail(_("写成 1/7 这样：第几份，共几份"), param, ctx)
        return int(match[1]), int(match[2])


@click.command(help=_("核对档案库和登记簿，两边都查"))
@click.option("--stage", type=click.Choice([one.value for one in Stage]), default=None, help=_("按四性检测逐项列出"))
@click.option("--subset", type=Subset(), default="1/1", help=_("只读一份，如 1/7；七天轮完就全查到了"))
@click.option("--org", "organisation", default="", help=_("组织：全称、简称或代码"))
@click.option("--year", type=YEAR, default=None, help=_("年度"))
@click.option(
    "-o",
    "--output",
    "outputs",
    type=OutputFile(),
    multiple=True,
    help=_("四性检测报告存成 .xlsx 或 .pdf；可以写几次"),
)
@click.pass_obj
def verify(
    terminal: Terminal,
    stage: str | None,
    subset: tuple[int, int],
    organisation: str,
    year: int | None,
    outputs: tuple[Path, ...],
) -> int:
    """Exit 4, and the paths, when anything is missing, changed, unknown or not in the register."""
    from pipeline.core import durable
    from pipeline.four_properties import OUTCOMES, Checked, as_pdf, as_workbook, four_properties
    from pipeline.office import Office
    from pipeline.outside import refuse_place
    from pipeline.proving import proved
    from pipeline.retrieval import Part, organisation_meant

    asked = Stage(stage) if stage else Stage.KEEPING
    items: tuple[Checked, ...] = ()
    with Office.open(terminal.workspace) as office, office.writing("verify"):
        for output in outputs:
            refuse_place(office, output)
        whose = organisation_meant(organisation, office.settings.organisations) if organisation else None
        report = proved(office, Part(subset, whose.name if whose else "", year or 0))
        if stage or outputs:
            items = four_properties(office.settings.archive, report)
        for output in outputs:
            if output.suffix.lower() == ".pdf":
                durable.replace(output.absolute(), as_pdf(items, asked, report, office, whose))
            else:
                durable.replace(output.absolute(), as_workbook(items, asked, report, office.now().date()))
    for remark in (*report.damages, *report.notes):
        terminal.say(f"{remark.title}{_('：')}{remark.path}")
        terminal.say(f"    {remark.sentence}")
    if items:
        rows = [(one.code(asked), _(NAMES[one.item]), _(OUTCOMES[one.outcome]), one.words) for one in items]
        terminal.table((_("编号"), _("检测项目"), _("结果"), _("说明")), rows)
        terminal.say(
            _("归档时检测通过、记在元数据里的：{count} 件；没有记录的：{others} 件").format(
                count=report.checked, others=report.unchecked
            )
        )
    terminal.say(report.summary())
    for output in outputs:
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
    from pipeline.outside import refuse_place
    from pipeline.retrieval import organisation_meant

    with Office.open(terminal.workspace) as office:
        if output is not None:
            refuse_place(office, output)
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
