"""Formatting resolved once: ten thousand cells of a table are worded in three ways.

Working out what a run looks like takes all levels of inheritance and some thirty properties; most runs of a paper say
the very same words about themselves in the very same style, and all papers of a template do.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.rendering.frames import frame
from pipeline.rendering.model import Frame, Grid, TextStyle
from pipeline.rendering.paragraph_forms import ParagraphForm, form_of
from pipeline.rendering.properties import EMPTY, Properties
from pipeline.rendering.refusals import paragraph_effects, run_effects
from pipeline.rendering.source import Settings
from pipeline.rendering.styles import Styles, TableLook
from pipeline.rendering.textstyle import text_style
from pipeline.rendering.theme import Theme

_MOST_KNOWN = 5_000
"""Forms kept for the papers of a template; a paper has some dozens."""


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
    """What runs and paragraphs came to, by their own wording, style and place in a table. Use ``resolved_by``."""

    styles: Styles
    theme: Theme
    settings: Settings
    _runs: dict[Hashable, tuple[ResolvedRun, TableLook]] = field(default_factory=dict, repr=False)
    _paragraphs: dict[Hashable, tuple[ResolvedParagraph, TableLook, Properties]] = field(
        default_factory=dict, repr=False
    )
    _forms: dict[Hashable, ParagraphForm] = field(default_factory=dict, repr=False)
    _frames: dict[Hashable, Frame] = field(default_factory=dict, repr=False)

    @property
    def known(self) -> int:
        """How many forms of any kind are kept."""
        return len(self._runs) + len(self._paragraphs) + len(self._forms) + len(self._frames)

    def run(self, paragraph_style: str, own: Properties, look: TableLook) -> ResolvedRun:
        """A run of its ``own`` properties in a paragraph of a style. The look is kept beside it: its id is the key."""
        key = (paragraph_style, id(look), _wording(own))
        if key not in self._runs:
            settled = self.styles.run(paragraph_style, own, look)
            resolved = ResolvedRun(settled, text_style(settled, self.theme), tuple(run_effects(settled)))
            self._runs[key] = resolved, look
        return self._runs[key][0]

    def paragraph(self, own: Properties, look: TableLook, level: Properties = EMPTY) -> ResolvedParagraph:
        """A paragraph of its ``own`` properties, on a list level or none."""
        key = (id(look), id(level), _wording(own))
        if key not in self._paragraphs:
            properties = self.styles.paragraph(own, look, level)
            resolved = ResolvedParagraph(properties, tuple(paragraph_effects(properties)))
            self._paragraphs[key] = resolved, look, level
        return self._paragraphs[key][0]

    def form(self, properties: Properties, grid: Grid) -> ParagraphForm:
        """The form of a paragraph with such resolved ``properties`` (of this cache, which keeps them)."""
        key = (id(properties), grid)
        if key not in self._forms:
            self._forms[key] = form_of(properties, grid, self.theme)
        return self._forms[key]

    def frame(self, properties: Properties, size: float, width: float, grid: Grid, *, in_table: bool) -> Frame:
        """The frame of its lines (``frames.frame``)."""
        key = (id(properties), size, width, grid, in_table)
        if key not in self._frames:
            self._frames[key] = frame(properties, size, width, grid, self.settings, in_table=in_table)
        return self._frames[key]


def resolved_by(styles: Styles, theme: Theme, settings: Settings) -> Resolved:
    """What papers of one template share. When it has become much, the next paper begins anew."""
    shared = _shared(styles, theme, settings)
    if shared[0].known > _MOST_KNOWN:
        shared[0] = Resolved(styles, theme, settings)
    return shared[0]


@lru_cache(maxsize=16)
def _shared(styles: Styles, theme: Theme, settings: Settings) -> list[Resolved]:
    return [Resolved(styles, theme, settings)]


def _wording(own: Properties) -> Hashable:
    return tuple([(name, *attributes.items()) for name, attributes in own.items()])
