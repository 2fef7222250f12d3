"""A set of papers out of the archive, with its lists: a copy, or a hand-over (移交).

Every file is compared with the register on the way. A copy changes nothing in the office. A hand-over is checked by
四性检测 first, whose report goes along, and then entered in the book of deeds, with lists and report beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.books import Done, Why
from pipeline.core import durable
from pipeline.core.deeds import RECEIVER, Action, Deed
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper
from pipeline.deedbook import On, do, refuse
from pipeline.filing import NewFile
from pipeline.four_properties import integrity_report
from pipeline.handover.bag import fill_bag
from pipeline.handover.building import building, or_gone
from pipeline.handover.checks import Check, of_a_copy, of_a_hand_over
from pipeline.handover.lists import NAME as LISTS
from pipeline.handover.lists import Handed, lists_of
from pipeline.handover.order import FORMS, Exported, Order, Progress
from pipeline.handover.packages import fill_packages
from pipeline.handover.pieces import Piece, pieces_of
from pipeline.office import Office
from pipeline.outside import refuse_place

REPORT = "四性检测报告.pdf"

_NAMED = 10
_REASON = "移交，{form}"


def export(
    office: Office, papers: Sequence[FiledPaper], order: Order, progress: Progress = lambda _what, _done, _all: None
) -> Exported:
    """Make a copy of these papers as a set.

    Raises ``AnswerIsNo`` when there are none, all are destroyed or some have no 档号 yet, or the target is taken, lies
    in the office itself or in a folder that is not there, ``ArchiveDamaged`` naming a file that is not as it was filed,
    ``OSError`` as it comes; nothing is left at the target then.
    """
    pieces = _ready(office, papers, order)
    return _made(office, pieces, order, of_a_copy(len(_files_of(pieces))), {}, len(papers) - len(pieces), progress)


def hand_over(
    office: Office, papers: Sequence[FiledPaper], order: Order, progress: Progress = lambda _what, _done, _all: None
) -> tuple[Exported, Done[Deed]]:
    """``export`` for good: the hand-over to ``order.to`` is entered in the book of deeds, with the lists beside it.

    The caller is the office's writer. Raises ``AnswerIsNo`` also when one of the papers cannot be handed over (again).
    """
    pieces = _ready(office, papers, order)
    own = [piece.paper for piece in pieces]
    refuse(office, Action.TRANSFER, own)
    _refuse_again(office, pieces, order.to)
    checked = integrity_report(office, own)
    checks, report = of_a_hand_over(checked.items), {REPORT: checked.pdf}
    made = _made(office, pieces, order, checks, report, len(papers) - len(pieces), progress)
    with or_gone(order.target):  # what is not entered was not handed over
        done = do(
            office,
            Action.TRANSFER,
            [On(paper) for paper in own],
            Why(_REASON.format(form=FORMS[order.form]), order.by),
            details={RECEIVER: order.to, "set": order.target.name, "count": str(made.papers), "bytes": str(made.size)},
            files={
                "list": NewFile("移交登记表和清单", ".xlsx", made.lists),
                "check": NewFile("四性检测报告", ".pdf", checked.pdf),
            },
        )
    return made, done


def _ready(office: Office, papers: Sequence[FiledPaper], order: Order) -> list[Piece]:
    """The papers that are still there, when a set of them can be made."""
    refuse_place(office, order.target)
    office.refuse_missing_archive(_("检查共享盘是否连上，再运行一次"))
    if order.target.exists():
        raise AnswerIsNo(_("已经有这个名字，没有覆盖它"), where=str(order.target), remedy=_("换一个名字"))
    if not papers:
        raise AnswerIsNo(_("没有符合条件的文件，什么也没有导出"), remedy=_("用 gongwen find 看看条件对不对"))
    pieces = pieces_of(office, papers)
    if not pieces:
        raise AnswerIsNo(_("符合条件的 {count} 件都已经销毁").format(count=len(papers)))
    _refuse_waiting(pieces)
    return pieces


def _refuse_waiting(pieces: Sequence[Piece]) -> None:
    """Raise ``AnswerIsNo`` while papers of the set wait for the yearly arrangement: whoever gets it could not name
    them."""
    years = sorted(piece.paper.year for piece in pieces if not piece.paper.archival_code)
    if years:
        commands = [f"gongwen arrange {year}" for year in dict.fromkeys(years)]
        raise AnswerIsNo(
            _("有 {count} 件还没有档号（待整理），没有导出").format(count=len(years)),
            remedy=_("先运行 {commands} 编好档号，再导出").format(commands=_("、").join(commands)),
        )


def _refuse_again(office: Office, pieces: Sequence[Piece], receiver: str) -> None:
    """Raise ``AnswerIsNo`` when some of them were handed over to the same receiver before."""
    before = [
        piece.paper.number or piece.paper.archival_code
        for piece in pieces
        if (deed := piece.stands.transferred) is not None and deed.details.get(RECEIVER) == receiver
    ]
    if before:
        raise AnswerIsNo(
            _("有 {count} 件以前已经移交给{receiver}").format(count=len(before), receiver=receiver),
            where="、".join(before[:_NAMED]),
            remedy=_("只要一份复制件时，不加 --transfer；否则缩小范围，只移交还没有移交过的"),
        )


def _made(
    office: Office,
    pieces: Sequence[Piece],
    order: Order,
    checks: Sequence[Check],
    beside: Mapping[str, bytes],
    left_out: int,
    progress: Progress,
) -> Exported:
    """The set with its lists and what goes along ``beside`` them, by name."""
    sizes = _files_of(pieces)
    handed = Handed(
        office=office.settings.office.name,
        fonds=office.settings.office.fonds,
        to=order.to,
        by=order.by,
        form=FORMS[order.form],
        at=office.now(),
        files=len(sizes),
        size=sum(sizes.values()),
        checks=checks,
    )
    lists = lists_of([piece.paper for piece in pieces], handed)
    fill = fill_bag if order.form == "bagit" else fill_packages
    with building(order.target) as folder:
        for name, content in {LISTS: lists, **beside}.items():
            durable.replace(folder / name, content)
        fill(folder, office, pieces, handed, progress)
    return Exported(order.target, len(pieces), handed.files, handed.size, tuple(checks), lists, left_out)


def _files_of(pieces: Sequence[Piece]) -> Mapping[str, int]:
    """The size of each file of the papers by path; a workbook of several counts once."""
    return {file.path: file.size for piece in pieces for _role, file in piece.files}
