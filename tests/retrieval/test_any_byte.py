"""Whatever byte of whatever file in the archive is flipped, cut off or put in: verify finds it and never breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.values import FiledPaper
from pipeline.filing import Archive
from tests.filing.samples import filed_archive
from tests.retrieval.test_verify import check

Filed = tuple[Archive, tuple[FiledPaper, ...]]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Filed:
    return filed_archive(tmp_path_factory.mktemp("filed"))


def spoilt(content: bytes, how: str, place: int, bit: int) -> bytes:
    if how == "flipped":
        return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]
    return content[:place] if how == "cut off" else content[:place] + bytes([bit]) + content[place:]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_one_byte_is_found_and_its_file_is_named(filed: Filed, data: st.DataObject) -> None:
    archive, papers = filed
    path: Path = data.draw(st.sampled_from(sorted(one for one in archive.root.rglob("*") if one.is_file())))
    content = path.read_bytes()
    place, bit = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 7))
    how = data.draw(st.sampled_from(("flipped", "cut off", "put in")))
    try:
        path.write_bytes(spoilt(content, how, place, bit))
        report = check(archive, papers)
    finally:
        path.write_bytes(content)
    name = path.relative_to(archive.root).as_posix()
    assert not report.is_sound
    assert name in {remark.path for remark in report.damages}
