"""Lists to pick from, in the cells of a blank workbook.

The words stand on a hidden sheet: Excel cuts a list written into the cell rule itself at 255 characters, which three
full names of party organisations exceed.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.kind import Field, FieldType
from pipeline.core.messages import _
from pipeline.core.values import Organisation
from pipeline.sheets.addresses import letters
from pipeline.sheets.marks import LISTS_SHEET, SIGNATURES
from pipeline.sheets.writing import cell_at, put_text


class PickLists:
    """The lists of one workbook; equal lists stand only once."""

    def __init__(self, workbook: Workbook, organisations: Sequence[Organisation]) -> None:
        self._workbook = workbook
        self._organisations = tuple(organisation.name for organisation in organisations)
        self._columns: dict[tuple[str, ...], int] = {}

    def offer(self, sheet: Worksheet, field: Field, cells: str) -> None:
        """Let the cells of a field be picked from its list, where it has one."""
        words = self._organisations if field.type is FieldType.ORG else field.choices
        if not words:
            return
        column = self._columns.setdefault(tuple(words), len(self._columns) + 1)
        name = letters(column)
        # An organisation may also be typed by its short name, which only the judge knows: there the list is advice.
        strict = field.type is not FieldType.ORG
        rule = DataValidation(
            "list",
            formula1=f"'{LISTS_SHEET}'!${name}$2:${name}${len(words) + 1}",
            allow_blank=True,
            showErrorMessage=strict,
            errorTitle=_("请从列表中选择"),
            error=_("“{heading}”只能填下拉列表里的内容").format(heading=field.heading),
        )
        sheet.add_data_validation(rule)
        rule.add(cells)

    def close(self) -> None:
        """Write the hidden sheet; nothing when no list was offered."""
        if not self._columns:
            return
        sheet = self._workbook.create_sheet(LISTS_SHEET)
        sheet.sheet_state = "hidden"
        for words, column in self._columns.items():
            put_text(cell_at(sheet, 1, column), SIGNATURES[LISTS_SHEET])
            for row, word in enumerate(words, start=2):
                put_text(cell_at(sheet, row, column), word)
