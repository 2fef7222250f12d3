"""A workbook with any number of registration forms, one a row, made from the example office's own six people."""

from __future__ import annotations

import re
import zipfile
from copy import copy
from itertools import cycle, islice
from pathlib import Path

import openpyxl

EXAMPLE = Path(__file__).parent.parent / "examples" / "inbox" / "兼职委员登记表（六人）.xlsx"

_HEADING_ROW = 3
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN = "建国志强秀英桂兰文静海燕立新晓东玉梅春生"


def write_forms(path: Path, count: int, *, first: int = 0, own_words: bool = False) -> None:
    """Write ``count`` rows of different people, from the ``first`` on, to ``path``; without photographs, and without ID
    numbers, which would repeat.

    The six people repeat but for their names; with ``own_words`` everybody has a career, a post, a school and a
    telephone of her own, as the people of a real list do.
    """
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book.worksheets[0]
    sheet._images.clear()
    headings = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[_HEADING_ROW]}
    rows = [row for row in sheet.iter_rows(min_row=_HEADING_ROW + 1) if row[2].value]
    people = [[(cell.value, copy(cell._style)) for cell in row] for row in rows]
    sheet.delete_rows(_HEADING_ROW + 1, len(rows))
    for number, person in enumerate(islice(cycle(people), count)):
        row = _HEADING_ROW + 1 + number
        for column, (value, style) in enumerate(person, 1):
            cell = sheet.cell(row, column)
            cell.value, cell._style = value, style  # whole: openpyxl calls Excel's own Chinese date formats "General"
        sheet.cell(row, headings["序号"]).value = number + 1
        sheet.cell(row, headings["姓名"]).value = name_of(first + number)
        if own_words:
            sheet.cell(row, headings["联系电话"]).value = str(13_900_000_000 + first + number)
            for heading in _OWN:
                cell = sheet.cell(row, headings[heading])
                cell.value = f"{cell.value}{name_of(first + number)}"
        sheet.cell(row, headings["身份证号"]).value = None
    book.save(path)


_TEXT = re.compile(rb't="inlineStr"><is>(<t(?: [^>]*)?>[^<]*</t>)</is>')
_OWN = ("籍贯", "出生地", "毕业院校及专业", "学位或职称", "工作单位及职务", "工作简历", "主要表现", "推荐单位意见")

_NUMBERED = re.compile(rb"&#(\d+);")
_SHEET, _TYPES, _LINKS = "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_TEXTS_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_TEXTS_LINK = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def as_excel_stores(path: Path) -> None:
    """Rewrite a workbook of one sheet as Excel would store it: each text once, in a list, and its number in the cells.

    openpyxl 3.1.5 writes every text where it stands, and every Chinese character as its number, which makes the sheet
    three times as long.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts: dict[bytes, int] = {}
    parts[_SHEET] = _TEXT.sub(lambda text: b't="s"><v>%d</v>' % texts.setdefault(text[1], len(texts)), parts[_SHEET])
    if texts:
        items = _NUMBERED.sub(
            lambda found: chr(int(found[1])).encode(), b"".join(b"<si>%s</si>" % text for text in texts)
        )
        parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (_MAIN, items)
        override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % _TEXTS_TYPE
        parts[_TYPES] = parts[_TYPES].replace(b"</Types>", override)
        link = b'<Relationship Type="%s" Target="sharedStrings.xml" Id="texts"/></Relationships>' % _TEXTS_LINK
        parts[_LINKS] = parts[_LINKS].replace(b"</Relationships>", link)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def name_of(number: int) -> str:
    """A name for the n-th person; no two have the same."""
    surname, rest = _SURNAMES[number % len(_SURNAMES)], number // len(_SURNAMES)
    given = _GIVEN[rest % len(_GIVEN)] + _GIVEN[(rest // len(_GIVEN) + 1) % len(_GIVEN)]
    more = rest // len(_GIVEN) ** 2
    return surname + given + (_GIVEN[more - 1] if more else "")
