"""Keep the catalogues of the archive current: a page in each folder, and the list that is printed and bound.

``index.html`` is renewed while papers are placed, before their workbook counts as done, so a kill cannot leave a folder
whose page does not know its papers. The lists (归档文件目录.xlsx, and what ``bindery`` prints) cost more: they are
looked at once at the end of a turn, wherever they are older than the page, and printed where they would say something
else (decision 0022). All are derived: the register says what stands in them, they may be made anew, and no paper ever
waits for them.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from pipeline import bindery, cataloguing, sheets
from pipeline.cataloguing import COLUMNS, Shelf, Volume, folder_page, root_page, shelf
from pipeline.cataloguing.entries import folder_of
from pipeline.cataloguing.page import LIST
from pipeline.cataloguing.page import NAME as PAGE
from pipeline.core import durable
from pipeline.core.errors import GongwenError, OutOfReach
from pipeline.core.messages import _
from pipeline.core.retention import RETENTIONS
from pipeline.core.values import FiledPaper
from pipeline.filing.manifest import NAME as MANIFEST
from pipeline.office import Office

log = logging.getLogger(__name__)

_WIDTHS = (6, 28, 24, 32, 48, 11, 7, 7, 14)
_TITLE = COLUMNS.index("题名")
_MADE_BY = "pages-made-by"
"""In ``.gongwen``: which code made the pages that lie in the archive."""


def keep_pages(papers: Iterable[FiledPaper], office: Office) -> None:
    """Renew the pages of the folders that these papers lie in, and the archive's own."""
    for folder in {folder_of(paper): None for paper in papers}:
        with _no_obstacle(office.archive.root / folder / PAGE) as path:
            _replace(path, folder_page(_shelf_of(folder, office)))
    with _no_obstacle(office.archive.root / PAGE) as path:
        _replace(path, root_page(_folders(office.archive.root)))


def keep_lists(office: Office) -> None:
    """Renew the lists of the folders whose page is newer, and the pages that could not be written with their papers."""
    root = office.archive.root
    with _no_obstacle(root / PAGE):
        durable.sweep(root)  # what a killed run left of these very files
    _make_up_for_pages(office)
    _make_up_for_an_upgrade(office)
    for folder in _folders(root):
        stale = [name for name in (LIST, *bindery.NAMES) if _is_older(root / folder / name, root / folder / PAGE)]
        papers = office.register.lying_in(folder) if stale else ()
        if papers:
            _keep(stale, _shelf(folder, papers, office), office)


def renew_all(office: Office, year: int = 0, organisation: str = "") -> tuple[Path, ...]:
    """Every page and list of the archive, or of a year and an organisation (its full name), from the register; returns
    the lists. Raises ``OutOfReach`` when the archive is, ``OSError`` and the errors of printing as they come."""
    office.refuse_missing_archive(_("检查共享盘是否连上，再运行一次"))
    shelves = [_shelf_of(folder, office) for folder in office.register.folders(year, organisation)]
    for found in shelves:
        _replace(office.archive.root / found.path / PAGE, folder_page(found))
    _replace(office.archive.root / PAGE, root_page(_folders(office.archive.root)))
    return tuple(path for found in shelves for path in _write_lists(found, office, office.archive.root / found.path))


def write_copies(office: Office, target: Path, year: int = 0, organisation: str = "") -> tuple[Path, ...]:
    """The same lists in a folder of ``target`` (absolute) for each folder of the archive, with links from there.

    The archive is not touched. Returns the files; raises as ``renew_all``.
    """
    return tuple(
        path
        for folder in office.register.folders(year, organisation)
        for path in _write_lists(_shelf_of(folder, office), office, target / folder)
    )


def stale(office: Office) -> tuple[str, ...]:
    """The pages and lists, relative to the archive, that are missing or say other than the register; none of an archive
    that is out of reach, of which there is worse to tell."""
    with suppress(OutOfReach):
        office.refuse_missing_archive()
        return tuple(_stale(office))
    return ()


def _stale(office: Office) -> list[str]:
    folders = office.register.folders()
    found = [path for folder in folders for path in _stale_in(folder, office)]
    if folders and not _says(office.archive.root / PAGE, root_page(folders)):
        found.append(PAGE)
    return found


def _stale_in(folder: str, office: Office) -> Iterator[str]:
    there, found = office.archive.root / folder, _shelf_of(folder, office)
    if not _says(there / PAGE, folder_page(found)):
        yield f"{folder}/{PAGE}"
    if not (there / LIST).is_file():
        yield f"{folder}/{LIST}"
    with suppress(GongwenError):  # a look that cannot be read: nobody can say what should be printed by it
        yield from (f"{folder}/{one.name}" for one in bindery.lists_of(found, office) if one.is_contradicted(there))


def is_derived(path: str) -> bool:
    """Whether a path, relative to the archive, is that of a page or a list: no paper, and no witness of one."""
    folder, _slash, name = path.rpartition("/")
    return path == PAGE or (name in (PAGE, LIST, *bindery.NAMES) and _is_shelf(folder))


@contextmanager
def _no_obstacle(path: Path) -> Iterator[Path]:
    """A catalogue that cannot be printed or written (open elsewhere, read-only) holds no paper up; the log tells it."""
    try:
        yield path
    except (OSError, GongwenError) as error:
        log.warning("a catalogue cannot be written", extra={"path": str(path), "reason": str(error)})


def _is_older(path: Path, other: Path) -> bool:
    """Whether a file is missing, or older than another one, which is there."""
    with suppress(OSError):
        return path.stat().st_mtime_ns < other.stat().st_mtime_ns
    return True


def _make_up_for_pages(office: Office) -> None:
    """Renew the pages that are missing, or older than the manifest that was written just before them.

    The archive was full or read-only at that very moment, which may have left half a page behind too.
    """
    root = office.archive.root
    for listed in root.glob(f"*/*/{MANIFEST}"):
        folder = listed.parent.relative_to(root).as_posix()
        if not _is_shelf(folder) or not _is_older(listed.with_name(PAGE), listed):
            continue
        with _no_obstacle(listed.with_name(PAGE)) as path:
            durable.sweep(path.parent)
            papers = office.register.lying_in(folder)
            if papers:
                _replace(path, folder_page(_shelf(folder, papers, office)))
                _is_current(path)
                _replace(root / PAGE, root_page(_folders(root)))


def _make_up_for_an_upgrade(office: Office) -> None:
    """Renew every page when this version of the program may make them otherwise than the one that was here before.

    A folder of years ago gets no more papers, and its page would stay as it was until somebody ran ``catalogue``. What
    cannot be renewed now (a share that is away, a page that is open elsewhere) is tried again at the next turn.
    """
    root, known = office.archive.root, office.settings.private / _MADE_BY
    with _no_obstacle(known):
        makers = _makers()
        if known.is_file() and known.read_bytes() == makers:
            return
        office.refuse_missing_archive()
        there = [folder for folder in office.register.folders() if (root / folder).is_dir()]
        renewed = [_renewed(root / folder / PAGE, folder_page(_shelf_of(folder, office))) for folder in there]
        if (root / PAGE).is_file():  # an archive without a paper has no page
            renewed.append(_renewed(root / PAGE, root_page(_folders(root))))
        if all(renewed):
            durable.replace(known, makers)


def _renewed(path: Path, content: bytes) -> bool:
    """Write a page; whether it could be."""
    with _no_obstacle(path):
        _replace(path, content)
        return True
    return False


@cache
def _makers() -> bytes:
    """A digest of the code that makes pages."""
    sources = sorted(Path(cataloguing.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest().encode()


def _keep(stale: Sequence[str], found: Shelf, office: Office) -> None:
    """Write the lists that are stale, each for itself, so that one that is open elsewhere stops no other.

    One that says it all already is not printed again: most deeds, and a paper put beside another, change a page and
    none of the lists.
    """
    folder = office.archive.root / found.path
    with _no_obstacle(folder):
        durable.sweep(folder)
    if LIST in stale:
        with _no_obstacle(folder / LIST) as path:
            _renew(path, _workbook(found, office, folder))
    with _no_obstacle(folder):
        due = [one for one in bindery.lists_of(found, office) if one.name in stale]
        changed = [one for one in due if not one.is_printed(folder)]
        for one in due:
            if one not in changed:
                _is_current(folder / one.name)
        for name, content in bindery.printed(changed, found, office, folder).items():
            with _no_obstacle(folder / name) as path:
                durable.replace(path, content)


def _is_shelf(folder: str) -> bool:
    """Whether a folder, relative to the archive, is one that papers lie in: ``<year>/<organisation>``."""
    year, _slash, organisation = folder.partition("/")
    return len(year) == 4 and year.isascii() and year.isdigit() and bool(organisation) and "/" not in organisation


def _shelf_of(folder: str, office: Office) -> Shelf:
    return _shelf(folder, office.register.lying_in(folder), office)


def _shelf(folder: str, papers: Sequence[FiledPaper], office: Office) -> Shelf:
    return shelf(folder, papers, office.register.standing([paper.paper for paper in papers]))


def _folders(root: Path) -> list[str]:
    """The folders that have a page, as paths relative to the archive."""
    listed = (path.parent.relative_to(root).as_posix() for path in sorted(root.glob(f"*/*/{PAGE}")))
    return [folder for folder in listed if _is_shelf(folder)]


def _says(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _replace(path: Path, content: bytes) -> None:
    if not _says(path, content):
        durable.replace(path, content)


def _renew(path: Path, content: bytes) -> None:
    """Write a file unless it says this already; either way it is younger than the page."""
    if _says(path, content):
        _is_current(path)
    else:
        durable.replace(path, content)


def _is_current(path: Path) -> None:
    """One that said it all already is looked at no more."""
    os.utime(path)


def _write_lists(found: Shelf, office: Office, folder: Path) -> Iterator[Path]:
    """Write the workbook and what is printed of a shelf into a folder."""
    durable.sweep(folder)
    lists = bindery.lists_of(found, office)
    files = {LIST: _workbook(found, office, folder), **bindery.printed(lists, found, office, folder)}
    for name, content in files.items():
        durable.replace(folder / name, content)
        yield folder / name


def _workbook(found: Shelf, office: Office, folder: Path) -> bytes:
    return sheets.listing_workbook([*_sheets(found, office, folder)])


def _sheets(found: Shelf, office: Office, folder: Path) -> Iterator[sheets.Listing]:
    for volume in found.volumes:
        period = RETENTIONS.get(volume.retention, volume.retention)
        yield sheets.Listing(
            sheet=period,
            title="归档文件目录",
            remark=_words(volume, period, office),
            headings=COLUMNS,
            widths=_WIDTHS,
            rows=[entry.texts() for entry in volume.entries],
            links={
                (row, _TITLE): os.path.relpath(office.archive.root / entry.pdf, folder).replace(os.sep, "/")
                for row, entry in enumerate(volume.entries)
                if entry.is_there
            },
        )


def _words(volume: Volume, period: str, office: Office) -> str:
    fonds = office.settings.office.fonds
    return (
        f"全宗号：{fonds}　年度：{volume.year}　保管期限：{period}　机构：{volume.organisation}　"
        f"共 {len(volume.entries)} 件 {volume.pages} 页"
    )
