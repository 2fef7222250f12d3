"""Word files damaged at random, the same way for the same seed: what a stranger, a bad disk or a bad program sends.

A damage works on the parts of an unpacked file or on the bytes of the packed one. Most of them leave well-formed XML,
because what is not well-formed is refused at the door and tests nothing behind it.
"""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from tests.rendering.rich import RICH
from tests.rendering.word import zipped

TEMPLATES = Path(__file__).parent.parent.parent / "templates"

ODD_VALUES = (
    "", "0", "-1", "1", "2", "3", "7", "63", "64", "255", "1000", "31680", "-31680", "99999", "99999999999", "-99999",
    "9" * 400, "0.5", "0.0001", "nan", "inf", "1e5", "abc", "１２", "12.95pt", "-3cm", "on", "none", "auto", "100%",
    "5000%", "exact", "distribute", "both", "center", "page", "continue", "restart", "#FFFFFF", "rId10", "rId11",
    "rId99", "FFFF", "110000", "word/document.xml", "../../etc/passwd", "x" * 5000, "\t", "\u202e", "空",
)  # fmt: skip
ODD_TEXTS = (
    "", " ", "\t\n", "字" * 3000, "a" * 3000, "（" * 300, "。" * 300, " " * 3000, "\u0301" * 50, "\u202e反", "😀",
    "\ue000\uf0fe", "\u00ad\u200b\u2060\ufeff", "\u2028\u2029\x85", "1" * 500, "{{ x }}", "ﷺ", "𠮷",
    "\ufffd", "\xa0" * 99,
)  # fmt: skip
_MOST_COPIES = 60
_DEEPEST = 60
_MOST_BYTES = 4 << 20

Parts = dict[str, bytes]


def sources() -> dict[str, Parts]:
    """The whole files: one with every construct, and the official templates."""
    files = {"rich": RICH.bytes()}
    files |= {path.parent.name: path.read_bytes() for path in sorted(TEMPLATES.glob("*/template.docx"))}
    return {name: unpacked(data) for name, data in files.items()}


def unpacked(docx: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def damaged(parts: Parts, dice: random.Random) -> bytes:
    """The file with one to four things wrong in it."""
    parts = dict(parts)
    for _time in range(dice.choice((1, 1, 1, 2, 2, 3, 4))):
        harm = dice.choice(_HARMS)
        harm(parts, dice)
    data = zipped(parts)
    return _broken_bytes(data, dice) if dice.random() < 0.05 else data


# ------------------------------------------------------------------------------- in the tree of one part


def _in_tree(harm: Callable[[list[etree._Element], random.Random], None]) -> Callable[[Parts, random.Random], None]:
    def apply(parts: Parts, dice: random.Random) -> None:
        names = [name for name in parts if name.endswith((".xml", ".rels"))]
        name = "word/document.xml" if "word/document.xml" in parts and dice.random() < 0.6 else dice.choice(names)
        if len(parts[name]) > _MOST_BYTES:
            return
        try:
            root = etree.fromstring(parts[name])
        except etree.XMLSyntaxError:
            return
        harm([each for each in root.iter() if isinstance(each.tag, str)], dice)
        parts[name] = etree.tostring(root)

    return apply


def _odd_values(elements: list[etree._Element], dice: random.Random) -> None:
    stated = [each for each in elements if each.attrib]
    for _time in range(dice.choice((1, 1, 2, 5, 40))):
        if stated:
            element = dice.choice(stated)
            element.set(dice.choice(list(element.attrib)), dice.choice(ODD_VALUES))


def _one_value_everywhere(elements: list[etree._Element], dice: random.Random) -> None:
    """Every attribute of one name gets one odd value: all sizes, all ids, all kinds."""
    names = sorted({str(name) for each in elements for name in each.attrib})
    if names:
        name, value = dice.choice(names), dice.choice(ODD_VALUES)
        for element in elements:
            if name in element.attrib:
                element.set(name, value)


def _lost_value(elements: list[etree._Element], dice: random.Random) -> None:
    stated = [each for each in elements if each.attrib]
    if stated:
        element = dice.choice(stated)
        del element.attrib[dice.choice(list(element.attrib))]


def _lost(elements: list[etree._Element], dice: random.Random) -> None:
    element = dice.choice(elements)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _lost_everywhere(elements: list[etree._Element], dice: random.Random) -> None:
    """Every element of one kind goes: a table without rows, rows without cells, a file without its section."""
    tag = dice.choice(sorted({str(each.tag) for each in elements[1:]} or {""}))
    for element in elements:
        parent = element.getparent()
        if element.tag == tag and parent is not None:
            parent.remove(element)


def _repeated(elements: list[etree._Element], dice: random.Random) -> None:
    element = dice.choice(elements)
    parent = element.getparent()
    if parent is not None and len(etree.tostring(element)) < 40_000:
        for _copy in range(dice.randint(1, _MOST_COPIES)):
            parent.insert(parent.index(element), copy.deepcopy(element))


def _moved(elements: list[etree._Element], dice: random.Random) -> None:
    """An element, or a copy of it, into another one: a cell in a run, a paragraph in its own text box."""
    taken, into = dice.choice(elements), dice.choice(elements)
    into.insert(dice.randint(0, len(into)), copy.deepcopy(taken))


def _nested(elements: list[etree._Element], dice: random.Random) -> None:
    """A chain of children, inside itself again and again."""
    holders = [each for each in elements if len(each) and len(etree.tostring(each)) < 20_000]
    if not holders:
        return
    outer = dice.choice(holders)
    inner = dice.choice([each for each in outer.iter() if isinstance(each.tag, str)])
    pattern = copy.deepcopy(outer)
    for _time in range(dice.randint(1, _DEEPEST)):
        layer = copy.deepcopy(pattern)
        inner.append(layer)
        same = list(layer.iter(str(inner.tag)))
        inner = same[0] if same else layer


def _renamed(elements: list[etree._Element], dice: random.Random) -> None:
    dice.choice(elements).tag = dice.choice(elements).tag


def _odd_text(elements: list[etree._Element], dice: random.Random) -> None:
    spoken = [each for each in elements if each.text and each.text.strip()] or elements
    dice.choice(spoken).text = dice.choice(ODD_TEXTS).replace("\x00", "")


# ------------------------------------------------------------------------------- among the parts


def _part_lost(parts: Parts, dice: random.Random) -> None:
    if len(parts) > 1:
        del parts[dice.choice(sorted(parts))]


def _parts_swapped(parts: Parts, dice: random.Random) -> None:
    one, two = dice.choice(sorted(parts)), dice.choice(sorted(parts))
    parts[one], parts[two] = parts[two], parts[one]


def _part_cut(parts: Parts, dice: random.Random) -> None:
    name = dice.choice(sorted(parts))
    parts[name] = parts[name][: dice.randint(0, len(parts[name]))]


def _part_spoiled(parts: Parts, dice: random.Random) -> None:
    """Single bytes wrong: in pictures above all, where the rest still looks like a picture."""
    pictures = [name for name in sorted(parts) if not name.endswith((".xml", ".rels"))]
    name = dice.choice(pictures or sorted(parts))
    data = bytearray(parts[name])
    for _time in range(dice.randint(1, 8)):
        if data:
            data[dice.randrange(len(data))] = dice.randrange(256)
    parts[name] = bytes(data)


def _broken_bytes(data: bytes, dice: random.Random) -> bytes:
    """The packed file with wrong bytes, cut short, or with a part twice."""
    if dice.random() < 0.3:
        return data[: dice.randint(0, len(data))]
    spoiled = bytearray(data)
    for _time in range(dice.randint(1, 20)):
        spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
    return bytes(spoiled)


_HARMS: tuple[Callable[[Parts, random.Random], None], ...] = (
    *(
        _in_tree(harm)
        for harm in (
            _odd_values,
            _odd_values,
            _one_value_everywhere,
            _lost_value,
            _lost,
            _lost_everywhere,
            _repeated,
            _moved,
            _moved,
            _nested,
            _renamed,
            _odd_text,
        )
    ),
    _part_lost,
    _parts_swapped,
    _part_cut,
    _part_spoiled,
)
