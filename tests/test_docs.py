"""The documents say what the program does: every command and exit code, links that lead somewhere, the kinds there are.

And what is tracked can be read by strangers: no path of somebody's machine, no registry's host.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from pipeline.cli import BUG, commands
from pipeline.core import errors
from pipeline.core.findings import TITLES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "guide.zh.md"
DECISIONS = ROOT / "docs" / "decisions"
PAGES = sorted(
    path for path in (*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob("docs/*/*.md")) if ".venv" not in path.parts
)

_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_MACHINE = re.compile(r"(?<![\w.])/(?:root|work)/\w")
_HOME = re.compile(r"/(?:home|Users)/\w")
"""A folder of somebody's own. Tests invent such people."""

_REGISTRY = re.compile(
    r"https?://[\w.-]*(?:index|mirror|artifact|registry|nexus|devpi)|\b(?:pypi|pythonhosted|npmjs|crates)\.(?:org|com|io)",
    re.IGNORECASE,
)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def names_of_commands(group: click.Group = commands, before: str = "") -> Iterator[str]:
    """``find``, ``kinds``, ``kinds check`` … every command a person can type."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{before}{name}"
            yield from names_of_commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def rows_of_table(text: str, heading: str) -> Iterator[list[str]]:
    """The rows of every table whose first column is headed so."""
    inside = False
    for line in text.splitlines():
        inside = line.startswith("|") and (inside or line.startswith(f"| {heading} |"))
        if inside and not line.startswith((f"| {heading} |", "|---")):
            yield [cell.strip() for cell in line.replace("\\|", "/").strip("|").split("|")]


@pytest.mark.parametrize("name", list(names_of_commands()))
def test_every_command_stands_in_the_readme(name: str) -> None:
    told = [row[0].strip("`") for row in rows_of_table(read(README), "command")]
    assert any(re.match(rf"{re.escape(name)}( [^a-z]|$)", row) for row in told), f"gongwen {name} is not in the table"


def test_the_readme_tells_of_no_command_there_is_not() -> None:
    there = set(names_of_commands())
    for row in rows_of_table(read(README), "command"):
        name = re.match(r"`([a-z]+(?: [a-z]+)?)", row[0])
        assert name and name[1] in there, row[0]


def test_every_exit_code_is_explained() -> None:
    explained = {int(row[0]) for row in rows_of_table(read(README), "exit code")}
    raised = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "exit_code")}
    sent_back, usage = 3, click.UsageError.exit_code
    assert explained == raised | {0, sent_back, usage, BUG}


def test_exit_codes_of_commands_are_explained_ones() -> None:
    explained = {row[0] for row in rows_of_table(read(README), "exit code")}
    for command, _does, codes in rows_of_table(read(README), "command"):
        assert set(codes.split(", ")) <= explained, command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for match in _LINK.finditer(read(page)):
        target, _, heading = unquote(match[1] or match[2]).partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = (page.parent / target).resolve() if target else page
        assert there.exists(), f"{page.name} links to {target}, which is not there"
        if heading:
            assert heading in anchors(there), f"{page.name} links to #{heading}, which is no heading of {there.name}"


@cache
def anchors(page: Path) -> frozenset[str]:
    """The headings of a page as links write them: lower case, punctuation gone, blanks as hyphens."""
    return frozenset(
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in _HEADING.findall(read(page))
    )


def test_pictures_are_small() -> None:
    for picture in (ROOT / "docs" / "images").iterdir():
        assert picture.stat().st_size < 150_000, picture.name


def test_every_decision_is_in_the_list() -> None:
    listed = re.findall(r"\]\(([0-9]{4}-[^)]+\.md)\)", read(DECISIONS / "README.md"))
    assert listed == sorted(path.name for path in DECISIONS.glob("[0-9]*.md"))


def kinds() -> Iterator[dict[str, object]]:
    for path in sorted((ROOT / "templates").glob("*/kind.toml")):
        yield tomllib.loads(read(path))


def test_the_guide_has_a_chapter_for_each_kind() -> None:
    chapter = read(GUIDE).partition("\n## 六、")[2].partition("\n## ")[0]
    assert set(re.findall(r"^### (.+)$", chapter, re.MULTILINE)) == {kind["name"] for kind in kinds()}


def test_the_readme_names_the_kinds_there_are() -> None:
    limits = re.sub(r"\s+", "", read(README).partition("\n## Limits")[2])
    for kind in kinds():
        assert str(kind["name"]) in limits


def test_the_guide_speaks_of_faults_by_their_names() -> None:
    """A secretary looks for the very words she read in the returned workbook."""
    asked = re.findall(r"^\*\*退回说“([^”]+)”", read(GUIDE), re.MULTILINE)
    assert asked
    assert set(asked) <= set(TITLES.values())


def tracked_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    for name in filter(None, listed.decode().split("\0")):
        path = ROOT / name
        data = path.read_bytes() if path.is_file() else b""
        if b"\0" not in data:
            yield name, data.decode(errors="replace")


def test_no_path_of_a_machine_and_no_registry_in_what_is_tracked() -> None:
    for name, text in tracked_texts():
        for number, line in enumerate(text.splitlines(), 1):
            own = _MACHINE.search(line) or (not name.startswith("tests/") and _HOME.search(line))
            assert not own, f"{name}:{number} has a path of somebody's machine: {line.strip()[:100]}"
            assert not _REGISTRY.search(line), f"{name}:{number} names a registry: {line.strip()[:100]}"
