"""Bar charts in the text of the Word file: ``{{ figures|bars("quarter", "solved", "community") }}``.

A chart is drawn as a group of Word shapes from the very rows that the tables of the paper print, so picture, table and
text cannot differ. Its words are words of the paper, in the paper's own faces: they can be searched and are compared
by the gate like any other. The greys keep their distance on a printer without colours, each bar has an outline, and the
figure stands above it, so nobody has to read a height off the axis.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from pipeline.core.messages import _
from pipeline.core.text import without_forbidden

WIDTH, HEIGHT = 152.0, 57.0
"""Millimetres of a chart with labels of one line; a second line makes it higher. The 版心 is 156 mm wide."""

_LETTER = 3.2  # mm: a character of 9 pt
_LINE = 4.3  # mm: a line of 12 pt
_LEFT = 11.0  # mm: room for the figures of the axis
_LEGEND = 6.0  # mm: a line of it
_ABOVE = 5.0  # mm over the highest bar, for its figure
_NARROWEST = 5.5  # mm: a bar that can carry a figure
_SHADES = ("404040", "BFBFBF", "FFFFFF", "808080", "E6E6E6", "606060")
_EMU = 36000
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    f'xmlns:wpg="{_GROUP}"'
)


@dataclass(frozen=True, slots=True)
class Bars:
    """What a chart shows: a cluster of bars for each label, a bar in it for each series; the sums by both."""

    labels: tuple[str, ...]
    series: tuple[str, ...]
    sums: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, rows: Iterable[object], label: str, value: str, group: str = "") -> Bars:
        """The sums of the field ``value`` by the field ``label`` and, where given, ``group``; in the order of the rows.

        Raises ``ValueError`` for a value that is no whole number from 0 up.
        """
        sums: dict[tuple[str, str], int] = {}
        for row in rows:
            place = (str(getattr(row, label)), str(getattr(row, group)) if group else "")
            number = getattr(row, value)
            if not isinstance(number, int) or number < 0:
                raise ValueError(_("图表只能画零和正整数，“{value}”不是").format(value=number))
            sums[place] = sums.get(place, 0) + number
        return cls(tuple(dict.fromkeys(key[0] for key in sums)), tuple(dict.fromkeys(key[1] for key in sums)), sums)

    @property
    def described(self) -> str:
        """The chart in words, for who cannot see it."""
        return _("；").join(
            f"{label}{_('：')}" + _("、").join(f"{one}{self.sums.get((label, one), 0)}" for one in self.series)
            for label in self.labels
        )


def bars(rows: Iterable[object], label: str, value: str, group: str = "") -> Markup:
    """The filter: run content with the chart, nothing without rows; ends and reopens the text it stands in."""
    chart = Bars.of(rows, label, value, group)
    if not chart.labels:
        return Markup("")
    return Markup(f'</w:t></w:r><w:r>{_drawing(chart)}</w:r><w:r><w:t xml:space="preserve">')


def _drawing(chart: Bars) -> str:
    lines = max(math.ceil(len(label) * _LETTER / (_cluster(chart) - 1)) for label in chart.labels)
    below = 1.0 + lines * _LINE
    height = HEIGHT + (lines - 1) * _LINE + max(_head(chart) - _LEGEND, 0.0)
    extent = f'cx="{_emu(WIDTH)}" cy="{_emu(height)}"'
    shapes = "".join(_shapes(chart, height - below, below))
    return (
        f'<mc:AlternateContent {_NAMESPACES}><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="1" name="chart" '
        f"descr={quoteattr(without_forbidden(chart.described))}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {extent}/><a:chOff x="0" y="0"/><a:chExt {extent}/></a:xfrm></wpg:grpSpPr>'
        f"{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent>"
    )


def _shapes(chart: Bars, floor: float, below: float) -> Iterator[str]:
    """Axis, bars, figures, labels and legend; ``floor`` is where the bars stand, mm from the top."""
    top = _head(chart) + _ABOVE
    ticks = scale(max(chart.sums.values()))
    rise = (floor - top) / ticks[-1]
    for tick in ticks:
        level = floor - tick * rise
        yield _rule(_LEFT, level, WIDTH - _LEFT, "808080" if tick == 0 else "D9D9D9")
        yield _text(0, level - _LINE / 2, _LEFT - 1.5, str(tick), "right")
    cluster = _cluster(chart)
    bar = min(cluster * 0.8 / len(chart.series), 14.0)
    for place, label in enumerate(chart.labels):
        left = _LEFT + place * cluster
        first = left + (cluster - bar * len(chart.series)) / 2
        for number, one in enumerate(chart.series):
            value = chart.sums.get((label, one), 0)
            x = first + number * bar
            if value:
                yield _bar(x, floor - value * rise, bar, value * rise, _SHADES[number % len(_SHADES)])
            if bar >= _NARROWEST:
                yield _text(x - 2, floor - value * rise - _LINE, bar + 4, str(value))
        yield _text(left, floor + 1.0, cluster, label, height=below - 1.0)
    if chart.series != ("",):
        yield from _legend(chart.series)


def _legend(series: Sequence[str]) -> Iterator[str]:
    for number, (one, (x, line)) in enumerate(zip(series, _places(series), strict=True)):
        yield _bar(x, line * _LEGEND + 0.9, 5.0, 3.0, _SHADES[number % len(_SHADES)])
        yield _text(x + 6.0, line * _LEGEND + 0.3, _LETTER * len(one) + 2, one, "left")


def _places(series: Sequence[str]) -> list[tuple[float, int]]:
    """Where each name of the legend stands: mm from the left, and on which line; none where there is one series."""
    places: list[tuple[float, int]] = []
    x, line = _LEFT, 0
    for one in series if series != ("",) else ():
        width = 6.0 + _LETTER * len(one) + 2
        if x > _LEFT and x + width > WIDTH:
            x, line = _LEFT, line + 1
        places.append((x, line))
        x += width + 4.0
    return places


def scale(largest: int) -> tuple[int, ...]:
    """The figures of the axis: from 0 in three to six equal round steps to at least ``largest``."""
    step = next(one * 10**power for power in range(20) for one in (1, 2, 5) if one * 10**power * 5 >= max(largest, 1))
    return tuple(range(0, max(math.ceil(largest / step), 1) * step + 1, step))


def _head(chart: Bars) -> float:
    """The height of the legend."""
    return _LEGEND * (1 + max((line for _x, line in _places(chart.series)), default=-1))


def _cluster(chart: Bars) -> float:
    return (WIDTH - _LEFT) / len(chart.labels)


def _bar(x: float, y: float, width: float, height: float, shade: str) -> str:
    outline = '<a:ln w="6350"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln>'
    look = f'<a:solidFill><a:srgbClr val="{shade}"/></a:solidFill>{outline}'
    return _shape("rect", x, y, width, height, look)


def _rule(x: float, y: float, width: float, shade: str) -> str:
    stroke = f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{shade}"/></a:solidFill></a:ln>'
    return _shape("line", x, y, width, 0, f"<a:noFill/>{stroke}")


def _text(x: float, y: float, width: float, words: str, align: str = "center", height: float = _LINE) -> str:
    size = '<w:spacing w:val="0"/><w:sz w:val="18"/><w:szCs w:val="18"/>'
    run = f"<w:r><w:rPr>{size}</w:rPr><w:t>{escape(without_forbidden(words))}</w:t></w:r>"
    paragraph = (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="exact"/>'
        '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{run}</w:p>'
    )
    box = f"<wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx>"
    return _shape("rect", x, y, width, height, "<a:noFill/><a:ln><a:noFill/></a:ln>", box)


def _shape(preset: str, x: float, y: float, width: float, height: float, look: str, content: str = "") -> str:
    return (
        '<wps:wsp><wps:cNvPr id="2" name="chart"/><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/><a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
        f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{look}</wps:spPr>{content}'
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp>'
    )


def _emu(millimetres: float) -> int:
    return round(millimetres * _EMU)
