"""``render``: any Word file to PDF/A, by the same way the papers of the office go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.errors import CannotRender
from pipeline.core.messages import _

if TYPE_CHECKING:
    from pipeline.rendering import Level, Printed

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@click.command(help=_("把一个 Word 文件印成 PDF/A"))
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help=_("PDF 存到哪里"))
@click.option("--strict/--no-strict", default=True, help=_("有印不准的内容就拒绝（默认），或印出并画框标出"))
@click.option("--level", type=click.Choice(("3u", "2u")), default="3u", show_default=True, help=_("PDF/A 的级别"))
@click.option("--embed", is_flag=True, help=_("把 Word 文件也装进 PDF 里（只有 3u 可以）"))
@click.option(
    "--engine", type=click.Choice(("own", "libreoffice")), default="own", show_default=True, help=_("由谁来印")
)
@click.option("--json", "as_json", is_flag=True, help=_("给程序看的 JSON 输出"))
@click.pass_obj
def render(
    terminal: Terminal,
    document: Path,
    output: Path,
    *,
    strict: bool,
    level: Level,
    embed: bool,
    engine: str,
    as_json: bool,
) -> int:
    """Exit 5, and no file, when the document cannot be printed faithfully and ``--strict`` holds."""
    from pipeline.core import durable
    from pipeline.outside import refuse_place_near

    if embed and level == "2u":
        raise click.UsageError(_("--embed 要求 --level 3u：PDF/A-2 里不能带附件"))
    refuse_place_near(terminal.workspace, output)
    out = Terminal(terminal.workspace, as_json=terminal.as_json or as_json)
    try:
        printed = _printed(document, strict=strict, level=level, embed=embed, engine=engine)
    except CannotRender as error:
        out.data({"written": False, "findings": [{"message": line} for line in error.what.split("\n")]})
        raise
    durable.replace(output.resolve(), printed.pdf)
    _tell(out, output, printed)
    report = printed.report
    out.data(
        {
            "written": True,
            "engine": report.engine or "gongwen",
            "pages": report.pages,
            "findings": list(_findings(printed)),
            "fonts": list(printed.fonts),
            "substitutions": [asdict(one) for one in report.substitutions],
            "fallbacks": [asdict(one) for one in report.fallbacks],
            "fields": [asdict(box) for box in report.boxes],
            "milliseconds": {stage: round(spent, 1) for stage, spent in report.milliseconds.items()},
        }
    )
    return 0


def _printed(document: Path, *, strict: bool, level: Level, embed: bool, engine: str) -> Printed:
    from pipeline.rendering import AssociatedFile, FontBook, Metadata, render
    from pipeline.rendering.libreoffice import LibreOffice, print_by

    docx = document.read_bytes()
    files = (AssociatedFile(document.name, docx, _WORD, "Source", _("合成的 Word 文件")),) if embed else ()
    metadata = Metadata(title=document.stem, level=level, files=files)
    if engine == "libreoffice":
        return print_by(LibreOffice.installed(), docx, book=FontBook.open(), metadata=metadata)
    return render(docx, book=FontBook.open(), metadata=metadata, strict=strict)


def _tell(out: Terminal, output: Path, printed: Printed) -> None:
    """The same for a person."""
    report = printed.report
    out.say(_("{path}：{pages} 页").format(path=output, pages=report.pages))
    if report.engine:
        out.say(_("    由 {engine} 印出；没有签名域，逐页看一遍再用").format(engine=report.engine))
    for one in report.substitutions:
        out.say(_("    字体 {wanted} 用 {used} 代替").format(wanted=one.wanted, used=one.used))
    for letter in report.fallbacks:
        out.say(
            _("    “{character}”：{wanted} 里没有，取自 {used}").format(
                character=letter.character, wanted=letter.wanted, used=letter.used
            )
        )
    for refusal in printed.refusals:
        out.say(_("    没有照样印出：{what}（{near}）").format(what=refusal.construct, near=refusal.near))
    for objection in printed.objections:
        out.say(_("    检查没有通过：{message}").format(message=objection.message))


def _findings(printed: Printed) -> Iterator[Mapping[str, object]]:
    """What is not as in Word: constructs that were boxed, and what the gate says."""
    for refusal in printed.refusals:
        yield {
            "message": refusal.construct,
            "part": refusal.part,
            "near": refusal.near,
            "remedy": refusal.remedy,
        }
    for objection in printed.objections:
        yield {"message": objection.message, "check": objection.check, "page": objection.page}
