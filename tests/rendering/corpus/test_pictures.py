"""Pictures of every kind that office files hold, on the page where and as Word shows them."""

from __future__ import annotations

import io

import numpy
import pytest
from PIL import Image

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, TOP, box_of, colored, picture, png_of, printed, refused
from tests.rendering.test_shapes import anchor, inline, pict, position
from tests.rendering.word import Word, paragraph

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def flag(kind: str = "PNG", mode: str = "RGB") -> bytes:
    """40 x 20 pixels: red on the left half, green on the right, a blue stripe along the top."""
    image = Image.new("RGB", (40, 20), RED)
    image.paste(GREEN, (20, 0, 40, 20))
    image.paste(BLUE, (0, 0, 40, 4))
    buffer = io.BytesIO()
    image.convert(mode).save(buffer, kind, **({"quality": 100, "subsampling": 0} if kind == "JPEG" else {}))
    return buffer.getvalue()


def graphic(*, fill: str = "", look: str = "", blip: str = "") -> str:
    return (
        f'<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId10">{blip}</a:blip>{fill}</pic:blipFill>'
        f"<pic:spPr>{look}</pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )


def word(run: str, data: bytes) -> Word:
    return Word(f"<w:p>{run}<w:r><w:t>字</w:t></w:r></w:p>", parts={"media/image1.png": data})


def placed(inner: str, width: float = 40, height: float = 20) -> str:
    """At 50 mm from the left and 60 mm from the top of the paper."""
    return anchor(inner, width=width, height=height, x=position("H", "page", 50), y=position("V", "page", 60))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF"])
def test_formats(book: FontBook, kind: str) -> None:
    pdf = printed(book, word(placed(graphic()), flag(kind))).pdf
    assert box_of(colored(pdf, RED)) == pytest.approx((50, 64, 70, 80), abs=0.3)
    assert box_of(colored(pdf, GREEN)) == pytest.approx((70, 64, 90, 80), abs=0.3)


def test_a_picture_in_print_colours(book: FontBook) -> None:
    """CMYK would need an output intent that the paper does not have."""
    pdf = printed(book, word(placed(graphic()), flag("JPEG", "CMYK"))).pdf
    assert box_of(colored(pdf, RED, tolerance=70)) == pytest.approx((50, 64, 70, 80), abs=0.4)


def test_a_cropped_picture(book: FontBook) -> None:
    """The left half and the stripe on top are cut off: green alone fills the frame."""
    crop = '<a:srcRect l="50000" t="20000"/>'
    pdf = printed(book, word(placed(graphic(fill=crop)), flag())).pdf
    assert box_of(colored(pdf, GREEN)) == pytest.approx((50, 60, 90, 80), abs=0.2)
    assert not colored(pdf, RED, tolerance=90).any()


def test_a_picture_turned_by_a_right_angle_keeps_its_middle(book: FontBook) -> None:
    look = '<a:xfrm rot="5400000"><a:ext cx="1440000" cy="720000"/></a:xfrm>'
    pdf = printed(book, word(placed(graphic(look=look)), flag())).pdf
    assert box_of(colored(pdf, BLUE)) == pytest.approx((76, 50, 80, 90), abs=0.3)  # the top is on the right now
    assert box_of(colored(pdf, RED)) == pytest.approx((60, 50, 76, 70), abs=0.3)


def test_a_mirrored_picture(book: FontBook) -> None:
    pdf = printed(book, word(placed(graphic(look='<a:xfrm flipH="1"/>')), flag())).pdf
    assert box_of(colored(pdf, GREEN))[0] == pytest.approx(50, abs=0.2)


def test_a_picture_turned_a_little(book: FontBook) -> None:
    pdf = printed(book, word(placed(graphic(look='<a:xfrm rot="2700000"/>'), 20, 20), png_of("red", 20, 20))).pdf
    half = 20 / 2**0.5
    assert box_of(colored(pdf, RED)) == pytest.approx((60 - half, 70 - half, 60 + half, 70 + half), abs=0.4)


def test_a_turned_picture_in_the_text_is_as_high_as_it_stands(book: FontBook) -> None:
    look = '<a:xfrm rot="16200000"><a:ext cx="1440000" cy="720000"/></a:xfrm>'
    body = (
        '<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
        f"{inline(graphic(look=look), width=40, height=20)}</w:p>{paragraph('下')}"
    )
    pdf = printed(book, Word(body, parts={"media/image1.png": flag()})).pdf
    assert box_of(colored(pdf, BLUE)) == pytest.approx((LEFT, TOP, LEFT + 4, TOP + 40), abs=0.3)


def test_washed_out_and_half_transparent_pictures(book: FontBook) -> None:
    washed = graphic(blip='<a:lum bright="70000" contrast="-70000"/>')
    pale = picture(printed(book, word(placed(washed), png_of("black"))).pdf)[700, 700]
    assert pale.min() > 200
    half = picture(printed(book, word(placed(graphic(blip='<a:alphaModFix amt="50000"/>')), png_of("black"))).pdf)
    assert half[700, 700].astype(int) == pytest.approx([127] * 3, abs=3)
    grey = picture(printed(book, word(placed(graphic(blip="<a:grayscl/>")), png_of("red"))).pdf)[700, 700]
    assert numpy.ptp(grey) <= 2


def test_a_picture_in_vml_has_no_frame_and_may_be_cropped(book: FontBook) -> None:
    shape = (
        '<v:shape type="#_x0000_t75" style="position:absolute;margin-left:0;margin-top:0;width:100pt;height:50pt;'
        'mso-position-horizontal-relative:page;mso-position-vertical-relative:page">'
        '<v:imagedata r:id="rId10" cropleft=".5" croptop="13107f"/></v:shape>'
    )
    pdf = printed(book, word(pict(shape), flag())).pdf
    assert box_of(colored(pdf, GREEN)) == pytest.approx((0, 0, 35.3, 17.6), abs=0.3)
    assert not colored(pdf, (0, 0, 0))[:160, :340].any()


@pytest.mark.parametrize(
    ("inner", "construct"),
    [
        (graphic(look='<a:prstGeom prst="ellipse"/>'), "裁剪成形状的图片"),
        (graphic(look="<a:effectLst><a:outerShdw/></a:effectLst>"), "带阴影或其他效果的图片"),
        (graphic(blip="<a:duotone/>"), "双色调的图片"),
        (graphic(fill='<a:srcRect l="1000"/>', look='<a:xfrm rot="5400000"/>'), "裁剪后又旋转的图片"),
    ],
)
def test_what_would_look_otherwise_is_refused(book: FontBook, inner: str, construct: str) -> None:
    assert refused(book, word(placed(inner), flag())) == [construct]
    assert refused(book, word(inline(graphic(look='<a:xfrm rot="60000"/>'), width=9, height=9), flag())) == [
        "旋转的图形"
    ]


def test_a_photo_keeps_the_way_its_camera_was_held_out_of_it(book: FontBook) -> None:
    """Word writes the turn of a photo into the file; turning it by EXIF too would turn it twice."""
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), RED).save(buffer, "JPEG", exif=exif)
    pdf = printed(book, word(placed(graphic()), buffer.getvalue())).pdf
    assert box_of(colored(pdf, RED, tolerance=60)) == pytest.approx((50, 60, 90, 80), abs=0.2)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF"])
def test_half_a_picture_is_refused(book: FontBook, kind: str) -> None:
    """A copy that broke off would print with its lower half grey."""
    noise = numpy.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=numpy.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, kind)
    data = buffer.getvalue()
    for share, said in ((0.5, ["损坏、不认识或过大的图片"]), (1.0, [])):
        part = data[: int(len(data) * share)]
        assert refused(book, word(inline(graphic(), width=9, height=9), part)) == said


def test_a_picture_of_which_an_exact_line_shows_a_strip_is_refused(book: FontBook) -> None:
    """Word cuts a picture in the text to the height of an exact line; printed whole it would lie on the line above."""
    runs = f"{inline(graphic(), width=25, height=35)}<w:r><w:t>照片</w:t></w:r>"
    assert refused(book, word(runs, flag())) == ["固定行距装不下的图片"]
    single = '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
    assert refused(book, word(single + runs, flag())) == []
    assert refused(book, word(inline(graphic(), width=9, height=9), flag())) == []
    chart = '<a:graphic><a:graphicData uri="http://x/chart"><c:chart/></a:graphicData></a:graphic>'
    assert refused(book, word(inline(chart, width=25, height=35), flag())) == ["图表"]  # one reason is enough
