"""The manifest is one that ``sha256sum -c`` reads, odd names included, and that we read back."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.filing import manifest

ODD = [
    "铜王组发〔2020〕50号 通知.pdf",
    "来稿/a b.xlsx",
    "back\\slash",
    "line\nfeed",
    "carriage\rreturn",
    "*star",
    " blank",
]
NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(st.dictionaries(NAMES, st.text("0123456789abcdef", min_size=64, max_size=64)))
def test_what_is_written_is_read_back(digests: dict[str, str]) -> None:
    assert manifest.read(manifest.write(digests)) == digests


def test_coreutils_accepts_it(tmp_path: Path) -> None:
    (tmp_path / "来稿").mkdir()
    digests = {}
    for name in ODD:
        (tmp_path / name).write_text(name, encoding="utf-8")
        digests[name] = hashlib.sha256(name.encode()).hexdigest()
    (tmp_path / manifest.NAME).write_bytes(manifest.write(digests))
    check = subprocess.run(
        ["sha256sum", "--check", "--strict", manifest.NAME], cwd=tmp_path, capture_output=True, check=False
    )
    assert check.returncode == 0, check.stdout + check.stderr


def test_what_coreutils_writes_is_read(tmp_path: Path) -> None:
    (tmp_path / "来稿").mkdir()
    for name in ODD:
        (tmp_path / name).write_text(name, encoding="utf-8")
    listed = subprocess.run(["sha256sum", "--", *ODD], cwd=tmp_path, capture_output=True, check=True).stdout
    assert manifest.read(listed) == {name: hashlib.sha256(name.encode()).hexdigest() for name in ODD}
    assert sorted(manifest.write(manifest.read(listed)).split(b"\n")) == sorted(listed.split(b"\n"))


def test_equal_folders_have_equal_manifests() -> None:
    digests = {"乙": "1" * 64, "甲": "2" * 64}
    assert manifest.write(digests) == manifest.write(dict(reversed(digests.items())))
    assert manifest.write({}) == b""


@pytest.mark.parametrize(
    "content",
    [
        b"not a digest\n",
        b"a" * 64 + b"  name",  # cut off
        b"A" * 64 + b"  name\n",
        b"a" * 64 + b" name\n",
        b"a" * 64 + b"  \n",
        b"\\" + b"a" * 64 + b"  na\\tme\n",
        b"\\" + b"a" * 64 + b"  name\\\n",
        (b"a" * 64 + b"  name\n") * 2,
        b"a" * 64 + b"  \xff\n",
        b"\n",
    ],
)
def test_anything_else_is_no_manifest(content: bytes) -> None:
    with pytest.raises(ValueError):
        manifest.read(content)
