"""A workbook with one of everything that people put around their cells, of which a returned one must lose nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.sheets.examples import GOOD, HEADINGS, edited, image, png

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEXT_BOX = """<xdr:twoCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff>
<xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff>
<xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp macro="" textlink=""><xdr:nvSpPr>
<xdr:cNvPr id="99" name="文本框 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>
<a:ext cx="2000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>
<a:srgbClr val="FF0000"/></a:solidFill></a:ln></xdr:spPr><xdr:txBody><a:bodyPr/>
<a:p><a:r><a:t>此处盖章</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"""
_PIVOT = """<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" saveData="0"
 refreshOnLoad="1"><cacheSource type="worksheet"><worksheetSource ref="A1:B2" sheet="登记表"/></cacheSource>
<cacheFields count="2"><cacheField name="社区"><sharedItems/></cacheField>
<cacheField name="姓名"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>"""
_PIVOT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
_PROPERTIES = """<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
<Application>Microsoft Excel</Application>
<HeadingPairs><vt:vector size="2" baseType="variant"><vt:variant><vt:lpstr>工作表</vt:lpstr></vt:variant><vt:variant>
<vt:i4>3</vt:i4></vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="3" baseType="lpstr">
<vt:lpstr>说明</vt:lpstr><vt:lpstr>登记表</vt:lpstr><vt:lpstr>底稿</vt:lpstr></vt:vector></TitlesOfParts></Properties>"""


def crowded(path: Path) -> Path:
    """Sheets 说明, 登记表 (open, two rows) and 底稿 (hidden); of 登记表, row 3 has its own format and no cells."""
    workbook = openpyxl.Workbook()
    first = workbook.worksheets[0]
    first.title = "说明"
    first["A1"] = "填表说明"
    first["A1"].comment = Comment("先看这里", "李旭")
    first.print_area = "A1:C9"
    sheet = workbook.create_sheet("登记表")
    for row in (HEADINGS, GOOD):
        sheet.append(row)
    _dress(sheet)
    workbook.create_sheet("底稿").sheet_state = "hidden"
    workbook["底稿"]["A1"] = "=登记表!B2"
    workbook.defined_names["名单"] = DefinedName("名单", attr_text="登记表!$A$1:$H$2")
    workbook.active = 1
    first.sheet_view.tabSelected, sheet.sheet_view.tabSelected = None, True
    workbook.save(path)
    return _with_foreign_parts(path)


def _dress(sheet: Worksheet) -> None:
    sheet["D2"].comment = Comment("查过档案", "李旭")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["C2"].font = Font(name="楷体", bold=True, color="FF0000FF")
    sheet.row_dimensions[3].height = 40
    sheet.column_dimensions["D"].width = 33
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.print_area = "A1:R26"
    sheet.oddHeader.center.text = "兼职委员"
    sheet.auto_filter.ref = "A1:H2"
    sheet.conditional_formatting.add("G2:G9", CellIsRule("lessThan", ["5"], font=Font(color="FFFF0000")))
    choices = DataValidation("list", '"男,女"')
    sheet.add_data_validation(choices)
    choices.add("C2:C9")
    sheet.add_image(image(png()), "J2")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=7, min_row=1, max_row=2), titles_from_data=True)
    sheet.add_chart(chart, "J8")


def _with_foreign_parts(path: Path) -> Path:
    """What openpyxl cannot write: a text box, a pivot cache, the settings of a printer, a part nobody knows."""
    rel = '<Relationship Id="{}" Type="{}" Target="{}"/></Relationships>'
    printer = rel.format("rId77", f"{_REL}/printerSettings", "../printerSettings/printerSettings1.bin")
    cache = rel.format("rId77", f"{_REL}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    caches = f'<pivotCaches xmlns:r="{_REL}"><pivotCache cacheId="1" r:id="rId77"/></pivotCaches></workbook>'
    types = f'<Override PartName="/xl/pivotCache/pivotCacheDefinition1.xml" ContentType="{_PIVOT_TYPE}"/>'
    binary = '<Default Extension="bin" ContentType="application/octet-stream"/>'
    edited(path, {"[Content_Types].xml": ("</Types>", f"{types}{binary}</Types>")})
    return edited(
        path,
        {
            "xl/drawings/drawing1.xml": ("</wsDr>", f"{_TEXT_BOX}</wsDr>"),
            "xl/worksheets/_rels/sheet2.xml.rels": ("</Relationships>", printer),
            "xl/_rels/workbook.xml.rels": ("</Relationships>", cache),
            "xl/workbook.xml": ("</workbook>", caches),
            "docProps/app.xml": _PROPERTIES.encode(),
            "xl/pivotCache/pivotCacheDefinition1.xml": _PIVOT.encode(),
            "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
            "customXml/item1.xml": "<甲 xmlns='urn:x'/>".encode(),
        },
    )
