"""One Word file with every construct in it that the renderer knows, for tests that damage it at random."""

from __future__ import annotations

from tests.rendering.test_numbering import OFFICIAL, item
from tests.rendering.test_shapes import DASHED, PICTURE, aligned, anchor, graphic, inline, pict, png, position
from tests.rendering.word import ALL_BORDERS, BODY_STYLE, Word, cell, field_code, paragraph, row, table

_STYLES = (
    BODY_STYLE + '<w:style w:type="paragraph" w:styleId="Head"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    '<w:rPr><w:b/><w:rFonts w:eastAsiaTheme="minorEastAsia" w:asciiTheme="minorHAnsi"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/><w:color w:val="C00000"/>'
    "</w:rPr></w:style>"
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:pPr><w:jc w:val="center"/></w:pPr>'
    f'<w:tblPr><w:tblStyleRowBandSize w:val="2"/><w:tblBorders>{ALL_BORDERS}</w:tblBorders><w:tblCellMar>'
    '<w:left w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="DDDDDD"/></w:tcPr>'
    '</w:tblStylePr><w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="EEEEEE"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)
_THEME = (
    '<a:themeElements><a:clrScheme name="x"><a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme>'
    '<a:fontScheme name="x"><a:minorFont><a:latin typeface="Calibri"/><a:ea typeface="宋体"/>'
    '<a:font script="Hans" typeface="宋体"/></a:minorFont></a:fontScheme></a:themeElements>'
)
_TEXT = "根据中共中央办公厅有关文件精神，结合我区实际，现就2024年度工作（含ABC项目）通知如下；各单位要认真组织实施。"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _characters() -> str:
    looks = (
        "<w:b/><w:i/>", '<w:u w:val="wave" w:color="FF0000"/>', "<w:strike/>", '<w:vertAlign w:val="superscript"/>',
        '<w:position w:val="6"/>', '<w:w w:val="66"/>', '<w:spacing w:val="20"/>', '<w:em w:val="dot"/>',
        '<w:highlight w:val="yellow"/>', '<w:bdr w:val="single" w:sz="4" w:space="1"/>', '<w:rStyle w:val="Strong"/>',
        '<w:fitText w:val="1600" w:id="7"/>', "<w:caps/>", "<w:vanish/>", '<w:sz w:val="44"/>', '<w:kern w:val="2"/>',
        '<w:shd w:val="clear" w:fill="FFFF00"/>', '<w:color w:themeColor="accent1" w:themeShade="BF"/>',
        '<w:rFonts w:hint="eastAsia"/>', '<w:eastAsianLayout w:combine="1"/>',
    )  # fmt: skip
    runs = "".join(run(f"字{index}ab", look) for index, look in enumerate(looks))
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    return f'<w:p>{runs}{symbol}<w:r><w:br/><w:noBreakHyphen/><w:ptab w:alignment="right"/></w:r></w:p>'


def _paragraphs() -> str:
    properties = (
        '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>',
        '<w:spacing w:before="120" w:afterLines="50" w:line="360" w:lineRule="auto"/>',
        '<w:jc w:val="distribute"/><w:textAlignment w:val="center"/>',
        '<w:pBdr><w:top w:val="double" w:sz="6" w:space="1"/><w:bottom w:val="single" w:sz="6" w:space="1"/></w:pBdr>',
        '<w:keepNext/><w:keepLines/><w:contextualSpacing/><w:shd w:val="clear" w:fill="EEEEEE"/>',
        '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/><w:tab w:val="decimal" w:pos="4000"/></w:tabs>',
        '<w:pStyle w:val="Head"/>', '<w:topLinePunct/><w:overflowPunct w:val="0"/><w:kinsoku w:val="0"/>',
        '<w:snapToGrid w:val="0"/><w:wordWrap w:val="0"/><w:autoSpaceDE w:val="0"/>', "<w:pageBreakBefore/>",
    )  # fmt: skip
    return "".join(
        f"<w:p><w:pPr>{each}</w:pPr>{run(_TEXT)}<w:r><w:tab/></w:r>{run('12.50')}</w:p>" for each in properties
    )


def _table() -> str:
    return table(
        (2000, 3000, 3000),
        row(
            cell(paragraph("甲"), properties='<w:gridSpan w:val="2"/>'),
            cell(paragraph("竖排"), properties='<w:textDirection w:val="tbRlV"/>'),
            properties='<w:tblHeader/><w:trHeight w:val="900" w:hRule="exact"/>',
        ),
        row(
            cell(paragraph("并"), properties='<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>'),
            cell(paragraph(_TEXT), properties='<w:tcMar><w:left w:w="200" w:type="dxa"/></w:tcMar>'),
            cell(table((1000, 1000), row(cell(paragraph("内")), cell(paragraph("层")))) + paragraph()),
            properties="<w:cantSplit/>",
        ),
        row(
            cell(properties="<w:vMerge/>"),
            cell(
                properties='<w:tcBorders><w:top w:val="double" w:sz="4"/>'
                '<w:tl2br w:val="single" w:sz="4"/></w:tcBorders>'
            ),
            cell(paragraph("乙"), properties='<w:shd w:val="clear" w:fill="FFEECC"/>'),
            properties='<w:gridBefore w:val="0"/><w:trHeight w:val="600"/>',
        ),
        properties='<w:tblStyle w:val="Grid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="04A0" w:firstRow="1"/>'
        f'<w:tblInd w:w="100" w:type="dxa"/><w:tblBorders>{ALL_BORDERS}</w:tblBorders>',
    )


def _floating() -> str:
    place = '<w:tblpPr w:vertAnchor="page" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpY="9000"/>'
    return table((3000,), row(cell(paragraph("浮"))), properties=f'{place}<w:jc w:val="center"/>')


def _drawings() -> str:
    shapes = (
        anchor(graphic("ellipse", paragraph("盒")), width=42, height=42, x=position("H", "page", 50)),
        anchor(graphic("line", look=DASHED, flip='flipV="1"'), width=150, height=0, y=aligned("V", "margin", "bottom")),
        anchor(PICTURE, width=20, height=30, behind=1, x=aligned("H", "margin", "right")),
        anchor(graphic("rect", paragraph("框"), body='anchor="ctr" rot="5400000"'), width=60, height=20),
        inline(PICTURE, width=10, height=15),
        pict('<v:line style="position:absolute;z-index:1" from="0,0" to="400pt,0" strokecolor="red"/>'),
        pict('<v:rect style="width:60pt;height:20pt"><v:textbox><w:txbxContent>'
             f"{paragraph('文')}</w:txbxContent></v:textbox></v:rect>"),
        pict('<v:group style="position:absolute;width:80pt;height:40pt" coordsize="800,400">'
             '<v:oval style="position:absolute;left:0;top:0;width:400;height:400"/></v:group>'),
        pict('<v:shape type="#_x0000_t136" style="position:absolute;width:300pt;height:80pt;rotation:315" '
             'fillcolor="silver"><v:textpath string="内部资料"/></v:shape>'),
    )  # fmt: skip
    return "".join(f"<w:p>{shape}{run('旁')}</w:p>" for shape in shapes)


def _fields() -> str:
    link = '<w:hyperlink w:anchor="here"><w:r><w:t>见此</w:t></w:r></w:hyperlink>'
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
    simple = '<w:fldSimple w:instr=" NUMPAGES \\* CHINESENUM3 "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    mark = '<w:bookmarkStart w:id="0" w:name="here"/><w:bookmarkEnd w:id="0"/>'
    return f"<w:p>{mark}{link}{control}{simple}{field_code('PAGE')}{field_code('DATE', '2020年1月1日')}</w:p>"


_LINE = pict('<v:line style="position:absolute" from="0,0" to="99pt,0"/>')
_NEXT_SECTION = (
    '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId11"/><w:footerReference w:type="even" '
    'r:id="rId12"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1440" w:right="1440" '
    'w:bottom="1440" w:left="1440" w:header="851" w:footer="992"/><w:pgBorders><w:top w:val="single" w:sz="4" '
    'w:space="24"/></w:pgBorders><w:cols w:num="1"/><w:titlePg/></w:sectPr></w:pPr></w:p>'
)
RICH = Word(
    item("标题")
    + item("子", 1)
    + _characters()
    + _paragraphs()
    + _table()
    + _NEXT_SECTION
    + _drawings()
    + _floating()
    + _fields(),
    styles=_STYLES,
    numbering=OFFICIAL,
    theme=_THEME,
    settings='<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:adjustLineHeightInTable/><w:compatSetting w:name="compatibilityMode" w:val="15"/></w:compat>',
    references='<w:headerReference w:type="default" r:id="rId11"/><w:footerReference w:type="default" r:id="rId12"/>',
    section='<w:pgNumType w:start="3" w:fmt="numberInDash"/>'
    '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>',
    parts={
        "media/image1.png": png(),
        "header1.xml": f"<w:p>{run('页眉')}{_LINE}</w:p>",
        "footer1.xml": f'<w:p><w:pPr><w:framePr w:wrap="around" w:hAnchor="margin" w:xAlign="outside" w:y="1"/></w:pPr>'
        f"{field_code('PAGE')}</w:p>{_table()}",
    },
)
