"""A new office, and its health: ``init`` and ``doctor``."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _

_STARTER = Path(__file__).parent.parent / "starter" / "gongwen.toml"


@click.command(help=_("新建一个办公室"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def init(terminal: Terminal, folder: Path) -> int:
    """gongwen.toml to be filled in, inbox, archive, and the templates to be made one's own. Replaces nothing."""
    from pipeline.core import durable
    from pipeline.settings import FILE
    from pipeline.supplied import shipped

    folder = folder.resolve()
    try:
        durable.write_new(folder / FILE, _STARTER.read_bytes())
    except FileExistsError:
        raise AnswerIsNo(
            _("这里已经是一个办公室，没有改动它"),
            where=str(folder / FILE),
            remedy=_("换一个文件夹，或直接修改这个文件"),
        ) from None
    for name in ("inbox", "archive"):
        (folder / name).mkdir(exist_ok=True)
    if not (folder / "templates").exists():
        shutil.copytree(shipped("templates"), folder / "templates", ignore=shutil.ignore_patterns("README*"))
    terminal.say(_("办公室建在 {folder}").format(folder=folder))
    terminal.say(
        _("下一步：把 {file} 里的 ×× 改成本单位的，再运行 gongwen -w {folder} doctor").format(file=FILE, folder=folder)
    )
    terminal.data({"workspace": str(folder)})
    return 0


@click.command(help=_("检查字体、文件夹、时钟、模板，并说明怎么办"))
@click.pass_obj
def doctor(terminal: Terminal) -> int:
    """Exit 0 when the office can work, 1 when something must be mended first."""
    from pipeline.health import examine
    from pipeline.office import Office

    with Office.open(terminal.workspace) as office:
        examined = tuple(examine(office))
    for one in examined:
        terminal.say(f"{'✓' if one.well else '✗'} {one.what}{_('：')}{one.words}")
        if one.remedy:
            terminal.say(f"    {one.remedy}")
    terminal.data([asdict(one) for one in examined])
    return 0 if all(one.well for one in examined) else 1
