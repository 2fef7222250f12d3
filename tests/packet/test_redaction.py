"""What is personal is found in a finished file, wherever that hides it."""

from __future__ import annotations

import io
import zipfile
from io import BytesIO

import pikepdf
import pytest

from pipeline.packet.personal import Personal
from pipeline.packet.redaction import leaks
from pipeline.sheets import Listing, listing_workbook

ID, MOBILE, SHORT = "610203197205124019", "13891902345", "2180001"
KNOWN = Personal(frozenset({MOBILE, ID, SHORT}))


@pytest.mark.parametrize(
    "hidden", ["text", "lines", "wide", "stream", "string", "attachment", "bookmark", "field", "link", "xmp", "hex"]
)
@pytest.mark.parametrize("known", [KNOWN, Personal()])
def test_a_value_is_found_wherever_a_pdf_hides_it(hidden: str, known: Personal) -> None:
    document = pikepdf.new()
    page = document.add_blank_page()
    if hidden in ("text", "lines"):
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        between = "0 -20 Td " if hidden == "lines" else ""
        page.obj.Contents = document.make_stream(
            f"BT /F 9 Tf 50 700 Td ({MOBILE[:5]}) Tj {between}({MOBILE[5:]}) Tj ET".encode()
        )
    elif hidden == "stream":
        document.Root.PieceInfo = document.make_stream(f"<x>{MOBILE}</x>".encode())
    elif hidden == "hex":
        document.Root.PieceInfo = document.make_stream(MOBILE.encode("utf-16-be").hex().encode())
    elif hidden == "string":
        document.docinfo["/Title"] = pikepdf.String(f"电话{MOBILE}")
    elif hidden == "wide":
        document.docinfo["/Title"] = pikepdf.String("电话１３８ ９１９０ ２３４５")
    elif hidden == "bookmark":
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"电话{MOBILE}", 0))
    elif hidden == "field":
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String(f"sign:{MOBILE}"))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([document.make_indirect(field)]))
    elif hidden == "link":
        way = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"tel:{MOBILE}"))
        page.obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=way)])
    elif hidden == "xmp":
        document.Root.Metadata = document.make_stream(f"<dc>电话{MOBILE[:3]} {MOBILE[3:]}</dc>".encode())
    else:
        document.attachments["记录.json"] = f'{{"phone": "{MOBILE}"}}'.encode()
    written = BytesIO()
    document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False)
    found = leaks("迎检.pdf", written.getvalue(), known)
    if known is KNOWN or hidden not in ("stream", "hex"):  # what is never shown is known by its value alone
        assert found
    assert leaks(f"{MOBILE}.pdf", _empty(), known) == (MOBILE,)


def _empty() -> bytes:
    written = BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(written)
    return written.getvalue()


def test_a_workbook_and_a_zip_are_opened() -> None:
    rows = [("1", "李卫东", f"电话{MOBILE}")]
    workbook = listing_workbook((Listing("目录", ("序号", "题名", "备注"), (6, 20, 20), rows),))
    assert MOBILE.encode() not in workbook
    assert leaks("目录.xlsx", workbook, Personal()) == (MOBILE,)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("迎检/目录.xlsx", workbook)
        archive.writestr(f"迎检/{ID}.txt", "")
    assert set(leaks("迎检.zip", packed.getvalue(), Personal())) == {MOBILE, ID}


def test_a_manifest_is_no_telephone_book() -> None:
    digest = "2132db673ddfd0eb13812345678abcde2132db673ddfd0eb13812345678abcde"
    assert leaks("manifest-sha256.txt", f"{digest}  目录.xlsx\n".encode(), KNOWN) == ()
