"""Filed papers with their values, as the register gives them back, made of as little as a test needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pipeline.core.values import FiledFile, FiledPaper, FiledRecord, Organisation, Value

STREET = Organisation("TYJ", "中共桃园街道委员会", "桃园街道", "桃街党")
NORTH = Organisation("BYS", "中共北园社区委员会", "北园社区", "北社党", above="TYJ")
SOUTH = Organisation("NYS", "中共南园社区委员会", "南园社区", "南社党", above="TYJ")
OFFICE = (STREET, NORTH, SOUTH)

_count = iter(range(1, 1_000_000))


def filed(
    kind: str,
    day: date,
    organisation: Organisation,
    head: Mapping[str, Value] | None = None,
    *,
    number: str = "",
    title: str = "",
    **details: Sequence[Mapping[str, Value]],
) -> FiledRecord:
    """A valid paper of this kind and day."""
    n = next(_count)
    paper = FiledPaper(
        paper=f"{n:016x}",
        kind=kind,
        kind_name=kind,
        title=title or kind,
        organisation=organisation.name,
        organisation_code=organisation.code,
        year=day.year,
        date=day,
        number=number,
        series="",
        n=0,
        archival_code=f"D001-WS·{day.year}-Y-{organisation.code}-{n:04d}",
        lowest_class="",
        piece=n,
        retention="Y",
        identity=str(n),
        content="",
        submission="",
        source_name="",
        filed_at=datetime(2022, 1, 1),
        files={"pdf": FiledFile(f"{day.year}/{organisation.name}/{n}.pdf", "0" * 64, 1)},
    )
    return FiledRecord(paper, head or {}, {name: tuple(rows) for name, rows in details.items()})
