"""bundle.toml as a ``Bundle``: read, and every name in it held against the set's own tables and the kinds it makes.

A pattern that names what is not there would leave an empty box in an official paper, or stop a secretary's workbook for
a fault that is the office's own; so the file is refused before anybody uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Annotated

from pydantic import Field, ValidationError

from pipeline.core.bundle import NUMBER_OF, Bundle, PaperOf, RowsOf
from pipeline.core.configuration import TomlTable, faults, read_toml
from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import Kind, Table
from pipeline.core.messages import _
from pipeline.kinds.catalogue import Catalogue
from pipeline.kinds.load import load_kind

FOLDER, FILE = "_bundles", "bundle.toml"


class _Rows(TomlTable):
    source: str
    fill: dict[str, str]


class _Paper(TomlTable):
    kind: str
    fill: dict[str, str]
    each: str = ""
    rows: dict[str, _Rows] = Field(default_factory=dict)


class _File(TomlTable):
    paper: Annotated[tuple[_Paper, ...], Field(min_length=1)]


def load_bundles(folders: Iterable[Path], kinds: Catalogue) -> tuple[Bundle, ...]:
    """The sets in ``_bundles`` below each of the template folders; a later one takes the place of one with its id.

    Raises ``ConfigurationError`` that names the file and everything wrong in it.
    """
    places = [place for folder in folders for place in sorted((folder / FOLDER).glob("*")) if place.is_dir()]
    found = {bundle.kind.id: bundle for bundle in (_load(place, kinds) for place in places)}
    return tuple(found[name] for name in sorted(found))


def _load(folder: Path, kinds: Catalogue) -> Bundle:
    own, path = load_kind(folder), folder / FILE
    try:
        file = _File(**read_toml(path))
    except ValidationError as error:
        lines = faults(error, lambda location: ".".join(map(str, location)))
        raise _wrong(path, lines) from None
    strange = [paper.kind for paper in file.paper if kinds.find(paper.kind) is None]
    if strange:
        raise _wrong(path, [_("没有文种“{name}”").format(name=name) for name in strange])
    papers = tuple(_paper(paper, kinds.get(paper.kind)) for paper in file.paper)
    bundle = Bundle(own, papers)
    lines = tuple(_disagreements(bundle))
    if lines:
        raise _wrong(path, lines)
    return bundle


def _paper(paper: _Paper, kind: Kind) -> PaperOf:
    rows = {table: RowsOf(one.source, one.fill) for table, one in paper.rows.items()}
    return PaperOf(kind, paper.fill, paper.each, rows)


def _wrong(path: Path, lines: Iterable[str]) -> ConfigurationError:
    return ConfigurationError("\n".join(lines), where=str(path), remedy=_("改好这些键后再运行一次"))


def _disagreements(bundle: Bundle) -> Iterator[str]:
    """Fields, tables and references that are not there, and boxes that would stay empty."""
    details = {table.id: table for table in bundle.kind.details}
    numbered: set[str] = set()
    for paper in bundle.papers:
        if paper.each and paper.each not in details:
            yield _("{kind}：没有“{name}”这张表").format(kind=paper.kind.id, name=paper.each)
            continue
        each = details.get(paper.each)
        yield from _of_table(bundle, paper.kind, paper.kind.head, paper.fill, each, numbered)
        targets = {table.id: table for table in paper.kind.details}
        for name, rows in paper.rows.items():
            if name not in targets or rows.source not in details:
                yield _("{kind}：没有“{name}”这张表").format(kind=paper.kind.id, name=f"{name}, {rows.source}")
            else:
                yield from _of_table(bundle, paper.kind, targets[name], rows.fill, details[rows.source], numbered)
        if paper.kind.numbering is not None and not paper.each:
            numbered.add(paper.kind.id)


def _of_table(
    bundle: Bundle, kind: Kind, target: Table, fill: Mapping[str, str], source: Table | None, numbered: set[str]
) -> Iterator[str]:
    known = {field.id for table in (bundle.kind.head, source) if table is not None for field in table.fields}
    fields = {field.id: field for field in target.fields}
    for name, pattern in fill.items():
        if name not in fields:
            yield _("{kind}：没有“{name}”这个字段").format(kind=kind.id, name=name)
        for named in names_in(pattern):
            is_number = named.startswith(NUMBER_OF)
            if named not in known and not (is_number and named.removeprefix(NUMBER_OF) in numbered):
                yield _("{kind}.{field}：“{name}”不知道指什么").format(kind=kind.id, field=name, name=named)
    for name, field in fields.items():
        if field.required and name not in fill:
            yield _("{kind}：必填的“{name}”没有写怎么填").format(kind=kind.id, name=name)


def names_in(pattern: str) -> list[str]:
    """What stands in the braces of a pattern: field ids, and ``number:kind``."""
    return [f"{name}:{spec}" if spec else name for _text, name, spec, _conversion in Formatter().parse(pattern) if name]
