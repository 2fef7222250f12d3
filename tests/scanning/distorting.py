"""What happens to a paper between the printer and our inbox: turned, askew, out of focus, badly lit, compressed.

Everything is seeded, so that a test that fails today fails tomorrow. ``severity`` runs from 0.0 (a good flatbed) to 1.0
(a phone held over a desk in the evening).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter


@dataclass(frozen=True)
class Distortion:
    """``angle`` in degrees clockwise, ``blur`` in pixels, ``noise`` in grey values, ``shade`` the loss of light in the
    darkest part, ``quality`` of JPEG, ``dpi`` of the scan."""

    angle: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    shade: float = 0.0
    quality: int = 85
    dpi: int = 200
    grey: bool = False


PHONE = Distortion(angle=93.0, blur=1.2, noise=8.0, shade=0.4, quality=60)


def distortion(severity: float, seed: int) -> Distortion:
    """A distortion of this severity, somewhere between harmless and that."""
    random = numpy.random.default_rng(seed)
    quarter = int(random.integers(4)) * 90
    return Distortion(
        angle=quarter + float(random.uniform(-1, 1)) * 8 * severity,
        blur=float(random.uniform(0.3, 1)) * 2.2 * severity,
        noise=float(random.uniform(0.3, 1)) * 30 * severity,
        shade=float(random.uniform(0.3, 1)) * 0.7 * severity,
        quality=round(85 - 55 * severity),
        dpi=200 if random.random() < 0.5 else 150 + int(150 * random.random() * (1 - severity)),
        grey=bool(random.random() < 0.5),
    )


def rendered(pdf: Path | bytes, dpi: float = 200) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def distorted(page: Image.Image, how: Distortion, seed: int = 1) -> Image.Image:
    """The page (rendered at ``how.dpi``) after its way."""
    random = numpy.random.default_rng(seed)
    turned = page.rotate(-how.angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(235, 233, 228))
    if how.angle % 90 and abs((how.angle + 45) % 90 - 45) < 20:  # a scanner's glass is as large as the page
        whole = page.size if round(how.angle / 90) % 2 == 0 else page.size[::-1]
        left, top = (turned.width - whole[0]) // 2, (turned.height - whole[1]) // 2
        turned = turned.crop((left, top, left + whole[0], top + whole[1]))
    soft = turned.filter(ImageFilter.GaussianBlur(how.blur)) if how.blur else turned
    values = numpy.asarray(soft, dtype=numpy.float32)
    height, width = values.shape[:2]
    if how.shade:
        across = numpy.linspace(0, 1, width)[None, :, None]
        down = numpy.linspace(0, 1, height)[:, None, None]
        values = values * (1 - how.shade * (0.6 * across + 0.4 * down))
    if how.noise:
        values = values + random.normal(0, how.noise, (height, width, 1))
    picture = Image.fromarray(numpy.clip(values, 0, 255).astype(numpy.uint8), "RGB")
    return picture.convert("L") if how.grey else picture


def jpeg(picture: Image.Image, how: Distortion) -> bytes:
    """As a scanner or phone saves it."""
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=how.quality, dpi=(how.dpi, how.dpi))
    return stream.getvalue()


def scanned(page: Image.Image, how: Distortion, seed: int = 1) -> bytes:
    """A page as the JPEG that comes in."""
    return jpeg(distorted(page, how, seed), how)


def scan_pdf(jpegs: Sequence[bytes], dpi: float = 200) -> bytes:
    """A copier's PDF: one JPEG a page."""
    document = pypdfium2.PdfDocument.new()
    for data in jpegs:
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(data), inline=True)
        width, height = (side * 72 / dpi for side in image.get_px_size())
        page = document.new_page(width, height)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page.insert_obj(image)
        page.gen_content()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def scan_tiff(pictures: Sequence[Image.Image], dpi: int = 200, compression: str = "tiff_lzw") -> bytes:
    """Many pages in one TIFF."""
    stream = io.BytesIO()
    first, *others = pictures
    first.save(stream, "TIFF", save_all=True, append_images=others, compression=compression, dpi=(dpi, dpi))
    return stream.getvalue()


def with_seal(page: Image.Image, *, centre: tuple[float, float] = (0.68, 0.72), dpi: float = 200) -> Image.Image:
    """The page with a red round seal of 42 mm on it."""
    sealed = page.copy()
    radius = 21 / 25.4 * dpi
    x, y = centre[0] * page.width, centre[1] * page.height
    pen = ImageDraw.Draw(sealed)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(200, 30, 30), width=round(dpi / 20))
    star = [
        (
            x + radius * size * numpy.sin(numpy.pi * corner / 5),
            y - radius * size * numpy.cos(numpy.pi * corner / 5),
        )
        for corner, size in enumerate((0.35, 0.14) * 5)
    ]
    pen.polygon(star, fill=(200, 30, 30))
    return sealed
