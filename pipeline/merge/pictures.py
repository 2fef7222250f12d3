"""Photographs from a workbook, set in the text of the Word file.

A picture keeps its proportion and fits its box: ``{{ photo }}`` is a two-inch portrait, ``{{ photo|within(80, 60) }}``
at most 80 by 60 mm. It goes into the file as the sender gave it, unless it would be printed wrongly: a phone stores its
picture lying and only notes how it was held, which Word does not ask for; colours for presses (CMYK) may not stand in
a PDF/A of ours, and 16 bits of grey cannot be drawn.
"""

from __future__ import annotations

import io
from xml.sax.saxutils import quoteattr

from markupsafe import Markup
from PIL import ExifTags, Image, ImageOps

from pipeline.core.values import Picture

PICTURE = "gongwenPicture"
"""Beginning of the relationship ids and part names of merged pictures; no office program uses it."""

_TWO_INCH = (35.0, 49.0)
"""Millimetres: 二寸证件照."""

_PRINTABLE = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
"""Pillow's names of the colours that stand in a PDF/A as they are."""

_EMU = 36000
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


class Pictures:
    """The pictures of one document: those that are printed get a relationship and become part of the file."""

    def __init__(self) -> None:
        self.used: dict[str, tuple[bytes, str]] = {}

    def drawing(self, picture: Picture, heading: str, box: tuple[float, float]) -> Markup:
        """Run content with the picture as large as ``box`` (mm) allows; ends and reopens the text it stands in."""
        data, (width, height) = _upright(picture)
        factor = min(box[0] / width, box[1] / height)
        identifier = f"{PICTURE}{len(self.used) + 1}"
        self.used[identifier] = (data, picture.media_type)
        extent = f'cx="{round(width * factor * _EMU)}" cy="{round(height * factor * _EMU)}"'
        name = quoteattr(heading)
        return Markup(
            f"</w:t></w:r><w:r><w:drawing {_NAMESPACES}>"
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="1" name={name} descr={name}/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="0" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            '</wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
        )


def _upright(picture: Picture) -> tuple[bytes, tuple[int, int]]:
    """The picture's bytes and its pixels as it is to be seen: turned as Exif says, in colours that can be printed."""
    with Image.open(io.BytesIO(picture.data)) as image:
        if image.getexif().get(ExifTags.Base.Orientation, 1) == 1 and image.mode in _PRINTABLE:
            return picture.data, image.size
        turned = ImageOps.exif_transpose(image)
        if turned.mode.startswith("I"):
            turned = turned.point(lambda grey: grey * (1 / 256)).convert("L")
        elif turned.mode not in _PRINTABLE:
            turned = turned.convert("RGB")
        stream = io.BytesIO()
        turned.save(stream, "PNG" if picture.media_type == "image/png" else "JPEG", quality=95, subsampling=0)
        return stream.getvalue(), turned.size


class PictureField:
    """A picture as a template sees it."""

    __slots__ = ("_heading", "_picture", "_pictures")

    def __init__(self, picture: Picture, heading: str, pictures: Pictures) -> None:
        self._picture, self._heading, self._pictures = picture, heading, pictures

    def __html__(self) -> str:
        return self.fitted(*_TWO_INCH)

    def fitted(self, width: float, height: float) -> Markup:
        """The picture within a box of mm."""
        return self._pictures.drawing(self._picture, self._heading, (width, height))
