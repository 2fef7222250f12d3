"""What lies under the text of a page, as the background picture of its look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.rendering.drawing import drawn, sheet
from pipeline.rendering.looks import length, size
from pipeline.rendering.model import Section, Shape

AddressOf = Callable[[bytes], str]
"""Where WeasyPrint finds the bytes of a picture."""


def background(shapes: Sequence[Shape], section: Section, left: float, address_of: AddressOf) -> dict[str, Any]:
    """The properties of pages whose left margin is ``left``. CSS measures them from the text area's corner."""
    if not shapes:
        return {}
    content = "".join(
        drawn(
            shape,
            shape.x + (0.0 if shape.origin_x == "page" else left),
            shape.y,
            lambda each: address_of(each.picture),
        )
        for shape in shapes
    )
    return {
        "background_image": (("url", address_of(sheet(section.width, section.height, content))),),
        "background_repeat": (("no-repeat", "no-repeat"),),
        "background_position": (("left", length(-left), "top", length(-section.top)),),
        "background_size": ((size(section.width), size(section.height)),),
    }
