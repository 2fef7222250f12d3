"""One cell becomes one typed value, or a fault that says what should stand there.

The field's type decides, never the look of the value: "007" in a text column stays "007", 14.0 in a count becomes 14.
Nothing is guessed: where two readings are possible the cell is sent back. No input raises.
Whether a value is *allowed* (length, range, pattern, checksums) is judged later; here it only has to be one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time

from pipeline.core.findings import Code, Severity
from pipeline.core.kind import Field, FieldType
from pipeline.core.messages import _
from pipeline.core.values import CellError, CellValue, Formatted, Picture, Value
from pipeline.sheets import amounts, choices, dates, identifiers
from pipeline.sheets.damage import DITTO, broken, careless, is_plain, is_undamaged, sound_paragraphs, torn
from pipeline.sheets.faults import Fault
from pipeline.sheets.headings import folded
from pipeline.sheets.overlooked import ERROR_VALUES, UNCALCULATED
from pipeline.sheets.wording import one_line, paragraphs, shown

Result = Value | Fault


def _never(_text: str) -> bool:
    return False


_PLAIN: Mapping[FieldType, Callable[[str], bool]] = {
    FieldType.TEXT: is_plain,
    FieldType.PERSON: identifiers.is_plain_name,
    FieldType.PHONE: identifiers.is_plain_mobile,
    FieldType.ID_CARD: identifiers.is_plain_id,
}
"""Which texts of a field are their own value, as nearly all are; the rest is looked at closely."""

_NOTHING = {"无", "—", "——", "-", "--", "/", "\\", "暂无", "没有", "空"}
_DITTO = Fault(
    Code.PATTERN,
    expected=_("要写的内容"),
    hint=_("每一行单独办理，不看上一行；“同上”请照上一行写全"),
)
_WORDS = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE}
_NUMBERS = {FieldType.INTEGER, FieldType.MONEY, FieldType.DATE, FieldType.MONTH}
_PRINTABLE = {"image/png", "image/jpeg"}
_MOST_NAMED = 3


class Coercer:
    """Reads the cells of one field. ``forms`` maps the folded names of kinds to their ids, for fields of type form."""

    def __init__(self, field: Field, forms: Mapping[str, str]) -> None:
        self.field = field
        self._forms = forms
        self._read = _READERS[field.type]
        self._plain = _PLAIN.get(field.type, _never)

    def each(self, cells: Iterable[CellValue | Picture]) -> dict[CellValue | Picture, Result]:
        """The values of these cells."""
        is_plain_text = self._plain
        return {cell: cell if type(cell) is str and is_plain_text(cell) else self(cell) for cell in cells}

    def __call__(self, raw: CellValue | Picture) -> Result:
        """The value of one cell; the field's default for an empty one, None when it has none."""
        if isinstance(raw, str):
            if self._plain(raw):
                return raw
            if self.field.type is FieldType.LONG_TEXT and (text := sound_paragraphs(raw)):
                return text
            text = one_line(raw)
            if text.upper() in ERROR_VALUES:
                return _error(raw)
            # The filling rules of party forms forbid empty boxes: "无" is how people leave a date out.
            if text in DITTO:
                return _DITTO
            if not text or (self.field.type not in _WORDS and text in _NOTHING):
                return self._default() if not text else None
        elif raw is None:
            return self._default()
        elif isinstance(raw, CellError):
            return _error(raw)
        elif isinstance(raw, Formatted):
            # A count is the number behind its format (14人), words are what the sender sees; 85% is never 0.85.
            raw = raw.number if self.field.type in _NUMBERS and "%" not in raw.text else raw.text
        return self._read(self.field, raw, self._forms)

    def _default(self) -> Result:
        default = self.field.default
        return self._read(self.field, default, self._forms) if default else None


def _error(raw: CellError | str) -> Fault:
    if isinstance(raw, CellError) and raw.text == UNCALCULATED:
        return Fault(
            Code.UNCALCULATED,
            expected=_("公式的计算结果"),
            hint=_("请用 Excel 或 WPS 打开，让公式算出结果并保存；或者复制后“选择性粘贴—数值”"),
        )
    return Fault(Code.ERROR_VALUE, expected=_("正常的内容"), hint=_("公式出错了，请改正公式，或者直接填写内容"))


def _text(field: Field, raw: CellValue | Picture, _forms: Mapping[str, str]) -> Result:
    if isinstance(raw, Picture):
        return Fault(Code.PATTERN, expected=_("文字"), hint=_("这一格要填文字，不能放图片"))
    if isinstance(raw, int | float) and abs(raw) >= 1e15:
        return identifiers.ROUNDED
    text = shown(raw)
    damage = _damage(text, thoroughly=field.type is FieldType.TEXT and field.printed)
    if damage:
        return Fault(
            Code.DAMAGED_TEXT, expected=_("干净的文字"), hint=_("{damage}，请改正").format(damage=_named(damage))
        )
    return one_line(text)


def _long_text(field: Field, raw: CellValue | Picture, forms: Mapping[str, str]) -> Result:
    if not isinstance(raw, str):
        return _text(field, raw, forms)
    text = paragraphs(raw)
    damage = [*_damage(raw, thoroughly=field.printed), *filter(None, [torn(text.split("\n"))])]
    if damage:
        hint = _("{damage}；会照原样印出来，请核对").format(damage=_named(damage))
        return Fault(Code.DAMAGED_TEXT, hint=hint, severity=Severity.WARNING, value=text)
    return text


def _damage(text: str, *, thoroughly: bool) -> list[str]:
    return [] if is_undamaged(text) else [*broken(text), *(careless(text) if thoroughly else ())]


def _named(told: Sequence[str]) -> str:
    more = _("等{n}种").format(n=len(told)) if len(told) > _MOST_NAMED else ""
    return _("；").join(_("有{damage}").format(damage=phrase) for phrase in told[:_MOST_NAMED]) + more


def _day(_field: Field, raw: CellValue | Picture, _forms: Mapping[str, str]) -> Result:
    return _dated(raw, dates.day_of, lambda: _("日期，写成“2020年4月16日”或“2020-4-16”都可以"))


def _month(_field: Field, raw: CellValue | Picture, _forms: Mapping[str, str]) -> Result:
    return _dated(raw, dates.month_of, lambda: _("年月，写成“1975年3月”或“1975.03”都可以"))


def _dated(
    raw: CellValue | Picture, read: Callable[[str | float | date], date | dates.Unclear], expected: Callable[[], str]
) -> Result:
    day: date | dates.Unclear = dates.Unclear()
    if isinstance(raw, str | int | float | date) and not isinstance(raw, bool):
        day = read(raw)
    if isinstance(day, dates.Unclear):
        return Fault(Code.NOT_A_DATE, expected=expected(), hint=day.hint or _("请改成一个确切的日期，别的话写到别处"))
    return day


def _integer(_field: Field, raw: CellValue | Picture, _forms: Mapping[str, str]) -> Result:
    number = amounts.integer_of(raw) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else None
    if number is None:
        return Fault(Code.NOT_A_NUMBER, expected=_("整数，只写数字"), hint=_only_figures(raw))
    return number


def _only_figures(raw: object) -> str:
    if isinstance(raw, date):
        return _("这一格是日期，请把单元格格式改成“常规”，再填数字")
    return _("请只写一个数，说明和别的数写到别处")


def _money(_field: Field, raw: CellValue | Picture, _forms: Mapping[str, str]) -> Result:
    expected = _("金额（元），最多到分，如“1234.50”")
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return Fault(Code.NOT_A_NUMBER, expected=expected, hint=_only_figures(raw))
    if (sum_ := amounts.money_of(raw)) is not None:
        return sum_
    twice = amounts.written_twice(raw) if isinstance(raw, str) else None
    if twice is None:
        return Fault(Code.NOT_A_NUMBER, expected=expected, hint=_only_figures(raw))
    in_words, in_figures = twice
    if in_words == in_figures:
        return in_figures
    hint = _("大写是{in_words}元，小写是{in_figures}元，两个数不一样，请核对").format(
        in_words=in_words, in_figures=in_figures
    )
    return Fault(Code.NOT_A_NUMBER, expected=_("大写和小写一致的金额"), hint=hint)


def _choice(field: Field, raw: CellValue | Picture, _forms: Mapping[str, str]) -> Result:
    text = "" if isinstance(raw, Picture) else one_line(shown(raw))
    chosen = choices.chosen(text, field.choices)
    if chosen is None:
        return Fault(
            Code.NOT_A_CHOICE,
            expected=_("、").join(_("“{choice}”").format(choice=choice) for choice in field.choices) + _("中的一个"),
            hint=_("请从中选一个，照样写"),
        )
    return chosen


def _identifier(read: Callable[[str | int | float], str | Fault]) -> Callable[..., Result]:
    """A reader for a field whose digits must stay exact."""

    def reader(field: Field, raw: CellValue | Picture, forms: Mapping[str, str]) -> Result:
        if isinstance(raw, bool | date | time | Picture | CellError | Formatted) or raw is None:
            return _text(field, raw, forms)
        return read(raw)

    return reader


def _person(field: Field, raw: CellValue | Picture, forms: Mapping[str, str]) -> Result:
    text = _text(field, raw, forms)
    return identifiers.person(text) if isinstance(text, str) else text


def _image(_field: Field, raw: CellValue | Picture, _forms: Mapping[str, str]) -> Result:
    if isinstance(raw, Picture):
        if raw.media_type in _PRINTABLE:
            return raw
        hint = _("请把图片另存为 PNG 或 JPEG 格式，再插入到这一格")
        return Fault(Code.NOT_A_PICTURE, expected=_("PNG 或 JPEG 图片"), hint=hint)
    # 照片, 贴照片处, （一寸免冠照片）: the words printed in an empty photo box.
    if isinstance(raw, str) and any(word in raw for word in ("照片", "相片", "插入", "粘贴", "无")):
        return None
    return Fault(Code.NOT_A_PICTURE, expected=_("一张图片"), hint=_("请把图片插入到这一格，不要写文字"))


def _form(_field: Field, raw: CellValue | Picture, forms: Mapping[str, str]) -> Result:
    text = "" if isinstance(raw, Picture) else one_line(shown(raw))
    if text in forms.values():
        return text
    if identifier := forms.get(folded(text)):
        return identifier
    return Fault(Code.NOT_A_FORM, expected=_("本系统里一种表的名称"), hint=_("请照表的名称写全，不附表就空着"))


_READERS: Mapping[FieldType, Callable[[Field, CellValue | Picture, Mapping[str, str]], Result]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.DATE: _day,
    FieldType.MONTH: _month,
    FieldType.INTEGER: _integer,
    FieldType.MONEY: _money,
    FieldType.CHOICE: _choice,
    FieldType.PERSON: _person,
    FieldType.PHONE: _identifier(identifiers.phone),
    FieldType.ID_CARD: _identifier(identifiers.id_card),
    FieldType.CREDIT_CODE: _identifier(identifiers.credit_code),
    FieldType.ORG: _text,
    FieldType.NUMBER: _text,
    FieldType.IMAGE: _image,
    FieldType.FORM: _form,
}
