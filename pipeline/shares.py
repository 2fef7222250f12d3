"""Inbox and archive, which may lie on a share, while this process writes in the office.

Asked before each round and before each COMMIT: are both still there, are they the ones they were, and does nobody
else write in them? What goes wrong here stops a round before anything is claimed, and is tried again later.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from pipeline.core import durable
from pipeline.core.errors import ConfigurationError, GongwenError, OutOfReach
from pipeline.core.filesystem import explained
from pipeline.core.messages import _
from pipeline.intake.inbox import RECEIPTS
from pipeline.intake.place import Place, another, place_of, remember, remembered
from pipeline.plate import RENEWAL, Door, my_plate, read

log = logging.getLogger(__name__)

_ID, _PLACE = "office.json", "inbox.json"
"""In ``.gongwen/``: the id of the office, and where its inbox was seen to lie."""


class Shares:
    """The two folders and their doors; a context manager, used while holding the writer's lock.

    ``papers`` counts the papers that must lie in the archive; ``unknown`` names a paper in it that the register does
    not know, "" when there is none. Entering raises ``OfficeBusy`` when another machine is at work in one of them;
    a folder that is out of reach is no obstacle yet, ``confirm_archive`` and ``confirm_inbox`` will tell.
    """

    def __init__(
        self,
        inbox: Path,
        archive: Path,
        private: Path,
        purpose: str,
        *,
        papers: Callable[[], int],
        unknown: Callable[[], str],
    ) -> None:
        self._inbox = inbox
        self._archive = archive
        self._private = private
        self._id = office_id(private)
        self._papers = papers
        self._unknown = unknown
        mine = my_plate(self._id, purpose)
        self._archive_door = Door(archive, mine)
        self._inbox_door = Door(inbox / RECEIPTS, mine)
        self._no_plate = ""
        self._over = threading.Event()
        self._renewing = threading.Thread(target=self._keep_renewing, name="plates", daemon=True)

    def __enter__(self) -> Shares:
        with suppress(OutOfReach, OSError):
            refuse_missing_archive(self._archive, self._papers)
            self._archive_door.enter()
        with suppress(OutOfReach, OSError):
            self.confirm_inbox()
        self._renewing.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._renewing.join(timeout=1)
        self._archive_door.leave()
        self._inbox_door.leave()

    def confirm_archive(self) -> None:
        """Raise unless the archive is there, and we are its one writer.

        ``OutOfReach`` when it is gone, ``OfficeBusy`` when another machine writes in it, ``ConfigurationError`` when it
        holds papers of which our register knows nothing, ``OSError`` as it comes (read-only, full).
        """
        refuse_missing_archive(self._archive, self._papers)
        if self._archive_door.inside:
            self._archive_door.confirm()
        else:
            self._archive_door.enter()
        if self._archive_door.owner != self._id:
            self._refuse_unknown_papers()
            self._archive_door.adopt()

    def confirm_inbox(self) -> None:
        """Raise unless the inbox is there and the one it was (``OutOfReach``), and ours (``OfficeBusy``).

        An inbox in which nobody may write has no plate; it is told by its device and inode alone.
        """
        place = refuse_another_inbox(self._inbox, self._private)
        self._hang_plate_in_inbox()
        if remembered(self._private / _PLACE) != place:
            remember(self._private / _PLACE, place)

    def _hang_plate_in_inbox(self) -> None:
        try:
            if not (self._inbox_door.inside and self._is_confirmed(self._inbox_door)):
                self._inbox_door.enter()
                self._inbox_door.adopt()
            self._no_plate = ""
        except OSError as error:
            why = explained(error)
            if why != self._no_plate:
                log.warning("cannot write in the inbox", extra={"reason": why, "folder": str(self._inbox)})
            self._no_plate = why

    def _is_confirmed(self, door: Door) -> bool:
        """False when the inbox is another folder than when we entered: one that was accepted in the meantime."""
        with suppress(OutOfReach):
            door.confirm()
            return True
        return False

    def _refuse_unknown_papers(self) -> None:
        """Another office (or ours, before its register was restored) filed here: our numbers must know of its."""
        paper = self._unknown()
        if paper:
            raise ConfigurationError(
                _("档案库里有本机登记簿不知道的文件（如 {paper}）；接着编号会重号").format(paper=paper),
                where=str(self._archive),
                remedy=_("如果是从别的机器接手，先运行 gongwen reindex；如果是两个办公室，各用各的档案库"),
            )

    def _keep_renewing(self) -> None:
        while not self._over.wait(RENEWAL):
            for door in (self._archive_door, self._inbox_door):
                if door.inside:
                    with suppress(OSError, GongwenError):  # the next round meets the same obstacle, and tells of it
                        door.renew()


def refuse_missing_archive(archive: Path, papers: Callable[[], int], remedy: str = "") -> None:
    """Raise ``OutOfReach`` when the archive is gone, or looks as if nothing had ever been filed although there are
    ``papers``: the mount point of a share that is away takes files as well."""
    remedy = remedy or _("检查共享盘是否连上；接上以后会自动接着做，在那之前不收任何表格")
    try:
        with os.scandir(archive) as entries:
            is_empty = all(entry.name.startswith(".") for entry in entries)
    except OSError as error:
        raise OutOfReach(
            _("档案库读不到：{why}").format(why=explained(error)), where=str(archive), remedy=remedy
        ) from None
    if is_empty and (count := papers()):
        why = _("里面是空的，登记簿里却有 {papers} 份文件").format(papers=count)
        raise OutOfReach(_("档案库读不到：{why}").format(why=why), where=str(archive), remedy=remedy)


def refuse_another_inbox(inbox: Path, private: Path) -> Place:
    """Where the inbox lies now. Raises ``OutOfReach`` when it is gone, or not the folder it was. Changes nothing."""
    place = place_of(inbox)
    known = remembered(private / _PLACE)
    if known is not None and known.path == place.path and known != place:
        plate = read(inbox / RECEIPTS / durable.WRITER)
        if plate is None or plate.owner != _known_id(private):
            raise another(inbox, private / _PLACE)
    return place


def _known_id(private: Path) -> str:
    """The lasting id of this office; "" before its first use."""
    try:
        return str(json.loads((private / _ID).read_bytes())["id"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def office_id(private: Path) -> str:
    """The lasting id of this office, made at its first use."""
    known = _known_id(private)
    if known:
        return known
    made = secrets.token_hex(8)
    durable.replace(private / _ID, json.dumps({"id": made}).encode())
    return made
