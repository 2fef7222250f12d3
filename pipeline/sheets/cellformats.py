"""The formats of cells of a workbook (styles.xml), to which new ones are appended and of which none is renumbered.

A cell names its format by a number (``s``); the format (``xf``) names font, fill and border by theirs. An entry that is
there already is used again, so that a workbook returned ten times has no more formats than one returned once.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from pipeline.sheets.marks import FILL
from pipeline.sheets.repacked import MAIN, Unusual

_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_FIRST_OWN_NUMBER_FORMAT = 164
"""Formats of numbers below are Excel's own and mean the same in every workbook (ECMA-376 part 1, 18.8.30)."""


class CellFormats:
    """The formats in the root element of a styles part."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._known: dict[str, dict[bytes, int]] = {}
        self._coloured: dict[int, int] = {}

    def coloured(self, number: int) -> int:
        """The format ``number`` in the colour of wrong cells."""
        if number not in self._coloured:
            self._coloured[number] = self._filled(number, str(self._place("fills", _our_fill())))
        return self._coloured[number]

    def uncoloured(self, number: int) -> int:
        """The format ``number`` without a fill when it has that colour, else itself."""
        fill = int(self._entry("cellXfs", number).get("fillId", "0"))
        colour = self._entry("fills", fill).find(f"{{{MAIN}}}patternFill[@patternType='solid']/{{{MAIN}}}fgColor")
        return number if colour is None or colour.get("rgb") != FILL else self._filled(number, "0")

    def adopted(self, others: CellFormats, number: int) -> int:
        """The format ``number`` of another workbook, in this one."""
        format_ = deepcopy(others._entry("cellXfs", number))
        if int(format_.get("numFmtId", "0")) >= _FIRST_OWN_NUMBER_FORMAT:
            raise Unusual("a format of numbers that only the other workbook knows")
        for attribute, kind in _LISTS.items():
            there = others._entry(kind, int(format_.get(attribute, "0")))
            format_.set(attribute, str(self._place(kind, deepcopy(there))))
        format_.set("xfId", "0")
        for apply in ("applyFont", "applyFill", "applyBorder", "applyAlignment"):
            format_.set(apply, "1")
        return self._place("cellXfs", format_)

    def _filled(self, number: int, fill: str) -> int:
        format_ = deepcopy(self._entry("cellXfs", number))
        if fill == "0":
            format_.attrib.pop("applyFill", "")
        else:
            format_.set("applyFill", "1")
        format_.set("fillId", fill)
        return self._place("cellXfs", format_)

    def _list(self, kind: str) -> etree._Element:
        found = self._root.find(f"{{{MAIN}}}{kind}")
        if found is None or not len(found):
            raise Unusual(f"no {kind} among the formats")
        return found

    def _entry(self, kind: str, number: int) -> etree._Element:
        entries = self._list(kind)
        if not 0 <= number < len(entries):
            raise Unusual(f"{kind} {number} of {len(entries)}")
        return entries[number]

    def _place(self, kind: str, entry: etree._Element) -> int:
        """The number of an entry equal to this one, which is appended when there is none."""
        entries = self._list(kind)
        known = self._known.get(kind)
        if known is None:
            known = self._known[kind] = {}
            for number, there in enumerate(entries):
                known.setdefault(_canonical(there), number)
        key = _canonical(entry)
        if key not in known:
            known[key] = len(entries)
            entry.tail = None
            entries.append(entry)
            entries.set("count", str(len(entries)))
        return known[key]


def _canonical(entry: etree._Element) -> bytes:
    return etree.tostring(entry, method="c14n", exclusive=True, with_tail=False)


def _our_fill() -> etree._Element:
    pattern = f'<patternFill patternType="solid"><fgColor rgb="{FILL}"/><bgColor indexed="64"/></patternFill>'
    return etree.fromstring(f'<fill xmlns="{MAIN}">{pattern}</fill>')
