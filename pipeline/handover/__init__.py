"""Handing over (移交): sets of papers that leave the office as packages, and packages that come in."""

from pipeline.handover.exporting import export, hand_over
from pipeline.handover.incoming import Incoming, incoming
from pipeline.handover.old_filing import file_old, look_through
from pipeline.handover.old_folder import is_old_papers
from pipeline.handover.old_judging import OldSet, judge_old
from pipeline.handover.old_titles import OLD_PAPERS
from pipeline.handover.order import Exported, Order
from pipeline.handover.set_judging import called
from pipeline.handover.taking import take_in

__all__ = [
    "OLD_PAPERS",
    "Exported",
    "Incoming",
    "OldSet",
    "Order",
    "called",
    "export",
    "file_old",
    "hand_over",
    "incoming",
    "is_old_papers",
    "judge_old",
    "look_through",
    "take_in",
]
