"""Rounds through the inbox: once for ``run``, for ever for ``watch``. Each file goes its own way through ``flow``."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.catalogues import keep_lists
from pipeline.core.errors import GongwenError
from pipeline.core.filesystem import explained
from pipeline.core.messages import _
from pipeline.flow import Outcome, Progress, submit
from pipeline.intake.inbox import Arrival, arrivals, why_waiting
from pipeline.intake.names import readable
from pipeline.intake.remaining import Remaining
from pipeline.intake.settle import PATIENCE, Settler
from pipeline.logs import one_workbook
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.scanning import is_scan
from pipeline.scans import receive

log = logging.getLogger(__name__)

_GLANCE = 0.05


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a file, and the error that left it in the inbox, if any did."""

    outcome: Outcome
    error: BaseException | None = None


def run_once(office: Office, progress: Progress) -> Iterator[Outcome]:
    """Everything now in the inbox, once. Files still open or still arriving at the end are "waiting".

    A file that fails is left where it is and the others go on; the first error is raised at the end.
    """
    office.confirm_inbox()
    recovered = recover(office)
    yield from (*recovered.healed, *recovered.stuck.values())
    first_error: BaseException | None = recovered.error
    remaining = Remaining(office.settings.private / "remaining.json")
    listed = look(office)
    remaining.keep_only(listed)
    if listed:
        office.workers.warm_up()
    settled, waiting = _wait_until_settled(office)
    for arrival in settled:
        carried = again(arrival, office, remaining) or carry(arrival, office, remaining, progress)
        first_error = first_error or carried.error
        yield carried.outcome
    for arrival in waiting:
        yield Outcome(name_of(arrival, office), "waiting", why=why_waiting(arrival))
    keep_lists(office)
    if first_error is not None:
        raise first_error


def look(office: Office) -> tuple[Arrival, ...]:
    """What lies in the inbox and in its senders' folders. Raises ``OutOfReach``."""
    return arrivals(office.settings.inbox, lambda name: office.sender(name) is not None)


def name_of(arrival: Arrival, office: Office) -> str:
    """The file's name for people, behind the sender's folder where it lies in one."""
    sender = office.sender_of(arrival.path)
    name = readable(arrival.path.name)
    return f"{readable(sender)}/{name}" if sender else name


def again(arrival: Arrival, office: Office, remaining: Remaining) -> Carried | None:
    """A file that was done before and could not be removed: try to remove it; None for any other file."""
    if remaining.why(arrival) is None:
        return None
    remaining.try_again(arrival)
    return Carried(Outcome(name_of(arrival, office), "waiting", why=remaining.why(arrival) or ""))


def carry(arrival: Arrival, office: Office, remaining: Remaining, progress: Progress) -> Carried:
    """Carry one file its way. Whatever goes wrong with it is logged, and leaves the file where it is.

    Catches all there is but the end of the process: a broken file can make a library below us raise what is no
    ``Exception`` (a panic of Rust's), and it must not stop the files behind it.
    """
    name = name_of(arrival, office)
    with one_workbook(name):
        try:
            take_in = receive if is_scan(arrival.path.name) else submit
            outcome = replace(take_in(arrival, office, progress), name=name)
        except (KeyboardInterrupt, SystemExit):
            raise
        except GongwenError as error:
            log.error("left in the inbox", extra={"reason": str(error)})
            where = f"{error.where}{_('：')}" if error.where else ""
            return Carried(Outcome(name, "left", why=f"{where}{error.what}"), error)
        except OSError as error:
            log.error("left in the inbox", extra={"reason": str(error)})
            where = f"{error.filename}{_('：')}" if error.filename else ""
            return Carried(Outcome(name, "left", why=f"{where}{explained(error)}"), error)
        except BaseException as error:
            log.exception("left in the inbox")
            office.renew_workers()
            return Carried(Outcome(name, "left", why=_("程序自己出错了，日志里有详情；会再试")), error)
        if outcome.why and outcome.state != "waiting":
            remaining.note(arrival, outcome.why, removable=outcome.delivered is not None)
        return Carried(outcome)


def _wait_until_settled(office: Office) -> tuple[tuple[Arrival, ...], tuple[Arrival, ...]]:
    """The files that have arrived, and those that still have not after some patience."""
    delay = office.settings.watch.settle_seconds
    settler = Settler(delay)
    end = time.monotonic() + delay * (PATIENCE + 1)
    while True:
        listed = look(office)
        settled = settler.settled(listed)
        waiting = tuple(arrival for arrival in listed if arrival not in settled)
        if all(arrival.held_open for arrival in waiting) or time.monotonic() > end:
            return settled, waiting
        time.sleep(max(_GLANCE, delay / 4))
