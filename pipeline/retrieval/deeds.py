"""Compare the book of deeds with its witnesses: the register, the records in the archive, and the papers it speaks of.

A deed that is gone or was changed may make a withdrawn paper look valid, a held one ripe for destruction. So every
difference is damage, and so is a deed that cannot have been done.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.core.deeds import STATUS_WORDS, WORDS, Deed, Status
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, contradictions, standing
from pipeline.core.values import FiledPaper
from pipeline.retrieval.damage import Damage, Remark

_OWN = "deed"
"""The record's own digest is no statement of the record; a changed record is reported as a changed file."""


def check_deeds(
    recorded: Mapping[str, Deed],
    known: Collection[Deed],
    papers: Iterable[FiledPaper],
    coded: Container[str] = frozenset(),
) -> Iterator[Remark]:
    """What register and archive say differently of deeds, what is missing among them, and what cannot be.

    ``coded`` are the papers (ids) that were filed with their 档号.
    """
    yield from _compared(recorded, known)
    yield from (_not_registered(path, deed) for path, deed in unindexed_deeds(recorded, known).items())
    yield from _holes(known)
    every = list(papers)
    newer = {paper.replaces: paper.paper for paper in every if paper.replaces}
    for deed, line, why in contradictions(known, (paper.paper for paper in every), newer, coded):
        sentence = _("办理簿第 {seq} 条“{action}”与别的记录矛盾：{what}，{why}").format(
            seq=deed.seq, action=_(WORDS[deed.action]), what=line.number or line.title, why=why
        )
        yield Remark(Damage.DISAGREES, _path(deed), sentence)


def check_status(papers: Collection[FiledPaper], known: Iterable[Deed]) -> Iterator[Remark]:
    """The papers whose status in the register is another than deeds and later versions come to."""
    ids = {paper.paper for paper in papers}
    stand = standing(known, {paper.replaces: paper.paper for paper in papers if paper.replaces in ids})
    for paper in papers:
        due = stand.get(paper.paper, AS_FILED).status
        if paper.status != due:
            sentence = _("登记簿里是“{found}”，按办理簿和更正后的版本应是“{due}”").format(
                found=_said(paper.status), due=STATUS_WORDS[due]
            )
            yield Remark(Damage.DISAGREES, paper.files["record"].path if "record" in paper.files else "", sentence)


def _said(status: str) -> str:
    """A status as the register has it; what is none stands as it is."""
    return STATUS_WORDS[Status(status)] if status in set(Status) else status


def unindexed_deeds(recorded: Mapping[str, Deed], known: Iterable[Deed]) -> Mapping[str, Deed]:
    """The deeds in the archive that the register does not know, by the path of their record."""
    seqs = {deed.seq for deed in known}
    return {path: deed for path, deed in recorded.items() if deed.seq not in seqs}


def remains(deeds: Mapping[str, Deed]) -> Iterator[tuple[str, FiledPaper]]:
    """What the deeds in the archive tell of papers that were destroyed, each with the path of the deed."""
    for path, deed in deeds.items():
        yield from ((path, line.remains) for line in deed.lines if line.remains is not None)


def _compared(recorded: Mapping[str, Deed], known: Iterable[Deed]) -> Iterator[Remark]:
    by_seq = {deed.seq: (path, deed) for path, deed in recorded.items()}
    for deed in known:
        path, record = by_seq.get(deed.seq, ("", deed))
        if _told(deed) != _told(record):
            sentence = _("登记簿与办理簿第 {seq} 条记录不一致").format(seq=deed.seq)
            yield Remark(Damage.DISAGREES, path, sentence)


def _told(deed: Deed) -> tuple[object, ...]:
    """What the deed itself says: without its own file, and without what remains, which is compared as a paper is."""
    lines = tuple(replace(line, remains=None) for line in deed.lines)
    files = {role: file for role, file in deed.files.items() if role != _OWN}
    return deed.action, lines, deed.by, deed.also, deed.at, deed.reason, deed.details, files


def _not_registered(path: str, deed: Deed) -> Remark:
    what = deed.lines[0].number or deed.lines[0].title
    sentence = _("办理簿里有“{action} {what}”，登记簿里没有；可运行 gongwen reindex 重建登记簿").format(
        action=_(WORDS[deed.action]), what=what
    )
    return Remark(Damage.UNINDEXED, path, sentence)


def _holes(known: Iterable[Deed]) -> Iterator[Remark]:
    """The deeds that nobody knows any more."""
    seqs = {deed.seq for deed in known}
    for seq in sorted(set(range(1, max(seqs, default=0))) - seqs):
        sentence = _("办理簿缺第 {seq} 条记录；它对文件做了什么请核对纸质材料").format(seq=seq)
        yield Remark(Damage.DISAGREES, _("办理簿"), sentence)


def _path(deed: Deed) -> str:
    return deed.files[_OWN].path if _OWN in deed.files else _("办理簿")
