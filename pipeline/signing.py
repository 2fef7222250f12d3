"""Electronic seals (电子签章件) and the book of seals used (用印登记): both are deeds about filed papers.

A filed PDF is never changed. Its signed copy lies beside it, and the next signature is put on the latest signed copy,
so that both hold.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline import deedbook
from pipeline.core.deeds import COPIES, STATUS_WORDS, WORDS, Action, Deed, Status
from pipeline.core.errors import AnswerIsNo, ArchiveDamaged, CannotRender
from pipeline.core.messages import _
from pipeline.core.values import FiledPaper
from pipeline.deedbook import Done, NewFile, On, Why
from pipeline.office import Office
from pipeline.rendering import FontBook
from pipeline.rendering.archival import objections
from pipeline.sealing.signing import free_field, load_signer, name_of, sign, signatures
from pipeline.sheets.listing import Listing, listing_workbook

ROLE = "signed"
"""The role of a signed copy among the files beside a paper."""

FIELD, SIGNER = "field", "signer"
"""Keys of a deed's details: the field that was signed, and whose certificate signed it."""

_CALLED = "电子签章件"
_INK = (200, 30, 30, 255)
_SIDE = 600


@dataclass(frozen=True, slots=True)
class Key:
    """Whoever signs: the PKCS #12 file and its passphrase; ``picture`` is the seal's, None for the signer's name."""

    p12: Path
    passphrase: bytes | None
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A PDF with one more signature."""

    pdf: bytes
    field: str
    signer: str


@dataclass(frozen=True, slots=True)
class Stamping:
    """One line of 用印登记."""

    at: datetime
    by: str
    number: str
    title: str
    copies: int
    reason: str


def sign_pdf(pdf: bytes, key: Key, field: str, book: FontBook) -> Signed:
    """Sign any PDF that has a reserved field. Raises ``AnswerIsNo``, ``ConfigurationError``, ``CannotRender``."""
    name = free_field(pdf, field)
    signer = load_signer(key.p12, key.passphrase)
    who = name_of(signer)
    signed = sign(pdf, signer, name, key.picture or name_picture(who, book))
    if b"pdfaid:part" in pdf and (against := objections(signed)):
        raise CannotRender(_("签章后不符合 PDF/A：{why}").format(why=_("；").join(against)))
    if not all(each.holds for each in signatures(signed)):
        raise CannotRender(_("签章后，原有的签章不再有效"))
    return Signed(signed, name, who)


def seal(office: Office, paper: FiledPaper, key: Key, field: str, why: Why) -> tuple[Signed, Done[Deed]]:
    """Sign a filed paper, or its latest signed copy, and file the result beside it. The caller is the writer.

    Raises ``AnswerIsNo`` for a paper that does not hold any more, and what ``sign_pdf`` raises.
    """
    _refuse_void(office, Action.SIGNED, paper)
    signed = sign_pdf(_latest(office, paper), key, field, FontBook.open(dict(office.settings.fonts.roles)))
    on = On(paper, {FIELD: signed.field, SIGNER: signed.signer}, {ROLE: NewFile(_CALLED, ".pdf", signed.pdf)})
    return signed, deedbook.do(office, Action.SIGNED, [on], why)


def stamp(office: Office, paper: FiledPaper, copies: int, why: Why) -> Done[Deed]:
    """Note that the seal was put on so many printed copies of a paper. The caller is the writer.

    Raises ``AnswerIsNo`` for a paper that does not hold any more.
    """
    _refuse_void(office, Action.STAMPED, paper)
    return deedbook.do(office, Action.STAMPED, [On(paper, {COPIES: str(copies)})], why)


def stampings(office: Office, year: int) -> Iterator[Stamping]:
    """The lines of 用印登记 of a year, in order; every year for 0."""
    for deed in office.register.deeds():
        if deed.action is Action.STAMPED and year in (0, deed.at.year):
            for line in deed.lines:
                copies = int(deed.told(line)[COPIES])
                yield Stamping(deed.at, deed.by, line.number, line.title, copies, deed.reason)


def stampings_workbook(lines: Sequence[Stamping]) -> bytes:
    """用印登记簿 as .xlsx, to print and to sign; the last column is for the hand of who took the papers."""
    headings = ("序号", "用印时间", "文号", "题名", "份数", "用印人", "事由", "签字")
    rows = [
        (count, f"{one.at:%Y-%m-%d %H:%M}", one.number, one.title, one.copies, one.by, one.reason, "")
        for count, one in enumerate(lines, start=1)
    ]
    remark = f"用印 {len(lines)} 次，共 {sum(one.copies for one in lines)} 份"
    return listing_workbook([Listing("用印登记", headings, (6, 18, 22, 50, 6, 12, 20, 12), rows, "用印登记簿", remark)])


def name_picture(name: str, book: FontBook) -> bytes:
    """A red frame with the signer's name in it, as a PNG: plainly not the picture of a seal."""
    names = (one for report in book.roles_report() if report.role == "fangsong" for one, _path in report.faces)
    face = next((face for one in names if (face := book.face(one)) is not None), None)
    if face is None:
        raise AnswerIsNo(_("没有能写签章人姓名的字体"), remedy=_("用 --picture 给出印章图片"))
    picture = Image.new("RGBA", (_SIDE, _SIDE), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    lines = [_("电子签章"), *(name[at : at + 8] for at in range(0, min(len(name), 24), 8))]
    size = min(110, (_SIDE - 80) // max(len(line) for line in lines))
    height = round(size * 1.4)
    top = (_SIDE - height * len(lines)) // 2
    pen.rectangle((10, top - 30, _SIDE - 10, _SIDE - top + 30), outline=_INK, width=8)
    font = ImageFont.truetype(str(face.path), size, index=face.index)
    for count, line in enumerate(lines):
        pen.text((_SIDE // 2, top + count * height), line, fill=_INK, font=font, anchor="ma")
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def _refuse_void(office: Office, action: Action, paper: FiledPaper) -> None:
    """No seal for a paper that does not hold today. It is not for ``core.standing.objection`` to say: a seal that was
    put on before the paper was withdrawn, and written down later, is no contradiction in an archive."""
    deedbook.refuse(office, action, [paper])
    stands = deedbook.standing_of(office, paper)
    to_come = stands.since is not None and stands.since > office.now().date()
    if stands.status is not Status.VALID and not to_come:
        raise AnswerIsNo(
            _("不能办理“{action}”").format(action=_(WORDS[action])),
            remedy=_("这份文件{status}，不能再盖章；用 gongwen show 看它的来龙去脉").format(
                status=_(STATUS_WORDS[stands.status])
            ),
        )


def _latest(office: Office, paper: FiledPaper) -> bytes:
    """The latest signed copy, or the filed PDF."""
    copies = [copy.file for copy in deedbook.standing_of(office, paper).copies if copy.role == ROLE]
    file = copies[-1] if copies else paper.files["pdf"]
    path = office.settings.archive / file.path
    if not path.is_file():
        raise ArchiveDamaged(
            _("归档的 PDF 不见了"), where=file.path, remedy=_("运行 gongwen verify 查看，从备份恢复后再试")
        )
    return path.read_bytes()
