"""The elements of DA/T 46-2009 by number, and the XML they are written in.

Of the 88 elements a paper has those that apply to something written and printed here, or kept from earlier: only an old
paper was scanned (M52-M56), nothing is signed yet (M57-M64), there are no volumes (M15, M16), no carriers (M67-M69).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

NAMESPACE = "urn:gongwen:da-t-46:2009"
"""Ours: the standard defines elements and no XML for them."""

ROOT = "文书类电子文件元数据"

_DEFAULT: dict[str, str] = {None: NAMESPACE}  # type: ignore[dict-item]  # the stubs do not know the default namespace

_NAMES = """
聚合层次 来源 档案馆名称 档案馆代码 全宗名称 立档单位名称 电子文件号 档号 全宗号
目录号 年度 保管期限 机构或问题 类别号 室编案卷号 馆编案卷号 室编件号 馆编件号
文档序号 页号 内容描述 题名 并列题名 副题名 说明题名文字 主题词 关键词 人名 摘要
分类号 文件编号 责任者 日期 文种 紧急程度 主送 抄送 密级 保密期限 形式特征
文件组合类型 件数 页数 语种 稿本 电子属性 格式信息 计算机文件名 计算机文件大小
文档创建程序 信息系统描述 数字化属性 数字化对象形态 扫描分辨率 扫描色彩模式 图像压缩方案
电子签名 签名规则 签名时间 签名人 签名结果 证书 证书引证 签名算法标识 存储位置
当前位置 脱机载体编号 脱机载体存址 缩微号 权限管理 知识产权说明 授权对象 授权行为
控制标识 附注 机构人员类型 机构人员名称 组织机构代码 个人职位 业务状态 业务行为
行为时间 行为依据 行为描述 实体标识符 关系类型 关系 关系描述
"""

NUMBERS: Mapping[str, int] = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
"""M1 to M88 by name."""

ENTITIES = ("文件实体", "机构人员实体", "业务实体", "实体关系")

CHECK = "归档检测"
"""The 业务行为 that tells of the 四性检测 at filing; its 行为描述 are the codes of the items that were passed."""

SUPPLEMENTS = frozenset({"摘要值"})
"""Elements that the standard does not know."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element: its ``text``, or the ``parts`` in it. One that says nothing at all is not written."""

    name: str
    text: str = ""
    parts: tuple[Part, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.text and all(part.is_empty for part in self.parts)


def of(name: str, parts: Iterable[Part], **attributes: str) -> Part:
    """An element with others in it."""
    return Part(name, "", tuple(parts), attributes)


def as_xml(parts: Iterable[Part], **attributes: str) -> bytes:
    """The whole file: UTF-8, an element a line, equal for equal parts. Raises ``ValueError`` for what XML forbids."""
    root = etree.Element(_named(ROOT), attributes, nsmap=_DEFAULT)
    for part in parts:
        if not part.is_empty:
            appended(root, part)
    return serialised(root)


def serialised(root: etree._Element) -> bytes:
    """The bytes of a whole file."""
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def appended(parent: etree._Element, part: Part) -> etree._Element:
    """A new last element of ``parent``, which is not empty, with the ones in it that are not."""
    element = etree.SubElement(parent, _named(part.name), dict(part.attributes))
    if part.text:
        element.text = part.text
    for one in part.parts:
        if not one.is_empty:
            appended(element, one)
    return element


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
