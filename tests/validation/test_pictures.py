"""Pictures that cannot be printed are findings: broken, cut off, or far too large."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from pipeline.core.findings import Code
from pipeline.core.values import Picture
from pipeline.validation import judge
from pipeline.validation.pictures import picture_fault
from tests.validation.examples import CLAIMED, Office, members


def picture(kind: str, size: tuple[int, int] = (295, 413)) -> bytes:
    """A picture with some detail in it, so that its bytes are many."""
    stream = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_sound_picture_has_no_fault(kind: str) -> None:
    assert picture_fault(picture(kind)) == ""


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.6])
def test_a_picture_that_broke_off_cannot_be_opened(kind: str, share: float) -> None:
    whole = picture(kind)
    assert "重新插入" in picture_fault(whole[: int(len(whole) * share)])


def test_half_a_picture_is_a_fault_also_where_the_printer_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint makes Pillow lenient for the whole process; a photo without its lower half was printed so."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert picture_fault(picture("PNG")[:-2000])
    assert picture_fault(picture("JPEG")[:-2000])
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_picture_of_a_thousand_million_points_is_not_unfolded() -> None:
    header = struct.pack(">IIBBBBB", 32000, 32000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    assert picture_fault(data)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["PNG", "JPEG"]), st.integers(0, 2000), st.binary(min_size=1, max_size=40))
def test_damage_anywhere_is_a_fault_or_none_and_never_an_error(kind: str, at: int, noise: bytes) -> None:
    whole = picture(kind, (40, 40))
    picture_fault(whole[: at % len(whole)] + noise + whole[at % len(whole) + len(noise) :])


def test_the_sender_is_told_at_the_cell_of_the_picture() -> None:
    photo = Picture(2, 12, picture("JPEG")[:900], "image/jpeg")
    _batch, (found,) = judge(members({"photo": photo}), CLAIMED, Office())
    assert (found.code, found.heading, found.found) == (Code.NOT_A_PICTURE, "照片", "图片")
    assert "打不开" in found.sentence()
