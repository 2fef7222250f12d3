"""The papers of a packet: which are chosen, and each as it goes in, whole or with its personal data blacked out."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from pipeline.core.archival import catalogue_order
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledPaper
from pipeline.office import Office
from pipeline.packet.joined import pages_in
from pipeline.packet.order import Order
from pipeline.packet.redaction import blacked, blacked_docx, has_pictures, values_of
from pipeline.rendering import Metadata, render

MOST = 2000
"""Papers in one packet; more are two packets."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paper with its PDF as it goes into the packet; ``values`` are what is blacked out in it."""

    paper: FiledPaper
    pdf: bytes
    pages: int
    values: frozenset[str]

    @property
    def title(self) -> str:
        """Its title on one line; without the values where they are blacked out."""
        return blacked(on_one_line(self.paper.title), self.values) if self.values else on_one_line(self.paper.title)


def chosen(office: Office, order: Order) -> list[FiledPaper]:
    """The papers in the order of their days; of what was destroyed (销毁) there is nothing to hand over.

    Raises ``AnswerIsNo`` when there is none, or more than ``MOST``.
    """
    gone = office.register.destroyed()
    found = office.register.search(
        replace(order.query, organisation=order.organisation.name, since=order.since, until=order.until, limit=MOST + 1)
    )
    own = (hit.paper for hit in found if hit.paper.organisation == order.organisation.name)
    papers = [paper for paper in own if paper.paper not in gone]
    if not papers:
        raise AnswerIsNo(_("没有找到"), remedy=_("放宽日期、文种或查找的词再试"))
    if len(papers) > MOST:
        raise AnswerIsNo(_("超过 {most} 件").format(most=MOST), remedy=_("缩小日期范围，分几次做"))
    return sorted(papers, key=lambda one: (one.date, catalogue_order(one)))


def piece_of(paper: FiledPaper, office: Office, damaged: Set[str], *, redact: bool) -> Piece:
    """The paper ready for the packet; ``damaged`` are the paths at which the archive is not as it was filed.

    Raises ``AnswerIsNo`` when what would be handed over is among them, or cannot be blacked out.
    """
    root = office.archive.root
    if redact and "docx" not in paper.files:
        raise AnswerIsNo(
            _("这一件没有 Word 文件，不能涂黑"),
            where=paper.files["pdf"].path,
            remedy=_("把它排除在外，另行在纸上遮盖后复印；或者不加 --redact"),
        )
    if {paper.files[role].path for role in ("pdf", *(("docx",) if redact else ()))} & damaged:
        raise AnswerIsNo(
            _("文件不见了或被改动过，不能交出去"),
            where=paper.files["pdf"].path,
            remedy=_("先运行 gongwen verify，恢复后再做"),
        )
    values = values_of(paper) if redact else frozenset[str]()
    pdf = _blacked(paper, office, values) if redact else (root / paper.files["pdf"].path).read_bytes()
    return Piece(paper, pdf, pages_in(pdf), values)


def _blacked(paper: FiledPaper, office: Office, values: frozenset[str]) -> bytes:
    """The paper printed anew from its Word file, without its personal data and without attachments."""
    docx = (office.archive.root / paper.files["docx"].path).read_bytes()
    metadata = Metadata(
        title=blacked(on_one_line(paper.title), values),
        author=paper.organisation,
        subject=paper.kind_name,
        number=paper.number,
        archival_code=paper.archival_code,
    )
    clean = blacked_docx(docx, values, pictures=has_pictures(paper))
    return render(clean, book=office.press().fonts, metadata=metadata).pdf
