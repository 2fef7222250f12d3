"""Small builders of WordprocessingML, so that the drawings below read like a list of what stands on paper.

Element order inside pPr, rPr, tblPr and tcPr follows the schema (ECMA-376 part 1, 17.3 to 17.4); Word refuses other
orders. Measures are twips (1/20 pt).
"""

from __future__ import annotations

from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def run(text: str, style: str = "") -> str:
    """A run; a tab character becomes a real tab. ``style`` is the id of a character style."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t")]
    return f"<w:r>{properties}{'<w:tab/>'.join(pieces)}</w:r>"


def opening(target: str, words: str) -> tuple[str, str, str]:
    """The runs of a field that opens ``target`` when its words are clicked (HYPERLINK, 17.16.5.25)."""

    def mark(which: str) -> str:
        return f'<w:fldChar w:fldCharType="{which}"/>'

    code = f'<w:instrText xml:space="preserve"> HYPERLINK "{target}" </w:instrText>'
    return (
        f"<w:r>{mark('begin')}</w:r><w:r>{code}</w:r><w:r>{mark('separate')}</w:r>",
        run(words),
        f"<w:r>{mark('end')}</w:r>",
    )


def paragraph(style: str, *content: str, extra: str = "") -> str:
    """A paragraph of one style. ``content`` are texts, or runs made by ``run``; ``extra`` goes into pPr."""
    runs = "".join(piece if piece.startswith("<w:r>") else run(piece) for piece in content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{runs}</w:p>'


def indent(**measures: int) -> str:
    """An indent of a single paragraph. It says that there is no first-line indent: LibreOffice takes one from 正文."""
    given = "".join(f' w:{side}="{width}"' for side, width in measures.items())
    return f"<w:ind{given}/>" if "hanging" in measures else f'<w:ind{given} w:firstLineChars="0" w:firstLine="0"/>'


def command(words: str) -> str:
    """A paragraph that only holds a ``{%p … %}`` and vanishes in the merge."""
    return paragraph("Command", f"{{%p {words} %}}")


def cell(
    width: int,
    *blocks: str,
    span: int = 1,
    merge: str = "",
    align: str = "center",
    borders: str = "",
    margins: str = "",
) -> str:
    """A table cell. ``merge`` is "restart" or "continue" for one that spans rows."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    properties += f"<w:tcMar>{margins}</w:tcMar>" if margins else ""
    properties += f'<w:vAlign w:val="{align}"/>'
    content = "".join(blocks) or paragraph("TableText")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, height: int = 0, rule: str = "atLeast", header: bool = False, may_split: bool = False) -> str:
    """A table row; it stays on one page unless ``may_split``."""
    properties = "" if may_split else "<w:cantSplit/>"
    properties += f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>' if height else ""
    properties += "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def command_row(words: str, columns: tuple[int, ...]) -> str:
    """A row that only holds a ``{%tr … %}`` and vanishes in the merge."""
    only = cell(sum(columns), paragraph("Command", f"{{%tr {words} %}}"), span=len(columns))
    return row(only)


def table(
    columns: tuple[int, ...],
    *rows: str,
    borders: str = "",
    position: str = "",
    margin: int = 85,
    air: int = 0,
) -> str:
    """A table of fixed column widths, as wide as their sum.

    ``margin`` is the space at the sides of each cell, ``air`` the one above and below its words.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    around = (("top", air), ("left", margin), ("bottom", air), ("right", margin))
    side = "".join(f'<w:{name} w:w="{width}" w:type="dxa"/>' for name, width in around)
    return (
        f'<w:tbl><w:tblPr>{position}<w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{side}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def lines(**sides: tuple[str, int]) -> str:
    """Border elements, in schema order: ``lines(top=("single", 8))``; sizes are eighths of a point."""
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(
        f'<w:{side} w:val="{sides[side][0]}" w:sz="{sides[side][1]}" w:space="0" w:color="000000"/>'
        for side in order
        if side in sides
    )


ALL_LINES = lines(
    top=("single", 8),
    left=("single", 8),
    bottom=("single", 8),
    right=("single", 8),
    insideH=("single", 4),
    insideV=("single", 4),
)
