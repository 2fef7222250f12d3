"""The named list of what is not printed, and of what may be passed over because it prints nothing.

Nothing is dropped silently: an element that is in neither list, nor handled, is refused as unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.messages import _
from pipeline.rendering.markup import is_on
from pipeline.rendering.properties import Properties, is_set, text

ACCEPT_CHANGES = "在 Word 的“审阅”里接受或拒绝全部修订后再试"
REMOVE_COMMENTS = "在 Word 的“审阅”里删除全部批注后再试"

REFUSED = {
    "w:ins": "修订（插入的内容）",
    "w:del": "修订（删除的内容）",
    "w:moveFrom": "修订（移走的内容）",
    "w:moveTo": "修订（移来的内容）",
    "w:commentReference": "批注",
    "w:endnoteReference": "尾注",
    "w:endnoteRef": "尾注",
    "w:ruby": "拼音指南",
    "w:object": "嵌入的对象（OLE）",
    "w:subDoc": "子文档",
    "w:altChunk": "导入的外部内容",
    "w:control": "ActiveX 控件",
    "w:contentPart": "墨迹",
    "m:oMath": "公式",
    "m:oMathPara": "公式",
}
"""Element -> its Chinese name."""

IGNORED = frozenset((
    "w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:tblPrEx", "w:trPr", "w:tcPr", "w:sdtPr", "w:sdtEndPr",
    "w:sectPr", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd", "w:commentRangeStart",
    "w:commentRangeEnd", "w:annotationRef", "w:lastRenderedPageBreak", "w:softHyphen", "w:moveFromRangeStart",
    "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd", "w:customXmlInsRangeStart",
    "w:customXmlInsRangeEnd", "w:customXmlDelRangeStart", "w:customXmlDelRangeEnd", "w:smartTagPr",
    "w:customXmlPr", "w:delText", "w:delInstrText", "w:separator", "w:continuationSeparator", "w:fldData",
    "w:subDocument", "w14:contentPart",
))  # fmt: skip
"""Elements that print nothing. The ranges of changes and comments are refused by the runs and marks they belong to."""

FORMAT_CHANGES = tuple(
    f"w:{name}"
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange",
        "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
    )
)  # fmt: skip
"""Tracked changes of formatting and of cells; they stand deep inside properties and are looked for on their own."""

_EFFECTS = {
    "emboss": "浮雕文字",
    "imprint": "镂刻文字",
    "outline": "空心文字",
    "shadow": "阴影文字",
    "rtl": "从右向左的文字",
    "w14:glow": "发光文字",
    "w14:shadow": "阴影文字",
    "w14:reflection": "映像文字",
    "w14:textOutline": "描边文字",
    "w14:textFill": "渐变填充的文字",
    "w14:scene3d": "立体文字",
    "w14:props3d": "立体文字",
}
_MARKS_ABOVE = {"comma": "顿号形着重号", "circle": "圆圈着重号"}


def striped(shade: str) -> bool:
    """Whether the pattern of a w:shd is one of stripes."""
    return shade not in ("clear", "nil", "none", "solid", "") and not shade.startswith("pct")


def run_effects(settled: Properties) -> Iterator[str]:
    """The Chinese names of the effects a run asks for and does not get."""
    for name, words in _EFFECTS.items():
        if is_set(settled, name):
            yield _(words)
    mark = text(settled, "em")
    if mark in _MARKS_ABOVE:
        yield _(_MARKS_ABOVE[mark])
    if striped(text(settled, "shd")):
        yield _("条纹底纹")
    if text(settled, "effect", default="none") != "none":
        yield _("动态文字效果")
    if is_on(text(settled, "eastAsianLayout", "vert", default="0")):
        yield _("纵横混排")
    for name in ("ins", "del", "moveFrom", "moveTo"):
        if name in settled:
            yield _("修订（段落标记）")
    for name in sorted(settled.keys() - RUN_FORMATTING):
        if ":" not in name:
            yield _("不认识的文字格式（{name}）").format(name=name)


RUN_FORMATTING = frozenset((
    "rStyle", "rFonts", "b", "i", "caps", "smallCaps", "strike", "dstrike", "vanish", "color", "spacing", "w",
    "position", "sz", "highlight", "u", "bdr", "shd", "fitText", "vertAlign", "em", "snapToGrid",
    "emboss", "imprint", "outline", "shadow", "rtl", "effect", "eastAsianLayout", "ins", "del", "moveFrom", "moveTo",
    "rPrChange", "bCs", "iCs", "szCs", "cs", "noProof", "webHidden", "kern", "lang", "specVanish", "oMath",
))  # fmt: skip
"""Run properties that are printed, refused by name, or print nothing (the last row): all of 17.3.2.28."""

PARAGRAPH_FORMATTING = frozenset((
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "shd", "tabs", "kinsoku",
    "wordWrap", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "contextualSpacing",
    "jc", "outlineLvl", "rPr", "sectPr", "topLinePunct", "textAlignment",
    "bidi", "textDirection", "mirrorIndents", "pPrChange",
    "suppressLineNumbers", "suppressAutoHyphens", "adjustRightInd", "suppressOverlap", "textboxTightWrap", "divId",
    "cnfStyle",
))  # fmt: skip
"""The same for paragraphs (17.3.1.26); borders are flattened to ``pBdr/…``."""


def paragraph_effects(settled: Properties) -> Iterator[str]:
    """The Chinese names of what a paragraph asks for and does not get."""
    if is_set(settled, "bidi"):
        yield _("从右向左的段落")
    if text(settled, "textDirection", default="lrTb") not in ("lrTb", "tb"):
        yield _("竖排段落")
    if striped(text(settled, "shd")):
        yield _("条纹底纹")
    if is_set(settled, "mirrorIndents"):
        yield _("对称缩进")
    if any(look.startswith("bar ") for look in settled.get("tabs", {}).values()):
        yield _("竖线制表位")
    if text(settled, "pBdr/bar", default="none") not in ("none", "nil"):
        yield _("段落旁的竖线")
    for name in settled.keys() - PARAGRAPH_FORMATTING:
        if not name.startswith("pBdr/") and ":" not in name:
            yield _("不认识的段落格式（{name}）").format(name=name)
