"""Keep the English catalogue: find what the code says to people, and bring ``gongwen.po`` and ``.mo`` up to date.

    make messages

A sentence stands either in the call, ``_("第{row}行")``, or in a table it is looked up in, ``_(TITLES[code])``. An
ordinary extractor sees only the first; so the names in an argument are followed to where they are bound, through
loops, functions and imports. An argument that leads to no Chinese sentence, or is put together on the spot, stops the
run: nobody could look it up later.

The files hold no dates, places or line numbers, so they change only when a sentence does. A new sentence is added
without a translation, one that is gone is dropped. Babel reads and writes them.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
ENGLISH = ROOT / "pipeline/locale/en/LC_MESSAGES/gongwen.po"
CLICK = ROOT / "pipeline/locale/zh/LC_MESSAGES/click.po"
"""The other way round: the Chinese of click's own words, which are English."""

_HAN = re.compile("[㐀-鿿，。、；：（）“”《》]")
_BINDINGS = ast.Assign | ast.AnnAssign | ast.For | ast.comprehension | ast.NamedExpr
_FUNCTIONS = ast.FunctionDef | ast.Lambda


class Unclear(Exception):
    """What a call says cannot be told from the code; the text names the place."""


class Plain(Catalog):
    """A catalogue without dates and names in its head."""

    header_comment = "# What gongwen says, in English. New sentences come in with `make messages`."
    mime_headers = (  # type: ignore[assignment]
        ("Language", "en"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )


class Chinese(Catalog):
    """The same for a library's words in our language."""

    mime_headers = (  # type: ignore[assignment]
        ("Language", "zh"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )


@dataclass(frozen=True)
class Module:
    """A source file and the names it imports, each as ``(file, name there)``."""

    path: Path
    tree: ast.Module
    imported: dict[str, tuple[Path, str]]


def sentences() -> frozenset[str]:
    """Every sentence the package says. Raises ``Unclear``."""
    return frozenset(
        sentence for path in sorted((ROOT / "pipeline").rglob("*.py")) for sentence in sentences_of(_module(path))
    )


def sentences_of(module: Module) -> Iterator[str]:
    """What one module says. Raises ``Unclear``."""
    yield from _calls(module, module.tree, ())


@cache
def _module(path: Path) -> Module:
    return parse(path, path.read_text(encoding="utf-8"))


def parse(path: Path, source: str) -> Module:
    """A module from its source."""
    tree = ast.parse(source)
    imported = {
        alias.asname or alias.name: (ROOT / f"{node.module.replace('.', '/')}.py", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline.")
        for alias in node.names
    }
    return Module(path, tree, imported)


def _calls(module: Module, node: ast.AST, around: tuple[ast.AST, ...]) -> Iterator[str]:
    """The sentences of the calls below ``node``, which stands in the functions ``around``, innermost first."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
        yield from _said(module, node.args[0], around)
    inside = (node, *around) if isinstance(node, _FUNCTIONS) else around
    for below in ast.iter_child_nodes(node):
        yield from _calls(module, below, inside)


def _said(module: Module, argument: ast.expr, around: tuple[ast.AST, ...]) -> Iterator[str]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
        return
    found = frozenset(_reached(module, argument, around, frozenset()))
    if not found or not _is_look_up(argument):
        place = f"{module.path.name}:{argument.lineno}: _({ast.unparse(argument)})"
        raise Unclear(f"{place}: write the whole sentence in the call, or in a table of this package")
    yield from found


def _is_look_up(argument: ast.expr) -> bool:
    """A name, ``TABLE[key]``, ``TABLE.get(key)``, or one of two of these."""
    if isinstance(argument, ast.Call):
        return isinstance(argument.func, ast.Attribute) and argument.func.attr == "get"
    return isinstance(argument, ast.Name | ast.Subscript | ast.IfExp)


def _reached(
    module: Module, node: ast.AST, around: tuple[ast.AST, ...], seen: frozenset[tuple[Path, str]]
) -> Iterator[str]:
    """The Chinese strings in ``node`` and in whatever its names are bound to; keys of tables are left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _HAN.search(node.value):
        yield node.value
    elif isinstance(node, ast.Name) and (module.path, node.id) not in seen:
        yield from _bound(module, node.id, around, seen | {(module.path, node.id)})
    elif isinstance(node, ast.Subscript):
        yield from _reached(module, node.value, around, seen)
    elif not _is_pattern(node):
        for part in node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node):
            yield from _reached(module, part, around, seen)


def _is_pattern(node: ast.AST) -> bool:
    """Whether this is ``re.compile(…)`` and the like, whose Chinese is read and never said."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")


def _bound(module: Module, name: str, around: tuple[ast.AST, ...], seen: frozenset[tuple[Path, str]]) -> Iterator[str]:
    """What a name may stand for: from the innermost function outwards, then in the module it is imported from."""
    for place in (*around, module.tree):
        values = [value for node in ast.walk(place) for value in _values(node, name)]
        for value, inside in values:
            yield from _reached(module, value, inside or around, seen)
        if values:
            return
    if name in module.imported:
        path, there = module.imported[name]
        if path.exists():
            yield from _bound(_module(path), there, (), seen)


def _values(node: ast.AST, name: str) -> Iterator[tuple[ast.AST, tuple[ast.AST, ...]]]:
    """What ``node`` binds the name to, if it binds it; of a function what it returns, with the function it is in."""
    if isinstance(node, ast.FunctionDef) and node.name == name:
        for below in ast.walk(node):
            if isinstance(below, ast.Return) and below.value is not None:
                yield below.value, (node,)
    elif isinstance(node, _BINDINGS):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        value = node.iter if isinstance(node, ast.For | ast.comprehension) else node.value
        if value is not None and any(isinstance(part, ast.Name) and part.id == name for part in _parts(targets)):
            yield value, ()


def _parts(targets: Iterable[ast.expr]) -> Iterator[ast.AST]:
    return (part for target in targets for part in ast.walk(target))


def translations() -> dict[str, str]:
    """The English of each sentence as ``gongwen.po`` has it; "" for what is not translated."""
    with ENGLISH.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file, locale="en") if each.id}


def catalogue(english: dict[str, str]) -> Catalog:
    """A catalogue of these sentences."""
    made = Plain(fuzzy=False)
    for sentence in sorted(english):
        made.add(sentence, english[sentence])
    return made


def clicks() -> Catalog:
    """What click says, in Chinese."""
    made = Chinese(fuzzy=False)
    with CLICK.open("rb") as file:
        for each in read_po(file, locale="zh"):
            if each.id:
                made.add(each.id, each.string)
    return made


def as_po(made: Catalog) -> bytes:
    """For people to translate in."""
    file = BytesIO()
    write_po(file, made, width=116, sort_output=True)
    return file.getvalue()


def as_mo(made: Catalog) -> bytes:
    """For the program to look up in."""
    file = BytesIO()
    write_mo(file, made)
    return file.getvalue()


def _write(path: Path, content: bytes) -> None:
    """All at once: who read half a catalogue would write half of it back."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def main() -> int:
    """Update both files; 1 when sentences wait for a translation, which are named."""
    try:
        said = sentences()
    except Unclear as unclear:
        print(unclear)
        return 1
    known = translations() if ENGLISH.exists() else {}
    made = catalogue({sentence: known.get(sentence, "") for sentence in said})
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    _write(ENGLISH, as_po(made))
    _write(ENGLISH.with_suffix(".mo"), as_mo(made))
    _write(CLICK.with_suffix(".mo"), as_mo(clicks()))
    missing = sorted(sentence for sentence in said if not known.get(sentence))
    for sentence in missing:
        print(f"no English: {sentence}")
    print(f"{len(said)} sentences, {len(missing)} without English ({ENGLISH.relative_to(ROOT)})")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
