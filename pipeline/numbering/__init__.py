"""Numbers of papers (发文字号, 期号, 编号) and archival codes (档号): which one a paper takes, and how it is written.

Pure: what is taken already is asked of a ``Ledger``, and the register's transaction decides whether the plan holds.
"""

from pipeline.numbering.arrangement import Arranged, Waiting, arrange
from pipeline.numbering.continuity import Gap, LedgerLine, SeriesReport, continuity, has_expired
from pipeline.numbering.deciding import refuse_releasing, refuse_voiding, reservable
from pipeline.numbering.given import NumberRefused, judge_given, said_of
from pipeline.numbering.old_register import OLD_REGISTER, OldRegister, judge_old_register, next_numbers
from pipeline.numbering.pattern import Reading, archival_code, compose, read_number, series_name
from pipeline.numbering.plan import Ledger, paper_id, plan
from pipeline.numbering.series import Series, SeriesBook

__all__ = [
    "OLD_REGISTER",
    "Arranged",
    "Gap",
    "Ledger",
    "LedgerLine",
    "NumberRefused",
    "OldRegister",
    "Reading",
    "Series",
    "SeriesBook",
    "SeriesReport",
    "Waiting",
    "archival_code",
    "arrange",
    "compose",
    "continuity",
    "has_expired",
    "judge_given",
    "judge_old_register",
    "next_numbers",
    "paper_id",
    "plan",
    "read_number",
    "refuse_releasing",
    "refuse_voiding",
    "reservable",
    "said_of",
    "series_name",
]
