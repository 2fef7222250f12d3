"""Writes the parts of a Word file as a .docx whose bytes depend on nothing but its content."""

from __future__ import annotations

import io
import zipfile

from tools.draw_templates.page import LINE, PORTRAIT, SMALL_CHARACTER, Page
from tools.draw_templates.styles import font_table, stylesheet
from tools.draw_templates.xml import NAMESPACES, indent, paragraph

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWN = "2020-01-01T00:00:00Z"
_PAGE_FIELD = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)


def document(
    *blocks: str, title: str, page_numbers: bool = True, first_number: bool = True, page: Page = PORTRAIT
) -> bytes:
    """A .docx of these blocks on the page of GB/T 9704, with "— 1 —" outside at the foot of each page (7.5).

    Without ``first_number`` the first page has none (10.1).
    """
    footers = {"footer1.xml": ("default", "right"), "footer2.xml": ("even", "left")} if page_numbers else {}
    references = "".join(
        f'<w:footerReference w:type="{kind}" r:id="rId{number}"/>'
        for number, (kind, _) in enumerate(footers.values(), start=10)
    )
    orientation = ' w:orient="landscape"' if page.width > page.height else ""
    border = f'<w:pgBorders w:offsetFrom="page">{page.border}</w:pgBorders>' if page.border else ""
    first = "" if first_number else "<w:titlePg/>"
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="{page.width}" w:h="{page.height}"{orientation}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}" '
        f'w:header="851" w:footer="{page.footer}" w:gutter="0"/>{border}'
        f'<w:cols w:space="425"/>{first}<w:docGrid w:type="lines" w:linePitch="{LINE}"/>'
        "</w:sectPr>"
    )
    parts = {
        "[Content_Types].xml": _content_types(footers),
        "_rels/.rels": _relationships(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(title),
        "docProps/app.xml": (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>gongwen</Application></Properties>"
        ),
        "word/_rels/document.xml.rels": _relationships(
            ("rId1", f"{_OFFICE}/styles", "styles.xml"),
            ("rId2", f"{_OFFICE}/settings", "settings.xml"),
            ("rId3", f"{_OFFICE}/fontTable", "fontTable.xml"),
            *((f"rId{number}", f"{_OFFICE}/footer", name) for number, name in enumerate(footers, start=10)),
        ),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}{section}</w:body></w:document>",
        "word/fontTable.xml": font_table(NAMESPACES),
        "word/settings.xml": _settings(),
        "word/styles.xml": stylesheet(NAMESPACES),
        **{f"word/{name}": _footer(side) for name, (_, side) in footers.items()},
    }
    return _zipped(parts)


def _footer(side: str) -> str:
    """A page number one character in from the outer edge of the 版心."""
    words = paragraph("PageNumber", extra=f'{indent(**{side: SMALL_CHARACTER})}<w:jc w:val="{side}"/>')
    return f"<w:ftr {NAMESPACES}>{words.replace('<w:r></w:r>', '').replace('</w:p>', _PAGE_FIELD + '</w:p>')}</w:ftr>"


def _settings() -> str:
    """Chinese typesetting as Word for China saves it, but punctuation is never squeezed: 28 characters are 28."""
    compatibility = "".join(
        f"<w:{flag}/>"
        for flag in (
            "spaceForUL",
            "balanceSingleByteDoubleByteWidth",
            "doNotLeaveBackslashAlone",
            "ulTrailSpace",
            "doNotExpandShiftReturn",
            "adjustLineHeightInTable",
            "useFELayout",
        )
    )
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compatibility}<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>'
    )


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>公文</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_DRAWN}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_DRAWN}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _content_types(footers: dict[str, tuple[str, str]]) -> str:
    overrides = {
        "/word/document.xml": f"{_WML}.document.main+xml",
        "/word/styles.xml": f"{_WML}.styles+xml",
        "/word/settings.xml": f"{_WML}.settings+xml",
        "/word/fontTable.xml": f"{_WML}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        **{f"/word/{name}": f"{_WML}.footer+xml" for name in footers},
    }
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships(*entries: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>' for identifier, kind, target in entries
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, _DECLARATION + content)
    return buffer.getvalue()
