"""What a page carries while the file is still being made, read as the gate reads the finished one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pydyf

from pipeline.core.values import FieldBox
from pipeline.rendering.model import Section
from pipeline.rendering.overprint.places import Area, Sheet
from pipeline.rendering.painted import IDENTITY, Rectangle
from pipeline.rendering.reading import Face, Form, ShownPage, read_page
from pipeline.rendering.typecase import Case, Typecase

_MM = 25.4 / 72


def sheet_of(
    page: pydyf.Dictionary, pdf: pydyf.PDF, case: Typecase, section: Section, fields: tuple[FieldBox, ...]
) -> Sheet:
    """A page of the file in the making; ``fields`` are the places of its seals and signatures, which are carried too.

    A page that cannot be read has nothing free; why, the gate will say of the finished one.
    """
    left, bottom, right, top = (float(each) for each in page["MediaBox"])
    width, height = right - left, top - bottom
    resources = _Draft(pdf, _object(pdf, page["Resources"]), case)
    try:
        shown = read_page(_content(contents(pdf, page)), resources, width, height, traced=True)
    except ValueError:
        shown = ShownPage(width, height, (), (Rectangle(0.0, 0.0, width, height),))
    inks = (*(piece.ink for piece in shown.pieces if piece.ink is not None), *shown.drawn)
    carried = [*(Area.of_ink(ink, height) for ink in inks), *map(Area.of_box, fields)]
    text = Area(section.left, section.top, section.width - section.right, section.height - section.bottom)
    return Sheet.of(width * _MM, height * _MM, _millimetres(text), carried)


def contents(pdf: pydyf.PDF, page: pydyf.Dictionary) -> pydyf.Stream:
    """The content stream of a page."""
    stream = _object(pdf, page["Contents"])
    assert isinstance(stream, pydyf.Stream)
    return stream


@dataclass(frozen=True)
class _Draft:
    """Resources of pages that are not written yet."""

    pdf: pydyf.PDF
    entries: Mapping[str, object]
    case: Typecase
    faces: dict[str, Face] = field(default_factory=dict)

    def font(self, name: str) -> Face:
        if name not in self.faces:
            self.faces[name] = _DraftFace(self.case.named(name.removeprefix("/")))
        return self.faces[name]

    def form(self, name: str) -> Form | None:
        entries = self.entries["XObject"]
        assert isinstance(entries, dict)
        drawn = _object(self.pdf, entries[name.removeprefix("/")])
        if drawn.extra["Subtype"] != "/Form":
            return None
        a, b, c, d, e, f = (float(each) for each in drawn.extra.get("Matrix", IDENTITY))
        own = drawn.extra.get("Resources")
        inner = self if own is None else _Draft(self.pdf, _object(self.pdf, own), self.case, self.faces)
        return Form(_content(drawn), (a, b, c, d, e, f), inner)


@dataclass
class _DraftFace:
    """A face by its glyph numbers."""

    case: Case
    shown: set[bytes] = field(default_factory=set)

    @cached_property
    def characters(self) -> dict[bytes, str]:
        return {code.encode(): character for character, code in self.case.codes.items()}

    @cached_property
    def widths(self) -> dict[bytes, float]:
        return {self.case.codes[character].encode(): each / 1000 for character, each in self.case.widths.items()}


def _object(pdf: pydyf.PDF, entry: object) -> pydyf.Object:
    """What a reference leads to, or the thing itself."""
    if isinstance(entry, bytes):
        return pdf.objects[int(entry.split()[0])]
    return entry


def _content(stream: pydyf.Stream) -> bytes:
    return b"\n".join(_bytes(stream.stream))


def _bytes(parts: list[object]) -> Iterator[bytes]:
    for part in parts:
        if isinstance(part, bytes):
            yield part
        else:
            yield part.encode() if isinstance(part, str) else part.data  # type: ignore[attr-defined]


def _millimetres(area: Area) -> Area:
    return Area(area.left * _MM, area.top * _MM, area.right * _MM, area.bottom * _MM)
