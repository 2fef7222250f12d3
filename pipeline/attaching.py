"""Putting together a 件 (组件, DA/T 22-2015): draft, slip, the paper it answers, beside a paper that is filed.

A deed like any other, so the file gets a name beside the paper, stands in the manifest of its folder, and lives and is
handed over with it. What may not lie on an office's share is refused before anything is written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline import deedbook
from pipeline.core.composition import PART_WORDS, Part
from pipeline.core.deeds import PART, Action, Deed
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.core.text import nfc
from pipeline.core.values import FiledPaper
from pipeline.deedbook import Done, NewFile, On, Why
from pipeline.office import Office
from pipeline.scanning import UnreadableScan
from pipeline.sheets import bears_mark

SENT_AS = "file_name"
"""Key of the deed's details: what the file was called where it came from."""


def attach(office: Office, paper: FiledPaper, path: Path, part: Part, why: Why) -> Done[Deed]:
    """Put a file beside a paper as ``part`` of its 件. The caller is the writer.

    Raises ``AnswerIsNo`` for a file that cannot be kept (kind, size, damage, a mark of secrecy), that lies there
    already, or a paper that takes none any more.
    """
    deedbook.refuse(office, Action.ATTACH, [paper])
    new = _new_file(office, path, part)
    _refuse_again(office, paper, hashlib.sha256(new.content).hexdigest())
    details = {PART: part.value, SENT_AS: nfc(path.name)}
    return deedbook.do(office, Action.ATTACH, [On(paper, details, {part.value: new})], why)


def _new_file(office: Office, path: Path, part: Part) -> NewFile:
    """The file as it will be kept, its suffix by what it is."""
    most = office.settings.limits.file_megabytes
    size = path.stat().st_size
    if not 0 < size <= most * 1_000_000:
        raise AnswerIsNo(
            _("文件是空的，或者超过 {size} MB").format(size=most),
            where=str(path),
            remedy=_("扫描时用 200 到 300 dpi，或在 gongwen.toml 里改 limits.file_megabytes"),
        )
    content = path.read_bytes()
    try:
        found = office.workers.read_attached(path)
    except UnreadableScan as error:
        raise AnswerIsNo(error.finding.sentence(), where=str(path)) from None
    if path.read_bytes() != content:
        raise AnswerIsNo(_("文件正在改动"), where=str(path), remedy=_("保存并关闭以后再加"))
    if bears_mark(path.name, found.lines):
        raise AnswerIsNo(
            _("文件标有密级"),
            where=str(path),
            remedy=_("这台电脑不能办涉密文件，请把这个文件移走，到涉密计算机上办理"),
        )
    return NewFile(PART_WORDS[part], found.suffix, content)


def _refuse_again(office: Office, paper: FiledPaper, sha256: str) -> None:
    stands = deedbook.standing_of(office, paper)
    for one in stands.copies:
        if one.file.sha256 == sha256:
            raise AnswerIsNo(_("这个文件已经在公文旁边：{path}").format(path=one.file.path))
