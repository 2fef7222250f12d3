"""The lines of a printed list open the papers, wherever the folder is moved to."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from pipeline.cataloguing import linked
from pipeline.cataloguing.links import SCHEME


def printed(*addresses: str) -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj.Annots = pikepdf.Array(
        pikepdf.Dictionary(
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 10, 10],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address)),
        )
        for address in addresses
    )
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("1．通知（2件）", 0))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_line_opens_its_paper_and_other_links_stay() -> None:
    pdf = linked(printed(f"{SCHEME}ab", f"{SCHEME}unknown", "https://example.org/"), {"ab": "../甲/第1号 通知.pdf"})
    with pikepdf.open(BytesIO(pdf)) as document:
        first, second, third = document.pages[0].obj.Annots
        assert (first.A.S, str(first.A.F.UF)) == (pikepdf.Name.GoToR, "../甲/第1号 通知.pdf")
        assert "/A" not in second, "a paper that is not there any more has no way to it"
        assert str(third.A.URI) == "https://example.org/"


def test_bookmarks_stand_below_the_heading_that_they_belong_to() -> None:
    pdf = linked(
        printed(), {"ab": "通知.pdf"}, {"1．通知（2件）": [("20200416 通知", "ab"), ("20200417 已销毁的", "c")]}
    )
    with pikepdf.open(BytesIO(pdf)) as document, document.open_outline() as outline:
        (heading,) = outline.root
        there, gone = heading.children
        assert (there.title, str(there.action.F.UF)) == ("20200416 通知", "通知.pdf")
        assert (gone.title, gone.action) == ("20200417 已销毁的", None)


def test_equal_lists_are_equal_files() -> None:
    source = printed(f"{SCHEME}ab")
    assert linked(source, {"ab": "甲.pdf"}) == linked(source, {"ab": "甲.pdf"})
