"""File names as they come from a share, and names that can be written again."""

from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.names import readable, writable_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("五月.xlsx".encode(), "五月.xlsx"),
        ("五月.xlsx".encode("gb18030"), "五月.xlsx"),
        (unicodedata.normalize("NFD", "é").encode(), "é"),
        ("换\n行".encode(), "换_行"),
        (b"\xff.xlsx", "\\xff.xlsx"),
    ],
)
def test_a_name_is_read_whatever_it_was_written_in(raw: bytes, name: str) -> None:
    assert readable(os.fsdecode(raw)) == name


@given(st.binary(min_size=1, max_size=80))
def test_every_name_can_be_shown_stored_and_written(raw: bytes) -> None:
    name = readable(os.fsdecode(raw))
    name.encode()
    written = writable_name(name)
    assert written and "/" not in written and len(written.encode()) <= 255
