"""A finished PDF of somebody else's drawing, made to say of itself what ours say, and what PDF/A asks for besides."""

from __future__ import annotations

import io
from importlib.resources import files

import pikepdf

from pipeline.core.errors import CannotRender
from pipeline.core.messages import _
from pipeline.rendering.archival import objections
from pipeline.rendering.metadata import Metadata, xmp

_PRODUCER = "gongwen"


def pictures_as_archival(plain: bytes, metadata: Metadata) -> bytes:
    """Pages of pictures in grey or sRGB as PDF/A. Raises ``CannotRender`` when the rules are not kept after all."""
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        say_of_itself(pdf, metadata, _PRODUCER)
        profile = pdf.make_stream((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes(), N=3)
        pdf.Root.OutputIntents = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.OutputIntent,
                    S=pikepdf.Name.GTS_PDFA1,
                    OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
                    DestOutputProfile=profile,
                )
            ]
        )
        made = io.BytesIO()
        pdf.save(made, min_version="1.7", deterministic_id=True, fix_metadata_version=False)
    if against := objections(made.getvalue()):
        raise CannotRender(_("做成的 PDF 不符合 PDF/A：{why}").format(why=_("；").join(against)))
    return made.getvalue()


def say_of_itself(pdf: pikepdf.Pdf, metadata: Metadata, producer: str) -> None:
    """Info dictionary, XMP and language; what was there before goes."""
    pdf.trailer.Info = pdf.make_indirect(
        pikepdf.Dictionary({f"/{name}": text for name, text in metadata.info.items()} | {"/Producer": producer})
    )
    packet = pdf.make_stream(xmp(metadata, producer))
    packet.Type, packet.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = packet
    pdf.Root.Lang = pikepdf.String(metadata.language)
