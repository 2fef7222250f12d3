"""Tables: the grid, the cells on it with what they span, their widths, heights and contents.

Cells merged downwards are written once in every row; here they become one cell with a number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.core.messages import _
from pipeline.rendering.cells import CellFormat, cell_format, row_format, table_format
from pipeline.rendering.column_widths import ColumnCell, column_widths, longest_word
from pipeline.rendering.edges import Box, Edges
from pipeline.rendering.job import UNENDING, Job, Place
from pipeline.rendering.markup import Element, attribute, child, flag, kind, value, words_of
from pipeline.rendering.measure import height_of, natural_width
from pipeline.rendering.model import NO_GRID, Block, Cell, Para, Table, TableRow
from pipeline.rendering.refusals import ACCEPT_CHANGES, IGNORED, REFUSED, striped
from pipeline.rendering.table_looks import CellSpot, TableStyle, table_style
from pipeline.rendering.turned import DOWN, UP, UPRIGHT, turned
from pipeline.rendering.units import integer, twips
from pipeline.rendering.upright import NARROW, along, upright

MAX_COLUMNS = 63
"""Word's own limit."""

_WORD_2013 = 15
_UNHANDLED = {"tblCellSpacing": "单元格间距", "bidiVisual": "从右向左的表格"}


_SOMEWHERE = CellSpot(0, 1, 0, 1, 1)


@dataclass(slots=True)
class _Place:
    """A cell of the file on the grid; ``rows`` grows while the rows below are read."""

    element: Element
    row: int
    column: int
    span: int
    rows: int = 1
    spot: CellSpot = _SOMEWHERE
    format: CellFormat | None = None


def set_table(job: Job, place: Place, element: Element) -> Table:
    """Set a w:tbl between the margins of its place."""
    properties = child(element, "w:tblPr")
    for name, words in _UNHANDLED.items():
        if child(properties, f"w:{name}") is not None:
            job.refuse(_(words), place, element)
    row_elements = _rows(job, place, element)
    placed = _placed(job, place, row_elements)
    style = table_style(job.source.styles, properties)
    form = table_format(style, properties)
    every = [cell for row in placed for cell in row]
    across = max((cell.column + cell.span for cell in every), default=1)

    edges = Edges()
    for cell in every:
        cell.spot = CellSpot(cell.row, len(row_elements), cell.column, cell.span, across)
        styled = style.cell(cell.spot)
        exception = child(row_elements[cell.row], "w:tblPrEx")
        cell.format = cell_format(form, exception, styled.parts, child(cell.element, "w:tcPr"), cell.spot, cell.rows)
        edges.claim(_box(cell), cell.format.stated, cell.format.inherited)
    columns = column_widths(element, [_column_cell(job, place, cell, style) for cell in every], place.width)

    formats = [row_format(each) for each in row_elements]
    rows = []
    for index, row in enumerate(placed):
        cells = tuple(_cell(job, place, style, cell, columns, edges, formats) for cell in row)
        rows.append(replace(formats[index], cells=cells))
        if _is_cut(rows[-1]):
            job.refuse(
                _("固定行高装不下的文字"), place, row_elements[index], _("在“表格属性-行”里把行高值改为“最小值”")
            )
    return Table(columns, _with_header(rows), x=_offset(job, place, columns, placed, properties))


def _rows(job: Job, place: Place, parent: Element) -> list[Element]:
    """The w:tr of a table, those in content controls too."""
    rows: list[Element] = []
    for element in parent:
        name = kind(element)
        if name == "w:tr":
            rows.append(element)
            for change in ("w:ins", "w:del"):
                if child(element, "w:trPr", change) is not None:
                    job.refuse(_("修订（表格的行）"), place, element, _(ACCEPT_CHANGES))
        elif name == "w:sdt":
            content = child(element, "w:sdtContent")
            rows += _rows(job, place, content) if content is not None else []
        elif name in REFUSED:
            job.refuse(_(REFUSED[name]), place, element)
        elif name == "w:customXml":
            rows += _rows(job, place, element)
        elif name not in IGNORED and name != "w:bookmarkStart":
            job.refuse(_("不认识的内容（{name}）").format(name=name), place, element)
    return rows


def _cells(row: Element) -> list[Element]:
    cells: list[Element] = []
    for element in row:
        name = kind(element)
        if name == "w:tc":
            cells.append(element)
        elif name in ("w:sdt", "w:customXml"):
            content = child(element, "w:sdtContent") if name == "w:sdt" else element
            cells += _cells(content) if content is not None else []
    return cells


def _placed(job: Job, place: Place, row_elements: list[Element]) -> list[list[_Place]]:
    """Every cell on the grid, row by row, cells merged downwards joined."""
    rows: list[list[_Place]] = []
    open_merges: dict[int, _Place] = {}
    for index, row in enumerate(row_elements):
        column = min(max(integer(value(child(row, "w:trPr", "w:gridBefore"), "0")), 0), MAX_COLUMNS)
        current: list[_Place] = []
        still_open: dict[int, _Place] = {}
        for element in _cells(row):
            properties = child(element, "w:tcPr")
            span = max(integer(value(child(properties, "w:gridSpan"), "1")), 1)
            if column + span > MAX_COLUMNS:
                job.refuse(_("超过 63 列的表格"), place, row)
                break
            across, down = child(properties, "w:hMerge"), child(properties, "w:vMerge")
            if across is not None and value(across, "continue") == "continue" and current:
                current[-1].span += span
            elif (
                down is not None and value(down, "continue") == "continue"
                and (above := open_merges.get(column)) is not None and above.span == span
            ):  # fmt: skip
                above.rows += 1
                still_open[column] = above
                if words_of(element):
                    job.refuse(
                        _("被合并掉的单元格里还有文字"), place, element, _("在 Word 里拆分该单元格，删去多余文字")
                    )
            else:
                cell = _Place(element, index, column, span)
                current.append(cell)
                if down is not None:
                    still_open[column] = cell
            column += span
        open_merges = still_open
        rows.append(current)
    return rows


def _column_cell(job: Job, place: Place, cell: _Place, style: TableStyle) -> ColumnCell:
    """A cell for the column widths, which have it measured where they depend on its contents."""
    form, properties = cell.format, child(cell.element, "w:tcPr")
    assert form is not None
    margins = form.padding[1] + form.padding[3]
    look = style.cell(cell.spot).look

    def extent(measuring: Literal["paragraphs", "words"]) -> float:
        known = job.extents.get((cell.element, measuring))
        if known is None:  # a table within twenty others would else be measured two times two times two …
            trial = job.rehearsal()
            inner = replace(place, width=UNENDING, look=look, in_table=True, measuring=measuring)
            known = natural_width(trial.blocks(trial, inner, list(cell.element))) + margins
            job.extents[cell.element, measuring] = known
        return known

    def least(width: float) -> float:
        if not form.direction and flag(child(properties, "w:noWrap")):
            return extent("paragraphs")
        fits = form.direction or longest_word(cell.element) <= width - margins
        return 0.0 if fits else extent("words")

    return ColumnCell(cell.column, cell.span, properties, least, lambda: extent("paragraphs"))


def _offset(
    job: Job, place: Place, columns: tuple[float, ...], placed: list[list[_Place]], properties: Element | None
) -> float:
    """The left edge from the left margin. Before Word 2013 the text of the first cell stood on the margin."""
    aligned = value(child(properties, "w:jc"), "left")
    slack = place.width - sum(columns)
    if aligned == "center":
        return slack / 2
    if aligned in ("right", "end"):
        return slack
    indent = child(properties, "w:tblInd")
    x = twips(attribute(indent, "w:w", "0")) if attribute(indent, "w:type", "dxa") == "dxa" else 0.0
    first = next((row[0] for row in placed if row), None)
    if first is None or first.format is None or job.source.settings.compatibility >= _WORD_2013 or place.in_table:
        return x
    return x - first.format.padding[3]


def _box(cell: _Place) -> Box:
    return Box(cell.row, cell.column, cell.row + cell.rows, cell.column + cell.span)


def _cell(
    job: Job,
    place: Place,
    style: TableStyle,
    cell: _Place,
    columns: tuple[float, ...],
    edges: Edges,
    rows: list[TableRow],
) -> Cell:
    form = cell.format
    assert form is not None
    if striped(form.shades.get("val", "")):
        job.refuse(_("条纹底纹"), place, cell.element)
    top, right, bottom, left = form.padding
    width = sum(columns[cell.column : cell.column + cell.span]) - left - right
    height = sum(row.height for row in rows[cell.row : cell.row + cell.rows])
    fitted = flag(child(cell.element, "w:tcPr", "w:tcFitText")) and not form.direction
    inner = replace(place, width=max(width, 1.0), look=style.cell(cell.spot).look, in_table=True, fitted=fitted)
    valign = form.valign
    if form.direction:
        blocks, valign = _column(job, inner, cell, height - top - bottom)
    else:
        blocks = job.blocks(job, inner, list(cell.element))
        if flag(child(cell.element, "w:tcPr", "w:hideMark")) and _is_empty(blocks):
            blocks = ()
    return Cell(
        blocks=blocks,
        column=cell.column,
        span=cell.span,
        rows=cell.rows,
        borders=edges.drawn(_box(cell)),
        shading=form.shading(job.source.theme),
        padding=(top, right, bottom, left),
        valign=valign,
        diagonals=form.diagonals,
    )


def _is_empty(blocks: tuple[Block, ...]) -> bool:
    """Whether there is nothing in a cell but the mark of its end (w:hideMark: which then makes its row no higher)."""
    return all(isinstance(block, Para) and not block.shapes and not _has_parts(block) for block in blocks)


def _has_parts(para: Para) -> bool:
    return any(line.parts for line in para.lines)


def _column(
    job: Job, place: Place, cell: _Place, height: float
) -> tuple[tuple[Block, ...], Literal["top", "middle", "bottom"]]:
    """The contents of a cell with vertical text and where they stand; refused when they cannot be turned.

    One column of upright characters fits the height its row comes to have; others that which the file states.
    """
    form = cell.format
    assert form is not None
    trial = job.rehearsal()
    narrow = replace(place, width=NARROW, grid=NO_GRID)
    height = max(height, 0.0)
    if form.direction in UPRIGHT and upright(
        trial.blocks(trial, narrow, list(cell.element)), place.width, height, form.valign
    ):
        single = upright(job.blocks(job, narrow, list(cell.element)), place.width, height, form.valign)
        assert single is not None
        return (single[0],), single[1]
    long = replace(place, width=height or UNENDING, grid=NO_GRID, measuring="" if height else "paragraphs")
    blocks = job.blocks(job, long, list(cell.element))
    if not any(isinstance(block, Table) or any(line.text for line in block.lines) for block in blocks):
        return blocks, "top"
    known = form.direction in UPRIGHT | DOWN | UP
    para = turned(blocks, form.direction, place.width, height, form.valign) if known else None
    if para is None:
        job.refuse(_("竖排的单元格"), place, cell.element, _("把文字方向改为横排，每字一行"))
        return blocks, form.valign
    return (para,), along(blocks)


def _is_cut(row: TableRow) -> bool:
    """Whether an exact row hides words of its cells; half of the last line may be cut, which is its empty foot."""
    if row.rule != "exact":
        return False
    for cell in row.cells:
        last = cell.blocks[-1] if cell.blocks else None
        spare = last.lines[-1].height / 2 if isinstance(last, Para) and last.lines else 0.0
        if cell.rows == 1 and height_of(cell.blocks) - spare > row.height:
            return True
    return False


def _with_header(rows: list[TableRow]) -> tuple[TableRow, ...]:
    """Only the first rows in one stretch are repeated on every page (17.4.78)."""
    stretch = True
    result = []
    for row in rows:
        stretch = stretch and row.header
        result.append(replace(row, header=stretch))
    return tuple(result)
