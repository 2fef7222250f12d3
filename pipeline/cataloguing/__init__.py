"""Cataloguing: what lies in a folder of the archive, listed for people (归档文件目录, DA/T 22-2015 clause 5.5)."""

from pipeline.cataloguing.entries import COLUMNS, Entry, Shelf, Volume, shelf, volumes
from pipeline.cataloguing.page import folder_page, root_page

__all__ = ["COLUMNS", "Entry", "Shelf", "Volume", "folder_page", "root_page", "shelf", "volumes"]
