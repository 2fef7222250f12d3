"""Keep the catalogues of the archive current: a page in each folder, and the list that is printed and bound.

``index.html`` is renewed while papers are placed, before their workbook counts as done, so a kill cannot leave a folder
whose page does not know its papers. The list (归档文件目录.xlsx) costs more and is renewed once at the end of a turn,
wherever it is older than the page. Both are derived: the register says what stands in them, and they may be made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from pipeline.cataloguing import COLUMNS, Shelf, Volume, folder_page, root_page, shelf
from pipeline.cataloguing.entries import RETENTIONS, folder_of
from pipeline.cataloguing.page import LIST
from pipeline.cataloguing.page import NAME as PAGE
from pipeline.core import durable
from pipeline.core.values import FiledPaper
from pipeline.office import Office
from pipeline.sheets import Listing, listing_workbook

_WIDTHS = (6, 28, 24, 32, 48, 11, 7, 7, 14)
_TITLE = COLUMNS.index("题名")


def renew_pages(papers: Iterable[FiledPaper], office: Office) -> None:
    """The pages of the folders that these papers lie in, and the archive's own. Raises ``OSError`` as it comes."""
    touched = {folder_of(paper): paper for paper in papers}
    for folder, one in touched.items():
        _replace(office.archive.root / folder / PAGE, folder_page(_shelf(folder, one, office)))
    if touched:
        _replace(office.archive.root / PAGE, root_page(_folders(office.archive.root)))


def renew_lists(office: Office) -> tuple[Path, ...]:
    """The lists of the folders whose page is newer; returns those it wrote. Raises ``OSError`` as it comes."""
    written = []
    durable.sweep(office.archive.root)  # what a killed run left of these very files
    for folder in _folders(office.archive.root):
        page, listed = (office.archive.root / folder / name for name in (PAGE, LIST))
        if not listed.exists() or listed.stat().st_mtime_ns < page.stat().st_mtime_ns:
            durable.sweep(listed.parent)
            one = next(iter(office.register.in_folder(folder)), None)
            if one is not None:
                durable.replace(listed, _workbook(_shelf(folder, one, office), office))
                written.append(listed)
    return tuple(written)


def renew_all(office: Office) -> tuple[Path, ...]:
    """Every page and every list of the archive, from the register; returns the lists."""
    shelves: dict[str, FiledPaper] = {folder_of(paper): paper for paper in office.register.papers()}
    renew_pages(shelves.values(), office)
    for folder in shelves:
        (office.archive.root / folder / LIST).unlink(missing_ok=True)
    return renew_lists(office)


def is_derived(path: str) -> bool:
    """Whether a path, relative to the archive, is that of a page or a list: no paper, and no witness of one."""
    place = PurePosixPath(path)
    return path == PAGE or (len(place.parts) == 3 and place.name in (PAGE, LIST))


def _shelf(folder: str, one: FiledPaper, office: Office) -> Shelf:
    return shelf(folder, office.register.holding(one.year, one.organisation_code))


def _folders(root: Path) -> list[str]:
    """The folders that have a page, as paths relative to the archive."""
    return [path.parent.relative_to(root).as_posix() for path in sorted(root.glob(f"*/*/{PAGE}"))]


def _replace(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        durable.replace(path, content)


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
