"""Prove an office's archive (``retrieval.verify``) with all that stands ready for it: number book, history, pages."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.catalogues import is_derived, stale
from pipeline.core.deeds import Action
from pipeline.core.errors import ConfigurationError
from pipeline.core.messages import _
from pipeline.filing import census
from pipeline.office import Office
from pipeline.retrieval import WHOLE, NumberBook, Part, Report, left_out, verify
from pipeline.retrieval.damage import Damage, Note, Remark
from pipeline.settings import FILE, Settings

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]


def proved(office: Office, part: Part = WHOLE) -> Report:
    """Archive against register and back, or a part of it. The caller is the office's writer."""
    register, archive = office.register, office.settings.archive
    pending = {paper for submission in register.unfinished() for paper in submission.papers}
    pending |= {act.id for act in register.unfinished_acts()} | {deed.id for deed in register.unfinished_deeds()}
    book = NumberBook(register.acts(), register.ledger())
    outside = frozenset() if part.is_whole else left_out(part, register.papers(), register.acts(), register.deeds())
    found = census(archive, outside)
    history = register.history(found.days.values())
    outdated = () if pending else stale(office)
    report = verify(
        archive, found, register.papers(), pending, book, history, is_derived, outdated, register.deeds(), part
    )
    seals = tuple(_seals(office, outside))
    damages = tuple(one for one in seals if isinstance(one.what, Damage))
    notes = tuple(one for one in seals if isinstance(one.what, Note))
    return replace(report, damages=(*report.damages, *damages), notes=(*report.notes, *notes))


def _seals(office: Office, outside: Set[str]) -> Iterator[Remark]:
    """Of every signed copy that is not ``outside`` the part: whether its signatures hold, whose they are, and whether
    the office trusts them, where it says whom it trusts. A copy that is not there at all is named by its digest."""
    signed = [line for deed in office.register.deeds() if deed.action is Action.SIGNED for line in deed.lines]
    if not signed:
        return
    from pipeline.sealing.signing import readable_signatures  # pyHanko takes longer to load than an archive to prove

    trusted = trusted_certificates(office.settings)
    for file in (file for line in signed for file in line.files.values()):
        path = office.settings.archive / file.path
        if file.path in outside or not path.is_file():
            continue
        states = readable_signatures(path.read_bytes(), trusted or ())
        if not states or not all(state.holds for state in states):
            yield Remark(Damage.CHANGED, file.path, _("电子签章不再有效：签章以后文件被改动过"))
            continue
        told = [_signer(state.signer, state.field, None if trusted is None else state.trusted) for state in states]
        doubted = trusted is not None and not all(state.trusted for state in states)
        yield Remark(Note.UNTRUSTED if doubted else Note.SIGNER, file.path, _("；").join(told))


def _signer(signer: str, field: str, trusted: bool | None) -> str:
    """Whose signature it is; nothing of trust where the office keeps no list."""
    if trusted is None:
        return _("{signer} 签在 {field}，签章有效").format(signer=signer, field=field)
    if trusted:
        return _("{signer} 签在 {field}，签章有效，证书可信").format(signer=signer, field=field)
    return _("{signer} 签在 {field}，签章有效，但证书不在 [sealing] trusted 里，或不在有效期内").format(
        signer=signer, field=field
    )


def trusted_certificates(settings: Settings) -> tuple[Certificate, ...] | None:
    """Whom ``[sealing] trusted`` trusts; None where it names nobody.

    Raises ``ConfigurationError`` for a pattern that fits no file, and for a file that is no certificate.
    """
    if not settings.sealing.trusted:
        return None
    from pipeline.sealing.signing import load_certificates

    every: list[Certificate] = []
    for pattern in settings.sealing.trusted:
        meant = settings.root / pattern
        paths = sorted(meant.parent.glob(meant.name))
        if not paths:
            raise ConfigurationError(
                _("sealing.trusted：没有“{pattern}”这样的证书文件").format(pattern=pattern),
                where=str(settings.root / FILE),
                remedy=_("把证书（.pem 或 .cer）放到那里，或改正路径"),
            )
        for path in paths:
            every.extend(load_certificates(path))
    return tuple(every)
