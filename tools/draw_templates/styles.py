"""The styles a secretary sees in Word, the same in every template.

All faces carry their official names; which font files print them is the renderer's business. Figures in the body are
仿宋 like the words around them (GB/T 9704-2012 clause 5.2.2: all elements are 仿宋 where nothing else is said), not
Times New Roman; page numbers are 宋体 (7.5). No style is bold: 小标宋 and 黑体 carry their weight already.

正文 is Word's own Normal, 标题 its own Title (a Chinese Word shows exactly these names). The other styles are not based
on 正文: its two-character indent would otherwise have to be undone in each of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.draw_templates.page import CHARACTER, HALF_LINE, LINE, TEXT_WIDTH, TRACKING

FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
FACES = (FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG)
RED = "FF0000"
SINGLE = 240
"""A ``pitch`` for lines as high as what stands on them: an exact one would cut a picture off."""


@dataclass(frozen=True)
class Style:
    """A style. ``paragraph`` is pPr content without spacing, indent and alignment, which have fields of their own.

    ``size`` is half points, ``pitch`` an exact line height in twips; None, 0 and "" leave what the base says.
    """

    id: str
    name: str
    based: str = ""
    next: str = ""
    face: str = ""
    size: int = 0
    tracking: int | None = None
    color: str = ""
    pitch: int = 0
    before: int | None = None
    after: int | None = None
    indent: str = ""
    align: str = ""
    outline: int = 0
    flow: str = ""
    hangs: bool = True
    frame: str = ""
    tabs: str = ""

    def xml(self) -> str:
        """The ``w:style`` element; children in schema order (17.7.4.17)."""
        default = ' w:default="1"' if self.id == "Normal" else ""
        custom = "" if self.id in ("Normal", "Title") else ' w:customStyle="1"'
        based = f'<w:basedOn w:val="{self.based}"/>' if self.based else ""
        following = f'<w:next w:val="{self.next}"/>' if self.next else ""
        return (
            f'<w:style w:type="paragraph"{default}{custom} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f'{following}<w:uiPriority w:val="1"/><w:qFormat/><w:pPr>{self._paragraph()}</w:pPr>'
            f"<w:rPr>{text_properties(self.face, self.size, self.tracking, self.color)}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        spacing = f' w:before="{self.before}"' if self.before is not None else ""
        spacing += f' w:after="{self.after}"' if self.after is not None else ""
        if self.pitch:
            spacing += f' w:line="{self.pitch}" w:lineRule="{"auto" if self.pitch == SINGLE else "exact"}"'
        return (
            self.flow
            + ("" if self.based else '<w:widowControl w:val="0"/>')
            + (f"<w:pBdr>{self.frame}</w:pBdr>" if self.frame else "")
            + (f"<w:tabs>{self.tabs}</w:tabs>" if self.tabs else "")
            + ("" if self.hangs else '<w:overflowPunct w:val="0"/>')
            + ("" if self.based else '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>')
            + (f"<w:spacing{spacing}/>" if spacing else "")
            + (f"<w:ind {self.indent}/>" if self.indent else "")
            + (f'<w:jc w:val="{self.align}"/>' if self.align else "")
            + (f'<w:outlineLvl w:val="{self.outline - 1}"/>' if self.outline else "")
        )


def text_properties(face: str = "", size: int = 0, tracking: int | None = None, color: str = "") -> str:
    """Content of rPr in schema order."""
    fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>' if face else ""
    return (
        fonts
        + (f'<w:color w:val="{color}"/>' if color else "")
        + (f'<w:spacing w:val="{tracking}"/>' if tracking is not None else "")
        + (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "")
    )


def _hanging(start: int, hanging: int) -> str:
    """An indent whose first line begins at ``start`` and whose further lines begin ``hanging`` further right."""
    return f'w:left="{start + hanging}" w:hanging="{hanging}"'


_PITCH_OF_CHARACTER = CHARACTER + TRACKING
_TWO = 2 * CHARACTER
_RED_RULE = f'<w:bottom w:val="single" w:sz="12" w:space="8" w:color="{RED}"/>'
_KEEP = "<w:keepNext/>"
_NEW_PAGE = "<w:pageBreakBefore/>"


def _tab(kind: str, position: int) -> str:
    return f'<w:tab w:val="{kind}" w:pos="{position}"/>'


_FIRST_SIGNER = TEXT_WIDTH - round(9.5 * CHARACTER)
"""Where the first name of a line begins: room for two of four characters, and for 签发人： before them (7.2.6)."""
_SIGNERS = (
    _tab("left", CHARACTER)
    + _tab("left", _FIRST_SIGNER - 4 * (CHARACTER + TRACKING))
    + _tab("left", _FIRST_SIGNER)
    + _tab("right", TEXT_WIDTH - CHARACTER)
)

PARAGRAPH_STYLES = (
    Style("Normal", "Normal", indent=f'w:firstLineChars="200" w:firstLine="{_TWO}"'),
    # the head of the first page
    Style("CopyNumber", "份号", align="left"),
    Style("Secrecy", "密级和紧急程度", face=HEITI, align="left"),
    Style(
        "OrganMark",
        "发文机关标志",
        face=XIAOBIAOSONG,
        size=84,
        tracking=0,
        color=RED,
        pitch=1000,
        align="center",
        flow=_KEEP,
    ),
    Style(
        "DocumentNumber",
        "发文字号",
        before=2 * LINE,
        align="center",
        frame=_RED_RULE,
        next="Title",
    ),
    Style(
        "DocumentNumberUpward",
        "发文字号和签发人",
        based="DocumentNumber",
        align="left",
        tabs=_tab("left", CHARACTER) + _tab("right", TEXT_WIDTH - CHARACTER),
    ),
    Style("JointSigners", "联合签发人", before=2 * LINE, align="left", tabs=_SIGNERS, flow=_KEEP),
    Style("MoreSigners", "又一行签发人", based="JointSigners", before=0),
    Style("NumberAndSigners", "发文字号和联合签发人", based="DocumentNumber", align="left", tabs=_SIGNERS),
    Style("NumberAndLastSigners", "发文字号和最后的签发人", based="NumberAndSigners", before=0),
    Style("JointMark", "联合发文机关标志", based="OrganMark", size=72, pitch=860, align="distribute"),
    Style("JointMarkOfMany", "多个联合发文机关标志", based="JointMark", size=48, pitch=580),
    Style("MinutesMark", "纪要标志", based="OrganMark"),
    Style("IssueNumber", "纪要期号", before=LINE, align="center"),
    Style(
        "IssueLine",
        "纪要编发机关和日期",
        size=28,
        tracking=0,
        before=LINE,
        frame=_RED_RULE,
        align="left",
        tabs=_tab("left", CHARACTER) + _tab("right", TEXT_WIDTH - CHARACTER),
    ),
    Style(
        "LetterMark",
        "信函标志",
        based="OrganMark",
        flow="",
        frame=f'<w:bottom w:val="single" w:sz="12" w:space="9" w:color="{RED}"/>',
    ),
    Style(
        "LetterRule",
        "信函细线",
        size=2,
        tracking=0,
        pitch=20,
        frame=f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RED}"/>',
    ),
    Style("LetterNumber", "信函文号", align="right"),
    # the text
    Style(
        "Title",
        "Title",
        face=XIAOBIAOSONG,
        size=44,
        tracking=0,
        pitch=660,
        before=2 * LINE,
        align="center",
        outline=1,
        flow="<w:keepNext/><w:keepLines/>",
        next="Addressees",
    ),
    Style("Addressees", "主送机关", before=LINE, next="Normal"),
    Style("Level1", "一级标题", based="Normal", face=HEITI, outline=2, flow=_KEEP, next="Normal"),
    Style("Level2", "二级标题", based="Normal", face=KAITI, outline=3, next="Normal"),
    Style("Level3", "三级标题", based="Normal", outline=4, next="Normal"),
    Style("Level4", "四级标题", based="Normal", outline=5, next="Normal"),
    Style("AttachmentNote", "附件说明", before=LINE, indent=_hanging(_TWO, 3 * _PITCH_OF_CHARACTER)),
    Style(
        "AttachmentNoteOfSeveral",
        "几个附件的说明",
        based="AttachmentNote",
        before=0,
        flow=_KEEP,
        indent=_hanging(_TWO + 3 * _PITCH_OF_CHARACTER, _PITCH_OF_CHARACTER),
    ),
    Style("SignedBy", "署名", before=2 * LINE, indent=f'w:right="{_TWO}"', align="right", flow=_KEEP, next="SignedOn"),
    Style("SignedOn", "成文日期", indent=f'w:right="{4 * CHARACTER}"', align="right"),
    Style("JointName", "联合署名", align="center", flow=_KEEP, hangs=False),
    Style("JointDate", "联合成文日期", align="center", hangs=False),
    Style("Note", "附注", indent=f'w:firstLine="{_TWO}"'),
    Style(
        "IssuedTitle",
        "印发文件标题",
        based="Title",
        before=0,
        after=LINE,
        flow=f"<w:keepNext/><w:keepLines/>{_NEW_PAGE}",
    ),
    Style("AttachmentLabel", "附件标识", face=HEITI, align="left", flow=f"<w:keepNext/>{_NEW_PAGE}"),
    Style("AttachmentTitle", "附件标题", based="Title", before=LINE, after=200),
    Style("FormTitle", "表名", based="Title", after=200),
    # minutes, agreements, publications
    Style("Roster", "与会人员", indent=_hanging(_TWO, 3 * _PITCH_OF_CHARACTER)),
    Style("Party", "当事方", align="left"),
    Style("AgreementNumber", "协议编号", before=HALF_LINE, after=HALF_LINE, align="right"),
    Style("Contact", "受理方式", indent=_hanging(_TWO, 5 * _PITCH_OF_CHARACTER), align="left"),
    Style("Chart", "图", indent='w:firstLineChars="0" w:firstLine="0"', align="center", pitch=SINGLE, before=120),
    Style("ChartCaption", "图题", face=HEITI, size=28, tracking=0, pitch=440, after=120, align="center"),
    # certificates
    Style(
        "CertificateTitle",
        "聘书标题",
        face=XIAOBIAOSONG,
        size=104,
        tracking=0,
        color=RED,
        pitch=1300,
        align="center",
    ),
    Style("CertificateNumber", "聘书编号", size=28, before=160, align="right"),
    Style("CertificateName", "受聘人", face=KAITI, size=40, pitch=800, before=160, align="left"),
    Style(
        "CertificateText",
        "聘书正文",
        size=40,
        tracking=0,
        pitch=680,
        indent='w:firstLineChars="200" w:firstLine="800"',
    ),
    # what the office prints of its archive
    Style(
        "CoverTitle",
        "封面名称",
        face=XIAOBIAOSONG,
        size=84,
        tracking=0,
        pitch=1000,
        before=1500,
        after=900,
        align="center",
        outline=1,
        flow=_KEEP,
    ),
    Style("CoverLabel", "封面项目", face=HEITI, size=32, tracking=0, pitch=560, align="center", flow=_KEEP),
    Style("CoverValue", "封面内容", size=32, tracking=0, pitch=560, align="center", flow=_KEEP),
    Style("CoverNote", "封面附注", face=KAITI, size=28, tracking=0, pitch=560, before=500, align="center"),
    Style("ListTitle", "目录名称", based="Title", size=36, pitch=560, before=0, after=120, outline=2, next="FormLine"),
    Style("SpineLabel", "盒脊项目", face=HEITI, size=18, tracking=0, pitch=260, before=80, align="center"),
    Style("SpineWord", "盒脊内容", size=28, tracking=0, pitch=360, before=40, align="center", hangs=False),
    Style("SpineSmall", "盒脊小字", based="SpineWord", size=21, pitch=250, before=0),
    Style("SpineBreak", "盒脊分页", size=2, tracking=0, pitch=20),
    # tables
    Style("TableText", "表格文字", size=24, tracking=0, pitch=360, align="center", hangs=False),
    Style("TableTextLeft", "表格内容", based="TableText", pitch=400, align="both"),
    Style("FormText", "填表文字", based="TableText"),
    Style("Photograph", "照片", based="TableText", pitch=SINGLE),
    Style("TableHead", "表头", based="TableText", face=HEITI, flow=_KEEP),
    Style("TableLabel", "表格项目", based="TableText", face=HEITI),
    Style(
        "TableCaption", "表题", face=HEITI, size=28, tracking=0, before=HALF_LINE, after=120, align="center", flow=_KEEP
    ),
    Style("DenseText", "名册文字", based="TableText", size=21, pitch=300),
    Style("DenseHead", "名册表头", based="DenseText", face=HEITI, flow=_KEEP),
    Style("FormLine", "表名下行", size=24, tracking=0, pitch=400, after=100, align="left"),
    Style("TableNote", "表后说明", size=24, tracking=0, pitch=400, align="left"),
    Style("Seal", "盖章", based="TableText", pitch=440, flow=_KEEP),
    Style("SealDate", "盖章日期", based="TableText", pitch=440),
    Style("Signing", "签字", based="TableText", size=28, pitch=640, align="left"),
    # the foot of the last page, page numbers, and what never reaches paper
    Style("Colophon", "版记", size=28, tracking=0, pitch=480, align="left"),
    Style("PageNumber", "页码", face=SONGTI, size=28, tracking=0, pitch=280),
    Style("ColophonAnchor", "版记锚", size=2, tracking=0, pitch=20),
    Style("Command", "模板指令", size=18, tracking=0, color="808080", pitch=280, align="left"),
)

CHARACTER_STYLES = (
    ("BodyCharacters", "正文字", text_properties(FANGSONG)),
    ("LabelCharacters", "标签字", text_properties(HEITI)),
    ("SignerCharacters", "签发人姓名", text_properties(KAITI)),
)


def stylesheet(namespaces: str) -> str:
    """word/styles.xml. Word's other built-in styles stay hidden until somebody asks for them."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f"{text_properties(FANGSONG)}"
        f'<w:spacing w:val="{TRACKING}"/><w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" '
        'w:defQFormat="0" w:count="376"><w:lsdException w:name="Normal" w:semiHidden="0" w:unhideWhenUsed="0"/>'
        '<w:lsdException w:name="Title" w:semiHidden="0" w:unhideWhenUsed="0"/></w:latentStyles>'
    )
    characters = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:uiPriority w:val="2"/><w:qFormat/><w:rPr>{properties}</w:rPr></w:style>'
        for identifier, name, properties in CHARACTER_STYLES
    )
    none = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    paragraphs = "".join(style.xml() for style in PARAGRAPH_STYLES)
    return f"<w:styles {namespaces}>{defaults}{latent}{paragraphs}{characters}{none}</w:styles>"


def font_table(namespaces: str) -> str:
    """word/fontTable.xml: the five official faces, all GB 2312."""
    fonts = "".join(
        f'<w:font w:name="{face}"><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for face in FACES
    )
    return f"<w:fonts {namespaces}>{fonts}</w:fonts>"
