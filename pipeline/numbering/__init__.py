"""Numbers of papers (发文字号, 期号, 编号) and archival codes (档号): which one a paper takes, and how it is written.

Pure: what is taken already is asked of a ``Ledger``, and the register's transaction decides whether the plan holds.
"""

from pipeline.numbering.continuity import Gap, LedgerLine, SeriesReport, continuity
from pipeline.numbering.given import NumberRefused, judge_given
from pipeline.numbering.pattern import ARCHIVAL_CODE, Reading, archival_code, compose, read_number, series_name
from pipeline.numbering.plan import Ledger, paper_id, plan

__all__ = [
    "ARCHIVAL_CODE",
    "Gap",
    "Ledger",
    "LedgerLine",
    "NumberRefused",
    "Reading",
    "SeriesReport",
    "archival_code",
    "compose",
    "continuity",
    "judge_given",
    "paper_id",
    "plan",
    "read_number",
    "series_name",
]
