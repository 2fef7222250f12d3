"""Appraisal and disposal (鉴定与销毁): whose retention has run out, and what is done about it.

条例 35 and 档案法: nothing is destroyed without appraisal, approval and two people. So a list comes first, an archivist
extends what deserves it, and what is left goes by one deed that two named people sign for. The list of what was
destroyed (销毁清册) is kept for ever beside that deed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline import deedbook
from pipeline.books import Done, Why
from pipeline.core.acts import number_in_full
from pipeline.core.archival import UNARRANGED
from pipeline.core.calendar import written
from pipeline.core.deeds import RETENTION, RETENTION_WORDS, RETENTIONS, Action, Deed, kept_until
from pipeline.core.errors import AnswerIsNo
from pipeline.core.filed import responsible
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Standing
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledPaper
from pipeline.deedbook import NewFile, On
from pipeline.office import Office
from pipeline.sheets import Listing, listing_workbook

_HEADINGS = ("序号", "档号", "文号", "责任者", "题名", "日期", "页数", "应保管期限", "已保管年限", "备注")
_WIDTHS = (6, 28, 24, 32, 48, 12, 7, 12, 12, 22)
_SIGNED = tuple(f"{who}（签字）：" for who in ("鉴定人", "批准人", "销毁人", "监销人"))
"""Lines below the list for those who answer for it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A paper whose retention ends with ``until``; ``stands`` is what the deeds made of it."""

    paper: FiledPaper
    stands: Standing
    until: date

    @property
    def retention(self) -> str:
        """Its present 保管期限."""
        return self.stands.retention or self.paper.retention

    @property
    def is_held(self) -> bool:
        """Whether a legal hold keeps it."""
        return self.stands.held is not None


def due(office: Office, day: date) -> tuple[Due, ...]:
    """The papers whose retention has run out by ``day``, oldest first; not what is destroyed or not filed yet."""
    waiting = {paper for submission in office.register.unfinished() for paper in submission.papers}
    papers = [paper for paper in office.register.papers() if paper.paper not in waiting]
    stand = office.register.standing([paper.paper for paper in papers])
    found = []
    for paper in papers:
        stands = stand.get(paper.paper, AS_FILED)
        until = kept_until(paper.year, stands.retention or paper.retention)
        if stands.destroyed is None and until is not None and until < day:
            found.append(Due(paper, stands, until))
    return tuple(found)


def extend(office: Office, papers: Sequence[FiledPaper], retention: str, why: Why) -> Done[Deed]:
    """Keep papers longer (鉴定). Raises ``AnswerIsNo`` for one that is kept as long already."""
    stand = office.register.standing([paper.paper for paper in papers])
    for paper in papers:
        now = stand.get(paper.paper, AS_FILED).retention or paper.retention
        if RETENTIONS.index(retention) >= RETENTIONS.index(now):
            raise AnswerIsNo(
                _("《{title}》的保管期限已经是{now}，只能延长").format(
                    title=on_one_line(paper.title), now=_(RETENTION_WORDS[now])
                )
            )
    return deedbook.do(office, Action.APPRAISE, [On(paper) for paper in papers], why, details={RETENTION: retention})


def destroy(office: Office, papers: Sequence[FiledPaper], why: Why, day: date) -> Done[Deed]:
    """Destroy papers whose retention has run out by ``day`` (销毁). ``why`` names two people.

    Raises ``AnswerIsNo`` for a paper that is held or not due, ``ArchiveDamaged`` when one of its files is no longer
    what was filed: that has to be cleared up before it is gone for ever. Nothing has happened then.
    """
    if len({why.by, *why.also}) < 2:
        raise AnswerIsNo(_("销毁要两个人：销毁人和监销人不能是同一个人"))
    known = {one.paper.paper: one for one in due(office, day)}
    early = [on_one_line(paper.title) for paper in papers if paper.paper not in known]
    deedbook.refuse(office, Action.DESTROY, papers)
    if early:
        raise AnswerIsNo(
            _("保管期限还没有满，不能销毁：{titles}").format(titles=_("；").join(early)),
            remedy=_("用 gongwen dispose 看已经到期的"),
        )
    chosen = [known[paper.paper] for paper in papers]
    office.archive.refuse_changed(
        file for one in chosen for file in (*one.paper.files.values(), *(copy.file for copy in one.stands.copies))
    )
    listed = NewFile("销毁清册", ".xlsx", _listed(chosen, why, office))
    return deedbook.do(office, Action.DESTROY, [On(one.paper) for one in chosen], why, files={"list": listed})


def _listed(chosen: Sequence[Due], why: Why, office: Office) -> bytes:
    """The list of what is destroyed, as it is bound: in Chinese whatever the language of the terminal."""
    rows = [
        (
            str(sequence),
            one.paper.archival_code or UNARRANGED,
            number_in_full(one.paper),
            "；".join(responsible(one.paper)),
            on_one_line(one.paper.title),
            f"{one.paper.date:%Y%m%d}",
            str(one.paper.pages or ""),
            RETENTION_WORDS[one.retention],
            f"{office.now().year - one.paper.year}年",
            f"{written(one.until)}期满",
        )
        for sequence, one in enumerate(chosen, start=1)
    ]
    watched = "、".join(why.also)
    remark = (
        f"{office.settings.office.name}　共 {len(rows)} 件　销毁原因：{why.reason}　"
        f"销毁人：{why.by}　监销人：{watched}　销毁日期：{written(office.now().date())}"
    )
    signed = [("", label, *("" for _heading in _HEADINGS[2:])) for label in _SIGNED]
    return listing_workbook([Listing("销毁清册", _HEADINGS, _WIDTHS, (*rows, *signed), "档案销毁清册", remark)])
