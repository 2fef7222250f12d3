"""A finished agreement is signed by one side and then by the other: both signatures hold, and nothing else changes."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from pipeline.rendering import FontBook, Metadata, render
from pipeline.sealing.fields import signature_fields
from tests.merge.papers import FULL, merger

FIELDS = ["seal:乙方", "seal:甲方", "signature:乙方负责人", "signature:甲方负责人"]


@lru_cache(maxsize=1)
def agreement() -> bytes:
    docx = merger().merge(FULL["agreement"]).docx
    return render(docx, book=FontBook.open(), metadata=Metadata("共驻共建协议书")).pdf


def throw_away(folder: Path, name: str) -> signers.SimpleSigner:
    """A signer with a certificate of its own making, good for an hour."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    key_file, certificate_file = folder / f"{name}.key", folder / f"{name}.pem"
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    signer = signers.SimpleSigner.load(str(key_file), str(certificate_file))
    assert signer is not None
    return signer


def signed(pdf: bytes, field: str, signer: signers.SimpleSigner) -> bytes:
    """The file with one more signature, in the field of that name, which must be there already."""
    result = io.BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        PdfSignatureMetadata(field_name=field),
        signer=signer,
        existing_fields_only=True,
        output=result,
    )
    return result.getvalue()


def test_pyhanko_lists_the_fields_by_name() -> None:
    names = [name for name, _value, _reference in enumerate_sig_fields(PdfFileReader(io.BytesIO(agreement())))]
    assert names == FIELDS  # as they are met on the page


def test_two_sides_sign_one_after_the_other(tmp_path: Path) -> None:
    community, unit = (throw_away(tmp_path, name) for name in ("甲方", "乙方"))
    once = signed(agreement(), "seal:甲方", community)
    twice = signed(once, "seal:乙方", unit)
    assert twice.startswith(once)  # an update at the end; what was signed is not touched
    assert once.startswith(agreement())

    reader = PdfFileReader(io.BytesIO(twice))
    found = {signature.field_name: signature for signature in reader.embedded_signatures}
    assert found.keys() == {"seal:甲方", "seal:乙方"}
    for name, signer in (("seal:甲方", community), ("seal:乙方", unit)):
        status = validate_pdf_signature(found[name], ValidationContext(trust_roots=[signer.signing_cert]))
        assert status.intact and status.valid and status.trusted, status.pretty_print_details()
        assert status.bottom_line
        assert status.modification_level in (ModificationLevel.NONE, ModificationLevel.FORM_FILLING)
    assert {field.box.name: field.signed for field in signature_fields(twice)} == {
        name: name in found for name in FIELDS
    }


def test_a_changed_word_breaks_the_signature(tmp_path: Path) -> None:
    """The counter-test: what the checks above say is worth something."""
    signer = throw_away(tmp_path, "甲方")
    data = bytearray(signed(agreement(), "seal:甲方", signer))
    place = data.index("共驻共建协议书".encode())  # in the metadata, which is plain text
    data[place : place + 3] = "独".encode()
    (signature,) = PdfFileReader(io.BytesIO(bytes(data))).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[signer.signing_cert]))
    assert not status.intact


@pytest.mark.parametrize("name", ["seal:甲方", "signature:乙方负责人"])
def test_a_field_says_what_it_is_for(name: str) -> None:
    fields = {
        found: reference.get_object()
        for found, _v, reference in enumerate_sig_fields(PdfFileReader(io.BytesIO(agreement())))
    }
    assert str(fields[name]["/TU"])
