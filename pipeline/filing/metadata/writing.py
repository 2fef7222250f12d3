"""What filing knows of a paper, put into the elements of DA/T 46-2009. Decides only; touches no disk.

Nothing is guessed: an element of which we know nothing is not written. That a paper
without a mark of secrecy is 公开 is one of the things we do not know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.core.filed import responsible
from pipeline.core.four_properties import Item
from pipeline.core.retention import RETENTIONS
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledFile, FiledPaper, Record
from pipeline.filing.metadata.elements import CHECK, Part, as_xml, of
from pipeline.filing.record import in_words

ROLE = "metadata"

PURPOSES: Mapping[str, str] = {"pdf": "版式文件", "docx": "Word 文件", "source": "来稿"}
"""用途: which of a paper's files is meant, by role."""

ORIGINAL = "original"
"""The role of a file as an old paper came in, where it is neither its PDF nor its Word file; ``original2`` the next."""

_ORIGINAL_PURPOSE = "原件"

_FORMATS = {
    ".docx": "Office Open XML 文字处理文档",
    ".doc": "Word 97-2003 文档",
    ".jpg": "JPEG 图像",
    ".jpeg": "JPEG 图像",
    ".tif": "TIFF 图像",
    ".tiff": "TIFF 图像",
    ".png": "PNG 图像",
    ".xlsx": "Office Open XML 电子表格",
    ".xlsm": "Office Open XML 电子表格（含宏）",
    ".xlsb": "Excel 二进制电子表格",
    ".xls": "Excel 97-2003 电子表格",
    ".et": "WPS 电子表格",
    ".ods": "OpenDocument 电子表格",
    ".csv": "逗号分隔的文本",
}
_CLASS = "WS"
_SECRECY = "★"
"""Between 密级 and 保密期限 (GB/T 9704-2012 7.2.2)."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """来源 (M2) and what the papers of an office share.

    ``unit`` is the 立档单位, ``unit_code`` its 组织机构代码; ``repository`` the 档案馆 that will take the papers over.
    ``environment`` is M51, ``pdf_level`` that of PDF/A.
    """

    fonds: str
    fonds_name: str
    unit: str
    unit_code: str = ""
    repository: str = ""
    repository_code: str = ""
    environment: str = "gongwen"
    pdf_level: str = "3u"


@dataclass(frozen=True, slots=True)
class Digitised:
    """How a paper was scanned (数字化属性): ``dpi`` 0 where nobody knows, ``colours`` 彩色, 灰度 or 黑白二值."""

    dpi: int
    colours: str
    compression: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A paper that went out before it was filed here (存量文件): ``draft`` is its 稿本; ``scan`` of a paper one."""

    draft: str = "正本"
    scan: Digitised | None = None


def purpose_of(role: str) -> str:
    """用途 of the file with this role: ``original2`` is 原件2. Raises ``KeyError`` for what is no document."""
    if role.startswith(ORIGINAL):
        return _ORIGINAL_PURPOSE + role.removeprefix(ORIGINAL)
    return PURPOSES[role]


def role_of(purpose: str) -> str:
    """The role that ``purpose_of`` names. Raises ``KeyError``."""
    if purpose.startswith(_ORIGINAL_PURPOSE):
        return ORIGINAL + purpose.removeprefix(_ORIGINAL_PURPOSE)
    return _ROLES[purpose]


_ROLES = {purpose: role for role, purpose in PURPOSES.items()}


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a paper, with what the register does not keep: its ``sm3``, and the program that made it.

    ``format`` says more than a suffix can (PDF/A); empty where the suffix is enough.
    """

    role: str
    file: FiledFile
    sm3: str
    program: str = ""
    format: str = ""

    @classmethod
    def of(cls, role: str, file: FiledFile, content: bytes, program: str = "") -> Document:
        """The document with this content."""
        return cls(role, file, hashlib.new("sm3", content).hexdigest(), program)


def write(
    paper: FiledPaper,
    record: Record,
    documents: Sequence[Document],
    origin: Provenance,
    earlier: Earlier | None = None,
    passed: Iterable[Item] = (),
) -> bytes:
    """The metadata of ``paper``, which was made of ``record`` and consists of ``documents``; ``earlier`` of an old one.

    ``passed`` are the items of 四性检测 that hold now, at filing: whoever files it without having looked lies.

    Equal for equal input. Raises ``ValueError`` when a value holds what XML forbids; ``checks`` finds it before.
    """
    agents = tuple(_agents(paper, record, origin))
    acts = (*(_acts_before(paper, record) if earlier else _acts(paper, record)), *_checked(paper, passed))
    return as_xml(
        (
            of("文件实体", _paper(paper, record, documents, origin, earlier), 标识符="文件1"),
            *(of("机构人员实体", agent.parts(), 标识符=f"机构人员{n}") for n, agent in enumerate(agents, start=1)),
            *(of("业务实体", act, 标识符=f"业务{n}") for n, act in enumerate(acts, start=1)),
            *(relation("文件1", f"机构人员{n}", agent.is_) for n, agent in enumerate(agents, start=1)),
            *(relation("文件1", f"业务{n}", "经过") for n in range(1, len(acts) + 1)),
            *(relation(f"业务{n}", "机构人员1", "办理者") for n in range(1, len(acts) + 1)),
        ),
        依据="DA/T 46-2009",
        版本="1",
    )


def _paper(
    paper: FiledPaper, record: Record, documents: Sequence[Document], origin: Provenance, earlier: Earlier | None
) -> Iterator[Part]:
    yield Part("聚合层次", "文件")
    yield of(
        "来源",
        (
            Part("档案馆名称", origin.repository),
            Part("档案馆代码", origin.repository_code),
            Part("全宗名称", origin.fonds_name),
            Part("立档单位名称", origin.unit),
        ),
    )
    yield Part("电子文件号", paper.paper)
    yield of("档号", _archival_code(paper, origin), **({"值": paper.archival_code} if paper.archival_code else {}))
    yield of("内容描述", _content(paper, record))
    yield of(
        "形式特征",
        (
            Part("文件组合类型", "单件"),
            Part("页数", str(paper.pages)),
            Part("语种", "汉语"),
            Part("稿本", earlier.draft if earlier else "正本"),
        ),
    )
    folder = PurePosixPath(paper.files["pdf"].path).parent
    for document in documents:
        yield of("电子属性", _electronic(document, folder, origin), 用途=purpose_of(document.role))
    yield of("存储位置", (Part("当前位置", str(folder)),))
    yield Part("信息系统描述", origin.environment)
    if earlier and earlier.scan:
        yield of("数字化属性", _digitised(earlier.scan))


def _digitised(scan: Digitised) -> Iterator[Part]:
    yield Part("数字化对象形态", "纸质")
    yield Part("扫描分辨率", f"{scan.dpi}dpi" if scan.dpi else "")
    yield Part("扫描色彩模式", scan.colours)
    yield Part("图像压缩方案", scan.compression)


def _archival_code(paper: FiledPaper, origin: Provenance) -> Iterator[Part]:
    yield Part("全宗号", origin.fonds)
    yield Part("年度", str(paper.year))
    yield Part("保管期限", RETENTIONS[paper.retention])
    yield Part("机构或问题", paper.organisation_code)
    yield Part("类别号", _CLASS)
    yield Part("室编件号", f"{paper.piece:04}" if paper.piece else "")


def _content(paper: FiledPaper, record: Record) -> Iterator[Part]:
    said = {name: on_one_line(in_words(value)) for name, value in record.head.values.items()}
    secrecy, _star, period = said.get("secrecy", "").partition(_SECRECY)
    yield Part("题名", on_one_line(paper.title))
    yield from (Part("人名", on_one_line(name)) for name in paper.people)
    yield Part("文件编号", paper.number)
    yield from (Part("责任者", organ) for organ in responsible(paper))
    yield Part("日期", paper.date.isoformat())
    yield Part("文种", paper.kind_name)
    yield Part("紧急程度", said.get("urgency", ""))
    yield Part("主送", said.get("addressees", ""))
    yield Part("抄送", said.get("cc", ""))
    yield Part("密级", secrecy)
    yield Part("保密期限", period)


def _electronic(document: Document, folder: PurePosixPath, origin: Provenance) -> Iterator[Part]:
    path = PurePosixPath(document.file.path)
    printed = f"PDF/A-{origin.pdf_level}" if document.role == "pdf" else _format(path)
    yield Part("格式信息", document.format or printed)
    yield Part("计算机文件名", str(path.relative_to(folder)))
    yield Part("计算机文件大小", str(document.file.size))
    yield Part("文档创建程序", document.program)
    yield Part("摘要值", document.file.sha256, attributes={"算法": "SHA-256"})
    yield Part("摘要值", document.sm3, attributes={"算法": "SM3"})


def _format(path: PurePosixPath) -> str:
    suffix = path.suffix.lower()
    return f"{_FORMATS[suffix]}（{suffix}）" if suffix in _FORMATS else suffix or "不明"


@dataclass(frozen=True, slots=True)
class _Agent:
    """Somebody of the 机构人员实体; ``is_`` says what they are to the paper."""

    is_: str
    type: str
    name: str
    code: str = ""

    def parts(self) -> tuple[Part, ...]:
        return (
            Part("机构人员类型", self.type),
            Part("机构人员名称", self.name),
            Part("组织机构代码", self.code),
        )


def _agents(paper: FiledPaper, record: Record, origin: Provenance) -> Iterator[_Agent]:
    """The 立档单位 first: it is who files."""
    if origin.unit == paper.organisation:
        yield _Agent("立档单位和责任者", "单位", origin.unit, origin.unit_code)
    else:
        yield _Agent("立档单位", "单位", origin.unit, origin.unit_code)
        yield _Agent("责任者", "单位", paper.organisation)
    _lead, *others = responsible(paper)
    yield from (_Agent("责任者", "单位", organ) for organ in others)
    signer = on_one_line(in_words(record.head.values.get("signer")))
    if signer:
        yield _Agent("签发人", "个人", signer)


def _acts(paper: FiledPaper, record: Record) -> Iterator[tuple[Part, ...]]:
    """What was done to the paper, by 党政机关公文处理工作条例 art. 25 and 27 and DA/T 22-2015."""
    filed_at = paper.filed_at.isoformat()
    yield act("成文", paper.date.isoformat())
    if paper.number:
        rule = "《党政机关公文处理工作条例》第二十五条（二）登记"
        yield act("编号", filed_at, rule, f"编定文号{paper.number}")
    where = f"工作表“{record.head.sheet}”第{record.head.row}行" if record.head.sheet else ""
    yield act("归档", filed_at, "DA/T 22-2015《归档文件整理规则》", f"由来稿《{paper.source_name}》{where}办成")


def _acts_before(paper: FiledPaper, record: Record) -> Iterator[tuple[Part, ...]]:
    """Of an old paper only its day is known, and that it was put in order here; its number was given long before."""
    yield act("成文", paper.date.isoformat())
    words = f"存量文件，按题名表《{paper.source_name}》工作表“{record.head.sheet}”第{record.head.row}行整理"
    yield act("归档", paper.filed_at.isoformat(), "DA/T 22-2015《归档文件整理规则》", words)


def _checked(paper: FiledPaper, passed: Iterable[Item]) -> Iterator[tuple[Part, ...]]:
    """That the paper was checked when it was filed (DA/T 70-2018, 归档), and which items it passed."""
    codes = [item.value for item in passed]
    if codes:
        rule = "DA/T 70-2018《文书类电子档案检测一般要求》归档环节"
        yield act(CHECK, paper.filed_at.isoformat(), rule, "、".join(codes))


def act(action: str, at: str, rule: str = "", words: str = "") -> tuple[Part, ...]:
    """What stands in a 业务实体: an act that is done, when (ISO), by which rule, in words."""
    return (
        Part("业务状态", "历史行为"),
        Part("业务行为", action),
        Part("行为时间", at),
        Part("行为依据", rule),
        Part("行为描述", words),
    )


def relation(one: str, other: str, is_: str) -> Part:
    """How two entities (标识符) belong together."""
    kinds = "与".join(name.rstrip("0123456789") for name in (one, other))
    return of(
        "实体关系",
        (Part("实体标识符", one), Part("实体标识符", other), Part("关系类型", f"{kinds}关系"), Part("关系", is_)),
    )
