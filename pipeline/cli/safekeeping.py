"""A copy of the whole office for the day on which the machine is gone: ``backup`` and ``restore``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.messages import _

if TYPE_CHECKING:
    from pipeline.backups import Made, Restored

DAMAGED = 4
_SHOWN = 20
_LINK = 16
_MEGABYTE = 1_000_000


@click.command(help=_("备份整个办公室：登记簿、档案库、设置和模板；读回核对过才算数"))
@click.option(
    "-o",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help=_("放备份的文件夹（以后只存新增的），或一个新的 .zip、.tar 文件"),
)
@click.pass_obj
def backup(terminal: Terminal, target: Path) -> int:
    """Exit 4 when files of the archive are missing or changed: the backup is made all the same, and names them."""
    from pipeline.backups import back_up
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office, terminal.progress() as bar:
        made = back_up(office, target, bar)
    _tell_made(terminal, made)
    terminal.data({**asdict(made), "at": str(made.at)})
    return DAMAGED if made.unsound else 0


def _tell_made(terminal: Terminal, made: Made) -> None:
    told = made.description
    terminal.say(_("备份在 {at}").format(at=made.at))
    terminal.say(
        _("{papers} 件公文、{files} 个文件（这次新存 {new} 个，{size:.1f} MB），都读回核对过").format(
            papers=told.papers, files=made.files, new=made.new, size=made.size / _MEGABYTE
        )
    )
    if told.events:
        terminal.say(
            _("登记簿记到第 {events} 件事，末端 {link}；这份备份的校验值 {digest}").format(
                events=told.events, link=told.link[:_LINK], digest=made.digest[:_LINK]
            )
        )
    for path in made.left_out:
        terminal.say(_("没有备份（链接、设备或读不了的文件夹）：{path}").format(path=path))
    if made.spoilt:
        terminal.say(_("以前的备份坏了，不能再用：{names}；这次没有依靠它们").format(names=_("、").join(made.spoilt)))
    if made.same_disk:
        terminal.say(_("提醒：备份和档案库在同一块盘上，盘坏了会一起丢；请再拷一份到别处"))
    if made.unsound:
        terminal.say(_("档案库里有 {count} 个文件丢失或被改动，备份里也只能是这样：").format(count=len(made.unsound)))
        for path in made.unsound[:_SHOWN]:
            terminal.say(f"    {path}")
        terminal.say(_("请运行 gongwen verify，从以前的备份找回它们"))


@click.command(help=_("从备份（或只剩下的档案库）恢复一个办公室，放进 -w 指的新文件夹"))
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path, exists=True))
@click.option("--of", "name", default="", help=_("哪一次备份，如 20261130-223000（默认最近一次）"))
@click.option(
    "--settings",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help=_("只有档案库时，用哪个 gongwen.toml"),
)
@click.option("--without-register", is_flag=True, help=_("不用备份里的登记簿，从档案库重建"))
@click.option("--keep-archive", is_flag=True, help=_("档案库还在原处、完好：只恢复登记簿和设置，再按档案库补全"))
@click.option("--what-is-sound", is_flag=True, help=_("备份有损坏时，恢复其余完好的文件"))
@click.pass_obj
def restore(
    terminal: Terminal,
    source: Path,
    name: str,
    settings: Path | None,
    without_register: bool,
    keep_archive: bool,
    what_is_sound: bool,
) -> int:
    """Exit 1 when the folder is not empty, 4 when the backup, or what was in it, is damaged."""
    from pipeline.backups import Wanted, restore

    wanted = Wanted(source, name, settings, without_register, what_is_sound, keep_archive)
    with terminal.progress() as bar:
        restored = restore(wanted, terminal.workspace, bar)
    _tell_restored(terminal, restored)
    terminal.data(
        {
            "workspace": str(restored.root),
            "files": restored.files,
            "rebuilt": restored.rebuilt,
            "left_out": list(restored.left_out),
            "same_history": restored.same_history,
            "made_at": restored.description.made_at if restored.description else None,
            "verify": restored.report.as_json(),
        }
    )
    return 0 if restored.report.is_sound and restored.same_history and not restored.left_out else DAMAGED


def _tell_restored(terminal: Terminal, restored: Restored) -> None:
    told = restored.description
    if told is not None:
        terminal.say(
            _("{office}，{at:%Y-%m-%d %H:%M} 的备份，恢复在 {root}").format(
                office=told.office, at=told.made_at, root=restored.root
            )
        )
    else:
        terminal.say(_("档案库恢复在 {root}").format(root=restored.root))
    if restored.rebuilt:
        terminal.say(_("登记簿是从档案库重建的"))
    elif not restored.same_history:
        terminal.say(_("登记簿的历史和备份说明里写的不一样，请不要使用，换一份备份"))
    for path in restored.left_out[:_SHOWN]:
        terminal.say(_("备份里已损坏，没有恢复：{path}").format(path=path))
    for remark in restored.report.damages[:_SHOWN]:
        terminal.say(f"{remark.title}{_('：')}{remark.path}")
    terminal.say(restored.report.summary())
    terminal.say(_("收件夹不在备份里；下一步：gongwen doctor，再启动 gongwen watch"))
