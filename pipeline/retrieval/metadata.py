"""Compare the metadata beside each paper (DA/T 46-2009) with what the register says of it.

The metadata are written once, at filing, and once more beside them when the yearly arrangement gives the 档号. So they
are one more witness: who changes a title in the register, in the record and in both manifests has not yet changed it
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.retrieval.compare import FIELD_NAMES
from pipeline.retrieval.damage import Damage, Note, Remark

ROLE = "metadata"
"""As ``filing`` names it."""

_COMPARED = ("title", "number", "archival_code", "organisation", "organisation_code", "year", "date", "kind_name")
_COUNTED = ("retention", "piece", "pages")


class DescribedFile(Protocol):
    """A file as the metadata describe it; ``sm3`` beside what the register knows."""

    @property
    def filed(self) -> FiledFile: ...
    @property
    def sm3(self) -> str: ...


class Described(Protocol):
    """What the metadata say that the register knows too; ``filing.metadata.Described`` fits. ``files`` by role."""

    @property
    def paper(self) -> str: ...
    @property
    def archival_code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def organisation_code(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def date(self) -> date: ...
    @property
    def kind_name(self) -> str: ...
    @property
    def retention(self) -> str: ...
    @property
    def checked(self) -> Sequence[object]: ...
    @property
    def piece(self) -> int: ...
    @property
    def pages(self) -> int: ...
    @property
    def people(self) -> tuple[str, ...]: ...
    @property
    def files(self) -> Mapping[str, DescribedFile]: ...


def compare_metadata(described: Mapping[str, Described], papers: Iterable[FiledPaper]) -> Iterator[Remark]:
    """The papers whose metadata say other than the register, and a note of how many have none (an older version's).

    Metadata that are missing, or could not be read, are reported elsewhere.
    """
    without = 0
    for paper in papers:
        file = paper.files.get(ROLE)
        if file is None:
            without += 1
        elif file.path in described:
            differing = list(_differences(described[file.path], paper))
            if differing:
                sentence = _("元数据与登记簿不一致：{fields}").format(fields=_("；").join(differing))
                yield Remark(Damage.DISAGREES, file.path, sentence)
    if without:
        sentence = _("有 {count} 件是早期版本归档的，旁边没有元数据文件；归档记录里什么都有").format(count=without)
        yield Remark(Note.NO_METADATA, ".", sentence)


def _differences(said: Described, paper: FiledPaper) -> Iterator[str]:
    """Each field that is not the same, with both values: ``题名（登记簿“甲”，元数据“乙”）``."""
    if said.paper != paper.paper:
        yield _("识别码")
    for name in (*_COMPARED, *_COUNTED):
        ours, theirs = _plain(getattr(paper, name)), _plain(getattr(said, name))
        if ours != theirs:
            yield _("{field}（登记簿“{register}”，元数据“{metadata}”）").format(
                field=_(FIELD_NAMES[name]), register=ours, metadata=theirs
            )
    if tuple(map(on_one_line, paper.people)) != said.people:
        yield _(FIELD_NAMES["people"])
    for role, file in said.files.items():
        if paper.files.get(role) != file.filed:
            yield _("文件“{path}”的大小或摘要值").format(path=file.filed.path)


def _plain(value: object) -> str:
    return on_one_line(str(value))
