"""In which order the papers of a year get their 件号 (整理, DA/T 22-2015 clauses 5.3 and 5.4).

Clause 5.3: within the lowest class (year, retention, organisation) papers stand by time together with their matter
(按时间结合事由); those of one matter in the order in which they came to be, and sets (meetings, 成套文件) may stay
together. So matters follow one another by the day of their first paper, and the papers of a matter are not parted.
Clause 5.4: within the lowest class 件号 run from 1 without a gap; what comes later goes on after the last one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.core.archival import by_day, class_kept
from pipeline.core.values import ArchivalCode, FiledPaper
from pipeline.numbering.pattern import code_in


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper without 档号, its 保管期限 in force, and the name of its matter (事由): papers that share one belong
    together."""

    paper: FiledPaper
    retention: str
    matter: str

    @property
    def lowest_class(self) -> str:
        """The class it belongs to: that of its filing, but for the retention."""
        return class_kept(self.paper.lowest_class, self.retention)


@dataclass(frozen=True, slots=True)
class Arranged:
    """A paper and the 档号 it gets."""

    paper: FiledPaper
    code: ArchivalCode


def arrange(waiting: Iterable[Waiting], last_piece: Callable[[str], int]) -> tuple[Arranged, ...]:
    """Give every paper its 档号, class by class; the same papers get the same ones in whatever order they come.

    ``last_piece`` is the highest 件号 of a class that was ever given, 0 when none was. Raises ``ConfigurationError``
    when a class has used up its four figures.
    """
    classes: dict[str, list[Waiting]] = defaultdict(list)
    for one in waiting:
        classes[one.lowest_class].append(one)
    return tuple(
        Arranged(paper, code_in(lowest_class, piece))
        for lowest_class in sorted(classes)
        for piece, paper in enumerate(_in_order(classes[lowest_class]), start=last_piece(lowest_class) + 1)
    )


def _in_order(waiting: Iterable[Waiting]) -> Iterator[FiledPaper]:
    """The papers of one class: matter by matter, by the day of the first paper of each."""
    matters: dict[str, list[FiledPaper]] = defaultdict(list)
    for one in sorted(waiting, key=lambda one: by_day(one.paper)):
        matters[one.matter].append(one.paper)
    for papers in matters.values():  # in the order of their first papers, for so they were met
        yield from papers
