"""Spreadsheets in and out: read them, understand them, send them back marked, write receipts and blank ones.

The only home of calamine and openpyxl. ``read_workbook`` runs in a child process under the caller's limits, because a
malformed file may take the process with it; everything after it is plain Python over plain values.

What reads and writes files is loaded when it is first asked for (PEP 562): openpyxl takes longer to load than most
commands take to answer, and whoever writes no workbook must not wait for it.
"""

import importlib
from typing import TYPE_CHECKING

from pipeline.sheets.interpret import interpret
from pipeline.sheets.secrecy import bears_mark, marks_of_secrecy
from pipeline.sheets.unreadable import Limits, Unreadable

if TYPE_CHECKING:
    from pipeline.sheets.blank import blank_workbook
    from pipeline.sheets.listing import ListedValue, Listing, listing_workbook
    from pipeline.sheets.reader import read_workbook
    from pipeline.sheets.receipt import ReceiptLine, receipt_workbook
    from pipeline.sheets.returned import returned_workbook, unreadable_note
    from pipeline.sheets.scan_receipt import ScanLine, scan_answer

__all__ = [
    "Limits",
    "ListedValue",
    "Listing",
    "ReceiptLine",
    "ScanLine",
    "Unreadable",
    "bears_mark",
    "blank_workbook",
    "interpret",
    "listing_workbook",
    "marks_of_secrecy",
    "read_workbook",
    "receipt_workbook",
    "returned_workbook",
    "scan_answer",
    "unreadable_note",
]

_LOADED_LATER = {
    "blank_workbook": "blank",
    "ListedValue": "listing",
    "Listing": "listing",
    "listing_workbook": "listing",
    "read_workbook": "reader",
    "ReceiptLine": "receipt",
    "receipt_workbook": "receipt",
    "returned_workbook": "returned",
    "unreadable_note": "returned",
    "ScanLine": "scan_receipt",
    "scan_answer": "scan_receipt",
}


def __getattr__(name: str) -> object:
    if name in _LOADED_LATER:
        return getattr(importlib.import_module(f"{__name__}.{_LOADED_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
