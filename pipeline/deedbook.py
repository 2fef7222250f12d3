"""The book of deeds (办理簿): the one door through which something is done to papers after they are filed.

    scan = NewFile("盖章件", ".pdf", pdf)
    done = deedbook.do(office, Action.SEALED, [On(paper, {"seal": "党委印章"}, {"scan": scan})], Why("归档", "王秘书"))

Every action goes through ``do``: what cannot be done to a paper is refused (``core.standing.objection``), and what is
done is entered, filed and replayed as ``books`` says. Whoever has more to refuse does so before calling it. What a
paper is after all deeds, ``standing_of`` tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline import books
from pipeline.books import Book, Done, Why
from pipeline.catalogues import keep_lists, keep_pages
from pipeline.cataloguing.entries import folder_of
from pipeline.core import durable
from pipeline.core.acts import number_in_full
from pipeline.core.calendar import written
from pipeline.core.deeds import BY_PAPER, FROM, WORDS, Action, Deed, DeedLine, Status
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Standing, objection, versions
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.filing import DEED_BOOK, NewFile, Staging, stage_deed
from pipeline.office import Office

__all__ = ["Done", "NewFile", "On", "Why", "do", "finish_deed", "finish_deeds", "repeal", "standing_of"]


@dataclass(frozen=True, slots=True)
class On:
    """A paper to which something is done. ``details`` are what ``core.deeds.NEEDED`` asks for and whatever else is
    worth knowing, in small words; ``files`` come beside the paper, by role."""

    paper: FiledPaper
    details: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, NewFile] = field(default_factory=dict)


def do(
    office: Office,
    action: Action,
    papers: Sequence[On],
    why: Why,
    *,
    details: Mapping[str, str] | None = None,
    files: Mapping[str, NewFile] | None = None,
) -> Done[Deed]:
    """Do something to papers: all of them, or none.

    ``details`` hold for every paper, ``files`` come beside the deed's own record. Raises ``AnswerIsNo`` with what
    stands in the way, ``ValueError`` for a deed that does not say what its action needs (``core.deeds.NEEDED``).
    """
    refuse(office, action, [one.paper for one in papers])
    papers = _once_for_all_versions(office, papers) if action in (Action.HOLD, Action.UNHOLD) else papers
    lines = tuple(DeedLine.of(one.paper, action, one.details) for one in papers)
    beside = [(one.paper, one.files) for one in papers if one.files]

    def decide(seq: int) -> Deed:
        return Deed(seq, action, lines, why.by, office.now(), why.reason, why.also, details or {})

    def stage(deed: Deed, staging: Staging) -> Deed:
        return stage_deed(deed, staging, office.occupied(), beside_papers=beside, own=files)

    done = books.do(office, _book(office), decide, stage)
    keep_lists(office)
    return done


def repeal(office: Office, paper: FiledPaper, since: date, why: Why, instead: FiledPaper | None = None) -> Done[Deed]:
    """Repeal a paper from a day on; ``instead`` takes its place.

    Raises ``AnswerIsNo`` for a day before the paper's own (what never held is withdrawn, 条例 33), and for a paper in
    its place that is the same one, is destroyed or does not hold itself.
    """
    refuse(office, Action.REPEAL, [paper])
    if since < paper.date:
        raise AnswerIsNo(
            _("废止的日期（{since}）早于这份文件的成文日期（{day}）").format(
                since=written(since), day=written(paper.date)
            ),
            remedy=_("改正 --from；自始无效的文件用 gongwen withdraw 撤销"),
        )
    details = {FROM: since.isoformat()}
    if instead is not None:
        _refuse_instead(office, paper, instead)
        details[BY_PAPER] = instead.paper
    return do(office, Action.REPEAL, [On(paper)], why, details=details)


def _refuse_instead(office: Office, paper: FiledPaper, instead: FiledPaper) -> None:
    stands = standing_of(office, instead)
    if instead.paper == paper.paper:
        reason = _("一份文件不能代替它自己")
    elif stands.status is not Status.VALID or stands.destroyed is not None:
        reason = _("代替它的文件自己已不再有效：{what}").format(
            what=number_in_full(instead) or on_one_line(instead.title)
        )
    else:
        return
    raise AnswerIsNo(reason, remedy=_("改正 --replaced-by，写现行有效的那一份"))


def refuse(office: Office, action: Action, papers: Sequence[FiledPaper]) -> None:
    """Raise ``AnswerIsNo`` when this cannot be done to one of the papers, naming each and why."""
    stand = office.register.standing([paper.paper for paper in papers])
    reasons = [
        (paper, objection(action, stand.get(paper.paper, AS_FILED), bool(paper.archival_code))) for paper in papers
    ]
    refused = [f"{number_in_full(paper) or on_one_line(paper.title)}{_('：')}{why}" for paper, why in reasons if why]
    if refused:
        raise AnswerIsNo(
            _("不能办理“{action}”").format(action=_(WORDS[action])),
            remedy="\n".join([*refused, _("用 gongwen show 看它的来龙去脉")]),
        )


def _once_for_all_versions(office: Office, papers: Sequence[On]) -> Sequence[On]:
    """Of the versions of one paper the first that is named: what is done to one of them is done to all."""
    chains = versions(office.register.newer([one.paper.paper for one in papers]))
    first: dict[str, On] = {}
    for one in papers:
        first.setdefault(chains.get(one.paper.paper, (one.paper.paper,))[0], one)
    return tuple(first.values())


def standing_of(office: Office, paper: FiledPaper) -> Standing:
    """What a paper is after all deeds about it."""
    return office.register.standing([paper.paper]).get(paper.paper, AS_FILED)


def finish_deed(office: Office, deed: Deed) -> None:
    """File a deed that is staged and entered."""
    books.finish(_book(office), deed, office.staging(deed.id))


def finish_deeds(office: Office) -> None:
    """File the deeds whose files a killed run left on their way into the archive."""
    books.finish_all(office, _book(office))


def _book(office: Office) -> Book[Deed]:
    register = office.register
    return Book(
        DEED_BOOK,
        register.next_deed,
        register.enter_deed,
        lambda deed, staging: _place(deed, staging, office),
        register.finish_deed,
        register.unfinished_deeds,
    )


def _place(deed: Deed, staging: Staging, office: Office) -> None:
    """The deed's files into their places, what it destroys out of them, then the pages of the folders it speaks of."""
    office.archive.place_files(staging, deed.all_files)
    office.archive.remove_files(doomed(deed, office))
    papers = _papers(deed, office)
    for folder in {office.archive.root, *((office.archive.root / folder_of(paper)) for paper in papers)}:
        durable.sweep(folder)  # what a killed run left of these very pages
    keep_pages(papers, office)


def doomed(deed: Deed, office: Office) -> tuple[FiledFile, ...]:
    """The files that a destruction takes away; none for any other deed.

    All of each paper, what was put beside it later, and the workbook it came from unless another paper that is still
    there came from it too.
    """
    papers = [line.remains for line in deed.lines if line.remains is not None]
    stand = office.register.standing([paper.paper for paper in papers])
    files = [
        file for paper in papers for file in (*paper.files.values(), *(copy.file for copy in stand[paper.paper].copies))
    ]
    shared = office.register.still_held(file.path for file in files)
    return tuple(file for file in files if file.path not in shared)


def _papers(deed: Deed, office: Office) -> list[FiledPaper]:
    found = (office.register.paper(line.paper) for line in deed.lines)
    return [paper for paper in found if paper is not None]
