"""The record beside each paper: everything the register knows of it, as JSON that a person can read too.

The archive must stand alone: when register and index are gone, ``read`` brings every paper back from its record, with
its full text. So a record is read as strictly as it was written; what is not exactly right raises and is never guessed.

The record cannot hold its own digest. It says its own path only; ``read`` takes digest and size from the bytes it is
given. It is equal for equal input (keys sorted, no times of measurement), UTF-8, Chinese as Chinese.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pipeline.core.deeds import Status
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.filed import KeptRow, filed_record, kept
from pipeline.core.kind import Table
from pipeline.core.messages import _
from pipeline.core.values import FieldBox, FiledFile, FiledPaper, Picture, Record, RenderReport, Row, Value
from pipeline.filing.strict import Strict, strict_json

FORMAT = "gongwen-record/1"
"""Name and version of the form. A reader refuses a version it does not know."""

ROLE = "record"

_COLLECTIONS = {"files", "people", "text", "data"}
_LATER = ("version", "replaces", "correction")
"""Only a later version of a paper says these: the record of a first one is as it always was."""

_SCALARS = tuple(field.name for field in fields(FiledPaper) if field.name not in {*_COLLECTIONS, *_LATER})
_SECTIONS = {"data", "files", "format", "paper", "path", "program", "rendering", "text"}


def write(paper: FiledPaper, path: str, record: Record, report: RenderReport, program: str) -> bytes:
    """The record of ``paper`` that will lie at ``path``; ``paper.files`` holds its other files.

    ``record`` gives the rows the paper was made of, ``program`` the version that made it.
    """
    content = {
        "format": FORMAT,
        "path": path,
        "program": program,
        "paper": {**scalars_of(paper), "people": list(paper.people)},
        "files": written_files(paper.files, without=ROLE),
        "data": list(rows_of(record)),
        "rendering": _rendering(report),
        "text": paper.text,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def scalars_of(paper: FiledPaper) -> dict[str, str | int]:
    """What is known of a paper in single values, as a record writes it."""
    later = _LATER if (paper.version, paper.replaces, paper.correction) != (1, "", "") else ()
    return {name: _plain(getattr(paper, name)) for name in (*_SCALARS, *later)}


def written_files(files: Mapping[str, FiledFile], *, without: str | None = None) -> dict[str, object]:
    """Files by role, as every record in the archive writes them; ``without`` the record itself."""
    return {
        role: {"path": file.path, "sha256": file.sha256, "size": file.size}
        for role, file in files.items()
        if role != without
    }


def data_of(record: Record) -> str:
    """The rows a paper is made of, as the register keeps them (``FiledPaper.data``)."""
    return kept(
        (table.id, ((name, kind, text) for name, _heading, kind, text in _texts(table, row)))
        for table, row in _tables(record)
    )


def with_record(paper: FiledPaper, path: str, content: bytes) -> FiledPaper:
    """The paper that knows its record's file too."""
    return replace(paper, files={**paper.files, ROLE: file_of(path, content)})


def file_of(path: str, content: bytes) -> FiledFile:
    """The file with this content that lies, or will lie, at ``path``."""
    return FiledFile(path, hashlib.sha256(content).hexdigest(), len(content))


def read(content: bytes) -> FiledPaper:
    """The paper a record tells of, complete with the record's own file.

    Raises ``ArchiveDamaged`` that names the first thing wrong, in ``where`` its place within the record.
    """
    whole = strict_json(content)
    if whole.value.get("format") != FORMAT:
        raise ArchiveDamaged(
            _("不是本程序能读的归档记录"),
            where="format",
            remedy=_("这份记录可能是更新版本的程序写的，请先升级"),
        )
    whole.only(_SECTIONS)
    whole.part("rendering")
    whole.text("program")
    about = whole.part("paper")
    about.only({*_SCALARS, *_later(about), "people"})
    paper = FiledPaper(
        **read_scalars(about),
        people=about.texts("people"),
        files=whole.files("files"),
        text=whole.text("text"),
        data=kept(_read_rows(whole)),
    )
    if paper.status not in list(Status):
        raise ArchiveDamaged(_("归档记录不完整：{why}").format(why=_("这一项的内容不对")), where="paper.status")
    try:
        filed_record(paper)
    except (ValueError, ArithmeticError):
        raise ArchiveDamaged(_("归档记录不完整：{why}").format(why=_("这一项的内容不对")), where="data") from None
    return with_record(paper, whole.path("path"), content)


def read_scalars(about: Strict) -> dict[str, Any]:
    """What ``scalars_of`` wrote. Raises ``ArchiveDamaged``."""
    return {name: _SCALAR_READERS.get(name, Strict.text)(about, name) for name in (*_SCALARS, *_later(about))}


def _later(about: Strict) -> tuple[str, ...]:
    return _LATER if any(name in about.value for name in _LATER) else ()


_SCALAR_READERS: Mapping[str, Callable[[Strict, str], str | int | date]] = {
    "year": Strict.count,
    "version": Strict.count,
    "n": Strict.count,
    "piece": Strict.count,
    "pages": Strict.count,
    "date": Strict.day,
    "filed_at": Strict.moment,
    "paper": Strict.name,
    "submission": Strict.name,
}


def _read_rows(whole: Strict) -> Iterator[KeptRow]:
    """The rows of a record, each value with its type. Raises ``ArchiveDamaged`` for what is not as we write it."""
    for row in whole.rows("data"):
        table = Strict(row, "data")
        fields_of = [Strict(field, "data.fields") for field in table.rows("fields")]
        yield table.text("table"), [(one.text("id"), one.text("type"), one.text("value")) for one in fields_of]


def rows_of(record: Record) -> Iterator[Mapping[str, object]]:
    """Every row the paper was made of, the head first, with each value's heading, type and the sender's address."""
    for table, row in _tables(record):
        named = [
            {"id": name, "heading": heading, "type": kind, "value": text, "cell": row.cells.get(name, "")}
            for name, heading, kind, text in _texts(table, row)
        ]
        yield {"table": table.id, "sheet": row.sheet, "row": row.row, "fields": named}


def _tables(record: Record) -> Iterator[tuple[Table, Row]]:
    """Every row with its table, the head first, then the details in the order of the kind."""
    yield record.kind.head, record.head
    for table in record.kind.details:
        for row in record.details.get(table.id, ()):
            yield table, row


def _texts(table: Table, row: Row) -> Iterator[tuple[str, str, str, str]]:
    """Each value of a row as id, heading, type and text; what stands in no column comes last, without heading."""
    headings = {field.id: (field.heading, field.type.value) for field in table.fields}
    for name in (*headings, *sorted(row.values.keys() - headings.keys())):
        heading, kind = headings.get(name, ("", ""))
        yield name, heading, kind, in_words(row.values.get(name))


def in_words(value: Value) -> str:
    """A field's value as plain text: ISO dates, sums without exponent, a picture by its digest, nothing as nothing."""
    match value:
        case None:
            return ""
        case Picture():
            return f"{value.media_type} sha256:{value.sha256}"
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _rendering(report: RenderReport) -> Mapping[str, object]:
    """How the paper was printed; without the times, which differ from run to run."""
    return {
        "pages": report.pages,
        "engine": report.engine or "gongwen",
        "boxes": list(map(_measured, report.boxes)),
        "overprint": [_measured(box) for box in report.overprint],
        "left_out": list(report.left_out),
        "substitutions": [{"wanted": one.wanted, "used": one.used} for one in report.substitutions],
        "fallbacks": [{"character": one.character, "wanted": one.wanted, "used": one.used} for one in report.fallbacks],
    }


def _measured(box: FieldBox) -> Mapping[str, object]:
    """A place on paper."""
    return {
        "name": box.name,
        "page": box.page,
        "left_mm": box.left,
        "top_mm": box.top,
        "width_mm": box.width,
        "height_mm": box.height,
    }


def _plain(value: str | int | date | datetime) -> str | int:
    return value.isoformat() if isinstance(value, date) else value
