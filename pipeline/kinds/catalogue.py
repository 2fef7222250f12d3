"""All kinds an office has: those that come with the program, and over them the office's own.

A folder that cannot be understood stops the program. Skipping it would turn a clerk's workbook away as "unknown kind"
and leave everybody guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.errors import AnswerIsNo, ConfigurationError
from pipeline.core.kind import FieldType, Kind
from pipeline.core.messages import _
from pipeline.kinds.file import FILE
from pipeline.kinds.load import load_kind


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The kinds in the order of their ids, so that every run looks through them in the same order."""

    kinds: tuple[Kind, ...]

    @classmethod
    def load(cls, folders: Iterable[Path]) -> Catalogue:
        """Read the kinds under each of ``folders``; a kind in a later folder takes the place of one with the same id.

        Raises ``ConfigurationError`` for a folder that is absent, a subfolder without kind.toml, a wrong kind, two
        kinds of one name, and two that write the numbers of one series each in its own way.
        """
        kinds: dict[str, Kind] = {}
        for folder in folders:
            for subfolder in _subfolders(folder):
                kind = load_kind(subfolder)
                kinds[kind.id] = kind
        catalogue = cls(tuple(kinds[identifier] for identifier in sorted(kinds)))
        _check_names(catalogue)
        _check_forms(catalogue)
        _check_series(catalogue)
        return catalogue

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds)

    def __len__(self) -> int:
        return len(self.kinds)

    def find(self, name: str) -> Kind | None:
        """The kind with this id or this Chinese name."""
        return next((kind for kind in self.kinds if name in (kind.id, kind.name)), None)

    def get(self, name: str) -> Kind:
        """The kind with this id or this Chinese name. Raises ``AnswerIsNo`` that lists the kinds there are."""
        kind = self.find(name)
        if kind is None:
            known = "、".join(f"{kind.id}（{kind.name}）" for kind in self.kinds)
            raise AnswerIsNo(_("没有文种“{name}”").format(name=name), remedy=_("现有：{known}").format(known=known))
        return kind


def _subfolders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ConfigurationError(_("没有这个模板文件夹"), where=str(folder), remedy=_("检查路径，或者新建这个文件夹"))
    subfolders = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith((".", "_")))
    for subfolder in subfolders:
        if not (subfolder / FILE).is_file():
            raise ConfigurationError(
                _("文件夹里没有 {file}").format(file=FILE),
                where=str(subfolder),
                remedy=_("从样例文种里拷贝一份 {file} 来改；不是文种的文件夹请移走").format(file=FILE),
            )
    return subfolders


def _check_names(catalogue: Catalogue) -> None:
    owners: dict[str, Kind] = {}
    for kind in catalogue:
        other = owners.setdefault(kind.name, kind)
        if other is not kind:
            raise ConfigurationError(
                _("name：“{name}”已经是文种 {other} 的名称").format(name=kind.name, other=other.id),
                where=str(kind.folder / FILE),
                remedy=_("两个文种要用不同的名称"),
            )


def _check_series(catalogue: Catalogue) -> None:
    """Kinds that take their numbers from one series write them alike; else one number would have two names."""
    owners: dict[str, Kind] = {}
    for kind in catalogue:
        if kind.numbering is None:
            continue
        other = owners.setdefault(kind.numbering.series, kind)
        if other.numbering is not None and other.numbering.pattern != kind.numbering.pattern:
            raise ConfigurationError(
                _("numbering.pattern：与文种 {other} 用同一种号（{series}），写法却不同：{ours} 和 {theirs}").format(
                    other=other.id,
                    series=kind.numbering.series,
                    ours=kind.numbering.pattern,
                    theirs=other.numbering.pattern,
                ),
                where=str(kind.folder / FILE),
                remedy=_("写成一样，或者换一个 series"),
            )


def _check_forms(catalogue: Catalogue) -> None:
    """A form that a field offers to attach is a kind of this catalogue, and one that is printed as a form."""
    for kind in catalogue:
        for table in kind.tables:
            for field in table.fields:
                offered = catalogue.find(field.example) if field.type is FieldType.FORM else None
                if field.type is FieldType.FORM and (offered is None or not offered.head.form):
                    raise ConfigurationError(
                        _("table[{table}].field[{field}].example：“{value}”不是一种表样").format(
                            table=table.id, field=field.id, value=field.example
                        ),
                        where=str(kind.folder / FILE),
                        remedy=_("写一个 form = true 的文种的名称"),
                    )
