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
and an unprinted field called "sequence". A detail table without rows is left out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from pipeline.core.kind import Kind, Table
from pipeline.core.text import nfc
from pipeline.core.values import Organisation, Picture, Row, Value


def identity_of(kind: Kind, organisation: Organisation, head: Row) -> str:
    """Digest of kind, organisation and natural key, hexadecimal: equal for what is the same paper."""
    fields = (field for field in kind.identity if field != kind.organisation_field)
    key = [[field, canonical(head.values[field])] for field in fields]
    return _digest(["gongwen/identity/1", kind.id, organisation.code, key])


def content_of(kind: Kind, organisation: Organisation, head: Row, details: Mapping[str, Sequence[Row]]) -> str:
    """Digest of all values of a paper, hexadecimal: equal for what says the same."""
    rows = {table.id: [_values(table, row) for row in details.get(table.id, ())] for table in kind.details}
    said = {field: text for field, text in _values(kind.head, head).items() if field != kind.organisation_field}
    told = {table: values for table, values in rows.items() if values}
    return _digest(["gongwen/content/1", kind.id, organisation.code, said, told])


def canonical(value: Value) -> str | None:
    """A value as it goes into a digest."""
    if value is None or value == "":
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


def _values(table: Table, row: Row) -> dict[str, str]:
    values = {}
    for field in table.fields:
        if field.id == table.key or (field.id == "sequence" and not field.printed):
            continue
        text = canonical(row.values.get(field.id))
        if text is not None:
            values[field.id] = text
    return values


def _digest(document: Sequence[object]) -> str:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
