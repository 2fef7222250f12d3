"""Drawings in the model: what they are, how large, and where from what."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pipeline.rendering.fonts import FontBook
from pipeline.rendering.model import BoxSeg, Document, Para, Shape
from tests.rendering.word import MM, WIDTH, Word, paragraph, paras

EMU = 36_000


def png(width: int = 20, height: int = 30) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, "PNG")
    return buffer.getvalue()


def graphic(shape: str, content: str = "", *, look: str = "", body: str = "", flip: str = "") -> str:
    text = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>" if content else ""
    return (
        '<a:graphic><a:graphicData uri="wps"><wps:wsp><wps:spPr>'
        f'<a:xfrm {flip}/><a:prstGeom prst="{shape}"/>{look}</wps:spPr>{text}<wps:bodyPr {body}/></wps:wsp>'
        "</a:graphicData></a:graphic>"
    )


PICTURE = (
    '<a:graphic><a:graphicData uri="pic"><pic:pic><pic:blipFill><a:blip r:embed="rId10"/></pic:blipFill>'
    "</pic:pic></a:graphicData></a:graphic>"
)
DASHED = '<a:ln w="12700"><a:solidFill><a:srgbClr val="C00000"/></a:solidFill><a:prstDash val="dash"/></a:ln>'


def anchor(
    inner: str,
    *,
    width: float,
    height: float,
    x: str = '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>',
    y: str = '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>',
    wrap: str = "<wp:wrapNone/>",
    name: str = "图形 1",
    behind: int = 0,
) -> str:
    """A run with an anchored drawing; sizes in mm."""
    return (
        f'<w:r><w:drawing><wp:anchor behindDoc="{behind}">{x}{y}'
        f'<wp:extent cx="{round(width * EMU)}" cy="{round(height * EMU)}"/>{wrap}'
        f'<wp:docPr id="1" name="{name}" descr="说明"/>{inner}</wp:anchor></w:drawing></w:r>'
    )


def inline(inner: str, *, width: float, height: float, name: str = "图") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{round(width * EMU)}" cy="{round(height * EMU)}"/>'
        f'<wp:docPr id="1" name="{name}"/>{inner}</wp:inline></w:drawing></w:r>'
    )


def position(axis: str, relative: str, millimetres: float) -> str:
    return (
        f'<wp:position{axis} relativeFrom="{relative}"><wp:posOffset>{round(millimetres * EMU)}</wp:posOffset>'
        f"</wp:position{axis}>"
    )


def aligned(axis: str, relative: str, side: str) -> str:
    return f'<wp:position{axis} relativeFrom="{relative}"><wp:align>{side}</wp:align></wp:position{axis}>'


def laid(book: FontBook, runs: str, **parts: bytes) -> Document:
    contents = {name.replace("__", "/").replace("_png", ".png"): data for name, data in parts.items()}
    return Word(f"<w:p>{runs}<w:r><w:t>字</w:t></w:r></w:p>", parts=contents).layout(book)


def shape(book: FontBook, runs: str, **parts: bytes) -> Shape:
    return paras(laid(book, runs, **parts))[0].shapes[0]


def test_a_dashed_circle_for_a_seal(book: FontBook) -> None:
    found = shape(
        book, anchor(graphic("ellipse", look=f"<a:noFill/>{DASHED}"), width=42, height=42, name="seal:issuer", behind=1)
    )
    assert (found.kind, found.name, found.description, found.behind) == ("ellipse", "seal:issuer", "说明", True)
    assert (found.width / MM, found.height / MM) == (pytest.approx(42), pytest.approx(42))
    assert (found.stroke.style, found.stroke.width, found.stroke.color, found.fill) == ("dashed", 1, "#c00000", "")


@pytest.mark.parametrize(
    ("x", "origin", "millimetres"),
    [
        (position("H", "page", 50), "page", 50),
        (position("H", "margin", 10), "margin", 10),
        (position("H", "column", 10), "column", 10),
        (position("H", "leftMargin", 5), "page", 5),
        (position("H", "rightMargin", 5), "page", 210 - 26 + 5),
        (aligned("H", "page", "center"), "page", (210 - 20) / 2),
        (aligned("H", "margin", "right"), "margin", 156 - 20),
        (aligned("H", "column", "left"), "column", 0),
    ],
)
def test_positions_across(book: FontBook, x: str, origin: str, millimetres: float) -> None:
    found = shape(book, anchor(graphic("rect"), width=20, height=10, x=x))
    assert found.origin_x == origin
    assert found.x / MM == pytest.approx(millimetres, abs=0.05)


@pytest.mark.parametrize(
    ("y", "origin", "millimetres"),
    [
        (position("V", "page", 50), "page", 50),
        (position("V", "margin", 10), "margin", 10),
        (position("V", "paragraph", 10), "paragraph", 10),
        (position("V", "line", 3), "paragraph", 3),
        (position("V", "topMargin", 5), "page", 5),
        (aligned("V", "page", "bottom"), "page", 297 - 10),
        (aligned("V", "margin", "center"), "margin", (225 - 10) / 2),
        (aligned("V", "bottomMargin", "top"), "page", 297 - 35),
    ],
)
def test_positions_down(book: FontBook, y: str, origin: str, millimetres: float) -> None:
    found = shape(book, anchor(graphic("rect"), width=20, height=10, y=y))
    assert found.origin_y == origin
    assert found.y / MM == pytest.approx(millimetres, abs=0.05)


def test_a_picture_in_the_text_makes_its_line_high(book: FontBook) -> None:
    document = Word(
        f'<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>{inline(PICTURE, width=20, height=30)}</w:p>',
        parts={"media/image1.png": png()},
    ).layout(book)
    line = paras(document)[0].lines[0]
    box = next(part for part in line.parts if isinstance(part, BoxSeg))
    assert (box.shape.kind, box.shape.media_type, box.shape.picture[:4]) == ("picture", "image/png", b"\x89PNG")
    assert line.height >= 30 * MM


def test_an_anchored_picture(book: FontBook) -> None:
    found = shape(book, anchor(PICTURE, width=20, height=30), media__image1_png=png())
    assert (found.kind, found.origin_x) == ("picture", "column")


def test_a_line_and_which_way_it_runs(book: FontBook) -> None:
    look = '<a:ln w="19050"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    red = shape(book, anchor(graphic("line", look=look), width=156, height=0))
    assert (red.kind, red.stroke.width, red.stroke.color, red.flip) == ("line", 1.5, "#ff0000", False)
    assert shape(book, anchor(graphic("line", look=look, flip='flipV="1"'), width=9, height=9)).flip


def test_a_text_box_and_where_its_text_stands(book: FontBook) -> None:
    middle = graphic(
        "rect", paragraph("盒中字"), look="<a:noFill/>", body='lIns="0" rIns="0" tIns="36000" bIns="36000" anchor="ctr"'
    )
    found = shape(book, anchor(middle, width=60, height=40))
    assert found.kind == "text-box"
    assert isinstance(found.blocks[0], Para)
    assert found.blocks[0].lines[0].text == "盒中字"
    top = found.padding[0]
    assert top + 28.95 / 2 == pytest.approx(40 * MM / 2)


def test_the_words_of_a_text_box_are_words_of_the_document(book: FontBook) -> None:
    assert sorted(laid(book, anchor(graphic("rect", paragraph("盒")), width=30, height=20)).text) == sorted("盒字")


@pytest.mark.parametrize(
    ("runs", "construct"),
    [
        (anchor(graphic("cloud"), width=9, height=9), "图形（cloud）"),
        (anchor(graphic("rect"), width=9, height=9, wrap="<wp:wrapSquare/>"), "四周型环绕的图形"),
        (
            anchor(graphic("line", look='<a:ln><a:tailEnd type="oval"/></a:ln>'), width=9, height=9),
            "开口、菱形或圆形的箭头",
        ),
        (anchor(graphic("rect", look="<a:gradFill/>"), width=9, height=9), "渐变、图案或图片填充的图形"),
        (
            anchor(graphic("rect", paragraph("竖"), body='vert="eaVert"'), width=20, height=20),
            "竖排文本框",
        ),
        (
            inline('<a:graphic><a:graphicData><c:chart r:id="rId9"/></a:graphicData></a:graphic>', width=9, height=9),
            "图表",
        ),
    ],
    ids=["cloud", "wrapped", "arrow", "gradient", "upright text", "chart"],
)
def test_what_would_be_drawn_wrongly_is_refused(book: FontBook, runs: str, construct: str) -> None:
    assert [refusal.construct for refusal in laid(book, runs).refusals] == [construct]


@pytest.mark.parametrize(
    ("data", "construct"),
    [
        (b"\x01\x00\x00\x00" + b"\0" * 40, "EMF 图片"),
        (b"\xd7\xcd\xc6\x9a" + b"\0" * 40, "WMF 图片"),
        (b"GIF89a", "损坏、不认识或过大的图片"),
        (png()[:40], "损坏、不认识或过大的图片"),
        (b"", "找不到的图片"),
    ],
)
def test_pictures_that_cannot_be_printed(book: FontBook, data: bytes, construct: str) -> None:
    document = laid(book, inline(PICTURE, width=9, height=9), media__image1_png=data)
    assert [refusal.construct for refusal in document.refusals] == [construct]


# --------------------------------------------------------------------------- VML


def pict(inner: str) -> str:
    return f"<w:r><w:pict>{inner}</w:pict></w:r>"


def test_a_line_in_vml(book: FontBook) -> None:
    found = shape(
        book,
        pict(
            '<v:line style="position:absolute;margin-left:5pt" from="0,10pt" to="442pt,10pt" strokecolor="red" '
            'strokeweight="2pt"/>'
        ),
    )
    assert (found.kind, found.x, found.y, found.width, found.height) == ("line", 5, 10, 442, 0)
    assert (found.stroke.color, found.stroke.width) == ("#ff0000", 2)


def test_a_text_box_in_vml(book: FontBook) -> None:
    found = shape(
        book,
        pict(
            '<v:shape type="#_x0000_t202" style="position:absolute;margin-left:20pt;margin-top:30pt;width:100pt;'
            'height:50pt;mso-position-horizontal-relative:page" stroked="f"><v:textbox inset="0,1mm,0,0">'
            f"<w:txbxContent>{paragraph('旧盒')}</w:txbxContent></v:textbox></v:shape>"
        ),
    )
    assert (found.kind, found.origin_x, found.origin_y, found.x, found.y) == ("text-box", "page", "paragraph", 20, 30)
    assert found.stroke.style == "none"
    assert found.padding[0] == pytest.approx(MM)


def test_a_shape_wider_than_the_text_is_left_where_it_is(book: FontBook) -> None:
    found = shape(book, anchor(graphic("rect"), width=170, height=1, x=aligned("H", "margin", "center")))
    assert found.x == pytest.approx((WIDTH - 170 * MM) / 2, abs=0.1)
