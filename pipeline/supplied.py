"""What comes with the program (templates, policies, printouts), and what an office lays over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_KIND_FILES = ("kind.toml", "template.docx")


def shipped(name: str) -> Path:
    """A folder that comes with the program: ``templates``, ``policies`` or ``printouts``, in the wheel or checkout."""
    packed = Path(__file__).parent / "shipped" / name
    return packed if packed.is_dir() else Path(__file__).parent.parent / name


def supplies(name: str, workspace: Path) -> tuple[Path, ...]:
    """The folders of that name to read, those that are there: the shipped one, and the office's own to go before it."""
    return tuple(folder for folder in (shipped(name), workspace / name) if folder.is_dir())


def state_of_kinds(folders: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """Path, size (bytes) and time (ns) of everything in these folders that a kind is read from."""
    files = sorted(file for folder in folders for name in _KIND_FILES for file in folder.glob(f"*/{name}"))
    return tuple((str(file), status.st_size, status.st_mtime_ns) for file in files if (status := file.stat()))
