"""Formatting resolved once for a document: ten thousand cells of a table are worded in three ways.

Working out what a run looks like takes all levels of inheritance and some thirty properties; most runs of a paper say
the very same words about themselves in the very same style.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from pipeline.rendering.model import TextStyle
from pipeline.rendering.properties import Properties
from pipeline.rendering.refusals import paragraph_effects, run_effects
from pipeline.rendering.styles import Styles, TableLook
from pipeline.rendering.textstyle import text_style
from pipeline.rendering.theme import Theme


@dataclass(frozen=True, slots=True)
class ResolvedRun:
    """A run with its ``settled`` properties and ``style``; ``effects`` it asks for and does not get, in Chinese."""

    settled: Properties
    style: TextStyle
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedParagraph:
    """A paragraph's properties, and the effects it asks for and does not get, in Chinese."""

    properties: Properties
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the runs and paragraphs of one document came to, by their own wording, style and place in a table."""

    styles: Styles
    theme: Theme
    _runs: dict[Hashable, tuple[ResolvedRun, TableLook]] = field(default_factory=dict, repr=False)
    _paragraphs: dict[Hashable, tuple[ResolvedParagraph, TableLook]] = field(default_factory=dict, repr=False)

    def run(self, paragraph_style: str, own: Properties, look: TableLook) -> ResolvedRun:
        """A run of its ``own`` properties in a paragraph of a style. The look is kept beside it: its id is the key."""
        key = (paragraph_style, id(look), _wording(own))
        if key not in self._runs:
            settled = self.styles.run(paragraph_style, own, look)
            resolved = ResolvedRun(settled, text_style(settled, self.theme), tuple(run_effects(settled)))
            self._runs[key] = resolved, look
        return self._runs[key][0]

    def paragraph(self, own: Properties, look: TableLook) -> ResolvedParagraph:
        """A paragraph without a number of its ``own`` properties."""
        key = (id(look), _wording(own))
        if key not in self._paragraphs:
            properties = self.styles.paragraph(own, look)
            self._paragraphs[key] = ResolvedParagraph(properties, tuple(paragraph_effects(properties))), look
        return self._paragraphs[key][0]


def _wording(own: Properties) -> Hashable:
    return tuple([(name, *attributes.items()) for name, attributes in own.items()])
