"""From a Word file to PDF/A: read, resolve styles, set the lines ourselves, lay out, print, and let the gate decide.

ooxml -> styles -> layout (with lines, tables, shapes) -> model -> boxes -> pdf (WeasyPrint) -> gate
"""

from pipeline.rendering.archived import pictures_as_archival
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.metadata import AssociatedFile, Level, Metadata
from pipeline.rendering.model import Refusal
from pipeline.rendering.overprint import ArchiveStamp, Overprint
from pipeline.rendering.render import Printed, render

__all__ = [
    "ArchiveStamp",
    "AssociatedFile",
    "FontBook",
    "Level",
    "Metadata",
    "Overprint",
    "Printed",
    "Refusal",
    "pictures_as_archival",
    "render",
]
