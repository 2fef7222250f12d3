"""Drawings as offices use them: groups, text boxes of all kinds, watermarks, and what text does beside them."""

from __future__ import annotations

from dataclasses import replace

import numpy
import pytest

from pipeline.rendering.fonts import FontBook
from tests.rendering.corpus.desk import LEFT, LINE, PT, RIGHT, TOP, box_of, colored, picture, png_of, printed, refused
from tests.rendering.pages import characters, page_count, text_lines
from tests.rendering.test_shapes import DASHED, PICTURE, aligned, anchor, graphic, inline, pict, position
from tests.rendering.word import Word, field_code, paragraph, paras

RED, BLUE = (255, 0, 0), (0, 0, 255)
FILL = '<a:solidFill><a:srgbClr val="{}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
AT = {"x": position("H", "page", 50), "y": position("V", "page", 60)}
BARE = 'lIns="0" tIns="0" rIns="0" bIns="0"'


def word(runs: str, **more: str | bytes) -> Word:
    parts = {name.replace("__", "/").replace("_png", ".png"): data for name, data in more.items()}
    return Word(f"<w:p>{runs}<w:r><w:t>字</w:t></w:r></w:p>", parts=parts)


def wsp(preset: str, x: int, y: int, width: int, height: int, look: str, text: str = "", transform: str = "") -> str:
    """A shape of a group in the group's own coordinates."""
    inner = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    return (
        f'<wps:wsp><wps:cNvPr id="2" name="部件"/><wps:spPr><a:xfrm {transform}><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="{preset}"/>{look}</wps:spPr>{inner}'
        f"<wps:bodyPr {BARE}/></wps:wsp>"
    )


def group(parts: str, width: int, height: int, kind: str = "wgp") -> str:
    frame = (
        f'<wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/><a:chOff x="1000" y="2000"/>'
        f'<a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>'
    )
    return f'<a:graphic><a:graphicData uri="g"><wpg:{kind}>{frame}{parts}</wpg:{kind}></a:graphicData></a:graphic>'


# --------------------------------------------------------------------------- groups


def test_a_group_stretches_its_own_coordinates_over_its_frame(book: FontBook) -> None:
    """400 x 200 units on 40 x 20 mm: a red half on the left, a blue circle on the right, words in the middle."""
    parts = (
        wsp("rect", 1000, 2000, 200, 200, FILL.format("FF0000"))
        + wsp("ellipse", 1200, 2000, 200, 200, FILL.format("0000FF"))
        + wsp("rect", 1100, 2050, 200, 150, "<a:noFill/>", paragraph("中"))
    )
    result = printed(book, word(anchor(group(parts, 400, 200), width=40, height=20, **AT)))
    assert box_of(colored(result.pdf, RED)) == pytest.approx((50, 60, 70, 80), abs=0.2)
    assert box_of(colored(result.pdf, BLUE)) == pytest.approx((70, 60, 90, 80), abs=0.2)
    word_in_it = next(each for each in characters(result.pdf) if each.text == "中")
    assert word_in_it.x == pytest.approx(60, abs=0.1)
    assert "中" in result.report.text


def test_a_group_in_a_group_and_in_the_text(book: FontBook) -> None:
    inner = (
        '<wpg:grpSp><wpg:grpSpPr><a:xfrm><a:off x="1100" y="2000"/><a:ext cx="100" cy="100"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="10" cy="10"/></a:xfrm></wpg:grpSpPr>{wsp("rect", 5, 5, 5, 5, FILL.format("FF0000"))}</wpg:grpSp>'
    )
    body = (
        '<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
        f"{inline(group(inner, 200, 100), width=40, height=20)}</w:p>"
    )
    pdf = printed(book, Word(body)).pdf
    assert box_of(colored(pdf, RED)) == pytest.approx((LEFT + 30, TOP + 10, LEFT + 40, TOP + 20), abs=0.2)


def test_a_group_in_vml(book: FontBook) -> None:
    parts = (
        '<v:rect style="position:absolute;left:100;top:100;width:50;height:100" fillcolor="red" stroked="f"/>'
        '<v:oval style="position:absolute;left:150;top:100;width:50;height:100" fillcolor="#00f" stroked="f"/>'
    )
    frame = (
        '<v:group style="position:absolute;margin-left:100pt;margin-top:200pt;width:100pt;height:50pt;'
        'mso-position-horizontal-relative:page;mso-position-vertical-relative:page" coordorigin="100,100" '
        f'coordsize="100,100">{parts}</v:group>'
    )
    pdf = printed(book, word(pict(frame))).pdf
    assert box_of(colored(pdf, RED)) == pytest.approx([each * PT for each in (100, 200, 150, 250)], abs=0.2)
    assert box_of(colored(pdf, BLUE)) == pytest.approx([each * PT for each in (150, 200, 200, 250)], abs=0.2)


# --------------------------------------------------------------------------- forms


def test_the_star_on_the_rule_of_a_party_document(book: FontBook) -> None:
    pdf = printed(book, word(anchor(graphic("star5", look=FILL.format("FF0000")), width=10, height=10, **AT))).pdf
    red = colored(pdf, RED)
    assert box_of(red) == pytest.approx((50, 60, 60, 70), abs=0.3)
    assert red.sum() / 10_000 == pytest.approx(0.32, abs=0.03)  # a star fills a third of its box
    assert box_of(red[608:612])[0] > 54  # its point is on top


def test_round_corners(book: FontBook) -> None:
    shape = graphic("roundRect", look=FILL.format("FF0000"))
    red = colored(printed(book, word(anchor(shape, width=30, height=12, **AT))).pdf, RED)
    assert box_of(red) == pytest.approx((50, 60, 80, 72), abs=0.2)
    assert not red[602, 502]
    assert red[602, 530]


def test_turned_shapes_and_lines(book: FontBook) -> None:
    turned = graphic("rect", look=FILL.format("FF0000"), flip='rot="5400000"')
    pdf = printed(book, word(anchor(turned, width=30, height=10, **AT))).pdf
    assert box_of(colored(pdf, RED)) == pytest.approx((60, 50, 70, 80), abs=0.2)
    line = graphic("line", look=DASHED.replace("C00000", "FF0000").replace("dash", "solid"), flip='rot="5400000"')
    pdf = printed(book, word(anchor(line, width=20, height=0, **AT))).pdf
    assert box_of(colored(pdf, RED, tolerance=90)) == pytest.approx((60, 50, 60, 70), abs=0.4)


def test_the_colours_of_a_style(book: FontBook) -> None:
    """The blue box Word draws when nothing is changed: accent 1, its line half as light."""
    theme = (
        "<a:themeElements><a:clrScheme><a:accent1><a:srgbClr val='4472C4'/></a:accent1></a:clrScheme><a:fmtScheme>"
        "<a:lnStyleLst><a:ln w='6350'/><a:ln w='12700'/></a:lnStyleLst></a:fmtScheme></a:themeElements>"
    )
    style = (
        "<wps:style><a:lnRef idx='2'><a:schemeClr val='accent1'><a:shade val='50000'/></a:schemeClr></a:lnRef>"
        "<a:fillRef idx='1'><a:schemeClr val='accent1'/></a:fillRef></wps:style>"
    )
    shape = graphic("rect").replace("<wps:bodyPr", f"{style}<wps:bodyPr")
    document = Word(f"<w:p>{anchor(shape, width=9, height=9)}</w:p>", theme=theme).layout(book)
    found = paras(document)[0].shapes[0]
    assert (found.fill, found.stroke.color, found.stroke.width) == ("#4472c4", "#2f528f", 1.0)


def test_half_transparent_fill(book: FontBook) -> None:
    look = (
        '<a:solidFill><a:srgbClr val="000000"><a:alpha val="50000"/></a:srgbClr></a:solidFill><a:ln><a:noFill/></a:ln>'
    )
    pdf = printed(book, word(anchor(graphic("rect", look=look), width=30, height=30, **AT))).pdf
    assert picture(pdf)[700, 600].astype(int) == pytest.approx([127] * 3, abs=3)


# --------------------------------------------------------------------------- text boxes


def text_box(text: str, body: str, more: str = "", look: str = "<a:noFill/>") -> str:
    content = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>"
    return (
        f'<a:graphic><a:graphicData uri="wps"><wps:wsp><wps:spPr><a:prstGeom prst="rect"/>{look}</wps:spPr>{content}'
        f"<wps:bodyPr {body}>{more}</wps:bodyPr></wps:wsp></a:graphicData></a:graphic>"
    )


def test_a_box_that_fits_its_text_is_as_large_as_it(book: FontBook) -> None:
    """WPS writes 144 x 144 pt and leaves it to the reader to find the size."""
    box = text_box(paragraph("三个字"), f'{BARE} wrap="none"', "<a:spAutoFit/>", FILL.format("FF0000"))
    runs = anchor(box, width=50.8, height=50.8, x=aligned("H", "margin", "center"))
    left, top, right, bottom = box_of(colored(printed(book, word(runs)).pdf, RED))
    assert (left + right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.2)
    assert right - left == pytest.approx((48 - 0.25 * 2) * PT, abs=0.2)
    assert (top, bottom) == (pytest.approx(TOP, abs=0.2), pytest.approx(TOP + LINE, abs=0.2))


@pytest.mark.parametrize("which", ["wps", "frame"])
def test_a_page_number_on_the_outside_without_odd_and_even_footers(book: FontBook, which: str) -> None:
    if which == "wps":
        box = text_box(f"<w:p>{field_code('PAGE')}</w:p>", f'{BARE} wrap="none"', "<a:spAutoFit/>")
        footer = f"<w:p>{anchor(box, width=50.8, height=50.8, x=aligned('H', 'margin', 'outside'))}</w:p>"
    else:
        framed = '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="outside" w:y="1"/>'
        footer = f"<w:p><w:pPr>{framed}</w:pPr>{field_code('PAGE')}</w:p>{paragraph()}"
    document = Word(
        paragraph("字", "<w:pageBreakBefore/>") * 4,
        references='<w:footerReference w:type="default" r:id="rId10"/>',
        parts={"footer1.xml": footer},
    )
    pdf = printed(book, document).pdf
    numbers = [text_lines(pdf, number)[-1] for number in range(1, page_count(pdf) + 1)]
    assert [line.text for line in numbers] == ["1", "2", "3", "4"]
    for line in numbers[::2]:
        assert line.right == pytest.approx(RIGHT, abs=0.3)
    for line in numbers[1::2]:
        assert line.x == pytest.approx(LEFT, abs=0.3)


def test_the_text_of_a_circle_stands_inside_it(book: FontBook) -> None:
    circle = graphic("ellipse", paragraph("字"), look="<a:noFill/>", body=BARE)
    pdf = printed(book, word(anchor(circle, width=30, height=30, **AT))).pdf
    inside = min(characters(pdf), key=lambda each: abs(each.x - 50))
    assert inside.x == pytest.approx(50 + 30 * (1 - 0.5**0.5) / 2, abs=0.1)


def test_words_that_a_box_would_cut_off_are_refused(book: FontBook) -> None:
    small = anchor(text_box(paragraph("一") * 3, BARE), width=40, height=15)
    assert refused(book, word(small)) == ["文本框装不下的文字"]
    assert refused(book, word(anchor(text_box(paragraph("一") + paragraph() * 5, BARE), width=40, height=15))) == []


@pytest.mark.parametrize(
    ("body", "more", "construct"),
    [
        ('vert="eaVert"', "", "竖排文本框"),
        ('rot="5400000"', "", "旋转的文字"),
        ('numCol="2"', "", "分栏的文本框"),
        ("", '<a:prstTxWarp prst="textArchUp"/>', "艺术字"),
        ("", '<a:normAutofit fontScale="80000"/>', "自动缩小文字的文本框"),
    ],
)
def test_text_boxes_of_which_word_makes_more(book: FontBook, body: str, more: str, construct: str) -> None:
    assert refused(book, word(anchor(text_box(paragraph("一"), body, more), width=40, height=40))) == [construct]


@pytest.mark.parametrize(
    ("shape", "construct"),
    [
        (graphic("rect", look="<a:effectLst><a:outerShdw/></a:effectLst>"), "带阴影或立体效果的图形"),
        (graphic("star5", look="").replace('prst="star5"/>', 'prst="star5"><a:avLst><a:gd/></a:avLst></a:prstGeom>'),
         "改过形状的图形（star5）"),
        (graphic("rect", paragraph("字"), flip='rot="60000"'), "旋转的或多边形里的文字"),
    ],
)  # fmt: skip
def test_looks_that_would_be_missing_are_refused(book: FontBook, shape: str, construct: str) -> None:
    assert refused(book, word(anchor(shape, width=30, height=30))) == [construct]


ARROW = (
    '<a:ln w="12700"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>'
    '<a:{end} type="{head}" w="lg" len="lg"/></a:ln>'
)


@pytest.mark.parametrize(
    ("end", "flip", "wide"),
    [
        ("tailEnd", "", (80 - 10 * PT, 80)),
        ("headEnd", "", (50, 50 + 10 * PT)),
        ("tailEnd", 'flipH="1"', (50, 50 + 10 * PT)),
        ("headEnd", 'rot="10800000"', (80 - 10 * PT, 80)),
    ],
)
def test_an_arrow_points_where_its_line_ends(book: FontBook, end: str, flip: str, wide: tuple[float, float]) -> None:
    """The head of a line of one point is as large as that of two: ten points long and wide."""
    line = graphic("straightConnector1", look=ARROW.format(end=end, head="triangle"), flip=flip)
    red = colored(printed(book, word(anchor(line, width=30, height=0, **AT))).pdf, RED, tolerance=90)
    assert box_of(red) == pytest.approx((50, 60 - 5 * PT, 80, 60 + 5 * PT), abs=0.25)
    thick = red.copy()
    thick[:, red.sum(axis=0) <= 6] = False
    left, _top, right, _bottom = box_of(thick)
    assert (left, right) == pytest.approx(wide, abs=0.8)


def test_an_arrow_down_a_flow_chart_and_one_of_another_kind(book: FontBook) -> None:
    down = graphic("straightConnector1", look=ARROW.format(end="tailEnd", head="stealth"))
    red = colored(printed(book, word(anchor(down, width=0, height=20, **AT))).pdf, RED, tolerance=90)
    assert box_of(red) == pytest.approx((50 - 5 * PT, 60, 50 + 5 * PT, 80), abs=0.25)
    oval = graphic("line", look=ARROW.format(end="tailEnd", head="oval"))
    assert refused(book, word(anchor(oval, width=30, height=0))) == ["开口、菱形或圆形的箭头"]


# --------------------------------------------------------------------------- watermarks

WATERMARK = (
    '<v:shape type="#_x0000_t136" style="position:absolute;width:{width}pt;height:{height}pt;'
    "rotation:{angle};z-index:-251;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="silver" stroked="f">'
    '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="{text}"/></v:shape>'
)


def test_a_watermark_lies_under_the_text_and_is_none_of_its_words(book: FontBook) -> None:
    mark = WATERMARK.format(width=200, height=100, angle=0, text="口口")
    document = Word(
        paragraph("字" * 28),
        references='<w:headerReference w:type="default" r:id="rId10"/>',
        parts={"header1.xml": f"<w:p>{pict(mark)}</w:p>"},
    )
    result = printed(book, document)
    assert "口" not in result.report.text
    assert not any(character.text == "口" for character in characters(result.pdf))
    pale = (224, 224, 224)
    left, top, right, bottom = box_of(colored(result.pdf, pale, tolerance=8)[500:])
    top, bottom = top + 50, bottom + 50
    assert (left + right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1.5)
    assert (top + bottom) / 2 == pytest.approx((TOP + 262) / 2, abs=3)
    assert right - left == pytest.approx(200 * PT, rel=0.15)
    filled = paragraph("字" * 28) * 20
    covered = printed(book, replace(document, body=filled))
    assert (picture(covered.pdf)[1400:1600].min(axis=2) < 40).any()  # the text on it is as black as elsewhere


def test_a_slanted_watermark(book: FontBook) -> None:
    mark = WATERMARK.format(width=400, height=100, angle=315, text="内部资料")
    document = Word(
        paragraph("字"),
        references='<w:headerReference w:type="default" r:id="rId10"/>',
        parts={"header1.xml": f"<w:p>{pict(mark)}</w:p>"},
    )
    mask = colored(printed(book, document).pdf, (224, 224, 224), tolerance=8)[500:]
    left, top, right, bottom = box_of(mask)
    assert right - left == pytest.approx(bottom - top, rel=0.1)
    assert right - left == pytest.approx(500 / 2**0.5 * PT, rel=0.12)
    first_column = numpy.flatnonzero(mask[:, round(left * 10) + 20])
    assert first_column.mean() / 10 > (top + bottom) / 2  # it rises from the lower left


def test_word_art_that_is_bent_is_refused(book: FontBook) -> None:
    bent = WATERMARK.replace("t136", "t144").format(width=9, height=9, angle=0, text="弯")
    assert refused(book, word(pict(bent))) == ["弯曲的艺术字"]


# --------------------------------------------------------------------------- text and shapes


def test_text_keeps_above_and_below_a_shape(book: FontBook) -> None:
    wrap = '<wp:wrapTopAndBottom distT="0" distB="36000"/>'
    box = anchor(
        graphic("rect", look=FILL.format("FF0000")), width=156, height=20, y=position("V", "paragraph", 12), wrap=wrap
    )
    result = printed(book, Word(f"<w:p>{box}<w:r><w:t>{'一' * 28}二</w:t></w:r></w:p>" + paragraph("三")))
    assert box_of(colored(result.pdf, RED))[1::2] == pytest.approx((TOP + 12, TOP + 32), abs=0.2)
    first, second, third = (line.top for line in text_lines(result.pdf))
    assert first < TOP + 4
    assert second - first == pytest.approx(32 + 1, abs=0.3)
    assert third - second == pytest.approx(LINE, abs=0.05)


def test_a_shape_beside_which_no_text_fits_is_passed_above_and_below(book: FontBook) -> None:
    wide = anchor(graphic("rect", look=FILL.format("FF0000")), width=140, height=20, wrap="<wp:wrapSquare/>")
    result = printed(book, word(wide))
    assert text_lines(result.pdf)[0].top > TOP + 20


def test_a_shape_in_the_margin_is_in_nobodys_way(book: FontBook) -> None:
    outside = anchor(
        graphic("rect", look=FILL.format("FF0000")),
        width=20,
        height=60,
        x=position("H", "page", 2),
        wrap="<wp:wrapSquare/>",
    )
    assert text_lines(printed(book, word(outside)).pdf)[0].top < TOP + 4


@pytest.mark.parametrize(
    ("runs", "construct"),
    [
        (anchor(graphic("rect"), width=30, height=30, wrap="<wp:wrapTight/>"), "紧密型环绕的图形"),
        (
            anchor(graphic("rect"), width=150, height=60, y=position("V", "page", 60), wrap="<wp:wrapTopAndBottom/>"),
            "上下型环绕的图形",
        ),
        (
            pict('<v:rect style="position:absolute;width:50pt;height:50pt"><w10:wrap type="square"/></v:rect>'),
            "四周型环绕的图形",
        ),
        (anchor(graphic("rect"), width=9, height=9, x=aligned("H", "margin", "outside")), "按单双页内外侧对齐的图形"),
    ],
)
def test_text_that_would_run_round_a_shape_is_refused(book: FontBook, runs: str, construct: str) -> None:
    assert refused(book, word(runs)) == [construct]


def test_margins_that_change_sides_and_a_shape_measured_from_the_paper(book: FontBook) -> None:
    document = Word(
        f"<w:p>{anchor(graphic('rect'), width=9, height=9, x=position('H', 'page', 9))}</w:p>",
        settings="<w:mirrorMargins/>",
    )
    assert refused(book, document) == ["对称页边距下相对于页面定位的图形"]


def test_pictures_in_vml_groups_and_lines_with_their_own_pens(book: FontBook) -> None:
    line = pict(
        '<v:line style="position:absolute" from="0,0" to="100pt,0" strokecolor="red" strokeweight="5pt">'
        '<v:stroke linestyle="thickThin"/></v:line>'
    )
    red = colored(printed(book, word(line)).pdf, RED, tolerance=90)[:, 400]
    assert len(numpy.flatnonzero(numpy.diff(red.astype(int)) == 1)) == 2
    picture_shape = anchor(PICTURE, width=20, height=20, **AT)
    assert printed(book, word(picture_shape, media__image1_png=png_of("red"))).report.pages == 1


def test_a_red_rule_as_wps_writes_it(book: FontBook) -> None:
    """Width and height instead of two ends, pen and colour on the v:stroke, and a v:imagedata with a title only."""
    look = (
        '<v:fill on="f" focussize="0,0"/><v:stroke weight="3pt" color="#FF0000" joinstyle="round"/>'
        '<v:imagedata o:title=""/><o:lock v:ext="edit" aspectratio="f"/>'
    )
    rule = pict(
        '<v:line id="直线 2" o:spid="_x0000_s1026" o:spt="20" style="position:absolute;left:0pt;margin-left:10pt;'
        'margin-top:40pt;height:0pt;width:400pt;z-index:251659264;" filled="f" stroked="t" '
        f'coordsize="21600,21600">{look}</v:line>'
    )
    mask = colored(printed(book, word(rule)).pdf, RED, tolerance=90)
    assert box_of(mask) == pytest.approx((LEFT + 10 * PT, TOP + 38.5 * PT, LEFT + 410 * PT, TOP + 41.5 * PT), abs=0.15)


def test_a_text_box_as_wps_writes_it(book: FontBook) -> None:
    box = pict(
        '<v:shape id="文本框 1" o:spid="_x0000_s1027" o:spt="202" type="#_x0000_t202" style="position:absolute;'
        'left:0pt;margin-left:0pt;margin-top:60pt;height:60pt;width:120pt;" filled="t" stroked="t" '
        'coordsize="21600,21600"><v:path/><v:fill on="t" color="#00FF00" focussize="0,0"/>'
        '<v:stroke on="f" color="#FF0000"/><v:imagedata o:title=""/><o:lock v:ext="edit" aspectratio="f"/>'
        f'<v:textbox inset="0mm,0mm,0mm,0mm"><w:txbxContent>{paragraph("机密")}</w:txbxContent></v:textbox></v:shape>'
    )
    result = printed(book, word(box))
    assert box_of(colored(result.pdf, (0, 255, 0)))[1] == pytest.approx(TOP + 60 * PT, abs=0.5)
    assert "机密" in result.report.text


@pytest.mark.parametrize(
    ("place", "left", "base"),
    [
        ('w:hAnchor="page" w:vAnchor="page" w:x="9800" w:y="15500"', 490 * PT, 775 * PT),
        ('w:hAnchor="margin" w:vAnchor="margin" w:x="200" w:y="12900"', LEFT + 10 * PT, TOP + 645 * PT),
        ('w:hAnchor="page" w:vAnchor="page" w:xAlign="left" w:yAlign="top"', 0.0, 0.0),
    ],
)
def test_a_page_number_in_a_frame_stands_where_it_is_measured_from(
    book: FontBook, place: str, left: float, base: float
) -> None:
    """Old templates measure the frame of the number from the paper or from the margins."""
    frame = f'<w:p><w:pPr><w:framePr w:w="1000" w:wrap="around" {place}/></w:pPr>{field_code("PAGE")}</w:p>'
    word = Word(
        paragraph("字"),
        references='<w:footerReference w:type="default" r:id="rId10"/>',
        parts={"footer1.xml": frame + paragraph()},
    )
    number = next(each for each in characters(printed(book, word).pdf) if each.text == "1")
    assert number.x == pytest.approx(left, abs=0.3)
    assert number.bottom == pytest.approx(base + 0.8 * LINE, abs=1.0)
