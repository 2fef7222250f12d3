"""``packet``: the papers of an organisation for an inspector (迎检材料), in one PDF, a folder or a .zip."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.messages import _


@click.command(help=_("迎检材料：把一个组织一段时间的文件连同封面、目录、清单和核对结果做成一册或一个文件夹"))
@click.option("--org", "organisation", required=True, help=_("组织：全称、简称或代码"))
@click.option("--from", "since", required=True, help=_("从哪天起（2020、2020-04 或 2020-04-16）"))
@click.option("--to", "until", required=True, help=_("到哪天止"))
@click.option("--kind", default="", help=_("文种"))
@click.option("--query", "words", multiple=True, help=_("题名、文号、全文里的词；可以写几次"))
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, help=_("一个 .pdf、.zip 或新的文件夹"))
@click.option("--for", "reader", default="", help=_("利用人：谁来看；写了就记入办理簿"))
@click.option("--purpose", default="", help=_("利用目的"))
@click.option("--by", default="", help=_("经办人（默认是登录的用户）"))
@click.option("--redact", is_flag=True, help=_("遮盖身份证号、电话号码和个人照片"))
@click.pass_obj
def packet(
    terminal: Terminal,
    organisation: str,
    since: str,
    until: str,
    kind: str,
    words: tuple[str, ...],
    target: Path,
    reader: str,
    purpose: str,
    by: str,
    *,
    redact: bool,
) -> int:
    """Exit 1 when no paper fits, or a file of one is not as it was filed; 5 when something personal would be left."""
    from pipeline.office import Office
    from pipeline.packet import Order, make
    from pipeline.retrieval import Filters, organisation_meant, parse

    if reader and not purpose:
        raise click.UsageError(_("写了 --for 就要写 --purpose：为什么看"))
    with Office.open(terminal.workspace) as office, office.writing("packet"):
        organisations = office.settings.organisations
        chosen = organisation_meant(organisation, organisations)
        names = {one.id: one.name for one in office.kinds}
        query = parse(words, Filters(kind=kind, since=since, until=until), organisations, names)
        assert query.since is not None and query.until is not None
        told = [f"文种：{names.get(query.kind, query.kind)}"] if query.kind else []
        told += [f"含有：{'、'.join(query.words)}"] if query.words else []
        order = Order(
            chosen,
            query,
            query.since,
            query.until,
            target.absolute(),
            "；".join(told),
            reader,
            purpose,
            by or getpass.getuser(),
            redact,
        )
        made = make(office, order)
    terminal.say(
        _("迎检材料：{papers} 件 {pages} 页，在 {target}").format(
            papers=made.papers, pages=made.pages, target=made.target
        )
    )
    terminal.say(_("清单上要补正的：{gaps} 件").format(gaps=made.gaps))
    for fault in made.faults:
        terminal.say(_("与归档时不符：{path}").format(path=fault))
    if redact:
        terminal.say(_("遮盖了个人信息的：{count} 件").format(count=made.redacted))
    if reader:
        terminal.say(_("已记入办理簿：{reader}，{purpose}").format(reader=reader, purpose=purpose))
    terminal.data({**asdict(made), "target": str(made.target)})
    return 1 if made.faults else 0
