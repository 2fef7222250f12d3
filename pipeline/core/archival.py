"""档号 by DA/T 22-2015 clause 5.4: how it is built, and what a paper is called that has none yet.

    D001-WS·2020-D30-ZZB-0012      全宗号-门类代码·年度-保管期限-机构代码-件号

An office gives it when a paper is filed, or puts the papers of a year in order later and gives it then (整理). Until
then a paper has its lowest class and no 件号: ``ArchivalCode(lowest_class, 0, "")``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.core.values import ArchivalCode, FiledPaper

ARCHIVAL_CODE = re.compile(
    r"(?P<lowest_class>[A-Z0-9]{4}-WS·[0-9]{4}-(?P<retention>Y|D30|D10)(?:-[A-Z0-9]{3})?)-(?P<piece>[0-9]{4})"
)
"""A whole 档号, for ``fullmatch``: 全宗号-WS·年度-保管期限[-机构]-件号."""

LAST_PIECE = 9999
"""件号 has four figures (DA/T 22-2015 clause 5.4)."""

UNARRANGED = "待整理"
"""What lists and answers say in the place of a 档号 that is still to be given."""


def read_code(text: str) -> ArchivalCode:
    """A 档号 from its text. Raises ``ValueError`` for what is none."""
    match = ARCHIVAL_CODE.fullmatch(text)
    if match is None:
        raise ValueError(f"no archival code: {text}")
    return ArchivalCode(match["lowest_class"], int(match["piece"]), text)


def retention_of(code: ArchivalCode) -> str:
    """The 保管期限 that a 档号 says (Y, D30, D10). Raises ``ValueError`` for what is none."""
    match = ARCHIVAL_CODE.fullmatch(code.text)
    if match is None:
        raise ValueError(f"no archival code: {code.text}")
    return match["retention"]


def class_kept(lowest_class: str, retention: str) -> str:
    """The same class with another 保管期限: where a paper belongs that is kept longer than its kind.

    >>> class_kept("D001-WS·2020-D10-ZZB", "Y")
    'D001-WS·2020-Y-ZZB'
    """
    return re.sub(r"(?<=-)(?:Y|D30|D10)(?=-|$)", retention, lowest_class, count=1)


def with_code(paper: FiledPaper, text: str) -> FiledPaper:
    """The paper as it is after the arrangement gave it this 档号: its 保管期限 is the one that the code says.

    One that was filed with a 档号, or that is given none ("", as ``Standing.archival_code`` has it), stays as it is.
    """
    if paper.archival_code or not text:
        return paper
    code = read_code(text)
    return replace(
        paper,
        archival_code=code.text,
        lowest_class=code.lowest_class,
        piece=code.piece,
        retention=retention_of(code),
    )


def called(paper: FiledPaper) -> str:
    """What tells a paper from others in a list: its number, else its 档号, else that it waits for one."""
    return paper.number or paper.archival_code or UNARRANGED


def by_day(paper: FiledPaper) -> tuple[object, ...]:
    """The order in which papers came to be: by day, on one day by number, then by what else tells them apart.

    The archive alone gives the same order, whatever order its papers are read in.
    """
    return paper.date, paper.series, paper.n, paper.filed_at, paper.title, paper.version, paper.paper


def filed_order(paper: FiledPaper) -> tuple[object, ...]:
    """How the papers of one day follow each other: by what their records say, so that a rebuilt register agrees."""
    return paper.filed_at, *catalogue_order(paper)


def catalogue_order(paper: FiledPaper) -> tuple[object, ...]:
    """The order of a catalogue: class by class and piece by piece; what waits for its 件号 comes last, by day."""
    return paper.lowest_class, paper.piece or LAST_PIECE + 1, *by_day(paper)
