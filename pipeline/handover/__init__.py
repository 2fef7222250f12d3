"""Handing over (移交): sets of papers that leave the office as packages, and packages that come in."""

from pipeline.handover.exporting import Exported, Order, export, hand_over

__all__ = ["Exported", "Order", "export", "hand_over"]
