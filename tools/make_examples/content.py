"""What stands in the workbooks: the TOML and text files under ``content/``, as plain rows."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "content"

Rows = list[dict[str, Any]]


def members() -> Rows:
    """The six who stand in a table."""
    return _numbered(_read("members")["member"])


def member_on_a_form() -> dict[str, Any]:
    """The one who was written on a form sheet."""
    return _stripped(_read("members")["sheet"])[0]


def agreements() -> Rows:
    """Four agreements of three communities."""
    return _numbered(_read("agreements")["agreement"])


def minutes() -> tuple[Rows, Rows, Rows]:
    """Meetings, people and topics, joined by ``meeting_no``."""
    document = _read("minutes")
    people = [
        {
            "meeting_no": group["meeting_no"],
            "sequence": place,
            "person": name,
            "unit": unit,
            "post": post or None,
            "attendance": attendance,
        }
        for group in document["person"]
        for place, (name, unit, post, attendance) in enumerate(group["people"], start=1)
    ]
    return _stripped(document["meeting"]), people, _stripped(document["topic"])


def publication(place: int) -> dict[str, Any]:
    """The head of the first (0) or second (1) publication."""
    return _stripped(_read("publications")["publication"])[place]


def candidates() -> Rows:
    """The candidates of the first publication."""
    return _numbered(_read("publications")["candidate"])


def list_items() -> Rows:
    """The lines of the three lists of the second publication."""
    return list(_read("publications")["item"])


def notice() -> dict[str, Any]:
    """铜王组发〔2020〕50号, whole."""
    issued = (_FOLDER / "issued.txt").read_text(encoding="utf-8").rstrip("\n")
    return _stripped([_read("notice")])[0] | {"sequence": 1, "issued_text": issued}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _stripped(rows: Rows) -> Rows:
    """Without the line break that a long string begins with in these files."""
    return [{key: value.strip("\n") if isinstance(value, str) else value for key, value in row.items()} for row in rows]


def _numbered(rows: Rows) -> Rows:
    """With the running number that hand-made tables begin with."""
    return [{"sequence": place} | row for place, row in enumerate(_stripped(rows), start=1)]
