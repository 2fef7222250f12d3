"""A further kind as a copy of one there is: the same fields and the same Word template under another id and name.

The copy is a text edit, not a rewriting: what the computer person wrote into kind.toml as comments stays. Headings stay
the same too, so the sheet's name is what tells workbooks of the two kinds apart, and it becomes the new kind's name.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pipeline.core.errors import AnswerIsNo
from pipeline.core.kind import Kind
from pipeline.core.messages import _
from pipeline.core.text import nfc
from pipeline.kinds.catalogue import Catalogue
from pipeline.kinds.file import FILE
from pipeline.kinds.load import load_kind

_IDENTIFIER = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TABLE = re.compile(r"^\[\[table\]\]\n(?:(?!\[).*\n)*", re.MULTILINE)
"""A table's own keys, up to its first field."""

_SHEETS = re.compile(r"^sheets = \[[^\]]*\]", re.MULTILINE)


def copy_kind(catalogue: Catalogue, source: Kind, folder: Path, identifier: str, name: str) -> Kind:
    """Make the kind ``identifier`` with the Chinese ``name`` in ``folder``; returns it as it is read back.

    All or nothing: a copy that cannot be read is taken away again. Raises ``AnswerIsNo`` for an id or name that is
    taken or cannot be used, ``ConfigurationError`` when the copy is no kind.
    """
    name = nfc(name).strip()
    target = folder / identifier
    if not _IDENTIFIER.fullmatch(identifier):
        raise AnswerIsNo(
            _("代号“{id}”不能用").format(id=identifier),
            remedy=_("用小写英文字母、数字和减号，字母开头，如 commendation"),
        )
    for taken in (catalogue.find(identifier), catalogue.find(name)):
        if taken is not None:
            raise AnswerIsNo(
                _("已经有文种 {id}（{name}）").format(id=taken.id, name=taken.name), remedy=_("换一个代号和名称")
            )
    if target.exists():
        raise AnswerIsNo(_("已经有这个文件夹"), where=str(target), remedy=_("换一个代号"))
    target.mkdir(parents=True)
    try:
        shutil.copyfile(source.template, target / source.template.name)
        text = (source.folder / FILE).read_text(encoding="utf-8")
        (target / FILE).write_text(_renamed(text, identifier, name), encoding="utf-8")
        return load_kind(target)
    except BaseException:
        shutil.rmtree(target)
        raise


def _renamed(text: str, identifier: str, name: str) -> str:
    """kind.toml under its new id and name, also as the name of the head's sheet."""
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = re.sub(r"^id = .*$", lambda _found: f'id = "{identifier}"', text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^name = .*$", lambda _found: f"name = {quoted}", text, count=1, flags=re.MULTILINE)
    start, end = next(table.span() for table in _TABLE.finditer(text) if 'role = "detail"' not in table[0])
    return text[:start] + _SHEETS.sub(lambda _found: f"sheets = [{quoted}]", text[start:end]) + text[end:]
