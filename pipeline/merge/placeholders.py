"""Which fields a template asks for, found by reading its Jinja as Jinja does, without merging anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import jinja2
from jinja2 import nodes

from pipeline.core.messages import _
from pipeline.merge.context import STANDARD_NAMES
from pipeline.merge.environment import sandbox
from pipeline.merge.lint import faults
from pipeline.merge.template import bytes_of, fault, sources_of

_FUNCTIONS = {"seal", "signature"}
_LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Placeholders:
    """What a template asks for. ``tables`` maps a detail table's id to the fields used of its rows.

    ``asked`` are those of which it only asks whether they are there (``{%p if note %}``) and which it does not use,
    as ``field`` or ``table.field``: whatever is filled in there is printed nowhere.
    ``faults`` are misspelt placeholders, one sentence each; where there are any the rest may be incomplete.
    """

    variables: frozenset[str]
    tables: Mapping[str, frozenset[str]]
    seals: frozenset[str]
    signatures: frozenset[str]
    asked: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()


@dataclass
class _Found:
    variables: set[str] = field(default_factory=set)
    tables: dict[str, set[str]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    marks: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in _FUNCTIONS})
    faults: list[str] = field(default_factory=list)


def placeholders(template: Path) -> Placeholders:
    """All placeholders of a template as it is now. Raises ``ConfigurationError`` when the file is no Word file."""
    return _placeholders(template, bytes_of(template))


@lru_cache(maxsize=64)
def _placeholders(template: Path, data: bytes) -> Placeholders:
    parts, sources = sources_of(template, data)
    found = _Found()
    environment = sandbox()
    for name, source in sources.items():
        found.faults.extend(faults(parts[name]))
        try:
            tree = environment.parse(source)
        except jinja2.TemplateSyntaxError as error:
            wrong = fault(template, source, error)
            found.faults.append(f"{wrong.where}: {wrong.what}")
            continue
        _walk(tree, {}, found)
    variables = found.variables - found.tables.keys() - STANDARD_NAMES
    used = variables | {f"{table}.{name}" for table, names in found.tables.items() for name in names}
    return Placeholders(
        variables=frozenset(variables),
        tables={name: frozenset(fields) for name, fields in found.tables.items()},
        asked=frozenset(found.asked - used - found.tables.keys() - STANDARD_NAMES),
        seals=frozenset(found.marks["seal"]),
        signatures=frozenset(found.marks["signature"]),
        faults=tuple(dict.fromkeys(found.faults)),
    )


def _walk(node: nodes.Node, rows: Mapping[str, str], found: _Found) -> None:
    """Collect what ``node`` uses. ``rows`` maps the loop variables in sight to their tables ("" for anything else)."""
    match node:
        case nodes.For():
            _loop(node, rows, found)
        case nodes.Call(node=nodes.Name(name=name)) if name in _FUNCTIONS:
            _mark(node, name, found)
        case nodes.Getattr(node=nodes.Name(name=name), attr=attribute) if name in rows:
            if rows[name]:
                found.tables[rows[name]].add(attribute)
        case nodes.Filter(name="selectattr" | "rejectattr" | "groupby" | "map" | "sort" | "sum" | "unique" | "bars"):
            _filtered(node, rows, found)
        case nodes.Name(name=name, ctx="load"):
            if name not in rows and name != _LOOP:
                found.variables.add(name)
        case nodes.If() | nodes.CondExpr():
            _asked(node.test, rows, found)
            for child in node.iter_child_nodes():
                if child is not node.test:
                    _walk(child, rows, found)
        case nodes.Assign(target=nodes.Name(name=name)):
            _walk(node.node, rows, found)
            found.faults.append(_("不要在模板里用 set 另起名称：{name}").format(name=name))
        case _:
            for child in node.iter_child_nodes():
                _walk(child, rows, found)


def _asked(test: nodes.Node, rows: Mapping[str, str], found: _Found) -> None:
    """A condition. What it only asks to be there is not used by that; what it compares is."""
    match test:
        case nodes.Not() | nodes.And() | nodes.Or():
            for child in test.iter_child_nodes():
                _asked(child, rows, found)
        case nodes.Name(name=name) if name not in rows and name != _LOOP:
            found.asked.add(name)
        case nodes.Getattr(node=nodes.Name(name=name), attr=attribute) if rows.get(name):
            found.asked.add(f"{rows[name]}.{attribute}")
        case _:
            _walk(test, rows, found)


def _loop(node: nodes.For, rows: Mapping[str, str], found: _Found) -> None:
    table = _table(node.iter, rows)
    if table:
        found.tables.setdefault(table, set())
    _walk(node.iter, rows, found)
    inner = {**rows, **dict.fromkeys((name.name for name in _names(node.target)), table)}
    for child in (*([node.test] if node.test else []), *node.body):
        _walk(child, inner, found)
    for child in node.else_:
        _walk(child, rows, found)


def _table(iterated: nodes.Node, rows: Mapping[str, str]) -> str:
    """The detail table a loop goes over, looking through filters; empty for the paragraphs of a long text."""
    while isinstance(iterated, nodes.Filter):
        iterated = iterated.node or nodes.Const(None)
    return iterated.name if isinstance(iterated, nodes.Name) and iterated.name not in rows else ""


def _filtered(node: nodes.Filter, rows: Mapping[str, str], found: _Found) -> None:
    """``items|selectattr("list", …)`` uses the field ``list`` of the table ``items``."""
    table = _table(node, rows)
    named = node.args if node.name == "bars" else node.args[:1]
    named = [*named, *(each.value for each in node.kwargs if each.key == "attribute")]
    for argument in named:
        if table and isinstance(argument, nodes.Const) and isinstance(argument.value, str):
            found.tables.setdefault(table, set()).add(argument.value)
    for child in node.iter_child_nodes():
        _walk(child, rows, found)


def _mark(node: nodes.Call, function: str, found: _Found) -> None:
    if len(node.args) == 1 and isinstance(node.args[0], nodes.Const) and isinstance(node.args[0].value, str):
        found.marks[function].add(node.args[0].value)
    else:
        found.faults.append(_('{function} 的括号里要写名称，如 {function}("issuer")').format(function=function))


def _names(target: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(target, nodes.Name):
        yield target
    for child in target.iter_child_nodes():
        yield from _names(child)
