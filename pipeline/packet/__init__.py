"""A packet for an inspector (迎检材料): papers in order, with cover, contents, what is missing, and the proof."""

from pipeline.packet.order import Made, Order
from pipeline.packet.packing import make

__all__ = ["Made", "Order", "make"]
