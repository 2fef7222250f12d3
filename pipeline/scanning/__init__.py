"""Sealed copies (盖章件): scans of printed papers read, split by paper, and laid over the text of their originals.

Here is what the parent needs: the values that travel, and ``split``, which decides over what was found and touches
nothing. What opens a stranger's file runs in the child process and is imported there from its own module
(``reading``, ``sealed``, ``pictured``, ``attached``), with the packages for pictures that only it needs.
"""

from pipeline.scanning.matching import Known, mismatch
from pipeline.scanning.splitting import Bundle, Doubt, Split, split
from pipeline.scanning.values import (
    Attached,
    CodeSeen,
    Held,
    Made,
    Pictured,
    ScanLimits,
    Scanned,
    ScannedPage,
    UnreadableScan,
    is_scan,
)

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
    "is_scan",
    "mismatch",
    "split",
]
