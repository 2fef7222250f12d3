"""Which picture belongs to which row of a table.

A photo lies over its cell, or a little beside it: then its row decides. One that lies over no row of data, or second
over the same cell, is nobody's: a photo on the wrong person's form is worse than a workbook that comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.core.findings import Code, Finding, Severity
from pipeline.core.kind import Field, FieldType
from pipeline.core.messages import _
from pipeline.core.values import Picture
from pipeline.sheets.addresses import address
from pipeline.sheets.tables import Located


@dataclass(frozen=True, slots=True)
class Photographs:
    """The pictures by (row, column) of the cell they fill, and those that fill none."""

    by_cell: Mapping[tuple[int, int], Picture]
    strays: tuple[Picture, ...]


def photographs(located: Located) -> Photographs:
    """The pictures below the headings of a table."""
    columns = [column for column, field in located.columns.items() if field.type is FieldType.IMAGE]
    placed: dict[tuple[int, int], Picture] = {}
    strays = []
    for picture in located.sheet.pictures:
        if picture.row <= located.last:
            continue  # an emblem above the table
        nearest = min(columns, key=lambda column: abs(column - picture.column), default=0)
        if nearest and abs(nearest - picture.column) <= 1 and (picture.row, nearest) not in placed:
            placed[picture.row, nearest] = picture
        else:
            strays.append(picture)
    return Photographs(placed, tuple(strays))


def about_strays(located: Located, strays: tuple[Picture, ...]) -> Iterator[Finding]:
    """What is said of pictures that fill no cell."""
    wanted = next((field for field in located.table.fields if field.type is FieldType.IMAGE), None)
    if wanted is None and strays:
        hint = _("这种表里没有放图片的栏目，表里的{n}张图片没有用到").format(n=len(strays))
        yield Finding(Code.NOT_USED, sheet=located.sheet.name, hint=hint, severity=Severity.WARNING)
    for picture in strays if wanted else ():
        yield Finding(
            Code.NOT_USED,
            sheet=located.sheet.name,
            cell=address(picture.row, picture.column),
            heading=wanted.heading if wanted else "",
            found=_("图片"),
            expected=_("每一行最多一张、放在“{heading}”一格上的图片").format(heading=wanted.heading if wanted else ""),
            hint=_misplaced(located, wanted),
        )


def _misplaced(located: Located, wanted: Field | None) -> str:
    if wanted and wanted.id not in located.found:
        return _("表里没有“{heading}”这一栏，请加上，再把图片放到各人那一行").format(heading=wanted.heading)
    return _("看不出这张图片是哪一行的，请拖到对应的格子上，多余的请删去")
