"""policies/*.toml as frozen values. A figure is data; which figures there are, the checks know."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from pipeline.core.configuration import Location, TomlTable, faults, read_toml
from pipeline.core.errors import ConfigurationError
from pipeline.core.findings import Severity
from pipeline.core.messages import _
from pipeline.core.policy import Option, Policy

_Text = Annotated[str, Field(min_length=1)]


class _OptionTable(TomlTable):
    id: _Text
    source: _Text
    clause: _Text
    text: _Text
    figures: dict[str, Any]


class _PolicyFile(TomlTable):
    id: _Text
    name: _Text
    severity: Literal["error", "warning"]
    about: _Text
    option: Annotated[tuple[_OptionTable, ...], Field(min_length=1)]
    papers: dict[str, dict[str, str]] = Field(default_factory=dict)


def load_policies(folders: Iterable[Path]) -> tuple[Policy, ...]:
    """Every policy below the folders, by id; a later folder's takes the place of an earlier one's.

    Raises ``ConfigurationError`` that names file and key.
    """
    found = {policy.id: policy for folder in folders for policy in map(_load, sorted(folder.glob("*.toml")))}
    return tuple(found[name] for name in sorted(found))


def _load(path: Path) -> Policy:
    try:
        file = _PolicyFile(**read_toml(path))
    except ValidationError as error:
        raise ConfigurationError(
            "\n".join(faults(error, _key)), where=str(path), remedy=_("改好这些键后再运行一次")
        ) from None
    options = tuple(Option(one.id, one.source, one.clause, one.text, _frozen(one.figures)) for one in file.option)
    return Policy(file.id, file.name, file.about, Severity(file.severity), options, file.papers)


def _frozen(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in figures.items()}


def _key(location: Location) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
