"""``watch``: rounds through the inbox for months, whatever files, shares and workers do meanwhile.

One thing at a time may be out of order, and each has its own answer. The inbox is gone: nothing is seen, and nothing
is taken for deleted. The archive is gone, or another machine writes in it: nothing is claimed until it is back. A file
fails: it is left where it is and tried again, later each time. All of it is said once in the log when it begins and
when it ends, and stands in the sign of life for ``status``.

Between two rounds the office is free: ``run``, ``verify`` or an act on a number takes its turn, and a round that finds
somebody at work is put off.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from pipeline.catalogues import keep_lists
from pipeline.core.errors import GongwenError, OfficeBusy, OutOfReach
from pipeline.core.filesystem import explained, network_kind
from pipeline.core.messages import _
from pipeline.flow import Outcome
from pipeline.heart import Heart
from pipeline.intake.inbox import Arrival, why_waiting
from pipeline.intake.later import Later
from pipeline.intake.listen import Listener
from pipeline.intake.remaining import Remaining
from pipeline.intake.settle import Settler
from pipeline.intake.watch import Alarm, watch
from pipeline.office import Office
from pipeline.recovery import recover
from pipeline.rounds import again, carry, look, name_of

log = logging.getLogger(__name__)

_INBOX, _ARCHIVE = "inbox", "archive"
_HANGING = 180.0
"""Seconds beyond what one step may take ([limits]) after which a silent watcher counts as hanging."""


def keep_watching(office: Office, alarm: Alarm, told: Callable[[Outcome], None]) -> None:
    """Take in whatever arrives until the alarm is stopped.

    Raises only what stands in the way at the start and will not go away by itself: a wrong configuration, a damaged
    register, another machine at work.
    """
    watcher = Watcher.of(office, alarm, told)
    watcher.begin()
    settings = office.settings.watch
    try:
        watch(
            alarm,
            Settler(settings.settle_seconds),
            interval=settings.interval_seconds,
            look=watcher.look,
            work=watcher.work,
            lost=watcher.lost_inbox,
        )
    finally:
        watcher.end()


def events_help(office: Office) -> str:
    """ "" where the system tells of changes in the inbox, else why it is looked at by the clock alone."""
    if office.settings.watch.polling == "always":
        return "always"
    return network_kind(office.settings.inbox)


@dataclass(slots=True)
class Watcher:
    """What the watcher remembers from one round to the next."""

    office: Office
    alarm: Alarm
    told: Callable[[Outcome], None]
    heart: Heart
    remaining: Remaining
    listener: Listener | None
    later: Later = field(default_factory=Later)
    lost: dict[str, str] = field(default_factory=dict)
    left: dict[Arrival, str] = field(default_factory=dict)
    stuck: dict[str, Outcome] = field(default_factory=dict)
    gone: set[Arrival] = field(default_factory=set)
    has_recovered: bool = False
    busy: str = ""

    @classmethod
    def of(cls, office: Office, alarm: Alarm, told: Callable[[Outcome], None]) -> Watcher:
        """A watcher for this office."""
        why = events_help(office)
        settings = office.settings
        patience = _HANGING + 2 * settings.watch.interval_seconds
        patience += max(settings.limits.read_seconds, settings.limits.print_seconds)
        return cls(
            office,
            alarm,
            told,
            Heart(settings.private / "watch.json", office.now, "polling" if why else "events", patience),
            Remaining(settings.private / "remaining.json"),
            None if why else Listener(alarm.ring),
        )

    def begin(self) -> None:
        """Finish what an earlier run left; raise what no waiting will mend."""
        log.info("watching", extra={"mode": self.heart.mode, "folder": str(self.office.settings.inbox)})
        try:
            self.office.confirm_inbox()
            self._take_turn(self._recover)
        except OutOfReach as error:
            log.error("out of reach at the start, waiting for it", extra={"reason": str(error)})
        except OSError as error:
            log.error("cannot work yet", extra={"reason": str(error)})
        self._beat(())
        self.office.workers.warm_up()

    def end(self) -> None:
        """Say goodbye."""
        if self.listener is not None:
            self.listener.stop()
        self.heart.stop()
        log.info("stopped")

    def look(self) -> tuple[Arrival, ...]:
        """What lies in the inbox. Raises ``OutOfReach``."""
        self.office.confirm_inbox()
        listed = look(self.office)
        if self.listener is not None:
            self.listener.tend(self.office.mailboxes())
        return listed

    def lost_inbox(self, error: Exception) -> None:
        """The inbox is gone: say so once, and go on looking."""
        self._now(_INBOX, _told(error))
        self.heart.beat((), self.lost)

    def work(self, listed: tuple[Arrival, ...], settled: tuple[Arrival, ...]) -> None:
        """One round: what may be tried now is carried its way; the rest waits. Raises nothing."""
        try:
            self._now(_INBOX, "")
            self._forget_all_but(listed)
            self.gone.clear()
            self._take_turn(lambda: self._round(settled))
        except Exception:  # a full disk under our own notes, a register that cannot be read: the next round tries again
            log.exception("this round was given up")
        self._beat(tuple(arrival for arrival in listed if arrival not in self.gone))

    def _take_turn(self, work: Callable[[], None]) -> None:
        """Do this as the office's writer; put it off when somebody else on this machine is at work in it."""
        with ExitStack() as turn:
            try:
                turn.enter_context(self.office.turn("watch"))
            except OfficeBusy as error:
                if not self.busy:
                    log.info("another command is at work, waiting for it", extra={"reason": str(error)})
                self.busy = str(error)
            else:
                self.busy = ""
                work()

    def _round(self, settled: tuple[Arrival, ...]) -> None:
        due = [arrival for arrival in settled if self.later.has_come(arrival)]
        unfinished = not self.has_recovered or any(self.later.has_come(submission) for submission in self.stuck)
        if not self._archive_is_ready(go_on=bool(due) or unfinished):
            return
        for arrival in due:
            if self.alarm.stopped:
                return
            self._carry(arrival)
        if due:
            keep_lists(self.office)

    def _archive_is_ready(self, *, go_on: bool) -> bool:
        """What stands in the way of the archive, or of earlier work, stands in the way of everything."""
        try:
            self.office.confirm_archive()
            if go_on or _ARCHIVE in self.lost:
                self._go_on()
        except (GongwenError, OSError) as error:
            self._now(_ARCHIVE, _told(error))
            return False
        self._now(_ARCHIVE, "")
        return True

    def _go_on(self) -> None:
        """Finish earlier work whose time has come."""
        waiting = {one: outcome for one, outcome in self.stuck.items() if not self.later.has_come(one)}
        self._recover()
        for submission in self.stuck:
            self.later.postpone(submission)
        self.stuck = {**waiting, **self.stuck}

    def _recover(self) -> None:
        recovered = recover(self.office, self.later.has_come)
        self.stuck = dict(recovered.stuck)
        for outcome in recovered.healed:
            self.told(outcome)
        if recovered.healed or not self.has_recovered:
            keep_lists(self.office)  # a run that was killed before its lists: nothing else tells of it
        self.has_recovered = True

    def _carry(self, arrival: Arrival) -> None:
        carried = again(arrival, self.office, self.remaining)
        if carried is not None:
            self.later.postpone(arrival)
            return
        self.heart.at_work(name_of(arrival, self.office), 0, 0)
        carried = carry(arrival, self.office, self.remaining, self.heart.at_work)
        if carried.outcome.why:
            self.later.postpone(arrival)
        else:
            self.gone.add(arrival)
        if carried.outcome.state == "left":
            self.left[arrival] = carried.outcome.why
        self.told(carried.outcome)

    def _forget_all_but(self, listed: tuple[Arrival, ...]) -> None:
        self.later.keep_only((*listed, *self.stuck))
        self.remaining.keep_only(listed)
        there = set(listed)
        self.left = {arrival: why for arrival, why in self.left.items() if arrival in there}

    def _beat(self, listed: tuple[Arrival, ...]) -> None:
        self.heart.beat([{"name": name_of(one, self.office), "why": self._why(one)} for one in listed], self.lost)

    def _why(self, arrival: Arrival) -> str:
        return self.busy or self.left.get(arrival) or self.remaining.why(arrival) or why_waiting(arrival)

    def _now(self, what: str, why: str) -> None:
        """Note that inbox or archive is lost ("" when it is there), and log the change, once."""
        before = self.lost.get(what, "")
        if why and why != before:
            log.error("waiting for the %s", what, extra={"reason": why})
        elif before and not why:
            log.warning("the %s is back", what)
        self.lost = {key: words for key, words in self.lost.items() if key != what} | ({what: why} if why else {})


def _told(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}{_('：')}{explained(error)}" if error.filename else explained(error)
    return str(error)
