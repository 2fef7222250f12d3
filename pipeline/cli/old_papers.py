"""What ``import`` says of a folder of old papers (存量文件): what would be filed, what is wrong, what was filed."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.cli.number_acts import SENT_BACK, writing
from pipeline.cli.terminal import Terminal
from pipeline.core.archival import UNARRANGED
from pipeline.core.messages import _
from pipeline.core.text import on_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.values import FiledPaper
    from pipeline.handover import OldSet

_SHOWN = 20


def import_old_papers(terminal: Terminal, folder: Path, *, apply: bool) -> int:
    """Judge the folder, and with ``apply`` file it. Exit 3 when a row or a file is wrong."""
    from pipeline.handover import file_old, judge_old, look_through
    from pipeline.office import Office

    filed: tuple[FiledPaper, ...] = ()
    if apply:
        with writing(terminal, "import") as office, terminal.progress() as bar:
            found = judge_old(folder, office)
            planned = found
            if found.is_good:
                found, filed = file_old(found, office, bar)
    else:
        with Office.open(terminal.workspace) as office, terminal.progress() as bar:
            planned = found = look_through(judge_old(folder, office), office, bar)
    _tell(terminal, found, filed, apply=apply)
    terminal.data(
        {
            "accepted": found.is_good,
            "applied": apply and found.is_good,
            "papers": [one.archival_code.text for one, _files in planned.papers] if found.is_good else [],
            "known": found.known,
            "findings": [one.as_json() for one in found.findings],
        }
    )
    return 0 if found.is_good else SENT_BACK


def _tell(terminal: Terminal, found: OldSet, filed: Sequence[FiledPaper], *, apply: bool) -> None:
    for finding in found.findings:
        terminal.say(finding.sentence())
    if not found.is_good:
        terminal.say(_("有错误，一件也没有收；改好题名表或文件以后再运行一次"))
        return
    if apply:
        terminal.say(_("收进了 {taken} 件，以前收过的 {known} 件").format(taken=len(filed), known=found.known))
        return
    for numbered, files in found.papers[:_SHOWN]:
        number = numbered.number.text if numbered.number else _("（无文号）")
        names = _("、").join(PurePosixPath(path).name for path in files)
        terminal.say(
            f"    {numbered.archival_code.text or _(UNARRANGED)}  {number}  {on_one_line(numbered.title)}  ← {names}"
        )
    if len(found.papers) > _SHOWN:
        terminal.say(_("    ……还有 {count} 个").format(count=len(found.papers) - _SHOWN))
    terminal.say(
        _("可以接收 {new} 件，以前收过的 {known} 件；现在只是检查，加 --apply 再运行一次就收进来").format(
            new=len(found.papers), known=found.known
        )
    )
