"""Judging a workbook: everything that is wrong at once, or a batch without errors. Pure."""

from pipeline.validation.facts import Facts
from pipeline.validation.judge import judge
from pipeline.validation.rules import RULES

__all__ = ["RULES", "Facts", "judge"]
