"""Make a packet (迎检材料): choose, check, black out, print what belongs to it, note who takes it, and write it.

Nothing is written, and nobody noted, before everything that will be handed over is there. The deed (利用) comes before
the file: a packet that nobody knows of would be worse than a note of one that could not be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import deedbook
from pipeline.cataloguing import linked
from pipeline.completeness import as_pdf, checklist_of
from pipeline.core import durable
from pipeline.core.calendar import written
from pipeline.core.deeds import READER, STATUS_WORDS, Action, Status
from pipeline.core.errors import AnswerIsNo, CannotRender
from pipeline.core.messages import _
from pipeline.core.text import NAME_BYTES, cut_to_bytes, on_one_line, safe_name
from pipeline.core.values import FiledPaper, IndexQuery, Organisation, Value
from pipeline.office import Office
from pipeline.outside import refuse_inside
from pipeline.packet import folder
from pipeline.packet.joined import Part, alone, joined, pages_in
from pipeline.packet.redaction import blacked, blacked_docx, has_pictures, leaks, values_of
from pipeline.printouts import print_out
from pipeline.rendering import Metadata, render

MOST = 2000
"""Papers in one packet; more are two packets."""

_SHOWN_DIGEST = 16
_FRONT, _END = "封面和目录.pdf", "完整性核对和利用登记.pdf"
_NOTE = "身份证号、电话号码已遮盖，个人照片已换成灰色；遮盖件由归档的Word文件重新印出，不是归档原件。"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: the papers of ``organisation`` that fit ``query``, between two days, written to ``target`` (a new
    folder, a .zip or a .pdf). ``chosen`` says in words how they were chosen; ``reader`` and ``purpose`` who takes the
    packet and why, empty for a look of one's own; ``by`` is who made it."""

    organisation: Organisation
    query: IndexQuery
    since: date
    until: date
    target: Path
    chosen: str = ""
    reader: str = ""
    purpose: str = ""
    by: str = ""
    redact: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it. ``faults`` are the files that are not as they were filed, ``gaps`` how much the checklists miss,
    ``redacted`` how many papers had something to black out."""

    target: Path
    papers: int
    pages: int
    faults: tuple[str, ...]
    gaps: int
    redacted: int


@dataclass(frozen=True, slots=True)
class _Checked:
    """A paper with its PDF as it goes into the packet, and the files of it that are not as they were filed."""

    paper: FiledPaper
    pdf: bytes
    pages: int
    faults: tuple[str, ...]
    values: frozenset[str]

    @property
    def title(self) -> str:
        """Its title on one line; without the values where they are blacked out."""
        return blacked(on_one_line(self.paper.title), self.values) if self.values else on_one_line(self.paper.title)


def make(office: Office, order: Order) -> Made:
    """The packet, written. The caller is the office's writer.

    Raises ``AnswerIsNo`` when no paper fits, too many do, the target is taken or lies in the office itself, or a paper
    cannot be handed over, ``CannotRender`` when something personal would be left.
    """
    refuse_inside(office, order.target)
    if order.target.exists() and (order.target.suffix in (".pdf", ".zip") or any(order.target.iterdir())):
        raise AnswerIsNo(_("那里已经有东西了"), where=str(order.target), remedy=_("换一个名称，或先把它移走"))
    papers = [_checked(paper, office, redact=order.redact) for paper in _chosen(office, order)]
    lists = {
        year: checklist_of(office, order.organisation, year) for year in range(order.since.year, order.until.year + 1)
    }
    parts = [
        *(
            Part(f"checklist-{year}", f"{year}年迎检清单", as_pdf(one, office, _today(office)))
            for year, one in lists.items()
        ),
        Part("end", "完整性核对和利用登记", _end(office, order, papers)),
    ]
    if order.target.suffix == ".pdf":
        files = {order.target.name: _one_pdf(office, order, papers, parts)}
    else:
        files = _folder(office, order, papers, parts)
    _refuse_leaks(files, papers)
    if order.reader:
        what = [deedbook.On(one.paper, {READER: order.reader}) for one in papers]
        deedbook.do(office, Action.CONSULT, what, deedbook.Why(order.purpose, order.by))
    _write(order.target, files)
    return Made(
        order.target,
        len(papers),
        sum(one.pages for one in papers),
        tuple(fault for one in papers for fault in one.faults),
        sum(len(one.gaps) for one in lists.values()),
        sum(bool(one.values) for one in papers),
    )


def _chosen(office: Office, order: Order) -> list[FiledPaper]:
    """The papers in the order of their days; of what was destroyed (销毁) there is nothing to hand over."""
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
    return sorted(papers, key=lambda one: (one.date, one.archival_code))


def _checked(paper: FiledPaper, office: Office, *, redact: bool) -> _Checked:
    root = office.archive.root
    if redact and "docx" not in paper.files:
        raise AnswerIsNo(
            _("这一件没有 Word 文件，不能涂黑"),
            where=paper.files["pdf"].path,
            remedy=_("把它排除在外，另行在纸上遮盖后复印；或者不加 --redact"),
        )
    faults = tuple(
        file.path
        for file in paper.files.values()
        if not (root / file.path).is_file() or durable.sha256_of(root / file.path) != file.sha256
    )
    if paper.files["pdf"].path in faults or (redact and paper.files["docx"].path in faults):
        raise AnswerIsNo(
            _("文件不见了或被改动过，不能交出去"),
            where=paper.files["pdf"].path,
            remedy=_("先运行 gongwen verify，恢复后再做"),
        )
    values = values_of(paper) if redact else frozenset[str]()
    pdf = _blacked(paper, office, values) if redact else (root / paper.files["pdf"].path).read_bytes()
    return _Checked(paper, pdf, pages_in(pdf), faults, values)


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


def _one_pdf(office: Office, order: Order, papers: list[_Checked], ends: list[Part]) -> bytes:
    """One book: where each part begins is known once all are there, so the contents are printed with it."""
    parts = [Part(one.paper.paper, _bookmark(one), one.pdf) for one in papers]
    starts, page = {}, 1
    for part in (*parts, *ends):
        starts[part.id] = page
        page += pages_in(part.pdf)
    return joined(_front(office, order, papers, ends, starts), (*parts, *ends))


def _folder(office: Office, order: Order, papers: list[_Checked], ends: list[Part]) -> dict[str, bytes]:
    named = {one.paper.paper: _file_name(place, one) for place, one in enumerate(papers, start=1)}
    ways = named | {part.id: f"{part.title}.pdf" for part in ends}
    front = linked(_front(office, order, papers, ends, {}), ways)
    rows = [
        (
            str(place),
            one.title,
            one.paper.number,
            one.paper.archival_code,
            one.paper.date.isoformat(),
            STATUS_WORDS[Status(one.paper.status)],
            named[one.paper.paper],
        )
        for place, one in enumerate(papers, start=1)
    ]
    files = {named[one.paper.paper]: alone(one.pdf) for one in papers} | {
        f"{part.title}.pdf": part.pdf for part in ends
    }
    made = folder.files_of(f"{order.organisation.name}迎检材料", rows, (_FRONT, front), files)
    return (
        made if order.target.suffix != ".zip" else {order.target.name: folder.zipped(order.target.stem, made), **made}
    )


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    if target.suffix in (".pdf", ".zip"):
        durable.write_new(target, files[target.name])
    else:
        folder.write_folder(target, files)


def _refuse_leaks(files: Mapping[str, bytes], papers: list[_Checked]) -> None:
    """Raise ``CannotRender`` when something that was to be blacked out stands in a file all the same."""
    values = frozenset(value for one in papers for value in one.values)
    if not values:
        return
    for name, data in files.items():
        if name.endswith(".pdf"):
            left: tuple[str, ...] = leaks(data, values)
        else:
            left = tuple(value for value in values if value.encode() in data)
        if left:
            raise CannotRender(
                _("还有 {count} 处个人信息没有遮住").format(count=len(left)),
                where=name,
                remedy=_("没有写出；请告诉维护人员"),
            )


def _front(office: Office, order: Order, papers: list[_Checked], ends: list[Part], starts: Mapping[str, int]) -> bytes:
    lines: list[Mapping[str, Value]] = [
        {
            "title": one.title,
            "paper": one.paper.paper,
            "number": one.paper.number,
            "code": one.paper.archival_code,
            "day": one.paper.date.isoformat(),
            "state": STATUS_WORDS[Status(one.paper.status)],
            "page": str(starts.get(one.paper.paper, "")),
        }
        for one in papers
    ]
    behind: list[Mapping[str, Value]] = [
        {"title": part.title, "paper": part.id, "page": str(starts.get(part.id, ""))} for part in ends
    ]
    head: dict[str, Value] = {
        **_head(office, order),
        "period": f"{written(order.since)}至{written(order.until)}",
        "chosen": order.chosen or "全部文件",
        "pieces": len(papers),
        "pages": sum(one.pages for one in papers),
        "office": office.settings.office.name,
        "day": written(_today(office)),
        "note": _NOTE if order.redact else "",
    }
    return print_out(office, "packet", order.organisation, head, lines=lines, ends=behind)


def _end(office: Office, order: Order, papers: list[_Checked]) -> bytes:
    lines: list[Mapping[str, Value]] = [
        {
            "code": one.paper.archival_code,
            "title": one.title,
            "files": str(len(one.paper.files)),
            "digest": one.paper.files["pdf"].sha256[:_SHOWN_DIGEST],
            "state": "、".join(f"{Path(fault).name}不符" for fault in one.faults) or "完好",
        }
        for one in papers
    ]
    head: dict[str, Value] = {
        **_head(office, order),
        "day": written(_today(office)),
        "pieces": len(papers),
        "files": sum(len(one.paper.files) for one in papers),
        "faults": sum(len(one.faults) for one in papers),
        "reader": order.reader or "（没有登记）",
        "purpose": order.purpose,
        "by": order.by,
        "at": f"{written(_today(office))} {office.now():%H:%M}",
        "redacted": "身份证号、电话号码已遮盖" if order.redact else "没有遮盖",
    }
    return print_out(office, "packet-end", order.organisation, head, lines=lines)


def _head(office: Office, order: Order) -> dict[str, Value]:
    return {
        "list_no": "1",
        "organisation": order.organisation.name,
        "year": str(order.since.year),
        "date": _today(office),
    }


def _today(office: Office) -> date:
    return office.now().date()


def _bookmark(one: _Checked) -> str:
    return " ".join(filter(None, (one.paper.date.isoformat(), one.paper.number, one.title)))


def _file_name(place: int, one: _Checked) -> str:
    words = safe_name(" ".join(filter(None, (f"{place:04d}", one.paper.number, one.title))))
    return f"{cut_to_bytes(words, NAME_BYTES - 40)}.pdf"
