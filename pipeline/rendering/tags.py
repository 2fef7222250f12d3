"""The structure of a paper for those who do not see it (tagged PDF, ISO 32000-1, 14.7 and 14.8): paragraphs, headings
and tables in reading order; what pages repeat is furniture (artifact).

WeasyPrint's own tags would make each stretch of lines a paragraph, since that is what it sees. We know which lines are
one paragraph, also over the end of a page, and so the tree is made here: each stretch gets a number on its page, and
the tree says what the numbers are. Frames and pictures stay outside it; PDF/A of level u asks for no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pydyf

from pipeline.rendering.model import Para
from pipeline.rendering.shown import Shown
from pipeline.rendering.writing import Verbatim

_MOST_LEVELS = 6


@dataclass(slots=True)
class _Element:
    """An element of the structure in the making; ``kids`` are elements, or (page index, number on the page)."""

    kind: str
    owner: object
    kids: list[_Element | tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Structure:
    """The root of the tree, made by ``mark_up`` before the pages are written."""

    root: _Element

    def write(self, pdf: pydyf.PDF, pages: Sequence[pydyf.Dictionary]) -> None:
        """Put the tree into the file; ``pages`` are its page dictionaries."""
        parents: list[list[bytes]] = [[] for _page in pages]
        tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(tree)
        tree["K"] = _written(self.root, tree, pdf, pages, parents).reference
        numbers = pydyf.Array()
        for index, (page, references) in enumerate(zip(pages, parents, strict=True)):
            if references:
                page["StructParents"] = index
                numbers.extend((index, pydyf.Array(references)))
        parent_tree = pydyf.Dictionary({"Nums": numbers})
        pdf.add_object(parent_tree)
        tree["ParentTree"], tree["ParentTreeNextKey"] = parent_tree.reference, len(pages)
        pdf.catalog["StructTreeRoot"] = tree.reference
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def mark_up(lines: Sequence[Shown]) -> Structure:
    """Give every stretch of lines its mark, in reading order, and make the tree of them."""
    root = _Element("Document", None)
    numbers: Counter[int] = Counter()
    for shown in lines:
        if shown.band or shown.again:
            shown.set(shown.type.marked("/Artifact BMC"))
            continue
        place = root
        for kind, owner in shown.path:
            place = _inside(place, kind, owner)
        kind = _kind(shown.type.owner)
        number = numbers[shown.page]
        numbers[shown.page] += 1
        _inside(place, kind, shown.type.owner).kids.append((shown.page, number))
        shown.set(shown.type.marked(f"/{kind} <</MCID {number}>> BDC"))
    return Structure(root)


def _kind(owner: Para | None) -> str:
    return f"H{min(owner.outline, _MOST_LEVELS)}" if owner is not None and owner.outline else "P"


def _inside(place: _Element, kind: str, owner: object) -> _Element:
    """The last kid of a place where it is still the same thing, else a new one."""
    last = place.kids[-1] if place.kids else None
    if isinstance(last, _Element) and last.kind == kind and owner is not None and last.owner is owner:
        return last
    made = _Element(kind, owner)
    place.kids.append(made)
    return made


def _written(
    element: _Element,
    parent: pydyf.Object,
    pdf: pydyf.PDF,
    pages: Sequence[pydyf.Dictionary],
    parents: list[list[bytes]],
) -> Verbatim:
    """The element as an object of the file, with all below it; notes in ``parents`` whose each number is."""
    made = Verbatim()
    pdf.add_object(made)
    kids: list[bytes] = []
    home = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    for kid in element.kids:
        if isinstance(kid, _Element):
            kids.append(_written(kid, made, pdf, pages, parents).reference)
            continue
        page, number = kid
        parents[page].append(made.reference)
        elsewhere = b"<</Type /MCR/Pg %b/MCID %d>>" % (pages[page].reference, number)
        kids.append(b"%d" % number if page == home else elsewhere)
    where = b"" if home is None else b"/Pg " + pages[home].reference
    made.data = b"<</Type /StructElem/S /%b/P %b%b/K [%b]>>" % (
        element.kind.encode(),
        parent.reference,
        where,
        b" ".join(kids),
    )
    return made
