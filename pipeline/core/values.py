"""The frozen values that travel from stage to stage.

``ClaimedFile -> Workbook -> Draft -> Batch -> NumberedRecord -> MergedDocument -> RenderedDocument -> FiledPaper``.
Each stage takes one and returns the next, so a paper that was never rendered cannot be filed: it does not type-check.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pipeline.core.findings import Finding
from pipeline.core.kind import Kind

# --------------------------------------------------------------------------- the office


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation (机构) of the office. ``code`` is its 机构代码 in the 档号, ``number_code`` its 机关代字.

    ``above`` is the code of the organisation it belongs under (a community's street), "" for none.
    """

    code: str
    name: str
    short_name: str
    number_code: str
    synonyms: tuple[str, ...] = ()
    above: str = ""


# --------------------------------------------------------------------------- intake


@dataclass(frozen=True, slots=True)
class ClaimedFile:
    """A workbook taken into our own keeping: ``path`` is our copy, ``name`` the sender's file name (NFC)."""

    submission: str
    path: Path
    name: str
    sha256: str
    origin: Path
    claimed_at: datetime


# --------------------------------------------------------------------------- sheets


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds no usable value: ``#N/A`` and its kin, or ``formula`` without a stored result."""

    text: str


@dataclass(frozen=True, slots=True)
class Formatted:
    """A number that its format shows as something else: ``0.85`` as ``85%``, ``7`` as ``007``, ``14`` as ``14人``.

    ``text`` has every figure of the number, also those that the format would round away.
    """

    number: float
    text: str


CellValue = str | int | float | bool | date | datetime | time | Formatted | CellError | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture from a cell or floating over it (1-based row and column); ``data`` is as the sender gave it.

    What became a field's value is PNG or JPEG; a sheet as read may hold others, which are reported.
    """

    row: int
    column: int
    data: bytes
    media_type: str

    @property
    def sha256(self) -> str:
        """Digest of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read: ``grid[r][c]`` is row r+1, column c+1; nothing is skipped, so addresses are the sender's.

    ``merged`` are inclusive 1-based ranges (first row, first column, last row, last column); ``hidden_rows`` and
    ``hidden_columns`` are 1-based too. Rows of ``grid`` may differ in length.
    """

    name: str
    grid: tuple[tuple[CellValue, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    pictures: tuple[Picture, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook as read, typed cell by cell, before anybody has asked what it means.

    ``remarks`` are warnings about the file itself: macros that are left out, parts of it that could not be seen.
    """

    sheets: tuple[Sheet, ...]
    remarks: tuple[Finding, ...] = ()


# --------------------------------------------------------------------------- validation

Value = str | int | Decimal | date | Picture | None
"""A field's value after coercion; see ``kind.FieldType`` for the type each field type gives."""


@dataclass(frozen=True, slots=True)
class Row:
    """One typed row. ``cells`` maps field id to the address (``"C5"``) its value came from."""

    sheet: str
    row: int
    values: Mapping[str, Value]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A workbook understood: its kind, and the typed rows of each table by table id. Not yet judged."""

    kind: Kind
    rows: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Record:
    """One paper's worth of data: a head row, its detail rows by table id, and what was derived from them.

    ``identity`` is the digest of kind, organisation and natural key; two records with the same one are the same paper.
    ``replaces`` is the filed paper of which this is the next version, ``correction`` why there is one.
    """

    kind: Kind
    head: Row
    details: Mapping[str, tuple[Row, ...]]
    organisation: Organisation
    date: date
    identity: str
    given_number: str = ""
    replaces: FiledPaper | None = None
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A workbook without errors: ``records`` are new; ``known`` are papers its other rows filed earlier, unchanged.

    ``warnings`` go into the receipt.
    """

    claimed: ClaimedFile
    kind: Kind
    records: tuple[Record, ...]
    known: tuple[tuple[Row, FiledPaper], ...] = ()
    warnings: tuple[Finding, ...] = ()


# --------------------------------------------------------------------------- numbering


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a series (发文字号, 期号, 编号): ``text`` is ``铜王组发〔2020〕50号``."""

    series: str
    year: int
    n: int
    text: str


@dataclass(frozen=True, slots=True)
class ArchivalCode:
    """档号 by DA/T 22-2015 clause 5.4: ``text`` is ``D001-WS·2020-Y-ZZB-0001``, ``piece`` the 件号.

    A paper that waits for the yearly arrangement (整理) has its class, ``piece`` 0 and no ``text``.
    """

    lowest_class: str
    piece: int
    text: str


@dataclass(frozen=True, slots=True)
class NumberedRecord:
    """A record with the numbers it will carry. ``paper`` is the paper's lasting id; ``title`` its full title (题名).

    ``content`` is the digest of all values that the sender gave, so a re-sent row can be told from a changed one.
    """

    record: Record
    paper: str
    title: str
    number: Number | None
    archival_code: ArchivalCode
    content: str

    @property
    def is_printout(self) -> bool:
        """Whether it is only printed (a checklist, a label): what is filed has an id and a class of the archive."""
        return not self.paper


# --------------------------------------------------------------------------- merge and rendering


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """The official Word file of one paper, as bytes that are equal for equal input."""

    numbered: NumberedRecord
    docx: bytes


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A place on paper, for a seal, a signature or what is printed besides the text: 1-based page, mm from the page's
    left and TOP edge."""

    name: str
    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Substitution:
    """A face named in the Word file and the face that was printed instead."""

    wanted: str
    used: str


@dataclass(frozen=True, slots=True)
class Fallback:
    """A character that its role's first face lacks, and the face it was taken from."""

    character: str
    wanted: str
    used: str


@dataclass(frozen=True, slots=True)
class RenderReport:
    """What a person must know about a printed file. ``milliseconds`` is the time of each stage by name, ``engine`` the
    foreign program that printed it; empty for our own. ``overprint`` is what was printed besides the content of the
    Word file (code, archival stamp …), ``left_out`` the names of what should have been and found no free place, and of
    the signature fields that a foreign program cannot make."""

    pages: int
    text: str
    boxes: tuple[FieldBox, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    engine: str = ""
    overprint: tuple[FieldBox, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A paper as DOCX and the PDF/A of that very DOCX; only a passed gate makes one."""

    merged: MergedDocument
    pdf: bytes
    report: RenderReport


# --------------------------------------------------------------------------- filing


@dataclass(frozen=True, slots=True)
class FiledFile:
    """One file of a filed paper: ``path`` is relative to the archive, with "/" between folders; ``size`` in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A paper in the archive, as the register, the record beside it and a search result know it.

    ``files`` maps role (``pdf``, ``docx``, ``metadata``, ``record``, ``source``) to file; papers of an older version
    have no ``metadata``. ``number`` and ``n`` are empty and 0 for kinds without a number; ``series`` is the ledger's
    series. ``archival_code`` and ``piece`` are empty and 0 until the yearly arrangement, where the office codes then;
    ``lowest_class`` and ``retention`` are those of the 档号 after it. ``data`` are the rows it was made of, as
    ``core.filed`` keeps them; "" when they are not known (a register of an older version). ``version`` counts from 1;
    a later one ``replaces`` the paper (id) before it, ``correction``
    says why (更正说明).
    """

    paper: str
    kind: str
    kind_name: str
    title: str
    organisation: str
    organisation_code: str
    year: int
    date: date
    number: str
    series: str
    n: int
    archival_code: str
    lowest_class: str
    piece: int
    retention: str
    identity: str
    content: str
    submission: str
    source_name: str
    filed_at: datetime
    files: Mapping[str, FiledFile]
    people: tuple[str, ...] = ()
    pages: int = 0
    text: str = ""
    status: str = "valid"
    data: str = ""
    version: int = 1
    replaces: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class FiledRecord:
    """A filed paper with the values it was made of: ``head`` by field id, ``details`` by table id and row.

    Values have the type of their field again, except a picture, of which only media type and digest are left as text.
    What was empty is not in a mapping. ``core.filed.filed_record`` makes one.
    """

    paper: FiledPaper
    head: Mapping[str, Value]
    details: Mapping[str, tuple[Mapping[str, Value], ...]]


@dataclass(frozen=True, slots=True)
class Submission:
    """A workbook that was dropped, as the register keeps it. ``id`` is the one of ``ClaimedFile.submission``.

    ``state`` is "entered" (numbers are given, files may still be on their way into the archive), "finished" or
    "returned"; ``papers`` are the ids of the papers it made, in the order of its rows.
    """

    id: str
    name: str
    sha256: str
    kind: str
    state: str
    received_at: datetime
    papers: tuple[str, ...] = ()
    findings: int = 0


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """What is looked for. ``words`` must all occur (each as a phrase, any length, Chinese or not); the rest filters.

    ``code`` is a 档号 or the beginning of one, ``person`` a name among the people, ``unit`` words of title or text,
    ``submission`` the id or the file name of a workbook. ``order`` is "newest" (by date) or "relevance".
    """

    words: tuple[str, ...] = ()
    year: int | None = None
    organisation: str = ""
    kind: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None
    limit: int = 20
    code: str = ""
    person: str = ""
    unit: str = ""
    retention: str = ""
    status: str = ""
    submission: str = ""
    order: Literal["newest", "relevance"] = "newest"


Span = tuple[int, int]
"""Where something begins in a text, and where it ends (exclusive)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result, with a stretch of its text round the first word found; ``marks`` are the places of the words
    in it, ``title_marks`` those in the title on one line."""

    paper: FiledPaper
    snippet: str
    marks: tuple[Span, ...] = ()
    title_marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a paper's history: when, what, by which submission or command, and details for people."""

    at: datetime
    paper: str
    action: str
    actor: str
    details: str
