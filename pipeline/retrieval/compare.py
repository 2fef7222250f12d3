"""Compare the witnesses of the archive: the register's rows with the records, and the files with the manifests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import fields
from pathlib import PurePosixPath

from pipeline.core.messages import _
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.retrieval.damage import Damage, Remark

MANIFEST = "manifest-sha256.txt"
SOURCES = "来稿"
"""Both as ``filing`` names them; a test holds the two packages together, which must not import each other."""

_RECORD = "record"
"""Its own digest is no statement of the record; a changed record is reported as a changed file."""

_NAMED = 3
"""How many files a sentence names before it says how many more."""

FIELD_NAMES = {
    "kind": "文种代号",
    "kind_name": "文种",
    "title": "题名",
    "organisation": "组织",
    "organisation_code": "机构代码",
    "year": "年度",
    "date": "日期",
    "number": "文号",
    "series": "编号系列",
    "n": "顺序号",
    "archival_code": "档号",
    "lowest_class": "档号类别",
    "piece": "件号",
    "retention": "保管期限",
    "identity": "识别码",
    "content": "内容摘要值",
    "submission": "来件",
    "source_name": "来件文件名",
    "filed_at": "归档时间",
    "pages": "页数",
    "files": "文件",
    "people": "人名",
    "data": "填报数据",
    "text": "正文",
    "version": "版次",
    "replaces": "代替的版本",
    "correction": "更正说明",
}
"""The fields of a ``FiledPaper`` that a record and the register must agree in, in the words of the office.

Not among them: the id (it is what the two are matched by) and the status, which changes after filing while the record
never does (``deeds.check_status`` holds it against the deeds). Data and text are compared by their digests.
"""

NOT_COMPARED = {"paper", "status"}

_DIGESTED = {"data", "text"}


def compare_records(recorded: Iterable[tuple[str, FiledPaper]], papers: Iterable[FiledPaper]) -> Iterator[Remark]:
    """The papers whose row in the register says other than their record, each of which comes with its path."""
    by_id = {paper.paper: (path, paper) for path, paper in recorded}
    for paper in papers:
        path, record = by_id.get(paper.paper, ("", paper))
        differing = [
            _difference(field.name, paper, record)
            for field in fields(FiledPaper)
            if field.name not in NOT_COMPARED and not _agree(field.name, paper, record)
        ]
        if differing:
            sentence = _("登记簿与归档记录不一致：{fields}").format(fields=_("；").join(differing))
            yield Remark(Damage.DISAGREES, path, sentence)


def compare_manifests(
    manifests: Mapping[str, Mapping[str, str]],
    files: Mapping[str, FiledFile],
    on_the_way: Set[str],
    there: Mapping[str, int],
) -> Iterator[Remark]:
    """The folders whose manifest is missing or says other than what was filed in them.

    Files ``on_the_way``, in or out, may stand in it or not. A manifest that could not be read is reported elsewhere.
    """
    filed: dict[str, dict[str, str]] = defaultdict(dict)
    for path, file in files.items():
        filed[manifest_folder(path)][path] = file.sha256
    for folder, due in sorted(filed.items()):
        listed = manifests.get(folder)
        if listed is None:
            if f"{folder}/{MANIFEST}" not in there and due.keys() - on_the_way:
                yield Remark(Damage.MANIFEST, f"{folder}/{MANIFEST}", _("文件夹的校验清单不见了"))
            continue
        wrongs = [
            (_("没有列入"), due.keys() - listed.keys() - on_the_way),
            (_("列入了登记簿里没有的"), listed.keys() - due.keys() - on_the_way),
            (_("摘要值不对"), {path for path in listed.keys() & due.keys() if listed[path] != due[path]}),
        ]
        said = [_("{wrong}：{names}").format(wrong=wrong, names=_some(paths)) for wrong, paths in wrongs if paths]
        if said:
            sentence = _("校验清单与登记簿不一致，{what}").format(what=_("；").join(said))
            yield Remark(Damage.MANIFEST, f"{folder}/{MANIFEST}", sentence)


def _agree(name: str, paper: FiledPaper, record: FiledPaper) -> bool:
    """Whether both say the same. Files that the register knows and the record does not came later, beside it."""
    if name != "files":
        return bool(getattr(paper, name) == getattr(record, name))
    return all(paper.files.get(role) == file for role, file in record.files.items() if role != _RECORD)


def _difference(name: str, paper: FiledPaper, record: FiledPaper) -> str:
    """``题名（登记簿“甲”，记录“乙”）``; long things by their name only."""
    heading = _(FIELD_NAMES[name])
    if name == "files":
        return heading
    if name in _DIGESTED:
        return _("{field}（可运行 gongwen reindex 重建登记簿）").format(field=heading)
    return _("{field}（登记簿“{register}”，记录“{record}”）").format(
        field=heading, register=_plain(getattr(paper, name)), record=_plain(getattr(record, name))
    )


def _plain(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def manifest_folder(path: str) -> str:
    """The folder whose manifest lists a file: its own, or for the senders' originals the one above."""
    folder = PurePosixPath(path).parent
    return str(folder.parent if folder.name == SOURCES else folder)


def _some(paths: Iterable[str]) -> str:
    names = sorted(PurePosixPath(path).name for path in paths)
    shown = "、".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return shown
    return _("{shown}等 {count} 个").format(shown=shown, count=len(names))
