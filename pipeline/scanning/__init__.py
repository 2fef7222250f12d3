"""Sealed copies (盖章件): scans of printed papers read, split by paper, and laid over the text of their originals.

``read_scan`` and ``sealed_copy`` open a stranger's file and so run in the child process; ``split`` decides over what
they found and touches nothing.
"""

from pipeline.scanning.attached import Attached, read_attached
from pipeline.scanning.matching import Known, mismatch
from pipeline.scanning.opening import ScanLimits, UnreadableScan, is_scan
from pipeline.scanning.pictured import Held, Pictured, Scanned, held_by, pictured, remaining_pages
from pipeline.scanning.reading import read_scan
from pipeline.scanning.sealed import Made, sealed_copy
from pipeline.scanning.splitting import Bundle, Doubt, Split, split
from pipeline.scanning.values import CodeSeen, ScannedPage

__all__ = [
    "Attached",
    "Bundle",
    "CodeSeen",
    "Doubt",
    "Held",
    "Known",
    "Made",
    "Pictured",
    "ScanLimits",
    "Scanned",
    "ScannedPage",
    "Split",
    "UnreadableScan",
    "held_by",
    "is_scan",
    "mismatch",
    "pictured",
    "read_attached",
    "read_scan",
    "remaining_pages",
    "sealed_copy",
    "split",
]
