"""Which kind of paper a workbook is for, and which of its sheets holds which table.

Headings decide. Many forms share theirs (序号, 单位, 姓名, 日期), so where two kinds fit nearly alike the names decide:
of the file, of the sheets, and the title above the table; the longer name is the closer one (会议通知 holds 通知). When
no name tells them apart nobody is asked to be lucky: the workbook comes back with both names. When none fits, the
nearest is named with what it lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.core.findings import Code, Finding
from pipeline.core.kind import Kind, Table
from pipeline.core.messages import _
from pipeline.core.values import Sheet, Workbook
from pipeline.sheets.forms import FilledForm, locate_forms
from pipeline.sheets.headings import Headings, folded
from pipeline.sheets.marks import is_ours
from pipeline.sheets.tables import Located, locate

Found = Located | FilledForm

_NEARLY = 1.0
"""Scores less than this apart may come from one heading more or less."""

_TITLE_ROWS = 5


@dataclass(frozen=True, slots=True)
class Recognised:
    """A kind and the tables of the workbook that are its own; ``left_over`` are sheets with content of another sort.

    ``named`` is how many characters of a name of this kind the workbook bears, ``closest`` the table with most headings
    found, even where that is too few to be one.
    """

    kind: Kind
    tables: tuple[Found, ...]
    left_over: tuple[Sheet, ...]
    score: float
    named: int
    closest: Found | None = None

    def of(self, table: Table) -> tuple[Found, ...]:
        """The sheets that hold this table."""
        return tuple(found for found in self.tables if found.table is table)


def recognise(workbook: Workbook, kinds: Sequence[Kind], file_name: str) -> Recognised | Finding:
    """The kind that fits best, or the finding that says why none does."""
    sheets = [sheet for sheet in workbook.sheets if (sheet.grid or sheet.pictures) and not is_ours(sheet)]
    visible = [sheet for sheet in sheets if not sheet.hidden]
    if not visible:
        return Finding(Code.EMPTY, hint=_("表里还没有填内容，请填好后再放进来"))
    candidates = sorted((_fit(visible, kind, file_name) for kind in kinds), key=lambda fit: -fit.score)
    if not candidates or candidates[0].score <= 0 or not _enough(candidates[0]):
        return _unknown(candidates, kinds)
    alike = [fit for fit in candidates if candidates[0].score - fit.score < _NEARLY and _enough(fit)]
    longest = max(fit.named for fit in alike)
    named = [fit for fit in alike if fit.named == longest]
    if len(named) > 1:
        return _undecided(named)
    return named[0]


def _undecided(alike: Sequence[Recognised]) -> Finding:
    one, other = alike[:2]
    return Finding(
        Code.KIND_UNKNOWN,
        found=_("“{one}”和“{other}”都像").format(one=one.kind.name, other=other.kind.name),
        expected=_("看得出是哪一种表"),
        hint=_("请把工作表或文件的名称改成表的名称，如“{name}”").format(name=one.kind.name),
    )


def _fit(sheets: Sequence[Sheet], kind: Kind, file_name: str) -> Recognised:
    headings = [Headings(table) for table in kind.tables]
    tables: list[Found] = []
    left_over = []
    score = 0.0
    closest: Found | None = None
    for sheet in sheets:
        readings = [reading for words in headings for reading in _readings(sheet, words)]
        for reading in readings:
            closest = max(closest, reading[0], key=_size)
        best = max(readings, key=lambda reading: (_worth(reading[0]), _bears_name(reading[0])), default=())
        if best and _worth(best[0]) > 0:
            tables.extend(best)
            score += _worth(best[0])
        else:
            left_over.append(sheet)
    return Recognised(kind, tuple(tables), tuple(left_over), score, _named(kind, tables, file_name), closest)


def _named(kind: Kind, tables: Sequence[Found], file_name: str) -> int:
    """The length of the longest name of this kind that file, sheets or the titles above the tables bear."""
    name = folded(kind.name)
    texts = [file_name, *(found.sheet.name for found in tables), *(text for found in tables for text in _titles(found))]
    lengths = [len(name) for text in texts if name in folded(text)]
    lengths += [len(folded(found.sheet.name)) for found in tables if _bears_name(found)]
    return max(lengths, default=0)


def _bears_name(found: Found) -> bool:
    """Whether the sheet has a name that its table may have."""
    return folded(found.sheet.name) in map(folded, found.table.sheets)


def _titles(found: Found) -> list[str]:
    """The texts in the first rows of a sheet, above the headings of its table."""
    last = min(_TITLE_ROWS, found.first - 1) if isinstance(found, Located) else _TITLE_ROWS
    return [value for line in found.sheet.grid[:last] for value in line if isinstance(value, str)]


def _readings(sheet: Sheet, words: Headings) -> list[tuple[Found, ...]]:
    """The table in the sheet as rows, or as filled forms where these have more labels than it has headings."""
    table = locate(sheet, words)
    forms = locate_forms(sheet, words) if words.table.form else ()
    if forms and len(forms[0].boxes) > (len(table.columns) if table else 0):
        return [forms]
    return [(table,)] if table else []


def _worth(found: Found) -> float:
    """Fields found, less half of what stands there unknown and all that is missing."""
    if isinstance(found, FilledForm):
        return len(found.boxes) - len(found.missing)
    return len(found.columns) - 0.5 * len(found.unknown) - len(found.missing)


def _enough(fit: Recognised) -> bool:
    """Whether at least half of the required fields of some table are there."""
    return any(2 * len(found.missing) <= sum(field.required for field in found.table.fields) for found in fit.tables)


def _size(found: Found | None) -> int:
    """How many fields were found."""
    if found is None:
        return 0
    return len(found.boxes) if isinstance(found, FilledForm) else len(found.columns)


def _unknown(candidates: Sequence[Recognised], kinds: Sequence[Kind]) -> Finding:
    names = _("、").join(_("“{name}”").format(name=kind.name) for kind in kinds)
    hint = _("请使用本办公室发的空白表填写，表头不要改动")
    nearest = max(candidates, key=lambda fit: _size(fit.closest), default=None)
    if nearest and nearest.closest:
        missing = nearest.closest.missing
        lacking = _("、").join(_("“{heading}”").format(heading=field.heading) for field in missing[:6])
        hint = _("最像“{name}”，但缺少表头{lacking}{more}；{advice}").format(
            name=nearest.kind.name, lacking=lacking, more=_("等") if len(missing) > 6 else "", advice=hint
        )
    return Finding(Code.KIND_UNKNOWN, expected=_("下列表中的一种：{names}").format(names=names), hint=hint)
