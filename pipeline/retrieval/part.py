"""A part of an office's papers that is looked at by itself: so many-th of so many, an organisation's, a year's.

A large archive on a slow share takes longer to read than a night has hours. So it is looked at in shares: a paper
belongs to the same one for ever, whatever is filed later, and all shares together are everything. What needs no reading
of papers (names, manifests, number book, book of deeds, history) is looked at whole each time. Papers that were chosen
one by one are looked at for a stranger: what concerns only others is not told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.core.acts import NumberAct
from pipeline.core.deeds import Deed
from pipeline.core.messages import _
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.retrieval.compare import manifest_folder


@dataclass(frozen=True, slots=True)
class Part:
    """What is looked at. ``share`` is the which-th of how many, ``organisation`` a full name, ``papers`` ids; what is
    empty does not restrict. Raises ``ValueError`` for a share that does not exist."""

    share: tuple[int, int] = (1, 1)
    organisation: str = ""
    year: int = 0
    papers: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.share[0] <= self.share[1]:
            raise ValueError(f"no share: {self.share}")

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.share[1] == 1 and self._is_of_all

    @property
    def _is_of_all(self) -> bool:
        return not self.organisation and not self.year and self.papers is None

    def holds(self, paper: FiledPaper) -> bool:
        """Whether a paper is in it."""
        return (
            self._shares(paper.paper)
            and self.organisation in ("", paper.organisation)
            and self.year in (0, paper.year)
            and (self.papers is None or paper.paper in self.papers)
        )

    def holds_entry(self, entry: str) -> bool:
        """Whether an act or a deed (by its id) is in it, with its own files; those of a share are."""
        return self._is_of_all and self._shares(entry)

    def words(self) -> str:
        """What is looked at, in words; "" for everything."""
        which, of = self.share
        return _("，").join(
            (
                *((_("第 {which} 份，共 {of} 份").format(which=which, of=of),) if of > 1 else ()),
                *((self.organisation,) if self.organisation else ()),
                *((_("{year}年").format(year=self.year),) if self.year else ()),
                *((_("选出的 {count} 件").format(count=len(self.papers)),) if self.papers is not None else ()),
            )
        )

    def _shares(self, name: str) -> bool:
        which, of = self.share
        return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % of == which - 1


WHOLE = Part()
"""Everything."""


def left_out(
    part: Part, papers: Iterable[FiledPaper], acts: Iterable[NumberAct], deeds: Iterable[Deed]
) -> frozenset[str]:
    """The paths of the registered files that are of nothing in the part. A workbook is of each of its papers."""
    if part.is_whole:
        return frozenset()
    inside: set[str] = set()
    every: set[str] = set()
    held: set[str] = set()

    def count(files: Iterable[FiledFile], is_inside: bool) -> None:
        paths = {file.path for file in files}
        every.update(paths)
        inside.update(paths if is_inside else ())

    for paper in papers:
        if part.holds(paper):
            held.add(paper.paper)
        count(paper.files.values(), part.holds(paper))
    for act in acts:
        count(act.files.values(), part.holds_entry(act.id))
    for deed in deeds:
        count(deed.files.values(), part.holds_entry(deed.id))
        for line in deed.lines:
            count(line.files.values(), line.paper in held)
    return frozenset(every - inside)


def told_of(part: Part, papers: Iterable[FiledPaper], deeds: Iterable[Deed]) -> Callable[[str], bool]:
    """Whether a remark is told, by its path.

    Each one is, but of chosen papers: whoever gets them must not read of the files, folders, numbers and titles of
    others. What is nobody's (the register's history, a file in no paper's folder) is told with them.
    """
    if part.papers is None:
        return lambda _path: True
    every, lines = list(papers), [(deed, line) for deed in deeds for line in deed.lines]
    own, others = ([paper for paper in every if part.holds(paper) is held] for held in (True, False))
    files = {file.path for paper in own for file in paper.files.values()}
    files |= {file.path for _deed, line in lines if line.paper in part.papers for file in line.files.values()}
    records = {file.path for deed, line in lines if line.paper in part.papers for file in deed.files.values()}
    theirs = {file.path for paper in others for file in paper.files.values()}
    theirs |= {file.path for deed, line in lines for file in (*deed.files.values(), *line.files.values())}
    folders, names = {manifest_folder(path) for path in files}, _names(own)
    their_folders, their_names = {manifest_folder(path) for path in theirs} - folders, _names(others) - names

    def is_told(path: str) -> bool:
        if path in files or path in records:
            return True
        if path in theirs or any(str(folder) in their_folders for folder in PurePosixPath(path).parents):
            return False
        return any(name in path for name in names) or not any(name in path for name in their_names)

    return is_told


def _names(papers: Iterable[FiledPaper]) -> set[str]:
    """What the number book calls these papers and their series."""
    called = (name for one in papers for name in (one.number, one.series, one.archival_code, one.lowest_class))
    return {name for name in called if name}
