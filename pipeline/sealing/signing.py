"""Sign a PDF into a field that was reserved for it, with a picture of the seal, and say what signatures are worth.

A signature is an update at the end of the file: what was there stays byte for byte, and an earlier signature holds. The
picture is the whole appearance, with no text of its own, so no font comes in that PDF/A would want embedded. Nothing
here asks the network: whether a certificate was revoked, the office's signing software must tell.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem, x509  # type: ignore[import-untyped]
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from pipeline.core.errors import AnswerIsNo, ConfigurationError
from pipeline.core.messages import _
from pipeline.sealing.fields import signature_fields

_FORM_FILLING = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


class _Update(IncrementalPdfFileWriter):
    """An update that leaves the metadata as they are: pyHanko would write the XMP anew, without our own schema."""

    def _update_meta(self) -> None:
        """Change nothing."""


@dataclass(frozen=True, slots=True)
class SignatureState:
    """What one signature is worth. ``holds``: the signed bytes are as they were, and later updates only signed other
    fields. ``trusted``: the certificate leads to one of the office's own list; False where it keeps none."""

    field: str
    signer: str
    holds: bool
    trusted: bool


def load_signer(p12: Path, passphrase: bytes | None) -> SimpleSigner:
    """The key and certificate in a PKCS #12 file. Raises ``ConfigurationError`` when it does not open."""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it would print the whole fault of a wrong passphrase
    try:
        signer: SimpleSigner | None = SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]
            str(p12), passphrase=passphrase
        )
    except (OSError, ValueError):
        signer = None
    if signer is None:
        raise ConfigurationError(
            _("证书文件打不开"), where=str(p12), remedy=_("检查口令（--passphrase-file），以及它是不是 .p12/.pfx 文件")
        )
    return signer


def name_of(signer: SimpleSigner) -> str:
    """Whose certificate it is."""
    return _common_name(signer.signing_cert)


def free_field(pdf: bytes, wanted: str = "") -> str:
    """The field to sign: the one ``wanted``, or the only one that is free. Raises ``AnswerIsNo``."""
    fields = signature_fields(pdf)
    free = [field.box.name for field in fields if not field.signed]
    if wanted in free or (not wanted and len(free) == 1):
        return wanted or free[0]
    if any(field.box.name == wanted for field in fields):
        raise AnswerIsNo(_("签章位置“{field}”已经签过").format(field=wanted))
    raise AnswerIsNo(
        _("没有签章位置“{field}”").format(field=wanted) if wanted else _("要说明签在哪个位置"),
        remedy=_("用 --field 指明：{fields}").format(fields=_("、").join(free) or _("没有空着的签章位置")),
    )


def sign(pdf: bytes, signer: SimpleSigner, field: str, picture: bytes) -> bytes:
    """The PDF signed in ``field``, which must be there, with ``picture`` (PNG or JPEG) as large as fits it.

    Raises ``ConfigurationError`` for a picture that cannot be read.
    """
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as opened:
            seal = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError):
        raise ConfigurationError(_("印章图片打不开"), remedy=_("请用 PNG 或 JPEG 图片，背景透明的 PNG 最好")) from None
    middle = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, inner_content_scaling=InnerScaling.STRETCH_TO_FIT
    )
    style = StaticStampStyle(border_width=0, background=PdfImage(seal), background_layout=middle, background_opacity=1)
    metadata = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    )
    result = io.BytesIO()
    PdfSigner(metadata, signer, stamp_style=style).sign_pdf(
        _Update(io.BytesIO(pdf)), existing_fields_only=True, output=result
    )
    return result.getvalue()


def signatures(pdf: bytes, trusted: Sequence[x509.Certificate] = ()) -> tuple[SignatureState, ...]:
    """Every signature of a PDF, in the order of signing. Raises ``ValueError`` for bytes that are no PDF."""
    states = []
    for each in PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures:
        context = ValidationContext(trust_roots=list(trusted), allow_fetching=False, revocation_mode="soft-fail")
        logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it tells of every certificate it does not know
        status = validate_pdf_signature(each, context)
        holds = status.intact and status.valid and status.modification_level in _FORM_FILLING
        states.append(SignatureState(each.field_name, _common_name(each.signer_cert), holds, status.trusted))
    return tuple(states)


def readable_signatures(pdf: bytes, trusted: Sequence[x509.Certificate] = ()) -> tuple[SignatureState, ...]:
    """Every signature of a PDF; none for a file that cannot be read."""
    try:
        return signatures(pdf, trusted)
    except (PdfError, ValueError, KeyError):
        return ()


def load_certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM or DER file. Raises ``ConfigurationError``."""
    try:
        data = path.read_bytes()
        bodies = [body for _kind, _headers, body in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        return tuple(x509.Certificate.load(body) for body in bodies)
    except (OSError, ValueError) as error:
        raise ConfigurationError(_("证书读不出来：{why}").format(why=error), where=str(path)) from None


def _common_name(certificate: x509.Certificate) -> str:
    subject = certificate.subject.native
    return str(subject.get("common_name") or certificate.subject.human_friendly)
