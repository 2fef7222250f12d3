"""``render``: any Word file to PDF/A, by the same way the papers of the office go."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.messages import _


@click.command(help=_("把一个 Word 文件印成 PDF/A"))
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help=_("PDF 存到哪里"))
@click.option("--strict/--no-strict", default=True, help=_("有印不准的内容就拒绝（默认），或印出并画框标出"))
@click.pass_obj
def render(terminal: Terminal, document: Path, output: Path, strict: bool) -> int:
    """Exit 5, and no file, when the document cannot be printed faithfully and ``--strict`` holds."""
    from pipeline.core import durable
    from pipeline.rendering import FontBook, Metadata, render

    book = FontBook.open()
    printed = render(document.read_bytes(), book=book, metadata=Metadata(title=document.stem), strict=strict)
    durable.replace(output.resolve(), printed.pdf)
    report = printed.report
    terminal.say(_("{path}：{pages} 页").format(path=output, pages=report.pages))
    for one in report.substitutions:
        terminal.say(_("    字体 {wanted} 用 {used} 代替").format(wanted=one.wanted, used=one.used))
    for letter in report.fallbacks:
        terminal.say(
            _("    “{character}”：{wanted} 里没有，取自 {used}").format(
                character=letter.character, wanted=letter.wanted, used=letter.used
            )
        )
    for refusal in printed.refusals:
        terminal.say(_("    没有照样印出：{what}（{near}）").format(what=refusal.construct, near=refusal.near))
    terminal.data(
        {
            "pages": report.pages,
            "substitutions": [asdict(one) for one in report.substitutions],
            "fallbacks": [asdict(one) for one in report.fallbacks],
            "fields": [asdict(box) for box in report.boxes],
            "refusals": [asdict(refusal) for refusal in printed.refusals],
            "milliseconds": dict(report.milliseconds),
        }
    )
    return 0
