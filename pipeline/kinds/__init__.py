"""Kinds of paper (文种) as data: ``kind.toml`` read, checked and handed out as ``core.kind.Kind``.

An office adds a kind with a folder and no Python, so this package is where a wrong folder must be caught: before any
clerk fills in a sheet, in words that name the file, the key and the way to mend it.
"""

from pipeline.kinds.catalogue import Catalogue
from pipeline.kinds.load import load_kind
from pipeline.kinds.patterns import file_name_of, title_of
from pipeline.kinds.placeholders import disagreements, unprinted

__all__ = ["Catalogue", "disagreements", "file_name_of", "load_kind", "title_of", "unprinted"]
