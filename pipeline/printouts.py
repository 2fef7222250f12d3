"""Print what is not filed: a Word template of ``printouts/`` merged and printed like any other paper of the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.core.kind import Kind
from pipeline.core.values import ArchivalCode, NumberedRecord, Organisation, Record, Row, Value
from pipeline.kinds import Catalogue, title_of
from pipeline.office import Office
from pipeline.supplied import supplies

Rows = Sequence[Mapping[str, Value]]


def print_out(
    office: Office, name: str, organisation: Organisation, head: Mapping[str, Value], **details: Rows
) -> bytes:
    """The PDF/A of ``printouts/<name>`` with these values; the office's own ``printouts/`` comes first.

    Raises ``ConfigurationError`` (the template) and ``CannotRender`` (the gate).
    """
    return print_unfiled(office, printout(office, name), organisation, head, **details)


def printout(office: Office, name: str) -> Kind:
    """The look of ``printouts/<name>``. Raises ``ConfigurationError``."""
    return printouts(office).get(name)


def printouts(office: Office) -> Catalogue:
    """Every look, as it is now; whoever prints more than one thing reads them once. Raises ``ConfigurationError``."""
    return Catalogue.load(supplies("printouts", office.settings.root))


def print_unfiled(
    office: Office, kind: Kind, organisation: Organisation, head: Mapping[str, Value], **details: Rows
) -> bytes:
    """The PDF/A of a paper that gets no number and no place in the archive."""
    return replace(office.press(), embed=False).print(unfiled(kind, organisation, head, **details)).pdf


def unfiled(kind: Kind, organisation: Organisation, head: Mapping[str, Value], **details: Rows) -> NumberedRecord:
    """Such a paper, ready for a press or for the workers."""
    day = head[kind.date_field]
    assert isinstance(day, date)
    record = Record(
        kind=kind,
        head=Row("", 0, head, {}),
        details={table: tuple(Row("", 0, row, {}) for row in rows) for table, rows in details.items()},
        organisation=organisation,
        date=day,
        identity="",
    )
    return NumberedRecord(record, "", title_of(kind, head), None, ArchivalCode("", 0, ""), "")
