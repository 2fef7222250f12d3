"""整理: the papers of a year that were filed without 档号 are put in order and get theirs (DA/T 22-2015).

It is one deed of the book of deeds (``Action.ARRANGE``): all papers of the year, or of one organisation, or none. The
deed says each paper's 档号, and beside each paper it puts the metadata that carry it; what was filed is not written
again. Every paper of the year gets one, the withdrawn, repealed and replaced ones too: they keep their places, and
each version is a 件 of its own. Only what was destroyed gets none. Where an appraisal (鉴定) changed the 保管期限
before, the paper belongs to the class of the one in force.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pipeline import deedbook
from pipeline.books import Done, Why
from pipeline.core.deeds import ARRANGED_METADATA, CODE, Action, Deed
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged
from pipeline.core.filed import filed_record
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, versions
from pipeline.core.values import FiledPaper, Organisation
from pipeline.deedbook import NewFile, On
from pipeline.filing import metadata
from pipeline.numbering import Arranged, Waiting, arrange
from pipeline.office import Office

_YEAR = "year"
"""Key of the deed's details: the year that was put in order."""

_REASON = "{year}年度整理"
"""Kept in the archive for ever, so in the office's language and not in that of the terminal."""


def planned(office: Office, year: int, organisation: Organisation | None = None) -> tuple[Arranged, ...]:
    """The papers of a year that wait for their 档号, of one organisation where named, each with the one it gets.

    Raises ``AnswerIsNo`` when there is none, or while papers of the year are still on their way into the archive.
    """
    papers = [
        paper
        for paper in office.register.unarranged(year)
        if organisation is None or paper.organisation == organisation.name
    ]
    _refuse_unfinished(office, papers)
    stand = office.register.standing([paper.paper for paper in papers])
    matters = _matters(office, papers)
    waiting = [
        Waiting(paper, stand.get(paper.paper, AS_FILED).retention or paper.retention, matters[paper.paper])
        for paper in papers
        if stand.get(paper.paper, AS_FILED).destroyed is None
    ]
    if not waiting:
        raise AnswerIsNo(
            _("{year}年没有待整理的文件").format(year=year),
            remedy=_("用 gongwen find --year 看这一年的文件；都有档号就不用再整理"),
        )
    return arrange(waiting, office.register.last_piece)


def put_in_order(office: Office, year: int, order: Sequence[Arranged], why: Why) -> Done[Deed]:
    """Give the papers of ``planned`` their 档号; ``why`` names who did it, and in ``also`` who looked it over.

    Raises ``ArchiveDamaged`` when the metadata of a paper are no longer what was filed; nothing has happened then.
    """
    papers = [On(one.paper, {CODE: one.code.text}, _described(office, one)) for one in order]
    told = Why(why.reason or _REASON.format(year=year), why.by, why.also)
    return deedbook.do(office, Action.ARRANGE, papers, told, details={_YEAR: str(year)})


def _refuse_unfinished(office: Office, papers: Iterable[FiledPaper]) -> None:
    """A paper that is not in its place yet would be left out, and come behind all others one day."""
    unfinished = {one.id: one.name for one in office.register.unfinished()}
    names = {unfinished[paper.submission] for paper in papers if paper.submission in unfinished}
    if names:
        raise AnswerIsNo(
            _("还有表格没有归档完：{names}").format(names=_("、").join(sorted(names))),
            remedy=_("先运行 gongwen run 把它们做完，再整理"),
        )


def _described(office: Office, one: Arranged) -> Mapping[str, NewFile]:
    """The metadata to come beside a paper; none beside one that was filed without (of an older version)."""
    file = one.paper.files.get(metadata.ROLE)
    if file is None:
        return {}
    path = office.archive.root / file.path
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ArchiveDamaged(
            _("归档的文件丢失或被改动，没有整理"),
            where=file.path,
            remedy=_("请先运行 gongwen verify，从备份找回它，再整理"),
        )
    after = metadata.arranged(content, one.code, office.now().date())
    return {metadata.ROLE: NewFile(ARRANGED_METADATA, ".xml", after)}


def _matters(office: Office, papers: Sequence[FiledPaper]) -> Mapping[str, str]:
    """The matter (事由) of each paper: its own, or that of its first version; a set (成套文件) is one matter."""
    ids = [paper.paper for paper in papers]
    chains = versions(office.register.newer(ids))
    known = {paper.paper: paper for paper in papers}
    first = {one: known.get(chain) or office.register.paper(chain) for one, chain in _firsts(ids, chains)}
    roots = {root.paper: root for one, root in first.items() if root is not None}
    sets = _sets(office, roots.values())
    return {one: sets.get(root.paper, root.paper) if root else one for one, root in first.items()}


def _firsts(ids: Iterable[str], chains: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Each paper with the first version of it."""
    for one in ids:
        yield one, chains.get(one, (one,))[0]


def _sets(office: Office, papers: Collection[FiledPaper]) -> Mapping[str, str]:
    """The set that each paper belongs to, of those that belong to one: workbook and number of the set in it.

    A set's workbook is one that made papers of several kinds, all of them of one of the office's sets. The archive
    alone tells as much, so the order does not hang on a register that was never lost.
    """
    kinds_of_sets = [{paper.kind.id for paper in bundle.papers} for bundle in office.bundles]
    made: dict[str, set[str]] = defaultdict(set)
    for submission in {paper.submission for paper in papers}:
        made[submission] = {paper.kind for paper in office.register.papers_of(submission)}
    return {
        paper.paper: f"{paper.submission} {_number_of_set(office, paper)}"
        for paper in papers
        if len(made[paper.submission]) > 1 and any(made[paper.submission] <= kinds for kinds in kinds_of_sets)
    }


def _number_of_set(office: Office, paper: FiledPaper) -> str:
    """Which set of its workbook a paper is of, as its head row says; "" where it does not, or nobody knows the row."""
    kind = office.kinds.find(paper.kind)
    if kind is None or not kind.head.key or not paper.data:
        return ""
    return str(filed_record(paper).head.get(kind.head.key) or "")
