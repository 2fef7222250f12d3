"""A Word file read and resolved as far as it goes without asking where anything stands on a page.

All papers of one template have the same styles, theme, lists and settings, byte for byte; what was read of them is kept
for the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from pipeline.rendering.markup import Element, child, flag, value
from pipeline.rendering.numbering import Numbering, read_numbering
from pipeline.rendering.ooxml import Package, Part
from pipeline.rendering.styles import Styles, read_styles
from pipeline.rendering.theme import Theme, read_theme
from pipeline.rendering.units import integer, twips

DEFAULT_TAB = 36.0
"""Points between tab stops when the settings name none (17.15.1.25)."""

_WORD_2007 = 12
"""What a file without a compatibilityMode was written for ([MS-DOCX] 2.3.6)."""

_KEPT = 16
"""Templates whose styles are kept."""
_LARGEST_KEPT = 1 << 20
"""Bytes of a part that is kept; those of office papers have some ten thousand."""
_ON_ONE_SHEET = ("w:bookFoldPrinting", "w:bookFoldRevPrinting", "w:printTwoOnOne")
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Settings:
    """What word/settings.xml says about layout (17.15).

    ``adds_spacing``: the space between paragraphs is the sum of after and before; else the larger of the two.
    ``grid_in_tables``: lines in cells stand on the document grid too. ``border_round_…``: a page border measured from
    the text goes round the header or footer. ``several_on_a_sheet``: pages are
    halves of a sheet. ``compatibility`` is Word's own version number.
    """

    even_and_odd: bool = False
    mirror_margins: bool = False
    default_tab: float = DEFAULT_TAB
    compress_punctuation: bool = False
    adds_spacing: bool = False
    grid_in_tables: bool = False
    split_page_break: bool = False
    update_fields: bool = False
    gutter_on_top: bool = False
    border_round_header: bool = True
    border_round_footer: bool = True
    several_on_a_sheet: bool = False
    compatibility: int = _WORD_2007


@dataclass(frozen=True, slots=True)
class Source:
    """The opened file with everything its paragraphs refer to."""

    package: Package
    styles: Styles
    theme: Theme
    numbering: Numbering
    settings: Settings

    @property
    def body(self) -> Element:
        """The w:body; an empty one when the file has none."""
        root = self.package.tree(self.package.main)
        body = child(root, "w:body")
        return root if body is None else body


def read_source(docx: bytes) -> Source:
    """Open a Word file. Raises ``CannotRender`` when it is no readable one or holds values no page can hold."""
    package = Package.open(docx)
    return Source(
        package,
        _STYLES(package.optional_part("styles")),
        _THEME(package.optional_part("theme")),
        _NUMBERING(package.optional_part("numbering")),
        _SETTINGS(package.optional_part("settings")),
    )


def _settings(root: Element | None) -> Settings:
    compat = child(root, "w:compat")
    modes = [] if compat is None else compat.findall("{*}compatSetting")
    versions = [
        str(mode.get(name, ""))
        for mode in modes
        for name in mode.attrib
        if str(name).endswith("}val") and "compatibilityMode" in mode.attrib.values()
    ]
    return Settings(
        even_and_odd=flag(child(root, "w:evenAndOddHeaders")),
        mirror_margins=flag(child(root, "w:mirrorMargins")),
        default_tab=twips(value(child(root, "w:defaultTabStop"), str(DEFAULT_TAB * 20))) or DEFAULT_TAB,
        compress_punctuation=value(child(root, "w:characterSpacingControl"), "doNotCompress") != "doNotCompress",
        adds_spacing=flag(child(compat, "w:doNotUseHTMLParagraphAutoSpacing")),
        grid_in_tables=flag(child(compat, "w:adjustLineHeightInTable")),
        split_page_break=flag(child(compat, "w:splitPgBreakAndParaMark")),
        update_fields=flag(child(root, "w:updateFields")),
        gutter_on_top=flag(child(root, "w:gutterAtTop")),
        border_round_header=not flag(child(root, "w:bordersDoNotSurroundHeader")),
        border_round_footer=not flag(child(root, "w:bordersDoNotSurroundFooter")),
        several_on_a_sheet=any(flag(child(root, name)) for name in _ON_ONE_SHEET),
        compatibility=integer(versions[0]) if versions else _WORD_2007,
    )


def _kept(read: Callable[[Element | None], _Read]) -> Callable[[Part | None], _Read]:
    """``read``, which does not read the same part twice."""
    known = lru_cache(maxsize=_KEPT)(lambda part: read(part and part.tree()))
    return lambda part: known(part) if part is None or len(part.data) <= _LARGEST_KEPT else read(part.tree())


_STYLES, _THEME = _kept(read_styles), _kept(read_theme)
_NUMBERING, _SETTINGS = _kept(read_numbering), _kept(_settings)
