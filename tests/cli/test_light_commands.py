"""What a command that only looks must not load: each of these packages takes longer than the whole answer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.rounds import run_once
from tests.offices import FORMS, NOTICE, drop, make_office

HEAVY = frozenset(
    [
        *("weasyprint", "docxtpl", "docx", "fontTools", "uharfbuzz", "segno"),
        *("zxingcpp", "numpy", "pypdfium2", "pikepdf", "pypdf", "pyhanko", "cryptography"),
        *("openpyxl", "python_calamine", "pandas", "alembic", "bagit", "pebble", "watchdog", "multiprocessing"),
    ]
)
_LOADED = """
import json, sys
from pipeline.cli import main
sys.argv[0] = "gongwen"
try:
    main()
except SystemExit as end:
    print(json.dumps([end.code, sorted(sys.modules)]), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office")
    with make_office(root) as office, office.writing("test"):
        drop(office, NOTICE)
        drop(office, FORMS)
        list(run_once(office, lambda *_counts: None))
    return root


def loaded(root: Path, *words: str) -> tuple[int, set[str]]:
    """The exit code of a command in a process of its own, and the packages it had loaded at its end."""
    command = [sys.executable, "-c", _LOADED, "-w", str(root), *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    code, modules = json.loads(ended.stderr.splitlines()[-1])
    return code, {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["status"], 1),
        (["find", "聘任"], 1),
        (["find", "印发"], 0),
        (["show", "铜王组发〔2020〕50号"], 0),
        (["number", "list"], 0),
        (["number", "continuity"], 0),
        (["kinds"], 0),
        (["run"], 0),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_looking_loads_nothing_heavy(filed: Path, words: list[str], code: int) -> None:
    ended, packages = loaded(filed, *words)
    assert ended == code
    assert not packages & HEAVY


def test_help_needs_neither_the_register_nor_the_settings(filed: Path) -> None:
    assert not loaded(filed, "--help")[1] & {"sqlalchemy", "pydantic", "jinja2", "lxml", "rich"}


def test_the_parent_of_the_workers_prints_and_reads_nothing_itself() -> None:
    """It may watch for a year: what sets pages and opens pictures lives in the processes that are renewed."""
    asked = "import json, sys, pipeline.scans, pipeline.workers; print(json.dumps(sorted(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    packages = {name.partition(".")[0] for name in json.loads(ended.stdout)}
    assert not packages & (HEAVY - {"pebble", "multiprocessing"})
