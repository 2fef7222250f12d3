"""Make a packet (迎检材料): choose, check, black out, print what belongs to it, note who takes it, and write it.

Nobody is noted before everything that will be handed over is on its disk, and it gets its name only after the deed
(利用): a packet that nobody knows of would be worse than a note of one that a kill kept from its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from pipeline import deedbook
from pipeline.cataloguing import linked
from pipeline.completeness import as_pdf, checklist_of
from pipeline.core import durable
from pipeline.core.archival import UNARRANGED
from pipeline.core.deeds import READER, Action
from pipeline.core.errors import AnswerIsNo, CannotRender
from pipeline.core.four_properties import Stage
from pipeline.core.messages import _
from pipeline.core.text import NAME_BYTES, cut_to_bytes, safe_name
from pipeline.four_properties import integrity_report
from pipeline.office import Office
from pipeline.outside import refuse_place
from pipeline.packet import folder
from pipeline.packet.joined import Part, joined, pages_in
from pipeline.packet.order import Made, Order
from pipeline.packet.pages import end, front
from pipeline.packet.personal import Personal
from pipeline.packet.pieces import Form, Piece, chosen, personal_in, pieces_of
from pipeline.packet.redaction import leaks

_FRONT = "封面和目录.pdf"


def make(office: Office, order: Order) -> Made:
    """The packet, written. The caller is the office's writer.

    Raises ``AnswerIsNo`` when no paper fits, too many do, the target is taken, lies in the office itself or in a folder
    that is not there, or a paper cannot be handed over, ``CannotRender`` when something personal would be left.
    """
    refuse_place(office, order.target)
    office.refuse_missing_archive(_("检查共享盘是否连上，再运行一次"))
    if order.target.exists() and (order.is_one_file or not order.target.is_dir() or any(order.target.iterdir())):
        raise AnswerIsNo(_("那里已经有东西了"), where=str(order.target), remedy=_("换一个名称，或先把它移走"))
    papers = chosen(office, order)
    personal = personal_in(papers) if order.redact else None
    hide = personal.hidden if personal else str
    if hide(order.target.name) != order.target.name:
        raise AnswerIsNo(_("名称里有要遮盖的号码"), where=hide(order.target.name), remedy=_("换一个没有号码的名称"))
    printed = _printed(order, hide)
    checked = integrity_report(office, papers, Stage.KEEPING, organisation=order.organisation, hide=hide)
    damaged = {remark.path for remark in checked.report.damages}
    pieces = pieces_of(papers, office, damaged, personal)
    today = office.now().date()
    years = range(order.since.year, order.until.year + 1)
    lists = {year: checklist_of(office, order.organisation, year) for year in years}
    ends = [
        *(Part(f"checklist-{year}", f"{year}年迎检清单", as_pdf(one, office, today)) for year, one in lists.items()),
        Part("check", "四性检测报告", checked.pdf),
        Part("end", "逐件核对和利用登记", end(office, printed, pieces, damaged)),
    ]
    make_it = _one_pdf if order.target.suffix == ".pdf" else _folder
    files = make_it(office, printed, pieces, ends)
    if personal:
        _refuse_leaks(files, personal)
    with _written(order, files):
        if order.reader:
            what = [deedbook.On(one.paper, {READER: order.reader}) for one in pieces]
            deedbook.do(office, Action.CONSULT, what, deedbook.Why(order.purpose, order.by))
    return Made(
        order.target,
        len(pieces),
        sum(one.pages for one in pieces),
        tuple(sorted(damaged)),
        sum(len(one.gaps) for one in lists.values()),
        sum(one.form is Form.BLACKED for one in pieces),
    )


def _printed(order: Order, hide: Callable[[str], str]) -> Order:
    """The order as it is printed: papers may have been looked for by a number, or their reader have given his. The deed
    has his words as they are."""
    return replace(
        order,
        chosen=hide(order.chosen),
        reader=hide(order.reader),
        purpose=hide(order.purpose),
        by=hide(order.by),
    )


def _one_pdf(office: Office, order: Order, pieces: Sequence[Piece], ends: Sequence[Part]) -> dict[str, bytes]:
    """One book: where each part begins is known once all are there, so the contents are printed with it."""
    parts = [*(Part(one.paper.paper, _bookmark(one), one.pdf) for one in pieces if one.pdf), *ends]
    starts, page = {}, 1
    for part in parts:
        starts[part.id] = page
        page += pages_in(part.pdf)
    return {order.target.name: joined(front(office, order, pieces, ends, starts), parts)}


def _folder(office: Office, order: Order, pieces: Sequence[Piece], ends: Sequence[Part]) -> dict[str, bytes]:
    """A file for each part, and the contents as page and workbook; of a .zip that file too."""
    named = {one.paper.paper: _file_name(place, one) for place, one in enumerate(pieces, start=1) if one.pdf}
    ways = named | {part.id: f"{part.title}.pdf" for part in ends}
    contents = linked(front(office, order, pieces, ends, {}), ways)
    rows = [
        (
            str(place),
            one.title,
            one.paper.number,
            one.paper.archival_code or UNARRANGED,
            one.paper.date.isoformat(),
            "；".join(filter(None, (one.remark, *one.notes))),
            named.get(one.paper.paper, ""),
        )
        for place, one in enumerate(pieces, start=1)
    ]
    files = {named[one.paper.paper]: one.pdf for one in pieces if one.pdf} | {
        f"{part.title}.pdf": part.pdf for part in ends
    }
    made = folder.files_of(f"{order.organisation.name}迎检材料", rows, (_FRONT, contents), files)
    return (
        made if order.target.suffix != ".zip" else {order.target.name: folder.zipped(order.target.stem, made), **made}
    )


@contextmanager
def _written(order: Order, files: Mapping[str, bytes]) -> Iterator[None]:
    """The packet is on its disk inside the block, and has its name after it."""
    if order.is_one_file:
        with durable.new_file(order.target, files[order.target.name]):
            yield
    else:
        with durable.new_folder(order.target) as part:
            folder.write_folder(part, files)
            yield


def _refuse_leaks(files: Mapping[str, bytes], personal: Personal) -> None:
    """Raise ``CannotRender`` when something that was to be blacked out stands in a file or its name all the same."""
    for name, data in files.items():
        if left := leaks(name, data, personal):
            raise CannotRender(
                _("还有 {count} 处个人信息没有遮住").format(count=len(left)),
                where=personal.hidden(name),
                remedy=_("没有写出；请告诉维护人员"),
            )


def _bookmark(one: Piece) -> str:
    return " ".join(filter(None, (one.paper.date.isoformat(), one.paper.number, one.title)))


def _file_name(place: int, one: Piece) -> str:
    form = f"（{one.form}）" if one.form in (Form.SEALED, Form.SIGNED, Form.BLACKED) else ""
    words = safe_name(" ".join(filter(None, (f"{place:04d}", one.paper.number, one.title))) + form)
    return f"{cut_to_bytes(words, NAME_BYTES - 40)}.pdf"
