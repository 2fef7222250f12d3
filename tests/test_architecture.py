"""The import map of docs/architecture.md, held by a test: who may know whom, and where each heavy package lives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline"
STAGES = frozenset(
    [
        "kinds",
        "intake",
        "sheets",
        "validation",
        "numbering",
        "merge",
        "rendering",
        "sealing",
        "register",
        "filing",
        "retrieval",
        "conformance",
        "policies",
        "cataloguing",
        "scanning",
    ]
)
HOMES = {
    "docxtpl": {"merge"},
    "docx": {"merge", "sealing"},
    "docxcompose": {"merge"},
    "weasyprint": {"rendering"},
    "uharfbuzz": {"rendering"},
    "fontTools": {"rendering"},
    "python_calamine": {"sheets"},
    "openpyxl": {"sheets"},
    "pandas": {"retrieval", "sheets"},
    "pypdf": {"packet", "rendering", "retrieval", "sealing"},
    "segno": {"rendering"},
    "pypdfium2": {"conformance", "scanning"},
    "pikepdf": {"cataloguing", "packet", "rendering", "retrieval", "scanning"},
    "zxingcpp": {"scanning"},
    "pyhanko": {"sealing"},
    "sqlalchemy": {"register"},
    "alembic": {"register"},
    "bagit": {"handover"},
    "watchdog": {"intake"},
    "click": {"cli"},
    "rich": {"cli"},
    "pebble": {"workers"},
    "jinja2": {"kinds", "merge"},
    "pydantic": {"core", "kinds", "policies", "settings"},
    "chinese_calendar": {"policies"},
    "filelock": {"lock"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def home(path: Path) -> str:
    """The stage, or the name of the module right under ``pipeline/``, that a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out in full"
            yield node.module or ""


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_stages_know_only_the_core_and_themselves(path: Path) -> None:
    here = home(path)
    for name in imports(path):
        if not name.startswith("pipeline."):
            continue
        there = name.split(".")[1]
        if here == "core":
            assert there == "core", f"{path.name} imports {name}"
        elif here in STAGES:
            assert there in {"core", here}, f"{path.name} imports {name}"
        elif here not in {"cli", "__main__"}:
            assert there != "cli", f"{path.name} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_packages_have_one_home(path: Path) -> None:
    for name in imports(path):
        allowed = HOMES.get(name.split(".")[0])
        assert allowed is None or home(path) in allowed, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"


def test_there_are_no_drawers() -> None:
    drawers = {"utils", "util", "misc", "helpers", "common"}
    assert not [path for path in PACKAGE.rglob("*") if path.stem in drawers]
