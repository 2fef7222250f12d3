"""Filing: names and places of papers, their records, and the durable, write-once archive (归档)."""

from pipeline.filing.act_record import stage_act
from pipeline.filing.assembly import Filing, MetadataRefused, assemble
from pipeline.filing.deed_record import NewFile, stage_deed, stage_taken
from pipeline.filing.enclosed import enclosed_record
from pipeline.filing.layout import DEED_BOOK, NUMBER_BOOK, Occupied, Place, Wish, assign_places
from pipeline.filing.metadata import Digitised, Earlier, Provenance
from pipeline.filing.old_paper import KeptFile, OldPaper, assemble_old
from pipeline.filing.scan import (
    Census,
    Found,
    FoundEntry,
    Problem,
    Trouble,
    acts,
    census,
    count_records,
    deeds,
    last_entry,
    records,
)
from pipeline.filing.staging import Staging
from pipeline.filing.store import Archive, OccupiedPaths
from pipeline.filing.witness import bear

__all__ = [
    "DEED_BOOK",
    "NUMBER_BOOK",
    "Archive",
    "Census",
    "Digitised",
    "Earlier",
    "Filing",
    "Found",
    "FoundEntry",
    "KeptFile",
    "MetadataRefused",
    "NewFile",
    "Occupied",
    "OccupiedPaths",
    "OldPaper",
    "Place",
    "Problem",
    "Provenance",
    "Staging",
    "Trouble",
    "Wish",
    "acts",
    "assemble",
    "assemble_old",
    "assign_places",
    "bear",
    "census",
    "count_records",
    "deeds",
    "enclosed_record",
    "last_entry",
    "records",
    "stage_act",
    "stage_deed",
    "stage_taken",
]
