"""Read a set that came from elsewhere (a bag, or EEP packages) back into papers, and judge it against this office.

Each paper's record says everything of it: number, 档号, dates, its place in the archive. So it comes in as it was
filed, byte for byte, or not at all. What stands in the way (a number somebody has, a 档号, a place, a changed file) is
a finding with the paper's name; with one finding nothing of the set comes in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.core.archival import filed_order
from pipeline.core.deeds import WORDS, Action, Deed
from pipeline.core.errors import AnswerIsNo
from pipeline.core.messages import _
from pipeline.core.standing import AS_FILED
from pipeline.core.values import FiledPaper
from pipeline.filing.record import ROLE
from pipeline.handover.along import coming, merged
from pipeline.handover.deed_judging import judged_deeds
from pipeline.handover.reading_back import ReadBack, read_back
from pipeline.handover.set_judging import called, chains_of, judged
from pipeline.handover.unzipping import as_folder
from pipeline.office import Office


@dataclass(frozen=True, slots=True)
class Incoming:
    """A set that was read: its ``papers`` that are new here, how many are ``known`` already, where the file of each
    digest lies, and what stands in the way (``findings``: paper, and why).

    ``deeds`` are what was done to the papers elsewhere, as it will stand in the book here; ``remarks`` (paper or
    file, and what) stand in no one's way."""

    name: str
    papers: tuple[FiledPaper, ...]
    known: int
    contents: Mapping[str, Path]
    findings: tuple[tuple[str, str], ...]
    deeds: tuple[Deed, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether all of it may come in."""
        return not self.findings

    def get(self, digest: str) -> bytes:
        """The content with this SHA-256."""
        return self.contents[digest].read_bytes()


@contextmanager
def incoming(source: Path, office: Office) -> Iterator[Incoming]:
    """The set at ``source``, a folder or a ZIP, judged; its contents can be read inside the block.

    Raises ``AnswerIsNo`` when it is no set, ``ArchiveDamaged`` when its own check fails.
    """
    with as_folder(source) as folder, TemporaryDirectory() as scratch:
        found = read_back(folder, Path(scratch))
        if not found.papers:
            raise AnswerIsNo(
                _("里面没有公文：既不是 BagIt 包，也没有封装包"),
                where=str(source),
                remedy=_("指向 gongwen export 做出来的文件夹或 .zip"),
            )
        yield _judged(source.name, found, office)


def _judged(name: str, found: ReadBack, office: Office) -> Incoming:
    papers = sorted(found.papers, key=filed_order)
    new = [paper for paper in papers if not _is_known(paper, office)]
    ids = {paper.paper for paper in new}
    known = [paper.paper for paper in papers if paper.paper not in ids]
    stand = {**dict.fromkeys(known, AS_FILED), **office.register.standing(known)}
    chains = chains_of(papers, office)
    along = coming(merged(found.deeds), ids, stand, chains, office.register.next_deed(), name)
    findings = (
        *judged(new, papers, along.deeds, found.contents, office),
        *judged_deeds(along.deeds, papers, found.contents, office),
    )
    by_id = {paper.paper: paper for paper in papers}
    decided = ((called(by_id[paper]), _later(action)) for paper, action in along.decided if paper in by_id)
    remarks = (*found.remarks, *decided)
    return Incoming(name, tuple(new), len(known), found.contents, findings, along.deeds, remarks)


def _later(action: Action) -> str:
    return _("移交方后来办理了“{action}”，这里没有照办，请核对后自己办理").format(action=_(WORDS[action]))


def _is_known(paper: FiledPaper, office: Office) -> bool:
    """Whether this very paper is here already."""
    here = office.register.paper(paper.paper)
    return here is not None and here.files.get(ROLE) == paper.files[ROLE]
