"""A whole Word file, laid out but not yet paginated: sections of blocks, with what was refused on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.rendering.model.blocks import Block, Columns, Shape
from pipeline.rendering.model.frame import NO_GRID, Grid


@dataclass(frozen=True, slots=True)
class Band:
    """A header or footer: its blocks and the distance of its outer edge from the edge of the paper.

    ``ground`` is what it draws under the text of its pages; measured from the paper's top, and from its left edge or
    from the left margin.
    """

    blocks: tuple[Block, ...]
    distance: float
    ground: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section: paper, margins and blocks. ``headers`` and ``footers`` by "default", "even" and "first".

    ``start`` says on what page it begins; ``first_page_number`` restarts the count, None goes on.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    blocks: tuple[Block | Columns, ...]
    headers: Mapping[str, Band] = field(default_factory=dict)
    footers: Mapping[str, Band] = field(default_factory=dict)
    title_page: bool = False
    start: Literal["next-page", "continuous", "even-page", "odd-page"] = "next-page"
    first_page_number: int | None = None
    number_format: str = "decimal"
    grid: Grid = NO_GRID
    ground: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A construct that is not printed faithfully: what, in which part of the file, near which words, what to do."""

    construct: str
    part: str
    near: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A shape of the HTML that becomes a signature field: ``anchor`` is the element's id, ``name`` the shape's name.

    The field is as large as the element's border box; ``description`` is shown to a person who points at it.
    """

    anchor: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole Word file, laid out but not yet paginated. ``text`` is every character that must reach the paper, in
    document order, body first, without white space.

    ``note_rule`` is the height of the line above footnotes with the space round it.
    """

    sections: tuple[Section, ...]
    text: str
    refusals: tuple[Refusal, ...] = ()
    even_and_odd: bool = False
    mirror_margins: bool = False
    note_rule: float = 0.0
    title: str = ""
    language: str = "zh-CN"
