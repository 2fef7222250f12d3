"""The items of 四性检测 (DA/T 70-2018): is an archive authentic, complete, usable and safe.

Only items whose number we could see in use are here; the standard has more (GD-1-9, GD-2-8, GD-3-4 to GD-3-7, GD-4-4 to
GD-4-6), whose words we do not know and do not invent. The numbers are those of the check at filing (归档, GD). For the
checks at hand-over (移交与接收, YJ) and while papers are kept (长期保存, CQ) the standard numbers its items anew; those
numbers are not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Stage(StrEnum):
    """When papers are checked; each has its letters in the standard."""

    FILING = "filing"
    TRANSFER = "transfer"
    KEEPING = "keeping"


class Item(StrEnum):
    """One item of the check, by its number at filing. The first figure is the property: see ``PROPERTIES``."""

    FIXITY = "GD-1-1"
    LENGTH = "GD-1-2"
    FORM = "GD-1-3"
    DOMAIN = "GD-1-4"
    REASON = "GD-1-5"
    CHARACTERS = "GD-1-6"
    ARCHIVAL_CODE = "GD-1-7"
    REPETITION = "GD-1-8"
    ATTRIBUTES = "GD-1-10"
    LINKS = "GD-1-11"
    CATALOGUES = "GD-1-12"
    STRUCTURE = "GD-1-13"
    PACKAGE = "GD-1-14"
    PAPERS = "GD-2-1"
    BYTES = "GD-2-2"
    ELEMENTS = "GD-2-3"
    REQUIRED = "GD-2-4"
    PROCESS = "GD-2-5"
    CONTINUITY = "GD-2-6"
    CONTENT = "GD-2-7"
    SCOPE = "GD-2-9"
    METADATA_OF_PACKAGE = "GD-2-10"
    CONTENT_OF_PACKAGE = "GD-2-11"
    READABLE_METADATA = "GD-3-1"
    REGISTER = "GD-3-2"
    FORMAT = "GD-3-3"
    FORMAT_OF_PACKAGE = "GD-3-8"
    ANTIVIRUS = "GD-4-1"
    VIRUSES = "GD-4-2"
    STRANGERS = "GD-4-3"
    CONTROL = "GD-4-7"


OF_METADATA = (
    Item.LENGTH,
    Item.FORM,
    Item.DOMAIN,
    Item.REASON,
    Item.CHARACTERS,
    Item.ARCHIVAL_CODE,
    Item.ELEMENTS,
    Item.REQUIRED,
)
"""What is asked of metadata that can be read."""

PROPERTIES: Mapping[str, str] = {"1": "真实性", "2": "完整性", "3": "可用性", "4": "安全性"}
"""The four properties (四性), by the first figure of an item."""

STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.FILING: ("GD", "归档"),
    Stage.TRANSFER: ("YJ", "移交与接收"),
    Stage.KEEPING: ("CQ", "长期保存"),
}
"""The letters of each stage, and its name."""

NAMES: Mapping[Item, str] = {
    Item.FIXITY: "固化信息有效性",
    Item.LENGTH: "元数据项数据长度",
    Item.FORM: "元数据项数据类型和格式",
    Item.DOMAIN: "元数据项值域",
    Item.REASON: "元数据项数据合理性",
    Item.CHARACTERS: "元数据项特殊字符",
    Item.ARCHIVAL_CODE: "档号规范性",
    Item.REPETITION: "元数据项数据重复性",
    Item.ATTRIBUTES: "内容数据的电子属性一致性",
    Item.LINKS: "元数据与内容的关联",
    Item.CATALOGUES: "说明文件和目录文件规范性",
    Item.STRUCTURE: "信息包目录结构规范性",
    Item.PACKAGE: "信息包一致性",
    Item.PAPERS: "总件数相符性",
    Item.BYTES: "总字节数相符性",
    Item.ELEMENTS: "元数据项完整性",
    Item.REQUIRED: "必填著录项",
    Item.PROCESS: "过程信息完整性",
    Item.CONTINUITY: "连续性元数据项",
    Item.CONTENT: "内容数据完整性",
    Item.SCOPE: "归档范围",
    Item.METADATA_OF_PACKAGE: "信息包元数据完整性",
    Item.CONTENT_OF_PACKAGE: "信息包内容数据完整性",
    Item.READABLE_METADATA: "元数据可读性",
    Item.REGISTER: "目标数据库中元数据可访问性",
    Item.FORMAT: "内容数据格式",
    Item.FORMAT_OF_PACKAGE: "信息包中内容数据格式合规性",
    Item.ANTIVIRUS: "杀毒软件",
    Item.VIRUSES: "病毒",
    Item.STRANGERS: "载体中多余文件",
    Item.CONTROL: "归档过程安全性",
}
"""What each item is called."""
