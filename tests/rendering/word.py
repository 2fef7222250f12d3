"""Word files made by hand: the least a .docx needs, so that each test shows the one construct it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.layout import lay_out
from pipeline.rendering.model import Document, Line, Para, Seg, Table
from pipeline.rendering.source import read_source
from pipeline.rendering.usage import Usage

MM = 72 / 25.4
"""Points in a millimetre."""

_OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": f"{_OFFICE}/wordprocessingml/2006/main",
        "r": f"{_OFFICE}/officeDocument/2006/relationships",
        "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
        "a": f"{_OFFICE}/drawingml/2006/main",
        "pic": f"{_OFFICE}/drawingml/2006/picture",
        "m": f"{_OFFICE}/officeDocument/2006/math",
        "c": f"{_OFFICE}/drawingml/2006/chart",
        "mc": f"{_OFFICE}/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w10": "urn:schemas-microsoft-com:office:word",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    }.items()
)
SECTION = (
    '<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1425" w:gutter="0"/>'
    "{more}</w:sectPr>"
)
"""The page of GB/T 9704: A4 with margins 37/35/28/26 mm; the text area is 442.25 pt wide and 637.8 pt high."""

WIDTH = (11906 - 1474 - 1587) / 20
BODY_STYLE = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:line="579" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/>'
    '<w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr></w:style>'
)
"""三号仿宋 on 28.95 pt with -0.25 pt between characters: 22 lines of 28 characters."""

_KINDS = {"header": "header", "footer": "footer", "media": "image", "footnotes": "footnotes"}

_ROOTS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes"}


@dataclass
class Word:
    """A Word file in the making. ``body`` is the XML inside w:body, without its last w:sectPr."""

    body: str
    styles: str = BODY_STYLE
    numbering: str = ""
    settings: str = '<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15"/></w:compat>'
    theme: str = ""
    references: str = ""
    section: str = ""
    parts: Mapping[str, str | bytes] = field(default_factory=dict)

    def bytes(self) -> bytes:
        section = SECTION.format(references=self.references, more=self.section)
        document = f"<w:document {NAMESPACES}><w:body>{self.body}{section}</w:body></w:document>"
        contents: dict[str, str | bytes] = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": document,
            "word/styles.xml": f"<w:styles {NAMESPACES}>{self.styles}</w:styles>",
            "word/settings.xml": f"<w:settings {NAMESPACES}>{self.settings}</w:settings>",
        }
        ties = {"rS": ("styles", "styles.xml"), "rT": ("settings", "settings.xml")}
        if self.numbering:
            contents["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{self.numbering}</w:numbering>"
            ties["rN"] = ("numbering", "numbering.xml")
        if self.theme:
            contents["word/theme/theme1.xml"] = f"<a:theme {NAMESPACES}>{self.theme}</a:theme>"
            ties["rTh"] = ("theme", "theme/theme1.xml")
        for number, (name, content) in enumerate(self.parts.items()):
            kind = next((kind for start, kind in _KINDS.items() if name.startswith(start)), "customXml")
            ties[f"rId{number + 10}"] = (kind, name)
            if kind in _ROOTS and isinstance(content, str):
                tag = _ROOTS[kind]
                content = f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
            contents[f"word/{name}"] = content
        contents["word/_rels/document.xml.rels"] = _relationships(ties)
        return zipped(contents)

    def layout(self, book: FontBook) -> Document:
        return lay_out(read_source(self.bytes()), book, Usage())


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _relationships(ties: Mapping[str, tuple[str, str]]) -> str:
    office = f"{_OFFICE}/officeDocument/2006/relationships"
    each = "".join(
        f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>' for key, (kind, target) in ties.items()
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{each}</Relationships>'


def paragraph(text: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    words = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def cell(*blocks: str, width: int = 0, properties: str = "") -> str:
    """A cell that prefers a width (twips), or none and is as wide as its columns."""
    preferred = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else ""
    return f"<w:tc><w:tcPr>{preferred}{properties}</w:tcPr>{''.join(blocks) or paragraph()}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


ALL_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table(columns: tuple[int, ...], *rows: str, properties: str = f"<w:tblBorders>{ALL_BORDERS}</w:tblBorders>") -> str:
    """A table of fixed widths (twips)."""
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field_code(code: str, result: str = "1", run: str = "") -> str:
    """A complex field in runs, as Word writes it."""
    look = f"<w:rPr>{run}</w:rPr>"
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{look}<w:t>{result}</w:t></w:r>"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paras(document: Document) -> list[Para]:
    """The paragraphs of the first section."""
    return [block for block in document.sections[0].blocks if isinstance(block, Para)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.sections[0].blocks if isinstance(block, Table)]


def lines(document: Document) -> list[str]:
    """The lines of the first section's paragraphs."""
    return [line.text for para in paras(document) for line in para.lines]


def segments(line: Line) -> list[Seg]:
    return [part for part in line.parts if isinstance(part, Seg)]
