"""备考表 and 盒脊标签: what lies in a box of filed papers, and what stands on its back (DA/T 22-2015 clause 6.4).

A box is 310 mm high, a sheet of A4 297 mm: so a label is 275 mm and leaves a finger's breadth free at either end.
Labels of one width stand side by side, each cut along its frame; ticks outside it show where to lay the ruler.
"""

from __future__ import annotations

from pipeline.cataloguing.boxes import PER_SHEET
from tools.draw_templates.package import document
from tools.draw_templates.page import HALF_LINE, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH, Page
from tools.draw_templates.xml import ALL_LINES, cell, command, indent, lines, paragraph, row, table

_MM = 56.693  # twips
_TICK = round(4 * _MM)
_SHEET = Page(PAGE_WIDTH, PAGE_HEIGHT, top=round(6 * _MM), right=454, bottom=round(5 * _MM), left=454, footer=200)

_SPINE = (
    ("全宗号", "{{ fonds }}", 20),
    ("年　度", "{{ year }}", 20),
    ("保管期限", "{{ labels[%s].retention }}", 22),
    ("机　构", "{{ upright }}", 133),
    ("件　号", "{{ labels[%s].first }}\n—\n{{ labels[%s].last }}", 44),
    ("盒　号", "{{ labels[%s].box }}", 36),
)
"""What stands on a spine from above to below, with the height of each in mm; 275 in all."""


_NOT_YET = "{{ year }}年度的文件还没有整理，没有编档号，也没有装盒。整理以后这里会重新做一份。"
"""Where no paper of the year has its 件号."""


def draw_notes() -> bytes:
    """printouts/box-notes/template.docx."""
    told = (
        "本盒共{{ box.pieces }}件{{ box.pages }}页（约{{ box.sheets }}张），件号{{ box.first }}至{{ box.last }}，"
        "盒脊{{ box.width }}毫米。"
    )
    who = (
        (("整理人", "{{ box.arranged_by }}"), ("整理日期", "{{ box.arranged_on }}")),
        (("检查人", "{{ box.checked_by }}"), ("检查日期", "")),
    )
    columns = (1700, 2722, 1700, TEXT_WIDTH - 1700 - 2722 - 1700)
    signed = [
        row(
            *(
                part
                for (label, filled), width, room in ((left, columns[0], columns[1]), (right, columns[2], columns[3]))
                for part in (cell(width, paragraph("TableLabel", label)), cell(room, paragraph("TableText", filled)))
            ),
            height=860,
        )
        for left, right in who
    ]
    state = (
        paragraph("TableLabel", "盒内文件情况说明", extra='<w:spacing w:before="160"/><w:jc w:val="left"/>'),
        paragraph("TableTextLeft", told, extra='<w:spacing w:before="120"/>'),
        command("if box.remarks"),
        command("for p in box.remarks.paragraphs"),
        paragraph("TableTextLeft", "{{ p.text }}"),
        command("endfor"),
        command("endif"),
    )
    top = row(cell(TEXT_WIDTH, *state, span=4, align="top"), height=7300)
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    return document(
        command("for box in boxes"),
        command("if loop.first"),
        paragraph("Title", "备考表", extra=f'<w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        command("else"),
        paragraph("Title", "备考表", extra=f'<w:pageBreakBefore/><w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        command("endif"),
        paragraph("FormLine", "全宗号：{{ fonds }}\t全宗名称：{{ fonds_name }}", extra=tab + indent()),
        paragraph(
            "FormLine",
            "年度：{{ year }}　　保管期限：{{ box.retention }}\t盒号：{{ box.box }}",
            extra=tab + indent(),
        ),
        paragraph("FormLine", "机构：{{ organisation }}", extra=indent()),
        table(columns, top, *signed, borders=ALL_LINES, margin=113),
        command("else"),
        paragraph("Title", "备考表", extra=f'<w:spacing w:before="0" w:after="{HALF_LINE}"/>'),
        paragraph("FormLine", "全宗号：{{ fonds }}\t全宗名称：{{ fonds_name }}", extra=tab + indent()),
        paragraph("FormLine", "机构：{{ organisation }}", extra=indent()),
        paragraph("TableTextLeft", _NOT_YET, extra='<w:spacing w:before="240"/>'),
        command("endfor"),
        title="备考表",
        page_numbers=False,
    )


def draw_spines() -> bytes:
    """printouts/box-spines/template.docx."""
    return document(
        command("for sheet in sheets"),
        *(block for width in PER_SHEET for block in _sheet(width)),
        command("else"),
        paragraph("SpineLabel", _NOT_YET),
        command("endfor"),
        title="盒脊标签",
        page_numbers=False,
        page=_SHEET,
    )


def _sheet(width: int) -> tuple[str, ...]:
    """A sheet of labels so many mm wide; those nobody needs stay empty, to be written by hand."""
    count, each = PER_SHEET[width], round(width * _MM)
    columns = (_TICK, *([each] * count), _TICK)
    beside = (_SHEET.text_width - sum(columns)) // 2
    drawn = table(columns, _ticks(columns, "bottom"), *_labels(columns), _ticks(columns, "top"), margin=28)
    return (
        command(f"if sheet.width == {width}"),
        command("if not loop.first"),
        paragraph("SpineBreak", extra="<w:pageBreakBefore/>"),
        command("endif"),
        drawn.replace('<w:tblInd w:w="0"', f'<w:tblInd w:w="{beside}"', 1),
        command("endif"),
    )


def _ticks(columns: tuple[int, ...], inner: str) -> str:
    """The row of cut marks above or below the labels; ``inner`` is its side towards them."""
    thin = ("single", 4)
    corner = lines(**{inner: thin})
    left, right = (cell(columns[end], paragraph("SpineBreak"), borders=corner) for end in (0, -1))
    sides = lines(left=thin, right=thin)
    between = [cell(each, paragraph("SpineBreak"), borders=sides) for each in columns[1:-1]]
    return row(left, *between, right, height=_TICK, rule="exact")


def _labels(columns: tuple[int, ...]) -> list[str]:
    return [_line(columns, label, words, height) for label, words, height in _SPINE]


def _line(columns: tuple[int, ...], label: str, words: str, height: int) -> str:
    """One thing on all spines of a sheet: its name small, below it what it is here."""
    return row(
        cell(columns[0], paragraph("SpineBreak")),
        *(_part(place, each, label, words) for place, each in enumerate(columns[1:-1], start=1)),
        cell(columns[-1], paragraph("SpineBreak")),
        height=round(height * _MM),
        rule="exact",
    )


def _part(place: int, width: int, label: str, words: str) -> str:
    mine = f'labels|selectattr("sheet", "equalto", sheet.sheet)|selectattr("column", "equalto", {place})'
    name, frame = f"one{place}", lines(**dict.fromkeys(("top", "left", "bottom", "right"), ("single", 6)))
    styles = (
        [("SpineWord", 'long_name == ""'), ("SpineSmall", "long_name")] if "upright" in words else [("SpineWord", "")]
    )
    blocks = [paragraph("SpineLabel", label), command(f"for {name} in {mine}")]
    for style, condition in styles:
        blocks += [command(f"if {condition}")] if condition else []
        blocks += [paragraph(style, line.replace("labels[%s]", name)) for line in words.split("\n")]
        blocks += [command("endif")] if condition else []
    blocks.append(command("endfor"))
    return cell(width, *blocks, borders=frame, align="top")
