"""Judge a metadata file by the items of DA/T 70-2018: before it is filed, and whenever the archive is looked over.

The scheme (``scheme.xsd``) says which elements there are, how long, of what type and from what domain; here is what one
element has to do with another. ``faults`` is the same at filing and in ``verify``: what was filed passes for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from lxml import etree

from pipeline.core.four_properties import NAMES, OF_METADATA, Item
from pipeline.core.messages import _
from pipeline.core.retention import RETENTIONS
from pipeline.core.text import without_forbidden
from pipeline.filing.layout import is_inside
from pipeline.filing.metadata.elements import CHECK, NAMESPACE

_SCHEME = Path(__file__).with_name("scheme.xsd")
PREFIX = {"m": NAMESPACE}
"""The namespace, for paths."""
_ELEMENT = re.compile(r"(?:Element|Attribute) '(?:\{[^}]*\})?([^']+)'")

_LOST = "\ufffd"

_ITEM_OF_ERROR: Mapping[str, Item] = {
    "SCHEMAV_CVC_MINLENGTH_VALID": Item.LENGTH,
    "SCHEMAV_CVC_MAXLENGTH_VALID": Item.LENGTH,
    "SCHEMAV_CVC_ENUMERATION_VALID": Item.DOMAIN,
    "SCHEMAV_CVC_MININCLUSIVE_VALID": Item.DOMAIN,
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": Item.DOMAIN,
    "SCHEMAV_CVC_IDC": Item.REPETITION,
    "SCHEMAV_ELEMENT_CONTENT": Item.ELEMENTS,
    "SCHEMAV_CVC_COMPLEX_TYPE_4": Item.ELEMENTS,
}
"""Which item a breach of the scheme belongs to, by libxml2's name for it; every other one is of type or format."""


LOOKED_AT = (*OF_METADATA, Item.READABLE_METADATA)
"""The items that metadata pass in which ``faults`` finds nothing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a metadata file: the item it breaks, the element it is in, a sentence for people."""

    item: Item
    element: str
    sentence: str


def faults(content: bytes) -> tuple[Fault, ...]:
    """Everything wrong with a metadata file by itself; what cannot be read has one fault."""
    return judged(content)[1]


def judged(content: bytes) -> tuple[etree._Element | None, tuple[Fault, ...]]:
    """The root element of a metadata file, and everything wrong with it; None when it cannot be read."""
    try:
        root = parsed(content)
    except etree.XMLSyntaxError as error:
        return None, (Fault(Item.READABLE_METADATA, "", _("不是能读的 XML（{error}）").format(error=error.msg)),)
    if root.getroottree().docinfo.internalDTD is not None:
        return None, (Fault(Item.READABLE_METADATA, "", _("里面有文件类型定义，元数据不该有")),)
    scheme = _scheme()
    if not scheme.validate(root):
        return root, tuple(map(_breach, cast("Iterable[etree._LogEntry]", scheme.error_log)))
    return root, tuple(_between(root))


def parsed(content: bytes) -> etree._Element:
    """The root element. Nothing outside is fetched, no entity expanded. Raises ``etree.XMLSyntaxError``."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


@lru_cache(maxsize=1)
def _scheme() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEME))


def _breach(error: etree._LogEntry) -> Fault:
    """A breach of the scheme in words."""
    named = _ELEMENT.search(error.message)
    element = named[1] if named else ""
    item = _ITEM_OF_ERROR.get(error.type_name, Item.FORM)
    if item is Item.FORM and element in {"档号", "值"}:
        item = Item.ARCHIVAL_CODE
    sentence = _("第{line}行“{element}”：{item}不合要求").format(line=error.line, element=element, item=_(NAMES[item]))
    return Fault(item, element, sentence)


def _between(root: etree._Element) -> Iterator[Fault]:
    """What the scheme cannot say: elements that contradict one another."""
    paper = root.find("m:文件实体", PREFIX)
    assert paper is not None  # the scheme asks for it
    yield from _characters(root)
    yield from _check_at_filing(root)
    yield from _archival_code(paper)
    year, day = text_of(paper, "档号/年度"), text_of(paper, "内容描述/日期")
    if day[:4] != year:
        sentence = _("日期是{day}，年度却是{year}").format(day=day, year=year)
        yield Fault(Item.REASON, "年度", sentence)
    for one in paper.iterfind("m:电子属性", PREFIX):
        path = f"{text_of(paper, '存储位置/当前位置')}/{_raw(one, '计算机文件名')}"
        if not is_inside(path):
            yield Fault(Item.LINKS, "计算机文件名", _("“{path}”不在档案里").format(path=path))
        if [digest.get("算法") for digest in one.iterfind("m:摘要值", PREFIX)] != ["SHA-256", "SM3"]:
            yield Fault(Item.FIXITY, "摘要值", _("每个文件应有 SHA-256 和 SM3 两个摘要值"))


def checked_in(root: etree._Element) -> tuple[Item, ...]:
    """The items of 四性检测 that the metadata say were passed at filing. Raises ``ValueError`` for a code of none."""
    said = [
        text_of(act, "行为描述") for act in root.iterfind("m:业务实体", PREFIX) if text_of(act, "业务行为") == CHECK
    ]
    return tuple(Item(code) for words in said for code in words.split("、"))


def _check_at_filing(root: etree._Element) -> Iterator[Fault]:
    try:
        checked_in(root)
    except ValueError:
        yield Fault(Item.DOMAIN, "行为描述", _("归档检测里有不认识的检测项目"))


def _characters(root: etree._Element) -> Iterator[Fault]:
    """Characters that no text of an archive should hold, and the mark of one that was lost on the way."""
    for element in root.iter(etree.Element):
        text = element.text or ""
        if without_forbidden(text) != text or _LOST in text:
            name = etree.QName(element).localname
            yield Fault(Item.CHARACTERS, name, _("“{name}”里有不能归档的特殊字符").format(name=name))


def _archival_code(paper: etree._Element) -> Iterator[Fault]:
    """The whole 档号 says what its parts say (DA/T 22-2015 5.4). Before the arrangement there is none."""
    code = paper.find("m:档号", PREFIX)
    assert code is not None
    if code.get("值") is None and code.find("m:室编件号", PREFIX) is None:
        return
    words = {words: period for period, words in RETENTIONS.items()}
    parts = (
        f"{text_of(code, '全宗号')}-{text_of(code, '类别号')}·{text_of(code, '年度')}",
        words[text_of(code, "保管期限")],
        text_of(code, "机构或问题"),
        text_of(code, "室编件号"),
    )
    composed = "-".join(filter(None, parts))
    if composed != code.get("值"):
        whole = code.get("值", "")
        sentence = _("档号是{code}，它的各段合起来却是{composed}").format(code=whole, composed=composed)
        yield Fault(Item.ARCHIVAL_CODE, "档号", sentence)


def text_of(element: etree._Element, path: str) -> str:
    """The text of an element further down (``档号/年度``), white space collapsed; empty when it is not there."""
    return " ".join(_raw(element, path).split())


def _raw(element: etree._Element, path: str) -> str:
    return element.findtext(_way(path), "", PREFIX)


@cache
def _way(path: str) -> str:
    """A path of names as lxml asks for it; there are some thirty, asked for in every file of the archive."""
    return "/".join(f"m:{name}" for name in path.split("/"))
