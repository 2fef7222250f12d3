"""The papers of a packet: which are chosen, and each as it goes in.

An inspector wants what was signed: the sealed scan (盖章件) goes in place of the archive's own print, without one the
electronically signed copy (签章件). Where personal data are blacked out, a scan may hold numbers written by hand that
no program reads, and a signature does not outlive the blacking out; so the print goes in, made anew where it holds
anything personal, and what stays out is named with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.core.archival import catalogue_order
from pipeline.core.deeds import STATUS_WORDS, Action, Status
from pipeline.core.errors import AnswerIsNo, CannotRender
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED, Copy, Standing
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.office import Office
from pipeline.packet.joined import alone, pages_in
from pipeline.packet.order import Order
from pipeline.packet.personal import Personal, figures
from pipeline.packet.redaction import has_pictures, leaks, values_of
from pipeline.packet.word import blacked_docx
from pipeline.rendering import Metadata, render

MOST = 2000
"""Papers in one packet; more are two packets."""


class Form(StrEnum):
    """As what a paper goes into the packet, in the word of the office."""

    PRINT = "打印件"
    SEALED = "盖章件"
    SIGNED = "签章件"
    BLACKED = "遮盖件"
    ABSENT = "未收入"


class Left(StrEnum):
    """Why something of a paper is not in the packet, as the contents say it."""

    SCAN = "另有盖章件，没有收入：扫描图上可能有手写的号码，程序认不出来；要看请调阅档案"
    SIGNED = "另有签章件，没有收入：里面有要遮盖的内容，遮盖以后签章就无效了；要看请调阅档案"
    NO_WORD = "没有收入：没有Word文件，不能遮盖后重新印出；要看请调阅档案"
    REMAINS = "没有收入：遮盖以后仍有认得出的号码；要看请调阅档案"
    CANNOT = "没有收入：遮盖以后印不出来；要看请调阅档案"


_FORMS = {Action.SEALED: Form.SEALED, Action.SIGNED: Form.SIGNED}


@dataclass(frozen=True, slots=True)
class Piece:
    """A paper as it goes into the packet. ``title`` is on one line, without what is personal; ``pdf`` is empty for one
    that is left out; ``file`` is what the archive has of it; ``notes`` say what stays behind and why."""

    paper: FiledPaper
    stands: Standing
    title: str
    file: FiledFile
    form: Form
    pdf: bytes = b""
    pages: int = 0
    notes: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[FiledFile, ...]:
        """Every file of the 件 in the archive."""
        return (*self.paper.files.values(), *(copy.file for copy in self.stands.copies))

    @property
    def remark(self) -> str:
        """备注 of the contents: what it is where it is not the plain print, and what it is no longer."""
        status = Status(self.paper.status)
        told = (
            self.form if self.form is not Form.PRINT else "",
            "" if status is Status.VALID else STATUS_WORDS[status],
        )
        return "，".join(filter(None, told))


def chosen(office: Office, order: Order) -> list[FiledPaper]:
    """The papers in the order of their days; of what was destroyed (销毁) there is nothing to hand over.

    Raises ``AnswerIsNo`` when there is none, or more than ``MOST``.
    """
    gone = office.register.destroyed()
    found = office.register.search(
        replace(order.query, organisation=order.organisation.name, since=order.since, until=order.until, limit=MOST + 1)
    )
    own = [hit.paper for hit in found if hit.paper.organisation == order.organisation.name]
    papers = [paper for paper in own if paper.paper not in gone]
    if own and not papers:
        raise AnswerIsNo(_("符合条件的 {count} 件都已经销毁").format(count=len(own)))
    if not papers:
        raise AnswerIsNo(_("没有找到"), remedy=_("放宽日期、文种或查找的词再试"))
    if len(papers) > MOST:
        raise AnswerIsNo(_("超过 {most} 件").format(most=MOST), remedy=_("缩小日期范围，分几次做"))
    return sorted(papers, key=lambda one: (one.date, catalogue_order(one)))


def destroyed_of(office: Office, order: Order) -> list[FiledPaper]:
    """The papers that would be among the chosen ones and are destroyed (销毁)."""
    gone = office.register.destroyed()
    if not gone:
        return []
    query = replace(order.query, organisation=order.organisation.name, since=order.since, until=order.until, limit=MOST)
    papers = (hit.paper for hit in office.register.search(query))
    own = (one for one in papers if one.paper in gone and one.organisation == order.organisation.name)
    return sorted(own, key=lambda one: (one.date, catalogue_order(one)))


def personal_in(papers: Iterable[FiledPaper]) -> Personal:
    """What is personal in these papers; a short value (an extension) is only so in its own."""
    return Personal(frozenset(value for paper in papers for value in values_of(paper) if len(figures(value)) >= 7))


def pieces_of(
    papers: Iterable[FiledPaper], office: Office, damaged: Set[str], personal: Personal | None
) -> list[Piece]:
    """The papers ready for the packet; ``damaged`` are the paths at which the archive is not as it was filed,
    ``personal`` what is to be blacked out, None for nothing.

    Raises ``AnswerIsNo`` when what would be handed over is damaged, ``CannotRender`` when blacking out changed more.
    """
    known = list(papers)
    stand = office.register.standing([paper.paper for paper in known])
    pieces = []
    for paper in known:
        as_it_is = _as_it_is(paper, stand.get(paper.paper, AS_FILED), office)
        pieces.append(
            _read(as_it_is, office, damaged) if personal is None else _safe(as_it_is, office, damaged, personal)
        )
    return pieces


def _as_it_is(paper: FiledPaper, stands: Standing, office: Office) -> Piece:
    """The paper by its fair copy: the last sealed scan, without one the last signed copy, without one the print."""
    fair = _fair_copy(stands)
    behind = dict.fromkeys(copy.called for copy in stands.composed if copy is not fair)
    notes = (f"另有{'、'.join(behind)}在档案里，没有收入",) if behind else ()
    file, form = (fair.file, _FORMS[fair.deed.action]) if fair else (paper.files["pdf"], Form.PRINT)
    return Piece(paper, stands, on_one_line(paper.title), file, form, notes=notes)


def _fair_copy(stands: Standing) -> Copy | None:
    for action in _FORMS:
        if copies := [copy for copy in stands.copies if copy.deed.action is action]:
            return copies[-1]
    return None


def _read(piece: Piece, office: Office, damaged: Set[str]) -> Piece:
    pdf = _sound(piece.file, office, damaged)
    return replace(piece, pdf=pdf, pages=pages_in(pdf))


def _sound(file: FiledFile, office: Office, damaged: Set[str]) -> bytes:
    """A file of the archive. Raises ``AnswerIsNo`` when it is not as it was filed."""
    if file.path in damaged:
        raise AnswerIsNo(
            _("文件不见了或被改动过，不能交出去"), where=file.path, remedy=_("先运行 gongwen verify，恢复后再做")
        )
    return (office.archive.root / file.path).read_bytes()


def _safe(piece: Piece, office: Office, damaged: Set[str], everywhere: Personal) -> Piece:
    """The paper without anything personal, or left out with the reason."""
    paper = piece.paper
    own = Personal(everywhere.values | values_of(paper))
    piece = replace(piece, title=own.hidden(piece.title))
    if piece.form is Form.SEALED:
        piece = replace(piece, file=paper.files["pdf"], form=Form.PRINT, notes=(Left.SCAN, *piece.notes))
    if "docx" not in paper.files:
        return replace(piece, form=Form.ABSENT, notes=(Left.NO_WORD, *_without_scan(piece.notes)))
    pdf = alone(_sound(piece.file, office, damaged))
    is_clean = not has_pictures(paper) and not own.places(paper.text)  # its text: a page may end within a number
    if is_clean and not leaks(".pdf", pdf, own):
        return replace(piece, pdf=pdf, pages=pages_in(pdf))
    if piece.form is Form.SIGNED:
        piece = replace(piece, file=paper.files["pdf"], notes=(Left.SIGNED, *piece.notes))
    clean = blacked_docx(_sound(paper.files["docx"], office, damaged), own, pictures=has_pictures(paper))
    try:
        pdf = _printed_anew(piece, clean, office)
    except CannotRender:
        return replace(piece, form=Form.ABSENT, notes=(Left.CANNOT, *_without_scan(piece.notes)))
    if leaks(".pdf", pdf, own):
        return replace(piece, form=Form.ABSENT, notes=(Left.REMAINS, *_without_scan(piece.notes)))
    return replace(piece, pdf=pdf, pages=pages_in(pdf), form=Form.BLACKED)


def _without_scan(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Where the paper itself is left out, so is its scan, without a word more."""
    return tuple(note for note in notes if note is not Left.SCAN)


def _printed_anew(piece: Piece, clean: bytes, office: Office) -> bytes:
    """The paper printed from its blacked Word file, without attachments. Raises ``CannotRender``.

    That the words that remain are those that were filed is proven in steps: the filed print had the words of the Word
    file (the gate at filing), ``clean`` has them but for the blacked ones (``blacked_docx``), and the new print has
    those of ``clean`` (the gate again).
    """
    paper = piece.paper
    metadata = Metadata(
        title=piece.title,
        author=paper.organisation,
        subject=paper.kind_name,
        number=paper.number,
        archival_code=paper.archival_code,
    )
    return render(clean, book=office.press().fonts, metadata=metadata).pdf
