"""Keep the catalogues of the archive current: a page in each folder, and the list that is printed and bound.

``index.html`` is renewed while papers are placed, before their workbook counts as done, so a kill cannot leave a folder
whose page does not know its papers. The list (归档文件目录.xlsx) costs more and is renewed once at the end of a turn,
wherever it is older than the page. Both are derived: the register says what stands in them, they may be made anew, and
no paper ever waits for them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from pipeline.cataloguing import COLUMNS, Shelf, Volume, folder_page, root_page, shelf
from pipeline.cataloguing.entries import RETENTIONS, folder_of
from pipeline.cataloguing.page import LIST
from pipeline.cataloguing.page import NAME as PAGE
from pipeline.core import durable
from pipeline.core.values import FiledPaper
from pipeline.office import Office
from pipeline.sheets import Listing, listing_workbook

log = logging.getLogger(__name__)

_WIDTHS = (6, 28, 24, 32, 48, 11, 7, 7, 14)
_TITLE = COLUMNS.index("题名")


def keep_pages(papers: Iterable[FiledPaper], office: Office) -> None:
    """Renew the pages of the folders that these papers lie in, and the archive's own."""
    for folder, one in _by_folder(papers).items():
        with _no_obstacle(office.archive.root / folder / PAGE) as path:
            _replace(path, folder_page(_shelf(folder, one, office)))
    with _no_obstacle(office.archive.root / PAGE) as path:
        _replace(path, root_page(_folders(office.archive.root)))


def keep_lists(office: Office) -> None:
    """Renew the lists of the folders whose page is newer."""
    with _no_obstacle(office.archive.root / PAGE):
        durable.sweep(office.archive.root)  # what a killed run left of these very files
    for folder in _folders(office.archive.root):
        with _no_obstacle(office.archive.root / folder / LIST) as path:
            if not path.exists() or path.stat().st_mtime_ns < path.with_name(PAGE).stat().st_mtime_ns:
                one = next(iter(office.register.in_folder(folder)), None)
                if one is not None:
                    _write_list(folder, one, office)


def renew_all(office: Office) -> tuple[Path, ...]:
    """Every page and list of the archive, from the register; returns the lists. Raises ``OSError`` as it comes."""
    folders = _by_folder(office.register.papers())
    for folder, one in folders.items():
        _replace(office.archive.root / folder / PAGE, folder_page(_shelf(folder, one, office)))
    _replace(office.archive.root / PAGE, root_page(_folders(office.archive.root)))
    return tuple(_write_list(folder, one, office) for folder, one in folders.items())


def stale_pages(office: Office) -> tuple[str, ...]:
    """The pages, relative to the archive, that are missing or say other than the register."""
    root = office.archive.root
    folders = _by_folder(office.register.papers())
    pages = {f"{folder}/{PAGE}": folder_page(_shelf(folder, one, office)) for folder, one in folders.items()}
    if folders:
        pages[PAGE] = root_page(folders)
    return tuple(path for path, content in pages.items() if not _says(root / path, content))


def is_derived(path: str) -> bool:
    """Whether a path, relative to the archive, is that of a page or a list: no paper, and no witness of one."""
    folder, _slash, name = path.rpartition("/")
    return path == PAGE or (name in (PAGE, LIST) and _is_shelf(folder))


@contextmanager
def _no_obstacle(path: Path) -> Iterator[Path]:
    """A catalogue that cannot be written (open elsewhere, read-only) holds no paper up; the log tells of it."""
    try:
        yield path
    except OSError as error:
        log.warning("a catalogue cannot be written", extra={"path": str(path), "reason": str(error)})


def _by_folder(papers: Iterable[FiledPaper]) -> dict[str, FiledPaper]:
    """One paper of each folder."""
    return {folder_of(paper): paper for paper in papers}


def _is_shelf(folder: str) -> bool:
    """Whether a folder, relative to the archive, is one that papers lie in: ``<year>/<organisation>``."""
    year, _slash, organisation = folder.partition("/")
    return len(year) == 4 and year.isascii() and year.isdigit() and bool(organisation) and "/" not in organisation


def _shelf(folder: str, one: FiledPaper, office: Office) -> Shelf:
    return shelf(folder, office.register.holding(one.year, one.organisation_code))


def _folders(root: Path) -> list[str]:
    """The folders that have a page, as paths relative to the archive."""
    listed = (path.parent.relative_to(root).as_posix() for path in sorted(root.glob(f"*/*/{PAGE}")))
    return [folder for folder in listed if _is_shelf(folder)]


def _says(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _replace(path: Path, content: bytes) -> None:
    if not _says(path, content):
        durable.replace(path, content)


def _write_list(folder: str, one: FiledPaper, office: Office) -> Path:
    path = office.archive.root / folder / LIST
    durable.sweep(path.parent)
    durable.replace(path, _workbook(_shelf(folder, one, office), office))
    return path


def _workbook(shelf: Shelf, office: Office) -> bytes:
    return listing_workbook([*_sheets(shelf, office)])


def _sheets(shelf: Shelf, office: Office) -> Iterator[Listing]:
    for volume in shelf.volumes:
        period = RETENTIONS.get(volume.retention, volume.retention)
        yield Listing(
            sheet=period,
            title="归档文件目录",
            remark=_words(volume, period, office),
            headings=COLUMNS,
            widths=_WIDTHS,
            rows=[entry.texts() for entry in volume.entries],
            links={
                (row, _TITLE): PurePosixPath(entry.files["pdf"].path).name for row, entry in enumerate(volume.entries)
            },
        )


def _words(volume: Volume, period: str, office: Office) -> str:
    fonds = office.settings.office.fonds
    return (
        f"全宗号：{fonds}　年度：{volume.year}　保管期限：{period}　机构：{volume.organisation}　"
        f"共 {len(volume.entries)} 件 {volume.pages} 页"
    )
