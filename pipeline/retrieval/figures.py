"""The figures of a year by organisation and quarter, as the yearly report (年度工作报告) prints them.

One table of whole numbers is the only place they come from: its rows go into the workbook, and text, tables and charts
of the paper are sums of those rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.retrieval.counted import Counted, Measure

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
"""The quarters as the kind ``yearly-report`` names them."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one organisation and quarter (1 to 4)."""

    organ: str
    quarter: int
    appointed: int
    attended: int
    solved: int
    held: int

    def of(self, measure: Measure) -> int:
        """The figure of this measure."""
        number: int = getattr(self, measure.value)
        return number


def figures(counted: Sequence[Counted], organs: Sequence[str]) -> tuple[Figures, ...]:
    """A row for each of ``organs`` (short names, in this order) and quarter, also where nothing happened.

    Raises ``ValueError`` when something counts for an organisation that is not among them: its share must not vanish.
    """
    from pandas import DataFrame, MultiIndex  # loaded here: it takes longer than the whole count

    strangers = {one.organ for one in counted} - set(organs)
    if strangers:
        raise ValueError(f"counted for organisations that are not asked for: {sorted(strangers)}")
    table = DataFrame(
        [(one.organ, (one.day.month + 2) // 3, one.measure.value) for one in counted],
        columns=["organ", "quarter", "measure"],
    )
    sums = (
        table.groupby(["organ", "quarter", "measure"])
        .size()
        .unstack("measure", fill_value=0)
        .reindex(MultiIndex.from_product([organs, range(1, 5)], names=["organ", "quarter"]), fill_value=0)
        .reindex(columns=[measure.value for measure in Measure], fill_value=0)
        .astype(int)
    )
    return tuple(Figures(str(organ), int(quarter), *map(int, row)) for (organ, quarter), *row in sums.itertuples())
