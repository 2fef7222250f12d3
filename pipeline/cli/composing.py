"""``attach``: what belongs to the same 件 (组件) is put beside its paper."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.number_acts import Words, signed, tell_trouble, writing
from pipeline.cli.terminal import Terminal
from pipeline.core.composition import PART_WORDS, Part
from pipeline.core.messages import _


@click.command(help=_("组件：把附件、发文稿纸、定稿、来文等放到公文旁边，成为同一件"))
@click.argument("paper", type=Words())
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--as",
    "part",
    type=click.Choice([part.value for part in Part]),
    required=True,
    help=_(
        "它是什么：attachment 附件、forwarded 被转发文、copy 复制件、translation 译本、slip 发文稿纸、"
        "draft 定稿、handling 文件处理单、incoming 来文"
    ),
)
@signed
@click.option("--reason", type=Words(), default=None, help=_("原因（可以不写）"))
@click.pass_obj
def attach(terminal: Terminal, paper: str, file: Path, part: str, by: str, reason: str | None) -> int:
    """A PDF, a Word file or a picture. Exit 1 when it cannot be kept there."""
    from pipeline.attaching import attach as put_beside
    from pipeline.books import Why
    from pipeline.retrieval import show

    with writing(terminal, "attach") as office:
        found = show(paper, office.register, office.settings.archive).paper
        done = put_beside(office, found, file, Part(part), Why(reason or PART_WORDS[Part(part)], by))
    (line,) = done.entry.lines
    path = line.files[part].path
    terminal.say(_("{part}：{path}").format(part=_(PART_WORDS[Part(part)]), path=path))
    tell_trouble(done)
    terminal.data({"deed": done.entry.seq, "paper": line.paper, "part": part, "path": path, "by": by})
    return 0
