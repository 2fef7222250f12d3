"""The rules that hold in this office, and the people and terms that the filed papers tell of."""

from __future__ import annotations

from dataclasses import asdict

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.findings import Severity
from pipeline.core.messages import _

_SEVERITIES = {Severity.ERROR: "退回", Severity.WARNING: "提醒"}


@click.command(help=_("本办公室执行哪些制度，出自哪份文件哪一条"))
@click.pass_obj
def policies(terminal: Terminal) -> int:
    """Every rule that holds, with its source and what a breach is."""
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        rules = office.rules
    terminal.table(
        (_("制度"), _("违反时"), _("依据"), _("原文")),
        ((rule.policy.name, _(_SEVERITIES[rule.severity]), rule.option.cited, rule.option.text) for rule in rules),
    )
    terminal.data(
        [
            {
                "policy": rule.policy.id,
                "name": rule.policy.name,
                "option": rule.option.id,
                "severity": rule.severity.value,
                "source": rule.option.source,
                "clause": rule.option.clause,
                "text": rule.option.text,
                "figures": rule.option.figures,
            }
            for rule in rules
        ]
    )
    return 0


@click.command(help=_("兼职委员：谁在哪里任职，任期到什么时候"))
@click.option("--org", "organisation", default="", help=_("组织：全称、简称或代码"))
@click.option("--ending", type=click.IntRange(0, 240), default=None, help=_("只看几个月之内任期届满的"))
@click.pass_obj
def members(terminal: Terminal, organisation: str, ending: int | None) -> int:
    """Those in office today, by the end of their term. Exit 1 when there is nobody."""
    from pipeline.cli.finding import refuse_unknown_organisation
    from pipeline.facts import Filed
    from pipeline.office import Office
    from pipeline.policies import in_office, members
    from pipeline.policies.membership import MEMBER_KINDS
    from pipeline.retrieval import organisation_named

    with Office.open(terminal.workspace) as office:
        name = organisation_named(organisation, office.settings.organisations)
        known = members(Filed(office.register).filed(*MEMBER_KINDS))
        serving = in_office(known, office.now().date(), organisation=name, ending=ending)
        if not serving:
            refuse_unknown_organisation(organisation, name, office)
    terminal.table(
        (_("姓名"), _("组织"), _("兼任职务"), _("工作单位及职务"), _("任期起"), _("任期止"), _("第几届"), _("聘书")),
        (
            (
                one.person,
                one.organisation,
                one.community_post,
                one.post,
                one.since.isoformat(),
                one.until.isoformat(),
                str(one.terms),
                one.number,
            )
            for one in serving
        ),
    )
    if not serving:
        terminal.say(_("没有在任的兼职委员") if ending is None else _("没有快要届满的任期"))
    terminal.data([asdict(one) for one in serving])
    return 0 if serving else 1
