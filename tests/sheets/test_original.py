"""The sender's workbook opened for writing."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from pipeline.sheets.original import resaved
from pipeline.sheets.receipt import Receipt


def test_a_cell_at_the_end_of_the_world_costs_no_memory(tmp_path: Path) -> None:
    """A value in the last row and column used to make a cell of every place before it: ten gigabytes."""
    path = tmp_path / "far.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "近"
    book.worksheets[0].cell(1_048_576, 16_384).value = "远"
    book.save(path)
    again = openpyxl.load_workbook(io.BytesIO(resaved(path, path.read_bytes(), Receipt((), ()))))
    assert again.worksheets[1].cell(1_048_576, 16_384).value == "远"
