"""Pictures: which bytes a pic:pic or v:imagedata shows, and whether they may be printed.

PNG and JPEG go into the PDF as they are. EMF and WMF are programs that draw with the fonts of the machine they were
made on; they are refused, like pictures that lie outside the file.
"""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image, UnidentifiedImageError

from pipeline.core.messages import _
from pipeline.rendering.job import Job, Place
from pipeline.rendering.left_out import boxed
from pipeline.rendering.markup import Element, attribute, child
from pipeline.rendering.model import Shape
from pipeline.rendering.units import integer

MAX_PIXELS = 64_000_000
"""A3 at 600 dpi, twice over."""

_MAGIC = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_OTHERS = {
    b"\x01\x00\x00\x00": "EMF 图片",
    b"\xd7\xcd\xc6\x9a": "WMF 图片",
    b"\x01\x00\x09\x00": "WMF 图片",
    b"GIF8": "GIF 图片",
    b"BM": "BMP 图片",
    b"II*\x00": "TIFF 图片",
    b"MM\x00*": "TIFF 图片",
    b"<svg": "SVG 图片",
}


def picture_of(job: Job, place: Place, graphic: Element, base: Shape, paragraph: Element) -> Shape:
    """The picture of a pic:pic with the size of ``base``; a box in its place when it is refused."""
    fill = child(graphic, "pic:blipFill")
    blip = child(fill, "a:blip")
    if attribute(blip, "r:link"):
        job.refuse(_("链接到文件外面的图片"), place, paragraph, _("在 Word 里断开链接，把图片存进文件"))
        return boxed(base)
    crop = child(fill, "a:srcRect")
    if crop is not None and any(integer(crop.get(side, "0")) for side in "ltrb"):
        job.refuse(_("裁剪过的图片"), place, paragraph, _("在 Word 里用“压缩图片”删除裁剪区域"))
    if integer(attribute(child(graphic, "pic:spPr", "a:xfrm"), "rot", "0")) % 21_600_000:
        job.refuse(_("旋转的图片"), place, paragraph, _("先转好再插入"))
    return embedded(job, place, attribute(blip, "r:embed"), base, paragraph)


def embedded(job: Job, place: Place, reference: str, base: Shape, paragraph: Element) -> Shape:
    """The picture a relationship id leads to; a box in its place when it is refused."""
    related = job.source.package.related(place.part).get(reference)
    data = b"" if related is None or related.external else job.source.package.parts.get(related.target, b"")
    if not data:
        job.refuse(_("找不到的图片"), place, paragraph, _("重新插入图片"))
        return boxed(base)
    media_type = next((media for magic, media in _MAGIC.items() if data.startswith(magic)), "")
    if not media_type:
        words = next((words for magic, words in _OTHERS.items() if data.startswith(magic)), "不认识的图片")
        job.refuse(_(words), place, paragraph, _("把图片另存为 PNG 或 JPEG 后重新插入"))
        return boxed(base)
    if not _sound(data):
        job.refuse(_("损坏或过大的图片"), place, paragraph, _("用画图打开，另存为 PNG 后重新插入"))
        return boxed(base)
    return replace(base, kind="picture", picture=data, media_type=media_type)


def _sound(data: bytes) -> bool:
    """Whether a picture can be decoded and has not too many pixels; only its header is read for the second."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                return False
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    return True
