"""``find`` and ``show``: papers by whatever is known of them, and one paper, or one number, with all that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.terminal import YEAR, Terminal
from pipeline.core.archival import UNARRANGED
from pipeline.core.deeds import STATUS_WORDS, Status
from pipeline.core.messages import _

if TYPE_CHECKING:
    from pipeline.core.values import Span
    from pipeline.office import Office


@click.command(help=_("查找：题名、文号、全文里的词，多长都行"))
@click.argument("words", nargs=-1)
@click.option("--year", type=YEAR, default=None, help=_("年度"))
@click.option("--org", "organisation", default="", help=_("组织：全称、简称或代码"))
@click.option("--kind", default="", help=_("文种"))
@click.option("--number", default="", help=_("文号"))
@click.option("--code", default="", help=_("档号，或档号的开头"))
@click.option("--person", default="", help=_("文件里写到的人"))
@click.option("--unit", default="", help=_("题名或正文里写到的单位"))
@click.option("--retention", default="", help=_("保管期限：永久、30年、10年（或 Y、D30、D10）"))
@click.option("--status", default="", help=_("状态：有效、已撤销、已废止、已被更正"))
@click.option("--submission", default="", help=_("来稿：表格的文件名或收件号"))
@click.option("--from", "since", default="", help=_("从哪天起（2020、2020-04 或 2020-04-16）"))
@click.option("--to", "until", default="", help=_("到哪天止"))
@click.option(
    "--sort",
    "order",
    type=click.Choice(("newest", "relevance")),
    default="newest",
    show_default=True,
    help=_("先看新的，或先看词在文号、题名、人名里的（只排最新的500件）"),
)
@click.option("--limit", type=int, default=20, help=_("最多几条"))
@click.pass_obj
def find(terminal: Terminal, /, words: tuple[str, ...], **filters: Any) -> int:
    """The papers that fit. Exit 1 when there is none."""
    from pipeline.office import Office
    from pipeline.retrieval import Filters, find, parse

    asked = Filters(**filters)
    with Office.open(terminal.workspace) as office:
        names = {one.id: one.name for one in office.kinds}
        query = parse(words, asked, office.settings.organisations, names)
        rows = find(query, office.register, office.settings.archive)
        if not rows:
            refuse_unknown_organisation(asked.organisation, query.organisation, office)
            if query.kind and query.kind not in names:
                office.kinds.get(query.kind)  # says that there is none, and which there are
        gone = office.register.destroyed()
    for row in rows:
        title = marked(row.title, row.title_marks)
        status = _(STATUS_WORDS[Status(row.status)])
        mark = _("【{status}】").format(status=status) if row.status != Status.VALID else ""
        if row.paper in gone:
            mark += _("【{status}】").format(status=_("已销毁"))
        terminal.say(f"{row.date.isoformat()}  {mark}{' '.join(part for part in (row.number, title) if part)}")
        terminal.say(f"    {row.organisation} · {row.kind} · {row.archival_code or _(UNARRANGED)}")
        if row.paper in gone:
            continue
        if row.snippet:
            terminal.say(f"    {marked(row.snippet, row.marks)}")
        terminal.say(f"    {row.path}")
    if not rows:
        terminal.say(_("没有找到"))
    terminal.data([row.as_json() | {"destroyed": row.paper in gone} for row in rows])
    return 0 if rows else 1


def refuse_unknown_organisation(typed: str, understood: str, office: Office) -> None:
    """Raise ``NoSuchOrganisation`` when neither gongwen.toml nor the archive knows the organisation asked for."""
    from pipeline.retrieval import no_such_organisation

    known = {one.name for one in office.settings.organisations}
    known |= {holding.organisation for holding in office.register.holdings()}
    if understood and not any(understood in name for name in known):
        raise no_such_organisation(typed, office.settings.organisations)


def marked(text: str, spans: Sequence[Span]) -> str:
    """A text with the words that were looked for set off; plainly, where the output is no terminal."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [text[last:start], click.style(text[start:end], fg="red", bold=True)]
        last = end
    return "".join((*pieces, text[last:]))


@click.command(help=_("一份文件的来龙去脉；没有文件的号，看号簿里怎么记"))
@click.argument("paper")
@click.pass_obj
def show(terminal: Terminal, paper: str) -> int:
    """One paper by number, 档号 or id, with its files and its history; or a number that no paper bears."""
    from pipeline.core.errors import AnswerIsNo
    from pipeline.office import Office
    from pipeline.retrieval import number_as_written, paperless, show

    with Office.open(terminal.workspace) as office:
        try:
            view = show(paper, office.register, office.settings.archive)
        except AnswerIsNo:
            numbers = paperless(number_as_written(paper), office.register)
            if not numbers:
                raise
            for number in numbers:
                for label, value in number.lines():
                    terminal.say(f"{label}{_('：')}{value}")
            terminal.data([number.as_json() for number in numbers])
            return 0
    for label, value in view.lines():
        terminal.say(f"{label}{_('：')}{value}")
    for file in view.files:
        gone = _("（已销毁）") if view.stands.destroyed is not None else _("（不见了）")
        state = "" if file.is_there else gone
        terminal.say(f"{file.name}{_('：')}{file.path}{state}")
    for at, what in view.history():
        terminal.say(f"{at}  {what}")
    terminal.data(view.as_json())
    return 0
