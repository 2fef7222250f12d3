"""For an inspection: ``checklist`` (what should exist and does not) and ``report`` (the figures of a year)."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.terminal import YEAR, OutputFile, Terminal
from pipeline.core.messages import _


@click.command(help=_("迎检清单：按规定应有什么，缺什么、迟什么、次序不符的是什么"))
@click.option("--org", "organisation", required=True, help=_("组织：全称、简称或代码"))
@click.option("--year", type=YEAR, required=True, help=_("年度"))
@click.option("-o", "--output", "outputs", type=OutputFile(), multiple=True, help=_("存成 .xlsx 或 .pdf；可以写几次"))
@click.pass_obj
def checklist(terminal: Terminal, organisation: str, year: int, outputs: tuple[Path, ...]) -> int:
    """What the policies ask for against what is filed. Exit 1 when something is missing, late or out of order."""
    from pipeline.completeness import as_json, as_pdf, as_workbook, checklist_of, gap_lines, summary
    from pipeline.core import durable
    from pipeline.office import Office
    from pipeline.outside import refuse_place
    from pipeline.retrieval import organisation_meant

    with Office.open(terminal.workspace) as office:
        for output in outputs:
            refuse_place(office, output)
        found = checklist_of(office, organisation_meant(organisation, office.settings.organisations), year)
        for output in outputs:
            target = output.absolute()
            if output.suffix.lower() == ".pdf":
                durable.replace(target, as_pdf(found, office, office.now().date()))
            else:
                durable.replace(target, as_workbook(found, office.settings.archive, target.parent))
    terminal.say(_("{organisation} {year}年").format(organisation=found.organisation.name, year=year))
    for section in found.sections:
        terminal.say(
            _("    {title}：应有 {wanted} 件，齐全 {there} 件（依据：{source}）").format(
                title=section.title,
                wanted=len(section.wanted),
                there=len(section.wanted) - len(section.gaps),
                source=section.source.cited,
            )
        )
    if found.gaps:
        terminal.table((_("事项"), _("文件"), _("情况"), _("依据")), gap_lines(found))
    terminal.say(summary(found))
    for output in outputs:
        terminal.say(_("已存：{path}").format(path=output))
    terminal.data(as_json(found))
    return 1 if found.gaps else 0


@click.command(help=_("年度工作报告：从归档的文件里统计选聘、参会、解决问题、开展活动的数字"))
@click.option("--year", type=YEAR, required=True, help=_("年度"))
@click.option("--org", "organisation", default="", help=_("组织：全称、简称或代码（默认是本机关，统计全部组织）"))
@click.option("-o", "--output", "outputs", type=OutputFile(), multiple=True, help=_("存成 .xlsx 或 .pdf；可以写几次"))
@click.option("--file", "filed", is_flag=True, help=_("把统计表放进收件夹，下次处理时印成年度工作报告归档"))
@click.pass_obj
def report(terminal: Terminal, year: int, organisation: str, outputs: tuple[Path, ...], filed: bool) -> int:
    """The figures by organisation and quarter, each from filed papers. Exit 1 when there is nothing to count."""
    from pipeline.core import durable
    from pipeline.intake.deliver import deliver
    from pipeline.office import Office
    from pipeline.outside import refuse_place
    from pipeline.retrieval import organisation_meant
    from pipeline.retrieval.counted import Measure
    from pipeline.yearly import KIND, as_json, as_pdf, as_workbook, measure_name, yearly_of

    dropped = None
    with Office.open(terminal.workspace) as office:
        for output in outputs:
            refuse_place(office, output)
        organisations = office.settings.organisations
        chosen = organisation_meant(organisation, organisations) if organisation else office.settings.issuer
        yearly = yearly_of(office, chosen, year, office.now().date())
        kind, archive = office.kinds.get(KIND), office.settings.archive
        for output in outputs:
            target = output.absolute()
            if output.suffix.lower() == ".pdf":
                durable.replace(target, as_pdf(yearly, office))
            else:
                durable.replace(target, as_workbook(yearly, kind, archive, target.parent))
        if filed and yearly.counted:
            inbox = office.settings.inbox
            name = f"{year}年党建共驻共建工作报告（{chosen.short_name}）.xlsx"
            dropped = deliver(inbox, name, as_workbook(yearly, kind, archive, inbox))
    headings = (_("党组织"), *(measure_name(measure) for measure in Measure))
    organs = dict.fromkeys(one.organ for one in yearly.figures)
    rows = [
        (organ, *(str(sum(one.of(measure) for one in yearly.figures if one.organ == organ)) for measure in Measure))
        for organ in organs
    ]
    terminal.table(headings, [*rows, (_("合计"), *(str(yearly.total(measure)) for measure in Measure))])
    terminal.say(_("统计自 {year} 年度归档的 {papers} 件文件").format(year=year, papers=yearly.papers))
    for output in outputs:
        terminal.say(_("已存：{path}").format(path=output))
    if dropped is not None:
        terminal.say(
            _("已放进收件夹：{path}；守着的程序会把它印好归档，没有守着就运行 gongwen run").format(path=dropped)
        )
    terminal.data(as_json(yearly))
    return 0 if yearly.counted else 1
