"""Kinds of paper and the sets made of them: list them, check them, and the blank entry workbook of one."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.terminal import OutputFile, Terminal
from pipeline.core.messages import _


@click.group(invoke_without_command=True, help=_("列出文种；kinds check 检查模板和字段是否对得上"))
@click.pass_context
def kinds(context: click.Context) -> None:
    """Without a further word: the list of kinds, and after them the sets with the kinds each is made of."""
    if context.invoked_subcommand is not None:
        return
    from pipeline.office import Office

    terminal: Terminal = context.obj
    with Office.open(terminal.workspace) as office:
        listed = [
            {
                "id": kind.id,
                "name": kind.name,
                "numbered": kind.numbering is not None,
                "retention": office.retention(kind),
                "sheets": [table.sheets[0] for table in kind.tables],
                "folder": str(kind.folder),
            }
            for kind in office.kinds
        ]
        sets = [
            {
                "id": bundle.kind.id,
                "name": bundle.kind.name,
                "papers": [paper.kind.id for paper in bundle.papers],
                "sheets": [table.sheets[0] for table in bundle.kind.tables],
                "folder": str(bundle.kind.folder),
            }
            for bundle in office.bundles
        ]
        contents = [_("、").join(paper.kind.name for paper in bundle.papers) for bundle in office.bundles]
    terminal.table(
        [_("代号"), _("文种"), _("是否编号"), _("保管期限"), _("工作表")],
        [
            (
                str(kind["id"]),
                str(kind["name"]),
                _("编") if kind["numbered"] else _("不编"),
                str(kind["retention"]),
                _("、").join(map(str, kind["sheets"])),  # type: ignore[call-overload]
            )
            for kind in listed
        ],
    )
    terminal.table(
        [_("代号"), _("成套文件"), _("由哪几种组成")],
        [(str(one["id"]), str(one["name"]), papers) for one, papers in zip(sets, contents, strict=True)],
    )
    terminal.data([*listed, *sets])


@kinds.command(name="check", help=_("模板里的占位符和 kind.toml 的字段两边对一遍"))
@click.pass_obj
def check(terminal: Terminal) -> int:
    """Exit 1 when a template and its kind disagree, or a template has a slip in it.

    A set that disagrees with its kinds raises ``ConfigurationError``, as it does wherever sets are loaded.
    """
    from pipeline.kinds import disagreements
    from pipeline.merge.placeholders import placeholders
    from pipeline.office import Office

    faults: dict[str, list[str]] = {}
    with Office.open(terminal.workspace) as office:
        for kind in office.kinds:
            faults[kind.id] = list(disagreements(kind, placeholders(kind.template)))
            for fault in faults[kind.id]:
                terminal.say(f"{kind.folder / 'kind.toml'}{_('：')}{fault}")
            if not faults[kind.id]:
                terminal.say(_("{kind}（{name}）：模板和字段一致").format(kind=kind.id, name=kind.name))
        for bundle in office.bundles:
            faults[bundle.kind.id] = []
            terminal.say(
                _("{kind}（{name}）：各栏与所组成的文种一致").format(kind=bundle.kind.id, name=bundle.kind.name)
            )
    terminal.data(faults)
    return 1 if any(faults.values()) else 0


@kinds.command(name="new", help=_("照着一个文种做一个新文种：代号用英文小写，名称用中文"))
@click.argument("identifier", metavar="ID")
@click.argument("name", metavar="NAME")
@click.option("--from", "source", required=True, help=_("照着哪个文种，写代号或名称"))
@click.pass_obj
def new(terminal: Terminal, identifier: str, name: str, source: str) -> int:
    """A folder under the office's own templates, to be changed in Word and in kind.toml."""
    from pipeline.kinds.copying import copy_kind
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        folder = office.settings.root / "templates"
        made = copy_kind(office.kinds, office.kinds.get(source), folder, identifier, name)
    terminal.say(_("新文种在 {folder}：用 Word 改 template.docx，用记事本改 kind.toml").format(folder=made.folder))
    terminal.say(_("改完运行 gongwen kinds check，再运行 gongwen sheet {id} 得到空白表格").format(id=made.id))
    terminal.data({"id": made.id, "name": made.name, "folder": str(made.folder)})
    return 0


@click.command(help=_("做一份空白的填报表格"))
@click.argument("kind")
@click.option("-o", "--output", required=True, type=OutputFile((".xlsx",)), help=_("存到哪里"))
@click.pass_obj
def sheet(terminal: Terminal, kind: str, output: Path) -> int:
    """The blank entry workbook of a kind, with headings, lists to choose from, comments and an example row."""
    from pipeline.core import durable
    from pipeline.core.errors import AnswerIsNo
    from pipeline.handover import OLD_PAPERS
    from pipeline.office import Office
    from pipeline.outside import refuse_place
    from pipeline.sheets import blank_workbook

    with Office.open(terminal.workspace) as office:
        refuse_place(office, output)
        others = (*(one.kind for one in office.bundles), OLD_PAPERS)
        other = next((one for one in others if kind in (one.id, one.name)), None)
        blank = blank_workbook(other or office.kinds.get(kind), office.settings.organisations)
    try:
        durable.write_new(output.resolve(), blank)
    except FileExistsError:
        raise AnswerIsNo(_("已经有这个文件，没有覆盖它"), where=str(output), remedy=_("换一个名字")) from None
    terminal.say(_("空白表格在 {path}").format(path=output))
    terminal.data({"path": str(output)})
    return 0
