"""The metadata beside each paper (元数据, DA/T 46-2009): written when it is filed, checked before, read back for ever.

    2020/中共铜川市王益区委组织部/铜王组发〔2020〕50号 关于印发….xml

The record beside it is ours and holds everything; this file holds what an archive takes over, in the elements of the
standard by their Chinese names, with the SHA-256 and the SM3 of each file it speaks of. ``scheme.xsd`` is its form.
"""

from pipeline.filing.metadata.arranged import arranged
from pipeline.filing.metadata.checks import LOOKED_AT, Fault, faults
from pipeline.filing.metadata.reading import Described, DescribedFile, read
from pipeline.filing.metadata.writing import (
    ORIGINAL,
    PURPOSES,
    ROLE,
    Digitised,
    Document,
    Earlier,
    Provenance,
    write,
)

__all__ = [
    "LOOKED_AT",
    "ORIGINAL",
    "PURPOSES",
    "ROLE",
    "Described",
    "DescribedFile",
    "Digitised",
    "Document",
    "Earlier",
    "Fault",
    "Provenance",
    "arranged",
    "faults",
    "read",
    "write",
]
