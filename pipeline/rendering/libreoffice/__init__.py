"""The second engine: LibreOffice prints what the office asks it to print, supervised, and its PDF is checked like ours.

Never silently: an office names it in gongwen.toml or kind.toml, the report names it as the printer of the paper.
"""

from pipeline.rendering.libreoffice.printing import print_by
from pipeline.rendering.libreoffice.supervised import LibreOffice

__all__ = ["LibreOffice", "print_by"]
