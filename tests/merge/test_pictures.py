"""Photographs stand upright on paper, in their own proportion, and in colours that can be printed."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from PIL import ExifTags, Image

from pipeline.core.values import Picture
from tests.merge.papers import MEMBER, merger, paper

RED, BLUE = (255, 0, 0), (0, 0, 255)


def taken(orientation: int, size: tuple[int, int] = (400, 300), mode: str = "RGB") -> Picture:
    """A picture, blue but for its red upper half, as a camera held in this way stores it."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    stream = io.BytesIO()
    image.convert(mode).save(stream, "JPEG", exif=exif)
    return Picture(1, 1, stream.getvalue(), "image/jpeg")


def grey_of_sixteen_bits() -> Picture:
    """A PNG half as bright as white."""
    stream = io.BytesIO()
    Image.new("I;16", (300, 400), 32768).save(stream, "PNG")
    return Picture(1, 1, stream.getvalue(), "image/png")


def on_paper(photo: Picture) -> tuple[Image.Image, float]:
    """The picture in the Word file, and its width to height there."""
    docx = merger().merge(paper("member-form", {**MEMBER, "photo": photo})).docx
    extent = next(Document(io.BytesIO(docx)).element.body.iter("{*}inline")).find("{*}extent")
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        (name,) = [name for name in archive.namelist() if name.startswith("word/media/")]
        image = Image.open(io.BytesIO(archive.read(name)))
        image.load()
    return image, int(extent.get("cx")) / int(extent.get("cy"))


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (400, 300), (200, 20)), (3, (400, 300), (200, 280)), (6, (300, 400), (280, 200)), (8, (300, 400), (20, 200))],
)
def test_a_picture_is_turned_the_way_the_camera_was_held(
    orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    image, proportion = on_paper(taken(orientation))
    assert image.size == size
    assert proportion == pytest.approx(size[0] / size[1], rel=0.01)
    pixel = image.getpixel(red)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200 > 50 > pixel[2]
    assert image.getexif().get(ExifTags.Base.Orientation, 1) == 1


def test_an_upright_picture_is_the_senders_own_to_the_byte() -> None:
    photo = taken(1)
    docx = merger().merge(paper("member-form", {**MEMBER, "photo": photo})).docx
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        assert photo.data in [archive.read(name) for name in archive.namelist()]


def test_grey_of_sixteen_bits_keeps_its_brightness() -> None:
    assert on_paper(grey_of_sixteen_bits())[0].getpixel((10, 10)) == 128


@pytest.mark.parametrize(("photo", "mended"), [(taken(1, mode="CMYK"), "RGB"), (grey_of_sixteen_bits(), "L")])
def test_colours_that_cannot_stand_in_our_pdf_are_changed(photo: Picture, mended: str) -> None:
    assert on_paper(photo)[0].mode == mended
