"""A packet for an inspector (迎检材料): papers in order, with cover, contents, what is missing, and the proof."""

from pipeline.packet.packing import Made, Order, make

__all__ = ["Made", "Order", "make"]
