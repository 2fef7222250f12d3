"""What shall be printed on one paper besides its content."""

from __future__ import annotations

from dataclasses import dataclass

CODE = "code"
STAMP = "archive-stamp"
PAGE_NUMBER = "page-number"
CROSS_PAGE_SEAL = "cross-page-seal:"


@dataclass(frozen=True, slots=True)
class ArchiveStamp:
    """The words of an archival stamp (归档章, DA/T 22-2015), cell by cell; the number of pages is known at the end.

    ``organ`` (机构) may be written in several ways, the best first: the first that fits its cell is printed.
    """

    fonds: str
    year: str
    piece: str
    organ: tuple[str, ...]
    retention: str


@dataclass(frozen=True, slots=True)
class Overprint:
    """The order for one paper. ``paper`` is its lasting id, "" for no code; ``paging`` numbers its pages from 1.

    ``cross_page_seals`` are the names of the seals that are pressed over the edges of its pages, when it has several;
    ``seal_diameter`` in mm.
    """

    paper: str = ""
    stamp: ArchiveStamp | None = None
    paging: bool = False
    cross_page_seals: tuple[str, ...] = ()
    seal_diameter: float = 42.0

    def names(self, pages: int) -> tuple[str, ...]:
        """What is to be printed on a paper of so many pages."""
        wanted = ((CODE, bool(self.paper)), (STAMP, self.stamp is not None), (PAGE_NUMBER, self.paging))
        seals = (f"{CROSS_PAGE_SEAL}{name}" for name in self.cross_page_seals if pages > 1)
        return (*(name for name, asked in wanted if asked), *seals)


NOTHING = Overprint()
