"""Prove the archive against its register, in both directions.

Every file the register knows must be there, with its digest; everything that is there must be known. Three witnesses
are compared: the register, the record beside each paper (and of each act and deed), the folder's manifest. Where they
disagree the path is named; nothing is mended, and what could not be read is damage, never taken for "nothing there".

Call it while nobody writes: a paper filed between the two looks would be reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from pipeline.core.acts import NumberAct
from pipeline.core.deeds import Deed
from pipeline.core.filed import digested
from pipeline.core.history import Chain, Witness
from pipeline.core.messages import _
from pipeline.core.standing import kept
from pipeline.core.text import on_one_line
from pipeline.core.values import FiledFile, FiledPaper
from pipeline.retrieval.arranged import arranged, as_arranged, as_filed, note_waiting
from pipeline.retrieval.compare import MANIFEST, compare_manifests, compare_records, manifest_folder
from pipeline.retrieval.damage import Damage, Note, Remark, Report
from pipeline.retrieval.deeds import check_deeds, check_status, remains, unindexed_deeds
from pipeline.retrieval.digests import changed, moved
from pipeline.retrieval.history import check_history, check_told
from pipeline.retrieval.ledger import NumberBook, act_not_registered, check_ledger, compare_acts, unindexed_acts
from pipeline.retrieval.metadata import Described, compare_metadata
from pipeline.retrieval.numbers import check_numbers
from pipeline.retrieval.part import WHOLE, Part, left_out, told_of

_ABSENCES = {Damage.MISSING, Damage.MANIFEST}
"""What may not be said of a folder that could not be read."""

_KEPT = {".gitkeep"}
"""Stands in the archive's own folder in a fresh checkout."""

_SYSTEM_NAMES = {"thumbs.db", "desktop.ini", ".ds_store", ".directory"}
_SYSTEM_FOLDERS = {"@eadir", ".@__thumb", ".trash-1000", "$recycle.bin", ".recycle", "lost+found"}
_SYSTEM_PREFIXES = ("~$", ".~lock.", "._")


class Problem(Protocol):
    """One thing wrong with the tree by itself. ``trouble`` is a code: "unreadable", "odd", "record",
    "metadata", "manifest", "history", "leftover"."""

    @property
    def trouble(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def sentence(self) -> str: ...


class Census(Protocol):
    """What lies in the archive; all paths relative to it. ``filing.census(root)`` fits.

    ``files`` path to size, ``digests`` the SHA-256 of what it read, ``papers``, ``acts`` and ``deeds`` by the path of
    their record, ``described`` the metadata of papers by path, ``manifests`` by folder as path to SHA-256, ``days`` the
    witnesses of the register's history by path.
    """

    @property
    def files(self) -> Mapping[str, int]: ...
    @property
    def digests(self) -> Mapping[str, str]: ...
    @property
    def papers(self) -> Mapping[str, FiledPaper]: ...
    @property
    def acts(self) -> Mapping[str, NumberAct]: ...
    @property
    def deeds(self) -> Mapping[str, Deed]: ...
    @property
    def described(self) -> Mapping[str, Described]: ...
    @property
    def manifests(self) -> Mapping[str, Mapping[str, str]]: ...
    @property
    def days(self) -> Mapping[str, Witness]: ...
    @property
    def problems(self) -> Sequence[Problem]: ...


def verify(
    archive_root: Path,
    census: Census,
    papers: Iterable[FiledPaper],
    pending: Set[str] = frozenset(),
    book: NumberBook | None = None,
    history: Chain | None = None,
    is_derived: Callable[[str], bool] = lambda _path: False,
    stale: Iterable[str] = (),
    deeds: Sequence[Deed] = (),
    part: Part = WHOLE,
) -> Report:
    """Compare what the register knows (``papers``, the number ``book``, ``deeds``) with what lies in the archive.

    ``pending`` are the ids of papers, acts and deeds that are entered and still on their way into the archive: a file
    of theirs that is not there yet (or not gone yet, when they destroy it) is no damage. Without a ``book`` the ledger
    itself is not looked at, without ``history`` (walked against the days of this census) not the chain of events.
    ``is_derived`` tells the paths of catalogues, which are neither papers nor witnesses; ``stale`` are those that
    contradict the register. Of what lies outside the ``part`` the names are looked at and nothing is read; its census
    should not have read it either (``left_out``), and of chosen papers nothing of it is told (``told_of``).
    """
    known = sorted(map(digested, papers), key=lambda paper: paper.paper)
    acts = book.acts if book else ()
    entries = [*(paper.paper for paper in known), *(act.id for act in acts), *(deed.id for deed in deeds)]
    if _is_bare(census) and not set(entries) <= pending:
        return Report(len(known), 0, 0, (_all_gone(len(known), len(acts), len(deeds)),), ())
    due = kept(known, deeds)
    registered, doubled = _registered([*due.files, *(act.files for act in acts)])
    unindexed, strange = _unindexed(census, known), unindexed_acts(census.acts, acts)
    undone = unindexed_deeds(census.deeds, deeds)
    files = {
        **_by_path(paper.files for paper in unindexed.values()),
        **_by_path(act.files for act in strange.values()),
        **{file.path: file for deed in undone.values() for file in deed.all_files},
        **registered,
    }
    outside = left_out(part, known, acts, deeds)
    there = {path: file for path, file in files.items() if path in census.files and path not in outside}
    altered, forms = changed(archive_root, there, census, _sm3(census), _renditions(known))
    on_the_way = {
        *_by_path(paper.files for paper in known if paper.paper in pending),
        *_by_path(act.files for act in acts if act.id in pending),
        *(file.path for deed in deeds if deed.id in pending for file in deed.all_files),
        *(path for path, deed in due.gone.items() if deed.id in pending),
    }
    recorded = ((path, paper) for path, paper in census.papers.items() if path not in due.gone)
    differing = list(compare_records(arranged((*recorded, *remains(census.deeds)), deeds), known))
    agreeing = _agreeing(known, differing)
    coded = {paper.paper for paper in census.papers.values() if paper.piece}
    remarks = [
        *doubled,
        *altered,
        *_compare_files(archive_root, census, files, {one.path for one in altered}, on_the_way, is_derived, due.gone),
        *_still_there(census, due.gone, pending),
        *(_not_registered(path, paper) for path, paper in unindexed.items()),
        *(act_not_registered(path, act) for path, act in strange.items()),
        *differing,
        *compare_acts(census.acts, acts),
        *check_deeds(census.deeds, deeds, known, coded),
        *check_status(known, deeds),
        *compare_metadata(census.described, as_filed(agreeing, census.papers.values(), deeds)),
        *compare_metadata(census.described, as_arranged(agreeing, deeds)),
        *compare_manifests(census.manifests, files, on_the_way, census.files),
        *check_numbers(known, book.taken if book else frozenset()),
        *note_waiting(known, deeds),
        *(check_ledger(known, book) if book else ()),
        *(check_history(history, census.days) if history else ()),
        *(_told(history, census, known, unindexed, [*deeds, *undone.values()]) if history else ()),
        *(Remark(Note.STALE, path, _("与登记簿不一致；运行 gongwen catalogue 重新做一份")) for path in stale),
    ]
    looked_at = [paper for paper in known if part.holds(paper)]
    kept_here = {paper.paper for paper in looked_at if not _is_destroyed(paper, due.gone)}
    is_told = told_of(part, known, deeds)
    report = _report(len(kept_here), there, census, (remark for remark in remarks if is_told(remark.path)))
    expected = sum(file.size for path, file in files.items() if path not in outside | on_the_way)
    came = sum(census.files[path] for path in on_the_way & there.keys())
    at_filing = {one.paper for one in census.described.values() if one.checked}
    return replace(
        report,
        due=expected + came,
        forms=forms,
        part=part.words(),
        registered=len(known),
        destroyed=len(looked_at) - len(kept_here),
        checked=len(kept_here & at_filing),
        unchecked=len(kept_here - at_filing),
    )


def _sm3(census: Census) -> Mapping[str, str]:
    """The SM3 that the metadata give of files, by path."""
    return {file.filed.path: file.sm3 for one in census.described.values() for file in one.files.values()}


def _is_destroyed(paper: FiledPaper, gone: Mapping[str, Deed]) -> bool:
    return any(file.path in gone for file in paper.files.values())


def _renditions(papers: Iterable[FiledPaper]) -> Set[str]:
    """The paths of the papers' PDFs and Word files."""
    return {file.path for paper in papers for role, file in paper.files.items() if role in ("pdf", "docx")}


def _compare_files(
    root: Path,
    census: Census,
    files: Mapping[str, FiledFile],
    altered: Set[str],
    on_the_way: Set[str],
    is_derived: Callable[[str], bool],
    gone: Mapping[str, Deed],
) -> Iterator[Remark]:
    """What is moved, missing or strange, and the tree's own problems where nothing better was said."""
    manifests = {f"{manifest_folder(path)}/{MANIFEST}" for path in (*files, *gone)}
    missing = files.keys() - census.files.keys()
    unread = {problem.path for problem in census.problems if problem.trouble == "history"}
    strangers = census.files.keys() - files.keys() - manifests - census.days.keys() - unread - _KEPT
    strangers = {path for path in strangers if not is_derived(path)}
    elsewhere, strangers = moved(root, files, missing - on_the_way, strangers, census.files)
    told = altered | {remark.path for remark in elsewhere}
    yield from elsewhere
    yield from (_missing(path, path in on_the_way) for path in missing - told)
    yield from (_stranger(path) for path in strangers - gone.keys())
    yield from _problems(census, told | strangers)


def _report(papers: int, there: Mapping[str, FiledFile], census: Census, remarks: Iterable[Remark]) -> Report:
    """The remarks in the order of their paths, without absences from folders that could not be read."""
    unreadable = {problem.path for problem in census.problems if problem.trouble == "unreadable"}
    sure = sorted(
        (remark for remark in remarks if remark.what not in _ABSENCES or not _lies_in(remark.path, unreadable)),
        key=lambda remark: (remark.path, remark.what.value),
    )
    return Report(
        papers=papers,
        files=len(there),
        size=sum(census.files[path] for path in there),
        damages=tuple(remark for remark in sure if isinstance(remark.what, Damage)),
        notes=tuple(remark for remark in sure if isinstance(remark.what, Note)),
    )


def _told(
    history: Chain, census: Census, known: Iterable[FiledPaper], more: Mapping[str, FiledPaper], deeds: Iterable[Deed]
) -> Iterator[Remark]:
    """What the history tells of and is nowhere any more."""
    unread = {problem.path for problem in census.problems if problem.trouble == "history"}
    papers = {paper.paper for paper in known}
    lost = {paper.paper for paper in more.values()} & history.papers
    return check_told(history, census.days.keys() | unread, papers | lost, {deed.seq for deed in deeds})


def _is_bare(census: Census) -> bool:
    """Whether there is nothing at all in the archive."""
    return not census.problems and not census.files.keys() - _KEPT


def _still_there(census: Census, gone: Mapping[str, Deed], pending: Set[str]) -> Iterator[Remark]:
    """The files of destroyed papers that lie in the archive all the same."""
    for path, deed in gone.items():
        if path not in census.files:
            continue
        if deed.id in pending:
            yield Remark(Note.PENDING, path, _("已经登记销毁，文件还没有删完，下次运行时会自动完成"))
        else:
            sentence = _("办理簿第 {seq} 条已经销毁这个文件，它又出现在档案里").format(seq=deed.seq)
            yield Remark(Damage.UNKNOWN, path, sentence)


def _by_path(each: Iterable[Mapping[str, FiledFile]]) -> dict[str, FiledFile]:
    """The files of papers or acts by path."""
    return {file.path: file for files in each for file in files.values()}


def _registered(each: Iterable[Mapping[str, FiledFile]]) -> tuple[dict[str, FiledFile], list[Remark]]:
    """Every file the register knows, by path; and the paths it gives to two different files."""
    known: dict[str, FiledFile] = {}
    doubled = []
    for files in each:
        for file in files.values():
            if known.setdefault(file.path, file) != file:
                sentence = _("登记簿里有两个不同的文件登记在这个位置")
                doubled.append(Remark(Damage.PLACE_TWICE, file.path, sentence))
    return known, doubled


def _unindexed(census: Census, papers: Iterable[FiledPaper]) -> dict[str, FiledPaper]:
    """The records of papers that the register does not know, by path."""
    ids = {paper.paper for paper in papers}
    return {path: paper for path, paper in census.papers.items() if paper.paper not in ids}


def _agreeing(papers: Iterable[FiledPaper], differing: Iterable[Remark]) -> list[FiledPaper]:
    """The papers whose record says what the register says: of the others enough is said already."""
    told = {remark.path for remark in differing}
    return [paper for paper in papers if "record" in paper.files and paper.files["record"].path not in told]


def _problems(census: Census, told: Set[str]) -> Iterator[Remark]:
    """The tree's own problems, without those whose path is reported already with a better reason."""
    for problem in census.problems:
        if problem.trouble == "leftover":
            yield Remark(Note.LEFTOVER, problem.path, problem.sentence)
        elif problem.path not in told:
            yield Remark(Damage(problem.trouble), problem.path, problem.sentence)


def _all_gone(papers: int, acts: int, deeds: int) -> Remark:
    """One damage for a share that is not connected, not one for each of its files."""
    known = _("{count} 件公文").format(count=papers)
    if acts:
        known = _("{known}、{count} 条号簿记录").format(known=known, count=acts)
    if deeds:
        known = _("{known}、{count} 条办理簿记录").format(known=known, count=deeds)
    sentence = _("档案里一个文件也没有，登记簿里却有 {known}；可能是共享盘没有连上").format(known=known)
    return Remark(Damage.MISSING, ".", sentence)


def _missing(path: str, on_the_way: bool) -> Remark:
    if on_the_way:
        return Remark(Note.PENDING, path, _("已经登记，还没有放进档案，下次运行时会自动完成"))
    return Remark(Damage.MISSING, path, _("登记簿里有这个文件，档案里找不到"))


def _lies_in(path: str, folders: Set[str]) -> bool:
    """Whether a path lies in a folder that could not be read: then nobody knows whether it is missing."""
    return any(str(part) in folders for part in (PurePosixPath(path), *PurePosixPath(path).parents))


def _stranger(path: str) -> Remark:
    place = PurePosixPath(path)
    name = place.name.lower()
    if (
        name in _SYSTEM_NAMES
        or name.startswith(_SYSTEM_PREFIXES)
        or any(part.lower() in _SYSTEM_FOLDERS for part in place.parts)
    ):
        return Remark(Note.SYSTEM_FILE, path, _("系统或办公软件自动产生的文件，不属于档案，可以删除"))
    return Remark(Damage.UNKNOWN, path, _("登记簿里没有这个文件，不知道是谁放进来的"))


def _not_registered(path: str, paper: FiledPaper) -> Remark:
    sentence = _("档案里有“{title}”，登记簿里没有；可运行 gongwen reindex 重建登记簿").format(
        title=" ".join(part for part in (paper.number, on_one_line(paper.title)) if part)
    )
    return Remark(Damage.UNINDEXED, path, sentence)
