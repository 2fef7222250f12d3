"""``lint``: measure a finished paper against GB/T 9704-2012, clause by clause."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.terminal import Terminal
from pipeline.core.messages import _

_FORMATS = ("red-header", "letter", "minutes", "general", "form", "agreement", "certificate")


@click.command(help=_("对照 GB/T 9704-2012 量一份公文（PDF，或先印成 PDF 的 Word 文件）"))
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help=_("公文格式：红头文件、信函、纪要、一般文书、表格、协议、证书；不写就从首页认"),
)
@click.option("--json", "as_json", is_flag=True, help=_("给程序看的 JSON 输出"))
@click.pass_obj
def lint(terminal: Terminal, document: Path, form: str | None, as_json: bool) -> int:
    """Exit 0 when every clause is kept, 1 when one is not."""
    from pipeline.conformance import Verdict, audit, measure

    out = Terminal(terminal.workspace, as_json=terminal.as_json or as_json)
    clauses = audit(measure(_pdf(document)), form)
    failed = [clause for clause in clauses if clause.verdict is Verdict.FAIL]
    kept = [clause for clause in clauses if clause.verdict is Verdict.PASS]
    marks = {Verdict.PASS: _("合格"), Verdict.FAIL: _("不合格"), Verdict.NOT_APPLICABLE: _("不适用")}
    out.table(
        (_("条款"), _("项目"), _("量得"), _("应为"), _("允许误差"), _("结论")),
        [
            (clause.id, clause.title, clause.found, clause.expected, clause.tolerance, marks[clause.verdict])
            for clause in clauses
        ],
    )
    out.say(
        _("{path}：{kept} 项合格，{failed} 项不合格，{rest} 项不适用").format(
            path=document, kept=len(kept), failed=len(failed), rest=len(clauses) - len(kept) - len(failed)
        )
    )
    out.data({"document": document, "kept": not failed, "clauses": [asdict(clause) for clause in clauses]})
    return 1 if failed else 0


def _pdf(document: Path) -> bytes:
    """The bytes to measure; a Word file is printed first, with what could not be printed marked in its place."""
    data = document.read_bytes()
    if document.suffix.lower() != ".docx":
        return data
    from pipeline.rendering import FontBook, Metadata, render

    return render(data, book=FontBook.open(), metadata=Metadata(title=document.stem), strict=False).pdf
