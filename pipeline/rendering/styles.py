"""Styles: which properties a paragraph, its runs and its marks end up with (ECMA-376 part 1, 17.7).

Six levels lie on each other: document defaults, table style (with its conditional parts), paragraph style with all it
is based on, numbering level, character style, direct formatting. Chains are merged once per style and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.rendering.markup import Element, attribute, child, children, value
from pipeline.rendering.properties import (
    EMPTY,
    TOGGLES,
    Properties,
    merged,
    paragraph_properties,
    run_properties,
    text,
    toggled,
)

CONDITIONS = (
    "wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz", "lastCol", "firstCol", "lastRow", "firstRow",
    "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip
"""The conditional parts of a table style, the later one wins (17.7.6)."""


@dataclass(frozen=True, slots=True)
class Style:
    """One w:style as written. ``element`` is kept for the table properties, which only ``tables`` understands."""

    id: str
    type: str
    based_on: str
    run: Properties
    paragraph: Properties
    element: Element


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a table style gives a paragraph inside a cell: run and paragraph properties, conditions merged."""

    run: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)


NO_LOOK = TableLook()


@dataclass(frozen=True, eq=False)
class Styles:
    """All styles of a file with its document defaults. One is equal to itself only: many papers may share it."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default_run: Properties = field(default_factory=dict)
    default_paragraph: Properties = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    _chains: dict[tuple[str, str], Properties] = field(default_factory=dict, repr=False)

    def paragraph_style(self, own: Properties) -> str:
        """The id of a paragraph's style: the one it names, if it exists, else the default one."""
        named = text(own, "pStyle")
        return named if named in self.by_id else self.defaults.get("paragraph", "")

    def chain(self, style: str, which: str) -> Properties:
        """The ``run`` or ``paragraph`` properties of a style and all it is based on."""
        if style not in self.by_id:
            return EMPTY
        key = (style, which)
        if key not in self._chains:
            result: Properties = EMPTY
            for ancestor in reversed(self.ancestry(style)):
                result = merged(result, ancestor.run if which == "run" else ancestor.paragraph)
            self._chains[key] = result
        return self._chains[key]

    def ancestry(self, style: str) -> tuple[Style, ...]:
        """A style and those it is based on, nearest first; a circle ends where it closes."""
        found: dict[str, Style] = {}
        while style in self.by_id and style not in found:
            found[style] = self.by_id[style]
            style = self.by_id[style].based_on
        return tuple(found.values())

    def paragraph(self, own: Properties, look: TableLook = NO_LOOK, level: Properties = EMPTY) -> Properties:
        """A paragraph's properties. ``level`` are those of its numbering level: above the style when the paragraph
        itself asks for the number, below it when the style does."""
        style = self.chain(self.paragraph_style(own), "paragraph")
        base = merged(self.default_paragraph, look.paragraph)
        base = merged(merged(base, style), level) if "numPr" in own else merged(merged(base, level), style)
        return merged(base, own)

    def run(
        self, paragraph_style: str, own: Properties, look: TableLook = NO_LOOK, level: Properties = EMPTY
    ) -> Properties:
        """A run's properties with its toggles settled: present and on, or absent.

        ``level`` are those of a numbering level, for the number's own text.
        """
        in_style = self.chain(paragraph_style, "run")
        if not own and not level and look is NO_LOOK:
            key = (paragraph_style, "settled run")
            if key not in self._chains:
                self._chains[key] = self._settled(look.run, in_style, EMPTY, EMPTY)
            return self._chains[key]
        character = self.chain(text(own, "rStyle"), "run")
        return self._settled(look.run, in_style, character, merged(own, level))

    def _settled(
        self, table: Properties, paragraph: Properties, character: Properties, direct: Properties
    ) -> Properties:
        toggles = toggled(self.default_run, (table, paragraph, character), direct)
        result = dict(merged(merged(merged(merged(self.default_run, table), paragraph), character), direct))
        for name in TOGGLES:
            result.pop(name, None)
        result.update({name: {"val": "1"} for name, on in toggles.items() if on})
        return result


def read_styles(root: Element | None) -> Styles:
    """The styles of a styles part; none for no part."""
    by_id: dict[str, Style] = {}
    defaults: dict[str, str] = {}
    for element in children(root, "w:style"):
        style = Style(
            id=attribute(element, "w:styleId"),
            type=attribute(element, "w:type", "paragraph"),
            based_on=value(child(element, "w:basedOn")),
            run=run_properties(element),
            paragraph=paragraph_properties(element),
            element=element,
        )
        by_id[style.id] = style
        if attribute(element, "w:default") in ("1", "true", "on"):
            defaults[style.type] = style.id
    document_defaults = child(root, "w:docDefaults")
    return Styles(
        by_id,
        run_properties(child(document_defaults, "w:rPrDefault")),
        paragraph_properties(child(document_defaults, "w:pPrDefault")),
        defaults,
    )


def conditional(style: Style, condition: str) -> Element | None:
    """The part of a table style for a condition; the style itself for "wholeTable"."""
    if condition == "wholeTable":
        return style.element
    for part in children(style.element, "w:tblStylePr"):
        if attribute(part, "w:type") == condition:
            return part
    return None
