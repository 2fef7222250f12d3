"""A set of papers that one workbook makes in one go (成套文件): which kinds, and from what their fields are filled.

The set's own tables are those of a kind without a Word file; a paper of the set takes its values from them by patterns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.core.kind import Kind

NUMBER_OF = "number:"
"""``{number:reply}`` in a pattern stands for the number that the set's paper of the kind ``reply`` carries."""


@dataclass(frozen=True, slots=True)
class RowsOf:
    """A detail table of a paper: one row for each row of the set's table ``source``."""

    source: str
    fill: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PaperOf:
    """One paper of the set, or one for each row of the table ``each``. ``fill`` maps field to pattern.

    A pattern that is one ``{field}`` alone gives the value as it is; in any other a day is written out.
    """

    kind: Kind
    fill: Mapping[str, str]
    each: str = ""
    rows: Mapping[str, RowsOf] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A set: its own tables as a kind, and its papers in the order of their making."""

    kind: Kind
    papers: tuple[PaperOf, ...]
