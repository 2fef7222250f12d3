"""Whatever is dropped becomes a batch or findings: never a traceback, never more than the limits allow.

Workbooks of every format are damaged at random, grids and texts are made up. Files are read in a child process with a
limit of time and of memory, as the office reads them; a child that had to be killed is a finding too (``workers``).
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import multiprocessing
import os
import random
import resource
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pebble import ProcessExpired, ProcessPool

from pipeline.core.findings import Code
from pipeline.core.kind import FieldType
from pipeline.core.values import CellError, Formatted, Picture, Sheet, Workbook
from pipeline.sheets import Limits, interpret, returned_workbook
from pipeline.validation import judge
from tests.corpus.binary import ods, xls, xlsb, zipped
from tests.corpus.case import CLAIMED, Office, csv, outcome_of
from tests.corpus.files_of_every_kind import FILES, PAYING
from tests.corpus.kinds import KINDS, PAYMENT_HEADINGS
from tests.corpus.layouts import photos
from tests.sheets.examples import GOOD, HEADINGS

REFUSED = {Code.NOT_A_WORKBOOK, Code.TOO_LARGE, Code.PASSWORD, Code.EMPTY}
MEMORY, SECONDS = 1 << 30, 20
LIMITS = Limits(unpacked_bytes=4 << 20, cells=20_000, sheets=20)
TREE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

XLSX = photos("I2")
PARTS = sorted(name for name in zipfile.ZipFile(io.BytesIO(XLSX)).namelist() if name.endswith((".xml", ".rels")))
TOKENS = (
    b'<c r="XFD1048576"><v>1</v></c>', b'r="A1048576"', b' t="e"', b' t="s"', b' s="999"', b"<f>", b"</row>", b"<row>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"\xff\xfe", b"<mergeCell ref='A1:XFD9'/>", b'ht="1e308"', b'r="0"',
    b"NaN", b"-1", b'hidden="1"', b'max="16384" hidden="1"', b"</sheetData>", b'Target="../../../etc/passwd"',
    b'TargetMode="External"',
)  # fmt: skip
BINARY = {
    "xls": xls({"登记表": (HEADINGS, GOOD), "付款单": PAYING}),
    "xlsb": xlsb({"登记表": (HEADINGS, GOOD), "付款单": PAYING}),
    "ods": ods({"登记表": (HEADINGS, GOOD), "付款单": PAYING}),
    "photos.xls": (FILES / "photos.xls").read_bytes(),
    "photos.ods": (FILES / "photos.ods").read_bytes(),
}
CUT = st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.binary(max_size=6), st.sampled_from(TOKENS)))
"""Where (as a share of the length), how many bytes go, and what comes in their place."""


def damaged(data: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    for share, length, put in cuts:
        place = int(share * len(data))
        data = data[:place] + put + data[place + length :]
    return data


def carried(data: bytes, name: str = "x.xlsx") -> str:
    """Carry a file through reading, judging and marking; only values may come out of it. Runs in the child.

    Returns what became of it: "accepted", "returned", or "refused" as no workbook at all.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        outcome = outcome_of(path, LIMITS)
        assert outcome.batch is not None or outcome.findings
        assert all(finding.sentence() for finding in outcome.findings)
        if outcome.batch is not None:
            assert returned_workbook(path, outcome.findings)
            return "accepted"
        return "refused" if outcome.findings[0].code in REFUSED else "returned"


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # Rust prints its panics


@pytest.fixture(scope="module")
def carry() -> Iterator[Callable[..., str]]:
    """``carried`` in a child that dies alone: "killed" then."""
    with ProcessPool(1, initializer=limited, context=multiprocessing.get_context("fork")) as pool:

        def run(data: bytes, name: str = "x.xlsx") -> str:
            with contextlib.suppress(ProcessExpired, MemoryError):
                what: str = pool.schedule(carried, args=[data, name], timeout=SECONDS).result()
                return what
            return "killed"

        yield run


@TREE
@given(st.sampled_from(PARTS), st.lists(CUT, min_size=1, max_size=3))
def test_a_workbook_with_a_damaged_part(
    carry: Callable[..., str], part: str, cuts: list[tuple[float, int, bytes]]
) -> None:
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = damaged(parts[part], cuts)
    carry(zipped(parts))


@TREE
@given(st.sampled_from(PARTS))
def test_a_workbook_that_lacks_a_part(carry: Callable[..., str], part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        carry(zipped({name: archive.read(name) for name in archive.namelist() if name != part}))


@pytest.mark.parametrize("name", BINARY)
@TREE
@given(st.lists(CUT, min_size=1, max_size=4))
def test_a_file_with_damaged_bytes(carry: Callable[..., str], name: str, cuts: list[tuple[float, int, bytes]]) -> None:
    carry(damaged(BINARY[name], cuts), name)


@TREE
@given(
    st.lists(CUT, min_size=1, max_size=4),
    st.sampled_from(["xl/workbook.bin", "xl/styles.bin", "xl/worksheets/sheet1.bin"]),
)
def test_an_xlsb_with_damaged_records(
    carry: Callable[..., str], cuts: list[tuple[float, int, bytes]], part: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(BINARY["xlsb"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = damaged(parts[part], cuts)
    carry(zipped(parts), "x.xlsb")


@TREE
@given(st.lists(CUT, min_size=1, max_size=4))
def test_an_ods_with_damaged_content(carry: Callable[..., str], cuts: list[tuple[float, int, bytes]]) -> None:
    with zipfile.ZipFile(io.BytesIO(BINARY["ods"])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = damaged(parts["content.xml"], cuts)
    carry(zipped(parts), "x.ods")


@TREE
@given(
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n"]
    ),
    st.binary(max_size=600),
)
def test_bytes_at_random(carry: Callable[..., str], begins: bytes, rest: bytes) -> None:
    carry(begins + rest)


LONG = {
    **BINARY,
    "xlsx": XLSX,
    "csv": csv(HEADINGS, GOOD).encode("gb18030"),
    "utf-16.csv": csv(HEADINGS, GOOD).encode("utf-16"),
}


def hurt(data: bytes, dice: random.Random) -> bytes:
    """The file with some bytes changed, or gone and others put in; of a zip file mostly inside one of its parts."""
    puts = [dice.choice([dice.randbytes(dice.randrange(1, 6)), *TOKENS]) for _cut in range(dice.randint(1, 4))]
    if dice.random() < 0.7:  # nothing moves, so that what points to places in the file still does
        cuts = [(dice.random(), min(len(put), 4), put[:4]) for put in puts]
    else:
        cuts = [(dice.random(), dice.randrange(40), put) for put in puts]
    if not data.startswith(b"PK") or dice.random() < 0.2:
        return damaged(data, cuts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = dice.choice(sorted(parts))
    return zipped({**parts, part: damaged(parts[part], cuts)})


@pytest.mark.faults_long
@pytest.mark.parametrize("name", LONG)
def test_many_damaged_files(carry: Callable[..., str], name: str) -> None:
    """``make faults``: two thousand of each format (``FUZZ``), with what became of them."""
    dice = random.Random()
    counts = Counter(carry(hurt(LONG[name], dice), name) for _file in range(int(os.environ.get("FUZZ", "2000"))))
    print(f"\n{name}: {counts.total()} damaged files, " + ", ".join(f"{n} {what}" for what, n in counts.most_common()))


WORDS = st.one_of(
    st.sampled_from(
        [*HEADINGS, *PAYMENT_HEADINGS, *map(str, GOOD), "示例", "合计", "填表人：", "会议编号", "照片", "\n", '"', ","]
    ),
    st.text(max_size=6),
)


@TREE
@given(
    st.lists(st.lists(WORDS, max_size=9), max_size=8),
    st.sampled_from([",", "\t", ";", "，"]),
    st.sampled_from(["utf-8", "utf-16", "gb18030"]),
)
def test_text_made_up(carry: Callable[..., str], rows: list[list[str]], separator: str, encoding: str) -> None:
    text = "\r\n".join(separator.join(row) for row in rows)
    carry(text.encode(encoding, "replace"), "x.csv")


CELLS = st.one_of(
    st.none(),
    WORDS,
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.builds(CellError, st.sampled_from(["formula", "#N/A", "?"])),
    st.builds(Formatted, st.floats(), st.sampled_from(["85%", "007", "14人"])),
)
GRIDS = st.lists(st.lists(CELLS, max_size=11).map(tuple), max_size=9).map(tuple)
TOP = st.sampled_from(
    [(), (HEADINGS,), (PAYMENT_HEADINGS,), (HEADINGS, GOOD), (("姓名", "刘珺", "社区", "桃园社区"), ("性别", "女"))]
)
PLACES = st.integers(1, 12)
PICTURES = st.builds(Picture, PLACES, PLACES, st.binary(max_size=3), st.sampled_from(["image/png", "image/gif"]))


@settings(max_examples=200, deadline=None)
@given(
    TOP,
    GRIDS,
    st.lists(st.tuples(PLACES, PLACES, PLACES, PLACES), max_size=3).map(tuple),
    st.lists(PICTURES, max_size=3),
)
def test_grids_made_up(
    top: tuple[tuple[object, ...], ...],
    grid: tuple[tuple[object, ...], ...],
    merged: tuple[tuple[int, int, int, int], ...],
    pictures: list[Picture],
) -> None:
    sheet = Sheet("登记表", (*top, *grid), merged, tuple(pictures), hidden_rows=(2,), hidden_columns=(1,))  # type: ignore[arg-type]
    draft, findings = interpret(Workbook((sheet,)), KINDS, "x.xlsx")
    assert draft is not None or findings
    batch, judged = judge(draft, CLAIMED, Office()) if draft else (None, ())
    assert batch is not None or findings or judged
    assert all(finding.sentence() for finding in (*findings, *judged))
    for record in batch.records if batch else ():
        fields = {field.id: field for field in record.kind.head.fields}
        assert not any(
            isinstance(value, str) and "\n" in value
            for name, value in record.head.values.items()
            if fields[name].type is not FieldType.LONG_TEXT
        )
