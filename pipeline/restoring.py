"""Bring the register back from the archive alone: the papers' records and the number book say everything it knew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.acts import NumberAct
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper, Submission
from pipeline.filing import NUMBER_BOOK, Problem, Trouble, acts, records
from pipeline.office import Office
from pipeline.register import Register


@dataclass(frozen=True, slots=True)
class Restored:
    """How many papers and acts on numbers were brought back, and what in the archive could not be read."""

    papers: int
    acts: int
    problems: tuple[Problem, ...]


def rebuild_register(office: Office) -> Restored:
    """Read every record of the archive and build the register anew from them. The caller is the office's writer.

    Raises what ``Register.rebuild`` raises: records that contradict one another stop it before anything is replaced.
    Raises ``ArchiveDamaged`` when a record cannot be read and there is no old register that remembers its number: that
    number would look free, and be given a second time.
    """
    found = list(records(office.settings.archive))
    told = list(acts(office.settings.archive))
    problems = [one.problem for one in found if one.problem is not None]
    problems += [one.problem for one in told if one.problem is not None]
    lost = [problem.path for problem in problems if problem.trouble is not Trouble.LEFTOVER]
    if lost and not office.register_path.exists():
        raise ArchiveDamaged(
            _("有 {count} 份归档记录读不出来，而旧登记簿已经没有了，它们的文号会被重新编给别人").format(
                count=len(lost)
            ),
            where="\n".join(lost),
            remedy=_("请从备份恢复这些记录，或恢复旧的登记簿，再运行一次"),
        )
    papers = sorted((one.paper for one in found if one.paper is not None), key=_order)
    done = [one.act for one in told if one.act is not None]
    Register.rebuild(office.register_path, papers, submissions_of(papers), done, at=office.now())
    return Restored(len(papers), len(done), (*problems, *_holes(office.register.acts())))


def _holes(known: Iterable[NumberAct]) -> Iterator[Problem]:
    """The acts that nobody knows any more: the numbers they spoke of may look free."""
    seqs = {act.seq for act in known}
    for seq in sorted(set(range(1, max(seqs, default=0))) - seqs):
        sentence = _("号簿缺第 {seq} 条记录，它预留、作废或补登的号现在没有人知道；请核对纸质材料后再作废一次")
        yield Problem(Trouble.RECORD, NUMBER_BOOK, sentence.format(seq=seq))


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


def _order(paper: FiledPaper) -> tuple[object, ...]:
    return paper.filed_at, paper.lowest_class, paper.piece
