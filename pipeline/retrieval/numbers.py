"""Look over the numbers that filed papers carry: none twice, and where a series is not continuous.

A number twice is damage. A gap is only named: it may be closed yet, and what the ledger knows to be reserved, void or
on a paper of the old register is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from itertools import pairwise

from pipeline.core.acts import NumberKey
from pipeline.core.messages import _
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledPaper
from pipeline.retrieval.damage import Damage, Note, Remark

_VALID = "valid"


_Given = dict[int, list[FiledPaper]]


def check_numbers(papers: Iterable[FiledPaper], known: Set[NumberKey] = frozenset()) -> Iterator[Remark]:
    """Numbers and 件号 that two valid papers carry, and the gaps of each series and each lowest class.

    ``known`` are the numbers that are not free, whoever has them.
    """
    numbers: dict[tuple[str, int], _Given] = defaultdict(lambda: defaultdict(list))
    pieces: dict[str, _Given] = defaultdict(lambda: defaultdict(list))
    taken: dict[tuple[str, int], set[int]] = defaultdict(set)
    for series, year, n in known:
        taken[series, year].add(n)
    for paper in papers:
        if paper.n:
            numbers[paper.series, paper.year][paper.n].append(paper)
        if paper.piece:
            pieces[paper.lowest_class][paper.piece].append(paper)
    for (series, year), given in sorted(numbers.items()):
        yield from _twice(given, lambda paper: paper.number)
        yield from _gaps(_("{series}（{year}年）").format(series=series, year=year), given.keys() | taken[series, year])
    for lowest_class, given in sorted(pieces.items()):
        yield from _twice(given, lambda paper: paper.archival_code)
        yield from _gaps(lowest_class, given)


def _twice(given: _Given, text: Callable[[FiledPaper], str]) -> Iterator[Remark]:
    """Numbers with two valid papers. A paper that was replaced or withdrawn may share its number with the next."""
    for papers in given.values():
        first, *others = [paper for paper in papers if paper.status == _VALID] or [papers[0]]
        for other in others:
            sentence = _("“{first}”和“{other}”用了同一个号").format(
                first=on_one_line(first.title), other=on_one_line(other.title)
            )
            yield Remark(Damage.NUMBER_TWICE, text(other), sentence)


def _gaps(series: str, given: Collection[int]) -> Iterator[Remark]:
    """The numbers between the first and the last that no filed paper carries."""
    present = sorted(given)
    gaps = [(low + 1, high - 1) for low, high in pairwise(present) if high - low > 1]
    if gaps:
        missing = "、".join(str(low) if low == high else f"{low}—{high}" for low, high in gaps)
        sentence = _("{first}—{last}之间缺 {missing}").format(first=present[0], last=present[-1], missing=missing)
        yield Remark(Note.NUMBER_GAP, series, sentence)
