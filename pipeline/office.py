"""An opened office: its settings, kinds, register, archive and workers, each built once and passed down.

Parts are opened, and the packages behind them loaded, when they are first used, so that ``find`` answers before a
printing press could start. Close it (``with``) and the
workers end and the register is let go.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pipeline.core import durable
from pipeline.core.bundle import Bundle
from pipeline.core.errors import ConfigurationError, GongwenError
from pipeline.core.kind import Kind
from pipeline.core.messages import _
from pipeline.core.policy import Rule
from pipeline.core.text import folded_name
from pipeline.core.values import Organisation
from pipeline.filing import Archive, Staging, acts, bear, count_records, deeds, records
from pipeline.intake.inbox import ORIGINALS, RECEIPTS, RETURNED, sender_folders
from pipeline.kinds import Catalogue
from pipeline.kinds.bundle import load_bundles
from pipeline.lock import LETTING_GO, OfficeLock
from pipeline.policies import Choice, WorkingDays, chosen, load_policies
from pipeline.register import Register
from pipeline.settings import Settings, load_settings
from pipeline.shares import Shares, office_id

if TYPE_CHECKING:
    from pipeline.filing.store import OccupiedPaths
    from pipeline.press import Press
    from pipeline.workers import Workers

log = logging.getLogger(__name__)

_MEGABYTE = 1_000_000
_KIND_FILES = ("kind.toml", "template.docx")


def shipped(name: str) -> Path:
    """A folder that comes with the program: ``templates`` or ``policies``, from the wheel or the checkout."""
    packed = Path(__file__).parent / "shipped" / name
    return packed if packed.is_dir() else Path(__file__).parent.parent / name


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
            papers=self._papers_in_place,
            unknown=self._unknown_paper,
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
        seen = (_identity(self.register_path), _state(self._template_folders))
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

    def _papers_in_place(self) -> int:
        """How many papers lie in the archive; not those whose files are still on their way there, or were destroyed."""
        on_their_way = sum(len(submission.papers) for submission in self.register.unfinished())
        return (
            sum(holding.papers for holding in self.register.holdings()) - on_their_way - len(self.register.destroyed())
        )

    def _unknown_paper(self) -> str:
        """The name of something filed in the archive that the register does not know; "" when it knows it all."""
        for found in records(self.settings.archive):
            if found.paper is not None and self.register.paper(found.paper.paper) is None:
                return found.paper.number or found.paper.title
        books = (
            (acts(self.settings.archive), {act.seq for act in self.register.acts()}),
            (deeds(self.settings.archive), {deed.seq for deed in self.register.deeds()}),
        )
        strange = (one.path for found, known in books for one in found if one.entry and one.entry.seq not in known)
        return next(strange, "")

    @cached_property
    def kinds(self) -> Catalogue:
        """The kinds that come with the program, and over them those of the office's own ``templates/``."""
        return Catalogue.load(self._template_folders)

    @property
    def _template_folders(self) -> list[Path]:
        own = self.settings.root / "templates"
        return [folder for folder in (shipped("templates"), own) if folder.is_dir()]

    @cached_property
    def bundles(self) -> tuple[Bundle, ...]:
        """The sets of papers (成套文件) that one workbook makes in one go."""
        return load_bundles(self._template_folders, self.kinds)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of the source documents that hold here; the office's own ``policies/`` go before the shipped."""
        own = self.settings.root / "policies"
        policies = load_policies(folder for folder in (shipped("policies"), own) if folder.is_dir())
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
        from pipeline.tasks import PressSettings, make_press

        settings = self.settings
        of = PressSettings(
            {kind.id: kind for kind in self.kinds},
            settings.office.seal_diameter_mm,
            dict(settings.fonts.roles),
            settings.font_folders,
            {kind.id: self.retention(kind) for kind in self.kinds},
            settings.printing.level,
            settings.printing.embed,
            settings.printing.engine,
            settings.printing.code,
            settings.archive_prints.stamp,
            settings.archive_prints.paging,
        )
        return partial(make_press, of)

    @cached_property
    def workers(self) -> Workers:
        """The processes that read and print."""
        from pipeline.scanning import ScanLimits
        from pipeline.sheets import Limits
        from pipeline.workers import Allowance, Scanning, Workers, press_count

        limits, scans = self.settings.limits, self.settings.scans
        return Workers(
            self.press,
            press_count(self.settings.printing.workers),
            limits=Limits(
                file_bytes=limits.file_megabytes * _MEGABYTE,
                unpacked_bytes=limits.unpacked_megabytes * _MEGABYTE,
                sheets=limits.sheets,
                cells=limits.cells,
            ),
            reading=Allowance(limits.read_seconds, limits.memory_megabytes),
            printing=Allowance(limits.print_seconds, limits.memory_megabytes),
            scanning=Scanning(
                ScanLimits(scans.file_megabytes * _MEGABYTE, scans.pages, scans.megapixels * _MEGABYTE), scans.seconds
            ),
        )

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
        """Whose inbox a folder in the inbox is, by its name; None where the office keeps one inbox for all."""
        if not self.settings.watch.subfolders:
            return None
        name = folded_name(folder)
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

    def refuse_forgotten_archive(self) -> None:
        """Raise ``ConfigurationError`` when the archive holds papers of which the register knows nothing.

        A register that was lost, or came back from an old backup, would give numbers that papers carry already. Names
        are counted once for each opened office; only where there are too many are the records read.
        """
        if not (self._has_compared and self.register.holdings()):
            too_many = count_records(self.settings.archive) > self._papers_in_place()
            forgotten = (
                too_many
                or (self.register.next_act() == 1 and next(acts(self.settings.archive), None) is not None)
                or (self.register.next_deed() == 1 and next(deeds(self.settings.archive), None) is not None)
            )
            paper = self._unknown_paper() if forgotten else ""
            if paper:
                raise ConfigurationError(
                    _("档案库里有登记簿不知道的文件（如 {paper}）；接着编号会重号").format(paper=paper),
                    where=str(self.register_path),
                    remedy=_("登记簿丢了，或是旧的备份：先运行 gongwen reindex，从档案库重建登记簿"),
                )
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


def _state(folders: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """Size and time of everything in the kinds' folders that a kind is read from."""
    files = sorted(file for folder in folders for name in _KIND_FILES for file in folder.glob(f"*/{name}"))
    return tuple((str(file), status.st_size, status.st_mtime_ns) for file in files if (status := file.stat()))
