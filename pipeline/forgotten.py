"""Whether the register still knows everything that lies in the archive.

A register that was lost, came back from an old backup, or belongs to another machine would give numbers that papers
carry already. Reads; changes nothing.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.filing import acts, count_records, deeds, records
from pipeline.register import Register


def papers_in_place(register: Register) -> int:
    """How many papers lie in the archive; not those whose files are still on their way there, or were destroyed."""
    on_their_way = sum(len(submission.papers) for submission in register.unfinished())
    return sum(holding.papers for holding in register.holdings()) - on_their_way - len(register.destroyed())


def unknown_paper(archive: Path, register: Register) -> str:
    """The name of something filed in the archive that the register does not know; "" when it knows it all."""
    for found in records(archive):
        if found.paper is not None and register.paper(found.paper.paper) is None:
            return found.paper.number or found.paper.title
    books = (
        (acts(archive), {act.seq for act in register.acts()}),
        (deeds(archive), {deed.seq for deed in register.deeds()}),
    )
    strange = (one.path for found, known in books for one in found if one.entry and one.entry.seq not in known)
    return next(strange, "")


def refuse_forgotten_archive(archive: Path, register: Register, where: Path) -> None:
    """Raise ``ConfigurationError`` when the archive holds papers of which the register (at ``where``) knows nothing.

    Names are counted; only where there are too many are the records read.
    """
    forgotten = (
        count_records(archive) > papers_in_place(register)
        or (register.next_act() == 1 and next(acts(archive), None) is not None)
        or (register.next_deed() == 1 and next(deeds(archive), None) is not None)
    )
    paper = unknown_paper(archive, register) if forgotten else ""
    if paper:
        raise ConfigurationError(
            _("档案库里有登记簿不知道的文件（如 {paper}）；接着编号会重号").format(paper=paper),
            where=str(where),
            remedy=_("登记簿丢了，或是旧的备份：先运行 gongwen reindex，从档案库重建登记簿"),
        )
