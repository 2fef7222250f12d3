"""Bring the register back from the archive alone: the papers' records and the number book say everything it knew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.acts import NumberAct
from pipeline.core.archival import filed_order
from pipeline.core.deeds import Deed
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper, Submission
from pipeline.filing import DEED_BOOK, NUMBER_BOOK, Problem, Trouble, acts, deeds, records
from pipeline.office import Office
from pipeline.register import Register


@dataclass(frozen=True, slots=True)
class Restored:
    """How many papers, acts on numbers and deeds were brought back, and what in the archive could not be read."""

    papers: int
    acts: int
    deeds: int
    problems: tuple[Problem, ...]


def rebuild_register(office: Office) -> Restored:
    """Read every record of the archive and build the register anew from them. The caller is the office's writer.

    Raises ``OutOfReach`` when the archive is gone, or empty while the old register knows papers: of a share that is
    away an empty register would be made. Raises what ``Register.rebuild`` raises: records that contradict one another
    stop it before anything is replaced.
    Raises ``ArchiveDamaged`` when a record cannot be read and there is no old register that remembers its number: that
    number would look free, and be given a second time.
    """
    office.refuse_missing_archive(_("检查共享盘是否连上；登记簿没有动，接上以后再运行一次"))
    found = list(records(office.settings.archive))
    acted = list(acts(office.settings.archive))
    told = list(deeds(office.settings.archive))
    every = (*(one.problem for one in found), *(one.problem for one in acted), *(one.problem for one in told))
    problems = [problem for problem in every if problem is not None]
    lost = [problem.path for problem in problems if problem.trouble is not Trouble.LEFTOVER]
    if lost and not office.register_path.exists():
        raise ArchiveDamaged(
            _("有 {count} 份归档记录读不出来，而旧登记簿已经没有了，它们的文号会被重新编给别人").format(
                count=len(lost)
            ),
            where="\n".join(lost),
            remedy=_("请从备份恢复这些记录，或恢复旧的登记簿，再运行一次"),
        )
    done = [one.entry for one in told if one.entry is not None]
    papers = sorted((*(one.paper for one in found if one.paper is not None), *_remains(done)), key=filed_order)
    by_hand = [one.entry for one in acted if one.entry is not None]
    Register.rebuild(office.register_path, papers, submissions_of(papers), by_hand, done, at=office.now())
    holes = (*_holes(NUMBER_BOOK, office.register.acts()), *_holes(DEED_BOOK, office.register.deeds()))
    return Restored(len(papers), len(by_hand), len(done), (*problems, *holes))


def _remains(done: Iterable[Deed]) -> Iterator[FiledPaper]:
    """The papers that were destroyed, as far as the deeds still tell of them."""
    return (line.remains for deed in done for line in deed.lines if line.remains is not None)


def _holes(book: str, known: Iterable[NumberAct | Deed]) -> Iterator[Problem]:
    """The entries of a book that nobody knows any more: numbers may look free, a withdrawn paper valid."""
    seqs = {entry.seq for entry in known}
    sentence = {
        NUMBER_BOOK: _("号簿缺第 {seq} 条记录，它预留、作废或补登的号现在没有人知道；请核对纸质材料后再作废一次"),
        DEED_BOOK: _("办理簿缺第 {seq} 条记录，它对文件做了什么现在没有人知道；请核对纸质材料后重新办理"),
    }[book]
    for seq in sorted(set(range(1, max(seqs, default=0))) - seqs):
        yield Problem(Trouble.RECORD, book, sentence.format(seq=seq))


def submissions_of(papers: Iterable[FiledPaper]) -> Sequence[Submission]:
    """The workbooks that the papers came from, each with its papers in the order of their numbers."""
    made: dict[str, list[FiledPaper]] = {}
    for paper in papers:
        made.setdefault(paper.submission, []).append(paper)
    return [
        Submission(
            id=submission,
            name=group[0].source_name,
            sha256=group[0].files["source"].sha256,
            kind=group[0].kind,
            state="finished",
            received_at=group[0].filed_at,
            papers=tuple(paper.paper for paper in group),
        )
        for submission, group in made.items()
    ]
