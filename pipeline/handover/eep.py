"""One paper as an EEP package (电子文件封装包, DA/T 48-2009): metadata and files in one XML document.

Names, order and fixed sentences are the standard's; the elements of content those of DA/T 46-2009. Each file is
base64 in 编码数据, and 反编码关键字 says what it becomes again. The main document holds PDF and Word file; record,
sender's workbook and whatever else belongs to the 件 are further documents, so that nothing is lost on the way.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from string import digits

from lxml import etree

from pipeline.core.deeds import WORDS
from pipeline.core.errors import ArchiveDamaged
from pipeline.core.filed import responsible
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import Event, FiledPaper

NAMESPACE = "http://www.saac.gov.cn/standards/ERM/encapsulation"
FORMAT = "本EEP根据中华人民共和国档案行业标准DA/T 48-2009《基于XML的电子文件封装规范》生成"
VERSION = "2009"
KIND = "原始型"
KIND_TOLD = "本封装包包含电子文件数据及其元数据，原始封装，未经修改"
ENCODING = (
    "本封装包中“编码数据”元素存储的是计算机文件二进制流的Base64编码，有关Base64编码规则参见IETF RFC 2045"
    "多用途邮件扩展（MIME）第一部分：互联网信息体格式。当提取和显现封装在编码数据元素中的计算机文件时，应对Base64编码"
    "进行反编码，并依据封装包中“反编码关键字”元素中记录的值还原计算机文件的扩展名"
)

MAIN = ("pdf", "docx")
"""The roles whose files are the paper itself; every other file is a document of its own."""

_ROLES = {"record": "归档记录", "source": "来稿", "metadata": "元数据", "original": "原件", "deed": "办理簿记录"}
_DEEDS = {"entered": "登记", "filed": "归档", "taken-over": "接收", "replaced": "被更正"} | {
    action.value: word for action, word in WORDS.items()
}
_MEDIA = {
    ".pdf": "格式名称：PDF/A，MIME媒体类型：application/pdf",
    ".docx": "格式名称：OOXML，MIME媒体类型：application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "格式名称：DOC，MIME媒体类型：application/msword",
    ".jpg": "格式名称：JPEG，MIME媒体类型：image/jpeg",
    ".jpeg": "格式名称：JPEG，MIME媒体类型：image/jpeg",
    ".tif": "格式名称：TIFF，MIME媒体类型：image/tiff",
    ".tiff": "格式名称：TIFF，MIME媒体类型：image/tiff",
    ".png": "格式名称：PNG，MIME媒体类型：image/png",
    ".json": "格式名称：JSON，MIME媒体类型：application/json",
    ".xml": "格式名称：XML，MIME媒体类型：application/xml",
    ".xlsx": "格式名称：OOXML，MIME媒体类型：application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PERIODS = {"Y": "永久", "D30": "30年", "D10": "10年"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who makes the package: the office's name, its 全宗号, the program, and when."""

    office: str
    fonds: str
    program: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the paper: its role, its path in the archive, its bytes."""

    role: str
    path: str
    content: bytes


def package(paper: FiledPaper, parts: Sequence[Part], events: Sequence[Event], sender: Sender) -> bytes:
    """The package of a paper as XML, UTF-8."""
    nsmap: dict[str | None, str] = {None: NAMESPACE}
    root = etree.Element(_name("电子文件封装包"), nsmap=nsmap)  # type: ignore[arg-type]
    _add(root, "封装包格式描述", FORMAT)
    _add(root, "版本", VERSION)
    signed = _add(root, "被签名对象")
    signed.set("eep版本", VERSION)
    _add(signed, "封装包类型", KIND)
    _add(signed, "封装包类型描述", KIND_TOLD)
    _add(signed, "封装包创建时间", sender.at.isoformat(timespec="seconds"))
    _add(signed, "封装包创建单位", sender.office)
    content = _add(signed, "封装内容")
    _add_paper(_add(_add(content, "文件实体块"), "文件实体"), paper, parts, sender)
    _add_events(_add(content, "业务实体块"), paper, events)
    _add_people(_add(content, "机构人员实体块"), paper, sender)
    whole: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return whole


def unpacked(content: bytes, where: str) -> tuple[Mapping[str, bytes], ...]:
    """The documents of a package, each as file name to bytes. Raises ``ArchiveDamaged`` for what is no package."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
        if root.tag != _name("电子文件封装包"):
            raise ValueError(root.tag)
        return tuple(dict(_files_of(document)) for document in root.iter(_name("文档")))
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise ArchiveDamaged(
            _("不是 DA/T 48-2009 的封装包，或已经损坏：{error}").format(error=error), where=where
        ) from error


def _files_of(document: etree._Element) -> Iterator[tuple[str, bytes]]:
    for code in document.iter(_name("编码")):
        told = {child.tag: child for child in code.iter()}
        data = base64.b64decode(told[_name("编码数据")].text or "", validate=False)
        if len(data) != int(told[_name("计算机文件大小")].text or "0"):
            raise ValueError(told[_name("计算机文件名")].text)
        yield told[_name("计算机文件名")].text or "", data


def _add_paper(entity: etree._Element, paper: FiledPaper, parts: Sequence[Part], sender: Sender) -> None:
    _add(entity, "聚合层次", "文件")
    source = _add(entity, "来源")
    _add(source, "全宗名称", sender.office)
    _add(source, "立档单位名称", paper.organisation)
    _add(entity, "电子文件号", paper.paper)
    _add_code(entity, paper, sender)
    about = _add(entity, "内容描述")
    _add(about, "题名", on_one_line(paper.title))
    if paper.people:
        _add(about, "人名", "；".join(paper.people))
    if paper.number:
        _add(about, "文件编号", paper.number)
    _add(about, "责任者", "；".join(responsible(paper)))
    _add(about, "日期", f"{paper.date:%Y%m%d}")
    _add(about, "文种", paper.kind_name)
    _add(about, "密级", "")
    form = _add(entity, "形式特征")
    _add(form, "文件组合类型", "组合文件" if len(parts) > 1 else "单件")
    if paper.pages:
        _add(form, "页数", str(paper.pages))
    _add(form, "语种", "汉语")
    _add(form, "稿本", "正本")
    _add(_add(entity, "存储位置"), "脱机载体编号", "")
    _add(entity, "权限管理")
    _add(entity, "信息系统描述", f"gongwen {sender.program}")
    data = _add(entity, "文件数据")
    for place, (title, told) in enumerate(_documents(paper, parts), start=1):
        _add_document(data, place, title, told)


def _documents(paper: FiledPaper, parts: Sequence[Part]) -> Iterator[tuple[str, Sequence[Part]]]:
    """The documents of the 件 in their order, the paper itself first."""
    main = sorted((part for part in parts if part.role in MAIN), key=lambda part: MAIN.index(part.role))
    yield on_one_line(paper.title), main
    for part in parts:
        if part.role not in MAIN:
            yield _ROLES.get(part.role.rstrip(digits), part.role), [part]


def _add_code(entity: etree._Element, paper: FiledPaper, sender: Sender) -> None:
    code = _add(entity, "档号", paper.archival_code)
    _add(code, "全宗号", sender.fonds)
    _add(code, "年度", f"{paper.year:04}")
    _add(code, "保管期限", _PERIODS.get(paper.retention, paper.retention))
    _add(code, "机构或问题", paper.organisation_code)
    _add(code, "室编件号", str(paper.piece or 1))


def _add_document(data: etree._Element, place: int, title: str, parts: Sequence[Part]) -> None:
    document = _add(data, "文档")
    _add(document, "文档标识符", f"修改0-文档{place}")
    _add(document, "文档序号", str(place))
    _add(document, "文档主从声明", "主文档" if place == 1 else "附属文档")
    _add(document, "题名", title)
    holder = _add(document, "文档数据")
    holder.set("文档数据ID", f"修改0-文档{place}-文档数据1")
    for number, part in enumerate(parts, start=1):
        path = PurePosixPath(part.path)
        name = f"修改0-文档{place}-文档数据1-编码{number}"
        code = _add(holder, "编码")
        code.set("编码ID", name)
        electronic = _add(code, "电子属性")
        _add(electronic, "格式信息", _MEDIA.get(path.suffix.lower(), path.suffix.lstrip(".")))
        _add(electronic, "计算机文件名", path.name)
        _add(electronic, "计算机文件大小", str(len(part.content)))
        _add(code, "编码描述", ENCODING)
        _add(code, "反编码关键字", f"base64-{path.suffix.lstrip('.').lower()}")
        _add(code, "编码数据", base64.encodebytes(part.content).decode("ascii")).set("编码数据ID", f"{name}-编码数据")


def _add_events(block: etree._Element, paper: FiledPaper, events: Sequence[Event]) -> None:
    done = [(event.at, _DEEDS.get(event.action, event.action)) for event in events if event.action != "reindexed"]
    for place, (at, action) in enumerate(done or [(paper.filed_at, "归档")], start=1):
        entity = _add(block, "业务实体")
        _add(entity, "业务标识符", f"业务{place}")
        _add(entity, "机构人员标识符", "机构人员1")
        _add(entity, "文件标识符", paper.paper)
        _add(entity, "业务状态", "历史行为")
        _add(entity, "业务行为", action)
        _add(entity, "行为时间", at.isoformat(timespec="seconds"))


def _add_people(block: etree._Element, paper: FiledPaper, sender: Sender) -> None:
    for place, name in enumerate((sender.office, paper.organisation), start=1):
        entity = _add(block, "机构人员实体")
        _add(entity, "机构人员标识符", f"机构人员{place}")
        _add(entity, "机构人员类型", "单位")
        _add(entity, "机构人员名称", name)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, _name(name))
    if text is not None:
        child.text = text
    return child


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
