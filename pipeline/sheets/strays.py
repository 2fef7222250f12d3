"""A sheet of pairs that goes on to the right: labels in one column, and a column of values for each person.

It reads as a filled form, whose value is the cell beside its label. What stands beyond belongs to a second person, and
must not be left out in silence: the form is carried out, and nobody would miss the other paper for years.
"""

from __future__ import annotations

from collections import defaultdict

from pipeline.core.findings import Code, Finding
from pipeline.core.messages import _
from pipeline.sheets.addresses import address, letters
from pipeline.sheets.forms import FilledForm, Place, value_at
from pipeline.sheets.wording import excerpt, shown

_FEWEST = 3


def another_column(form: FilledForm) -> Finding | None:
    """The finding about a column of values beside that of the form; None when there is none."""
    claimed = {place for box in form.boxes.values() for place in (box.label, box.place)}
    claimed |= {place for place, _label, _value in form.unused}
    extents = {(top, left): right for top, left, _bottom, right in form.sheet.merged}
    filled: dict[int, int] = defaultdict(int)
    beside: dict[int, list[Place]] = defaultdict(list)
    for box in form.boxes.values():
        row, column = box.place
        if box.place == box.label or box.raw is None:
            continue
        column = extents.get(box.place, column) + 1
        filled[column] += 1
        if (row, column) not in claimed and (row, column) in form.region and shown(value_at(form.sheet, row, column)):
            beside[column].append((row, column))
    for column, places in sorted(beside.items()):
        if len(places) >= _FEWEST and 2 * len(places) >= filled[column]:
            return Finding(
                Code.NOT_USED,
                sheet=form.sheet.name,
                cell=address(*places[0]),
                found=excerpt(value_at(form.sheet, *places[0])),
                expected=_("一张表样只填一份"),
                hint=_("{column}列像是另一份的内容；请改成一行一份，或者把这张工作表复制一份来填").format(
                    column=letters(column)
                ),
            )
    return None
