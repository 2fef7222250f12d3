"""Sets of papers leave the office: ``export``."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import YEAR, Terminal
from pipeline.core.messages import _

if TYPE_CHECKING:
    from pipeline.core.values import FiledPaper
    from pipeline.office import Office
    from pipeline.retrieval import Filters

_ALL = 10_000_000
"""As many results as there are papers."""

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
) -> int:
    """A copy; nothing changes in the office. Exit 1 when no paper fits, 4 when one is not as it was filed."""
    from pipeline.handover import Order, export
    from pipeline.office import Office
    from pipeline.retrieval import Filters

    filters = Filters(year, organisation, kind, number, since, until)
    with Office.open(terminal.workspace) as office, terminal.progress() as bar:
        papers = _selected(office, words, filters)
        made = export(office, papers, Order(target.resolve(), "eep" if form == "eep" else "bagit"), bar)
    terminal.say(
        _("导出了 {papers} 件、{files} 个文件、{size:.1f} MB，在 {target}").format(
            papers=made.papers, files=made.files, size=made.size / _MEGABYTE, target=made.target
        )
    )
    for item, looked, result in made.checks:
        terminal.say(f"    {item}{_('：')}{result}  {looked}")
    terminal.data({**asdict(made), "target": str(made.target)})
    return 0


def _selected(office: Office, words: tuple[str, ...], filters: Filters) -> list[FiledPaper]:
    """The papers that fit, in the order of their 档号."""
    from pipeline.retrieval import parse

    names = {one.id: one.name for one in office.kinds}
    query = parse(words, filters, office.settings.organisations, names)
    papers = (hit.paper for hit in office.register.search(replace(query, limit=_ALL)))
    return sorted(papers, key=lambda paper: (paper.lowest_class, paper.piece))
