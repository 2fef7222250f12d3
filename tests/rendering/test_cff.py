"""Widths read from the head of a charstring are those of the font's own metrics, and a damaged font is no font."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.rendering.cff import CompactFont
from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import TextStyle
from pipeline.rendering.usage import Usage

TEXT = "中共铜川市王益区委组织部关于印发的通知，。（）“”一0123456789abcW"


def programs(book: FontBook) -> dict[str, bytes]:
    usage = Usage()
    for name in ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"):
        for character in TEXT:
            usage.add(book.glyph(TextStyle(name, name, 16), character, east_asian=True), character)
    return {file.family: file.data for file in book.subset(usage) if file.data[:4] == b"OTTO"}


def program(data: bytes) -> bytes:
    return bytes(hb.Face(data).reference_table("CFF ").data)


def test_widths_are_those_of_the_metrics(book: FontBook) -> None:
    found = programs(book)
    assert len(found) >= 4
    for data in found.values():
        face = hb.Face(data)
        compact, metrics = CompactFont(program(data)), hb.Font(face)
        assert compact.glyphs == face.glyph_count
        assert [compact.width(glyph) for glyph in range(compact.glyphs)] == [
            metrics.get_glyph_h_advance(glyph) for glyph in range(compact.glyphs)
        ]


def test_characters_of_a_cid_font_that_are_not_numbered_by_glyph_are_refused(book: FontBook) -> None:
    for data in programs(book).values():
        font = TTFont(io.BytesIO(data))
        top = font["CFF "].cff[0]
        if not hasattr(top, "ROS"):
            continue
        names = font.getGlyphOrder()
        top.charset = [names[0], *reversed(names[1:])]
        changed = io.BytesIO()
        font.save(changed, reorderTables=False)
        with pytest.raises(ValueError, match="not numbered by glyph"):
            CompactFont(program(changed.getvalue()))
        return
    pytest.skip("no CID font among them")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), length=st.integers(0, 20_000))
def test_a_damaged_font_is_refused_and_nothing_worse(whole: bytes, place: int, byte: int, length: int) -> None:
    damaged = bytearray(whole)
    damaged[place % len(damaged)] = byte
    with suppress(ValueError):
        font = CompactFont(bytes(damaged[:length]))
        for glyph in range(font.glyphs):
            font.width(glyph)


@pytest.fixture(scope="module")
def whole(book: FontBook) -> bytes:
    return program(next(iter(programs(book).values())))
