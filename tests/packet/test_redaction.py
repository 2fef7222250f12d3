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
    return _saved(_document())


def _document(words: str = "") -> pikepdf.Pdf:
    """One page with these words on it."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj.Resources = _font()
    page.obj.Contents = document.make_stream(_drawn(words))
    return document


def _font() -> pikepdf.Dictionary:
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    return pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))


def _drawn(words: str) -> bytes:
    return f"BT /F 9 Tf 50 700 Td ({words}) Tj ET".encode()


def _saved(document: pikepdf.Pdf) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _enclosed(document: pikepdf.Pdf) -> pikepdf.Object:
    """A workbook with a number in it, to be hung anywhere."""
    rows = [("1", "李卫东", f"电话{MOBILE}")]
    stream = document.make_stream(listing_workbook((Listing("目录", ("序号", "题名", "备注"), (6, 20, 20), rows),)))
    return document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=stream)))


def _clipped() -> bytes:
    document = _document()
    clip = pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=_enclosed(document))
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(clip)])
    return _saved(document)


def _belonging_to_the_page() -> bytes:
    document = _document()
    document.pages[0].obj.AF = pikepdf.Array([_enclosed(document)])
    return _saved(document)


def _stamped(flags: int) -> bytes:
    document = _document()
    form = document.make_stream(_drawn(f"{MOBILE[:5]}) Tj ({MOBILE[5:]}"))
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 100, 20])
    form.Resources = _font()
    stamp = pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 100, 20], F=flags, AP=pikepdf.Dictionary(N=form))
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(stamp)])
    return _saved(document)


def _replaced_by_a_later_revision() -> bytes:
    """The page said it; an addition at the end of the file replaced what is drawn."""
    first = _saved(_document(MOBILE))
    with pikepdf.open(BytesIO(first)) as document:
        contents, root, size = document.pages[0].obj.Contents.objgen[0], document.Root.objgen[0], document.trailer.Size
    before = int(first[first.rindex(b"startxref") + 9 : first.rindex(b"%%EOF")])
    drawn = _drawn("nothing")
    new = f"{contents} 0 obj\n<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream\nendobj\n"
    table = (
        f"xref\n{contents} 1\n{len(first):010d} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {before} >>"
    )
    return first + new + f"{table}\nstartxref\n{len(first) + len(new)}\n%%EOF\n".encode()


def _named() -> bytes:
    document = _document()
    document.Root.Dests = pikepdf.Dictionary(
        {f"/tel{MOBILE}": pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])}
    )
    return _saved(document)


@pytest.mark.parametrize(
    "pdf",
    [
        _clipped(),
        _belonging_to_the_page(),
        _stamped(flags=4),
        _stamped(flags=2),
        _replaced_by_a_later_revision(),
        _named(),
    ],
    ids=["clipped", "page's own file", "stamp", "hidden stamp", "earlier revision", "name"],
)
@pytest.mark.parametrize("known", [KNOWN, Personal()])
def test_what_no_page_shows_is_looked_at_too(pdf: bytes, known: Personal) -> None:
    assert leaks("签章件.pdf", pdf, known) == (MOBILE,)


def test_what_is_called_a_package_and_is_none_is_read_as_bytes() -> None:
    document = _document()
    document.Root.PieceInfo = pikepdf.Array([document.make_stream(begin) for begin in (b"PK\x03\x04rot", b"%PDF-rot")])
    assert leaks("a.pdf", _saved(document), KNOWN) == ()


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
