"""Read the metadata beside a paper back, as strictly as it was written.

What an edited file may hold is nobody's business but the checks': nothing outside it is fetched, entities are not
expanded, and a document type is refused (XML external entities, billion laughs).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from pipeline.core.errors import ArchiveDamaged
from pipeline.core.four_properties import Item
from pipeline.core.messages import _
from pipeline.core.retention import RETENTIONS
from pipeline.core.values import FiledFile
from pipeline.filing.metadata.checks import PREFIX, checked_in, judged, text_of
from pipeline.filing.metadata.writing import role_of

_CODES = {words: code for code, words in RETENTIONS.items()}


@dataclass(frozen=True, slots=True)
class DescribedFile:
    """A file as the metadata describe it: where it lies, its size in bytes, both digests."""

    path: str
    size: int
    sha256: str
    sm3: str

    @property
    def filed(self) -> FiledFile:
        """The file as the register knows it."""
        return FiledFile(self.path, self.sha256, self.size)


@dataclass(frozen=True, slots=True)
class Described:
    """What the metadata say that the register knows too, in the fields of a ``FiledPaper``: no 档号 and ``piece`` 0
    where they were written before the arrangement."""

    paper: str
    archival_code: str
    title: str
    number: str
    organisation: str
    organisation_code: str
    year: int
    date: date
    kind_name: str
    retention: str
    piece: int
    pages: int
    people: tuple[str, ...]
    files: dict[str, DescribedFile]
    checked: tuple[Item, ...] = ()
    """The items of 四性检测 that it passed when it was filed; none is known of papers of an older version."""


def read(content: bytes) -> Described:
    """What a metadata file says. Raises ``ArchiveDamaged`` with the first fault, in ``where`` its element."""
    root, found = judged(content)
    if root is None or found:
        raise ArchiveDamaged(_("元数据不合格：{why}").format(why=found[0].sentence), where=found[0].element)
    return _described(root)


def _described(root: etree._Element) -> Described:
    paper = _child(root, "文件实体")
    code = _child(paper, "档号")
    folder = text_of(paper, "存储位置/当前位置")
    files = {role_of(one.get("用途", "")): _file(one, folder) for one in paper.iterfind("m:电子属性", PREFIX)}
    return Described(
        paper=text_of(paper, "电子文件号"),
        archival_code=code.get("值", ""),
        title=text_of(paper, "内容描述/题名"),
        number=text_of(paper, "内容描述/文件编号"),
        organisation=text_of(paper, "内容描述/责任者"),
        organisation_code=text_of(code, "机构或问题"),
        year=int(text_of(code, "年度")),
        date=date.fromisoformat(text_of(paper, "内容描述/日期")),
        kind_name=text_of(paper, "内容描述/文种"),
        retention=_CODES[text_of(code, "保管期限")],
        piece=int(text_of(code, "室编件号") or 0),
        pages=int(text_of(paper, "形式特征/页数")),
        people=tuple(one.text or "" for one in paper.iterfind("m:内容描述/m:人名", PREFIX)),
        files=files,
        checked=checked_in(root),
    )


def _file(attributes: etree._Element, folder: str) -> DescribedFile:
    name = attributes.findtext("m:计算机文件名", "", PREFIX)
    sha256, sm3 = ((one.text or "").strip() for one in attributes.iterfind("m:摘要值", PREFIX))
    return DescribedFile(f"{folder}/{name}", int(text_of(attributes, "计算机文件大小")), sha256, sm3)


def _child(element: etree._Element, name: str) -> etree._Element:
    found = element.find(f"m:{name}", PREFIX)
    assert found is not None, "the scheme asks for it"
    return found
