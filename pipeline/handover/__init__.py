"""Handing over (移交): sets of papers that leave the office as packages, and packages that come in."""

from pipeline.handover.exporting import Exported, Order, export, hand_over
from pipeline.handover.incoming import Incoming, called, incoming
from pipeline.handover.taking import take_in

__all__ = ["Exported", "Incoming", "Order", "called", "export", "hand_over", "incoming", "take_in"]
