"""A folder of old papers on disk: the workbook of titles, the files, and which of them a row means.

A row may name a file with or without its folder and its suffix: 0003 means 0003.doc and 0003.pdf together. What no row
names is told, for a paper that lies there unlisted would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.core.text import folded_name, nfc
from pipeline.scanning import is_scan

PDF, WORD = ".pdf", ".docx"
WORDS = (WORD, ".doc", ".wps")
"""Word files; only the first is one that we can print."""

_TITLES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv"})
_NOBODYS = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_BETWEEN = re.compile(r"[\n;；]+")
_BETWEEN_TOO = re.compile(r"[\n;；、，,]+")


@dataclass(frozen=True, slots=True)
class OldFolder:
    """``titles`` is the workbook; ``files`` everything else by its path below the folder, with "/" and in NFC."""

    root: Path
    titles: Path
    files: Mapping[str, Path]

    def meant(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The files that a cell names, in its order, and what of it names none or several."""
        found, lost = self._each(_BETWEEN.split(text))
        if lost:  # a title with 、 in it is a good file name; between names it stands as well
            others = self._each(_BETWEEN_TOO.split(text))
            found, lost = (found, lost) if others[1] else others
        return found, lost

    def _each(self, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found: dict[str, None] = {}
        lost = []
        for name in filter(None, (nfc(one).strip().replace("\\", "/") for one in names)):
            own = self._named(name)
            found.update(dict.fromkeys(own))
            if not own:
                lost.append(name)
        return tuple(found), tuple(lost)

    def _named(self, name: str) -> tuple[str, ...]:
        wanted = folded_name(name)
        for said in (_whole, _last, _stem, _last_stem):
            own = tuple(path for path in self.files if folded_name(said(path)) == wanted)
            folders = {PurePosixPath(path).parent for path in own}
            if own and (len(own) == 1 or (said in (_stem, _last_stem) and len(folders) == 1)):
                return own
        return ()


def _whole(path: str) -> str:
    return path


def _last(path: str) -> str:
    return PurePosixPath(path).name


def _stem(path: str) -> str:
    return str(PurePosixPath(path).with_suffix(""))


def _last_stem(path: str) -> str:
    return PurePosixPath(path).stem


def is_old_papers(source: Path) -> bool:
    """Whether this is a folder of papers with a workbook of titles, and no set made by ``export``."""
    is_folder = source.is_dir() and not (source / "bagit.txt").exists() and not any(source.glob("*.xml"))
    return is_folder and any(_titles(source))


def open_folder(root: Path) -> OldFolder:
    """The folder as it lies there. Raises ``AnswerIsNo`` unless it has exactly one workbook at its top."""
    titles = sorted(_titles(root))
    if len(titles) != 1:
        names = "、".join(path.name for path in titles)
        raise AnswerIsNo(
            _("文件夹里要有一份题名表，这里有 {count} 份{names}").format(
                count=len(titles), names=f"{_('：')}{names}" if names else ""
            ),
            where=str(root),
            remedy=_("只留一份；空白的题名表用 gongwen sheet old-papers -o 题名表.xlsx 来做"),
        )
    files = {
        nfc(path.relative_to(root).as_posix()): path for path in sorted(root.rglob("*")) if _is_a_paper(path, root)
    }
    files.pop(nfc(titles[0].name), None)
    return OldFolder(root, titles[0], files)


def is_usable(name: str) -> bool:
    """Whether a file of this name can be a paper: PDF, picture or Word file."""
    return is_scan(name) or PurePosixPath(name).suffix.lower() in WORDS


def _titles(root: Path) -> Iterator[Path]:
    return (path for path in root.iterdir() if path.suffix.lower() in _TITLES and _is_a_paper(path, root))


def _is_a_paper(path: Path, root: Path) -> bool:
    """Whether it is a file of somebody's, and none that a system or Office left lying there."""
    parts = path.relative_to(root).parts
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in parts)
    return path.is_file() and not path.is_symlink() and not hidden and path.name.lower() not in _NOBODYS
