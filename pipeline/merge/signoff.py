"""署名, 成文日期 and seal are put where GB/T 9704-2012 clause 7.3.5 wants them, after the merge knows the words.

A template only says that there is a name, a date and a seal. How far the date stands in depends on its width, the name
is centred over it, and the circle on both; so it is computed here, from the styles the template really has. The same is
done for the 盖章 lines in the cells of forms and agreements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.merge.fitting import inner_width
from pipeline.merge.ooxml import (
    NAMESPACES,
    WP,
    Element,
    align,
    blocks,
    indent,
    paragraph_property,
    points,
    scale_of,
    space,
    style_of,
    w,
    words_of,
)
from pipeline.merge.places import Places
from pipeline.merge.stylesheet import StyleSheet

NAME, DATE = "署名", "成文日期"
CELL_NAME, CELL_DATE = "盖章", "盖章日期"
JOINT_NAME, JOINT_DATE = "联合署名", "联合成文日期"

SEAL = "seal:"
"""What the name of a seal's drawing begins with."""

_EMU = 12700
_CHARACTER = 15.75
"""Points: one 三号 character with its spacing, 28 to the line."""

_SLACK = 4.0
"""Points at either side of a centred name, for programs that set it a little wider than it was reckoned."""


def place(body: Element, styles: StyleSheet, places: Places, *, area: float, diameter: float) -> tuple[str, ...]:
    """Set the ends of papers in ``body`` (``area`` points wide) and the seals in its tables' cells; ``diameter`` mm.

    Returns the names of seals that stand with no name and date, in other styles than these, and so have no place.
    """
    placed: list[Element] = []
    for group in _groups(body, styles, (NAME, DATE)):
        if styles.name(style_of(group[-1])) == DATE and len(group) > 1:
            _end_of_text(group, styles, places, area, diameter)
            placed += _anchors(group)
    for row in body.iter(w("tr")):
        placed += _row(row, styles, places, diameter)
    for table in body.iterfind("w:tbl", NAMESPACES):
        if any(styles.name(style_of(each)) == JOINT_NAME for each in table.iter(w("p"))):
            _keep_with_text(table)
    return tuple(_seal_of(anchor) for anchor in _anchors([body]) if anchor not in placed)


def _end_of_text(group: Sequence[Element], styles: StyleSheet, places: Places, area: float, diameter: float) -> None:
    *names, day = group
    look = styles.look(style_of(names[0]))
    name_width = max(look.widest(words_of(name)) for name in names)
    day_width = styles.look(style_of(day)).width(words_of(day))
    anchor = _anchor(group)
    if anchor is None:
        ends = places.unsealed(name=name_width, day=day_width, pitch=look.pitch, character=_CHARACTER)
    else:
        ends = places.sealed(
            area=area,
            name=name_width,
            lines=sum(look.lines(words_of(name), area) for name in names),
            day=day_width,
            pitch=look.pitch,
            character=_CHARACTER,
            diameter=diameter,
        )
        _put(anchor, day, ends.seal_left, ends.seal_top)
    _keep_with_text(names[0])
    for name in names:
        paragraph_property(name, "keepNext")
        paragraph_property(name, "keepLines")  # a name of two lines is not torn from its seal
        # names of different lengths are all centred over the date
        slack = (name_width - look.widest(words_of(name))) / 2 if anchor is not None else 0.0
        if "\n" in words_of(name):
            left = area - ends.name_right - name_width
            indent(name, left=max(0.0, left - _SLACK), right=max(0.0, ends.name_right - _SLACK))
            align(name, "center")
        else:
            indent(name, right=ends.name_right + slack)
            align(name, "right")
        space(name, before=ends.above if name is names[0] else 0.0)
    indent(day, right=ends.date_right)
    align(day, "right")
    space(day, before=0.0)


def _keep_with_text(first: Element) -> None:
    """The end of a paper never stands on a page without a line of its text (7.3.5.5)."""
    above = first.getprevious()
    if above is not None and above.tag == w("p"):
        paragraph_property(above, "keepNext")


def _row(row: Element, styles: StyleSheet, places: Places, diameter: float) -> Iterator[Element]:
    """Place the seals of a row of cells; where two parties seal side by side all is level, name by name."""
    groups = [
        (cell, group)
        for cell in row.iterfind("w:tc", NAMESPACES)
        for pair in ((CELL_NAME, CELL_DATE), (JOINT_NAME, JOINT_DATE))
        for group in _groups(cell, styles, pair)
    ]
    lines = [sum(_lines(cell, group, styles)) for cell, group in groups]
    placed = [_cell(cell, group, styles, places, diameter, max(lines)) for cell, group in groups]
    tallest = max((height for _above, height in placed), default=0.0)
    for (_box, group), (above, height) in zip(groups, placed, strict=True):
        if _is_dated(group, styles):  # a longer opinion beside it has made the row higher
            space(group[0], before=above + tallest - height)
        yield from _anchors(group)


def _is_dated(group: Sequence[Element], styles: StyleSheet) -> bool:
    """Whether a date stands below the name or 盖章: such a seal stands at the foot of its box."""
    return styles.name(style_of(group[-1])) == CELL_DATE


def _lines(cell: Element, group: Sequence[Element], styles: StyleSheet) -> list[int]:
    width = inner_width(cell)
    return [
        styles.look(style_of(paragraph)).lines(words_of(paragraph), width / scale_of(paragraph)) for paragraph in group
    ]


def _cell(
    cell: Element, group: Sequence[Element], styles: StyleSheet, places: Places, diameter: float, level: int
) -> tuple[float, float]:
    """Place one seal; its lines stand at the top of ``level`` lines, as many as the neighbour's take.

    A form's is near the right edge when a date follows it, one of several organs in the middle of its cell. Returns
    the space above the group and how high the cell's content now is, in points.
    """
    width = inner_width(cell)
    looks = [styles.look(style_of(paragraph)) for paragraph in group]
    lines = _lines(cell, group, styles)
    pitch = looks[-1].pitch
    ends = places.in_cell(
        width=width,
        words=min(width, max(look.widest(words_of(item)) for look, item in zip(looks, group, strict=True))),
        lines=level,
        pitch=pitch,
        diameter=diameter,
        to_the_right=_is_dated(group, styles),
    )
    below = ends.below + (level - sum(lines)) * pitch
    for paragraph in group:
        align(paragraph, "center")
        indent(paragraph, left=max(0.0, 2 * ends.centre - width))
        space(paragraph, before=0.0, after=0.0)
    used = _height_above(cell, group, styles, width) + sum(lines) * pitch + below
    foot = _row_height(cell) - used if _is_dated(group, styles) else 0.0
    above = max(ends.above, foot)
    space(group[0], before=above)
    space(group[-1], after=below)
    anchor = _anchor(group)
    if anchor is not None:
        _put(anchor, group[-1], ends.seal_left, ends.seal_top - sum(lines[:-1]) * pitch)
    return above, used + above


def _row_height(cell: Element) -> float:
    """The height that the row of a cell is said to have at least."""
    return points(next(cell.iterancestors(w("tr"))).find("w:trPr/w:trHeight", NAMESPACES), "val")


def _height_above(cell: Element, group: Sequence[Element], styles: StyleSheet, width: float) -> float:
    """How high the cell's words above a group are, with the cell's padding."""
    above = points(cell.find("w:tcPr/w:tcMar/w:top", NAMESPACES), "w")
    for paragraph in blocks(cell):
        if paragraph is group[0]:
            break
        look = styles.look(style_of(paragraph))
        above += look.lines(words_of(paragraph), width) * look.pitch
    return above


def _groups(container: Element, styles: StyleSheet, wanted: tuple[str, str]) -> Iterator[list[Element]]:
    """Runs of neighbouring paragraphs in the wanted styles: names first, then at most one date."""
    name, date = wanted
    group: list[Element] = []
    for child in container:
        style = styles.name(style_of(child)) if child.tag == w("p") else ""
        if style == name:
            group.append(child)
            continue
        if style == date:
            group.append(child)
        if group:
            yield group
        group = []
    if group:
        yield group


def _anchor(group: Sequence[Element]) -> Element | None:
    """The seal's drawing among these paragraphs."""
    return next(_anchors(group), None)


def _anchors(containers: Iterable[Element]) -> Iterator[Element]:
    for container in containers:
        yield from (anchor for anchor in container.iter(f"{{{WP}}}anchor") if _seal_of(anchor))


def _seal_of(anchor: Element) -> str:
    """The name of the seal a drawing holds a place for; empty for any other drawing."""
    properties = anchor.find(f"{{{WP}}}docPr")
    name = "" if properties is None else properties.get("name", "")
    return name.removeprefix(SEAL) if name.startswith(SEAL) else ""


def _put(anchor: Element, paragraph: Element, left: float, top: float) -> None:
    """Anchor a seal in ``paragraph`` with its corner at ``left`` from the column's edge, ``top`` from the line's top.

    The paragraph has no space above it: whether an anchor counts from below that space is a matter on which programs
    differ.
    """
    run = next(anchor.iterancestors(w("r")))
    if run.getparent() is not paragraph:
        paragraph.append(run)
    for axis, value in (("H", left), ("V", top)):
        for offset in anchor.iterfind(f"{{{WP}}}position{axis}/{{{WP}}}posOffset"):
            offset.text = str(round(value * _EMU))
