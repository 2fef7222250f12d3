"""The two digests that say whether a row is a known paper, and whether it says the same. STABLE FOR EVER.

They are kept in the register and beside every filed paper; were they computed otherwise one day, every workbook
dropped again would be filed again. The canonical form, held by a golden test:

    identity = SHA-256 of the UTF-8 of the JSON text
        ["gongwen/identity/1", kind id, organisation code, [[field id, value], …]]
        with the kind's identity fields in the kind's order, without the organisation field (its code stands for it)

    content = SHA-256 of the UTF-8 of the JSON text
        ["gongwen/content/1", kind id, organisation code, head, details]
        head: an object of field id to value; details: an object of table id to an array of such objects in row order

JSON without blanks, keys sorted by code point, nothing escaped that JSON does not force. A value is always a string:
text in NFC; a whole number in figures; a sum without exponent and without trailing noughts; a date as YYYY-MM-DD; a
picture as "sha256:" and the digest of its bytes. Empty fields are left out of the content (so a field that a kind gains
later changes nothing) and are null in the identity. Left out of the content as well: the organisation field (so an
organisation may be renamed), and what only orders or joins the rows of this one workbook, that is the key of a table
and the unprinted fields called "sequence" and "correction" (why a row was changed is not what it says). A detail table
without rows is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from json.encoder import encode_basestring
from operator import attrgetter

from pipeline.core.kind import CORRECTION, Kind, Table
from pipeline.core.rows import Rows, Unread
from pipeline.core.text import nfc
from pipeline.core.values import Organisation, Picture, Record, Row, Value

_REMEMBERED = 4096
"""Values of one field whose JSON is kept: what repeats down a column repeats soon."""


class Digester:
    """The digests of the papers of one kind; many at a time, column by column, for texts repeat down a column."""

    def __init__(self, kind: Kind) -> None:
        self._kind = encode_basestring(kind.id)
        self._key = tuple(_Pairs(field) for field in kind.identity if field != kind.organisation_field)
        self._head = _members(kind.head, kind.organisation_field)
        self._details = tuple((table.id, _members(table)) for table in sorted(kind.details, key=lambda table: table.id))

    def identities(self, organisations: Sequence[Organisation], heads: Rows) -> list[str]:
        """Digests of kind, organisation and natural key, hexadecimal: equal for what is the same paper."""
        columns = _written(self._key, heads)
        keys: Iterable[Sequence[str]] = zip(*columns, strict=True) if columns else [()] * len(heads)
        said = (f"[{','.join(key)}]" for key in keys)
        return [self._digest("identity", *paper) for paper in zip(organisations, said, strict=True)]

    def contents(self, records: Sequence[Record]) -> list[str]:
        """Digests of all values of papers, hexadecimal: equal for what says the same."""
        heads = _objects(self._head, Rows.of([record.head for record in records]))
        papers = zip(records, heads, strict=True)
        return [
            self._digest("content", record.organisation, f"{head},{self._told(record.details)}")
            for record, head in papers
        ]

    def _told(self, details: Mapping[str, Sequence[Row]]) -> str:
        tables = [
            f"{encode_basestring(table)}:[{','.join(_objects(members, Rows.of(details[table])))}]"
            for table, members in self._details
            if details.get(table)
        ]
        return f"{{{','.join(tables)}}}"

    def _digest(self, what: str, organisation: Organisation, rest: str) -> str:
        text = f'["gongwen/{what}/1",{self._kind},{encode_basestring(organisation.code)},{rest}]'
        return hashlib.sha256(text.encode()).hexdigest()


def contents(records: Sequence[Record]) -> list[str]:
    """The digests of all values of papers, which may be of several kinds."""
    alike = groupby(records, key=attrgetter("kind"))
    return list(chain.from_iterable(Digester(kind).contents(tuple(some)) for kind, some in alike))


class _Members(dict[Value | Unread, str]):
    """One field's values as members of a JSON object, ``"name":"刘珺",``; empty for an empty value.

    Equal values have equal texts, so what was written once need not be written again.
    """

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field
        self._name = encode_basestring(field)

    def __missing__(self, value: Value | Unread) -> str:
        text = canonical(value)
        written = self._written(self._name, None if text is None else encode_basestring(text))
        if len(self) < _REMEMBERED:
            self[value] = written
        return written

    def _written(self, name: str, text: str | None) -> str:
        return "" if text is None else f"{name}:{text},"


class _Pairs(_Members):
    """One field's values as pairs, ``["name","刘珺"]``, with null for an empty value."""

    def _written(self, name: str, text: str | None) -> str:
        return f"[{name},{text or 'null'}]"


def canonical(value: Value | Unread) -> str | None:
    """A value as it goes into a digest; one that could not be read is as none."""
    if value is None or value == "" or isinstance(value, Unread):
        return None
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, Decimal):
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    if isinstance(value, date):
        return f"{value.year:04}-{value.month:02}-{value.day:02}"
    if isinstance(value, Picture):
        return f"sha256:{value.sha256}"
    return str(value)


def _members(table: Table, left_out: str = "") -> tuple[_Members, ...]:
    """The fields of a table that count for the content, in the order of the JSON text."""
    return tuple(_Members(field) for field in counted(table, left_out))


def counted(table: Table, left_out: str = "") -> list[str]:
    """The ids of the fields that count for the content, sorted."""
    left = {table.key, *(f.id for f in table.fields if not f.printed and f.id in ("sequence", CORRECTION.id))}
    fields = (f.id for f in table.fields if f.id not in left)
    return sorted(field for field in fields if field != left_out)


def _objects(members: Sequence[_Members], rows: Rows) -> Iterator[str]:
    """The rows as JSON objects without their empty fields, one after another: each is long."""
    return (f"{{{''.join(line)[:-1]}}}" for line in zip(*_written(members, rows), strict=True))


def _written(members: Sequence[_Members], rows: Rows) -> list[list[str]]:
    """What each row has in these fields, field by field."""
    return [list(map(texts.__getitem__, rows.column(texts.field))) for texts in members]
