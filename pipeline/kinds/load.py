"""From a folder to a ``Kind``: read, shape, cross checks; all faults of a file in one error."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from pipeline.core.configuration import faults, read_toml
from pipeline.core.errors import ConfigurationError
from pipeline.core.kind import Kind
from pipeline.core.messages import _
from pipeline.kinds import checks, usage
from pipeline.kinds.file import FILE, KindFile, key_in


def load_kind(folder: Path) -> Kind:
    """Read ``folder/kind.toml``.

    Raises ``ConfigurationError``: ``where`` is the file, each line of ``what`` one key and how to mend it.
    """
    path = folder / FILE
    document = read_toml(path)
    try:
        kind = KindFile(**document).value(folder)
    except ValidationError as error:
        raise _wrong(path, faults(error, lambda location: key_in(document, location))) from None
    if kind.id != folder.name:
        raise _wrong(path, (_("id：要与文件夹同名（{folder}）").format(folder=folder.name),))
    if structure := tuple(checks.of_structure(kind)):
        raise _wrong(path, structure)
    single = tuple(chain(checks.of_headings(kind), checks.of_fields(kind), checks.of_marks(kind)))
    together = tuple(chain(usage.of_numbering(kind), usage.of_rules(kind)))
    patterns = () if single else tuple(usage.of_patterns(kind))  # they are tried on the examples, which must hold first
    if single or together or patterns:
        raise _wrong(path, single + together + patterns)
    return kind


def _wrong(path: Path, lines: tuple[str, ...]) -> ConfigurationError:
    return ConfigurationError("\n".join(lines), where=str(path), remedy=_("改好这些键后再运行一次"))
