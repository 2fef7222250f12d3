"""Papers are signed beside what is filed, one side after the other; and who used the seal is written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from pipeline import deedbook, signing
from pipeline.books import Why
from pipeline.core.errors import AnswerIsNo, ConfigurationError
from pipeline.office import Office
from pipeline.proving import proved
from pipeline.rendering import FontBook
from pipeline.rendering.archival import objections
from pipeline.retrieval.damage import Note
from pipeline.rounds import run_once
from pipeline.sealing.signing import free_field, load_certificates, signatures
from pipeline.settings.tables import SealingTable
from pipeline.signing import Key, Stamping, sign_pdf, stamp, stampings
from pipeline.standing import standing_of
from tests.offices import FORMS, drop, make_office, verified
from tests.sealing.test_signing import FIELDS, agreement, throw_away

WHY = Why("签协议", "王秘书")


def key(folder: Path, name: str, **wanted: Any) -> Key:
    """A throw-away certificate of this name as a PKCS #12 file with the passphrase "secret"."""
    throw_away(folder, name)
    private = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
    certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
    path = folder / f"{name}.p12"
    locked = serialization.BestAvailableEncryption(b"secret")
    path.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), private, certificate, None, locked))  # type: ignore[arg-type]
    return Key(path, b"secret", **wanted)


def test_two_sides_sign_with_visible_seals_and_the_file_stays_pdf_a(tmp_path: Path) -> None:
    book = FontBook.open()
    once = sign_pdf(agreement(), key(tmp_path, "甲方"), "seal:甲方", book)
    twice = sign_pdf(once.pdf, key(tmp_path, "乙方"), "seal:乙方", book)
    assert twice.pdf.startswith(once.pdf) and once.pdf.startswith(agreement())
    trusted = load_certificates(tmp_path / "甲方.pem")
    assert [(each.field, each.signer, each.holds, each.trusted) for each in signatures(twice.pdf, trusted)] == [
        ("seal:甲方", "甲方", True, True),
        ("seal:乙方", "乙方", True, False),
    ]
    assert objections(twice.pdf) == ()


def test_a_changed_byte_is_told(tmp_path: Path) -> None:
    data = bytearray(sign_pdf(agreement(), key(tmp_path, "甲方"), "seal:甲方", FontBook.open()).pdf)
    place = data.index("共驻共建协议书".encode())
    data[place : place + 3] = "独".encode()
    assert [each.holds for each in signatures(bytes(data))] == [False]


def test_the_field_must_be_there_and_free(tmp_path: Path) -> None:
    with pytest.raises(AnswerIsNo) as several:
        free_field(agreement())
    assert all(name in several.value.remedy for name in FIELDS)
    with pytest.raises(AnswerIsNo):
        free_field(agreement(), "seal:丙方")
    once = sign_pdf(agreement(), key(tmp_path, "甲方"), "seal:甲方", FontBook.open())
    with pytest.raises(AnswerIsNo):
        free_field(once.pdf, "seal:甲方")


def test_a_wrong_passphrase_and_a_picture_that_is_none_are_told(tmp_path: Path) -> None:
    good = key(tmp_path, "甲方")
    for wrong in (Key(good.p12, b"wrong"), Key(good.p12, b"secret", b"no picture")):
        with pytest.raises(ConfigurationError):
            sign_pdf(agreement(), wrong, "seal:甲方", FontBook.open())


# --------------------------------------------------------------------------- filed papers


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = make_office(tmp_path / "office")
    drop(office, FORMS)
    with office.writing("test"):
        list(run_once(office, lambda *_told: None))
    return office


def test_the_signed_copy_lies_beside_the_paper_and_the_next_signature_goes_on_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = next(iter(office.register.papers()))
    filed = (office.settings.archive / paper.files["pdf"].path).read_bytes()
    monkeypatch.setattr(signing, "_latest", _latest_or(agreement()))
    with office.writing("test"):
        signing.seal(office, paper, key(tmp_path, "甲方"), "seal:甲方", WHY)
        signing.seal(office, paper, key(tmp_path, "乙方"), "seal:乙方", WHY)
    copies = [copy for copy in deedbook.standing_of(office, paper).copies if copy.role == signing.ROLE]
    assert [copy.deed.lines[0].details["signer"] for copy in copies] == ["甲方", "乙方"]
    last = (office.settings.archive / copies[-1].file.path).read_bytes()
    assert [each.holds for each in signatures(last)] == [True, True]
    assert (office.settings.archive / paper.files["pdf"].path).read_bytes() == filed
    assert verified(office).is_sound and standing_of(office).sealed == 1
    with office.writing("test"):
        report = proved(office)
        assert report.is_sound
        assert [one.what for one in report.notes if "甲方 签在 seal:甲方" in one.sentence] == [Note.SIGNER] * 2
        assert trusted_ones(office, tmp_path, "甲方.pem") == [Note.SIGNER, Note.UNTRUSTED], "the second bears 乙方 too"
        assert trusted_ones(office, tmp_path, "*方.pem") == [Note.SIGNER] * 2
        with pytest.raises(ConfigurationError):
            trusted_ones(office, tmp_path, "丙方.pem")
        (office.settings.archive / copies[-1].file.path).write_bytes(
            last.replace("共驻共建协议书".encode(), "独".encode(), 1)
        )
        assert "电子签章不再有效" in " ".join(damage.sentence for damage in proved(office).damages)


def trusted_ones(office: Office, folder: Path, pattern: str) -> list[object]:
    """What ``verify`` notes of seals in an office that trusts these certificates."""
    sealing = SealingTable(trusted=(str(folder / pattern),))
    before = office.settings
    office.settings = before.model_copy(update={"sealing": sealing})
    try:
        return [one.what for one in proved(office).notes if one.what in (Note.SIGNER, Note.UNTRUSTED)]
    finally:
        office.settings = before


def _latest_or(first: bytes) -> Any:
    """The calm office prints no real PDF: the first signature goes on this one."""
    real = signing._latest
    return lambda office, paper: (lambda data: first if data.startswith(b"%PDF ") else data)(real(office, paper))


def test_the_book_of_seals_used(office: Office) -> None:
    one, two, *_others = office.register.papers()
    with office.writing("test"):
        stamp(office, one, 12, Why("发各社区", "王秘书"))
        stamp(office, two, 3, Why("存档", "李干事"))
    year = office.now().year
    listed = list(stampings(office, year))
    assert [(each.by, each.copies, each.title, each.reason) for each in listed] == [
        ("王秘书", 12, one.title, "发各社区"),
        ("李干事", 3, two.title, "存档"),
    ]
    assert isinstance(listed[0], Stamping) and not list(stampings(office, year - 1))
    assert verified(office).is_sound
