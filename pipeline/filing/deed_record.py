"""The record of one deed (办理簿): a small JSON file of its own, written once, that a person can read too.

    办理簿/2020/00003 撤销 铜王组发〔2020〕50号.json
    办理簿/2051/00041 销毁 12件.json
    办理簿/2051/00041 销毁 12件（销毁清册）.xlsx                     what came with the deed
    2020/…/铜王组发〔2020〕50号 关于印发…（盖章件）.pdf              what a deed put beside a paper

The folder is the year in which it was done, the number counts all deeds of the office: one that was taken away leaves a
hole. Like the record of a paper it is equal for equal input, says its own path, and is read back strictly. Of a
destroyed paper it holds what remains (``remains``), which no other file of the archive knows any more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from pipeline.core.deeds import WORDS, Action, Deed, DeedLine
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.messages import _
from pipeline.core.text import folded_name
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.filing.layout import DEED_BOOK, Occupied, beside, book_place
from pipeline.filing.record import file_of, read_scalars, scalars_of, written_files
from pipeline.filing.staging import Staging
from pipeline.filing.strict import Strict, strict_json

FORMAT = "gongwen-deed/1"
"""Name and version of the form. A reader refuses a version it does not know."""

ROLE = "deed"

_KEYS = {"format", "path", "seq", "action", "by", "also", "at", "reason", "details", "papers", "files"}
_LINE = {"paper", "number", "title", "archival_code", "details", "files", "remains"}


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that comes into the archive with a deed. ``called`` is what it is, in a few characters: 盖章件.

    Beside a paper it lies as ``<name of the paper>（盖章件）.pdf``, beside the deed's record likewise.
    """

    called: str
    suffix: str
    content: bytes


def stage_deed(
    deed: Deed,
    staging: Staging,
    occupied: Occupied,
    *,
    beside_papers: Sequence[tuple[FiledPaper, Mapping[str, NewFile]]] = (),
    own: Mapping[str, NewFile] | None = None,
) -> Deed:
    """Put a deed's record and the files that come with it into ``staging``; returns the deed that knows its files.

    ``beside_papers`` are the papers that get files, by role; ``own`` are those that lie beside the deed's record.
    """
    place = book_place(DEED_BOOK, deed.seq, deed.at.year, _called(deed))
    given: set[str] = set()

    def put(stem: str, new: NewFile) -> FiledFile:
        path = beside(stem, new.called, new.suffix, occupied, given)
        given.add(folded_name(path))
        return FiledFile(path, staging.put(new.content), len(new.content))

    placed = {
        paper.paper: {role: put(_stem(paper), new) for role, new in files.items()} for paper, files in beside_papers
    }
    lines = tuple(replace(line, files=placed.get(line.paper, {})) for line in deed.lines)
    files = {role: put(f"{place.folder}/{place.stem}", new) for role, new in (own or {}).items()}
    content = write(replace(deed, lines=lines, files=files), place.record)
    staging.put(content)
    staging.complete()
    return replace(deed, lines=lines, files={**files, ROLE: file_of(place.record, content)})


def stage_taken(deed: Deed, staging: Staging) -> Deed:
    """Put the record of a deed that was done in another office into ``staging``, where its other files are already.

    Those keep the places they had. Returns the deed that knows its record.
    """
    place = book_place(DEED_BOOK, deed.seq, deed.at.year, _called(deed))
    content = write(deed, place.record)
    staging.put(content)
    staging.complete()
    return replace(deed, files={**deed.files, ROLE: file_of(place.record, content)})


def write(deed: Deed, path: str) -> bytes:
    """The record of ``deed`` that will lie at ``path``; ``deed.files`` holds its other files."""
    whole = {
        "format": FORMAT,
        "path": path,
        "seq": deed.seq,
        "action": deed.action.value,
        "by": deed.by,
        "also": list(deed.also),
        "at": deed.at.isoformat(),
        "reason": deed.reason,
        "details": dict(deed.details),
        "papers": [_written(line) for line in deed.lines],
        "files": written_files(deed.files, without=ROLE),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read(content: bytes) -> Deed:
    """The deed a record tells of, complete with the record's own file. Raises ``ArchiveDamaged`` with the place."""
    whole = strict_json(content)
    if whole.value.get("format") != FORMAT:
        raise ArchiveDamaged(
            _("不是本程序能读的办理簿记录"), where="format", remedy=_("这份记录可能是更新版本的程序写的，请先升级")
        )
    whole.only(_KEYS)
    action = whole.text("action")
    if action not in set(Action):
        raise ArchiveDamaged(_("不认识的办理簿记录：{action}").format(action=action), where="action")
    lines = [_read(Strict(line, f"papers[{place}]")) for place, line in enumerate(whole.rows("papers"), start=1)]
    try:
        return Deed(
            seq=whole.count("seq"),
            action=Action(action),
            lines=tuple(lines),
            by=whole.text("by"),
            at=whole.moment("at"),
            reason=whole.text("reason"),
            also=whole.texts("also"),
            details=whole.words("details"),
            files={**whole.files("files"), ROLE: file_of(whole.path("path"), content)},
        )
    except ValueError as error:
        raise ArchiveDamaged(_("归档记录不完整：{why}").format(why=error), where="papers") from None


def _called(deed: Deed) -> str:
    """``撤销 铜王组发〔2020〕50号``: what the file is called after its number."""
    if len(deed.lines) == 1:
        (line,) = deed.lines
        return f"{WORDS[deed.action]} {line.number or line.title}"
    return f"{WORDS[deed.action]} {len(deed.lines)}件"


def _stem(paper: FiledPaper) -> str:
    """The path of a paper's own files without their suffix."""
    path = paper.files["pdf"].path
    return path.removesuffix(PurePosixPath(path).suffix)


def _written(line: DeedLine) -> Mapping[str, object]:
    return {
        "paper": line.paper,
        "number": line.number,
        "title": line.title,
        "archival_code": line.archival_code,
        "details": dict(line.details),
        "files": written_files(line.files),
        "remains": [_remains(line.remains)] if line.remains else [],
    }


def _remains(paper: FiledPaper) -> Mapping[str, object]:
    return {"paper": scalars_of(paper), "files": written_files(paper.files)}


def _read(line: Strict) -> DeedLine:
    line.only(_LINE)
    remains = [_read_remains(Strict(one, f"{line.place}.remains")) for one in line.rows("remains")]
    return DeedLine(
        line.text("paper"),
        line.text("number"),
        line.text("title"),
        line.text("archival_code"),
        line.words("details"),
        line.files("files"),
        remains[0] if remains else None,
    )


def _read_remains(whole: Strict) -> FiledPaper:
    whole.only({"paper", "files"})
    return FiledPaper(**read_scalars(whole.part("paper")), files=whole.files("files"))
