"""Retrieval: find papers, show one, and prove that the archive is unaltered (查找、核验)."""

from pipeline.retrieval.damage import Damage, Note, Remark, Report
from pipeline.retrieval.find import (
    Filters,
    Index,
    NoSuchOrganisation,
    NotUnderstood,
    ResultRow,
    find,
    no_such_organisation,
    number_as_written,
    organisation_meant,
    organisation_named,
    parse,
)
from pipeline.retrieval.ledger import NumberBook
from pipeline.retrieval.numbered import NumberView, paperless
from pipeline.retrieval.part import WHOLE, Part, left_out
from pipeline.retrieval.show import FileView, Papers, PaperView, show
from pipeline.retrieval.verify import verify

__all__ = [
    "WHOLE",
    "Damage",
    "FileView",
    "Filters",
    "Index",
    "NoSuchOrganisation",
    "NotUnderstood",
    "Note",
    "NumberBook",
    "NumberView",
    "PaperView",
    "Papers",
    "Part",
    "Remark",
    "Report",
    "ResultRow",
    "find",
    "left_out",
    "no_such_organisation",
    "number_as_written",
    "organisation_meant",
    "organisation_named",
    "paperless",
    "parse",
    "show",
    "verify",
]
