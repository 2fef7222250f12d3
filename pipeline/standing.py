"""How the office stands right now: is somebody watching, what waits and why, what came back, which numbers went out.

Asked from outside by ``status``, while a watcher may be at work or lie dead. Reads; changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.core.deeds import Action
from pipeline.core.errors import OutOfReach
from pipeline.core.messages import _
from pipeline.core.values import Number
from pipeline.heart import read_sign
from pipeline.intake.inbox import RETURNED, why_waiting
from pipeline.intake.names import readable
from pipeline.intake.remaining import Remaining
from pipeline.office import Office
from pipeline.post import plain_name
from pipeline.rounds import look, name_of
from pipeline.scanning import is_scan
from pipeline.shares import refuse_another_inbox


@dataclass(frozen=True, slots=True)
class Standing:
    """``watcher`` is its sign of life with ``alive``, empty when there is none; ``waiting`` maps names to reasons.

    ``returned`` names what lies in 退回 and waits for its sender, ``answered`` what lies there although the mended
    workbook of its name went through: nobody deletes it but its sender, who may want to know. ``sealed`` counts the
    papers that got a seal this year (盖章件, 电子签章件), ``scans`` the scans among what waits; ``lost`` says what is
    out of reach (``inbox``, ``archive``), ``working_on`` the workbook at hand (``name``, ``done`` of ``total``),
    ``unfinished`` names workbooks whose numbers are given and whose papers or receipt are on their way.
    """

    watcher: Mapping[str, Any]
    waiting: Mapping[str, str]
    returned: tuple[str, ...]
    answered: tuple[str, ...]
    numbers_today: tuple[Number, ...]
    unfinished: tuple[str, ...]
    working_on: Mapping[str, Any] = field(default_factory=dict)
    lost: Mapping[str, str] = field(default_factory=dict)
    sealed: int = 0
    scans: int = 0

    @property
    def is_well(self) -> bool:
        """Whether somebody watches, and nothing is out of reach."""
        return bool(self.watcher.get("alive")) and not self.lost


def standing_of(office: Office) -> Standing:
    """Look at the office from outside."""
    watcher = read_sign(office.settings.private / "watch.json", office.now())
    seen = watcher if watcher.get("alive") else {}
    working_on = seen.get("working_on") or {}
    lost = dict(seen.get("lost", {}))
    waiting: dict[str, str] = {}
    returned: dict[str, bool] = {}
    try:
        refuse_another_inbox(office.settings.inbox, office.settings.private)
        waiting = _waiting(office, {one["name"]: one["why"] for one in seen.get("waiting", [])})
        waiting.pop(working_on.get("name", ""), None)
        returned = dict(_returned(office))
    except OutOfReach as error:
        lost.setdefault("inbox", str(error))
    try:
        office.refuse_missing_archive()
    except OutOfReach as error:
        lost.setdefault("archive", str(error))
    return Standing(
        watcher,
        waiting,
        tuple(name for name, is_mended in returned.items() if not is_mended),
        tuple(name for name, is_mended in returned.items() if is_mended),
        office.register.numbers_of(office.now().date()) if has_register(office) else (),
        tuple(one.name for one in office.register.unfinished()) if has_register(office) else (),
        working_on,
        lost,
        _sealed(office) if has_register(office) else 0,
        sum(is_scan(name) for name in waiting),
    )


def has_register(office: Office) -> bool:
    """Whether the office has ever worked; asking the register would make one."""
    return office.register_path.is_file()


def _sealed(office: Office) -> int:
    """How many papers got a seal this year, on paper or electronically."""
    year = office.now().year
    done = (deed for deed in office.register.deeds() if deed.action in (Action.SEALED, Action.SIGNED))
    return len({line.paper for deed in done if deed.at.year == year for line in deed.lines})


def _waiting(office: Office, told: Mapping[str, str]) -> dict[str, str]:
    """What lies in the inbox, with the watcher's own reason where it gave one."""
    remaining = Remaining(office.settings.private / "remaining.json")
    reasons = {}
    for one in look(office):
        name = name_of(one, office)
        queued = why_waiting(one) if one.held_open else _("等着下一次处理")
        reasons[name] = told.get(name) or remaining.why(one) or queued
    return reasons


def _returned(office: Office) -> Iterator[tuple[str, bool]]:
    """What lies in 退回, behind the sender's folder where it has one, and whether it was mended since."""
    for box in office.mailboxes():
        folder = box / RETURNED
        if folder.is_dir():
            sender = "" if box == office.settings.inbox else f"{box.name}/"
            names = (path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
            yield from ((f"{sender}{name}", _is_mended(name, office)) for name in map(readable, sorted(names)))


def _is_mended(name: str, office: Office) -> bool:
    """Whether the latest workbook of this name went through, so that what lies in 退回 is of no use to anybody."""
    if not has_register(office):
        return False
    plain = plain_name(name)
    alike = [one for one in office.register.submissions_named(plain) if plain_name(one.name) == plain]
    return bool(alike) and alike[-1].state != "returned"
