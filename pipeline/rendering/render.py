"""From a Word file to a PDF/A that may be filed: read, lay out, write, print, and let the gate decide."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.core.collection import nothing_collected
from pipeline.core.errors import CannotRender
from pipeline.core.messages import _
from pipeline.core.values import RenderReport
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.gate import Objection, check
from pipeline.rendering.layout import lay_out
from pipeline.rendering.metadata import Metadata
from pipeline.rendering.model import Refusal
from pipeline.rendering.overprint import NOTHING, Overprint
from pipeline.rendering.overprint.lettering import reserve
from pipeline.rendering.pdf import print_pdf
from pipeline.rendering.readable import readable_text
from pipeline.rendering.source import read_source
from pipeline.rendering.usage import Usage


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed Word file. ``refusals`` and ``objections`` are empty unless it was printed with ``strict=False``.

    ``fonts`` are the names of the faces it is printed in.
    """

    pdf: bytes
    report: RenderReport
    refusals: tuple[Refusal, ...] = ()
    objections: tuple[Objection, ...] = ()
    fonts: tuple[str, ...] = ()


def render(
    docx: bytes, *, book: FontBook, metadata: Metadata, strict: bool = True, overprint: Overprint = NOTHING
) -> Printed:
    """Print a Word file to PDF/A-3u, and the ``overprint`` with it.

    Raises ``CannotRender`` for what is no readable Word file; with ``strict`` also for everything that would not be
    printed faithfully and for everything the gate objects to, all reasons at once. Without it the file is printed all
    the same, and what is wrong comes back as ``refusals`` and ``objections``.
    """
    with nothing_collected():
        return _rendered(docx, book, metadata, overprint, strict=strict)


def _rendered(docx: bytes, book: FontBook, metadata: Metadata, overprint: Overprint, *, strict: bool) -> Printed:
    clock = _Clock()
    usage = Usage()
    with clock.stage("read"):
        source = read_source(docx)
    with clock.stage("layout"):
        document = lay_out(source, book, usage)
    if strict and document.refusals:
        raise refused(document.refusals)
    with clock.stage("fonts"):
        lettered = reserve(overprint, book, usage)
        fonts = book.subset(usage)
    with clock.stage("print"):
        printed = print_pdf(document, fonts, metadata, lettered, digest=hashlib.sha256(docx).hexdigest())
    with clock.stage("gate"):
        objections = check(document, printed, usage)
    if strict and objections:
        raise CannotRender(
            "\n".join(objection.message for objection in objections),
            remedy=_("在 Word 里改正上面的地方后再试；PDF 没有写出"),
        )
    report = RenderReport(
        pages=printed.pages,
        text=readable_text(document),
        boxes=printed.boxes,
        substitutions=usage.substitutions,
        fallbacks=usage.fallbacks,
        milliseconds=clock.milliseconds,
        overprint=tuple(mark.box for mark in printed.overprint.marks),
        left_out=printed.overprint.left_out,
    )
    return Printed(
        printed.pdf,
        report,
        document.refusals,
        tuple(each for each in objections if each.check != "refusals"),
        book.names(usage),
    )


def refused(refusals: tuple[Refusal, ...]) -> CannotRender:
    """The error that tells of all of them at once."""
    return CannotRender("\n".join(_worded(refusal) for refusal in refusals), remedy=_remedies(refusals))


def _worded(refusal: Refusal) -> str:
    words = _("不能如实打印：{construct}（{part}）").format(construct=refusal.construct, part=refusal.part)
    return words + (_("，在“{near}”附近").format(near=refusal.near) if refusal.near else "")


def _remedies(refusals: tuple[Refusal, ...]) -> str:
    return "\n".join(dict.fromkeys(refusal.remedy for refusal in refusals))


@dataclass(slots=True)
class _Clock:
    """Milliseconds of each stage."""

    milliseconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.milliseconds[name] = round((time.perf_counter() - begin) * 1000, 3)
