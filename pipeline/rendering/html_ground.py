"""What lies under the text of a page, as the background picture of its @page rule."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.rendering.css import positive, signed
from pipeline.rendering.drawing import drawn, sheet
from pipeline.rendering.model import Section, Shape
from pipeline.rendering.pdf import PICTURE_URL


@dataclass(slots=True)
class GroundWriter:
    """Writes backgrounds; adds its pictures to ``pictures`` by key."""

    pictures: dict[str, bytes]

    def background(self, shapes: Sequence[Shape], section: Section, left: float) -> str:
        """The declaration for pages whose left margin is ``left``. CSS measures it from the text area's corner."""
        if not shapes:
            return "background:none;"
        content = "".join(
            drawn(shape, shape.x + (0.0 if shape.origin_x == "page" else left), shape.y, self._address)
            for shape in shapes
        )
        address = self._kept(sheet(section.width, section.height, content))
        return (
            f'background:url("{address}") no-repeat {signed(-left)} {signed(-section.top)};'
            f"background-size:{positive(section.width)} {positive(section.height)};"
        )

    def _address(self, shape: Shape) -> str:
        return self._kept(shape.picture)

    def _kept(self, data: bytes) -> str:
        key = hashlib.sha256(data).hexdigest()[:16]
        self.pictures[key] = data
        return PICTURE_URL + key
