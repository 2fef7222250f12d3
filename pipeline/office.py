"""An opened office: its settings, kinds, register, archive and workers, each built once and passed down.

Parts are opened, and the packages behind them loaded, when they are first used, so that ``find`` answers before a
printing press could start. Close it (``with``) and the
workers end and the register is let go.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pipeline.core import durable
from pipeline.core.bundle import Bundle
from pipeline.core.errors import GongwenError
from pipeline.core.kind import Kind
from pipeline.core.policy import Rule
from pipeline.core.text import folded_name
from pipeline.core.values import Organisation
from pipeline.filing import Archive, Staging, bear
from pipeline.forgotten import papers_in_place, refuse_forgotten_archive, unknown_paper
from pipeline.intake.inbox import ORIGINALS, RECEIPTS, RETURNED, sender_folders
from pipeline.kinds import Catalogue
from pipeline.kinds.bundle import load_bundles
from pipeline.lock import LETTING_GO, OfficeLock
from pipeline.misnamed import refuse_unknown_kinds, shared_words
from pipeline.policies import Choice, WorkingDays, chosen, load_policies
from pipeline.register import Register
from pipeline.settings import Settings, load_settings
from pipeline.shares import Shares, office_id, refuse_missing_archive
from pipeline.supplied import state_of_kinds, supplies
from pipeline.workshop import press_of, workers_of

if TYPE_CHECKING:
    from pipeline.filing.store import OccupiedPaths
    from pipeline.press import Press
    from pipeline.workers import Workers

log = logging.getLogger(__name__)


class Office:
    """One office. ``root`` is the workspace with its gongwen.toml."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._shares: Shares | None = None
        self._has_compared = False
        self._seen: tuple[object, object] | None = None

    @classmethod
    def open(cls, root: Path) -> Office:
        """Read gongwen.toml; the rest is opened when it is needed. Raises ``ConfigurationError``."""
        return cls(load_settings(root))

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "workers" in vars(self):
            self.workers.__exit__(kind, error, trace)
        if "register" in vars(self):
            self.register.close()

    @contextmanager
    def writing(self, purpose: str) -> Iterator[None]:
        """Be this office's one writer while in the block. Raises ``OfficeBusy`` naming the other one."""
        with self.turn(purpose), self._at_the_shares(purpose):
            try:
                yield
            finally:
                self._bear_witness()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Be this office's one watcher while in the block, known at the shares; each ``turn`` makes it the writer.

        Raises ``OfficeBusy`` naming the other watcher, or the other machine.
        """
        with OfficeLock(self._private_folder(), "watcher", "watch"), self._at_the_shares("watch"):
            yield

    @contextmanager
    def turn(self, purpose: str, patience: float = LETTING_GO) -> Iterator[None]:
        """The lock among the processes of this machine, waited for as many seconds. Raises ``OfficeBusy`` naming who
        has it.

        Between two turns others worked here: a register that was built anew, and templates that were edited, are
        opened again.
        """
        with OfficeLock(self._private_folder(), "writer", purpose, patience=patience):
            self._forget_what_changed()
            try:
                yield
            finally:
                self._bear_witness()

    @contextmanager
    def _at_the_shares(self, purpose: str) -> Iterator[None]:
        self._shares = Shares(
            self.settings.inbox,
            self.settings.archive,
            self.settings.private,
            purpose,
            papers=self._papers_known,
            unknown=lambda: unknown_paper(self.settings.archive, self.register),
        )
        try:
            with self._shares:
                yield
        finally:
            self._shares = None

    def _private_folder(self) -> Path:
        self.settings.private.mkdir(parents=True, exist_ok=True)
        return self.settings.private

    def _bear_witness(self) -> None:
        """Write down in the archive how the register's history ends; an archive out of reach hears it next time."""
        if self._shares is None or "register" not in vars(self):
            return
        try:
            self.confirm_archive()
            witness = self.register.witness(self.now().date())
            if witness is not None:
                bear(self.settings.archive, witness)
        except (GongwenError, OSError) as error:
            log.warning("the witness of the day was not written", extra={"reason": str(error)})

    def _forget_what_changed(self) -> None:
        """Let go of what was opened from files that are others by now."""
        seen = (_identity(self.register_path), state_of_kinds(self._template_folders))
        if self._seen is not None and seen[0] != self._seen[0]:
            self._has_compared = False
            if "register" in vars(self):
                vars(self).pop("register").close()
        if self._seen is not None and seen[1] != self._seen[1]:
            vars(self).pop("kinds", None)
            vars(self).pop("bundles", None)
            vars(self).pop("press", None)
            self.renew_workers()
        self._seen = seen

    def confirm_inbox(self) -> None:
        """While writing: raise ``OutOfReach`` unless the inbox is there and the one it was; see ``Shares``."""
        if self._shares is not None:
            self._shares.confirm_inbox()

    def confirm_archive(self) -> None:
        """While writing: raise unless the archive is there and we are its one writer; see ``Shares``."""
        if self._shares is not None:
            self._shares.confirm_archive()

    @cached_property
    def kinds(self) -> Catalogue:
        """The kinds that come with the program, and over them those of the office's own ``templates/``."""
        kinds = Catalogue.load(self._template_folders)
        refuse_unknown_kinds(self.settings, kinds)
        return kinds

    @property
    def _template_folders(self) -> tuple[Path, ...]:
        return supplies("templates", self.settings.root)

    @cached_property
    def bundles(self) -> tuple[Bundle, ...]:
        """The sets of papers (成套文件) that one workbook makes in one go."""
        return load_bundles(self._template_folders, self.kinds)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the source documents that hold here; the office's own ``policies/`` go before the shipped."""
        policies = load_policies(supplies("policies", self.settings.root))
        choices = {name: Choice(one.options, one.severity) for name, one in self.settings.policies.items()}
        return chosen(policies, choices)

    @cached_property
    def working_days(self) -> WorkingDays:
        """The calendar of working days, with the office's own days."""
        own = self.settings.calendar
        return WorkingDays(frozenset(own.holidays), frozenset(own.workdays))

    @cached_property
    def register(self) -> Register:
        """The register of numbers and papers; made when it is not there yet."""
        return Register.open(self.register_path)

    @property
    def register_path(self) -> Path:
        """The register's file, on a local disk."""
        return self.settings.private / "register.db"

    @cached_property
    def archive(self) -> Archive:
        """The archive's tree."""
        return Archive(self.settings.archive)

    def occupied(self) -> OccupiedPaths:
        """The paths of the archive that are taken, for planning places; those of destroyed papers stay taken."""
        return self.archive.occupied(self.register.gone())

    @cached_property
    def filed(self) -> Path:
        """Where papers lie that were filed before: the archive, also while a rehearsal files into one of its own."""
        return self.settings.archive

    @cached_property
    def press(self) -> partial[Press]:
        """How to make a press: in this process, or in a worker."""
        return press_of(self.settings, self.kinds, {kind.id: self.retention(kind) for kind in self.kinds})

    @cached_property
    def workers(self) -> Workers:
        """The processes that read and print."""
        return workers_of(self.settings, self.press)

    def renew_workers(self) -> None:
        """End the workers, whatever state they are in; new ones are started when they are needed."""
        workers = vars(self).pop("workers", None)
        if workers is not None:
            broken = RuntimeError("workers are renewed")
            with suppress(Exception):
                workers.__exit__(type(broken), broken, None)

    @property
    def id(self) -> str:
        """The lasting id of this office, made at its first use."""
        self._private_folder()
        return office_id(self.settings.private)

    @property
    def returned(self) -> Path:
        """Where workbooks go that came back (退回)."""
        return self.settings.inbox / RETURNED

    @property
    def originals(self) -> Path:
        """The senders' own files of what came back, untouched (退回/原件)."""
        return self.returned / ORIGINALS

    @property
    def receipts(self) -> Path:
        """Where receipts go (回执)."""
        return self.settings.inbox / RECEIPTS

    def sender(self, folder: str) -> Organisation | None:
        """Whose inbox a folder in the inbox is, by its name; None where the office keeps one inbox for all, and where
        the name means several."""
        name = folded_name(folder)
        shared = map(folded_name, shared_words(self.settings.organisations))
        if not self.settings.watch.subfolders or name in shared:
            return None
        for one in self.settings.organisations:
            if name in {folded_name(known) for known in (one.name, one.short_name, *one.synonyms)}:
                return one
        return None

    def sender_of(self, arrived: Path) -> str:
        """The name of the sender's own folder that a file lies in; "" when it lies in the inbox itself."""
        return "" if arrived.parent == self.settings.inbox else arrived.parent.name

    def mailboxes(self) -> tuple[Path, ...]:
        """The inbox, and the folders in it that belong to one sender each. Raises ``OutOfReach``."""
        senders = sender_folders(self.settings.inbox, lambda name: self.sender(name) is not None)
        return (self.settings.inbox, *senders)

    @property
    def spool(self) -> Path:
        """Our own copies of what was claimed."""
        return self.settings.private / "spool"

    def staging(self, submission: str) -> Staging:
        """The printed papers of a submission, before and while they are placed into the archive."""
        return Staging(self.settings.private / "staging" / submission)

    def sweep(self) -> None:
        """Throw away what killed runs left behind; call it only when nothing is unfinished."""
        for folder in (self.spool, self.settings.private / "staging"):
            shutil.rmtree(folder, ignore_errors=True)
        for box in self.mailboxes():
            for folder in (box / RECEIPTS, box / RETURNED, box / RETURNED / ORIGINALS):
                durable.sweep(folder)
        durable.sweep(self.settings.private)

    def refuse_missing_archive(self, remedy: str = "") -> None:
        """Raise ``OutOfReach`` when the archive is gone or empty; see ``pipeline.shares``."""
        refuse_missing_archive(self.settings.archive, self._papers_known, remedy)

    def _papers_known(self) -> int:
        """How many papers must be in the archive by a register that is there and can be read; 0 without one.

        It is opened for this alone: ``reindex`` puts another in its place.
        """
        with suppress(GongwenError):
            if self.register_path.is_file():
                with Register.open(self.register_path) as register:
                    return papers_in_place(register)
        return 0

    def refuse_forgotten_archive(self) -> None:
        """Raise ``ConfigurationError`` when the archive holds papers of which the register knows nothing.

        Looked at once for each opened office; see ``pipeline.forgotten``.
        """
        if not (self._has_compared and self.register.holdings()):
            refuse_forgotten_archive(self.settings.archive, self.register, self.register_path)
            self._has_compared = True

    def retention(self, kind: Kind) -> str:
        """保管期限 of a kind: the office's own table before the kind's default."""
        return self.settings.retention.get(kind.id, kind.retention)

    def now(self) -> datetime:
        """The time of the office, with its zone."""
        return datetime.now().astimezone().replace(microsecond=0)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is to the system; None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
