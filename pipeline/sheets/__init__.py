"""Spreadsheets in and out: read them, understand them, send them back marked, write receipts and blank ones.

The only home of calamine and openpyxl. ``read_workbook`` runs in a child process under the caller's limits, because a
malformed file may take the process with it; everything after it is plain Python over plain values.
"""

from pipeline.sheets.blank import blank_workbook
from pipeline.sheets.interpret import interpret
from pipeline.sheets.listing import ListedValue, Listing, listing_workbook
from pipeline.sheets.reader import read_workbook
from pipeline.sheets.receipt import ReceiptLine, receipt_workbook
from pipeline.sheets.returned import returned_workbook, unreadable_note
from pipeline.sheets.scan_receipt import ScanLine, scan_answer
from pipeline.sheets.secrecy import bears_mark, marks_of_secrecy
from pipeline.sheets.unreadable import Limits, Unreadable

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
