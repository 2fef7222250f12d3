"""Cataloguing: what lies in a folder of the archive, listed for people (归档文件目录, DA/T 22-2015 clause 5.5)."""

from pipeline.cataloguing.entries import COLUMNS, Entry, Shelf, Volume, shelf, volumes
from pipeline.cataloguing.links import linked, made_of
from pipeline.cataloguing.page import folder_page, root_page
from pipeline.cataloguing.printed import Printed, catalogue_of, index_of, notes_of, spines_of

__all__ = [
    "COLUMNS",
    "Entry",
    "Printed",
    "Shelf",
    "Volume",
    "catalogue_of",
    "folder_page",
    "index_of",
    "linked",
    "made_of",
    "notes_of",
    "root_page",
    "shelf",
    "spines_of",
    "volumes",
]
