"""List numbers: which level a paragraph stands on, what its number reads, and where its text begins (17.9).

Counters live as long as one document is laid out and run over all stories in order. Two lists (w:num) of one pattern
(w:abstractNum) share their counters unless one overrides the start; that is how Word continues a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.rendering.counters import counted
from pipeline.rendering.markup import Element, attribute, child, children, flag, value
from pipeline.rendering.properties import EMPTY, Properties, paragraph_properties, run_properties
from pipeline.rendering.units import integer

LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One w:lvl. ``pattern`` is w:lvlText (``%1.%2``), ``suffix`` what follows: "tab", "space" or "nothing"."""

    index: int
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    align: str = "left"
    restart: int | None = None
    legal: bool = False
    style: str = ""
    picture: bool = False
    run: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class List:
    """One w:num: the pattern it belongs to, its levels with its overrides, and the levels whose start it overrides."""

    pattern: str
    levels: Mapping[int, Level]
    overridden: frozenset[int]


@dataclass(frozen=True, slots=True)
class Numbering:
    """All lists of a file by w:numId."""

    lists: Mapping[str, List] = field(default_factory=dict)

    def level(self, list_id: str, index: int) -> Level | None:
        """A level of a list, or None when the list, the level or both are absent (w:numId 0 means no number)."""
        found = self.lists.get(list_id)
        return found.levels.get(index) if found else None

    def level_of_style(self, list_id: str, style: str) -> Level | None:
        """The level of a list that is tied to a paragraph style (w:pStyle in w:lvl)."""
        found = self.lists.get(list_id)
        return next((level for level in found.levels.values() if level.style == style), None) if found else None


@dataclass(slots=True)
class Counters:
    """The counters of one document. ``next`` is asked once for each numbered paragraph, in document order."""

    numbering: Numbering
    _values: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def copy(self) -> Counters:
        """Counters that go on from here by themselves."""
        return Counters(self.numbering, {key: dict(each) for key, each in self._values.items()}, set(self._begun))

    def next(self, list_id: str, level: Level) -> str:
        """Count one paragraph and return its number as it reads, without what follows it."""
        found = self.numbering.lists[list_id]
        values = self._values.setdefault(found.pattern, {})
        fresh = level.index in found.overridden and (list_id, level.index) not in self._begun
        if fresh or level.index not in values:
            values[level.index] = level.start
        else:
            values[level.index] += 1
        self._begun.add((list_id, level.index))
        for deeper in [index for index in values if index > level.index]:
            if self._restarts(found.levels.get(deeper), level.index):
                del values[deeper]
        return self._written(found, values, level)

    @staticmethod
    def _restarts(deeper: Level | None, after: int) -> bool:
        """w:lvlRestart: absent, every higher level restarts it; 0, none does; n, levels up to the n-th do."""
        return deeper is None or deeper.restart is None or (deeper.restart != 0 and after < deeper.restart)

    @staticmethod
    def _written(found: List, values: dict[int, int], level: Level) -> str:
        reading = level.pattern
        for index in range(LEVELS):
            mark = f"%{index + 1}"
            if mark in reading:
                other = found.levels.get(index, level)
                form = "decimal" if level.legal and index < level.index else other.format
                reading = reading.replace(mark, counted(values.get(index, other.start), form))
        return reading


def read_numbering(root: Element | None) -> Numbering:
    """The lists of a numbering part; none for no part."""
    patterns = {attribute(pattern, "w:abstractNumId"): pattern for pattern in children(root, "w:abstractNum")}
    by_style = {
        value(link): pattern
        for pattern in patterns.values()
        if (link := child(pattern, "w:styleLink")) is not None
    }  # fmt: skip
    lists = {}
    for element in children(root, "w:num"):
        name = value(child(element, "w:abstractNumId"))
        pattern = patterns.get(name)
        if pattern is not None and (link := child(pattern, "w:numStyleLink")) is not None:
            pattern = by_style.get(value(link), pattern)
        levels = {level.index: level for level in map(_level, children(pattern, "w:lvl"))}
        overridden = set()
        for override in children(element, "w:lvlOverride"):
            index = integer(attribute(override, "w:ilvl", "0"))
            replacing, start = child(override, "w:lvl"), child(override, "w:startOverride")
            if replacing is not None:
                levels[index] = _level(replacing)
            if start is not None and index in levels:
                levels[index] = replace(levels[index], start=integer(value(start, "1")))
                overridden.add(index)
        lists[attribute(element, "w:numId")] = List(name, levels, frozenset(overridden))
    return Numbering(lists)


def _level(element: Element) -> Level:
    form = value(child(element, "w:numFmt"), "decimal")
    restart = child(element, "w:lvlRestart")
    return Level(
        index=integer(attribute(element, "w:ilvl", "0")),
        start=integer(value(child(element, "w:start"), "0")),
        format=form,
        pattern="" if form == "none" and not value(child(element, "w:lvlText")) else value(child(element, "w:lvlText")),
        suffix=value(child(element, "w:suff"), "tab"),
        align=value(child(element, "w:lvlJc"), "left"),
        restart=None if restart is None else integer(value(restart, "0")),
        legal=flag(child(element, "w:isLgl")),
        style=value(child(element, "w:pStyle")),
        picture=child(element, "w:lvlPicBulletId") is not None,
        run=run_properties(element),
        paragraph=paragraph_properties(element) or EMPTY,
    )
